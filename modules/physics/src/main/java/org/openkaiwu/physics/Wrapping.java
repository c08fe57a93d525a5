package org.openkaiwu.physics;

import org.openkaiwu.dynamics.TreeData;
import org.openkaiwu.math.Flat;
import org.openkaiwu.math.Trig;

/**
 * Shortest path of a tendon around a sphere or a cylinder. The path lies in a plane (for the
 * cylinder: in the plane across its axis, then stretched along it), where it is a pair of tangents
 * and an arc; with a side site inside the geom it touches the surface from within at one point.
 */
final class Wrapping {
    private static final double TINY = 1e-15;

    // places in the scratch array; 0..5 are the two points found, in the world
    private static final int P0 = 6;
    private static final int P1 = 9;
    private static final int AX = 12;
    private static final int AY = 15;
    private static final int S = 18;
    private static final int NRM = 21;
    private static final int D = 24;
    private static final int SIDE = 28;
    private static final int PNT = 30;
    private static final int SOL = 34;

    /** Numbers of scratch that {@link #around} needs. */
    static final int SCRATCH = 48;

    private Wrapping() {}

    /**
     * Length of the part that touches the geom; -1 if the straight way is free. The first and last
     * point of that part are in {@code w[0..5]}.
     *
     * @param side side site or -1
     */
    static double around(
            double[] w,
            TreeData d,
            int site0,
            int site1,
            int geom,
            double radius,
            boolean sphere,
            int side) {
        toLocal(w, P0, d, d.siteXpos, 3 * site0, geom);
        toLocal(w, P1, d, d.siteXpos, 3 * site1, geom);
        if (Flat.norm3(w, P0) < TINY || Flat.norm3(w, P1) < TINY) {
            return -1;
        }
        if (sphere) {
            sphereAxes(w);
        } else {
            Flat.set3(w, AX, 1, 0, 0);
            Flat.set3(w, AY, 0, 1, 0);
        }
        w[D] = Flat.dot3(w, P0, w, AX);
        w[D + 1] = Flat.dot3(w, P0, w, AY);
        w[D + 2] = Flat.dot3(w, P1, w, AX);
        w[D + 3] = Flat.dot3(w, P1, w, AY);
        boolean inside = false;
        if (side >= 0) {
            toLocal(w, S, d, d.siteXpos, 3 * side, geom);
            double x = Flat.dot3(w, S, w, AX);
            double y = Flat.dot3(w, S, w, AY);
            double n = Math.sqrt(x * x + y * y);
            w[SIDE] = radius * (n < TINY ? 1 : x / n);
            w[SIDE + 1] = radius * (n < TINY ? 0 : y / n);
            inside = Flat.norm3(w, S) < radius;
        }
        double length = inside ? within(w, radius) : circle(w, radius, side >= 0);
        if (length < 0) {
            return -1;
        }
        for (int k = 0; k < 2; k++) {
            for (int c = 0; c < 3; c++) {
                w[3 * k + c] = w[AX + c] * w[PNT + 2 * k] + w[AY + c] * w[PNT + 2 * k + 1];
            }
        }
        if (!sphere) {
            length = alongCylinder(w, length);
        }
        for (int k = 0; k < 6; k += 3) {
            Flat.mulMatVec3(w, k, d.geomXmat, 9 * geom, w, k);
            w[k] += d.geomXpos[3 * geom];
            w[k + 1] += d.geomXpos[3 * geom + 1];
            w[k + 2] += d.geomXpos[3 * geom + 2];
        }
        return length;
    }

    private static void toLocal(double[] w, int at, TreeData d, double[] p, int po, int geom) {
        for (int c = 0; c < 3; c++) {
            w[at + c] = p[po + c] - d.geomXpos[3 * geom + c];
        }
        Flat.mulMatTVec3(w, at, d.geomXmat, 9 * geom, w, at);
    }

    /** Plane through both points and the centre: AX towards the first point. */
    private static void sphereAxes(double[] w) {
        System.arraycopy(w, P0, w, AX, 3);
        Flat.normalize3(w, AX);
        Flat.cross3(w, NRM, w, P0, w, P1);
        if (Flat.normalize3(w, NRM) < TINY) {
            double x = Math.abs(w[AX]);
            double y = Math.abs(w[AX + 1]);
            double z = Math.abs(w[AX + 2]);
            int i = y > x && y > z ? 1 : z > x && z > y ? 2 : 0;
            Flat.set3(w, AY, 1, 1, 1);
            w[AY + i] = 0;
            Flat.cross3(w, NRM, w, AX, w, AY);
            Flat.normalize3(w, NRM);
        }
        Flat.cross3(w, AY, w, NRM, w, AX);
        Flat.normalize3(w, AY);
    }

    /** Heights grow evenly along the unrolled path. */
    private static double alongCylinder(double[] w, double arc) {
        double l0 = Math.sqrt(sq(w[P0] - w[0]) + sq(w[P0 + 1] - w[1]));
        double l1 = Math.sqrt(sq(w[P1] - w[3]) + sq(w[P1 + 1] - w[4]));
        double rise = w[P1 + 2] - w[P0 + 2];
        double total = l0 + arc + l1;
        w[2] = w[P0 + 2] + rise * l0 / total;
        w[5] = w[P0 + 2] + rise * (l0 + arc) / total;
        double height = Math.abs(w[5] - w[2]);
        return Math.sqrt(arc * arc + height * height);
    }

    private static double sq(double x) {
        return x * x;
    }

    /** Around the outside of a circle; points to PNT, returns the arc or -1. */
    private static double circle(double[] w, double r, boolean sided) {
        double x0 = w[D];
        double y0 = w[D + 1];
        double x1 = w[D + 2];
        double y1 = w[D + 3];
        double q0 = x0 * x0 + y0 * y0;
        double q1 = x1 * x1 + y1 * y1;
        double rr = r * r;
        if (q0 < rr || q1 < rr || r < TINY) {
            return -1;
        }
        double dx = x1 - x0;
        double dy = y1 - y0;
        double dd = dx * dx + dy * dy;
        if (dd < TINY) {
            return -1;
        }
        double a = Math.clamp(-(dx * x0 + dy * y0) / dd, 0, 1);
        double nx = a * dx + x0;
        double ny = a * dy + y0;
        boolean free = nx * nx + ny * ny > rr;
        if (free && (!sided || w[SIDE] * nx + w[SIDE + 1] * ny >= 0)) {
            return -1;
        }
        double t0 = Math.sqrt(q0 - rr);
        double t1 = Math.sqrt(q1 - rr);
        double good0 = tangents(w, SOL, 1, r, rr, q0, q1, t0, t1, sided);
        double good1 = tangents(w, SOL + 4, -1, r, rr, q0, q1, t0, t1, sided);
        int best = good0 > good1 ? 0 : 1;
        System.arraycopy(w, SOL + 4 * best, w, PNT, 4);
        if (crossing(w, D, PNT, D + 2, PNT + 2)) {
            return -1;
        }
        return arc(w, best == 1, r);
    }

    /** One of the two pairs of tangent points; returns how good it is. */
    private static double tangents(
            double[] w,
            int at,
            int sign,
            double r,
            double rr,
            double q0,
            double q1,
            double t0,
            double t1,
            boolean sided) {
        w[at] = (w[D] * rr + sign * r * w[D + 1] * t0) / q0;
        w[at + 1] = (w[D + 1] * rr - sign * r * w[D] * t0) / q0;
        w[at + 2] = (w[D + 2] * rr - sign * r * w[D + 3] * t1) / q1;
        w[at + 3] = (w[D + 3] * rr + sign * r * w[D + 2] * t1) / q1;
        if (crossing(w, D, at, D + 2, at + 2)) {
            return -10000;
        }
        if (sided) {
            double x = w[at] + w[at + 2];
            double y = w[at + 1] + w[at + 3];
            double n = Math.sqrt(x * x + y * y);
            return n < TINY ? w[SIDE] : (x * w[SIDE] + y * w[SIDE + 1]) / n;
        }
        return -(sq(w[at] - w[at + 2]) + sq(w[at + 1] - w[at + 3]));
    }

    /** The plane segments p1-p2 and p3-p4 intersect. */
    private static boolean crossing(double[] w, int p1, int p2, int p3, int p4) {
        double ax = w[p2] - w[p1];
        double ay = w[p2 + 1] - w[p1 + 1];
        double bx = w[p4] - w[p3];
        double by = w[p4 + 1] - w[p3 + 1];
        double det = by * ax - bx * ay;
        if (Math.abs(det) < TINY) {
            return false;
        }
        double cx = w[p1] - w[p3];
        double cy = w[p1 + 1] - w[p3 + 1];
        double a = (bx * cy - by * cx) / det;
        double b = (ax * cy - ay * cx) / det;
        return a >= 0 && a <= 1 && b >= 0 && b <= 1;
    }

    private static double arc(double[] w, boolean second, double r) {
        double x0 = w[PNT];
        double y0 = w[PNT + 1];
        double x1 = w[PNT + 2];
        double y1 = w[PNT + 3];
        double n0 = Math.sqrt(x0 * x0 + y0 * y0);
        double n1 = Math.sqrt(x1 * x1 + y1 * y1);
        double cos = x0 / n0 * (x1 / n1) + y0 / n0 * (y1 / n1);
        double angle = StrictMath.acos(Math.clamp(cos, -1, 1));
        double cross = y0 * x1 - x0 * y1;
        if (second ? cross > 0 : cross < 0) {
            angle = 2 * Math.PI - angle;
        }
        return r * angle;
    }

    /**
     * Touching a circle from within: the point where both straight parts make equal angles with the
     * surface, by Newton's method on {@code asin(A z) + asin(B z) - 2 asin(z) + G = 0}. The
     * touching part has length 0; -1 if the straight way does not leave the outside.
     */
    private static double within(double[] w, double r) {
        double len0 = Math.sqrt(sq(w[D]) + sq(w[D + 1]));
        double len1 = Math.sqrt(sq(w[D + 2]) + sq(w[D + 3]));
        double dx = w[D + 2] - w[D];
        double dy = w[D + 3] - w[D + 1];
        double dd = dx * dx + dy * dy;
        if (len0 <= r || len1 <= r || r < TINY || len0 < TINY || len1 < TINY) {
            return -1;
        }
        if (dd > TINY) {
            double a = -(dx * w[D] + dy * w[D + 1]) / dd;
            if (a > 0 && a < 1 && Math.sqrt(sq(w[D] + a * dx) + sq(w[D + 1] + a * dy)) <= r) {
                return -1;
            }
        }
        // where it ends up when the equation cannot be solved: half-way
        double mx = 0.5 * (w[D] + w[D + 2]);
        double my = 0.5 * (w[D + 1] + w[D + 3]);
        double mn = Math.sqrt(mx * mx + my * my);
        touch(w, r * (mn < TINY ? 1 : mx / mn), r * (mn < TINY ? 0 : my / mn));
        double ka = r / len0;
        double kb = r / len1;
        double cosG = (len0 * len0 + len1 * len1 - dd) / (2 * len0 * len1);
        if (cosG < -1 + TINY) {
            return -1;
        }
        if (cosG > 1 - TINY) {
            return 0;
        }
        double z = solve(ka, kb, StrictMath.acos(cosG));
        if (Double.isNaN(z)) {
            return 0;
        }
        boolean left = w[D] * w[D + 3] - w[D + 1] * w[D + 2] > 0;
        double vx = left ? w[D] / len0 : w[D + 2] / len1;
        double vy = left ? w[D + 1] / len0 : w[D + 3] / len1;
        double angle = StrictMath.asin(z) - StrictMath.asin((left ? ka : kb) * z);
        double c = Trig.cos(angle);
        double s = Trig.sin(angle);
        touch(w, r * (c * vx - s * vy), r * (s * vx + c * vy));
        return 0;
    }

    private static void touch(double[] w, double x, double y) {
        w[PNT] = x;
        w[PNT + 1] = y;
        w[PNT + 2] = x;
        w[PNT + 3] = y;
    }

    private static double solve(double a, double b, double g) {
        double z = 1 - 1e-7;
        double f = residual(a, b, g, z);
        if (f > 0) {
            return Double.NaN;
        }
        int left = 20;
        while (Math.abs(f) > 1e-6) {
            double df =
                    a / Math.max(TINY, Math.sqrt(1 - z * z * a * a))
                            + b / Math.max(TINY, Math.sqrt(1 - z * z * b * b))
                            - 2 / Math.max(TINY, Math.sqrt(1 - z * z));
            double next = z - f / df;
            if (df > -TINY || next > z || left-- == 0) {
                return Double.NaN;
            }
            z = next;
            f = residual(a, b, g, z);
            if (f > 1e-6) {
                return Double.NaN;
            }
        }
        return left > 0 ? z : Double.NaN;
    }

    private static double residual(double a, double b, double g, double z) {
        return StrictMath.asin(a * z) + StrictMath.asin(b * z) - 2 * StrictMath.asin(z) + g;
    }
}
