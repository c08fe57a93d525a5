package org.openkaiwu.collision;

/**
 * Distance or penetration of two convex shapes, by {@link Gjk} and, when they overlap, {@link Epa}
 * and {@link FaceClip}. Spheres and capsules are first taken as points and segments; when these do
 * not overlap the answer is exact up to the tolerance of GJK.
 */
final class Penetration {
    final Gjk gjk = new Gjk();
    private final Epa epa = new Epa();
    private final FaceClip faces = new FaceClip();

    double tolerance = 1e-6;
    int maxIterations = 35;

    /** Pairs of witness points found. */
    int n;

    final double[] dist = new double[Manifold.MAX];

    /** Witness points on the first and the second shape, in the world. */
    final double[] x1 = new double[3 * Manifold.MAX];

    final double[] x2 = new double[3 * Manifold.MAX];

    /**
     * Returns the least signed distance, MAX_VALUE when above {@code cutoff}, and 0 when the shapes
     * touch or overlap but no depth was asked for or found.
     *
     * @param most points wanted: 0 only distances above zero, 1 the deepest, more: of flat contacts
     * @param cutoff distances above it are not wanted
     */
    double run(Support p, Support q, int most, double cutoff) {
        n = 0;
        if (round(p) || round(q)) {
            double margin1 = p.margin;
            double margin2 = q.margin;
            double r1 = shrink(p);
            double r2 = shrink(q);
            gjk.run(p, q, tolerance, maxIterations, cutoff + r1 + r2);
            restore(p, margin1);
            restore(q, margin2);
            if (gjk.dist > tolerance) {
                inflate(r1, r2);
                if (!(gjk.dist < Double.MAX_VALUE) || dist[0] > cutoff) {
                    n = 0;
                    return Double.MAX_VALUE;
                }
                return dist[0];
            }
            if (most == 0) {
                return 0;
            }
        }
        gjk.run(p, q, tolerance, maxIterations, cutoff);
        if (most == 0 || !(gjk.dist <= tolerance && gjk.n > 1 && !gjk.separated)) {
            dist[0] = gjk.dist;
            if (gjk.witness) {
                n = 1;
                copy(gjk.x1, gjk.x2);
            }
            return gjk.dist;
        }
        if (!epa.run(p, q, gjk, tolerance, maxIterations)) {
            return 0;
        }
        n = 1;
        dist[0] = epa.dist;
        copy(epa.x1, epa.x2);
        if (most > 1) {
            faces.run(p, q, epa, most);
            if (faces.n > 0) {
                n = faces.n;
                System.arraycopy(faces.dist, 0, dist, 0, n);
                System.arraycopy(faces.x1, 0, x1, 0, 3 * n);
                System.arraycopy(faces.x2, 0, x2, 0, 3 * n);
            }
        }
        double least = dist[0];
        for (int i = 1; i < n; i++) {
            least = Math.min(least, dist[i]);
        }
        return least;
    }

    private static boolean round(Support s) {
        return s.core == Support.Core.WHOLE
                && (s.s.type == Solid.SPHERE || s.s.type == Solid.CAPSULE);
    }

    /** Takes a sphere or capsule as its core; returns what was taken off. */
    private static double shrink(Support s) {
        if (!round(s)) {
            return 0;
        }
        double r = s.s.sx + 0.5 * s.margin;
        s.core = Support.Core.SKELETON;
        s.margin = 0;
        return r;
    }

    private static void restore(Support s, double margin) {
        s.margin = margin;
        if (s.core == Support.Core.SKELETON) {
            s.core = Support.Core.WHOLE;
        }
    }

    private void copy(double[] a, double[] b) {
        System.arraycopy(a, 0, x1, 0, 3);
        System.arraycopy(b, 0, x2, 0, 3);
    }

    /** Witness points of the shapes from those of their cores. */
    private void inflate(double r1, double r2) {
        double nx = gjk.x2[0] - gjk.x1[0];
        double ny = gjk.x2[1] - gjk.x1[1];
        double nz = gjk.x2[2] - gjk.x1[2];
        double len = Math.sqrt(nx * nx + ny * ny + nz * nz);
        double inv = len < Solid.MINVAL ? 0 : 1 / len;
        nx = len < Solid.MINVAL ? 1 : nx * inv;
        ny *= inv;
        nz *= inv;
        x1[0] = gjk.x1[0] + r1 * nx;
        x1[1] = gjk.x1[1] + r1 * ny;
        x1[2] = gjk.x1[2] + r1 * nz;
        x2[0] = gjk.x2[0] - r2 * nx;
        x2[1] = gjk.x2[1] - r2 * ny;
        x2[2] = gjk.x2[2] - r2 * nz;
        dist[0] = gjk.dist - (r1 + r2);
        n = 1;
    }
}
