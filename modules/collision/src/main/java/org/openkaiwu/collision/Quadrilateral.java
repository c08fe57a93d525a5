package org.openkaiwu.collision;

/** Four corners of a flat convex polygon that span a large part of it. */
final class Quadrilateral {
    /** The corners found, in the polygon's order. */
    final int[] corner = new int[4];

    private double[] w;

    /**
     * Rotates three corners after the first, as far as the area grows, for each first corner in
     * turn.
     *
     * @param polygon x y z of the corners
     * @param m corners, at least 4
     */
    void pick(double[] polygon, int m) {
        w = polygon;
        int a = 0;
        int b = 1;
        int c = 2;
        int d = 3;
        double best = area(a, b, c, d);
        take(a, b, c, d);
        for (; a < m; a++) {
            double next;
            while ((next = area(a, b, c, (d + 1) % m)) > best) {
                best = next;
                d = (d + 1) % m;
                take(a, b, c, d);
                while ((next = area(a, b, (c + 1) % m, d)) > best) {
                    best = next;
                    c = (c + 1) % m;
                    take(a, b, c, d);
                }
                while ((next = area(a, (b + 1) % m, c, d)) > best) {
                    best = next;
                    b = (b + 1) % m;
                    take(a, b, c, d);
                }
            }
            if (b == a) {
                b = (b + 1) % m;
                if (c == b) {
                    c = (c + 1) % m;
                    if (d == c) {
                        d = (d + 1) % m;
                    }
                }
            }
        }
    }

    private void take(int a, int b, int c, int d) {
        corner[0] = a;
        corner[1] = b;
        corner[2] = c;
        corner[3] = d;
    }

    /** Area of a quadrilateral: half the length of ac x bd. */
    private double area(int a, int b, int c, int d) {
        double px = w[3 * c] - w[3 * a];
        double py = w[3 * c + 1] - w[3 * a + 1];
        double pz = w[3 * c + 2] - w[3 * a + 2];
        double qx = w[3 * d] - w[3 * b];
        double qy = w[3 * d + 1] - w[3 * b + 1];
        double qz = w[3 * d + 2] - w[3 * b + 2];
        double x = py * qz - pz * qy;
        double y = pz * qx - px * qz;
        double z = px * qy - py * qx;
        return 0.5 * Math.sqrt(x * x + y * y + z * z);
    }
}
