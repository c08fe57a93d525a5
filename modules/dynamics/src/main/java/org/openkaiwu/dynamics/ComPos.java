package org.openkaiwu.dynamics;

import org.openkaiwu.body.Machine;
import org.openkaiwu.math.Flat;

/**
 * Mass centres of subtrees, and inertias and motion axes referred to the mass centre of the whole
 * kinematic tree. After {@link Kinematics}.
 */
public final class ComPos {
    private static final double TINY = 1e-15;

    private ComPos() {}

    public static void run(Machine m, TreeData d) {
        subtreeCom(m, d);
        for (int b : d.tree.articulated) {
            int r = 3 * m.bodyRootid[b];
            Spatial.inertia(
                    d.cinert,
                    10 * b,
                    m.bodyInertia,
                    3 * b,
                    d.ximat,
                    9 * b,
                    d.xipos[3 * b] - d.subtreeCom[r],
                    d.xipos[3 * b + 1] - d.subtreeCom[r + 1],
                    d.xipos[3 * b + 2] - d.subtreeCom[r + 2],
                    m.bodyMass[b]);
        }
        for (int j = 0; j < m.njnt; j++) {
            axes(m, d, j);
        }
    }

    private static void subtreeCom(Machine m, TreeData d) {
        double[] com = d.subtreeCom;
        for (int b = 0; b < m.nbody; b++) {
            double mass = m.bodyMass[b];
            com[3 * b] = d.xipos[3 * b] * mass;
            com[3 * b + 1] = d.xipos[3 * b + 1] * mass;
            com[3 * b + 2] = d.xipos[3 * b + 2] * mass;
        }
        for (int b = m.nbody - 1; b >= 0; b--) {
            if (b > 0) {
                int p = m.bodyParentid[b];
                com[3 * p] += com[3 * b];
                com[3 * p + 1] += com[3 * b + 1];
                com[3 * p + 2] += com[3 * b + 2];
            }
            if (m.bodySubtreemass[b] < TINY) {
                System.arraycopy(d.xipos, 3 * b, com, 3 * b, 3);
            } else {
                double s = 1 / m.bodySubtreemass[b];
                com[3 * b] *= s;
                com[3 * b + 1] *= s;
                com[3 * b + 2] *= s;
            }
        }
    }

    private static void axes(Machine m, TreeData d, int j) {
        int b = m.jntBodyid[j];
        int r = 3 * m.bodyRootid[b];
        double ox = d.subtreeCom[r] - d.xanchor[3 * j];
        double oy = d.subtreeCom[r + 1] - d.xanchor[3 * j + 1];
        double oz = d.subtreeCom[r + 2] - d.xanchor[3 * j + 2];
        int at = 6 * m.jntDofadr[j];
        switch (m.jntType[j]) {
            case 0 -> {
                for (int k = 0; k < 18; k++) {
                    d.cdof[at + k] = k % 7 == 3 ? 1 : 0;
                }
                ballAxes(d, at + 18, b, ox, oy, oz);
            }
            case 1 -> ballAxes(d, at, b, ox, oy, oz);
            case 2 -> {
                Flat.set3(d.cdof, at, 0, 0, 0);
                System.arraycopy(d.xaxis, 3 * j, d.cdof, at + 3, 3);
            }
            default ->
                    rotation(
                            d.cdof,
                            at,
                            d.xaxis[3 * j],
                            d.xaxis[3 * j + 1],
                            d.xaxis[3 * j + 2],
                            ox,
                            oy,
                            oz);
        }
    }

    private static void ballAxes(TreeData d, int at, int b, double ox, double oy, double oz) {
        for (int k = 0; k < 3; k++) {
            rotation(
                    d.cdof,
                    at + 6 * k,
                    d.xmat[9 * b + k],
                    d.xmat[9 * b + 3 + k],
                    d.xmat[9 * b + 6 + k],
                    ox,
                    oy,
                    oz);
        }
    }

    /** Rotation about (x, y, z) through a point from which the reference is seen at o. */
    private static void rotation(
            double[] r, int ro, double x, double y, double z, double ox, double oy, double oz) {
        r[ro] = x;
        r[ro + 1] = y;
        r[ro + 2] = z;
        r[ro + 3] = y * oz - z * oy;
        r[ro + 4] = z * ox - x * oz;
        r[ro + 5] = x * oy - y * ox;
    }
}
