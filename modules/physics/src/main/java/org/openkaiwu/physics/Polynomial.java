package org.openkaiwu.physics;

/** Springs and dampers with up to three coefficients. */
final class Polynomial {
    private Polynomial() {}

    /** Spring force coefficient: force is {@code -x} times {@code k0 + k1 x + k2 x^2}. */
    static double spring(double k0, double[] k, int ko, double x) {
        return k0 + k[ko] * x + k[ko + 1] * (x * x);
    }

    /** Damper force coefficient: force is {@code -v} times {@code b0 + b1 |v| + b2 v^2}. */
    static double damper(double b0, double[] b, int bo, double v) {
        double a = Math.abs(v);
        return b0 + b[bo] * a + b[bo + 1] * (a * a);
    }

    /** Derivative of {@code v * damper(v)} by v. */
    static double damperSlope(double b0, double[] b, int bo, double v) {
        double a = Math.abs(v);
        return b0 + 2 * b[bo] * a + 3 * b[bo + 1] * (a * a);
    }

    /** Derivative of {@code x * spring(x)} by x. */
    static double springSlope(double k0, double[] k, int ko, double x) {
        return k0 + 2 * k[ko] * x + 3 * k[ko + 1] * (x * x);
    }

    /** Energy stored at extension x. */
    static double potential(double k0, double[] k, int ko, double x) {
        return 0.5 * k0 * (x * x) + k[ko] / 3 * (x * x * x) + k[ko + 1] / 4 * (x * x * x * x);
    }

    static boolean zero(double[] p, int o) {
        return p[o] == 0 && p[o + 1] == 0;
    }
}
