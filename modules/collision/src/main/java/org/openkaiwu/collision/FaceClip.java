package org.openkaiwu.collision;

/**
 * More points from one: when the features of two flat-faced shapes that EPA found in contact are
 * faces (or an edge along a face), the face or edge of one is clipped to the outline of the other,
 * and every corner left under the face is a point of contact. Features count as parallel within
 * five degrees, and more than four points are cut down to the largest quadrilateral, as MuJoCo
 * does.
 */
final class FaceClip {
    private static final double EDGE_TOLERANCE = 0.0888;

    /** Points found; 0: keep the single one. */
    int n;

    final double[] dist = new double[Manifold.MAX];
    final double[] x1 = new double[3 * Manifold.MAX];
    final double[] x2 = new double[3 * Manifold.MAX];

    private final FaceSide one = new FaceSide();
    private final FaceSide two = new FaceSide();
    private double[] poly = new double[0];
    private double[] spare = new double[0];
    private double[] plane = new double[0];
    private final Quadrilateral quad = new Quadrilateral();
    private int hit1;
    private int hit2;

    /**
     * @param most points wanted at most, at least 4
     */
    void run(Support p, Support q, Epa epa, int most) {
        n = 0;
        if (!FaceSide.load(one, p, epa, true) || !FaceSide.load(two, q, epa, false)) {
            return;
        }
        int corners = one.outline.length / 3 + two.outline.length / 3 + 4;
        if (poly.length < 6 * corners) {
            poly = new double[6 * corners];
            spare = new double[6 * corners];
            plane = new double[4 * corners];
        }
        double dx = epa.x2[0] - epa.x1[0];
        double dy = epa.x2[1] - epa.x1[1];
        double dz = epa.x2[2] - epa.x1[2];
        FaceSide.faceNormals(one, -dx, -dy, -dz);
        FaceSide.faceNormals(two, dx, dy, dz);
        if (opposed(one, two)) {
            FaceSide.outline(one, hit1);
            FaceSide.outline(two, hit2);
            clip(one, 3 * hit1, two, most, two.normal, 3 * hit2, 1);
        } else if (one.dim < 3 && one.dim <= two.dim) {
            FaceSide.edgeDirections(one);
            if (across(one, two)) {
                FaceSide.edge(one, hit1);
                FaceSide.outline(two, hit2);
                clip(two, 3 * hit2, one, most, two.normal, 3 * hit2, -1);
                swapWitnesses();
            }
        } else if (two.dim < 3) {
            FaceSide.edgeDirections(two);
            if (across(two, one)) {
                FaceSide.edge(two, hit1);
                FaceSide.outline(one, hit2);
                clip(one, 3 * hit2, two, most, one.normal, 3 * hit2, -1);
            }
        }
    }

    private static double dot(double[] a, int i, double[] b, int j) {
        return a[i] * b[j] + a[i + 1] * b[j + 1] + a[i + 2] * b[j + 2];
    }

    /** Finds faces of both that look at each other. */
    private boolean opposed(FaceSide a, FaceSide b) {
        for (int i = 0; i < a.count; i++) {
            for (int j = 0; j < b.count; j++) {
                if (dot(a.normal, 3 * i, b.normal, 3 * j) < -FaceSide.FACE_TOLERANCE) {
                    hit1 = i;
                    hit2 = j;
                    return true;
                }
            }
        }
        return false;
    }

    /** Finds an edge of one that lies along a face of the other. */
    private boolean across(FaceSide edges, FaceSide faces) {
        for (int j = 0; j < faces.count; j++) {
            for (int i = 0; i < edges.count; i++) {
                if (Math.abs(dot(edges.normal, 3 * i, faces.normal, 3 * j)) < EDGE_TOLERANCE) {
                    hit1 = i;
                    hit2 = j;
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * Clips the outline of {@code cut} to the prism over the face of {@code face}, keeps what is
     * below that face and makes points of it; the other witness lies along {@code sign} times the
     * given direction.
     */
    private void clip(
            FaceSide face,
            int normalAt,
            FaceSide cut,
            int most,
            double[] dir,
            int dirAt,
            double sign) {
        if (face.size < 3) {
            return;
        }
        int m = cut.size;
        System.arraycopy(cut.outline, 0, poly, 0, 3 * m);
        sidePlanes(face, normalAt);
        for (int e = 0; e < face.size; e++) {
            m = cutEdge(m, face.outline, 3 * e, e);
        }
        m = below(m, face, normalAt);
        if (m < 1) {
            return;
        }
        if (most < 5 && m > 4) {
            quad.pick(poly, m);
            for (int i = 0; i < 4; i++) {
                point(quad.corner[i], face, normalAt, dir, dirAt, sign);
            }
        } else if (cut.size == 2 && m > 2) {
            farthestPair(m);
            point(hit1, face, normalAt, dir, dirAt, sign);
            point(hit2, face, normalAt, dir, dirAt, sign);
        } else {
            for (int i = 0; i < Math.min(m, Manifold.MAX); i++) {
                point(i, face, normalAt, dir, dirAt, sign);
            }
        }
    }

    /** Planes through the edges of a face, along its normal: three numbers and the offset each. */
    private void sidePlanes(FaceSide face, int normalAt) {
        double[] w = face.outline;
        double[] f = face.normal;
        for (int i = 0; i < face.size; i++) {
            int o = 3 * i;
            int q = i == face.size - 1 ? 0 : o + 3;
            double ex = w[q] - w[o];
            double ey = w[q + 1] - w[o + 1];
            double ez = w[q + 2] - w[o + 2];
            // third corner first: adding and subtracting rounds as in MuJoCo
            double gx = w[o] + f[normalAt] - w[o];
            double gy = w[o + 1] + f[normalAt + 1] - w[o + 1];
            double gz = w[o + 2] + f[normalAt + 2] - w[o + 2];
            double nx = ey * gz - ez * gy;
            double ny = ez * gx - ex * gz;
            double nz = ex * gy - ey * gx;
            double len = Math.sqrt(nx * nx + ny * ny + nz * nz);
            double inv = len < Solid.MINVAL ? 0 : 1 / len;
            nx = len < Solid.MINVAL ? 1 : nx * inv;
            ny *= inv;
            nz *= inv;
            plane[4 * i] = nx;
            plane[4 * i + 1] = ny;
            plane[4 * i + 2] = nz;
            plane[4 * i + 3] = nx * w[o] + ny * w[o + 1] + nz * w[o + 2];
        }
    }

    private boolean inside(double[] w, int o, int e, int i) {
        double d =
                (poly[i] - w[o]) * plane[4 * e]
                        + (poly[i + 1] - w[o + 1]) * plane[4 * e + 1]
                        + (poly[i + 2] - w[o + 2]) * plane[4 * e + 2];
        return d > -Solid.MINVAL;
    }

    private int cutEdge(int m, double[] w, int o, int e) {
        int k = 0;
        for (int i = 0; i < m; i++) {
            int p = 3 * i;
            int q = i < m - 1 ? p + 3 : 0;
            boolean in1 = inside(w, o, e, p);
            boolean in2 = inside(w, o, e, q);
            if (in1 != in2) {
                double dx = poly[q] - poly[p];
                double dy = poly[q + 1] - poly[p + 1];
                double dz = poly[q + 2] - poly[p + 2];
                double slope = dot3(e, dx, dy, dz);
                if (slope != 0) {
                    double t =
                            (plane[4 * e + 3] - dot3(e, poly[p], poly[p + 1], poly[p + 2])) / slope;
                    if (t >= 0 && t <= 1) {
                        spare[k++] = poly[p] + t * dx;
                        spare[k++] = poly[p + 1] + t * dy;
                        spare[k++] = poly[p + 2] + t * dz;
                    }
                }
            }
            if (in2) {
                spare[k++] = poly[q];
                spare[k++] = poly[q + 1];
                spare[k++] = poly[q + 2];
            }
            if (k > spare.length - 6) {
                break;
            }
        }
        double[] t = poly;
        poly = spare;
        spare = t;
        return k / 3;
    }

    private double dot3(int e, double x, double y, double z) {
        return plane[4 * e] * x + plane[4 * e + 1] * y + plane[4 * e + 2] * z;
    }

    /** Height of a corner over the face. */
    private double height(int i, FaceSide face, int normalAt) {
        double[] f = face.normal;
        return (poly[3 * i] - face.outline[0]) * f[normalAt]
                + (poly[3 * i + 1] - face.outline[1]) * f[normalAt + 1]
                + (poly[3 * i + 2] - face.outline[2]) * f[normalAt + 2];
    }

    private int below(int m, FaceSide face, int normalAt) {
        int k = 0;
        for (int i = 0; i < m; i++) {
            if (height(i, face, normalAt) <= 0) {
                System.arraycopy(poly, 3 * i, poly, 3 * k++, 3);
            }
        }
        return k;
    }

    private void point(int i, FaceSide face, int normalAt, double[] dir, int dirAt, double sign) {
        double d = height(i, face, normalAt);
        double s = -Math.abs(d) * sign;
        for (int k = 0; k < 3; k++) {
            x1[3 * n + k] = poly[3 * i + k] + dir[dirAt + k] * s;
            x2[3 * n + k] = poly[3 * i + k];
        }
        dist[n++] = d;
    }

    private void swapWitnesses() {
        for (int i = 0; i < 3 * n; i++) {
            double t = x1[i];
            x1[i] = x2[i];
            x2[i] = t;
        }
    }

    private void farthestPair(int m) {
        hit1 = 0;
        hit2 = 1;
        double most = 0;
        for (int i = 0; i < m; i++) {
            for (int j = i + 1; j < m; j++) {
                double dx = poly[3 * j] - poly[3 * i];
                double dy = poly[3 * j + 1] - poly[3 * i + 1];
                double dz = poly[3 * j + 2] - poly[3 * i + 2];
                double d2 = dx * dx + dy * dy + dz * dz;
                if (d2 > most) {
                    most = d2;
                    hit1 = i;
                    hit2 = j;
                }
            }
        }
    }
}
