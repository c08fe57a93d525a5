package org.openkaiwu.physics.constraint;

import static org.openkaiwu.physics.constraint.Lanes.W;
import static org.openkaiwu.physics.constraint.Lanes.at;
import static org.openkaiwu.physics.constraint.Lanes.put;
import static org.openkaiwu.physics.constraint.Lanes.zero;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;

/**
 * Products of {@link LaneProblem}, term by term those of {@link BlockJacobian} and {@link Problem}.
 */
final class LaneJacobian {
    private final double[] unit = new double[6 * W];

    /** {@code out = M x}. */
    static void multiplyInertia(LaneProblem p, double[] x, double[] out) {
        Problem q = p.pattern;
        for (int i = 0; i < p.n; i++) {
            inertiaRow(p.inertia, q.inertiaCol, q.inertiaFrom[i], q.inertiaDiag[i], i, x, out);
        }
    }

    private static void inertiaRow(
            double[] a, int[] c, int from, int diag, int i, double[] x, double[] out) {
        DoubleVector xi = at(x, i);
        DoubleVector s = at(a, diag).mul(xi);
        for (int k = from; k < diag; k++) {
            DoubleVector m = at(a, k);
            int j = c[k];
            s = s.add(m.mul(at(x, j)));
            put(at(out, j).add(m.mul(xi)), out, j);
        }
        put(s, out, i);
    }

    /** {@code out = J v}, all rows. */
    void multiply(LaneProblem p, double[] v, double[] out) {
        for (int s = 0; s < p.count; s++) {
            int n = p.nnz[s];
            if (p.dim[s] == 1) {
                product(p.values, p.val[s], p.colind, p.col[s], n, v, out, p.row[s]);
                continue;
            }
            if (p.dim[s] == 3) {
                products3(p.values, p.val[s], p.colind, p.col[s], n, v, unit);
            } else {
                for (int k = 0; k < p.dim[s]; k++) {
                    product(p.values, p.val[s] + k * n, p.colind, p.col[s], n, v, unit, k);
                }
            }
            if (p.kind[s] == Rows.CONTACT_PYRAMIDAL) {
                edges(unit, p.mu, 5 * s, p.dim[s], out, p.row[s]);
            } else {
                System.arraycopy(unit, 0, out, p.row[s] * W, p.dim[s] * W);
            }
        }
    }

    private static void product(
            double[] x, int val, int[] c, int col, int n, double[] v, double[] out, int to) {
        DoubleVector s = zero();
        for (int j = 0; j < n; j++) {
            s = s.add(at(x, val + j).mul(at(v, c[col + j])));
        }
        put(s, out, to);
    }

    private static void products3(
            double[] x, int val, int[] c, int col, int n, double[] v, double[] out) {
        DoubleVector s0 = zero();
        DoubleVector s1 = zero();
        DoubleVector s2 = zero();
        for (int j = 0; j < n; j++) {
            DoubleVector y = at(v, c[col + j]);
            s0 = s0.add(at(x, val + j).mul(y));
            s1 = s1.add(at(x, val + n + j).mul(y));
            s2 = s2.add(at(x, val + 2 * n + j).mul(y));
        }
        put(s0, out, 0);
        put(s1, out, 1);
        put(s2, out, 2);
    }

    private static void edges(double[] u, double[] mu, int m, int dim, double[] out, int row) {
        DoubleVector normal = at(u, 0);
        for (int k = 1; k < dim; k++) {
            DoubleVector x = at(mu, m + k - 1).mul(at(u, k));
            put(normal.add(x), out, row + 2 * k - 2);
            put(normal.sub(x), out, row + 2 * k - 1);
        }
    }

    /** {@code jointForce = J' force}. */
    void jointForces(LaneProblem p) {
        Arrays.fill(p.jointForce, 0, p.n * W, 0);
        for (int s = 0; s < p.count; s++) {
            double[] w = p.force;
            int at = p.row[s];
            if (p.kind[s] == Rows.CONTACT_PYRAMIDAL) {
                wrench(p.force, at, p.mu, 5 * s, p.dim[s], unit);
                w = unit;
                at = 0;
            }
            int n = p.nnz[s];
            if (p.dim[s] == 3) {
                add3(p.values, p.val[s], p.colind, p.col[s], n, w, at, p.jointForce);
            } else {
                for (int k = 0; k < p.dim[s]; k++) {
                    add(p.values, p.val[s] + k * n, p.colind, p.col[s], n, w, at + k, p.jointForce);
                }
            }
        }
    }

    private static void wrench(double[] f, int row, double[] mu, int m, int dim, double[] wrench) {
        DoubleVector normal = zero();
        for (int k = 1; k < dim; k++) {
            DoubleVector plus = at(f, row + 2 * k - 2);
            DoubleVector minus = at(f, row + 2 * k - 1);
            normal = normal.add(plus.add(minus));
            put(at(mu, m + k - 1).mul(plus.sub(minus)), wrench, k);
        }
        put(normal, wrench, 0);
    }

    private static void add(
            double[] x, int val, int[] c, int col, int n, double[] w, int k, double[] out) {
        DoubleVector s = at(w, k);
        for (int j = 0; j < n; j++) {
            int to = c[col + j];
            put(at(out, to).add(at(x, val + j).mul(s)), out, to);
        }
    }

    private static void add3(
            double[] x, int val, int[] c, int col, int n, double[] w, int k, double[] out) {
        DoubleVector w0 = at(w, k);
        DoubleVector w1 = at(w, k + 1);
        DoubleVector w2 = at(w, k + 2);
        for (int j = 0; j < n; j++) {
            int to = c[col + j];
            DoubleVector t =
                    at(x, val + j)
                            .mul(w0)
                            .add(at(x, val + n + j).mul(w1))
                            .add(at(x, val + 2 * n + j).mul(w2));
            put(at(out, to).add(t), out, to);
        }
    }
}
