package org.openkaiwu.collision;

/**
 * Penetration depth of two overlapping convex shapes: the expanding polytope algorithm (van den
 * Bergen, "Proximity queries and penetration depth computation on 3D game objects", 2001). A
 * polytope inside the Minkowski difference grows by support points until the face nearest to the
 * origin lies on the boundary. Start polytopes and stopping rules are those of MuJoCo 3.14.
 */
final class Epa {
    private static final double MINVAL = Solid.MINVAL;
    private static final double MIN_DIST2 = MINVAL * MINVAL;

    /** Sine and cosine of 120 degrees, as MuJoCo rounds them. */
    private static final double SIN120 = 0.86602540378;

    private static final int MAX_ITERATIONS = 1000;
    private static final int DELETED = -2;
    private static final int NOT_LISTED = -1;

    /** Corners of the polytope. */
    final Minkowski vert = new Minkowski(64);

    private int nvert;

    // faces: three corners, three neighbours, projection of the origin, its squared length, place
    // in the list of candidates
    private int[] face = new int[0];
    private int[] adj = new int[0];
    private double[] proj = new double[0];
    private double[] dist2 = new double[0];
    private int[] place = new int[0];
    private int nface;
    private int maxFaces;

    /** Faces that may be the nearest. */
    private int[] list = new int[0];

    private int nlist;

    // edges of the hole that a new corner looks into, and a stack of faces to visit
    private int[] holeFace = new int[0];
    private int[] holeEdge = new int[0];
    private int nhole;
    private int[] stackFace = new int[0];
    private int[] stackEdge = new int[0];
    private int[] stackTurn = new int[0];

    private double cx;
    private double cy;
    private double cz;
    private final double[] v = new double[3];
    private final double[] l = new double[3];
    private final double[] rot = new double[9];
    private final double[] dir = new double[9];
    private final Minkowski simplex = new Minkowski(3);
    private Support p;
    private Support q;

    /** Signed distance, negative; 0 when nothing was found. */
    double dist;

    /** Deepest points, in the world. */
    final double[] x1 = new double[3];

    final double[] x2 = new double[3];

    /** Corners of the face found. */
    final int[] corner = new int[3];

    private void reserve(int iterations) {
        maxFaces = 6 * iterations;
        vert.reserve(8 + iterations);
        if (place.length < maxFaces + 6) {
            int n = maxFaces + 6;
            face = new int[3 * n];
            adj = new int[3 * n];
            proj = new double[3 * n];
            dist2 = new double[n];
            place = new int[n];
            list = new int[n];
            holeFace = new int[3 * n];
            holeEdge = new int[3 * n];
            stackFace = new int[n];
            stackEdge = new int[n];
            stackTurn = new int[n];
        }
    }

    /** Returns whether a depth was found; the simplex of {@code gjk} has 2 to 4 points. */
    boolean run(Support a, Support b, Gjk gjk, double tolerance, int maxIterations) {
        p = a;
        q = b;
        dist = 0;
        int iterations = Math.min(maxIterations, MAX_ITERATIONS);
        reserve(Math.max(iterations, 4));
        clear();
        boolean made =
                switch (gjk.n) {
                    case 2 -> fromSegment(gjk.simplex);
                    case 3 -> fromTriangle(gjk.simplex, 0, 1, 2);
                    default -> fromTetrahedron(gjk.simplex);
                };
        if (!made) {
            return false;
        }
        boolean discrete = p.discrete() && q.discrete();
        int f = expand(discrete, discrete ? MINVAL : tolerance, iterations);
        if (f < 0) {
            return false;
        }
        witness(f);
        return true;
    }

    private void clear() {
        nvert = 0;
        nface = 0;
        nlist = 0;
        nhole = 0;
    }

    private int insert(Minkowski from, int i) {
        vert.copy(nvert, from, i);
        return nvert++;
    }

    private int support(double dx, double dy, double dz, double norm) {
        if (norm > MINVAL) {
            vert.support(nvert, p, q, dx / norm, dy / norm, dz / norm);
        } else {
            vert.support(nvert, p, q, 1, 0, 0);
        }
        return nvert++;
    }

    /** Adds a face; returns the squared distance of its plane, 0 when it has none. */
    private double attach(int i, int j, int k, int e0, int e1, int e2) {
        int f = nface++;
        face[3 * f] = i;
        face[3 * f + 1] = j;
        face[3 * f + 2] = k;
        adj[3 * f] = e0;
        adj[3 * f + 1] = e1;
        adj[3 * f + 2] = e2;
        place[f] = NOT_LISTED;
        double[] w = vert.w;
        if (!SubDistance.project(v, w, 3 * k, 3 * j, 3 * i)) {
            dist2[f] = 0;
            return 0;
        }
        double out =
                v[0] * (w[3 * i] - cx) + v[1] * (w[3 * i + 1] - cy) + v[2] * (w[3 * i + 2] - cz);
        double s = out < 0 ? -1 : 1;
        proj[3 * f] = s * v[0];
        proj[3 * f + 1] = s * v[1];
        proj[3 * f + 2] = s * v[2];
        dist2[f] = v[0] * v[0] + v[1] * v[1] + v[2] * v[2];
        return dist2[f];
    }

    private void listAll() {
        for (int i = 0; i < nface; i++) {
            list[i] = i;
            place[i] = i;
        }
        nlist = nface;
    }

    private void delete(int f) {
        if (place[f] >= 0) {
            int moved = list[--nlist];
            list[place[f]] = moved;
            place[moved] = place[f];
        }
        place[f] = DELETED;
    }

    /** Two triangles over each of three points around the segment. */
    private boolean fromSegment(Minkowski s) {
        double dx = s.w[3] - s.w[0];
        double dy = s.w[4] - s.w[1];
        double dz = s.w[5] - s.w[2];
        cx = 0.5 * (s.w[0] + s.w[3]);
        cy = 0.5 * (s.w[1] + s.w[4]);
        cz = 0.5 * (s.w[2] + s.w[5]);
        double least = Double.MAX_VALUE;
        int k = 0;
        for (int i = 0; i < 3; i++) {
            double d = Math.abs(i == 0 ? dx : i == 1 ? dy : dz);
            if (d < least) {
                least = d;
                k = i;
            }
        }
        // e_k x d, then turned twice by 120 degrees about d
        dir[0] = k == 1 ? dz : k == 2 ? -dy : 0;
        dir[1] = k == 0 ? -dz : k == 2 ? dx : 0;
        dir[2] = k == 0 ? dy : k == 1 ? -dx : 0;
        turn(dx, dy, dz);
        for (int i = 3; i < 9; i += 3) {
            for (int r = 0; r < 3; r++) {
                dir[i + r] =
                        rot[3 * r] * dir[i - 3]
                                + rot[3 * r + 1] * dir[i - 2]
                                + rot[3 * r + 2] * dir[i - 1];
            }
        }
        int a = insert(s, 0);
        int b = insert(s, 1);
        int c = supportDir(0);
        int d = supportDir(3);
        int e = supportDir(6);
        if (attach(a, c, d, 1, 3, 2) < MIN_DIST2) {
            return retry(a, c, d);
        }
        if (attach(a, e, c, 2, 4, 0) < MIN_DIST2) {
            return retry(a, e, c);
        }
        if (attach(a, d, e, 0, 5, 1) < MIN_DIST2) {
            return retry(a, d, e);
        }
        if (attach(b, d, c, 5, 0, 4) < MIN_DIST2) {
            return retry(b, d, c);
        }
        if (attach(b, c, e, 3, 1, 5) < MIN_DIST2) {
            return retry(b, c, e);
        }
        if (attach(b, e, d, 4, 2, 3) < MIN_DIST2) {
            return retry(b, e, d);
        }
        if (!pierces(a, b, c, d, e)) {
            return false;
        }
        listAll();
        return true;
    }

    private int supportDir(int o) {
        double n = Math.sqrt(dir[o] * dir[o] + dir[o + 1] * dir[o + 1] + dir[o + 2] * dir[o + 2]);
        return support(dir[o], dir[o + 1], dir[o + 2], n);
    }

    private void turn(double x, double y, double z) {
        double n = Math.sqrt(x * x + y * y + z * z);
        double a = x / n;
        double b = y / n;
        double c = z / n;
        double k = 1.5;
        rot[0] = -0.5 + a * a * k;
        rot[1] = a * b * k - c * SIN120;
        rot[2] = a * c * k + b * SIN120;
        rot[3] = b * a * k + c * SIN120;
        rot[4] = -0.5 + b * b * k;
        rot[5] = b * c * k - a * SIN120;
        rot[6] = a * c * k - b * SIN120;
        rot[7] = b * c * k + a * SIN120;
        rot[8] = -0.5 + c * c * k;
    }

    /** Starts over from three corners of the polytope whose plane holds the origin. */
    private boolean retry(int i, int j, int k) {
        return fromTriangle(vert, i, j, k);
    }

    /** Whether the line from a to b crosses the triangle c d e. */
    private boolean pierces(int a, int b, int c, int d, int e) {
        double v1 = volume(a, c, d, b);
        double v2 = volume(a, d, e, b);
        double v3 = volume(a, e, c, b);
        return (v1 >= 0 && v2 >= 0 && v3 >= 0) || (v1 <= 0 && v2 <= 0 && v3 <= 0);
    }

    /** Six times the signed volume of i j k m, seen from i. */
    private double volume(int i, int j, int k, int m) {
        double[] w = vert.w;
        double jx = w[3 * j] - w[3 * i];
        double jy = w[3 * j + 1] - w[3 * i + 1];
        double jz = w[3 * j + 2] - w[3 * i + 2];
        double kx = w[3 * k] - w[3 * i];
        double ky = w[3 * k + 1] - w[3 * i + 1];
        double kz = w[3 * k + 2] - w[3 * i + 2];
        double mx = w[3 * m] - w[3 * i];
        double my = w[3 * m + 1] - w[3 * i + 1];
        double mz = w[3 * m + 2] - w[3 * i + 2];
        return jx * (ky * mz - kz * my) + jy * (kz * mx - kx * mz) + jz * (kx * my - ky * mx);
    }

    /** A tetrahedron on either side of the triangle. */
    private boolean fromTriangle(Minkowski s, int i, int j, int k) {
        // copied before the list is cleared: s may be the list itself
        simplex.copy(0, s, i);
        simplex.copy(1, s, j);
        simplex.copy(2, s, k);
        clear();
        double[] w = simplex.w;
        cx = (w[0] + w[3] + w[6]) * (1.0 / 3.0);
        cy = (w[1] + w[4] + w[7]) * (1.0 / 3.0);
        cz = (w[2] + w[5] + w[8]) * (1.0 / 3.0);
        double ax = w[3] - w[0];
        double ay = w[4] - w[1];
        double az = w[5] - w[2];
        double bx = w[6] - w[0];
        double by = w[7] - w[1];
        double bz = w[8] - w[2];
        double nx = ay * bz - az * by;
        double ny = az * bx - ax * bz;
        double nz = ax * by - ay * bx;
        double norm = Math.sqrt(nx * nx + ny * ny + nz * nz);
        if (!(norm >= MINVAL)) {
            return false;
        }
        int a = insert(simplex, 0);
        int b = insert(simplex, 1);
        int c = insert(simplex, 2);
        int below = support(-nx, -ny, -nz, norm);
        int above = support(nx, ny, nz, norm);
        if (onTriangle(above) || onTriangle(below)) {
            return false;
        }
        if (attach(above, a, b, 1, 3, 2) < MIN_DIST2
                || attach(above, c, a, 2, 4, 0) < MIN_DIST2
                || attach(above, b, c, 0, 5, 1) < MIN_DIST2
                || attach(below, b, a, 5, 0, 4) < MIN_DIST2
                || attach(below, a, c, 3, 1, 5) < MIN_DIST2
                || attach(below, c, b, 4, 2, 3) < MIN_DIST2) {
            return false;
        }
        listAll();
        return true;
    }

    /** Whether a corner lies on the triangle of the first three. */
    private boolean onTriangle(int i) {
        double[] w = vert.w;
        SubDistance.affine(l, w, 0, 3, 6, w, 3 * i);
        if (l[0] < 0 || l[1] < 0 || l[2] < 0) {
            return false;
        }
        double d2 = 0;
        for (int k = 0; k < 3; k++) {
            double d = w[k] * l[0] + w[3 + k] * l[1] + w[6 + k] * l[2] - w[3 * i + k];
            d2 += d * d;
        }
        return Math.sqrt(d2) < MINVAL;
    }

    private boolean fromTetrahedron(Minkowski s) {
        for (int i = 0; i < 4; i++) {
            insert(s, i);
        }
        double[] w = vert.w;
        cx = (w[0] + w[3] + w[6] + w[9]) * 0.25;
        cy = (w[1] + w[4] + w[7] + w[10]) * 0.25;
        cz = (w[2] + w[5] + w[8] + w[11]) * 0.25;
        if (attach(0, 1, 2, 1, 3, 2) < MIN_DIST2) {
            return retry(0, 1, 2);
        }
        if (attach(0, 3, 1, 2, 3, 0) < MIN_DIST2) {
            return retry(0, 3, 1);
        }
        if (attach(0, 2, 3, 0, 3, 1) < MIN_DIST2) {
            return retry(0, 2, 3);
        }
        if (attach(3, 2, 1, 2, 0, 1) < MIN_DIST2) {
            return retry(3, 2, 1);
        }
        if (!holds(0, 1, 2, 3)) {
            return false;
        }
        listAll();
        return true;
    }

    /** Whether the origin is inside the tetrahedron. */
    private boolean holds(int a, int b, int c, int d) {
        return sameSide(a, b, c, d)
                && sameSide(b, c, d, a)
                && sameSide(c, d, a, b)
                && sameSide(d, a, b, c);
    }

    private boolean sameSide(int a, int b, int c, int d) {
        double[] w = vert.w;
        double bx = w[3 * b] - w[3 * a];
        double by = w[3 * b + 1] - w[3 * a + 1];
        double bz = w[3 * b + 2] - w[3 * a + 2];
        double ex = w[3 * c] - w[3 * a];
        double ey = w[3 * c + 1] - w[3 * a + 1];
        double ez = w[3 * c + 2] - w[3 * a + 2];
        double nx = by * ez - bz * ey;
        double ny = bz * ex - bx * ez;
        double nz = bx * ey - by * ex;
        double d1 =
                nx * (w[3 * d] - w[3 * a])
                        + ny * (w[3 * d + 1] - w[3 * a + 1])
                        + nz * (w[3 * d + 2] - w[3 * a + 2]);
        double d2 = -(nx * w[3 * a] + ny * w[3 * a + 1] + nz * w[3 * a + 2]);
        return (d1 > 0 && d2 > 0) || (d1 < 0 && d2 < 0);
    }

    /** Grows the polytope; returns the face nearest to the origin, or -1. */
    private int expand(boolean discrete, double tolerance, int maxIterations) {
        double upper = Double.MAX_VALUE;
        double upper2 = Double.MAX_VALUE;
        int f = -1;
        for (int k = 0; k < maxIterations; k++) {
            int previous = f;
            double lower2 = Double.MAX_VALUE;
            for (int i = 0; i < nlist; i++) {
                if (dist2[list[i]] < lower2) {
                    f = list[i];
                    lower2 = dist2[f];
                }
            }
            if (lower2 > upper2 || f < 0) {
                return previous;
            }
            if (!(lower2 > 0)) {
                return f;
            }
            double lower = Math.sqrt(lower2);
            int w = support(proj[3 * f], proj[3 * f + 1], proj[3 * f + 2], lower);
            double reach = along(f, w) / lower;
            if (reach < upper) {
                upper = reach;
                upper2 = upper * upper;
            }
            if (upper - lower < tolerance) {
                return k == 0 && upper < lower - 1e-10 ? -1 : f;
            }
            if (discrete && repeated(w)) {
                return f;
            }
            nhole = 0;
            openHole(f, w);
            if (nhole < 3) {
                return -1;
            }
            if (nhole > maxFaces - nface) {
                return f;
            }
            if (!closeHole(w, lower2, upper2)) {
                return -1;
            }
            if (nlist == 0) {
                return f;
            }
        }
        return f;
    }

    private double along(int f, int i) {
        double[] w = vert.w;
        return proj[3 * f] * w[3 * i]
                + proj[3 * f + 1] * w[3 * i + 1]
                + proj[3 * f + 2] * w[3 * i + 2];
    }

    private boolean repeated(int w) {
        for (int i = 0; i < w; i++) {
            if (vert.ia[i] == vert.ia[w] && vert.ib[i] == vert.ib[w]) {
                return true;
            }
        }
        return false;
    }

    private int edgeOf(int f, int corner) {
        return face[3 * f] == corner ? 0 : face[3 * f + 1] == corner ? 1 : 2;
    }

    /**
     * Deletes the faces that corner w sees, from face f on, and lists the edges of the hole in
     * cyclic order. Depth first, with a stack of its own instead of recursion.
     */
    private void openHole(int f, int w) {
        delete(f);
        int depth = 0;
        stackFace[0] = f;
        stackEdge[0] = 2;
        stackTurn[0] = 0;
        while (depth >= 0) {
            int g = stackFace[depth];
            // the first face tries all three edges, the others the two not yet crossed
            if (stackTurn[depth] == (depth == 0 ? 3 : 2)) {
                depth--;
                continue;
            }
            int e = (stackEdge[depth] + 1 + stackTurn[depth]) % 3;
            stackTurn[depth]++;
            int h = adj[3 * g + e];
            if (place[h] == DELETED) {
                continue;
            }
            int he = edgeOf(h, face[3 * g + (e + 1) % 3]);
            if (along(h, w) - dist2[h] > MINVAL) {
                delete(h);
                depth++;
                stackFace[depth] = h;
                stackEdge[depth] = he;
                stackTurn[depth] = 0;
            } else {
                holeFace[nhole] = h;
                holeEdge[nhole++] = he;
            }
        }
    }

    /** Spans faces from corner w to the edges of the hole; false when one is degenerate. */
    private boolean closeHole(int w, double lower2, double upper2) {
        int first = nface;
        for (int i = 0; i < nhole; i++) {
            int h = holeFace[i];
            int e = holeEdge[i];
            int before = i == 0 ? first + nhole - 1 : first + i - 1;
            int after = first + (i + 1) % nhole;
            adj[3 * h + e] = first + i;
            double d2 = attach(w, face[3 * h + (e + 1) % 3], face[3 * h + e], before, h, after);
            if (d2 == 0) {
                return false;
            }
            if (d2 >= lower2 && d2 <= upper2) {
                int f = nface - 1;
                place[f] = nlist;
                list[nlist++] = f;
            }
        }
        return true;
    }

    private void witness(int f) {
        for (int i = 0; i < 3; i++) {
            corner[i] = face[3 * f + i];
        }
        SubDistance.affine(l, vert.w, 3 * corner[0], 3 * corner[1], 3 * corner[2], proj, 3 * f);
        for (int k = 0; k < 3; k++) {
            x1[k] = 0;
            x2[k] = 0;
            for (int i = 0; i < 3; i++) {
                x1[k] += l[i] * vert.a[3 * corner[i] + k];
                x2[k] += l[i] * vert.b[3 * corner[i] + k];
            }
        }
        dist = -Math.sqrt(dist2[f]);
    }
}
