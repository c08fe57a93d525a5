package org.openkaiwu.motion;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.openkaiwu.math.InputException;
import org.openkaiwu.math.Pose;
import org.openkaiwu.math.Vec3;

/**
 * The floor with what stands on it or hangs low over it, seen from above: each obstacle's outline
 * as a convex polygon with rounded rim. Distances are exact, in m; negative inside.
 */
public final class Floor {
    private final List<double[]> hulls = new ArrayList<>();
    private final List<Double> rims = new ArrayList<>();
    private final double bottom;
    private final double top;
    private double[] bounds = {
        Double.NEGATIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        Double.POSITIVE_INFINITY,
        Double.POSITIVE_INFINITY
    };

    /**
     * An empty floor.
     *
     * @param bottom height below which things can be driven over, m
     * @param top height of the robot: what is all above can be driven under, m
     */
    public Floor(double bottom, double top) {
        if (!(bottom < top)) {
            throw new InputException("floor", "the lower height must be below the upper");
        }
        this.bottom = bottom;
        this.top = top;
    }

    /** The room: the base must stay within this rectangle, m. */
    public Floor within(double xMin, double yMin, double xMax, double yMax) {
        bounds = new double[] {xMin, yMin, xMax, yMax};
        return this;
    }

    /** Puts an obstacle in; ignored when it lies outside the height band. */
    public Floor add(Obstacle o) {
        add(o.solid(), o.pose());
        return this;
    }

    /** Puts all in. */
    public Floor addAll(List<Obstacle> obstacles) {
        obstacles.forEach(this::add);
        return this;
    }

    private void add(Solid solid, Pose x) {
        switch (solid) {
            case Solid.Compound c -> c.parts().forEach(p -> add(p.solid(), x.times(p.pose())));
            case Solid.Sphere s -> patch(List.of(x.p()), s.radius(), s.radius());
            case Solid.Capsule c -> {
                Vec3 up = x.q().rotate(new Vec3(0, 0, c.halfLength()));
                patch(List.of(x.p().plus(up), x.p().minus(up)), c.radius(), c.radius());
            }
            case Solid.Cylinder c -> {
                Vec3 up = x.q().rotate(Vec3.Z);
                if (Math.abs(up.z()) > 0.999) {
                    patch(List.of(x.p()), c.radius(), c.halfHeight());
                } else {
                    box(new Vec3(c.radius(), c.radius(), c.halfHeight()), x);
                }
            }
            case Solid.Box b -> box(b.half(), x);
        }
    }

    private void box(Vec3 h, Pose x) {
        List<Vec3> corners = new ArrayList<>();
        for (int k = 0; k < 8; k++) {
            double sx = (k & 1) == 0 ? -1 : 1;
            double sy = (k & 2) == 0 ? -1 : 1;
            double sz = (k & 4) == 0 ? -1 : 1;
            corners.add(x.transform(new Vec3(sx * h.x(), sy * h.y(), sz * h.z())));
        }
        patch(corners, 0, 0);
    }

    private void patch(List<Vec3> points, double rim, double halfHeight) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (Vec3 p : points) {
            low = Math.min(low, p.z() - halfHeight);
            high = Math.max(high, p.z() + halfHeight);
        }
        if (high <= bottom || low >= top) {
            return;
        }
        hulls.add(hull(points));
        rims.add(rim);
    }

    /** Counter-clockwise hull of the points seen from above (Andrew's monotone chain). */
    private static double[] hull(List<Vec3> points) {
        double[][] p = new double[points.size()][];
        for (int i = 0; i < p.length; i++) {
            p[i] = new double[] {points.get(i).x(), points.get(i).y()};
        }
        Arrays.sort(
                p,
                (a, b) -> a[0] != b[0] ? Double.compare(a[0], b[0]) : Double.compare(a[1], b[1]));
        double[][] h = new double[2 * p.length][];
        int n = 0;
        for (int pass = 0; pass < 2; pass++) {
            int base = n;
            for (int i = 0; i < p.length; i++) {
                double[] c = p[pass == 0 ? i : p.length - 1 - i];
                while (n >= base + 2 && cross(h[n - 2], h[n - 1], c) <= 1e-12) {
                    n--;
                }
                h[n++] = c;
            }
            n--;
        }
        n = Math.max(1, n);
        double[] out = new double[2 * n];
        for (int i = 0; i < n; i++) {
            out[2 * i] = h[i][0];
            out[2 * i + 1] = h[i][1];
        }
        return out;
    }

    private static double cross(double[] o, double[] a, double[] b) {
        return (a[0] - o[0]) * (b[1] - o[1]) - (a[1] - o[1]) * (b[0] - o[0]);
    }

    /** Smallest rectangle that holds every outline and bound: xMin yMin xMax yMax. */
    double[] extent() {
        double inf = Double.POSITIVE_INFINITY;
        double[] e = {inf, inf, -inf, -inf};
        for (int k = 0; k < hulls.size(); k++) {
            double[] h = hulls.get(k);
            double r = rims.get(k);
            for (int i = 0; i < h.length; i += 2) {
                e[0] = Math.min(e[0], h[i] - r);
                e[1] = Math.min(e[1], h[i + 1] - r);
                e[2] = Math.max(e[2], h[i] + r);
                e[3] = Math.max(e[3], h[i + 1] + r);
            }
        }
        return e;
    }

    /** The room, infinite where not given. */
    double[] room() {
        return bounds.clone();
    }

    /** Distance from a point to the nearest outline or wall of the room, m; negative inside. */
    public double clearance(double x, double y) {
        double d =
                Math.min(
                        Math.min(x - bounds[0], bounds[2] - x),
                        Math.min(y - bounds[1], bounds[3] - y));
        for (int k = 0; k < hulls.size(); k++) {
            d = Math.min(d, toPolygon(hulls.get(k), x, y) - rims.get(k));
        }
        return d;
    }

    /** Whether a footprint at a pose keeps {@code margin} from everything. */
    public boolean free(double x, double y, double yaw, Footprint f, double margin) {
        double d = clearance(x, y);
        if (d < f.inner() + margin) {
            return false;
        }
        if (f.round() || d >= f.outer() + margin) {
            return true;
        }
        double[] own = outline(x, y, yaw, f);
        for (int i = 0; i < own.length; i += 2) {
            if (clearance(own[i], own[i + 1]) < margin) {
                return false;
            }
        }
        for (int k = 0; k < hulls.size(); k++) {
            double[] h = hulls.get(k);
            for (int i = 0; i < h.length; i += 2) {
                if (toPolygon(own, h[i], h[i + 1]) < rims.get(k) + margin) {
                    return false;
                }
            }
            if (crosses(own, h)) {
                return false;
            }
        }
        return true;
    }

    private static double[] outline(double x, double y, double yaw, Footprint f) {
        double c = StrictMath.cos(yaw);
        double s = StrictMath.sin(yaw);
        double[] fx = {f.front(), -f.back(), -f.back(), f.front()};
        double[] fy = {f.side(), f.side(), -f.side(), -f.side()};
        double[] out = new double[8];
        for (int i = 0; i < 4; i++) {
            out[2 * i] = x + c * fx[i] - s * fy[i];
            out[2 * i + 1] = y + s * fx[i] + c * fy[i];
        }
        return out;
    }

    /** Signed distance to a convex counter-clockwise polygon (or segment, or point). */
    private static double toPolygon(double[] h, double x, double y) {
        int n = h.length / 2;
        double least = Double.POSITIVE_INFINITY;
        boolean inside = n > 2;
        for (int i = 0; i < n; i++) {
            int j = (i + 1) % n;
            double ax = h[2 * i];
            double ay = h[2 * i + 1];
            double ex = h[2 * j] - ax;
            double ey = h[2 * j + 1] - ay;
            double px = x - ax;
            double py = y - ay;
            double len2 = ex * ex + ey * ey;
            double t = len2 > 0 ? Math.clamp((px * ex + py * ey) / len2, 0, 1) : 0;
            double dx = px - t * ex;
            double dy = py - t * ey;
            least = Math.min(least, dx * dx + dy * dy);
            inside &= ex * py - ey * px >= 0;
        }
        double d = Math.sqrt(least);
        return inside ? -d : d;
    }

    private static boolean crosses(double[] a, double[] b) {
        int na = a.length / 2;
        int nb = b.length / 2;
        for (int i = 0; i < na; i++) {
            for (int j = 0; j < nb; j++) {
                if (cut(a, i, (i + 1) % na, b, j, (j + 1) % nb)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean cut(double[] a, int i, int i2, double[] b, int j, int j2) {
        double s1 = side(a, i, i2, b, j);
        double s2 = side(a, i, i2, b, j2);
        double s3 = side(b, j, j2, a, i);
        double s4 = side(b, j, j2, a, i2);
        return s1 * s2 < 0 && s3 * s4 < 0;
    }

    private static double side(double[] a, int i, int i2, double[] p, int k) {
        return (a[2 * i2] - a[2 * i]) * (p[2 * k + 1] - a[2 * i + 1])
                - (a[2 * i2 + 1] - a[2 * i + 1]) * (p[2 * k] - a[2 * i]);
    }
}
