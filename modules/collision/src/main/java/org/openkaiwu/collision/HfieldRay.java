package org.openkaiwu.collision;

import org.openkaiwu.body.HfieldAsset;

/** Rays against a height field: its surface triangles, its four side walls and its base box. */
final class HfieldRay {
    private final double[] corner = new double[12];

    /** First hit, or -1, in the frame of the field; the normal goes to {@code shapes}. */
    double hit(
            RayShapes shapes,
            HfieldAsset f,
            double px,
            double py,
            double pz,
            double vx,
            double vy,
            double vz) {
        double sx = f.size()[0];
        double sy = f.size()[1];
        double top = f.size()[2];
        double base = f.size()[3];
        double best = shapes.hit(Solid.BOX, sx, sy, base / 2, px, py, pz + base / 2, vx, vy, vz);
        double nx = shapes.nx;
        double ny = shapes.ny;
        double nz = shapes.nz;
        // part of the ray inside the box that holds all heights
        double t0 = 0;
        double t1 = Double.POSITIVE_INFINITY;
        for (int k = 0; k < 3; k++) {
            double p = k == 0 ? px : k == 1 ? py : pz;
            double v = k == 0 ? vx : k == 1 ? vy : vz;
            double lo = k == 0 ? -sx : k == 1 ? -sy : 0;
            double hi = k == 0 ? sx : k == 1 ? sy : top;
            if (Math.abs(v) > Solid.MINVAL) {
                double a = (lo - p) / v;
                double b = (hi - p) / v;
                t0 = Math.max(t0, Math.min(a, b));
                t1 = Math.min(t1, Math.max(a, b));
            } else if (p < lo || p > hi) {
                t1 = -1;
            }
        }
        if (t0 <= t1 && t1 < Double.POSITIVE_INFINITY) {
            double t = surface(shapes, f, t0, t1, px, py, pz, vx, vy, vz);
            if (t >= 0 && (best < 0 || t < best)) {
                best = t;
                nx = shapes.nx;
                ny = shapes.ny;
                nz = shapes.nz;
            }
            for (int wall = 0; wall < 4; wall++) {
                t = wall(f, wall, px, py, pz, vx, vy, vz);
                if (t >= 0 && (best < 0 || t < best)) {
                    best = t;
                    nx = wall == 0 ? -1 : wall == 1 ? 1 : 0;
                    ny = wall == 2 ? -1 : wall == 3 ? 1 : 0;
                    nz = 0;
                }
            }
        }
        shapes.nx = nx;
        shapes.ny = ny;
        shapes.nz = nz;
        return best;
    }

    /** Triangles under the ray between t0 and t1, column by column. */
    private double surface(
            RayShapes shapes,
            HfieldAsset f,
            double t0,
            double t1,
            double px,
            double py,
            double pz,
            double vx,
            double vy,
            double vz) {
        int ncol = f.ncol();
        int nrow = f.nrow();
        double dx = 2 * f.size()[0] / (ncol - 1);
        double dy = 2 * f.size()[1] / (nrow - 1);
        double x0 = (px + t0 * vx + f.size()[0]) / dx;
        double x1 = (px + t1 * vx + f.size()[0]) / dx;
        double y0 = (py + t0 * vy + f.size()[1]) / dy;
        double y1 = (py + t1 * vy + f.size()[1]) / dy;
        int cmin = Math.max(0, (int) Math.floor(Math.min(x0, x1)) - 1);
        int cmax = Math.min(ncol - 1, (int) Math.ceil(Math.max(x0, x1)) + 1);
        double best = -1;
        for (int c = cmin; c < cmax; c++) {
            double ya = y0;
            double yb = y1;
            if (Math.abs(x1 - x0) > 1e-9) {
                double s0 = (c - 1 - x0) / (x1 - x0);
                double s1 = (c + 2 - x0) / (x1 - x0);
                ya = y0 + (y1 - y0) * Math.max(0, Math.min(1, Math.min(s0, s1)));
                yb = y0 + (y1 - y0) * Math.max(0, Math.min(1, Math.max(s0, s1)));
            }
            int rmin = Math.max(0, (int) Math.floor(Math.min(ya, yb)) - 1);
            int rmax = Math.min(nrow - 1, (int) Math.ceil(Math.max(ya, yb)) + 1);
            for (int r = rmin; r < rmax; r++) {
                corners(f, r, c, dx, dy);
                for (int half = 0; half < 2; half++) {
                    int j = half == 0 ? 3 : 6;
                    double t = shapes.triangle(corner, 0, j, j + 3, px, py, pz, vx, vy, vz);
                    if (t >= 0 && (best < 0 || t < best)) {
                        best = t;
                        shapes.triangleNormal(corner, 0, j, j + 3);
                    }
                }
            }
        }
        return best;
    }

    /** Corners of a cell, counter-clockwise from above, starting at its lowest indices. */
    private void corners(HfieldAsset f, int r, int c, double dx, double dy) {
        for (int k = 0; k < 4; k++) {
            int rr = k >= 2 ? r + 1 : r;
            int cc = k == 1 || k == 2 ? c + 1 : c;
            corner[3 * k] = dx * cc - f.size()[0];
            corner[3 * k + 1] = dy * rr - f.size()[1];
            corner[3 * k + 2] = f.data()[rr * f.ncol() + cc] * f.size()[2];
        }
    }

    /** A side of the field below the outline of its heights; walls are -x, x, -y, y. */
    private static double wall(
            HfieldAsset f,
            int wall,
            double px,
            double py,
            double pz,
            double vx,
            double vy,
            double vz) {
        boolean alongX = wall < 2;
        double side = (wall & 1) == 0 ? -1 : 1;
        double v = alongX ? vx : vy;
        if (!(Math.abs(v) > Solid.MINVAL)) {
            return -1;
        }
        double t = (side * f.size()[alongX ? 0 : 1] - (alongX ? px : py)) / v;
        double z = pz + t * vz;
        double q = alongX ? py + t * vy : px + t * vx;
        double half = f.size()[alongX ? 1 : 0];
        if (!(t >= 0 && Math.abs(q) <= half && z >= 0 && z <= f.size()[2])) {
            return -1;
        }
        int n = alongX ? f.nrow() : f.ncol();
        double u = (q + half) / (2 * half / (n - 1));
        int i = Math.max(0, Math.min(n - 2, (int) Math.floor(u)));
        int last = (wall & 1) == 0 ? 0 : alongX ? f.ncol() - 1 : f.nrow() - 1;
        double h0 = f.data()[alongX ? i * f.ncol() + last : last * f.ncol() + i];
        double h1 = f.data()[alongX ? (i + 1) * f.ncol() + last : last * f.ncol() + i + 1];
        return z / f.size()[2] < h0 * (i + 1 - u) + h1 * (u - i) ? t : -1;
    }
}
