package org.openkaiwu.physics.constraint;

import static org.openkaiwu.physics.constraint.Lanes.W;
import static org.openkaiwu.physics.constraint.Lanes.at;
import static org.openkaiwu.physics.constraint.Lanes.put;
import static org.openkaiwu.physics.constraint.Lanes.zero;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;

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
        DoubleVector s = at(f, cj + i);
        DoubleVector s1 = zero();
        int k = i + 1;
        for (; k < stop; k += 2) {
            s = s.sub(at(f, ci + k).mul(at(f, cj + k)));
            s1 = s1.add(at(f, ci + k + 1).mul(at(f, cj + k + 1)));
        }
        if (k == stop) {
            s = s.sub(at(f, ci + k).mul(at(f, cj + k)));
        }
        put(s.sub(s1), f, cj + i);
    }

    private void pivot(double[] f, int cj, int j, int end) {
        DoubleVector pivot = at(f, cj + j);
        for (int i = j + 1; i <= end; i++) {
            DoubleVector g = at(f, cj + i);
            DoubleVector l = g.mul(at(f, start[i] + i));
            put(l, f, cj + i);
            pivot = pivot.sub(l.mul(g));
        }
        put(DoubleVector.broadcast(Lanes.S, 1).div(pivot.max(Impedance.MIN_VALUE)), f, cj + j);
    }

    /** {@code x = H^-1 x}. */
    void solve(double[] x) {
        double[] f = factor;
        for (int j = n - 1; j >= 0; j--) {
            back(f, x, start[j], j, last[j]);
        }
        for (int j = 0; j < n; j++) {
            put(at(x, j).mul(at(f, start[j] + j)), x, j);
        }
        for (int j = 0; j < n; j++) {
            forth(f, x, start[j], j, last[j]);
        }
    }

    private static void back(double[] f, double[] x, int cj, int j, int end) {
        DoubleVector s = at(x, j);
        for (int i = j + 1; i <= end; i++) {
            s = s.sub(at(f, cj + i).mul(at(x, i)));
        }
        put(s, x, j);
    }

    private static void forth(double[] f, double[] x, int cj, int j, int end) {
        DoubleVector s = at(x, j);
        for (int i = j + 1; i <= end; i++) {
            put(at(x, i).sub(at(f, cj + i).mul(s)), x, i);
        }
    }
}
