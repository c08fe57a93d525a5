package org.openkaiwu.physics;

import org.openkaiwu.body.Machine;
import org.openkaiwu.math.Flat;

/**
 * Which trees of a machine may fall asleep, and what counts as slow: MuJoCo's {@code
 * tree_sleep_policy} and {@code dof_length}.
 */
final class SleepPolicy {
    private static final int NEVER = 1;
    private static final int INIT = 3;

    /** May fall asleep. Shape ntree. */
    final boolean[] allowed;

    /** Asleep from the start. Shape ntree. */
    final boolean[] atStart;

    /** Metres that a unit of each dof moves its body: 1, turning the size of it. Shape nv. */
    final double[] dofLength;

    /** First dof; one more entry than trees. */
    final int[] firstDof;

    /** First of a tendon's trees or -1, and another one or -1. Shape ntendon x 2. */
    final int[] tendonTree;

    SleepPolicy(Machine m, int[] tenJRowadr, int[] tenJColind) {
        allowed = new boolean[m.ntree];
        atStart = new boolean[m.ntree];
        firstDof = new int[m.ntree + 1];
        firstDof[m.ntree] = m.nv;
        for (int i = m.nv - 1; i >= 0; i--) {
            firstDof[m.dofTreeid[i]] = i;
        }
        tendonTree = new int[2 * m.ntendon];
        boolean[] busy = busy(m, tenJRowadr, tenJColind);
        for (int b = m.nbody - 1; b > 0; b--) {
            int t = m.bodyTreeid[b];
            if (t >= 0) {
                // the first body of a tree comes last here; its word counts
                int word = m.bodySleep[b];
                allowed[t] = word == 0 ? !busy[t] : word != NEVER;
                atStart[t] = word == INIT;
            }
        }
        dofLength = dofLength(m);
    }

    /** Trees with an actuator, or held to others by a springy tendon. */
    private boolean[] busy(Machine m, int[] tenJRowadr, int[] tenJColind) {
        boolean[] busy = new boolean[m.ntree];
        for (int t = 0; t < m.ntendon; t++) {
            int first = -1;
            int second = -1;
            boolean more = false;
            for (int k = tenJRowadr[t]; k < tenJRowadr[t + 1]; k++) {
                int tree = m.dofTreeid[tenJColind[k]];
                if (first < 0) {
                    first = tree;
                } else if (tree != first && second < 0) {
                    second = tree;
                } else if (tree != first && tree != second) {
                    more = true;
                }
            }
            tendonTree[2 * t] = first;
            tendonTree[2 * t + 1] = second;
            boolean springy = m.tendonStiffness[t] != 0 || m.tendonDamping[t] != 0;
            if (more || second >= 0 && springy) {
                mark(busy, m, tenJRowadr, tenJColind, t);
            }
        }
        for (int a = 0; a < m.actuatorTrntype.length; a++) {
            int id = m.actuatorTrnid[2 * a];
            int body =
                    switch (m.actuatorTrntype[a]) {
                        case Transmission.JOINT, Transmission.JOINTINPARENT -> m.jntBodyid[id];
                        case Transmission.SLIDERCRANK, Transmission.SITE -> m.siteBodyid[id];
                        case Transmission.BODY -> id;
                        case Transmission.SO3 ->
                                m.actuatorTrnid[2 * a + 1] < 0 ? m.jntBodyid[id] : m.siteBodyid[id];
                        default -> -1;
                    };
            if (m.actuatorTrntype[a] == Transmission.TENDON) {
                mark(busy, m, tenJRowadr, tenJColind, id);
            } else if (body >= 0 && m.bodyTreeid[body] >= 0) {
                busy[m.bodyTreeid[body]] = true;
            }
        }
        return busy;
    }

    private static void mark(boolean[] busy, Machine m, int[] rowadr, int[] colind, int tendon) {
        for (int k = rowadr[tendon]; k < rowadr[tendon + 1]; k++) {
            busy[m.dofTreeid[colind[k]]] = true;
        }
    }

    /**
     * The size of a body is the largest distance from its mass centre to a joint of its own or of a
     * child, or to the far side of one of its geoms.
     */
    private static double[] dofLength(Machine m) {
        double[] size = new double[m.nbody];
        for (int j = 0; j < m.njnt; j++) {
            int b = m.jntBodyid[j];
            size[b] = Math.max(size[b], distance(m.jntPos, j, m.bodyIpos, b));
            int p = m.bodyParentid[b];
            if (p > 0) {
                double[] anchor = new double[3];
                double[] mat = new double[9];
                Flat.quatToMat(mat, 0, m.bodyQuat, 4 * b);
                Flat.mulMatVec3(anchor, 0, mat, 0, m.jntPos, 3 * j);
                for (int k = 0; k < 3; k++) {
                    anchor[k] += m.bodyPos[3 * b + k];
                }
                size[p] = Math.max(size[p], distance(anchor, 0, m.bodyIpos, p));
            }
        }
        for (int g = 0; g < m.ngeom; g++) {
            int b = m.geomBodyid[g];
            double far = distance(m.geomPos, g, m.bodyIpos, b) + m.geomRbound[g];
            size[b] = Math.max(size[b], far);
        }
        double[] length = new double[m.nv];
        for (int i = 0; i < m.nv; i++) {
            int j = m.dofJntid[i];
            boolean slides =
                    m.jntType[j] == Joints.SLIDE
                            || m.jntType[j] == Joints.FREE && i - m.jntDofadr[j] < 3;
            length[i] = slides ? 1 : Math.max(1e-5, size[m.dofBodyid[i]]);
        }
        return length;
    }

    private static double distance(double[] a, int i, double[] b, int j) {
        double s = 0;
        for (int k = 0; k < 3; k++) {
            double d = a[3 * i + k] - b[3 * j + k];
            s += d * d;
        }
        return Math.sqrt(s);
    }
}
