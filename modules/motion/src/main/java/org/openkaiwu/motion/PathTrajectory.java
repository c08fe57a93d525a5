package org.openkaiwu.motion;

import java.util.Arrays;

/**
 * A rounded polyline with a piecewise constant-jerk law of arc length; see {@link Timing}, which
 * builds it.
 *
 * <p>Pieces in order: straight 0, blend at corner 1, straight 1, ... A blend that starts at {@code
 * A} with tangent {@code u0} and ends with {@code u1} after length {@code L} is, with {@code x =
 * (s-A)/L} and {@code sigma = 3x^2 - 2x^3}: {@code q' = u0 + (u1-u0) sigma}, {@code q = A + L (u0 x
 * + (u1-u0)(x^3 - x^4/2))}.
 */
final class PathTrajectory implements Trajectory {
    private final double[][] way;
    final double[][] direction;
    private final double[] length;
    private final double[] half;
    private final double[] pieceStart;
    private double[] phaseTime = new double[16];
    private double[] phaseS = new double[16];
    private double[] phaseV = new double[16];
    private double[] phaseA = new double[16];
    private double[] phaseJ = new double[16];
    private int phases;
    private double duration;
    private double travelled;

    PathTrajectory(double[][] way, double[] tolerance) {
        this.way = way;
        int m = way.length - 1;
        int n = way[0].length;
        direction = new double[m][n];
        length = new double[m];
        for (int k = 0; k < m; k++) {
            length[k] = distance(way[k], way[k + 1]);
            for (int i = 0; i < n; i++) {
                direction[k][i] = (way[k + 1][i] - way[k][i]) / length[k];
            }
        }
        half = new double[m + 1];
        for (int k = 1; k < m; k++) {
            double turn = distance(direction[k - 1], direction[k]);
            // The middle of the blend lies 3/16 of half * turn from the corner.
            double room = Math.min(length[k - 1], length[k]) / 3;
            half[k] = Math.min(room, tolerance[k] * 16 / (3 * turn));
        }
        pieceStart = new double[Math.max(1, 2 * m)];
        double s = 0;
        for (int k = 0; k < m; k++) {
            pieceStart[2 * k] = s;
            s += straightLength(k);
            pieceStart[2 * k + 1] = s;
            s += blendLength(k + 1);
        }
    }

    static double distance(double[] a, double[] b) {
        double s = 0;
        for (int i = 0; i < a.length; i++) {
            s += (a[i] - b[i]) * (a[i] - b[i]);
        }
        return Math.sqrt(s);
    }

    /** Length of the difference of the unit directions a-b and b-c. */
    static double turn(double[] a, double[] b, double[] c) {
        double ab = distance(a, b);
        double bc = distance(b, c);
        double s = 0;
        for (int i = 0; i < a.length; i++) {
            double d = (c[i] - b[i]) / bc - (b[i] - a[i]) / ab;
            s += d * d;
        }
        return Math.sqrt(s);
    }

    double straightLength(int k) {
        return Math.max(0, length[k] - half[k] - half[k + 1]);
    }

    double blendLength(int corner) {
        return 2 * half[corner];
    }

    void append(double time, double v, double a, double jerk) {
        if (phases == phaseTime.length) {
            int size = 2 * phases;
            phaseTime = Arrays.copyOf(phaseTime, size);
            phaseS = Arrays.copyOf(phaseS, size);
            phaseV = Arrays.copyOf(phaseV, size);
            phaseA = Arrays.copyOf(phaseA, size);
            phaseJ = Arrays.copyOf(phaseJ, size);
        }
        phaseTime[phases] = duration;
        phaseS[phases] = travelled;
        phaseV[phases] = v;
        phaseA[phases] = a;
        phaseJ[phases] = jerk;
        phases++;
        duration += time;
        travelled += time * (v + time * (a / 2 + time * jerk / 6));
    }

    void finish() {
        phaseTime = Arrays.copyOf(phaseTime, phases);
    }

    @Override
    public int size() {
        return way[0].length;
    }

    @Override
    public double duration() {
        return duration;
    }

    @Override
    public void at(double t, double[] position, double[] velocity, double[] acceleration) {
        if (!(t > 0) || t >= duration) {
            double[] end = t >= duration ? way[way.length - 1] : way[0];
            for (int i = 0; i < end.length; i++) {
                put(position, i, end[i]);
                put(velocity, i, 0);
                put(acceleration, i, 0);
            }
            return;
        }
        int p = last(phaseTime, phases, t);
        double dt = t - phaseTime[p];
        double a = phaseA[p] + phaseJ[p] * dt;
        double v = phaseV[p] + dt * (phaseA[p] + phaseJ[p] * dt / 2);
        double s = phaseS[p] + dt * (phaseV[p] + dt * (phaseA[p] / 2 + phaseJ[p] * dt / 6));
        at(s, v, a, position, velocity, acceleration);
    }

    private void at(double s, double v, double a, double[] q, double[] qd, double[] qdd) {
        int piece = last(pieceStart, pieceStart.length, s);
        int k = piece / 2;
        if (k >= direction.length - 1 && piece % 2 == 1) {
            piece--;
        }
        double x = s - pieceStart[piece];
        if (piece % 2 == 0) {
            double from = half[k] + x;
            for (int i = 0; i < way[0].length; i++) {
                put(q, i, way[k][i] + direction[k][i] * from);
                put(qd, i, direction[k][i] * v);
                put(qdd, i, direction[k][i] * a);
            }
            return;
        }
        double len = blendLength(k + 1);
        double r = Math.min(1, x / len);
        double turned = r * r * (3 - 2 * r);
        double area = r * r * r * (1 - r / 2);
        double bend = 6 * r * (1 - r) / len;
        for (int i = 0; i < way[0].length; i++) {
            double u0 = direction[k][i];
            double du = direction[k + 1][i] - u0;
            put(q, i, way[k + 1][i] - u0 * half[k + 1] + len * (u0 * r + du * area));
            put(qd, i, (u0 + du * turned) * v);
            put(qdd, i, du * bend * v * v + (u0 + du * turned) * a);
        }
    }

    private static void put(double[] out, int i, double x) {
        if (out != null) {
            out[i] = x;
        }
    }

    /** Last index whose value is not above x; 0 when there is none. */
    private static int last(double[] ascending, int count, double x) {
        int lo = 0;
        int hi = count - 1;
        while (lo < hi) {
            int mid = (lo + hi + 1) >>> 1;
            if (ascending[mid] <= x) {
                lo = mid;
            } else {
                hi = mid - 1;
            }
        }
        return lo;
    }

    /** Whether a rounded corner is valid at points at most {@code resolution} apart. */
    boolean blendValid(int corner, Validity validity, double resolution) {
        double len = blendLength(corner);
        if (len <= 0) {
            return true;
        }
        double[] q = new double[size()];
        int steps = (int) Math.ceil(len / resolution) + 1;
        for (int i = 0; i <= steps; i++) {
            double s = pieceStart[2 * corner - 1] + len * i / steps * (1 - 1e-12);
            at(s, 0, 0, q, null, null);
            if (!validity.valid(q)) {
                return false;
            }
        }
        return true;
    }
}
