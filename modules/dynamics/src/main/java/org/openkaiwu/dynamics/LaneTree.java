package org.openkaiwu.dynamics;

import static org.openkaiwu.math.Lanes.S;
import static org.openkaiwu.math.Lanes.W;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import org.openkaiwu.body.Machine;
import org.openkaiwu.body.Options;
import org.openkaiwu.math.LaneFlat;

/**
 * {@link Kinematics}, {@link ComPos}, {@link Crb}, {@link FactorM}, {@link ComVel} and {@link Rne}
 * for as many worlds at once as a vector has lanes: the same operations in the same order, so that
 * each world's numbers are those of the world alone to the bit. The machines may differ in numbers,
 * not in structure. Needs the module {@code jdk.incubator.vector}. One thread's.
 */
public final class LaneTree {
    private static final int FREE = 0;
    private static final int BALL = 1;
    private static final int SLIDE = 2;
    private static final double TINY = 1e-15;

    private final Machine m;
    private final Tree t;
    private final LaneData d;
    private final boolean gravity;

    /** For machines that {@link #fit} this one. */
    public LaneTree(Machine machine, Tree tree) {
        m = machine;
        t = tree;
        d = new LaneData(machine, tree);
        gravity = !machine.option.disabled(Options.Flag.GRAVITY);
    }

    /** A machine of which worlds can be computed in lanes: no mocap bodies. */
    public static boolean suits(Machine m) {
        return m.nmocap == 0 && m.nv > 0;
    }

    /** Both machines have the same structure. */
    public static boolean fit(Machine a, Machine b) {
        return a == b
                || a.nbody == b.nbody
                        && a.nv == b.nv
                        && a.ngeom == b.ngeom
                        && a.nsite == b.nsite
                        && a.option.disabled(Options.Flag.GRAVITY)
                                == b.option.disabled(Options.Flag.GRAVITY)
                        && Arrays.equals(a.bodyParentid, b.bodyParentid)
                        && Arrays.equals(a.bodyJntnum, b.bodyJntnum)
                        && Arrays.equals(a.jntType, b.jntType)
                        && Arrays.equals(a.bodySimple, b.bodySimple)
                        && Arrays.equals(a.bodySameframe, b.bodySameframe)
                        && Arrays.equals(a.geomSameframe, b.geomSameframe)
                        && Arrays.equals(a.geomBodyid, b.geomBodyid)
                        && Arrays.equals(a.siteBodyid, b.siteBodyid);
    }

    /**
     * Computes everything that these classes compute, of the first {@code used} worlds.
     *
     * @param machines machine of each world
     * @param armature armature of the dofs of each world, shape nv
     * @param data the worlds' states and results
     */
    public void run(Machine[] machines, double[][] armature, TreeData[] data, int used) {
        d.load(machines, armature, data, used);
        bodies();
        for (int g : t.movingGeoms) {
            int b = m.geomBodyid[g];
            local(b, m.geomSameframe[g], d.geomXpos, d.geomXmat, g, d.geomPos, d.geomQuat);
        }
        for (int s : t.movingSites) {
            local(m.siteBodyid[s], 0, d.siteXpos, d.siteXmat, s, d.sitePos, d.siteQuat);
        }
        subtreeCom();
        inertias();
        for (int j = 0; j < m.njnt; j++) {
            axes(j);
        }
        inertiaMatrix();
        System.arraycopy(d.qM, 0, d.qLD, 0, t.nC * W);
        factor();
        velocities();
        bias();
        d.store(data, used);
    }

    /**
     * Solves with the inertia matrices of the first {@code used} worlds and something more on their
     * diagonals: {@code x <- (M + diag(extra))^-1 x}.
     *
     * @param extra shape nv, each world its own
     * @param x shape nv, each world its own
     */
    public void solve(TreeData[] data, double[][] extra, double[][] x, int used) {
        d.loadInertia(data, used);
        d.loadDofs(extra, d.extra, used);
        d.loadDofs(x, d.x, used);
        for (int i = 0; i < m.nv; i++) {
            LaneSpatial.add(d.qLD, t.mRowadr[i + 1] - 1, d.extra, i, 1);
        }
        factor();
        for (int i = m.nv - 1; i >= 0; i--) {
            back(d.qLD, t.mColind, t.mRowadr[i], t.mRowadr[i + 1] - 1, d.x, i);
        }
        for (int i = 0; i < m.nv; i++) {
            forth(d.qLD, t.mColind, t.mRowadr[i], t.mRowadr[i + 1] - 1, d.x, i, d.qLDiagInv);
        }
        d.storeDofs(d.x, x, used);
    }

    private static void back(double[] ld, int[] col, int from, int diag, double[] x, int i) {
        DoubleVector xi = DoubleVector.fromArray(S, x, i * W);
        for (int k = from; k < diag; k++) {
            int at = col[k] * W;
            DoubleVector.fromArray(S, x, at)
                    .sub(DoubleVector.fromArray(S, ld, k * W).mul(xi))
                    .intoArray(x, at);
        }
    }

    private static void forth(
            double[] ld, int[] col, int from, int diag, double[] x, int i, double[] inv) {
        DoubleVector sum =
                DoubleVector.fromArray(S, x, i * W).mul(DoubleVector.fromArray(S, inv, i * W));
        for (int k = from; k < diag; k++) {
            sum =
                    sum.sub(
                            DoubleVector.fromArray(S, ld, k * W)
                                    .mul(DoubleVector.fromArray(S, x, col[k] * W)));
        }
        sum.intoArray(x, i * W);
    }

    // Kinematics

    private void bodies() {
        for (int b : t.moving) {
            int jnt = m.bodyJntadr[b];
            int n = m.bodyJntnum[b];
            if (n == 1 && m.jntType[jnt] == FREE) {
                int qa = m.jntQposadr[jnt];
                d.copy(d.qpos, qa, d.xpos, 3 * b, 3);
                d.copy(d.qpos, qa + 3, d.xquat, 4 * b, 4);
                d.copy(d.qpos, qa, d.xanchor, 3 * jnt, 3);
                d.copy(d.jntAxis, 3 * jnt, d.xaxis, 3 * jnt, 3);
            } else {
                place(b);
                for (int j = jnt; j < jnt + n; j++) {
                    joint(b, j);
                }
            }
            LaneFlat.normalizeQuat(d.xquat, 4 * b);
            LaneFlat.quatToMat(d.xmat, 9 * b, d.xquat, 4 * b);
            local(b, m.bodySameframe[b], d.xipos, d.ximat, b, d.bodyIpos, d.bodyIquat);
        }
    }

    private void place(int b) {
        int p = m.bodyParentid[b];
        if (p == 0) {
            d.copy(d.bodyPos, 3 * b, d.xpos, 3 * b, 3);
            d.copy(d.bodyQuat, 4 * b, d.xquat, 4 * b, 4);
            return;
        }
        LaneFlat.transform(d.xpos, 3 * b, d.xmat, 9 * p, d.bodyPos, 3 * b, d.xpos, 3 * p);
        LaneFlat.mulQuat(d.xquat, 4 * b, d.xquat, 4 * p, d.bodyQuat, 4 * b);
    }

    private void joint(int b, int j) {
        int qa = m.jntQposadr[j];
        LaneFlat.rotVecQuat(d.xaxis, 3 * j, d.jntAxis, 3 * j, d.xquat, 4 * b);
        LaneFlat.rotVecQuat(d.xanchor, 3 * j, d.jntPos, 3 * j, d.xquat, 4 * b);
        LaneSpatial.add(d.xanchor, 3 * j, d.xpos, 3 * b, 3);
        if (m.jntType[j] == SLIDE) {
            slide(b, j, qa);
            return;
        }
        if (m.jntType[j] == BALL) {
            d.copy(d.qpos, qa, d.scratch, 0, 4);
            LaneFlat.normalizeQuat(d.scratch, 0);
        } else {
            DoubleVector.fromArray(S, d.qpos, qa * W)
                    .sub(DoubleVector.fromArray(S, d.qpos0, qa * W))
                    .intoArray(d.scratch, 0);
            LaneFlat.axisAngleToQuat(d.scratch, 0, d.jntAxis, 3 * j);
        }
        LaneFlat.mulQuat(d.xquat, 4 * b, d.xquat, 4 * b, d.scratch, 0);
        LaneFlat.rotVecQuat(d.scratch, 0, d.jntPos, 3 * j, d.xquat, 4 * b);
        for (int k = 0; k < 3; k++) {
            DoubleVector.fromArray(S, d.xanchor, (3 * j + k) * W)
                    .sub(DoubleVector.fromArray(S, d.scratch, k * W))
                    .intoArray(d.xpos, (3 * b + k) * W);
        }
    }

    private void slide(int b, int j, int qa) {
        DoubleVector s =
                DoubleVector.fromArray(S, d.qpos, qa * W)
                        .sub(DoubleVector.fromArray(S, d.qpos0, qa * W));
        for (int k = 0; k < 3; k++) {
            DoubleVector.fromArray(S, d.xpos, (3 * b + k) * W)
                    .add(DoubleVector.fromArray(S, d.xaxis, (3 * j + k) * W).mul(s))
                    .intoArray(d.xpos, (3 * b + k) * W);
        }
    }

    private void local(
            int b,
            int sameframe,
            double[] xpos,
            double[] xmat,
            int i,
            double[] pos,
            double[] quat) {
        if (sameframe == 1) {
            d.copy(d.xpos, 3 * b, xpos, 3 * i, 3);
            d.copy(d.xmat, 9 * b, xmat, 9 * i, 9);
            return;
        }
        if (sameframe == 2) {
            d.copy(d.xipos, 3 * b, xpos, 3 * i, 3);
            d.copy(d.ximat, 9 * b, xmat, 9 * i, 9);
            return;
        }
        LaneFlat.transform(xpos, 3 * i, d.xmat, 9 * b, pos, 3 * i, d.xpos, 3 * b);
        if (sameframe == 3) {
            d.copy(d.xmat, 9 * b, xmat, 9 * i, 9);
        } else if (sameframe == 4) {
            d.copy(d.ximat, 9 * b, xmat, 9 * i, 9);
        } else {
            LaneFlat.mulQuat(d.scratch, 0, d.xquat, 4 * b, quat, 4 * i);
            LaneFlat.quatToMat(xmat, 9 * i, d.scratch, 0);
        }
    }

    // Mass centres, inertias, motion axes

    private void subtreeCom() {
        for (int b = 0; b < m.nbody; b++) {
            moment(b);
        }
        for (int b = m.nbody - 1; b >= 0; b--) {
            if (b > 0) {
                LaneSpatial.add(d.subtreeCom, 3 * m.bodyParentid[b], d.subtreeCom, 3 * b, 3);
            }
            centre(b);
        }
    }

    private void moment(int b) {
        DoubleVector mass = DoubleVector.fromArray(S, d.bodyMass, b * W);
        for (int k = 3 * b; k < 3 * b + 3; k++) {
            DoubleVector.fromArray(S, d.xipos, k * W).mul(mass).intoArray(d.subtreeCom, k * W);
        }
    }

    private void centre(int b) {
        DoubleVector mass = DoubleVector.fromArray(S, d.bodySubtreemass, b * W);
        VectorMask<Double> none = mass.compare(VectorOperators.LT, TINY);
        DoubleVector s = DoubleVector.broadcast(S, 1).div(mass);
        for (int k = 3 * b; k < 3 * b + 3; k++) {
            DoubleVector.fromArray(S, d.subtreeCom, k * W)
                    .mul(s)
                    .blend(DoubleVector.fromArray(S, d.xipos, k * W), none)
                    .intoArray(d.subtreeCom, k * W);
        }
    }

    private void inertias() {
        for (int b : t.articulated) {
            LaneSpatial.inertia(
                    d.cinert,
                    10 * b,
                    d.bodyInertia,
                    3 * b,
                    d.ximat,
                    9 * b,
                    d.xipos,
                    3 * b,
                    d.subtreeCom,
                    3 * m.bodyRootid[b],
                    d.bodyMass,
                    b);
        }
    }

    private void axes(int j) {
        int b = m.jntBodyid[j];
        int r = 3 * m.bodyRootid[b];
        int to = 6 * m.jntDofadr[j];
        for (int k = 0; k < 3; k++) {
            DoubleVector.fromArray(S, d.subtreeCom, (r + k) * W)
                    .sub(DoubleVector.fromArray(S, d.xanchor, (3 * j + k) * W))
                    .intoArray(d.scratch, (3 + k) * W);
        }
        switch (m.jntType[j]) {
            case FREE -> {
                for (int k = 0; k < 18; k++) {
                    d.set(d.cdof, to + k, k % 7 == 3 ? 1 : 0);
                }
                ballAxes(to + 18, b);
            }
            case BALL -> ballAxes(to, b);
            case SLIDE -> {
                d.clear(d.cdof, to, 3);
                d.copy(d.xaxis, 3 * j, d.cdof, to + 3, 3);
            }
            default -> {
                d.copy(d.xaxis, 3 * j, d.scratch, 0, 3);
                rotation(to);
            }
        }
    }

    private void ballAxes(int to, int b) {
        for (int k = 0; k < 3; k++) {
            d.copy(d.xmat, 9 * b + k, d.scratch, 0, 1);
            d.copy(d.xmat, 9 * b + 3 + k, d.scratch, 1, 1);
            d.copy(d.xmat, 9 * b + 6 + k, d.scratch, 2, 1);
            rotation(to + 6 * k);
        }
    }

    /** Rotation about the axis in scratch 0 .. 2 through a point seen as in scratch 3 .. 5. */
    private void rotation(int to) {
        double[] s = d.scratch;
        DoubleVector x = DoubleVector.fromArray(S, s, 0);
        DoubleVector y = DoubleVector.fromArray(S, s, 1 * W);
        DoubleVector z = DoubleVector.fromArray(S, s, 2 * W);
        DoubleVector ox = DoubleVector.fromArray(S, s, 3 * W);
        DoubleVector oy = DoubleVector.fromArray(S, s, 4 * W);
        DoubleVector oz = DoubleVector.fromArray(S, s, 5 * W);
        x.intoArray(d.cdof, to * W);
        y.intoArray(d.cdof, (to + 1) * W);
        z.intoArray(d.cdof, (to + 2) * W);
        y.mul(oz).sub(z.mul(oy)).intoArray(d.cdof, (to + 3) * W);
        z.mul(ox).sub(x.mul(oz)).intoArray(d.cdof, (to + 4) * W);
        x.mul(oy).sub(y.mul(ox)).intoArray(d.cdof, (to + 5) * W);
    }

    // Inertia matrix

    private void inertiaMatrix() {
        System.arraycopy(d.cinert, 0, d.crb, 0, d.crb.length);
        for (int k = t.articulated.length - 1; k >= 0; k--) {
            int b = t.articulated[k];
            int p = m.bodyParentid[b];
            if (t.bodyLastDof[p] >= 0) {
                LaneSpatial.add(d.crb, 10 * p, d.crb, 10 * b, 10);
            }
        }
        for (int i = 0; i < m.nv; i++) {
            LaneSpatial.mulInertia(d.scratch, 0, d.crb, 10 * m.dofBodyid[i], d.cdof, 6 * i);
            int diag = t.mRowadr[i + 1] - 1;
            for (int k = t.mRowadr[i]; k <= diag; k++) {
                LaneSpatial.dot6(d.cdof, 6 * t.mColind[k], d.scratch, 0, d.qM, k);
            }
            DoubleVector.fromArray(S, d.qM, diag * W)
                    .add(DoubleVector.fromArray(S, d.armature, i * W))
                    .intoArray(d.qM, diag * W);
        }
    }

    /** Factors qLD in place. */
    private void factor() {
        for (int k = m.nv - 1; k >= 0; k--) {
            int start = t.mRowadr[k];
            int diag = t.mRowadr[k + 1] - 1;
            DoubleVector.broadcast(S, 1)
                    .div(DoubleVector.fromArray(S, d.qLD, diag * W))
                    .intoArray(d.qLDiagInv, k * W);
            for (int a = diag - 1; a >= start; a--) {
                int row = t.mRowadr[t.mColind[a]];
                int n = t.mRowadr[t.mColind[a] + 1] - row;
                eliminate(d.qLD, row, start, n, a, d.qLDiagInv, k);
            }
            scale(d.qLD, start, diag, d.qLDiagInv, k);
        }
    }

    private static void eliminate(
            double[] a, int row, int start, int n, int at, double[] inv, int k) {
        DoubleVector s =
                DoubleVector.fromArray(S, a, at * W).mul(DoubleVector.fromArray(S, inv, k * W));
        for (int c = 0; c < n; c++) {
            DoubleVector.fromArray(S, a, (row + c) * W)
                    .sub(s.mul(DoubleVector.fromArray(S, a, (start + c) * W)))
                    .intoArray(a, (row + c) * W);
        }
    }

    private static void scale(double[] a, int from, int to, double[] inv, int k) {
        DoubleVector s = DoubleVector.fromArray(S, inv, k * W);
        for (int i = from; i < to; i++) {
            DoubleVector.fromArray(S, a, i * W).mul(s).intoArray(a, i * W);
        }
    }

    // Velocities and bias forces

    private void velocities() {
        for (int b : t.articulated) {
            d.copy(d.cvel, 6 * m.bodyParentid[b], d.cvel, 6 * b, 6);
            int end = m.bodyJntadr[b] + m.bodyJntnum[b];
            for (int j = m.bodyJntadr[b]; j < end; j++) {
                int dof = m.jntDofadr[j];
                int n = m.jntType[j] <= BALL ? 3 : 1;
                if (m.jntType[j] == FREE) {
                    d.clear(d.cdofDot, 6 * dof, 18);
                    addVelocity(b, dof, 3);
                    dof += 3;
                }
                for (int k = dof; k < dof + n; k++) {
                    LaneSpatial.crossMotion(d.cdofDot, 6 * k, d.cvel, 6 * b, d.cdof, 6 * k);
                }
                addVelocity(b, dof, n);
            }
        }
    }

    private void addVelocity(int b, int dof, int n) {
        for (int k = dof; k < dof + n; k++) {
            LaneSpatial.addScaled6(d.cvel, 6 * b, d.cdof, 6 * k, d.qvel, k);
        }
    }

    private void bias() {
        d.clear(d.cacc, 0, 6);
        if (gravity) {
            for (int k = 0; k < 3; k++) {
                DoubleVector.fromArray(S, d.gravity, k * W).neg().intoArray(d.cacc, (3 + k) * W);
            }
        }
        for (int b : t.articulated) {
            int p = m.bodyParentid[b];
            d.copy(d.cacc, t.bodyLastDof[p] >= 0 ? 6 * p : 0, d.cacc, 6 * b, 6);
            int end = m.bodyDofadr[b] + m.bodyDofnum[b];
            for (int i = m.bodyDofadr[b]; i >= 0 && i < end; i++) {
                LaneSpatial.addScaled6(d.cacc, 6 * b, d.cdofDot, 6 * i, d.qvel, i);
            }
            LaneSpatial.mulInertia(d.force, 6 * b, d.cinert, 10 * b, d.cacc, 6 * b);
            LaneSpatial.mulInertia(d.scratch, 0, d.cinert, 10 * b, d.cvel, 6 * b);
            LaneSpatial.addCrossForce(d.force, 6 * b, d.cvel, 6 * b, d.scratch, 0);
        }
        for (int k = t.articulated.length - 1; k >= 0; k--) {
            int b = t.articulated[k];
            int p = m.bodyParentid[b];
            if (t.bodyLastDof[p] >= 0) {
                LaneSpatial.add(d.force, 6 * p, d.force, 6 * b, 6);
            }
        }
        for (int i = 0; i < m.nv; i++) {
            LaneSpatial.dot6(d.cdof, 6 * i, d.force, 6 * m.dofBodyid[i], d.qfrcBias, i);
        }
    }
}
