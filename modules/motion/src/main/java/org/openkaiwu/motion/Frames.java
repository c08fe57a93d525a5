package org.openkaiwu.motion;

import org.openkaiwu.body.Machine;
import org.openkaiwu.math.Flat;
import org.openkaiwu.math.Pose;
import org.openkaiwu.math.Quat;
import org.openkaiwu.math.Vec3;

/**
 * Poses of a machine's bodies in the map for given joint positions; recomputes only the bodies
 * asked for, which is what search over one arm's joints needs.
 *
 * <p>The base body's pose is given from outside (a fixed machine's base body is its world body);
 * what lies between the world and a moving base is put at the base. Joint couplings (equality
 * constraints between two joints) are obeyed.
 */
final class Frames {
    private static final int FREE = 0;
    private static final int BALL = 1;
    private static final int SLIDE = 2;

    final Machine machine;
    final int baseBody;

    /** Configuration; the owner writes it. Shape nq. */
    final double[] qpos;

    /** Body positions in the map, m. Shape nbody x 3. */
    final double[] xpos;

    /** Body orientations in the map. Shape nbody x 4. */
    final double[] xquat;

    /** Joint anchors in the map, m. Shape njnt x 3. */
    final double[] xanchor;

    /** Joint axes in the map. Shape njnt x 3. */
    final double[] xaxis;

    private final boolean[] aboveBase;
    private final int[] coupled;
    private final double[] basePos = new double[3];
    private final double[] baseQuat = {1, 0, 0, 0};
    private final double[] tmp = new double[4];
    private final int[] all;

    Frames(Machine machine, int baseBody) {
        this.machine = machine;
        this.baseBody = baseBody;
        qpos = machine.qpos0.clone();
        xpos = new double[3 * machine.nbody];
        xquat = new double[4 * machine.nbody];
        xanchor = new double[3 * machine.njnt];
        xaxis = new double[3 * machine.njnt];
        aboveBase = new boolean[machine.nbody];
        for (int b = baseBody; b > 0; b = machine.bodyParentid[b]) {
            aboveBase[b] = true;
        }
        aboveBase[0] = true;
        coupled = couplings(machine);
        all = new int[machine.nbody];
        for (int b = 0; b < machine.nbody; b++) {
            all[b] = b;
        }
    }

    private static int[] couplings(Machine m) {
        int[] out = new int[m.neq];
        int n = 0;
        for (int e = 0; e < m.neq; e++) {
            if (m.eqType[e] == 2 && m.eqActive0[e]) {
                out[n++] = e;
            }
        }
        return java.util.Arrays.copyOf(out, n);
    }

    /** The equality that makes a joint follow another, or -1. */
    int couplingOf(int joint) {
        for (int e : coupled) {
            if (machine.eqObj1id[e] == joint && machine.eqObj2id[e] >= 0) {
                return e;
            }
        }
        return -1;
    }

    void base(Pose X_WB) {
        Vec3 p = X_WB.p();
        Quat q = X_WB.q().unit();
        base(p.x(), p.y(), p.z(), q.w(), q.x(), q.y(), q.z());
    }

    void base(double x, double y, double z, double qw, double qx, double qy, double qz) {
        Flat.set3(basePos, 0, x, y, z);
        baseQuat[0] = qw;
        baseQuat[1] = qx;
        baseQuat[2] = qy;
        baseQuat[3] = qz;
    }

    /** All bodies. */
    void update() {
        update(all);
    }

    /** The given bodies, parents before children; others keep their poses. */
    void update(int[] bodies) {
        couple();
        for (int b : bodies) {
            if (aboveBase[b]) {
                System.arraycopy(basePos, 0, xpos, 3 * b, 3);
                System.arraycopy(baseQuat, 0, xquat, 4 * b, 4);
            } else {
                place(b);
            }
        }
    }

    private void couple() {
        for (int e : coupled) {
            int j1 = machine.eqObj1id[e];
            int j2 = machine.eqObj2id[e];
            int a1 = machine.jntQposadr[j1];
            double x = 0;
            if (j2 >= 0) {
                int a2 = machine.jntQposadr[j2];
                x = qpos[a2] - machine.qpos0[a2];
            }
            double[] c = machine.eqData;
            int o = 11 * e;
            double y = c[o] + x * (c[o + 1] + x * (c[o + 2] + x * (c[o + 3] + x * c[o + 4])));
            qpos[a1] = machine.qpos0[a1] + y;
        }
    }

    private void place(int b) {
        Machine m = machine;
        int parent = m.bodyParentid[b];
        Flat.rotVecQuat(xpos, 3 * b, m.bodyPos, 3 * b, xquat, 4 * parent);
        for (int i = 0; i < 3; i++) {
            xpos[3 * b + i] += xpos[3 * parent + i];
        }
        Flat.mulQuat(xquat, 4 * b, xquat, 4 * parent, m.bodyQuat, 4 * b);
        for (int k = 0; k < m.bodyJntnum[b]; k++) {
            move(b, m.bodyJntadr[b] + k);
        }
        if (m.bodyJntnum[b] > 0) {
            Flat.normalizeQuat(xquat, 4 * b);
        }
    }

    private void move(int b, int j) {
        Machine m = machine;
        int adr = m.jntQposadr[j];
        int type = m.jntType[j];
        if (type == FREE) {
            System.arraycopy(qpos, adr, xpos, 3 * b, 3);
            System.arraycopy(qpos, adr + 3, xquat, 4 * b, 4);
            return;
        }
        Flat.rotVecQuat(xanchor, 3 * j, m.jntPos, 3 * j, xquat, 4 * b);
        for (int i = 0; i < 3; i++) {
            xanchor[3 * j + i] += xpos[3 * b + i];
        }
        Flat.rotVecQuat(xaxis, 3 * j, m.jntAxis, 3 * j, xquat, 4 * b);
        if (type == SLIDE) {
            double d = qpos[adr] - m.qpos0[adr];
            for (int i = 0; i < 3; i++) {
                xpos[3 * b + i] += d * xaxis[3 * j + i];
            }
            return;
        }
        if (type == BALL) {
            Flat.mulQuat(xquat, 4 * b, xquat, 4 * b, qpos, adr);
        } else {
            Flat.axisAngleToQuat(tmp, 0, m.jntAxis, 3 * j, qpos[adr] - m.qpos0[adr]);
            Flat.mulQuat(xquat, 4 * b, xquat, 4 * b, tmp, 0);
        }
        Flat.rotVecQuat(tmp, 0, m.jntPos, 3 * j, xquat, 4 * b);
        for (int i = 0; i < 3; i++) {
            xpos[3 * b + i] = xanchor[3 * j + i] - tmp[i];
        }
    }
}
