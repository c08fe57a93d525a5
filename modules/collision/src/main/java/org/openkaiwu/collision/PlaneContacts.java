package org.openkaiwu.collision;

/** A plane (z of its frame is up) against every shape; the normal is the plane's. */
final class PlaneContacts {
    private static final double MINVAL = Solid.MINVAL;

    private final Quadrilateral quad = new Quadrilateral();
    private double[] corner = new double[48];
    private double px;
    private double py;
    private double pz;

    static void sphere(Manifold out, double margin, Solid p, Solid s) {
        ball(out, margin, p, s.x, s.y, s.z, s.sx);
    }

    private static boolean ball(
            Manifold out, double margin, Solid p, double x, double y, double z, double r) {
        double d = (x - p.x) * p.r02 + (y - p.y) * p.r12 + (z - p.z) * p.r22;
        if (!(d <= margin + r)) {
            return false;
        }
        double dist = d - r;
        double h = -dist / 2 - r;
        out.add(dist, x + p.r02 * h, y + p.r12 * h, z + p.r22 * h, p.r02, p.r12, p.r22);
        return true;
    }

    /** The two end balls; the first tangent wishes to be the capsule's axis. */
    static void capsule(Manifold out, double margin, Solid p, Solid c) {
        for (int s = 1; s >= -1; s -= 2) {
            double h = s * c.sy;
            if (ball(out, margin, p, c.x + c.r02 * h, c.y + c.r12 * h, c.z + c.r22 * h, c.sx)) {
                out.setTangent(out.n - 1, c.r02, c.r12, c.r22);
            }
        }
    }

    /** Lowest point of each rim, and two more points of the nearer disk. */
    static void cylinder(Manifold out, double margin, Solid p, Solid c) {
        double nx = p.r02;
        double ny = p.r12;
        double nz = p.r22;
        double ax = c.r02;
        double ay = c.r12;
        double az = c.r22;
        double na = nx * ax + ny * ay + nz * az;
        if (na > 0) {
            ax = -ax;
            ay = -ay;
            az = -az;
            na = -na;
        }
        double d0 = (c.x - p.x) * nx + (c.y - p.y) * ny + (c.z - p.z) * nz;
        // radial direction that goes down most
        double vx = ax * na - nx;
        double vy = ay * na - ny;
        double vz = az * na - nz;
        double v2 = vx * vx + vy * vy + vz * vz;
        if (v2 >= MINVAL * MINVAL) {
            double s = c.sx / Math.sqrt(v2);
            vx *= s;
            vy *= s;
            vz *= s;
        } else {
            vx = c.r00 * c.sx;
            vy = c.r10 * c.sx;
            vz = c.r20 * c.sx;
        }
        double nv = vx * nx + vy * ny + vz * nz;
        ax *= c.sy;
        ay *= c.sy;
        az *= c.sy;
        na *= c.sy;
        double dist = d0 + na + nv;
        if (!(dist <= margin)) {
            return;
        }
        low(out, dist, p, c.x + vx + ax, c.y + vy + ay, c.z + vz + az);
        dist = d0 - na + nv;
        if (dist <= margin) {
            low(out, dist, p, c.x + vx - ax, c.y + vy - ay, c.z + vz - az);
        }
        dist = d0 + na - nv * 0.5;
        if (dist <= margin) {
            double wx = vy * az - vz * ay;
            double wy = vz * ax - vx * az;
            double wz = vx * ay - vy * ax;
            double len = Math.sqrt(wx * wx + wy * wy + wz * wz);
            double s = len < MINVAL ? 0 : c.sx * Math.sqrt(3.0) / 2 / len;
            wx *= s;
            wy *= s;
            wz *= s;
            double bx = ax - 0.5 * vx;
            double by = ay - 0.5 * vy;
            double bz = az - 0.5 * vz;
            low(out, dist, p, c.x + wx + bx, c.y + wy + by, c.z + wz + bz);
            low(out, dist, p, c.x - wx + bx, c.y - wy + by, c.z - wz + bz);
        }
    }

    /** A surface point at the given distance, moved half of it towards the plane. */
    private static void low(Manifold out, double dist, Solid p, double x, double y, double z) {
        double h = -0.5 * dist;
        out.add(dist, x + p.r02 * h, y + p.r12 * h, z + p.r22 * h, p.r02, p.r12, p.r22);
    }

    /** Corners in the lower half, at most four. */
    static void box(Manifold out, double margin, Solid p, Solid b) {
        double nx = p.r02;
        double ny = p.r12;
        double nz = p.r22;
        double d0 = (b.x - p.x) * nx + (b.y - p.y) * ny + (b.z - p.z) * nz;
        for (int i = 0; i < 8 && out.n < 4; i++) {
            double lx = (i & 1) != 0 ? b.sx : -b.sx;
            double ly = (i & 2) != 0 ? b.sy : -b.sy;
            double lz = (i & 4) != 0 ? b.sz : -b.sz;
            double x = b.r00 * lx + b.r01 * ly + b.r02 * lz;
            double y = b.r10 * lx + b.r11 * ly + b.r12 * lz;
            double z = b.r20 * lx + b.r21 * ly + b.r22 * lz;
            double h = nx * x + ny * y + nz * z;
            if (d0 + h <= margin && h <= 0) {
                low(out, d0 + h, p, x + b.x, y + b.y, z + b.z);
            }
        }
    }

    static void ellipsoid(Manifold out, double margin, Solid p, Solid e) {
        // support point against the normal: S^2 l / |S l| for the local direction l
        double lx = -(e.r00 * p.r02 + e.r10 * p.r12 + e.r20 * p.r22) * e.sx;
        double ly = -(e.r01 * p.r02 + e.r11 * p.r12 + e.r21 * p.r22) * e.sy;
        double lz = -(e.r02 * p.r02 + e.r12 * p.r12 + e.r22 * p.r22) * e.sz;
        double len = Math.sqrt(lx * lx + ly * ly + lz * lz);
        double s = len < MINVAL ? 0 : 1 / len;
        lx *= e.sx * s;
        ly *= e.sy * s;
        lz *= e.sz * s;
        double x = e.r00 * lx + e.r01 * ly + e.r02 * lz + e.x;
        double y = e.r10 * lx + e.r11 * ly + e.r12 * lz + e.y;
        double z = e.r20 * lx + e.r21 * ly + e.r22 * lz + e.z;
        double dist = (x - p.x) * p.r02 + (y - p.y) * p.r12 + (z - p.z) * p.r22;
        if (dist <= margin) {
            low(out, dist, p, x, y, z);
        }
    }

    /**
     * The lowest corner, then those corners of its most downward face that are within the margin,
     * once around; a large quadrilateral of them when there are more than four.
     */
    void mesh(Manifold out, double margin, Solid p, Solid b) {
        Hull h = b.hull;
        double dx = -(b.r00 * p.r02 + b.r10 * p.r12 + b.r20 * p.r22);
        double dy = -(b.r01 * p.r02 + b.r11 * p.r12 + b.r21 * p.r22);
        double dz = -(b.r02 * p.r02 + b.r12 * p.r12 + b.r22 * p.r22);
        int best = h.climb(dx, dy, dz, 0);
        if (!(height(p, b, best) <= margin)) {
            return;
        }
        int face = downward(h, best, dx, dy, dz);
        int m = 0;
        if (face < 0) {
            keep(m++, p, b, best);
        } else {
            int start = h.faceStart[face];
            int size = h.faceStart[face + 1] - start;
            if (corner.length < 3 * size) {
                corner = new double[3 * size];
            }
            int first = 0;
            while (h.faceVert[start + first] != best) {
                first++;
            }
            for (int i = 0; i < size; i++) {
                int v = h.faceVert[start + (first + i) % size];
                if (height(p, b, v) <= margin) {
                    keep(m++, p, b, v);
                }
            }
        }
        if (m > 4) {
            quad.pick(corner, m);
        }
        for (int i = 0; i < Math.min(m, 4); i++) {
            int o = 3 * (m > 4 ? quad.corner[i] : i);
            double x = corner[o];
            double y = corner[o + 1];
            double z = corner[o + 2];
            double dist = (x - p.x) * p.r02 + (y - p.y) * p.r12 + (z - p.z) * p.r22;
            low(out, dist, p, x, y, z);
        }
    }

    /** Of the faces at a corner the one that looks most along d; -1 when none is known. */
    private static int downward(Hull h, int corner, double dx, double dy, double dz) {
        int face = -1;
        double most = Double.NEGATIVE_INFINITY;
        double[] n = h.faceNormal;
        for (int k = h.vertFaceStart[corner]; k < h.vertFaceStart[corner + 1]; k++) {
            int f = h.vertFace[k];
            double along = n[3 * f] * dx + n[3 * f + 1] * dy + n[3 * f + 2] * dz;
            if (along > most) {
                most = along;
                face = f;
            }
        }
        return face;
    }

    private void keep(int i, Solid p, Solid b, int v) {
        height(p, b, v);
        corner[3 * i] = px;
        corner[3 * i + 1] = py;
        corner[3 * i + 2] = pz;
    }

    /** Height of a corner over the plane; its world coordinates go to px, py, pz. */
    private double height(Solid p, Solid b, int v) {
        double lx = b.hull.v[3 * v];
        double ly = b.hull.v[3 * v + 1];
        double lz = b.hull.v[3 * v + 2];
        px = b.r00 * lx + b.r01 * ly + b.r02 * lz + b.x;
        py = b.r10 * lx + b.r11 * ly + b.r12 * lz + b.y;
        pz = b.r20 * lx + b.r21 * ly + b.r22 * lz + b.z;
        return (px - p.x) * p.r02 + (py - p.y) * p.r12 + (pz - p.z) * p.r22;
    }
}
