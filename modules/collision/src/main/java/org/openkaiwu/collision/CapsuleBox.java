package org.openkaiwu.collision;

/**
 * A capsule against a box: the point of the capsule's segment that is nearest to the box, and,
 * where the segment lies along a face or an edge, a second point as far away on the segment as the
 * box reaches. Each point then is a sphere against the box. Same points as MuJoCo's collider (S.
 * Kolev).
 */
final class CapsuleBox {
    private static final double MINVAL = Solid.MINVAL;
    private static final double NONE = -4;

    /** Segment centre and half vector in the box frame, and the box's half sizes. */
    private final double[] p = new double[3];

    private final double[] h = new double[3];
    private final double[] s = new double[3];
    private double halfLength;

    /** Bit k: the half vector points along +k. */
    private int direction;

    /** Squared distance and place on the segment (-1 to 1) of the nearest point. */
    private double best;

    private double place;

    /** The nearest point is an end of the segment over this face axis (-1: inside the box). */
    private boolean atEnd;

    private int face;

    /** Else it belongs to this box edge: axis, lower or upper corner, place on it, and where. */
    private int edge;

    private int corner;
    private double edgePlace;
    private boolean edgeInterior;
    private boolean found;

    void collide(Manifold out, double margin, Solid c, Solid b) {
        if (c.sy < MINVAL) {
            RoundContacts.sphereBox(out, margin, c, b);
            return;
        }
        toBoxFrame(c, b);
        best = margin + 2 * (c.sx + halfLength + b.sx + b.sy + b.sz);
        place = 0;
        found = false;
        ends();
        edges();
        if (!found) {
            return;
        }
        double step = atEnd ? alongFace() : edgeInterior ? alongEdge() : fromCorner();
        sphere(out, margin, c.sx, place, b);
        if (step > -3) {
            sphere(out, margin, c.sx, place + step, b);
        }
    }

    private void toBoxFrame(Solid c, Solid b) {
        double dx = c.x - b.x;
        double dy = c.y - b.y;
        double dz = c.z - b.z;
        p[0] = b.r00 * dx + b.r10 * dy + b.r20 * dz;
        p[1] = b.r01 * dx + b.r11 * dy + b.r21 * dz;
        p[2] = b.r02 * dx + b.r12 * dy + b.r22 * dz;
        halfLength = c.sy;
        h[0] = (b.r00 * c.r02 + b.r10 * c.r12 + b.r20 * c.r22) * halfLength;
        h[1] = (b.r01 * c.r02 + b.r11 * c.r12 + b.r21 * c.r22) * halfLength;
        h[2] = (b.r02 * c.r02 + b.r12 * c.r12 + b.r22 * c.r22) * halfLength;
        s[0] = b.sx;
        s[1] = b.sy;
        s[2] = b.sz;
        direction = (h[0] > 0 ? 1 : 0) + (h[1] > 0 ? 2 : 0) + (h[2] > 0 ? 4 : 0);
    }

    /** Ends of the segment that are inside the box or over one face. */
    private void ends() {
        for (int i = -1; i <= 1; i += 2) {
            int outside = 0;
            int axis = -1;
            double d2 = 0;
            for (int k = 0; k < 3; k++) {
                double e = p[k] + h[k] * i;
                double over = e < -s[k] ? -s[k] - e : e > s[k] ? s[k] - e : 0;
                if (over != 0) {
                    outside++;
                    axis = k;
                    d2 += over * over;
                }
            }
            if (outside <= 1 && d2 < best) {
                best = d2;
                place = i;
                atEnd = true;
                face = axis;
                found = true;
            }
        }
    }

    /** Nearest points of the segment and each of the twelve edges. */
    private void edges() {
        for (int j = 0; j < 3; j++) {
            for (int i = 0; i < 8; i++) {
                if ((i & 1 << j) == 0) {
                    edge(j, i);
                }
            }
        }
    }

    private void edge(int j, int i) {
        double cx = j == 0 ? 0 : (i & 1) != 0 ? s[0] : -s[0];
        double cy = j == 1 ? 0 : (i & 2) != 0 ? s[1] : -s[1];
        double cz = j == 2 ? 0 : (i & 4) != 0 ? s[2] : -s[2];
        double dx = cx - p[0];
        double dy = cy - p[1];
        double dz = cz - p[2];
        double ma = s[j] * s[j];
        double mb = -s[j] * h[j];
        double mc = halfLength * halfLength;
        double u = -s[j] * (j == 0 ? dx : j == 1 ? dy : dz);
        double v = h[0] * dx + h[1] * dy + h[2] * dz;
        double det = ma * mc - mb * mb;
        if (!(Math.abs(det) >= MINVAL)) {
            return;
        }
        double inv = 1 / det;
        double x1 = (mc * u - mb * v) * inv;
        double x2 = (ma * v - mb * u) * inv;
        int where = 1;
        if (x1 > 1) {
            x1 = 1;
            where = 2;
            x2 = (v - mb) * (1 / mc);
        } else if (x1 < -1) {
            x1 = -1;
            where = 0;
            x2 = (v + mb) * (1 / mc);
        }
        if (x2 > 1 || x2 < -1) {
            boolean up = x2 > 1;
            x2 = up ? 1 : -1;
            x1 = (up ? u - mb : u + mb) * (1 / ma);
            if (x1 > 1) {
                x1 = 1;
                where = 2;
            } else if (x1 < -1) {
                x1 = -1;
                where = 0;
            }
        }
        dx -= h[0] * x2;
        dy -= h[1] * x2;
        dz -= h[2] * x2;
        if (j == 0) {
            dx += s[0] * x1;
        } else if (j == 1) {
            dy += s[1] * x1;
        } else {
            dz += s[2] * x1;
        }
        double d2 = dx * dx + dy * dy + dz * dz;
        // less by more than rounding: segments parallel to a face stay with the face
        if (d2 < best - MINVAL) {
            best = d2;
            place = x2;
            atEnd = false;
            edge = j;
            edgePlace = x1;
            edgeInterior = where == 1;
            corner = where == 2 ? i + (1 << j) : i;
            found = true;
        }
    }

    /** Step to a second point when a box corner is nearest. */
    private double fromCorner() {
        int rel = direction ^ corner;
        if (rel == 0 || rel == 7) {
            return NONE; // points to or away from the corner
        }
        boolean one = Integer.bitCount(rel) == 1;
        double sign = one ? 1 : -1;
        if (!one) {
            rel = 7 - rel;
        }
        double ahead = 1 - sign * place;
        double behind = 1 + sign * place;
        int ax = rel == 1 ? 0 : rel == 2 ? 1 : 2;
        int ax1 = (ax + 1) % 3;
        int ax2 = (ax + 2) % 3;
        double axis = h[ax] / halfLength;
        if (axis * axis > 0.5) {
            return sign * lesser(2 * s[ax] / Math.abs(h[ax]), ahead); // along an edge
        }
        double step = lesser(2 * s[ax1] / Math.abs(h[ax1]), behind);
        return -sign * lesser(2 * s[ax2] / Math.abs(h[ax2]), step); // along a face
    }

    /** Step to a second point when the inside of an edge is nearest. */
    private double alongEdge() {
        int rel = (direction ^ corner) & (7 - (1 << edge));
        if (Integer.bitCount(rel) != 1) {
            return NONE; // a T, not a cross
        }
        int ax = edge;
        int ax1 = (ax + 1) % 3;
        int ax2 = (ax + 2) % 3;
        if (Math.abs(h[ax1]) > Math.abs(h[ax2])) {
            ax1 = ax2;
        }
        ax2 = 3 - ax - ax1;
        boolean forth = (rel & 1 << ax2) != 0;
        double sign = forth ? 1 : -1;
        double step = lesser(2 * s[ax2] / Math.abs(h[ax2]), 1 - sign * place);
        boolean same = (direction & 1 << ax) != 0 == forth;
        double room = same ? 1 - edgePlace : 1 + edgePlace;
        return sign * lesser(s[ax] * room / Math.abs(h[ax]), step);
    }

    /** Step to a second point when an end of the segment over a face is nearest. */
    private double alongFace() {
        if (face == -1) {
            return NONE;
        }
        double sign = place < 0 ? 1 : -1;
        double step = 2;
        for (int i = 0; i < 3; i++) {
            if (i != face) {
                double e = p[i] - h[i] * sign;
                double t = (s[i] - e) / h[i] * sign;
                step = t > 0 ? lesser(t, step) : step;
                t = (-s[i] - e) / h[i] * sign;
                step = t > 0 ? lesser(t, step) : step;
            }
        }
        return sign * step;
    }

    /** The smaller; {@code b} when {@code a} is no number. */
    private static double lesser(double a, double b) {
        return a < b ? a : b;
    }

    private void sphere(Manifold out, double margin, double radius, double t, Solid b) {
        double x = p[0] + h[0] * t;
        double y = p[1] + h[1] * t;
        double z = p[2] + h[2] * t;
        RoundContacts.pointBox(
                out,
                margin,
                radius,
                b.r00 * x + b.r01 * y + b.r02 * z + b.x,
                b.r10 * x + b.r11 * y + b.r12 * z + b.y,
                b.r20 * x + b.r21 * y + b.r22 * z + b.z,
                b);
    }
}
