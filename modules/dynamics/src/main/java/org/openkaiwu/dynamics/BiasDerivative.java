package org.openkaiwu.dynamics;

import java.util.Arrays;
import org.openkaiwu.body.Machine;

/**
 * Derivative of the bias forces by the velocities. After {@link Crb} and {@link ComVel}.
 *
 * <p>With s_j the motion axis of dof j, v_b the velocity, I_b the inertia and p_b = (l, p) = I_b
 * v_b the momentum of body b, the acceleration of b at zero joint acceleration changes with the
 * rate of j by g_j - v_b x s_j, where g_j = ds_j/dt + v x s_j with the velocity v just after j's
 * joint. So its inertial force changes by
 *
 * <pre>I_b g_j + B_b s_j,   B_b s = -I_b (v_b x s) + s x* p_b + v_b x* (I_b s)</pre>
 *
 * and by the Jacobi identity B_b has only an angular column: with I_b = (J, h, m), v_b = (w, v) it
 * is A = [w]J - J[w] - [J w] - 2 [h][v] above -2 [p]. The sums of I, A and p over subtrees then
 * give all derivatives by scalar products along the tree.
 */
public final class BiasDerivative {
    private final double[] a;
    private final double[] g;
    private final double[] f = new double[6];
    private final double[] t = new double[6];

    public BiasDerivative(Machine m) {
        a = new double[12 * m.nbody];
        g = new double[6 * m.nv];
    }

    /** {@code out += s d(qfrcBias)/d(qvel)}. */
    public void add(Machine m, TreeData d, TreeMatrix out, double s) {
        Tree tree = d.tree;
        for (int b : tree.articulated) {
            own(d, b);
        }
        for (int k = tree.articulated.length - 1; k >= 0; k--) {
            int b = tree.articulated[k];
            int p = m.bodyParentid[b];
            if (tree.bodyLastDof[p] >= 0) {
                for (int i = 0; i < 12; i++) {
                    a[12 * p + i] += a[12 * b + i];
                }
            }
        }
        for (int j = 0; j < m.njnt; j++) {
            rates(m, d, j);
        }
        rows(m, d, out, s, 0, m.nv);
    }

    /** The same for the dofs of one body with a single free joint and no children. */
    public void addFreeBody(Machine m, TreeData d, TreeMatrix out, double s, int b) {
        own(d, b);
        rates(m, d, m.bodyJntadr[b]);
        rows(m, d, out, s, m.bodyDofadr[b], m.bodyDofadr[b] + 6);
    }

    private void rows(Machine m, TreeData d, TreeMatrix out, double s, int first, int end) {
        Tree tree = d.tree;
        double[] c = d.cdof;
        for (int i = first; i < end; i++) {
            int b = m.dofBodyid[i];
            int q = 12 * b;
            int ci = 6 * i;
            double x = c[ci];
            double y = c[ci + 1];
            double z = c[ci + 2];
            double px = a[q + 9];
            double py = a[q + 10];
            double pz = a[q + 11];
            // f = I g_i + B s_i: force when the rate of i changes
            Spatial.mulInertia(f, 0, d.crb, 10 * b, g, ci);
            f[0] += a[q] * x + a[q + 1] * y + a[q + 2] * z;
            f[1] += a[q + 3] * x + a[q + 4] * y + a[q + 5] * z;
            f[2] += a[q + 6] * x + a[q + 7] * y + a[q + 8] * z;
            f[3] -= 2 * (py * z - pz * y);
            f[4] -= 2 * (pz * x - px * z);
            f[5] -= 2 * (px * y - py * x);
            // t = I s_i and u = B' s_i: force on i when another rate changes
            Spatial.mulInertia(t, 0, d.crb, 10 * b, c, ci);
            double lx = c[ci + 3];
            double ly = c[ci + 4];
            double lz = c[ci + 5];
            double ux = a[q] * x + a[q + 3] * y + a[q + 6] * z + 2 * (py * lz - pz * ly);
            double uy = a[q + 1] * x + a[q + 4] * y + a[q + 7] * z + 2 * (pz * lx - px * lz);
            double uz = a[q + 2] * x + a[q + 5] * y + a[q + 8] * z + 2 * (px * ly - py * lx);
            for (int at = tree.fullRowadr[i]; at < tree.fullRowadr[i + 1]; at++) {
                int cj = 6 * tree.fullColind[at];
                out.lower[at] +=
                        s
                                * (Spatial.dot6(t, 0, g, cj)
                                        + ux * c[cj]
                                        + uy * c[cj + 1]
                                        + uz * c[cj + 2]);
                out.upper[at] += s * Spatial.dot6(f, 0, c, cj);
            }
        }
    }

    /** g of the dofs of a joint. */
    private void rates(Machine m, TreeData d, int j) {
        int dof = m.jntDofadr[j];
        switch (m.jntType[j]) {
            case 0 -> {
                Arrays.fill(g, 6 * dof, 6 * dof + 18, 0);
                ballRates(d, dof + 3);
            }
            case 1 -> ballRates(d, dof);
            default -> {
                for (int k = 6 * dof; k < 6 * dof + 6; k++) {
                    g[k] = 2 * d.cdofDot[k];
                }
            }
        }
    }

    private void ballRates(TreeData d, int dof) {
        Arrays.fill(t, 0);
        for (int k = dof; k < dof + 3; k++) {
            Spatial.addScaled6(t, 0, d.cdof, 6 * k, d.qvel[k]);
        }
        for (int k = dof; k < dof + 3; k++) {
            Spatial.crossMotion(g, 6 * k, t, 0, d.cdof, 6 * k);
            Spatial.addScaled6(g, 6 * k, d.cdofDot, 6 * k, 2);
        }
    }

    /** A and the linear momentum of body b. */
    private void own(TreeData d, int b) {
        double[] i = d.cinert;
        int io = 10 * b;
        double xx = i[io];
        double yy = i[io + 1];
        double zz = i[io + 2];
        double xy = i[io + 3];
        double xz = i[io + 4];
        double yz = i[io + 5];
        double hx = i[io + 6];
        double hy = i[io + 7];
        double hz = i[io + 8];
        double m = i[io + 9];
        double wx = d.cvel[6 * b];
        double wy = d.cvel[6 * b + 1];
        double wz = d.cvel[6 * b + 2];
        double vx = d.cvel[6 * b + 3];
        double vy = d.cvel[6 * b + 4];
        double vz = d.cvel[6 * b + 5];
        double lx = xx * wx + xy * wy + xz * wz;
        double ly = xy * wx + yy * wy + yz * wz;
        double lz = xz * wx + yz * wy + zz * wz;
        // [w] J - J [w] = 2 sym([w] J) since J is symmetric: entry (r, c) is S(r, c) + S(c, r)
        double s00 = wy * xz - wz * xy;
        double s01 = wy * yz - wz * yy;
        double s02 = wy * zz - wz * yz;
        double s10 = wz * xx - wx * xz;
        double s11 = wz * xy - wx * yz;
        double s12 = wz * xz - wx * zz;
        double s20 = wx * xy - wy * xx;
        double s21 = wx * yy - wy * xy;
        double s22 = wx * yz - wy * xz;
        // [h][v] = v h' - (h . v) 1
        double hv = hx * vx + hy * vy + hz * vz;
        int q = 12 * b;
        a[q] = 2 * s00 - 2 * (vx * hx - hv);
        a[q + 1] = s01 + s10 + lz - 2 * vx * hy;
        a[q + 2] = s02 + s20 - ly - 2 * vx * hz;
        a[q + 3] = s10 + s01 - lz - 2 * vy * hx;
        a[q + 4] = 2 * s11 - 2 * (vy * hy - hv);
        a[q + 5] = s12 + s21 + lx - 2 * vy * hz;
        a[q + 6] = s20 + s02 + ly - 2 * vz * hx;
        a[q + 7] = s21 + s12 - lx - 2 * vz * hy;
        a[q + 8] = 2 * s22 - 2 * (vz * hz - hv);
        a[q + 9] = m * vx + wy * hz - wz * hy;
        a[q + 10] = m * vy + wz * hx - wx * hz;
        a[q + 11] = m * vz + wx * hy - wy * hx;
    }
}
