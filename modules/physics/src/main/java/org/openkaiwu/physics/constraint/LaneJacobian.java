package org.openkaiwu.physics.constraint;

import static org.openkaiwu.math.Lanes.S;
import static org.openkaiwu.math.Lanes.W;

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
        DoubleVector xi = DoubleVector.fromArray(S, x, i * W);
        DoubleVector s = DoubleVector.fromArray(S, a, diag * W).mul(xi);
        for (int k = from; k < diag; k++) {
            DoubleVector m = DoubleVector.fromArray(S, a, k * W);
            int j = c[k];
            s = s.add(m.mul(DoubleVector.fromArray(S, x, j * W)));
            DoubleVector.fromArray(S, out, j * W).add(m.mul(xi)).intoArray(out, j * W);
        }
        s.intoArray(out, i * W);
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
        DoubleVector s = DoubleVector.zero(S);
        for (int j = 0; j < n; j++) {
            s =
                    s.add(
                            DoubleVector.fromArray(S, x, (val + j) * W)
                                    .mul(DoubleVector.fromArray(S, v, (c[col + j]) * W)));
        }
        s.intoArray(out, to * W);
    }

    private static void products3(
            double[] x, int val, int[] c, int col, int n, double[] v, double[] out) {
        DoubleVector s0 = DoubleVector.zero(S);
        DoubleVector s1 = DoubleVector.zero(S);
        DoubleVector s2 = DoubleVector.zero(S);
        for (int j = 0; j < n; j++) {
            DoubleVector y = DoubleVector.fromArray(S, v, (c[col + j]) * W);
            s0 = s0.add(DoubleVector.fromArray(S, x, (val + j) * W).mul(y));
            s1 = s1.add(DoubleVector.fromArray(S, x, (val + n + j) * W).mul(y));
            s2 = s2.add(DoubleVector.fromArray(S, x, (val + 2 * n + j) * W).mul(y));
        }
        s0.intoArray(out, 0);
        s1.intoArray(out, 1 * W);
        s2.intoArray(out, 2 * W);
    }

    private static void edges(double[] u, double[] mu, int m, int dim, double[] out, int row) {
        DoubleVector normal = DoubleVector.fromArray(S, u, 0);
        for (int k = 1; k < dim; k++) {
            DoubleVector x =
                    DoubleVector.fromArray(S, mu, (m + k - 1) * W)
                            .mul(DoubleVector.fromArray(S, u, k * W));
            normal.add(x).intoArray(out, (row + 2 * k - 2) * W);
            normal.sub(x).intoArray(out, (row + 2 * k - 1) * W);
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
        DoubleVector normal = DoubleVector.zero(S);
        for (int k = 1; k < dim; k++) {
            DoubleVector plus = DoubleVector.fromArray(S, f, (row + 2 * k - 2) * W);
            DoubleVector minus = DoubleVector.fromArray(S, f, (row + 2 * k - 1) * W);
            normal = normal.add(plus.add(minus));
            DoubleVector.fromArray(S, mu, (m + k - 1) * W)
                    .mul(plus.sub(minus))
                    .intoArray(wrench, k * W);
        }
        normal.intoArray(wrench, 0);
    }

    private static void add(
            double[] x, int val, int[] c, int col, int n, double[] w, int k, double[] out) {
        DoubleVector s = DoubleVector.fromArray(S, w, k * W);
        for (int j = 0; j < n; j++) {
            int to = c[col + j];
            DoubleVector.fromArray(S, out, to * W)
                    .add(DoubleVector.fromArray(S, x, (val + j) * W).mul(s))
                    .intoArray(out, to * W);
        }
    }

    private static void add3(
            double[] x, int val, int[] c, int col, int n, double[] w, int k, double[] out) {
        DoubleVector w0 = DoubleVector.fromArray(S, w, k * W);
        DoubleVector w1 = DoubleVector.fromArray(S, w, (k + 1) * W);
        DoubleVector w2 = DoubleVector.fromArray(S, w, (k + 2) * W);
        for (int j = 0; j < n; j++) {
            int to = c[col + j];
            DoubleVector t =
                    DoubleVector.fromArray(S, x, (val + j) * W)
                            .mul(w0)
                            .add(DoubleVector.fromArray(S, x, (val + n + j) * W).mul(w1))
                            .add(DoubleVector.fromArray(S, x, (val + 2 * n + j) * W).mul(w2));
            DoubleVector.fromArray(S, out, to * W).add(t).intoArray(out, to * W);
        }
    }
}
