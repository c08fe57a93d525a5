package org.openkaiwu.motion;

import org.openkaiwu.math.Flat;

/**
 * Distance between convex solids for planning: Gilbert, Johnson and Keerthi's algorithm (IEEE J.
 * Robotics and Automation 4(2), 1988) on the cores, with the closest point of a simplex as in
 * Ericson, "Real-Time Collision Detection", 5.1. Depth is not measured: cores that overlap are at
 * distance 0. Stops as soon as the question asked is decided.
 */
final class Separation {
    private static final int ITERATIONS = 60;

    private final double[] simplex = new double[12];
    private final double[] v = new double[3];
    private final double[] a = new double[3];
    private final double[] b = new double[3];
    private final double[] best = new double[12];
    private final double[] candidate = new double[12];
    private final double[] point = new double[3];
    private int size;

    /** Whether the surfaces are nearer to each other than {@code gap}, m. */
    boolean closer(Convex x, Convex y, double gap) {
        return closer(x, y, gap, null, 0);
    }

    /**
     * As above, from where the last question about the pair ended.
     *
     * @param axis three numbers at {@code ao}: a direction that may separate the pair, zero at
     *     first; overwritten. Null: none is kept
     */
    boolean closer(Convex x, Convex y, double gap, double[] axis, int ao) {
        double limit = x.radius + y.radius + gap;
        if (x.isPoint() && (y.isBox() || y.isSegment())) {
            return limit > 0 && y.squaredToPoint(x.pos) < limit * limit;
        }
        if (y.isPoint() && (x.isBox() || x.isSegment())) {
            return limit > 0 && x.squaredToPoint(y.pos) < limit * limit;
        }
        boolean kept = axis != null && Flat.dot3(axis, ao, axis, ao) > 0;
        if (kept) {
            System.arraycopy(axis, ao, v, 0, 3);
        } else {
            between(x, y);
        }
        boolean near = core(x, y, limit, true) < Math.max(limit, 1e-9);
        if (axis != null) {
            System.arraycopy(v, 0, axis, ao, 3);
        }
        return near;
    }

    /**
     * Distance between the surfaces, m; at most that of the grown cores when these overlap
     * (negative). A distance above {@code most} is reported as some number above it.
     */
    double distance(Convex x, Convex y, double most) {
        double grown = x.radius + y.radius;
        between(x, y);
        return core(x, y, most + grown, false) - grown;
    }

    private void between(Convex x, Convex y) {
        for (int i = 0; i < 3; i++) {
            v[i] = x.pos[i] - y.pos[i];
        }
    }

    /**
     * Distance of the cores, from a first direction in v; with {@code decide} only its side of
     * {@code limit} is meant.
     */
    private double core(Convex x, Convex y, double limit, boolean decide) {
        size = 0;
        double vv = Flat.dot3(v, 0, v, 0);
        if (vv < 1e-20) {
            Flat.set3(v, 0, 1, 0, 0);
            vv = 1;
        }
        for (int it = 0; it < ITERATIONS; it++) {
            x.support(v, -1, a);
            y.support(v, 1, b);
            double vw = 0;
            for (int i = 0; i < 3; i++) {
                a[i] -= b[i];
                vw += v[i] * a[i];
            }
            double norm = Math.sqrt(vv);
            if (vw > limit * norm) {
                return vw / norm;
            }
            if (size > 0 && (vv - vw <= 1e-9 * vv || has(a))) {
                return norm;
            }
            System.arraycopy(a, 0, simplex, 3 * size, 3);
            size++;
            double before = vv;
            if (closest()) {
                return 0;
            }
            vv = Flat.dot3(v, 0, v, 0);
            if (vv < 1e-18) {
                return 0;
            }
            if (decide && vv < limit * limit) {
                return Math.sqrt(vv);
            }
            if (it > 0 && size > 1 && vv >= before * (1 - 1e-12)) {
                return Math.sqrt(Math.min(vv, before));
            }
        }
        return Math.sqrt(vv);
    }

    private boolean has(double[] w) {
        for (int k = 0; k < size; k++) {
            double d = 0;
            for (int i = 0; i < 3; i++) {
                d += Math.abs(simplex[3 * k + i] - w[i]);
            }
            if (d < 1e-12) {
                return true;
            }
        }
        return false;
    }

    /** Sets v to the point of the simplex nearest to the origin; true when that lies inside. */
    private boolean closest() {
        switch (size) {
            case 1 -> System.arraycopy(simplex, 0, v, 0, 3);
            case 2 -> segment();
            case 3 -> {
                size = triangle(simplex, 0, 3, 6, best, v);
                System.arraycopy(best, 0, simplex, 0, 3 * size);
            }
            default -> {
                return tetrahedron();
            }
        }
        return false;
    }

    private void segment() {
        double t = 0;
        double len2 = 0;
        for (int i = 0; i < 3; i++) {
            double e = simplex[3 + i] - simplex[i];
            t -= simplex[i] * e;
            len2 += e * e;
        }
        if (t <= 0 || len2 == 0) {
            size = 1;
            System.arraycopy(simplex, 0, v, 0, 3);
        } else if (t >= len2) {
            size = 1;
            System.arraycopy(simplex, 3, simplex, 0, 3);
            System.arraycopy(simplex, 0, v, 0, 3);
        } else {
            for (int i = 0; i < 3; i++) {
                v[i] = simplex[i] + t / len2 * (simplex[3 + i] - simplex[i]);
            }
        }
    }

    /** Writes the part of a triangle that holds its point nearest to the origin; its corners. */
    private static int triangle(double[] s, int p, int q, int r, double[] keep, double[] out) {
        double abx = s[q] - s[p];
        double aby = s[q + 1] - s[p + 1];
        double abz = s[q + 2] - s[p + 2];
        double acx = s[r] - s[p];
        double acy = s[r + 1] - s[p + 1];
        double acz = s[r + 2] - s[p + 2];
        double d1 = -(abx * s[p] + aby * s[p + 1] + abz * s[p + 2]);
        double d2 = -(acx * s[p] + acy * s[p + 1] + acz * s[p + 2]);
        double d3 = -(abx * s[q] + aby * s[q + 1] + abz * s[q + 2]);
        double d4 = -(acx * s[q] + acy * s[q + 1] + acz * s[q + 2]);
        double d5 = -(abx * s[r] + aby * s[r + 1] + abz * s[r + 2]);
        double d6 = -(acx * s[r] + acy * s[r + 1] + acz * s[r + 2]);
        double va = d3 * d6 - d5 * d4;
        double vb = d5 * d2 - d1 * d6;
        double vc = d1 * d4 - d3 * d2;
        if (d1 <= 0 && d2 <= 0) {
            return one(s, p, keep, out);
        }
        if (d3 >= 0 && d4 <= d3) {
            return one(s, q, keep, out);
        }
        if (d6 >= 0 && d5 <= d6) {
            return one(s, r, keep, out);
        }
        if (vc <= 0 && d1 >= 0 && d3 <= 0) {
            return two(s, p, q, d1 / (d1 - d3), keep, out);
        }
        if (vb <= 0 && d2 >= 0 && d6 <= 0) {
            return two(s, p, r, d2 / (d2 - d6), keep, out);
        }
        if (va <= 0 && d4 - d3 >= 0 && d5 - d6 >= 0) {
            return two(s, q, r, (d4 - d3) / (d4 - d3 + (d5 - d6)), keep, out);
        }
        double sum = va + vb + vc;
        for (int i = 0; i < 3; i++) {
            keep[i] = s[p + i];
            keep[3 + i] = s[q + i];
            keep[6 + i] = s[r + i];
            out[i] = (va * s[p + i] + vb * s[q + i] + vc * s[r + i]) / sum;
        }
        return 3;
    }

    private static int one(double[] s, int p, double[] keep, double[] out) {
        for (int i = 0; i < 3; i++) {
            keep[i] = s[p + i];
            out[i] = s[p + i];
        }
        return 1;
    }

    private static int two(double[] s, int p, int q, double t, double[] keep, double[] out) {
        for (int i = 0; i < 3; i++) {
            keep[i] = s[p + i];
            keep[3 + i] = s[q + i];
            out[i] = s[p + i] + t * (s[q + i] - s[p + i]);
        }
        return 2;
    }

    private boolean tetrahedron() {
        double least = Double.POSITIVE_INFINITY;
        int kept = 0;
        boolean outside = false;
        for (int f = 0; f < 4; f++) {
            int p = f == 0 ? 3 : 0;
            int q = f <= 1 ? 6 : 3;
            int r = f <= 2 ? 9 : 6;
            if (!beyond(p, q, r, 3 * f)) {
                continue;
            }
            outside = true;
            int n = triangle(simplex, p, q, r, candidate, point);
            double d = Flat.dot3(point, 0, point, 0);
            if (d < least) {
                least = d;
                kept = n;
                System.arraycopy(candidate, 0, best, 0, 3 * n);
                System.arraycopy(point, 0, v, 0, 3);
            }
        }
        if (!outside) {
            return true;
        }
        size = kept;
        System.arraycopy(best, 0, simplex, 0, 3 * kept);
        return false;
    }

    /** Whether the origin is on the other side of the face than the fourth corner, or on it. */
    private boolean beyond(int p, int q, int r, int fourth) {
        double[] s = simplex;
        double abx = s[q] - s[p];
        double aby = s[q + 1] - s[p + 1];
        double abz = s[q + 2] - s[p + 2];
        double acx = s[r] - s[p];
        double acy = s[r + 1] - s[p + 1];
        double acz = s[r + 2] - s[p + 2];
        double nx = aby * acz - abz * acy;
        double ny = abz * acx - abx * acz;
        double nz = abx * acy - aby * acx;
        double origin = -(nx * s[p] + ny * s[p + 1] + nz * s[p + 2]);
        double other =
                nx * (s[fourth] - s[p])
                        + ny * (s[fourth + 1] - s[p + 1])
                        + nz * (s[fourth + 2] - s[p + 2]);
        return origin * other <= 0;
    }
}
