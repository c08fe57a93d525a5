package org.openkaiwu.collision;

import java.util.Arrays;
import org.openkaiwu.body.Options;

/**
 * Signed distances of two shapes: what a planner asks and what MuJoCo's {@code mj_geomDistance} and
 * its distance sensors give. Positive between the surfaces, negative the depth of penetration.
 *
 * <p>Holds scratch memory: one instance a thread. Nothing is allocated after the first calls.
 *
 * <pre>{@code
 * Distance distance = new Distance();
 * double d = distance.between(ConvexShape.sphere(0.1), pos1, 0, mat1, 0,
 *         ConvexShape.box(0.1, 0.2, 0.3), pos2, 0, mat2, 0, 0.5);
 * }</pre>
 */
public final class Distance {
    private final NarrowPhase narrow = new NarrowPhase();
    private final Penetration ccd = new Penetration();
    private final Manifold manifold = new Manifold();
    private final Support p = new Support();
    private final Support q = new Support();
    private final Solid a = new Solid();
    private final Solid b = new Solid();

    /**
     * Nearest (or deepest) points of the last question: on the first shape, then on the second, in
     * the world, m. Zeros when the distance was above the cutoff.
     */
    public final double[] fromTo = new double[6];

    /** With MuJoCo's default tolerance of 1e-6 and 35 iterations. */
    public Distance() {
        this(new Options());
    }

    /** With the tolerance and the iterations of {@code option}. */
    public Distance(Options option) {
        narrow.configure(option);
        ccd.tolerance = option.ccdTolerance;
        ccd.maxIterations = option.ccdIterations;
    }

    /**
     * Signed distance, or {@code cutoff} when it is not below.
     *
     * @param pos1 position of the first shape, three numbers from {@code pos1At}, m
     * @param mat1 its rotation matrix, nine numbers from {@code mat1At}
     * @param cutoff larger distances are not looked for, m; at least 0
     */
    public double between(
            ConvexShape s1,
            double[] pos1,
            int pos1At,
            double[] mat1,
            int mat1At,
            ConvexShape s2,
            double[] pos2,
            int pos2At,
            double[] mat2,
            int mat2At,
            double cutoff) {
        s1.copyTo(a);
        s2.copyTo(b);
        a.pose(pos1, pos1At, mat1, mat1At);
        b.pose(pos2, pos2At, mat2, mat2At);
        Arrays.fill(fromTo, 0);
        if (far(cutoff)) {
            return cutoff;
        }
        boolean flip = a.type > b.type;
        Solid lo = flip ? b : a;
        Solid hi = flip ? a : b;
        return NarrowPhase.general(lo, hi) ? iterate(cutoff) : closed(lo, hi, flip, cutoff);
    }

    /** Whether the shapes come within {@code margin} of each other. */
    public boolean overlaps(
            ConvexShape s1,
            double[] pos1,
            int pos1At,
            double[] mat1,
            int mat1At,
            ConvexShape s2,
            double[] pos2,
            int pos2At,
            double[] mat2,
            int mat2At,
            double margin) {
        s1.copyTo(a);
        s2.copyTo(b);
        a.pose(pos1, pos1At, mat1, mat1At);
        b.pose(pos2, pos2At, mat2, mat2At);
        if (far(margin)) {
            return false;
        }
        boolean flip = a.type > b.type;
        Solid lo = flip ? b : a;
        Solid hi = flip ? a : b;
        if (NarrowPhase.general(lo, hi)) {
            p.set(lo, 0);
            q.set(hi, 0);
            return ccd.run(p, q, 0, margin) <= margin;
        }
        manifold.n = 0;
        narrow.collide(manifold, margin, lo, hi);
        return manifold.n > 0;
    }

    /** Bounding spheres are further apart than the cutoff, or a pose is no number. */
    private boolean far(double cutoff) {
        double dx = a.x - b.x;
        double dy = a.y - b.y;
        double dz = a.z - b.z;
        double r = a.rbound + b.rbound + cutoff;
        double d2 = dx * dx + dy * dy + dz * dz;
        boolean sum = a.r00 + a.r11 + a.r22 + b.r00 + b.r11 + b.r22 < 7;
        return !sum || Double.isNaN(d2) || (a.rbound > 0 && b.rbound > 0 && d2 > r * r);
    }

    private double iterate(double cutoff) {
        p.set(a, 0);
        q.set(b, 0);
        double d = ccd.run(p, q, 1, cutoff);
        if (ccd.n > 0 && d <= cutoff) {
            System.arraycopy(ccd.x1, 0, fromTo, 0, 3);
            System.arraycopy(ccd.x2, 0, fromTo, 3, 3);
        }
        return Math.min(d, cutoff);
    }

    private double closed(Solid lo, Solid hi, boolean flip, double cutoff) {
        manifold.n = 0;
        narrow.collide(manifold, cutoff, lo, hi);
        double best = cutoff;
        int k = -1;
        for (int i = 0; i < manifold.n; i++) {
            if (manifold.dist[i] < best) {
                best = manifold.dist[i];
                k = i;
            }
        }
        if (k >= 0) {
            double h = flip ? -0.5 * best : 0.5 * best;
            for (int i = 0; i < 3; i++) {
                double n = manifold.normal[3 * k + i];
                fromTo[i] = manifold.pos[3 * k + i] - h * n;
                fromTo[3 + i] = manifold.pos[3 * k + i] + h * n;
            }
        }
        return best;
    }
}
