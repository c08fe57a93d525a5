package org.openkaiwu.physics.constraint;

import java.util.Arrays;

/**
 * A symmetric positive definite matrix stored by columns of its lower triangle, each from the
 * diagonal down to the last row that can be non-zero, and its factorization {@code H = L' D L}, L
 * unit lower triangular.
 *
 * <p>Eliminating from the last dof to the first makes no fill outside these columns, and for a
 * kinematic tree in depth-first order they hold exactly the ancestor-descendant pairs (R.
 * Featherstone, "Efficient factorization of the joint-space inertia matrix for branched kinematic
 * trees", 2005). Loops over a column are contiguous.
 */
final class Skyline {
    int n;

    /** Last row of a column. Shape n. */
    int[] last = new int[0];

    /** Entry (i, j) is at {@code start[j] + i}. Shape n. */
    int[] start = new int[0];

    /** The matrix. */
    double[] h = new double[0];

    /** L below the diagonal; 1 / D in the diagonal places. */
    double[] factor = new double[0];

    private int used;

    /** An n x n matrix; {@link #last} is to be filled next. */
    void begin(int size) {
        n = size;
        if (last.length < n) {
            last = new int[Math.max(n, 2 * last.length)];
            start = new int[last.length];
        }
    }

    /** Entries between all pairs of the given columns (ascending) may be non-zero. */
    void couple(int[] cols, int from, int count) {
        if (count > 0) {
            int bottom = cols[from + count - 1];
            for (int k = 0; k < count; k++) {
                int c = cols[from + k];
                if (last[c] < bottom) {
                    last[c] = bottom;
                }
            }
        }
    }

    /** Numbers that the layout will need. */
    long size() {
        long size = 0;
        for (int j = 0; j < n; j++) {
            size += last[j] - j + 1;
        }
        return size;
    }

    /** Fixes the layout and clears the matrix. */
    void layout() {
        int at = 0;
        for (int j = 0; j < n; j++) {
            start[j] = at - j;
            at += last[j] - j + 1;
        }
        used = at;
        if (h.length < at) {
            h = new double[Math.max(at, 2 * h.length)];
            factor = new double[h.length];
        }
        Arrays.fill(h, 0, at, 0);
    }

    /** Factorizes; pivots that are not positive are raised. */
    void factorize() {
        System.arraycopy(h, 0, factor, 0, used);
        double[] f = factor;
        for (int j = n - 1; j >= 0; j--) {
            int cj = start[j];
            int end = last[j];
            double pivot = f[cj + j];
            for (int i = end; i > j; i--) {
                int ci = start[i];
                int stop = Math.min(last[i], end);
                double s = f[cj + i];
                int k = i + 1;
                double s1 = 0;
                for (; k < stop; k += 2) {
                    s -= f[ci + k] * f[cj + k];
                    s1 += f[ci + k + 1] * f[cj + k + 1];
                }
                if (k == stop) {
                    s -= f[ci + k] * f[cj + k];
                }
                f[cj + i] = s - s1;
            }
            for (int i = j + 1; i <= end; i++) {
                double g = f[cj + i];
                double l = g * f[start[i] + i];
                f[cj + i] = l;
                pivot -= l * g;
            }
            // the inverse is stored, as it is all that is needed later
            f[cj + j] = 1 / Math.max(pivot, Impedance.MIN_VALUE);
        }
    }

    /** {@code x = H^-1 x}. */
    void solve(double[] x) {
        solve(x, 0, n);
    }

    /** The same for a diagonal block of the matrix: entries from .. to-1 of x. */
    void solve(double[] x, int from, int to) {
        double[] f = factor;
        // L^-T, from the last entry to the first: y_k = b_k, then b_j -= L_kj y_k for j < k;
        // by columns: y_j = b_j - sum over k > j of L_kj y_k
        for (int j = to - 1; j >= from; j--) {
            int cj = start[j];
            double s = x[j];
            int end = last[j];
            for (int i = j + 1; i <= end; i++) {
                s -= f[cj + i] * x[i];
            }
            x[j] = s;
        }
        for (int j = from; j < to; j++) {
            x[j] *= f[start[j] + j];
        }
        for (int j = from; j < to; j++) {
            int cj = start[j];
            int end = last[j];
            double s = x[j];
            if (s != 0) {
                for (int i = j + 1; i <= end; i++) {
                    x[i] -= f[cj + i] * s;
                }
            }
        }
    }
}
