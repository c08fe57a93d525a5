package org.openkaiwu.physics.render;

import java.util.Arrays;

/**
 * Fills triangles given in the camera's frame. A pixel belongs to a triangle if its middle does;
 * depth is exact there: its inverse (orthographic: itself) is linear over the picture.
 */
final class Fill {
    private static final double AMBIENT = 0.38;
    private static final double FROM_CAMERA = 0.34;
    private static final double FROM_ABOVE = 0.32;

    private Picture out;
    private View view;

    /** The larger, the nearer: 1 / depth, orthographic -depth. Shape pixels. */
    private double[] nearness = new double[0];

    /** Geom + 1 that was mixed into a pixel last. Shape pixels. */
    private int[] mixed = new int[0];

    /** Direction to the light from above in the camera's frame. */
    private final double[] above = new double[3];

    private int geom;
    private double red;
    private double green;
    private double blue;
    private double alpha;

    void begin(Picture picture, View from) {
        out = picture;
        view = from;
        int n = picture.rgb.length;
        if (nearness.length < n) {
            nearness = new double[n];
            mixed = new int[n];
        }
        Arrays.fill(nearness, 0, n, from.orthographic() ? Double.NEGATIVE_INFINITY : 0);
        Arrays.fill(mixed, 0, n, 0);
        // a light that is a little beside the zenith, so that upright faces differ
        double[] mat = from.mat();
        for (int i = 0; i < 3; i++) {
            above[i] = 0.36 * mat[i] + 0.24 * mat[3 + i] + 0.9 * mat[6 + i];
        }
    }

    void geom(int number, float[] rgba, int at) {
        geom = number;
        red = 255 * rgba[at];
        green = 255 * rgba[at + 1];
        blue = 255 * rgba[at + 2];
        alpha = Math.min(1, rgba[at + 3]);
    }

    /** Corners i, j, k: position and normal at {@code 6 i ..}; all beyond the near plane. */
    void triangle(double[] p, int i, int j, int k) {
        int a = 6 * i;
        int b = 6 * j;
        int c = 6 * k;
        boolean flat = view.orthographic();
        double za = flat ? p[a + 2] : -1 / p[a + 2];
        double zb = flat ? p[b + 2] : -1 / p[b + 2];
        double zc = flat ? p[c + 2] : -1 / p[c + 2];
        double sa = flat ? 1 : za;
        double sb = flat ? 1 : zb;
        double sc = flat ? 1 : zc;
        double ax = view.cx() + view.fx() * p[a] * sa;
        double ay = view.cy() - view.fy() * p[a + 1] * sa;
        double bx = view.cx() + view.fx() * p[b] * sb;
        double by = view.cy() - view.fy() * p[b + 1] * sb;
        double cx = view.cx() + view.fx() * p[c] * sc;
        double cy = view.cy() - view.fy() * p[c + 1] * sc;
        double area = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);
        // rows go downward: what faces the eye runs clockwise, its area is negative
        if (!(area < 0)) {
            return;
        }
        int left = first(Math.min(ax, Math.min(bx, cx)), out.width);
        int right = first(Math.max(ax, Math.max(bx, cx)), out.width);
        int top = first(Math.min(ay, Math.min(by, cy)), out.height);
        int bottom = first(Math.max(ay, Math.max(by, cy)), out.height);
        double inv = 1 / area;
        double dax = -(cy - by) * inv;
        double dbx = -(ay - cy) * inv;
        double dcx = -(by - ay) * inv;
        for (int row = top; row < bottom; row++) {
            double y = row + 0.5;
            double x = left + 0.5;
            double wa = ((cx - bx) * (y - by) - (cy - by) * (x - bx)) * inv;
            double wb = ((ax - cx) * (y - cy) - (ay - cy) * (x - cx)) * inv;
            double wc = ((bx - ax) * (y - ay) - (by - ay) * (x - ax)) * inv;
            int at = row * out.width + left;
            for (int n = 0; n < right - left; n++, at++) {
                double u = wa + n * dax;
                double v = wb + n * dbx;
                double w = wc + n * dcx;
                if (u >= 0 && v >= 0 && w >= 0) {
                    double z = u * za + v * zb + w * zc;
                    if (z > nearness[at]) {
                        shade(at, z, p, a, u * sa, b, v * sb, c, w * sc);
                    }
                }
            }
        }
    }

    /** The first pixel whose middle is not before x, within the picture. */
    private static int first(double x, int size) {
        double f = Math.ceil(x - 0.5);
        return f <= 0 ? 0 : f >= size ? size : (int) f;
    }

    private void shade(
            int at, double z, double[] p, int a, double u, int b, double v, int c, double w) {
        double nx = u * p[a + 3] + v * p[b + 3] + w * p[c + 3];
        double ny = u * p[a + 4] + v * p[b + 4] + w * p[c + 4];
        double nz = u * p[a + 5] + v * p[b + 5] + w * p[c + 5];
        double norm = Math.sqrt(nx * nx + ny * ny + nz * nz);
        double light = 1;
        if (norm > 0) {
            double up = nx * above[0] + ny * above[1] + nz * above[2];
            light =
                    AMBIENT
                            + FROM_CAMERA * Math.max(0, nz / norm)
                            + FROM_ABOVE * Math.max(0, up / norm);
        }
        if (alpha < 1) {
            if (mixed[at] != geom + 1) {
                mixed[at] = geom + 1;
                int old = out.rgb[at];
                out.rgb[at] =
                        mix(old >> 16 & 255, red * light) << 16
                                | mix(old >> 8 & 255, green * light) << 8
                                | mix(old & 255, blue * light);
            }
            return;
        }
        nearness[at] = z;
        out.depth[at] = (float) (view.orthographic() ? -z : 1 / z);
        out.geom[at] = geom;
        out.rgb[at] = level(red * light) << 16 | level(green * light) << 8 | level(blue * light);
    }

    private int mix(int old, double fresh) {
        return level((1 - alpha) * old + alpha * fresh);
    }

    private static int level(double x) {
        return (int) Math.min(255, Math.max(0, x + 0.5));
    }
}
