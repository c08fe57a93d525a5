package org.openkaiwu.collision;

/**
 * The point of a simplex that is nearest to the origin, by signed volumes: Montanari, Petrinic and
 * Barbieri, "Improving the GJK algorithm for faster and more reliable distance queries between two
 * convex objects", ACM Transactions on Graphics 36 (2017). Corners are given by offset in an array.
 */
final class SubDistance {
    /** Weights of the corners. */
    final double[] lambda = new double[4];

    /** Weights of a part of the simplex: of its edges and triangles. */
    private final double[] l1 = new double[2];

    private final double[] l2 = new double[3];
    private final double[] point = new double[3];

    /** Fills {@link #lambda} for the first n corners of v. */
    void solve(double[] v, int n) {
        lambda[0] = 1;
        lambda[1] = 0;
        lambda[2] = 0;
        lambda[3] = 0;
        switch (n) {
            case 2 -> {
                line(v, 0, 3);
                lambda[0] = l1[0];
                lambda[1] = l1[1];
            }
            case 3 -> {
                triangle(v, 0, 3, 6);
                lambda[0] = l2[0];
                lambda[1] = l2[1];
                lambda[2] = l2[2];
            }
            case 4 -> tetrahedron(v);
            default -> {}
        }
    }

    /** Both positive or both negative. */
    private static boolean same(double a, double b) {
        return (a > 0 && b > 0) || (a < 0 && b < 0);
    }

    private static double det(double[] v, int p, int q, int r) {
        return v[p] * (v[q + 1] * v[r + 2] - v[q + 2] * v[r + 1])
                + v[p + 1] * (v[q + 2] * v[r] - v[q] * v[r + 2])
                + v[p + 2] * (v[q] * v[r + 1] - v[q + 1] * v[r]);
    }

    private void tetrahedron(double[] v) {
        double c1 = -det(v, 3, 6, 9);
        double c2 = det(v, 0, 6, 9);
        double c3 = -det(v, 0, 3, 9);
        double c4 = det(v, 0, 3, 6);
        double m = c1 + c2 + c3 + c4;
        boolean in1 = same(m, c1);
        boolean in2 = same(m, c2);
        boolean in3 = same(m, c3);
        boolean in4 = same(m, c4);
        if (in1 && in2 && in3 && in4) {
            lambda[0] = c1 / m;
            lambda[1] = c2 / m;
            lambda[2] = c3 / m;
            lambda[3] = c4 / m;
            return;
        }
        double best = Double.MAX_VALUE;
        if (!in1) {
            best = tryTriangle(v, 1, 2, 3, 0, best, true);
        }
        if (!in2) {
            best = tryTriangle(v, 0, 2, 3, 1, best, false);
        }
        if (!in3) {
            best = tryTriangle(v, 0, 1, 3, 2, best, false);
        }
        if (!in4) {
            tryTriangle(v, 0, 1, 2, 3, best, false);
        }
    }

    private double tryTriangle(
            double[] v, int i, int j, int k, int left, double best, boolean always) {
        triangle(v, 3 * i, 3 * j, 3 * k);
        double d2 = 0;
        for (int c = 0; c < 3; c++) {
            double x = l2[0] * v[3 * i + c] + l2[1] * v[3 * j + c] + l2[2] * v[3 * k + c];
            d2 += x * x;
        }
        if (!always && !(d2 < best)) {
            return best;
        }
        lambda[i] = l2[0];
        lambda[j] = l2[1];
        lambda[k] = l2[2];
        lambda[left] = 0;
        return d2;
    }

    private void triangle(double[] v, int p, int q, int r) {
        if (!project(point, v, p, q, r)) {
            line(v, p, q);
            l2[0] = l1[0];
            l2[1] = l1[1];
            l2[2] = 0;
            return;
        }
        // projected to the coordinate plane where the triangle is largest
        double m1 = minor(v, p, q, r, 1, 2);
        double m2 = minor(v, p, q, r, 0, 2);
        double m3 = minor(v, p, q, r, 0, 1);
        double a1 = Math.abs(m1);
        double a2 = Math.abs(m2);
        double a3 = Math.abs(m3);
        boolean first = a1 >= a2 && a1 >= a3;
        double m = first ? m1 : a2 >= a3 ? m2 : m3;
        int x = first ? 1 : 0;
        int y = first || a2 >= a3 ? 2 : 1;
        double px = point[x];
        double py = point[y];
        double c1 = area(px, py, v[q + x], v[q + y], v[r + x], v[r + y]);
        double c2 = area(px, py, v[r + x], v[r + y], v[p + x], v[p + y]);
        double c3 = area(px, py, v[p + x], v[p + y], v[q + x], v[q + y]);
        boolean in1 = same(m, c1);
        boolean in2 = same(m, c2);
        boolean in3 = same(m, c3);
        if (in1 && in2 && in3) {
            l2[0] = c1 / m;
            l2[1] = c2 / m;
            l2[2] = c3 / m;
            return;
        }
        l2[0] = 0;
        l2[1] = 0;
        l2[2] = 0;
        double best = Double.MAX_VALUE;
        if (!in1) {
            best = tryLine(v, q, r, 1, 2, 0, best, true);
        }
        if (!in2) {
            best = tryLine(v, p, r, 0, 2, 1, best, false);
        }
        if (!in3) {
            tryLine(v, p, q, 0, 1, 2, best, false);
        }
    }

    private double tryLine(
            double[] v, int p, int q, int i, int j, int left, double best, boolean always) {
        line(v, p, q);
        double d2 = 0;
        for (int c = 0; c < 3; c++) {
            double x = l1[0] * v[p + c] + l1[1] * v[q + c];
            d2 += x * x;
        }
        if (!always && !(d2 < best)) {
            return best;
        }
        l2[i] = l1[0];
        l2[j] = l1[1];
        l2[left] = 0;
        return d2;
    }

    private void line(double[] v, int p, int q) {
        double dx = v[q] - v[p];
        double dy = v[q + 1] - v[p + 1];
        double dz = v[q + 2] - v[p + 2];
        double t = -((v[q] * dx + v[q + 1] * dy + v[q + 2] * dz) / (dx * dx + dy * dy + dz * dz));
        int k = 0;
        double most = v[p] - v[q];
        for (int c = 1; c < 3; c++) {
            double mu = v[p + c] - v[q + c];
            if (Math.abs(mu) >= Math.abs(most)) {
                most = mu;
                k = c;
            }
        }
        double o = v[q + k] + t * (k == 0 ? dx : k == 1 ? dy : dz);
        double c1 = o - v[q + k];
        double c2 = v[p + k] - o;
        boolean inside = same(most, c1) && same(most, c2);
        l1[0] = inside ? c1 / most : 0;
        l1[1] = inside ? c2 / most : 1;
    }

    /** Twice the signed area of (p, q, r) in the coordinates x, y. */
    private static double minor(double[] v, int p, int q, int r, int x, int y) {
        return v[q + x] * v[r + y]
                - v[q + y] * v[r + x]
                - v[p + x] * v[r + y]
                + v[p + y] * v[r + x]
                + v[p + x] * v[q + y]
                - v[p + y] * v[q + x];
    }

    private static double area(double px, double py, double qx, double qy, double rx, double ry) {
        return px * qy + py * rx + qx * ry - px * ry - py * qx - rx * qy;
    }

    /**
     * Weights of the point p of the plane of a triangle, written to {@code l}: p = l0 v0 + l1 v1 +
     * l2 v2.
     */
    static void affine(double[] l, double[] v, int p, int q, int r, double[] pt, int o) {
        double m1 = minor(v, p, q, r, 1, 2);
        double m2 = minor(v, p, q, r, 0, 2);
        double m3 = minor(v, p, q, r, 0, 1);
        double a1 = Math.abs(m1);
        double a2 = Math.abs(m2);
        double a3 = Math.abs(m3);
        boolean first = a1 >= a2 && a1 >= a3;
        double m = first ? m1 : a2 >= a3 ? m2 : m3;
        int x = first ? 1 : 0;
        int y = first || a2 >= a3 ? 2 : 1;
        double px = pt[o + x];
        double py = pt[o + y];
        l[0] = area(px, py, v[q + x], v[q + y], v[r + x], v[r + y]) / m;
        l[1] = area(px, py, v[r + x], v[r + y], v[p + x], v[p + y]) / m;
        l[2] = area(px, py, v[p + x], v[p + y], v[q + x], v[q + y]) / m;
    }

    /** Projects the origin to the plane of a triangle; false when it has none. */
    static boolean project(double[] out, double[] v, int p, int q, int r) {
        double ax = v[q] - v[p];
        double ay = v[q + 1] - v[p + 1];
        double az = v[q + 2] - v[p + 2];
        double bx = v[r] - v[p];
        double by = v[r + 1] - v[p + 1];
        double bz = v[r + 2] - v[p + 2];
        double cx = v[r] - v[q];
        double cy = v[r + 1] - v[q + 1];
        double cz = v[r + 2] - v[q + 2];
        // the normal from each pair of edges in turn, until one is good enough
        for (int turn = 0; turn < 3; turn++) {
            double ex = turn == 0 ? cx : turn == 1 ? ax : bx;
            double ey = turn == 0 ? cy : turn == 1 ? ay : by;
            double ez = turn == 0 ? cz : turn == 1 ? az : bz;
            double fx = turn == 0 ? ax : turn == 1 ? bx : cx;
            double fy = turn == 0 ? ay : turn == 1 ? by : cy;
            double fz = turn == 0 ? az : turn == 1 ? bz : cz;
            int o = turn == 0 ? q : turn == 1 ? p : r;
            double nx = ey * fz - ez * fy;
            double ny = ez * fx - ex * fz;
            double nz = ex * fy - ey * fx;
            double nv = nx * v[o] + ny * v[o + 1] + nz * v[o + 2];
            double nn = nx * nx + ny * ny + nz * nz;
            if (turn < 2 && nn == 0) {
                return false;
            }
            if (turn == 2 || (nv != 0 && nn > Solid.MINVAL)) {
                double s = nv / nn;
                out[0] = nx * s;
                out[1] = ny * s;
                out[2] = nz * s;
                return true;
            }
        }
        return false;
    }
}
