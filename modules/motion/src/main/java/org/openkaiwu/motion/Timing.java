package org.openkaiwu.motion;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.openkaiwu.math.InputException;

/**
 * Gives a path of straight joint-space edges a time law within velocity, acceleration and jerk
 * limits of every joint; from rest to rest.
 *
 * <p>Corners are rounded by blends whose tangent turns as a smooth step of arc length, which leaves
 * the path twice continuously differentiable and inside the corner's triangle. Straight parts are
 * run with jerk-limited (double-S) speed profiles between the speeds that the blends allow; a blend
 * is run at constant speed. Derivation: with path {@code q(s)} of unit speed, {@code q. = q' s.},
 * {@code q.. = q'' s.^2 + q' s..}, {@code q... = q''' s.^3 + 3 q'' s. s.. + q' s...}; on straight
 * parts {@code q''} vanishes and on blends {@code s..} does, so each term is bounded by itself.
 */
public final class Timing {
    private final double[] velocity;
    private final double[] acceleration;
    private final double[] jerk;
    private final double blend;

    /**
     * Limits.
     *
     * @param velocity largest speed of each joint, rad/s or m/s, positive
     * @param acceleration rad/s^2 or m/s^2, positive
     * @param jerk rad/s^3 or m/s^3, positive
     * @param blend largest distance in joint space between a corner and the path rounding it; 0:
     *     the machine stops at every way point
     */
    public Timing(double[] velocity, double[] acceleration, double[] jerk, double blend) {
        this.velocity = positive("velocity", velocity, velocity.length);
        this.acceleration = positive("acceleration", acceleration, velocity.length);
        this.jerk = positive("jerk", jerk, velocity.length);
        if (!(blend >= 0)) {
            throw new InputException("timing", "the blend distance must not be negative");
        }
        this.blend = blend;
    }

    private static double[] positive(String what, double[] limits, int n) {
        if (limits.length != n) {
            throw new InputException("timing", what + " limits: expected " + n + " numbers");
        }
        for (double x : limits) {
            if (!(x > 0)) {
                throw new InputException("timing", what + " limits must be positive, got " + x);
            }
        }
        return limits.clone();
    }

    /** The same limits times {@code s}, 0 &lt; s &lt;= 1: slower with the same smoothness. */
    public Timing scaled(double s) {
        double[] v = velocity.clone();
        double[] a = acceleration.clone();
        double[] j = jerk.clone();
        for (int i = 0; i < v.length; i++) {
            v[i] *= s;
            a[i] *= s * s;
            j[i] *= s * s * s;
        }
        return new Timing(v, a, j, blend);
    }

    /** Times a path without asking whether the rounded corners are free. */
    public Trajectory along(double[][] path) {
        List<double[]> way = corners(path);
        return build(way, full(way.size()));
    }

    /**
     * Times a path and rounds each corner only as far as is valid.
     *
     * @param path way points whose straight edges are valid
     * @param resolution distance in joint space between checked points of a blend
     */
    public Trajectory along(double[][] path, Validity validity, double resolution) {
        List<double[]> way = corners(path);
        double[] tolerance = full(way.size());
        while (true) {
            PathTrajectory t = build(way, tolerance);
            boolean good = true;
            for (int k = 1; k + 1 < tolerance.length; k++) {
                if (!t.blendValid(k, validity, resolution)) {
                    tolerance[k] = tolerance[k] > 2e-3 ? tolerance[k] / 2 : 0;
                    good = false;
                }
            }
            if (good) {
                return t;
            }
        }
    }

    private double[] full(int n) {
        double[] tolerance = new double[n];
        Arrays.fill(tolerance, blend);
        return tolerance;
    }

    private PathTrajectory build(List<double[]> way, double[] tolerance) {
        int m = way.size() - 1;
        PathTrajectory t = new PathTrajectory(way.toArray(new double[0][]), tolerance);
        double[] v = new double[m + 1];
        for (int k = 1; k < m; k++) {
            v[k] = cornerSpeed(t, k);
        }
        double[][] straight = new double[m][];
        for (int k = 0; k < m; k++) {
            straight[k] = straightLimits(t.direction[k]);
        }
        for (int k = 0; k < m; k++) {
            v[k + 1] = Math.min(v[k + 1], reachable(v[k], t.straightLength(k), straight[k]));
        }
        for (int k = m - 1; k >= 0; k--) {
            v[k] = Math.min(v[k], reachable(v[k + 1], t.straightLength(k), straight[k]));
        }
        for (int k = 0; k < m; k++) {
            appendStraight(t, v[k], v[k + 1], t.straightLength(k), straight[k]);
            if (k + 1 < m && t.blendLength(k + 1) > 0) {
                t.append(t.blendLength(k + 1) / v[k + 1], v[k + 1], 0, 0);
            }
        }
        t.finish();
        return t;
    }

    /** Way points without repeats and without those on a straight line between neighbours. */
    private List<double[]> corners(double[][] path) {
        if (path.length == 0) {
            throw new InputException("timing", "the path has no points");
        }
        List<double[]> way = new ArrayList<>();
        for (double[] p : path) {
            if (p.length != velocity.length) {
                throw new InputException("timing", "a way point has " + p.length + " numbers");
            }
            int n = way.size();
            if (n > 0 && PathTrajectory.distance(way.get(n - 1), p) < 1e-9) {
                continue;
            }
            if (n > 1) {
                double[] a = way.get(n - 2);
                double[] b = way.get(n - 1);
                double along = PathTrajectory.distance(a, b) + PathTrajectory.distance(b, p);
                double turn = PathTrajectory.turn(a, b, p);
                if (turn * along < 1e-9) {
                    way.remove(n - 1);
                }
            }
            way.add(p.clone());
        }
        return way;
    }

    /** Speed at which corner k may be rounded; 0 when it is not rounded. */
    private double cornerSpeed(PathTrajectory t, int k) {
        double length = t.blendLength(k);
        if (length <= 0) {
            return 0;
        }
        double speed = Double.POSITIVE_INFINITY;
        for (int i = 0; i < velocity.length; i++) {
            double u0 = t.direction[k - 1][i];
            double u1 = t.direction[k][i];
            double first = Math.max(Math.abs(u0), Math.abs(u1));
            double second = 1.5 * Math.abs(u1 - u0) / length;
            double third = 6 * Math.abs(u1 - u0) / (length * length);
            speed = Math.min(speed, first > 0 ? velocity[i] / first : speed);
            speed = Math.min(speed, second > 0 ? Math.sqrt(acceleration[i] / second) : speed);
            speed = Math.min(speed, third > 0 ? StrictMath.cbrt(jerk[i] / third) : speed);
        }
        return speed;
    }

    /** Limits of s., s.., s... on an edge of unit direction u. */
    private double[] straightLimits(double[] u) {
        double inf = Double.POSITIVE_INFINITY;
        double[] out = {inf, inf, inf};
        for (int i = 0; i < u.length; i++) {
            double c = Math.abs(u[i]);
            if (c > 0) {
                out[0] = Math.min(out[0], velocity[i] / c);
                out[1] = Math.min(out[1], acceleration[i] / c);
                out[2] = Math.min(out[2], jerk[i] / c);
            }
        }
        return out;
    }

    /** Seconds to change speed by dv with zero acceleration at both ends. */
    private static double changeTime(double dv, double a, double j) {
        return dv <= a * a / j ? 2 * Math.sqrt(dv / j) : dv / a + a / j;
    }

    private static double changeLength(double v0, double v1, double[] lim) {
        return 0.5 * (v0 + v1) * changeTime(Math.abs(v1 - v0), lim[1], lim[2]);
    }

    /** Highest speed that can be had from v0 within a length. */
    private static double reachable(double v0, double length, double[] lim) {
        if (v0 >= lim[0]) {
            return lim[0];
        }
        return highest(v0, lim[0], v -> changeLength(v0, v, lim) <= length);
    }

    private static double highest(double lo, double hi, java.util.function.DoublePredicate fits) {
        if (fits.test(hi)) {
            return hi;
        }
        double a = lo;
        double b = hi;
        for (int i = 0; i < 60; i++) {
            double mid = 0.5 * (a + b);
            if (fits.test(mid)) {
                a = mid;
            } else {
                b = mid;
            }
        }
        return a;
    }

    private static void appendStraight(
            PathTrajectory t, double v0, double v1, double length, double[] lim) {
        double top = Math.max(v0, v1);
        double peak =
                highest(
                        top,
                        Math.max(top, lim[0]),
                        v -> changeLength(v0, v, lim) + changeLength(v, v1, lim) <= length);
        appendChange(t, v0, peak, lim);
        double rest = length - changeLength(v0, peak, lim) - changeLength(peak, v1, lim);
        if (rest > 0 && peak > 0) {
            t.append(rest / peak, peak, 0, 0);
        }
        appendChange(t, peak, v1, lim);
    }

    private static void appendChange(PathTrajectory t, double v0, double v1, double[] lim) {
        double dv = Math.abs(v1 - v0);
        if (dv < 1e-12) {
            return;
        }
        double sign = v1 > v0 ? 1 : -1;
        double j = lim[2];
        double a = Math.min(lim[1], Math.sqrt(dv * j));
        double ramp = a / j;
        double flat = Math.max(0, dv / a - ramp);
        double dvRamp = sign * 0.5 * a * ramp;
        t.append(ramp, v0, 0, sign * j);
        if (flat > 0) {
            t.append(flat, v0 + dvRamp, sign * a, 0);
        }
        t.append(ramp, v1 - dvRamp, sign * a, -sign * j);
    }
}
