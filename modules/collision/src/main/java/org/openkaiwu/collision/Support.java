package org.openkaiwu.collision;

/**
 * The farthest point of a convex shape along a direction, in the world. A margin inflates the shape
 * by half of it. For boxes and meshes the corner is remembered, as a mark of the feature and as the
 * start of the next search.
 */
final class Support {
    /** What of the shape counts. */
    enum Core {
        /** All of it. */
        WHOLE,
        /** A sphere as its centre, a capsule as its segment. */
        SKELETON,
        /** The prism of a height-field cell. */
        PRISM
    }

    private static final double MINVAL2 = Solid.MINVAL * Solid.MINVAL;

    Solid s;
    Core core = Core.WHOLE;
    double margin;

    /** Box: bits of the corner; mesh: corner of the hull; cylinder: 1 top, 0 bottom; else -1. */
    int corner;

    /** The point. */
    double x;

    double y;
    double z;

    /** Corners of a prism: three below, three above. */
    final double[] prism = new double[18];

    void set(Solid solid, double inflate) {
        s = solid;
        core = Core.WHOLE;
        margin = inflate;
        corner = -1;
    }

    /** Faces are flat and the shape is not inflated. */
    boolean discrete() {
        return margin == 0 && (core == Core.PRISM || s.type == Solid.MESH || s.type == Solid.BOX);
    }

    double centreX() {
        return core == Core.PRISM ? mean(0) : s.x;
    }

    double centreY() {
        return core == Core.PRISM ? mean(1) : s.y;
    }

    double centreZ() {
        return core == Core.PRISM ? mean(2) : s.z;
    }

    private double mean(int k) {
        double sum = 0;
        for (int i = k; i < 18; i += 3) {
            sum += prism[i];
        }
        return sum * (1.0 / 6.0);
    }

    /** Finds the point along the unit direction d. */
    void at(double dx, double dy, double dz) {
        if (core == Core.PRISM) {
            prismAt(dx, dy, dz);
        } else if (core == Core.SKELETON && s.type == Solid.SPHERE) {
            x = s.x;
            y = s.y;
            z = s.z;
        } else if (core == Core.SKELETON && s.type == Solid.CAPSULE) {
            double h = s.r02 * dx + s.r12 * dy + s.r22 * dz >= 0 ? s.sy : -s.sy;
            x = s.r02 * h + s.x;
            y = s.r12 * h + s.y;
            z = s.r22 * h + s.z;
        } else if (s.type == Solid.SPHERE) {
            x = s.sx * dx + s.x;
            y = s.sx * dy + s.y;
            z = s.sx * dz + s.z;
        } else {
            local(
                    s.r00 * dx + s.r10 * dy + s.r20 * dz,
                    s.r01 * dx + s.r11 * dy + s.r21 * dz,
                    s.r02 * dx + s.r12 * dy + s.r22 * dz);
        }
        if (margin > 0) {
            double h = 0.5 * margin;
            x += dx * h;
            y += dy * h;
            z += dz * h;
        }
    }

    private void local(double lx, double ly, double lz) {
        double px;
        double py;
        double pz;
        switch (s.type) {
            case Solid.CAPSULE -> {
                px = lx * s.sx;
                py = ly * s.sx;
                pz = lz * s.sx + (lz >= 0 ? s.sy : -s.sy);
            }
            case Solid.ELLIPSOID -> {
                px = lx * s.sx;
                py = ly * s.sy;
                pz = lz * s.sz;
                double n2 = px * px + py * py + pz * pz;
                if (n2 < MINVAL2) {
                    px = s.sx;
                    py = 0;
                    pz = 0;
                } else {
                    double inv = 1 / Math.sqrt(n2);
                    px *= inv * s.sx;
                    py *= inv * s.sy;
                    pz *= inv * s.sz;
                }
            }
            case Solid.CYLINDER -> {
                double n2 = lx * lx + ly * ly;
                double scale = n2 >= MINVAL2 ? s.sx / Math.sqrt(n2) : 0;
                px = scale * lx;
                py = scale * ly;
                pz = lz >= 0 ? s.sy : -s.sy;
                corner = lz >= 0 ? 1 : 0;
            }
            case Solid.BOX -> {
                px = lx >= 0 ? s.sx : -s.sx;
                py = ly >= 0 ? s.sy : -s.sy;
                pz = lz >= 0 ? s.sz : -s.sz;
                corner = (px > 0 ? 1 : 0) | (py > 0 ? 2 : 0) | (pz > 0 ? 4 : 0);
            }
            default -> {
                corner = s.hull.support(lx, ly, lz, corner);
                px = s.hull.v[3 * corner];
                py = s.hull.v[3 * corner + 1];
                pz = s.hull.v[3 * corner + 2];
            }
        }
        x = s.r00 * px + s.r01 * py + s.r02 * pz + s.x;
        y = s.r10 * px + s.r11 * py + s.r12 * pz + s.y;
        z = s.r20 * px + s.r21 * py + s.r22 * pz + s.z;
    }

    private void prismAt(double dx, double dy, double dz) {
        int start = dz < 0 ? 0 : 3;
        int best = start;
        double most = prismDot(start, dx, dy, dz);
        for (int i = start + 1; i < start + 3; i++) {
            double d = prismDot(i, dx, dy, dz);
            if (d > most) {
                most = d;
                best = i;
            }
        }
        x = prism[3 * best];
        y = prism[3 * best + 1];
        z = prism[3 * best + 2];
    }

    private double prismDot(int i, double dx, double dy, double dz) {
        return prism[3 * i] * dx + prism[3 * i + 1] * dy + prism[3 * i + 2] * dz;
    }
}
