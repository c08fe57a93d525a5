package org.openkaiwu.collision;

/**
 * Two boxes. First the separating-axis test finds, among the six face normals and nine edge
 * products, the axis along which the boxes overlap least (Gottschalk et al., "OBBTree", 1996). If
 * it is a face normal, the opposing face of the other box is clipped to the sides of that face
 * (Sutherland and Hodgman, 1974) and every corner left within the margin is a contact; if it is an
 * edge product, the contact is midway between the two edges. The tie rules are those of MuJoCo's
 * collider since 3.12, so that the same points come out in the same order.
 */
final class BoxBox {
    /** Rounding slack of the separation test, relative to the summed half sizes. */
    private static final double SLACK = 1e-13;

    /** Squared sine below which an edge product has no direction. */
    private static final double PARALLEL = 1e-16;

    /** Component of an edge axis below which both edges of a box support it. */
    private static final double AMBIGUOUS = 1e-9;

    /** Squared relative distance of corners that count as one. */
    private static final double DUPLICATE = 1e-14;

    /** An edge axis must beat the best face by this share of its own separation. */
    private static final double EDGE_BIAS = 1e-6;

    private final double[] sa = new double[3];
    private final double[] sb = new double[3];

    /** Columns: axes of b in the frame of a. */
    private final double[] rot = new double[9];

    /** Centre of b in the frame of a, and of a in the frame of b. */
    private final double[] ab = new double[3];

    private final double[] ba = new double[3];
    private final double[] axis = new double[3];
    private double limit;

    /** The winner: 0-2 face of a, 3-5 face of b, 6 + 3 i + j edge axes i and j. */
    private int code;

    // scratch of the clipping: corners as (x, y) in the face and height z over it
    private static final int ROOM = 12;
    private double[] poly = new double[3 * ROOM];
    private double[] spare = new double[3 * ROOM];
    private final double[] side = new double[ROOM];
    private final double[] kept = new double[3 * ROOM];
    private final double[] inc = new double[9];
    private final double[] p1 = new double[3];
    private final double[] p2 = new double[3];
    private final double[] w1 = new double[3];
    private final double[] w2 = new double[3];
    private final double[] a2 = new double[3];

    void collide(Manifold out, double margin, Solid a, Solid b) {
        load(a, b);
        double sum = sa[0] + sa[1] + sa[2] + sb[0] + sb[1] + sb[2];
        limit = margin + SLACK * sum;
        if (!leastOverlap()) {
            return;
        }
        if (code >= 6) {
            edgeContact(out, a);
        } else {
            faceContacts(out, margin, a, b);
        }
    }

    private void load(Solid a, Solid b) {
        sa[0] = a.sx;
        sa[1] = a.sy;
        sa[2] = a.sz;
        sb[0] = b.sx;
        sb[1] = b.sy;
        sb[2] = b.sz;
        double dx = b.x - a.x;
        double dy = b.y - a.y;
        double dz = b.z - a.z;
        ab[0] = a.r00 * dx + a.r10 * dy + a.r20 * dz;
        ab[1] = a.r01 * dx + a.r11 * dy + a.r21 * dz;
        ab[2] = a.r02 * dx + a.r12 * dy + a.r22 * dz;
        ba[0] = -(b.r00 * dx + b.r10 * dy + b.r20 * dz);
        ba[1] = -(b.r01 * dx + b.r11 * dy + b.r21 * dz);
        ba[2] = -(b.r02 * dx + b.r12 * dy + b.r22 * dz);
        rot[0] = a.r00 * b.r00 + a.r10 * b.r10 + a.r20 * b.r20;
        rot[1] = a.r00 * b.r01 + a.r10 * b.r11 + a.r20 * b.r21;
        rot[2] = a.r00 * b.r02 + a.r10 * b.r12 + a.r20 * b.r22;
        rot[3] = a.r01 * b.r00 + a.r11 * b.r10 + a.r21 * b.r20;
        rot[4] = a.r01 * b.r01 + a.r11 * b.r11 + a.r21 * b.r21;
        rot[5] = a.r01 * b.r02 + a.r11 * b.r12 + a.r21 * b.r22;
        rot[6] = a.r02 * b.r00 + a.r12 * b.r10 + a.r22 * b.r20;
        rot[7] = a.r02 * b.r01 + a.r12 * b.r11 + a.r22 * b.r21;
        rot[8] = a.r02 * b.r02 + a.r12 * b.r12 + a.r22 * b.r22;
    }

    /** Fills {@link #code}; false when some axis separates the boxes by more than the limit. */
    private boolean leastOverlap() {
        double bestSep = Double.NEGATIVE_INFINITY;
        code = -1;
        for (int i = 0; i < 3; i++) {
            double r =
                    Math.abs(rot[3 * i]) * sb[0]
                            + Math.abs(rot[3 * i + 1]) * sb[1]
                            + Math.abs(rot[3 * i + 2]) * sb[2];
            double sep = Math.abs(ab[i]) - sa[i] - r;
            if (!(sep <= limit)) {
                return false;
            }
            if (sep > bestSep) {
                bestSep = sep;
                code = i;
            }
        }
        for (int j = 0; j < 3; j++) {
            double r =
                    Math.abs(rot[j]) * sa[0]
                            + Math.abs(rot[3 + j]) * sa[1]
                            + Math.abs(rot[6 + j]) * sa[2];
            double sep = Math.abs(ba[j]) - sb[j] - r;
            if (!(sep <= limit)) {
                return false;
            }
            if (sep > bestSep) {
                bestSep = sep;
                code = 3 + j;
            }
        }
        double faceSep = bestSep;
        int faceCode = code;
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                double sep = edgeSeparation(i, j);
                if (sep > limit) {
                    return false;
                }
                if (sep - EDGE_BIAS * Math.abs(sep) > bestSep && sep > faceSep) {
                    bestSep = sep;
                    code = 6 + 3 * i + j;
                }
            }
        }
        if (code >= 6) {
            preferFace(bestSep, faceSep, faceCode);
        }
        return code >= 0;
    }

    /** Separation along the product of axis i of a and j of b; minus infinity when parallel. */
    private double edgeSeparation(int i, int j) {
        int i1 = (i + 1) % 3;
        int i2 = (i + 2) % 3;
        double x1 = -rot[3 * i2 + j];
        double x2 = rot[3 * i1 + j];
        double n2 = x1 * x1 + x2 * x2;
        if (n2 < PARALLEL) {
            return Double.NEGATIVE_INFINITY;
        }
        double inv = 1 / Math.sqrt(n2);
        x1 *= inv;
        x2 *= inv;
        double ra = sa[i1] * Math.abs(x1) + sa[i2] * Math.abs(x2);
        int j1 = (j + 1) % 3;
        int j2 = (j + 2) % 3;
        double y1 = x1 * rot[3 * i1 + j1] + x2 * rot[3 * i2 + j1];
        double y2 = x1 * rot[3 * i1 + j2] + x2 * rot[3 * i2 + j2];
        double rb = sb[j1] * Math.abs(y1) + sb[j2] * Math.abs(y2);
        return Math.abs(x1 * ab[i1] + x2 * ab[i2]) - ra - rb;
    }

    /** The direction of an edge code, a unit vector in the frame of a. */
    private void edgeAxis(int i, int j) {
        int i1 = (i + 1) % 3;
        int i2 = (i + 2) % 3;
        double x1 = -rot[3 * i2 + j];
        double x2 = rot[3 * i1 + j];
        double s = 1 / Math.sqrt(x1 * x1 + x2 * x2);
        axis[i] = 0;
        axis[i1] = x1 * s;
        axis[i2] = x2 * s;
    }

    /** An edge axis within 8 degrees of the best face and hardly better makes way for it. */
    private void preferFace(double sep, double faceSep, int faceCode) {
        edgeAxis((code - 6) / 3, (code - 6) % 3);
        int f = faceCode % 3;
        double along =
                faceCode < 3
                        ? Math.abs(axis[f])
                        : Math.abs(axis[0] * rot[f] + axis[1] * rot[3 + f] + axis[2] * rot[6 + f]);
        if (along > 0.99 && sep < faceSep + 0.05 * Math.abs(faceSep) + Solid.MINVAL) {
            code = faceCode;
        }
    }

    private void edgeContact(Manifold out, Solid a) {
        int i = (code - 6) / 3;
        int j = (code - 6) % 3;
        edgeAxis(i, j);
        if (axis[0] * ab[0] + axis[1] * ab[1] + axis[2] * ab[2] < 0) {
            axis[0] = -axis[0];
            axis[1] = -axis[1];
            axis[2] = -axis[2];
        }
        for (int k = 0; k < 3; k++) {
            a2[k] = axis[0] * rot[k] + axis[1] * rot[3 + k] + axis[2] * rot[6 + k];
        }
        int amb1 = ambiguous(axis, (i + 1) % 3, (i + 2) % 3);
        int amb2 = ambiguous(a2, (j + 1) % 3, (j + 2) % 3);
        double best = Double.MAX_VALUE;
        for (int v1 = 0; v1 < (amb1 >= 0 ? 2 : 1); v1++) {
            for (int v2 = 0; v2 < (amb2 >= 0 ? 2 : 1); v2++) {
                double d2 = edgePoints(i, j, v1 == 1 ? amb1 : -1, v2 == 1 ? amb2 : -1);
                if (d2 < best) {
                    best = d2;
                    System.arraycopy(p1, 0, w1, 0, 3);
                    System.arraycopy(p2, 0, w2, 0, 3);
                }
            }
        }
        double dist =
                (w2[0] - w1[0]) * axis[0] + (w2[1] - w1[1]) * axis[1] + (w2[2] - w1[2]) * axis[2];
        if (!(dist <= limit)) {
            return;
        }
        double x = 0.5 * (w1[0] + w2[0]);
        double y = 0.5 * (w1[1] + w2[1]);
        double z = 0.5 * (w1[2] + w2[2]);
        out.add(
                dist,
                a.r00 * x + a.r01 * y + a.r02 * z + a.x,
                a.r10 * x + a.r11 * y + a.r12 * z + a.y,
                a.r20 * x + a.r21 * y + a.r22 * z + a.z,
                a.r00 * axis[0] + a.r01 * axis[1] + a.r02 * axis[2],
                a.r10 * axis[0] + a.r11 * axis[1] + a.r12 * axis[2],
                a.r20 * axis[0] + a.r21 * axis[1] + a.r22 * axis[2]);
    }

    private static int ambiguous(double[] v, int k1, int k2) {
        return Math.abs(v[k1]) < AMBIGUOUS ? k1 : Math.abs(v[k2]) < AMBIGUOUS ? k2 : -1;
    }

    /**
     * Nearest points p1, p2 of the supporting edges, in the frame of a; the corner of a box is
     * mirrored in an axis where {@code flip} is not -1. Returns their squared distance.
     */
    private double edgePoints(int i, int j, int flip1, int flip2) {
        for (int k = 0; k < 3; k++) {
            double c = k == i ? 0 : axis[k] >= 0 ? sa[k] : -sa[k];
            p1[k] = k == flip1 ? -c : c;
        }
        p2[0] = ab[0];
        p2[1] = ab[1];
        p2[2] = ab[2];
        for (int k = 0; k < 3; k++) {
            double c = k == j ? 0 : a2[k] >= 0 ? -sb[k] : sb[k];
            c = k == flip2 ? -c : c;
            p2[0] += rot[k] * c;
            p2[1] += rot[3 + k] * c;
            p2[2] += rot[6 + k] * c;
        }
        double dx = rot[j];
        double dy = rot[3 + j];
        double dz = rot[6 + j];
        double ex = p2[0] - p1[0];
        double ey = p2[1] - p1[1];
        double ez = p2[2] - p1[2];
        double b = i == 0 ? dx : i == 1 ? dy : dz;
        double d1 = i == 0 ? ex : i == 1 ? ey : ez;
        double d2 = dx * ex + dy * ey + dz * ez;
        double denom = 1 - b * b;
        double along = denom < Solid.MINVAL ? 0 : (d1 - b * d2) / denom;
        along = clip(along, sa[i]);
        double t = clip(b * along - d2, sb[j]);
        along = clip(d1 + b * t, sa[i]);
        p1[i] += along;
        p2[0] += dx * t;
        p2[1] += dy * t;
        p2[2] += dz * t;
        double gx = p2[0] - p1[0];
        double gy = p2[1] - p1[1];
        double gz = p2[2] - p1[2];
        return gx * gx + gy * gy + gz * gz;
    }

    private static double clip(double v, double limit) {
        return Math.max(-limit, Math.min(limit, v));
    }

    private void faceContacts(Manifold out, double margin, Solid a, Solid b) {
        boolean ref1 = code < 3;
        int axisRef = code % 3;
        double[] sr = ref1 ? sa : sb;
        double[] si = ref1 ? sb : sa;
        double[] ci = ref1 ? ab : ba;
        Solid ref = ref1 ? a : b;
        for (int r = 0; r < 3; r++) {
            for (int c = 0; c < 3; c++) {
                inc[3 * r + c] = ref1 ? rot[3 * r + c] : rot[3 * c + r];
            }
        }
        double up = ci[axisRef] >= 0 ? 1 : -1;
        int n = incidentFace(axisRef, up, si, ci, sr[axisRef]);
        int ax = (axisRef + 1) % 3;
        int ay = (axisRef + 2) % 3;
        n = clip(n, 0, 1, sr[ax]);
        n = clip(n, 0, -1, sr[ax]);
        n = clip(n, 1, 1, sr[ay]);
        n = clip(n, 1, -1, sr[ay]);
        n = keep(n, margin, DUPLICATE * (sr[ax] * sr[ax] + sr[ay] * sr[ay]));
        double sign = ref1 ? up : -up;
        double nx = sign * (axisRef == 0 ? ref.r00 : axisRef == 1 ? ref.r01 : ref.r02);
        double ny = sign * (axisRef == 0 ? ref.r10 : axisRef == 1 ? ref.r11 : ref.r12);
        double nz = sign * (axisRef == 0 ? ref.r20 : axisRef == 1 ? ref.r21 : ref.r22);
        for (int k = 0; k < n; k++) {
            double height = kept[3 * k + 2];
            p1[ax] = kept[3 * k];
            p1[ay] = kept[3 * k + 1];
            p1[axisRef] = up * (sr[axisRef] + 0.5 * height);
            out.add(
                    height,
                    ref.r00 * p1[0] + ref.r01 * p1[1] + ref.r02 * p1[2] + ref.x,
                    ref.r10 * p1[0] + ref.r11 * p1[1] + ref.r12 * p1[2] + ref.y,
                    ref.r20 * p1[0] + ref.r21 * p1[1] + ref.r22 * p1[2] + ref.z,
                    nx,
                    ny,
                    nz);
        }
    }

    /** Writes the corners of the face that opposes the reference face to {@link #poly}. */
    private int incidentFace(int axisRef, double up, double[] si, double[] ci, double top) {
        int f = 0;
        for (int k = 1; k < 3; k++) {
            if (Math.abs(inc[3 * axisRef + k]) > Math.abs(inc[3 * axisRef + f])) {
                f = k;
            }
        }
        double s = up * inc[3 * axisRef + f] > 0 ? -1 : 1;
        int u = (f + 1) % 3;
        int v = (f + 2) % 3;
        for (int r = 0; r < 3; r++) {
            int c = r == 0 ? (axisRef + 1) % 3 : r == 1 ? (axisRef + 2) % 3 : axisRef;
            double mid = ci[c] + s * si[f] * inc[3 * c + f];
            double du = si[u] * inc[3 * c + u];
            double dv = si[v] * inc[3 * c + v];
            if (r == 2) {
                mid = up * mid - top;
                du *= up;
                dv *= up;
            }
            poly[r] = mid + du + dv;
            poly[3 + r] = mid - du + dv;
            poly[6 + r] = mid - du - dv;
            poly[9 + r] = mid + du - dv;
        }
        return 4;
    }

    /** Cuts {@link #poly} with {@code sign * v[coord] <= bound}; returns the corners left. */
    private int clip(int n, int coord, double sign, double bound) {
        boolean inside = true;
        for (int k = 0; k < n; k++) {
            side[k] = sign * poly[3 * k + coord] - bound;
            inside &= side[k] <= 0;
        }
        if (inside) {
            return n;
        }
        int m = 0;
        for (int k = 0; k < n; k++) {
            int q = k + 1 == n ? 0 : k + 1;
            double dp = side[k];
            double dq = side[q];
            if (dp <= 0 && m < ROOM) {
                System.arraycopy(poly, 3 * k, spare, 3 * m++, 3);
            }
            if (((dp < 0 && dq > 0) || (dp > 0 && dq < 0)) && m < ROOM) {
                double t = dp / (dp - dq);
                for (int r = 0; r < 3; r++) {
                    double from = poly[3 * k + r];
                    spare[3 * m + r] = from + t * (poly[3 * q + r] - from);
                }
                m++;
            }
        }
        double[] t = poly;
        poly = spare;
        spare = t;
        return m;
    }

    /** Copies the corners within the margin to {@link #kept}, each place once. */
    private int keep(int n, double margin, double same) {
        int m = 0;
        for (int k = 0; k < n; k++) {
            boolean take = poly[3 * k + 2] <= margin;
            for (int q = 0; q < m && take; q++) {
                double dx = kept[3 * q] - poly[3 * k];
                double dy = kept[3 * q + 1] - poly[3 * k + 1];
                take = !(dx * dx + dy * dy < same);
            }
            if (take) {
                System.arraycopy(poly, 3 * k, kept, 3 * m++, 3);
            }
        }
        return m;
    }
}
