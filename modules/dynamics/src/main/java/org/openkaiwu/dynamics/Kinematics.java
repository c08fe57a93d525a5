package org.openkaiwu.dynamics;

import org.openkaiwu.body.Machine;
import org.openkaiwu.math.Flat;

/**
 * Frames of bodies, joints, geoms and sites from {@code qpos}: one pass from the root. What cannot
 * move is computed once, when a {@link TreeData} is made.
 */
public final class Kinematics {
    private static final int FREE = 0;
    private static final int BALL = 1;
    private static final int SLIDE = 2;

    private Kinematics() {}

    /** All moving frames. */
    public static void run(Machine m, TreeData d) {
        bodies(m, d);
        attached(m, d);
    }

    /** Frames of everything fixed to the world. */
    static void fixedFrames(Machine m, TreeData d) {
        d.xquat[0] = 1;
        d.xmat[0] = 1;
        d.xmat[4] = 1;
        d.xmat[8] = 1;
        d.ximat[0] = 1;
        d.ximat[4] = 1;
        d.ximat[8] = 1;
        for (int b = 1; b < m.nbody; b++) {
            if (d.tree.fixed[b]) {
                place(m, d, b, m.bodyPos, 3 * b, m.bodyQuat, 4 * b);
                finish(d, b);
                inertial(m, d, b);
            }
        }
        for (int g = 0; g < m.ngeom; g++) {
            if (d.tree.fixed[m.geomBodyid[g]]) {
                geom(m, d, g);
            }
        }
        for (int s = 0; s < m.nsite; s++) {
            if (d.tree.fixed[m.siteBodyid[s]]) {
                site(m, d, s);
            }
        }
    }

    private static void bodies(Machine m, TreeData d) {
        int[] moving = d.tree.moving;
        for (int b : moving) {
            int jnt = m.bodyJntadr[b];
            int n = m.bodyJntnum[b];
            if (n == 1 && m.jntType[jnt] == FREE) {
                free(m, d, b, jnt);
            } else {
                int mocap = m.bodyMocapid[b];
                if (mocap >= 0) {
                    place(m, d, b, d.mocapPos, 3 * mocap, d.mocapQuat, 4 * mocap);
                    Flat.normalizeQuat(d.xquat, 4 * b);
                } else {
                    place(m, d, b, m.bodyPos, 3 * b, m.bodyQuat, 4 * b);
                }
                for (int j = jnt; j < jnt + n; j++) {
                    joint(m, d, b, j);
                }
            }
            finish(d, b);
            inertial(m, d, b);
        }
    }

    private static void attached(Machine m, TreeData d) {
        for (int g : d.tree.movingGeoms) {
            geom(m, d, g);
        }
        for (int s : d.tree.movingSites) {
            site(m, d, s);
        }
    }

    private static void free(Machine m, TreeData d, int b, int jnt) {
        int qa = m.jntQposadr[jnt];
        System.arraycopy(d.qpos, qa, d.xpos, 3 * b, 3);
        System.arraycopy(d.qpos, qa + 3, d.xquat, 4 * b, 4);
        System.arraycopy(d.qpos, qa, d.xanchor, 3 * jnt, 3);
        System.arraycopy(m.jntAxis, 3 * jnt, d.xaxis, 3 * jnt, 3);
    }

    /** xpos, xquat before the joints: the parent's frame with the fixed offset. */
    private static void place(
            Machine m, TreeData d, int b, double[] pos, int po, double[] quat, int qo) {
        int p = m.bodyParentid[b];
        if (p == 0) {
            System.arraycopy(pos, po, d.xpos, 3 * b, 3);
            System.arraycopy(quat, qo, d.xquat, 4 * b, 4);
            return;
        }
        Flat.mulMatVec3(d.xpos, 3 * b, d.xmat, 9 * p, pos, po);
        d.xpos[3 * b] += d.xpos[3 * p];
        d.xpos[3 * b + 1] += d.xpos[3 * p + 1];
        d.xpos[3 * b + 2] += d.xpos[3 * p + 2];
        Flat.mulQuat(d.xquat, 4 * b, d.xquat, 4 * p, quat, qo);
    }

    private static void joint(Machine m, TreeData d, int b, int j) {
        double[] xpos = d.xpos;
        double[] xquat = d.xquat;
        int qa = m.jntQposadr[j];
        int type = m.jntType[j];
        Flat.rotVecQuat(d.xaxis, 3 * j, m.jntAxis, 3 * j, xquat, 4 * b);
        Flat.rotVecQuat(d.xanchor, 3 * j, m.jntPos, 3 * j, xquat, 4 * b);
        d.xanchor[3 * j] += xpos[3 * b];
        d.xanchor[3 * j + 1] += xpos[3 * b + 1];
        d.xanchor[3 * j + 2] += xpos[3 * b + 2];
        if (type == SLIDE) {
            double s = d.qpos[qa] - m.qpos0[qa];
            xpos[3 * b] += d.xaxis[3 * j] * s;
            xpos[3 * b + 1] += d.xaxis[3 * j + 1] * s;
            xpos[3 * b + 2] += d.xaxis[3 * j + 2] * s;
            return;
        }
        double[] local = d.bodyForce;
        if (type == BALL) {
            System.arraycopy(d.qpos, qa, local, 0, 4);
            Flat.normalizeQuat(local, 0);
        } else {
            Flat.axisAngleToQuat(local, 0, m.jntAxis, 3 * j, d.qpos[qa] - m.qpos0[qa]);
        }
        Flat.mulQuat(xquat, 4 * b, xquat, 4 * b, local, 0);
        // the anchor stays where it is
        Flat.rotVecQuat(local, 0, m.jntPos, 3 * j, xquat, 4 * b);
        xpos[3 * b] = d.xanchor[3 * j] - local[0];
        xpos[3 * b + 1] = d.xanchor[3 * j + 1] - local[1];
        xpos[3 * b + 2] = d.xanchor[3 * j + 2] - local[2];
    }

    private static void finish(TreeData d, int b) {
        Flat.normalizeQuat(d.xquat, 4 * b);
        Flat.quatToMat(d.xmat, 9 * b, d.xquat, 4 * b);
    }

    private static void inertial(Machine m, TreeData d, int b) {
        local(d, b, m.bodySameframe[b], d.xipos, d.ximat, b, m.bodyIpos, m.bodyIquat);
    }

    private static void geom(Machine m, TreeData d, int g) {
        local(
                d,
                m.geomBodyid[g],
                m.geomSameframe[g],
                d.geomXpos,
                d.geomXmat,
                g,
                m.geomPos,
                m.geomQuat);
    }

    private static void site(Machine m, TreeData d, int s) {
        local(d, m.siteBodyid[s], 0, d.siteXpos, d.siteXmat, s, m.sitePos, m.siteQuat);
    }

    /**
     * World frame of something fixed to body b. {@code sameframe}: 0 general, 1 the body's frame, 2
     * its inertial frame, 3 the body's axes, 4 its inertial axes.
     */
    static void local(
            TreeData d,
            int b,
            int sameframe,
            double[] xpos,
            double[] xmat,
            int i,
            double[] pos,
            double[] quat) {
        if (sameframe == 1) {
            System.arraycopy(d.xpos, 3 * b, xpos, 3 * i, 3);
            System.arraycopy(d.xmat, 9 * b, xmat, 9 * i, 9);
            return;
        }
        if (sameframe == 2) {
            System.arraycopy(d.xipos, 3 * b, xpos, 3 * i, 3);
            System.arraycopy(d.ximat, 9 * b, xmat, 9 * i, 9);
            return;
        }
        Flat.mulMatVec3(xpos, 3 * i, d.xmat, 9 * b, pos, 3 * i);
        xpos[3 * i] += d.xpos[3 * b];
        xpos[3 * i + 1] += d.xpos[3 * b + 1];
        xpos[3 * i + 2] += d.xpos[3 * b + 2];
        if (sameframe == 3) {
            System.arraycopy(d.xmat, 9 * b, xmat, 9 * i, 9);
        } else if (sameframe == 4) {
            System.arraycopy(d.ximat, 9 * b, xmat, 9 * i, 9);
        } else {
            Flat.mulQuat(d.bodyForce, 0, d.xquat, 4 * b, quat, 4 * i);
            Flat.quatToMat(xmat, 9 * i, d.bodyForce, 0);
        }
    }
}
