package org.openkaiwu.physics.constraint;

import java.util.Arrays;

/**
 * {@code min 1/2 x' A x + b' x} subject to {@code sum (x_i / d_i)^2 <= r^2}, at most five unknowns:
 * Newton's method on the multiplier of the constraint.
 */
final class Qcqp {
    private static final int MAX_ITERATIONS = 20;
    private static final double SMALL = 1e-10;

    private final double[] scaled = new double[25];
    private final double[] factor = new double[25];
    private final double[] b = new double[5];
    private final double[] y = new double[5];

    /** Returns whether the constraint is active; x = 0 if A is not positive definite. */
    boolean solve(double[] x, double[] a, double[] b0, double[] d, double r, int n) {
        for (int i = 0; i < n; i++) {
            b[i] = b0[i] * d[i];
            for (int j = 0; j < n; j++) {
                scaled[i * n + j] = a[i * n + j] * d[i] * d[j];
            }
        }
        double multiplier = 0;
        for (int iteration = 0; iteration < MAX_ITERATIONS; iteration++) {
            if (!factorize(multiplier, n)) {
                Arrays.fill(x, 0, n, 0);
                return false;
            }
            back(x, b, n);
            double excess = -r * r;
            for (int i = 0; i < n; i++) {
                x[i] = -x[i];
                excess += x[i] * x[i];
            }
            if (excess < SMALL) {
                break;
            }
            back(y, x, n);
            double slope = 0;
            for (int i = 0; i < n; i++) {
                slope -= 2 * x[i] * y[i];
            }
            double delta = -excess / slope;
            if (delta < SMALL) {
                break;
            }
            multiplier += delta;
        }
        for (int i = 0; i < n; i++) {
            x[i] *= d[i];
        }
        return multiplier != 0;
    }

    private boolean factorize(double shift, int n) {
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double s = scaled[i * n + j] + (i == j ? shift : 0);
                for (int k = 0; k < j; k++) {
                    s -= factor[i * n + k] * factor[j * n + k];
                }
                if (i == j) {
                    if (s < SMALL) {
                        return false;
                    }
                    factor[i * n + i] = Math.sqrt(s);
                } else {
                    factor[i * n + j] = s / factor[j * n + j];
                }
            }
        }
        return true;
    }

    private void back(double[] x, double[] rhs, int n) {
        for (int i = 0; i < n; i++) {
            double s = rhs[i];
            for (int k = 0; k < i; k++) {
                s -= factor[i * n + k] * x[k];
            }
            x[i] = s / factor[i * n + i];
        }
        for (int i = n - 1; i >= 0; i--) {
            double s = x[i];
            for (int k = i + 1; k < n; k++) {
                s -= factor[k * n + i] * x[k];
            }
            x[i] = s / factor[i * n + i];
        }
    }
}
