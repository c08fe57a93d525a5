package org.openkaiwu.collision;

/**
 * A list of points of the Minkowski difference A - B of two convex shapes, each with the points of
 * A and B that it comes from.
 */
final class Minkowski {
    /** Points w = a - b. Shape n x 3. */
    double[] w;

    double[] a;
    double[] b;

    /** Corners of A and B behind a point, or -1. */
    int[] ia;

    int[] ib;

    Minkowski(int capacity) {
        w = new double[3 * capacity];
        a = new double[3 * capacity];
        b = new double[3 * capacity];
        ia = new int[capacity];
        ib = new int[capacity];
    }

    /** Forgets all points if there is no room for {@code capacity} of them. */
    void reserve(int capacity) {
        if (ia.length < capacity) {
            w = new double[3 * capacity];
            a = new double[3 * capacity];
            b = new double[3 * capacity];
            ia = new int[capacity];
            ib = new int[capacity];
        }
    }

    /** Makes point i the support point along d. */
    void support(int i, Support p, Support q, double dx, double dy, double dz) {
        p.at(dx, dy, dz);
        q.at(-dx, -dy, -dz);
        int o = 3 * i;
        a[o] = p.x;
        a[o + 1] = p.y;
        a[o + 2] = p.z;
        b[o] = q.x;
        b[o + 1] = q.y;
        b[o + 2] = q.z;
        w[o] = p.x - q.x;
        w[o + 1] = p.y - q.y;
        w[o + 2] = p.z - q.z;
        ia[i] = p.corner;
        ib[i] = q.corner;
    }

    /** Makes point i a copy of point j of another list. */
    void copy(int i, Minkowski from, int j) {
        for (int k = 0; k < 3; k++) {
            w[3 * i + k] = from.w[3 * j + k];
            a[3 * i + k] = from.a[3 * j + k];
            b[3 * i + k] = from.b[3 * j + k];
        }
        ia[i] = from.ia[j];
        ib[i] = from.ib[j];
    }
}
