package org.openkaiwu.dynamics;

import org.openkaiwu.body.Machine;

/**
 * What the algorithms of this package compute for one configuration of a {@link Machine}, in flat
 * arrays with MuJoCo's names and meanings. One thread's; nothing is allocated after construction.
 *
 * <p>Positions are in the world frame, m. Spatial velocities, accelerations and forces have the
 * rotational part first, in world axes, about the mass centre of the body's whole kinematic tree
 * ({@code subtreeCom} of {@code bodyRootid}). Quaternions are w x y z, matrices row-major.
 */
public final class TreeData {
    /** Index arrays, shared. */
    public final Tree tree;

    // Input

    /** Configuration. Shape nq. */
    public final double[] qpos;

    /** Velocity: free joints have world linear, then body-frame angular velocity. Shape nv. */
    public final double[] qvel;

    /** Mocap positions. Shape nmocap x 3. */
    public final double[] mocapPos;

    /** Mocap orientations. Shape nmocap x 4. */
    public final double[] mocapQuat;

    // By Kinematics

    /** Body frame position. Shape nbody x 3. */
    public final double[] xpos;

    /** Body frame orientation. Shape nbody x 4. */
    public final double[] xquat;

    /** Body frame orientation. Shape nbody x 9. */
    public final double[] xmat;

    /** Mass centre. Shape nbody x 3. */
    public final double[] xipos;

    /** Principal axes of inertia as columns. Shape nbody x 9. */
    public final double[] ximat;

    /** Joint anchor. Shape njnt x 3. */
    public final double[] xanchor;

    /** Joint axis. Shape njnt x 3. */
    public final double[] xaxis;

    /** Geom position. Shape ngeom x 3. */
    public final double[] geomXpos;

    /** Geom orientation. Shape ngeom x 9. */
    public final double[] geomXmat;

    /** Site position. Shape nsite x 3. */
    public final double[] siteXpos;

    /** Site orientation. Shape nsite x 9. */
    public final double[] siteXmat;

    // By ComPos

    /** Mass centre of the subtree. Shape nbody x 3. */
    public final double[] subtreeCom;

    /** Body inertia about the tree's mass centre: xx yy zz xy xz yz, m c, m. Shape nbody x 10. */
    public final double[] cinert;

    /** Motion axis of each dof. Shape nv x 6. */
    public final double[] cdof;

    /** Camera position. Shape ncam x 3. */
    public final double[] camXpos;

    /** Camera orientation. Shape ncam x 9. */
    public final double[] camXmat;

    // By Crb and FactorM

    /** Composite inertia of the subtree, as cinert. Shape nbody x 10. */
    public final double[] crb;

    /** Inertia matrix, lower triangle in the layout of {@link Tree}. Shape nC. */
    public final double[] qM;

    /** Its factor L (unit lower triangle, M = L' D L); D in the diagonal places. Shape nC. */
    public final double[] qLD;

    /** 1 / D. Shape nv. */
    public final double[] qLDiagInv;

    // By ComVel

    /** Spatial velocity. Shape nbody x 6. */
    public final double[] cvel;

    /** Time derivative of cdof. Shape nv x 6. */
    public final double[] cdofDot;

    // By Rne

    /** Coriolis, centrifugal and gravity terms. Shape nv. */
    public final double[] qfrcBias;

    /** Spatial acceleration (gravity as an upward acceleration). Shape nbody x 6. */
    public final double[] cacc;

    /** Force between the body and its parent. Shape nbody x 6. */
    public final double[] cfrcInt;

    /** External force on the body. Shape nbody x 6. */
    public final double[] cfrcExt;

    // By SubtreeVel

    /** Linear velocity of the subtree's mass centre. Shape nbody x 3. */
    public final double[] subtreeLinvel;

    /** Angular momentum of the subtree about its mass centre. Shape nbody x 3. */
    public final double[] subtreeAngmom;

    final double[] bodyForce;
    final double[] scratch6 = new double[6];
    final double[] scratch12 = new double[12];

    public TreeData(Machine m) {
        this(m, new Tree(m));
    }

    /** Data over shared index arrays, at {@code qpos0}, all frames computed. */
    public TreeData(Machine m, Tree tree) {
        this.tree = tree;
        int nbody = m.nbody;
        qpos = m.qpos0.clone();
        qvel = new double[m.nv];
        mocapPos = new double[3 * m.nmocap];
        mocapQuat = new double[4 * m.nmocap];
        for (int b = 0; b < nbody; b++) {
            int k = m.bodyMocapid[b];
            if (k >= 0) {
                System.arraycopy(m.bodyPos, 3 * b, mocapPos, 3 * k, 3);
                System.arraycopy(m.bodyQuat, 4 * b, mocapQuat, 4 * k, 4);
            }
        }
        xpos = new double[3 * nbody];
        xquat = new double[4 * nbody];
        xmat = new double[9 * nbody];
        xipos = new double[3 * nbody];
        ximat = new double[9 * nbody];
        xanchor = new double[3 * m.njnt];
        xaxis = new double[3 * m.njnt];
        geomXpos = new double[3 * m.ngeom];
        geomXmat = new double[9 * m.ngeom];
        siteXpos = new double[3 * m.nsite];
        siteXmat = new double[9 * m.nsite];
        subtreeCom = new double[3 * nbody];
        cinert = new double[10 * nbody];
        cdof = new double[6 * m.nv];
        camXpos = new double[3 * m.ncam];
        camXmat = new double[9 * m.ncam];
        crb = new double[10 * nbody];
        qM = new double[tree.nC];
        qLD = new double[tree.nC];
        qLDiagInv = new double[m.nv];
        cvel = new double[6 * nbody];
        cdofDot = new double[6 * m.nv];
        qfrcBias = new double[m.nv];
        cacc = new double[6 * nbody];
        cfrcInt = new double[6 * nbody];
        cfrcExt = new double[6 * nbody];
        subtreeLinvel = new double[3 * nbody];
        subtreeAngmom = new double[3 * nbody];
        bodyForce = new double[6 * Math.max(2, nbody)];
        Kinematics.fixedFrames(m, this);
        Kinematics.run(m, this);
        ComPos.run(m, this);
    }
}
