package org.openkaiwu.physics;

import java.util.Arrays;
import org.openkaiwu.body.Machine;
import org.openkaiwu.dynamics.Tree;

/** Which dofs can move each tendon and each actuator output: the sparsity of their Jacobians. */
final class Patterns {
    private Patterns() {}

    /** Shape ntendon x nv. */
    static boolean[][] tendons(Machine m, Tree tree) {
        boolean[][] on = new boolean[m.ntendon][m.nv];
        for (int t = 0; t < m.ntendon; t++) {
            for (int w = m.tendonAdr[t]; w < m.tendonAdr[t] + m.tendonNum[t]; w++) {
                int id = m.wrapObjid[w];
                switch (m.wrapType[w]) {
                    case Tendons.JOINT -> on[t][m.jntDofadr[id]] = true;
                    case Tendons.SITE -> chain(m, tree, m.siteBodyid[id], on[t]);
                    case Tendons.SPHERE, Tendons.CYLINDER ->
                            chain(m, tree, m.geomBodyid[id], on[t]);
                    default -> {
                        // a pulley moves nothing
                    }
                }
            }
        }
        return on;
    }

    /** Shape nout x nv. */
    static boolean[][] moments(Machine m, Tree tree, boolean[][] tendons) {
        boolean[][] on = new boolean[m.nout][m.nv];
        for (int a = 0; a < m.nactuator; a++) {
            int out = m.actuatorOutadr[a];
            int id = m.actuatorTrnid[2 * a];
            int ref = m.actuatorTrnid[2 * a + 1];
            switch (m.actuatorTrntype[a]) {
                case Transmission.JOINT, Transmission.JOINTINPARENT -> {
                    int first = m.jntDofadr[id];
                    Arrays.fill(on[out], first, first + Joints.dofs(m.jntType[id]), true);
                }
                case Transmission.TENDON -> on[out] = tendons[id].clone();
                case Transmission.BODY -> Arrays.fill(on[out], true);
                case Transmission.SO3 -> {
                    for (int k = 0; k < 3; k++) {
                        if (ref < 0) {
                            on[out + k][m.jntDofadr[id] + k] = true;
                        } else {
                            chain(m, tree, m.siteBodyid[id], on[out + k]);
                            chain(m, tree, m.siteBodyid[ref], on[out + k]);
                        }
                    }
                }
                default -> {
                    chain(m, tree, m.siteBodyid[id], on[out]);
                    if (ref >= 0) {
                        chain(m, tree, m.siteBodyid[ref], on[out]);
                    }
                }
            }
        }
        return on;
    }

    private static void chain(Machine m, Tree tree, int body, boolean[] on) {
        for (int i = tree.bodyLastDof[body]; i >= 0; i = m.dofParentid[i]) {
            on[i] = true;
        }
    }

    static int[] rowadr(boolean[][] on) {
        int[] adr = new int[on.length + 1];
        for (int r = 0; r < on.length; r++) {
            int n = 0;
            for (boolean b : on[r]) {
                n += b ? 1 : 0;
            }
            adr[r + 1] = adr[r] + n;
        }
        return adr;
    }

    static int[] colind(boolean[][] on) {
        int[] ind = new int[rowadr(on)[on.length]];
        int k = 0;
        for (boolean[] row : on) {
            for (int i = 0; i < row.length; i++) {
                if (row[i]) {
                    ind[k++] = i;
                }
            }
        }
        return ind;
    }
}
