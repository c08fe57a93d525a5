package org.openkaiwu.physics;

/**
 * Muscles: activation with two time constants, force by length and velocity curves (MuJoCo
 * documentation, chapter Modeling, section Muscles; Millard et al. 2013). The parameters are range
 * (2), force, scale, lmin, lmax, vmax, fpmax, fvmax.
 */
final class Muscle {
    private static final double TINY = 1e-15;

    private Muscle() {}

    /** Rate of the activation for a control. */
    static double rate(double ctrl, double act, double[] prm, int p) {
        double u = Math.clamp(ctrl, 0.0, 1.0);
        double a = Math.clamp(act, 0.0, 1.0);
        double up = prm[p] * (0.5 + 1.5 * a);
        double down = prm[p + 1] / (0.5 + 1.5 * a);
        double width = prm[p + 2];
        double excess = u - act;
        double tau;
        if (width < TINY) {
            tau = excess > 0 ? up : down;
        } else {
            tau = down + (up - down) * sigmoid(excess / width + 0.5);
        }
        return excess / Math.max(TINY, tau);
    }

    private static double sigmoid(double x) {
        if (x <= 0) {
            return 0;
        }
        return x >= 1 ? 1 : x * x * x * (3 * x * (2 * x - 5) + 10);
    }

    private static double peak(double[] prm, int p, double acc0) {
        return prm[p + 2] < 0 ? prm[p + 3] / Math.max(TINY, acc0) : prm[p + 2];
    }

    private static double optimum(double[] prm, int p, double[] range, int r) {
        return (range[r + 1] - range[r]) / Math.max(TINY, prm[p + 1] - prm[p]);
    }

    /** Force per activation; negative, since muscles pull. */
    static double gain(
            double length,
            double velocity,
            double[] range,
            int r,
            double acc0,
            double[] prm,
            int p) {
        double l0 = optimum(prm, p, range, r);
        double l = prm[p] + (length - range[r]) / Math.max(TINY, l0);
        double v = velocity / Math.max(TINY, l0 * prm[p + 6]);
        double fvmax = prm[p + 8];
        double y = fvmax - 1;
        double fv;
        if (v <= -1) {
            fv = 0;
        } else if (v <= 0) {
            fv = (v + 1) * (v + 1);
        } else if (v <= y) {
            fv = fvmax - (y - v) * (y - v) / Math.max(TINY, y);
        } else {
            fv = fvmax;
        }
        return -peak(prm, p, acc0) * byLength(l, prm[p + 4], prm[p + 5]) * fv;
    }

    /** Derivative of {@link #gain} by the velocity. */
    static double gainSlope(
            double length,
            double velocity,
            double[] range,
            int r,
            double acc0,
            double[] prm,
            int p) {
        double l0 = optimum(prm, p, range, r);
        double l = prm[p] + (length - range[r]) / Math.max(TINY, l0);
        double scale = Math.max(TINY, l0 * prm[p + 6]);
        double v = velocity / scale;
        double y = prm[p + 8] - 1;
        double slope;
        if (v <= -1) {
            slope = 0;
        } else if (v <= 0) {
            slope = 2 * v + 2;
        } else if (v <= y) {
            slope = (-2 * v + 2 * y) / Math.max(TINY, y);
        } else {
            slope = 0;
        }
        return -peak(prm, p, acc0) * byLength(l, prm[p + 4], prm[p + 5]) * slope / scale;
    }

    private static double byLength(double l, double lmin, double lmax) {
        if (l < lmin || l > lmax) {
            return 0;
        }
        double a = 0.5 * (lmin + 1);
        double b = 0.5 * (1 + lmax);
        double x;
        if (l <= a) {
            x = (l - lmin) / Math.max(TINY, a - lmin);
            return 0.5 * x * x;
        } else if (l <= 1) {
            x = (1 - l) / Math.max(TINY, 1 - a);
            return 1 - 0.5 * x * x;
        } else if (l <= b) {
            x = (l - 1) / Math.max(TINY, b - 1);
            return 1 - 0.5 * x * x;
        }
        x = (lmax - l) / Math.max(TINY, lmax - b);
        return 0.5 * x * x;
    }

    /** Force of the stretched muscle at rest. */
    static double passive(double length, double[] range, int r, double acc0, double[] prm, int p) {
        double l = prm[p] + (length - range[r]) / Math.max(TINY, optimum(prm, p, range, r));
        double b = 0.5 * (1 + prm[p + 5]);
        double force = -peak(prm, p, acc0) * prm[p + 7];
        if (l <= 1) {
            return 0;
        }
        if (l <= b) {
            double x = (l - 1) / Math.max(TINY, b - 1);
            return force * 0.5 * x * x;
        }
        return force * (0.5 + (l - b) / Math.max(TINY, b - 1));
    }
}
