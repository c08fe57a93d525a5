package org.openkaiwu.collision;

/**
 * Where a ray {@code p + t v}, t &ge; 0, first meets the surface of a primitive, all in the frame
 * of the shape. The meaning of a hit is MuJoCo's: from inside a solid the far side is met; a plane
 * is met from its front only and, where it has sizes, within its rectangle.
 */
final class RayShapes {
    private static final double MINVAL = Solid.MINVAL;

    /** Outward normal at the last hit, in the frame of the shape. */
    double nx;

    double ny;
    double nz;

    private double near;
    private double far;

    /** Parameter of the first hit, or -1. */
    double hit(
            int type,
            double sx,
            double sy,
            double sz,
            double px,
            double py,
            double pz,
            double vx,
            double vy,
            double vz) {
        return switch (type) {
            case Solid.PLANE -> plane(sx, sy, px, py, pz, vx, vy, vz);
            case Solid.SPHERE -> ellipsoid(sx, sx, sx, px, py, pz, vx, vy, vz);
            case Solid.ELLIPSOID -> ellipsoid(sx, sy, sz, px, py, pz, vx, vy, vz);
            case Solid.CAPSULE -> capsule(sx, sy, px, py, pz, vx, vy, vz);
            case Solid.CYLINDER -> cylinder(sx, sy, px, py, pz, vx, vy, vz);
            case Solid.BOX -> box(sx, sy, sz, px, py, pz, vx, vy, vz);
            default -> -1;
        };
    }

    /** Roots of {@code a t^2 + 2 b t + c}; returns the smallest that is not negative, or -1. */
    private double roots(double a, double b, double c) {
        double det = b * b - a * c;
        if (!(det >= 0) || a < MINVAL) {
            near = -1;
            far = -1;
            return -1;
        }
        double root = Math.sqrt(det);
        near = (-b - root) / a;
        far = (-b + root) / a;
        return near >= 0 ? near : far >= 0 ? far : -1;
    }

    private void normal(double x, double y, double z) {
        double len = Math.sqrt(x * x + y * y + z * z);
        double s = len < MINVAL ? 0 : 1 / len;
        nx = x * s;
        ny = y * s;
        nz = z * s;
    }

    private double plane(
            double sx,
            double sy,
            double px,
            double py,
            double pz,
            double vx,
            double vy,
            double vz) {
        if (!(vz <= -MINVAL)) {
            return -1;
        }
        double t = -pz / vz;
        boolean inside =
                (sx <= 0 || Math.abs(px + t * vx) <= sx)
                        && (sy <= 0 || Math.abs(py + t * vy) <= sy);
        if (!(t >= 0) || !inside) {
            return -1;
        }
        nx = 0;
        ny = 0;
        nz = 1;
        return t;
    }

    private double ellipsoid(
            double sx,
            double sy,
            double sz,
            double px,
            double py,
            double pz,
            double vx,
            double vy,
            double vz) {
        boolean ball = sx == sy && sy == sz;
        double ax = ball ? 1 : 1 / (sx * sx);
        double ay = ball ? 1 : 1 / (sy * sy);
        double az = ball ? 1 : 1 / (sz * sz);
        double a = ax * vx * vx + ay * vy * vy + az * vz * vz;
        double b = ax * vx * px + ay * vy * py + az * vz * pz;
        double c = ax * px * px + ay * py * py + az * pz * pz - (ball ? sx * sx : 1);
        double t = roots(a, b, c);
        if (t >= 0) {
            normal(ax * (px + t * vx), ay * (py + t * vy), az * (pz + t * vz));
        }
        return t;
    }

    private double capsule(
            double r, double h, double px, double py, double pz, double vx, double vy, double vz) {
        double best = -1;
        double mid = 0;
        double t = roots(vx * vx + vy * vy, vx * px + vy * py, px * px + py * py - r * r);
        if (t >= 0 && Math.abs(pz + t * vz) <= h) {
            best = t;
            mid = pz + t * vz;
        }
        for (int s = 1; s >= -1; s -= 2) {
            double z = pz - s * h;
            roots(
                    vx * vx + vy * vy + vz * vz,
                    vx * px + vy * py + vz * z,
                    px * px + py * py + z * z - r * r);
            for (int k = 0; k < 2; k++) {
                t = k == 0 ? near : far;
                if (t >= 0 && s * (pz + t * vz) >= h && (best < 0 || t < best)) {
                    best = t;
                    mid = s * h;
                }
            }
        }
        if (best >= 0) {
            normal(px + best * vx, py + best * vy, pz + best * vz - mid);
        }
        return best;
    }

    private double cylinder(
            double r, double h, double px, double py, double pz, double vx, double vy, double vz) {
        double best = -1;
        int cap = 0;
        if (Math.abs(vz) > MINVAL) {
            for (int s = -1; s <= 1; s += 2) {
                double t = (s * h - pz) / vz;
                double x = px + t * vx;
                double y = py + t * vy;
                if (t >= 0 && x * x + y * y <= r * r && (best < 0 || t < best)) {
                    best = t;
                    cap = s;
                }
            }
        }
        double t = roots(vx * vx + vy * vy, vx * px + vy * py, px * px + py * py - r * r);
        if (t >= 0 && Math.abs(pz + t * vz) <= h && (best < 0 || t < best)) {
            best = t;
            cap = 0;
        }
        if (best >= 0 && cap == 0) {
            normal(px + best * vx, py + best * vy, 0);
        } else if (best >= 0) {
            normal(0, 0, cap);
        }
        return best;
    }

    private double box(
            double sx,
            double sy,
            double sz,
            double px,
            double py,
            double pz,
            double vx,
            double vy,
            double vz) {
        double best = -1;
        for (int axis = 0; axis < 3; axis++) {
            double v = axis == 0 ? vx : axis == 1 ? vy : vz;
            if (!(Math.abs(v) > MINVAL)) {
                continue;
            }
            double p = axis == 0 ? px : axis == 1 ? py : pz;
            double s = axis == 0 ? sx : axis == 1 ? sy : sz;
            for (int side = -1; side <= 1; side += 2) {
                double t = (side * s - p) / v;
                boolean in =
                        t >= 0
                                && (axis == 0 || Math.abs(px + t * vx) <= sx)
                                && (axis == 1 || Math.abs(py + t * vy) <= sy)
                                && (axis == 2 || Math.abs(pz + t * vz) <= sz);
                if (in && (best < 0 || t < best)) {
                    best = t;
                    nx = axis == 0 ? side : 0;
                    ny = axis == 1 ? side : 0;
                    nz = axis == 2 ? side : 0;
                }
            }
        }
        return best;
    }

    /**
     * A triangle, met from either side (Möller and Trumbore, "Fast, minimum storage ray/triangle
     * intersection", 1997). {@code v} holds the corners at i, j, k.
     */
    double triangle(
            double[] w,
            int i,
            int j,
            int k,
            double px,
            double py,
            double pz,
            double vx,
            double vy,
            double vz) {
        double ex = w[j] - w[i];
        double ey = w[j + 1] - w[i + 1];
        double ez = w[j + 2] - w[i + 2];
        double fx = w[k] - w[i];
        double fy = w[k + 1] - w[i + 1];
        double fz = w[k + 2] - w[i + 2];
        double qx = vy * fz - vz * fy;
        double qy = vz * fx - vx * fz;
        double qz = vx * fy - vy * fx;
        double det = ex * qx + ey * qy + ez * qz;
        if (!(Math.abs(det) >= MINVAL * MINVAL)) {
            return -1;
        }
        double inv = 1 / det;
        double dx = px - w[i];
        double dy = py - w[i + 1];
        double dz = pz - w[i + 2];
        double u = (dx * qx + dy * qy + dz * qz) * inv;
        if (!(u >= 0 && u <= 1)) {
            return -1;
        }
        double rx = dy * ez - dz * ey;
        double ry = dz * ex - dx * ez;
        double rz = dx * ey - dy * ex;
        double s = (vx * rx + vy * ry + vz * rz) * inv;
        if (!(s >= 0 && u + s <= 1)) {
            return -1;
        }
        return (fx * rx + fy * ry + fz * rz) * inv;
    }

    /** Makes the normal that of a counter-clockwise triangle. */
    void triangleNormal(double[] w, int i, int j, int k) {
        double ex = w[j] - w[i];
        double ey = w[j + 1] - w[i + 1];
        double ez = w[j + 2] - w[i + 2];
        double fx = w[k] - w[i];
        double fy = w[k + 1] - w[i + 1];
        double fz = w[k + 2] - w[i + 2];
        normal(ey * fz - ez * fy, ez * fx - ex * fz, ex * fy - ey * fx);
    }
}
