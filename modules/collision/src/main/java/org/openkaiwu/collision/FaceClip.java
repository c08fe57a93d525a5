package org.openkaiwu.collision;

/**
 * More points from one: when the features of two flat-faced shapes that EPA found in contact are
 * faces (or an edge along a face), the face or edge of one is clipped to the outline of the other,
 * and every corner left under the face is a point of contact. Features count as parallel within
 * five degrees, and more than four points are cut down to the largest quadrilateral, as MuJoCo
 * does.
 */
final class FaceClip {
    private static final double FACE_TOLERANCE = 0.996;
    private static final double EDGE_TOLERANCE = 0.0888;

    /** Corners of the six faces of a box (bits: x, y, z positive), clockwise from outside. */
    private static final int[] BOX_FACES = {
        7, 3, 1, 5, 2, 6, 4, 0, 2, 3, 7, 6, 4, 5, 1, 0, 6, 7, 5, 4, 3, 2, 0, 1
    };

    /** The cap of a cylinder counts as a polygon of so many corners. */
    private static final int CAP = 16;

    /** Cosines of 0, 22.5, ... degrees up to 90. */
    private static final double[] CAP_COS = {
        1, 0.9238795325112867, 0.7071067811865476, 0.3826834323650898, 0
    };

    private static double capCos(int i) {
        int k = i & 15;
        return k <= 4 ? CAP_COS[k] : k <= 8 ? -CAP_COS[8 - k] : -capCos(k - 8);
    }

    /** Points found; 0: keep the single one. */
    int n;

    final double[] dist = new double[Manifold.MAX];
    final double[] x1 = new double[3 * Manifold.MAX];
    final double[] x2 = new double[3 * Manifold.MAX];

    /** One of the two shapes: the corners of its feature and what they belong to. */
    private static final class Side {
        Solid s;

        /** Number of different corners, then their indices and world coordinates. */
        int dim;

        final int[] id = new int[3];
        final double[] v = new double[9];

        /** Directions of its faces, or of its edges. */
        int count;

        double[] normal = new double[0];
        int[] face = new int[0];
        double[] end = new double[0];

        /** World corners of the face or edge chosen. */
        int size;

        double[] outline = new double[0];

        void reserve(int degree, int corners) {
            if (face.length < degree) {
                face = new int[degree];
                normal = new double[3 * degree];
                end = new double[3 * degree];
            }
            if (outline.length < 3 * corners) {
                outline = new double[3 * corners];
            }
        }

        void toWorld(double[] out, int o, double x, double y, double z, boolean point) {
            out[o] = s.r00 * x + s.r01 * y + s.r02 * z + (point ? s.x : 0);
            out[o + 1] = s.r10 * x + s.r11 * y + s.r12 * z + (point ? s.y : 0);
            out[o + 2] = s.r20 * x + s.r21 * y + s.r22 * z + (point ? s.z : 0);
        }
    }

    private final Side one = new Side();
    private final Side two = new Side();
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
        if (!load(one, p, epa, true) || !load(two, q, epa, false)) {
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
        faceNormals(one, -dx, -dy, -dz);
        faceNormals(two, dx, dy, dz);
        if (opposed(one, two)) {
            outline(one, hit1);
            outline(two, hit2);
            clip(one, 3 * hit1, two, most, two.normal, 3 * hit2, 1);
        } else if (one.dim < 3 && one.dim <= two.dim) {
            edgeDirections(one);
            if (across(one, two)) {
                edge(one, hit1);
                outline(two, hit2);
                clip(two, 3 * hit2, one, most, two.normal, 3 * hit2, -1);
                swapWitnesses();
            }
        } else if (two.dim < 3) {
            edgeDirections(two);
            if (across(two, one)) {
                edge(two, hit1);
                outline(one, hit2);
                clip(one, 3 * hit2, two, most, one.normal, 3 * hit2, -1);
            }
        }
    }

    private static boolean load(Side side, Support p, Epa epa, boolean first) {
        Solid s = p.s;
        side.s = s;
        boolean mesh = s.type == Solid.MESH;
        if (p.core == Support.Core.PRISM || (mesh && s.hull.nface == 0)) {
            return false;
        }
        side.reserve(mesh ? Math.max(3, s.hull.maxDegree) : 3, mesh ? s.hull.maxFace : CAP);
        double[] from = first ? epa.vert.a : epa.vert.b;
        int[] id = first ? epa.vert.ia : epa.vert.ib;
        for (int i = 0; i < 3; i++) {
            side.id[i] = id[epa.corner[i]];
            System.arraycopy(from, 3 * epa.corner[i], side.v, 3 * i, 3);
        }
        if (side.id[0] == side.id[1]) {
            side.dim = side.id[0] == side.id[2] ? 1 : 2;
            if (side.dim == 2) {
                side.id[1] = side.id[2];
                System.arraycopy(side.v, 6, side.v, 3, 3);
            }
        } else {
            side.dim = side.id[2] == side.id[0] || side.id[2] == side.id[1] ? 2 : 3;
        }
        return true;
    }

    /** The normals of all faces that hold the corners; d is the direction of the contact. */
    private static void faceNormals(Side side, double dx, double dy, double dz) {
        side.count = 0;
        switch (side.s.type) {
            case Solid.BOX -> boxNormals(side, dx, dy, dz);
            case Solid.CYLINDER -> capNormal(side, dx, dy, dz);
            default -> meshNormals(side);
        }
    }

    /** The cap that all corners are on, else the one that looks along the contact, if one does. */
    private static void capNormal(Side side, double dx, double dy, double dz) {
        Solid s = side.s;
        double along = s.r02 * dx + s.r12 * dy + s.r22 * dz;
        double len = Math.sqrt(dx * dx + dy * dy + dz * dz);
        if (side.dim == 1 || Math.abs(along) > FACE_TOLERANCE * len) {
            boolean top = side.dim == 1 ? side.id[0] == 1 : along > 0;
            side.toWorld(side.normal, 0, 0, 0, top ? 1 : -1, false);
            side.face[0] = top ? 0 : 1;
            side.count = 1;
        }
    }

    private static void boxNormals(Side side, double dx, double dy, double dz) {
        int all = 7;
        int none = 7;
        for (int i = 0; i < side.dim; i++) {
            all &= side.id[i];
            none &= ~side.id[i];
        }
        for (int k = 0; k < 3; k++) {
            if ((all & 1 << k) != 0) {
                addBoxNormal(side, 2 * k);
            } else if ((none & 1 << k) != 0) {
                addBoxNormal(side, 2 * k + 1);
            }
        }
        if (side.count == 4 - side.dim) {
            return;
        }
        // corners across the box: take the face that looks along the contact
        side.count = 0;
        Solid s = side.s;
        double len = Math.sqrt(dx * dx + dy * dy + dz * dz);
        for (int k = 0; k < 3; k++) {
            double c =
                    k == 0
                            ? s.r00 * dx + s.r10 * dy + s.r20 * dz
                            : k == 1
                                    ? s.r01 * dx + s.r11 * dy + s.r21 * dz
                                    : s.r02 * dx + s.r12 * dy + s.r22 * dz;
            if (Math.abs(c) > FACE_TOLERANCE * len) {
                addBoxNormal(side, c > 0 ? 2 * k : 2 * k + 1);
                return;
            }
        }
    }

    private static void addBoxNormal(Side side, int face) {
        double sign = (face & 1) == 0 ? 1 : -1;
        int k = face >> 1;
        side.toWorld(
                side.normal,
                3 * side.count,
                k == 0 ? sign : 0,
                k == 1 ? sign : 0,
                k == 2 ? sign : 0,
                false);
        side.face[side.count++] = face;
    }

    private static void meshNormals(Side side) {
        Hull h = side.s.hull;
        int limit = 4 - side.dim;
        int c = side.id[0];
        for (int k = h.vertFaceStart[c]; k < h.vertFaceStart[c + 1]; k++) {
            int f = h.vertFace[k];
            if (side.dim > 1 && (side.count == limit || !has(h, side.id[1], f))) {
                continue;
            }
            if (side.dim > 2 && !has(h, side.id[2], f)) {
                continue;
            }
            double[] w = h.faceNormal;
            side.toWorld(side.normal, 3 * side.count, w[3 * f], w[3 * f + 1], w[3 * f + 2], false);
            side.face[side.count++] = f;
        }
    }

    private static boolean has(Hull h, int corner, int face) {
        for (int k = h.vertFaceStart[corner]; k < h.vertFaceStart[corner + 1]; k++) {
            if (h.vertFace[k] == face) {
                return true;
            }
        }
        return false;
    }

    /** Replaces the normals by the directions of the edges at the corners. */
    private static void edgeDirections(Side side) {
        side.count = 0;
        Solid s = side.s;
        if (s.type == Solid.CYLINDER) {
            double h = side.id[0] == 1 ? -2 * s.sy : 2 * s.sy;
            addEdge(side, side.v[0] + s.r02 * h, side.v[1] + s.r12 * h, side.v[2] + s.r22 * h);
            return;
        }
        if (side.dim == 2) {
            addEdge(side, side.v[3], side.v[4], side.v[5]);
            return;
        }
        double[] w = side.end;
        if (s.type == Solid.BOX) {
            for (int k = 0; k < 3; k++) {
                boxCorner(side, w, 3 * k, side.id[0] ^ 1 << k);
                addEdge(side, w[3 * k], w[3 * k + 1], w[3 * k + 2]);
            }
            return;
        }
        Hull h = s.hull;
        int c = side.id[0];
        for (int k = h.vertFaceStart[c]; k < h.vertFaceStart[c + 1]; k++) {
            int from = h.faceStart[h.vertFace[k]];
            int to = h.faceStart[h.vertFace[k] + 1];
            for (int i = from; i < to; i++) {
                if (h.faceVert[i] == c) {
                    int before = h.faceVert[i == from ? to - 1 : i - 1];
                    meshCorner(side, w, 3 * side.count, before);
                    int o = 3 * side.count;
                    addEdge(side, w[o], w[o + 1], w[o + 2]);
                    break;
                }
            }
        }
    }

    private static void addEdge(Side side, double x, double y, double z) {
        int o = 3 * side.count++;
        side.end[o] = x;
        side.end[o + 1] = y;
        side.end[o + 2] = z;
        double dx = x - side.v[0];
        double dy = y - side.v[1];
        double dz = z - side.v[2];
        double len = Math.sqrt(dx * dx + dy * dy + dz * dz);
        double inv = len < Solid.MINVAL ? 0 : 1 / len;
        side.normal[o] = len < Solid.MINVAL ? 1 : dx * inv;
        side.normal[o + 1] = dy * inv;
        side.normal[o + 2] = dz * inv;
    }

    private static void boxCorner(Side side, double[] out, int o, int bits) {
        Solid s = side.s;
        side.toWorld(
                out,
                o,
                (bits & 1) != 0 ? s.sx : -s.sx,
                (bits & 2) != 0 ? s.sy : -s.sy,
                (bits & 4) != 0 ? s.sz : -s.sz,
                true);
    }

    private static void meshCorner(Side side, double[] out, int o, int corner) {
        double[] v = side.s.hull.v;
        side.toWorld(out, o, v[3 * corner], v[3 * corner + 1], v[3 * corner + 2], true);
    }

    private static double dot(double[] a, int i, double[] b, int j) {
        return a[i] * b[j] + a[i + 1] * b[j + 1] + a[i + 2] * b[j + 2];
    }

    /** Finds faces of both that look at each other. */
    private boolean opposed(Side a, Side b) {
        for (int i = 0; i < a.count; i++) {
            for (int j = 0; j < b.count; j++) {
                if (dot(a.normal, 3 * i, b.normal, 3 * j) < -FACE_TOLERANCE) {
                    hit1 = i;
                    hit2 = j;
                    return true;
                }
            }
        }
        return false;
    }

    /** Finds an edge of one that lies along a face of the other. */
    private boolean across(Side edges, Side faces) {
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

    private static void edge(Side side, int i) {
        System.arraycopy(side.v, 0, side.outline, 0, 3);
        System.arraycopy(side.end, 3 * i, side.outline, 3, 3);
        side.size = 2;
    }

    /** The corners of a face, clockwise seen from outside. */
    private static void outline(Side side, int i) {
        int f = side.face[i];
        if (side.s.type == Solid.BOX) {
            side.size = 4;
            for (int k = 0; k < 4; k++) {
                boxCorner(side, side.outline, 3 * k, BOX_FACES[4 * f + k]);
            }
            return;
        }
        if (side.s.type == Solid.CYLINDER) {
            Solid s = side.s;
            side.size = CAP;
            for (int k = 0; k < CAP; k++) {
                int c = f == 0 ? (CAP - k) % CAP : k;
                double h = f == 0 ? s.sy : -s.sy;
                side.toWorld(side.outline, 3 * k, capCos(c) * s.sx, capCos(c - 4) * s.sx, h, true);
            }
            return;
        }
        Hull h = side.s.hull;
        side.size = 0;
        for (int k = h.faceStart[f + 1] - 1; k >= h.faceStart[f]; k--) {
            meshCorner(side, side.outline, 3 * side.size++, h.faceVert[k]);
        }
    }

    /**
     * Clips the outline of {@code cut} to the prism over the face of {@code face}, keeps what is
     * below that face and makes points of it; the other witness lies along {@code sign} times the
     * given direction.
     */
    private void clip(
            Side face, int normalAt, Side cut, int most, double[] dir, int dirAt, double sign) {
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
    private void sidePlanes(Side face, int normalAt) {
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
    private double height(int i, Side face, int normalAt) {
        double[] f = face.normal;
        return (poly[3 * i] - face.outline[0]) * f[normalAt]
                + (poly[3 * i + 1] - face.outline[1]) * f[normalAt + 1]
                + (poly[3 * i + 2] - face.outline[2]) * f[normalAt + 2];
    }

    private int below(int m, Side face, int normalAt) {
        int k = 0;
        for (int i = 0; i < m; i++) {
            if (height(i, face, normalAt) <= 0) {
                System.arraycopy(poly, 3 * i, poly, 3 * k++, 3);
            }
        }
        return k;
    }

    private void point(int i, Side face, int normalAt, double[] dir, int dirAt, double sign) {
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
