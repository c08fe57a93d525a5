package org.openkaiwu.collision;

/**
 * One of two shapes whose faces may touch: the corners of the feature that EPA found on it, and the
 * faces or edges at these corners with their directions and outlines. For {@link FaceClip}.
 */
final class FaceSide {
    /** Cosine of five degrees: directions count as parallel. */
    static final double FACE_TOLERANCE = 0.996;

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

    private static double capCos(int i) {
        int k = i & 15;
        return k <= 4 ? CAP_COS[k] : k <= 8 ? -CAP_COS[8 - k] : -capCos(k - 8);
    }

    static boolean load(FaceSide side, Support p, Epa epa, boolean first) {
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
    static void faceNormals(FaceSide side, double dx, double dy, double dz) {
        side.count = 0;
        switch (side.s.type) {
            case Solid.BOX -> boxNormals(side, dx, dy, dz);
            case Solid.CYLINDER -> capNormal(side, dx, dy, dz);
            default -> meshNormals(side);
        }
    }

    /** The cap that all corners are on, else the one that looks along the contact, if one does. */
    private static void capNormal(FaceSide side, double dx, double dy, double dz) {
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

    private static void boxNormals(FaceSide side, double dx, double dy, double dz) {
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

    private static void addBoxNormal(FaceSide side, int face) {
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

    private static void meshNormals(FaceSide side) {
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
    static void edgeDirections(FaceSide side) {
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

    private static void addEdge(FaceSide side, double x, double y, double z) {
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

    private static void boxCorner(FaceSide side, double[] out, int o, int bits) {
        Solid s = side.s;
        side.toWorld(
                out,
                o,
                (bits & 1) != 0 ? s.sx : -s.sx,
                (bits & 2) != 0 ? s.sy : -s.sy,
                (bits & 4) != 0 ? s.sz : -s.sz,
                true);
    }

    private static void meshCorner(FaceSide side, double[] out, int o, int corner) {
        double[] v = side.s.hull.v;
        side.toWorld(out, o, v[3 * corner], v[3 * corner + 1], v[3 * corner + 2], true);
    }

    static void edge(FaceSide side, int i) {
        System.arraycopy(side.v, 0, side.outline, 0, 3);
        System.arraycopy(side.end, 3 * i, side.outline, 3, 3);
        side.size = 2;
    }

    /** The corners of a face, clockwise seen from outside. */
    static void outline(FaceSide side, int i) {
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
}
