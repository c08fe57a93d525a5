package org.openkaiwu.physics.constraint;

import static org.openkaiwu.math.Lanes.S;
import static org.openkaiwu.math.Lanes.W;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import org.openkaiwu.math.Lanes;

/**
 * {@link Skyline} for several matrices at once, in the union of their patterns: what is zero for
 * one of them stays zero.
 */
final class LaneSkyline {
    int n;

    /** Last row of a column. Shape n. */
    int[] last = new int[0];

    /** Entry (i, j) is at {@code start[j] + i}. Shape n. */
    int[] start = new int[0];

    /** The matrices, by lanes. */
    double[] h = new double[0];

    /** The factors, by lanes. */
    private double[] factor = new double[0];

    private int used;

    /** The pattern of M and of all pairs of the columns of a block. */
    void structure(LaneProblem p) {
        n = p.n;
        if (last.length < n) {
            last = new int[n];
            start = new int[n];
        }
        System.arraycopy(p.pattern.inertiaLast, 0, last, 0, n);
        for (int s = 0; s < p.count; s++) {
            int end = p.col[s] + p.nnz[s];
            for (int k = p.col[s]; k < end; k++) {
                last[p.colind[k]] = Math.max(last[p.colind[k]], p.colind[end - 1]);
            }
        }
        int at = 0;
        for (int j = 0; j < n; j++) {
            start[j] = at - j;
            at += last[j] - j + 1;
        }
        used = at;
        if (h.length < at * W) {
            h = new double[Math.max(at * W, 2 * h.length)];
            factor = new double[h.length];
        }
    }

    /** Sets the matrices to M. */
    void inertia(LaneProblem p) {
        Arrays.fill(h, 0, used * W, 0);
        for (int i = 0; i < n; i++) {
            for (int k = p.pattern.inertiaFrom[i]; k <= p.pattern.inertiaDiag[i]; k++) {
                int to = start[p.pattern.inertiaCol[k]] + i;
                System.arraycopy(p.inertia, k * W, h, to * W, W);
            }
        }
    }

    /** As {@link Skyline#factorize}. */
    void factorize() {
        System.arraycopy(h, 0, factor, 0, used * W);
        double[] f = factor;
        for (int j = n - 1; j >= 0; j--) {
            int cj = start[j];
            int end = last[j];
            for (int i = end; i > j; i--) {
                eliminate(f, start[i], cj, i, Math.min(last[i], end));
            }
            pivot(f, cj, j, end);
        }
    }

    private static void eliminate(double[] f, int ci, int cj, int i, int stop) {
        DoubleVector s = DoubleVector.fromArray(S, f, (cj + i) * W);
        DoubleVector s1 = DoubleVector.zero(S);
        int k = i + 1;
        for (; k < stop; k += 2) {
            s =
                    s.sub(
                            DoubleVector.fromArray(S, f, (ci + k) * W)
                                    .mul(DoubleVector.fromArray(S, f, (cj + k) * W)));
            s1 =
                    s1.add(
                            DoubleVector.fromArray(S, f, (ci + k + 1) * W)
                                    .mul(DoubleVector.fromArray(S, f, (cj + k + 1) * W)));
        }
        if (k == stop) {
            s =
                    s.sub(
                            DoubleVector.fromArray(S, f, (ci + k) * W)
                                    .mul(DoubleVector.fromArray(S, f, (cj + k) * W)));
        }
        s.sub(s1).intoArray(f, (cj + i) * W);
    }

    private void pivot(double[] f, int cj, int j, int end) {
        DoubleVector pivot = DoubleVector.fromArray(S, f, (cj + j) * W);
        for (int i = j + 1; i <= end; i++) {
            DoubleVector g = DoubleVector.fromArray(S, f, (cj + i) * W);
            DoubleVector l = g.mul(DoubleVector.fromArray(S, f, (start[i] + i) * W));
            l.intoArray(f, (cj + i) * W);
            pivot = pivot.sub(l.mul(g));
        }
        DoubleVector.broadcast(Lanes.S, 1)
                .div(pivot.max(Impedance.MIN_VALUE))
                .intoArray(f, (cj + j) * W);
    }

    /** {@code x = H^-1 x}. */
    void solve(double[] x) {
        double[] f = factor;
        for (int j = n - 1; j >= 0; j--) {
            back(f, x, start[j], j, last[j]);
        }
        for (int j = 0; j < n; j++) {
            DoubleVector.fromArray(S, x, j * W)
                    .mul(DoubleVector.fromArray(S, f, (start[j] + j) * W))
                    .intoArray(x, j * W);
        }
        for (int j = 0; j < n; j++) {
            forth(f, x, start[j], j, last[j]);
        }
    }

    private static void back(double[] f, double[] x, int cj, int j, int end) {
        DoubleVector s = DoubleVector.fromArray(S, x, j * W);
        for (int i = j + 1; i <= end; i++) {
            s =
                    s.sub(
                            DoubleVector.fromArray(S, f, (cj + i) * W)
                                    .mul(DoubleVector.fromArray(S, x, i * W)));
        }
        s.intoArray(x, j * W);
    }

    private static void forth(double[] f, double[] x, int cj, int j, int end) {
        DoubleVector s = DoubleVector.fromArray(S, x, j * W);
        for (int i = j + 1; i <= end; i++) {
            DoubleVector.fromArray(S, x, i * W)
                    .sub(DoubleVector.fromArray(S, f, (cj + i) * W).mul(s))
                    .intoArray(x, i * W);
        }
    }
}
