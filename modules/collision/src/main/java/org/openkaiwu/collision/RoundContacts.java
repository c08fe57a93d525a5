package org.openkaiwu.collision;

/**
 * Closed forms for spheres, capsules and what reduces to them: the nearest points of two segments,
 * of a point and a cylinder, of a point and a box. Points lie midway between the surfaces.
 */
final class RoundContacts {
    private static final double MINVAL = Solid.MINVAL;

    private RoundContacts() {}

    static void sphereSphere(Manifold out, double margin, Solid a, Solid b) {
        spheres(out, margin, a, a.x, a.y, a.z, a.sx, b, b.x, b.y, b.z, b.sx);
    }

    /**
     * Spheres at given centres. When the centres coincide the normal is the cross product of the z
     * axes of {@code a} and {@code b}, or x when these are parallel.
     */
    private static void spheres(
            Manifold out,
            double margin,
            Solid a,
            double ax,
            double ay,
            double az,
            double ra,
            Solid b,
            double bx,
            double by,
            double bz,
            double rb) {
        double dx = bx - ax;
        double dy = by - ay;
        double dz = bz - az;
        double d2 = dx * dx + dy * dy + dz * dz;
        double reach = margin + ra + rb;
        if (!(d2 <= reach * reach)) {
            return;
        }
        double len = Math.sqrt(d2);
        double dist = len - ra - rb;
        if (len < MINVAL) {
            dx = a.r12 * b.r22 - a.r22 * b.r12;
            dy = a.r22 * b.r02 - a.r02 * b.r22;
            dz = a.r02 * b.r12 - a.r12 * b.r02;
            len = Math.sqrt(dx * dx + dy * dy + dz * dz);
        }
        if (len < MINVAL) {
            dx = 1;
            dy = 0;
            dz = 0;
        } else {
            double s = 1 / len;
            dx *= s;
            dy *= s;
            dz *= s;
        }
        double h = ra + dist / 2;
        out.add(dist, ax + dx * h, ay + dy * h, az + dz * h, dx, dy, dz);
    }

    static void sphereCapsule(Manifold out, double margin, Solid a, Solid b) {
        double t = b.r02 * (a.x - b.x) + b.r12 * (a.y - b.y) + b.r22 * (a.z - b.z);
        t = Math.max(-b.sy, Math.min(b.sy, t));
        spheres(
                out,
                margin,
                a,
                a.x,
                a.y,
                a.z,
                a.sx,
                b,
                b.x + b.r02 * t,
                b.y + b.r12 * t,
                b.z + b.r22 * t,
                b.sx);
    }

    static void sphereCylinder(Manifold out, double margin, Solid a, Solid b) {
        double vx = a.x - b.x;
        double vy = a.y - b.y;
        double vz = a.z - b.z;
        double t = b.r02 * vx + b.r12 * vy + b.r22 * vz;
        double px = vx - b.r02 * t;
        double py = vy - b.r12 * t;
        double pz = vz - b.r22 * t;
        double p2 = px * px + py * py + pz * pz;
        boolean beside = Math.abs(t) < b.sy;
        boolean above = p2 < b.sx * b.sx;
        if (beside && above) {
            // the centre is inside: leave by the nearer surface
            boolean cap = b.sy - Math.abs(t) < b.sx - Math.sqrt(p2);
            beside = !cap;
            above = cap;
        }
        if (beside) {
            spheres(
                    out,
                    margin,
                    a,
                    a.x,
                    a.y,
                    a.z,
                    a.sx,
                    b,
                    b.x + b.r02 * t,
                    b.y + b.r12 * t,
                    b.z + b.r22 * t,
                    b.sx);
        } else if (above) {
            double s = t > 0 ? 1 : -1;
            double nx = s * b.r02;
            double ny = s * b.r12;
            double nz = s * b.r22;
            double d =
                    nx * (a.x - b.x - nx * b.sy)
                            + ny * (a.y - b.y - ny * b.sy)
                            + nz * (a.z - b.z - nz * b.sy);
            if (d <= margin + a.sx) {
                double dist = d - a.sx;
                double h = -dist / 2 - a.sx;
                out.add(dist, a.x + nx * h, a.y + ny * h, a.z + nz * h, -nx, -ny, -nz);
            }
        } else {
            double s = b.sx / Math.sqrt(p2);
            double h = t > 0 ? b.sy : -b.sy;
            spheres(
                    out,
                    margin,
                    a,
                    a.x,
                    a.y,
                    a.z,
                    a.sx,
                    b,
                    b.x + b.r02 * h + px * s,
                    b.y + b.r12 * h + py * s,
                    b.z + b.r22 * h + pz * s,
                    0);
        }
    }

    static void capsuleCapsule(Manifold out, double margin, Solid a, Solid b) {
        double ax = a.r02 * a.sy;
        double ay = a.r12 * a.sy;
        double az = a.r22 * a.sy;
        double bx = b.r02 * b.sy;
        double by = b.r12 * b.sy;
        double bz = b.r22 * b.sy;
        double dx = a.x - b.x;
        double dy = a.y - b.y;
        double dz = a.z - b.z;
        // minimize |d + t1 a - t2 b|^2 over [-1, 1]^2
        double aa = ax * ax + ay * ay + az * az;
        double ab = -(ax * bx + ay * by + az * bz);
        double bb = bx * bx + by * by + bz * bz;
        double u = -(ax * dx + ay * dy + az * dz);
        double v = bx * dx + by * dy + bz * dz;
        double det = aa * bb - ab * ab;
        if (Math.abs(det) >= MINVAL) {
            double t1 = (bb * u - ab * v) / det;
            double t2 = (aa * v - ab * u) / det;
            if (t1 > 1) {
                t1 = 1;
                t2 = (v - ab) / bb;
            } else if (t1 < -1) {
                t1 = -1;
                t2 = (v + ab) / bb;
            }
            if (t2 > 1) {
                t2 = 1;
                t1 = clip1((u - ab) / aa);
            } else if (t2 < -1) {
                t2 = -1;
                t1 = clip1((u + ab) / aa);
            }
            segments(out, margin, a, t1, b, t2);
            return;
        }
        // parallel: the ends of each over the other, at most two points
        segments(out, margin, a, 1, b, clip1((v - ab) / bb));
        segments(out, margin, a, -1, b, clip1((v + ab) / bb));
        if (out.n < 2) {
            segments(out, margin, a, clip1((u - ab) / aa), b, 1);
        }
        if (out.n < 2) {
            segments(out, margin, a, clip1((u + ab) / aa), b, -1);
        }
    }

    /** Clips to [-1, 1]; the quotient of a segment without length counts as its middle. */
    private static double clip1(double t) {
        return t > 1 ? 1 : t < -1 ? -1 : Double.isNaN(t) ? 0 : t;
    }

    private static void segments(
            Manifold out, double margin, Solid a, double t, Solid b, double s) {
        double la = a.sy * t;
        double lb = b.sy * s;
        spheres(
                out,
                margin,
                a,
                a.x + a.r02 * la,
                a.y + a.r12 * la,
                a.z + a.r22 * la,
                a.sx,
                b,
                b.x + b.r02 * lb,
                b.y + b.r12 * lb,
                b.z + b.r22 * lb,
                b.sx);
    }

    static void sphereBox(Manifold out, double margin, Solid a, Solid b) {
        pointBox(out, margin, a.sx, a.x, a.y, a.z, b);
    }

    /** A sphere of the given radius and centre against a box. */
    static void pointBox(
            Manifold out, double margin, double radius, double wx, double wy, double wz, Solid b) {
        double vx = wx - b.x;
        double vy = wy - b.y;
        double vz = wz - b.z;
        double cx = b.r00 * vx + b.r10 * vy + b.r20 * vz;
        double cy = b.r01 * vx + b.r11 * vy + b.r21 * vz;
        double cz = b.r02 * vx + b.r12 * vy + b.r22 * vz;
        double qx = clip(cx, b.sx);
        double qy = clip(cy, b.sy);
        double qz = clip(cz, b.sz);
        double nx = qx - cx;
        double ny = qy - cy;
        double nz = qz - cz;
        double dist = Math.sqrt(nx * nx + ny * ny + nz * nz);
        if (!(dist - radius <= margin)) {
            return;
        }
        double px;
        double py;
        double pz;
        if (dist <= MINVAL) {
            // centre inside: leave through the nearest face, -x first among equals
            double best = 2 * (b.sx + b.sy + b.sz);
            int face = 0;
            for (int i = 0; i < 6; i++) {
                double c = i < 2 ? cx : i < 4 ? cy : cz;
                double d = Math.abs((i & 1) == 0 ? b.size(i >> 1) + c : b.size(i >> 1) - c);
                if (best > d) {
                    best = d;
                    face = i;
                }
            }
            double s = (face & 1) == 0 ? 1 : -1;
            nx = face >> 1 == 0 ? s : 0;
            ny = face >> 1 == 1 ? s : 0;
            nz = face >> 1 == 2 ? s : 0;
            double h = (radius - best) / 2;
            px = cx + nx * h;
            py = cy + ny * h;
            pz = cz + nz * h;
            dist = -best;
        } else {
            double s = 1 / dist;
            nx *= s;
            ny *= s;
            nz *= s;
            px = 0.5 * qx + 0.5 * (cx + nx * radius);
            py = 0.5 * qy + 0.5 * (cy + ny * radius);
            pz = 0.5 * qz + 0.5 * (cz + nz * radius);
        }
        out.add(
                dist - radius,
                b.r00 * px + b.r01 * py + b.r02 * pz + b.x,
                b.r10 * px + b.r11 * py + b.r12 * pz + b.y,
                b.r20 * px + b.r21 * py + b.r22 * pz + b.z,
                b.r00 * nx + b.r01 * ny + b.r02 * nz,
                b.r10 * nx + b.r11 * ny + b.r12 * nz,
                b.r20 * nx + b.r21 * ny + b.r22 * nz);
    }

    private static double clip(double v, double limit) {
        return limit > 0 ? Math.max(-limit, Math.min(limit, v)) : v;
    }
}
