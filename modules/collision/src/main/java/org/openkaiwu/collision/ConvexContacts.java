package org.openkaiwu.collision;

import org.openkaiwu.body.Options;
import org.openkaiwu.body.Options.Flag;

/**
 * Contacts of two convex shapes that have no closed form. Boxes and meshes without margin get the
 * points of their touching faces; of other pairs with a flat or straight side both shapes are
 * tilted a little four ways and each distinct new point is kept (MuJoCo's {@code multiccd}).
 */
final class ConvexContacts {
    /** Half the tilt of 1e-3 rad: sine and cosine. */
    private static final double SIN = StrictMath.sin(0.5e-3);

    private static final double COS = StrictMath.cos(0.5e-3);

    /** Points nearer than this share of the smaller bounding radius count as one. */
    private static final double SAME = 1e-3;

    private final Penetration ccd = new Penetration();
    private final Support p = new Support();
    private final Support q = new Support();
    private final Solid a = new Solid();
    private final Solid b = new Solid();
    private final Manifold extra = new Manifold();
    private final double[] frame = new double[9];
    private final double[] rot = new double[9];
    private boolean multi;

    void configure(Options option) {
        ccd.tolerance = option.ccdTolerance;
        ccd.maxIterations = option.ccdIterations;
        multi = !option.disabled(Flag.MULTICCD);
    }

    void collide(Manifold out, double margin, Solid s, Solid t) {
        a.copy(s);
        b.copy(t);
        p.set(a, margin);
        q.set(b, margin);
        int most = 1;
        if (!(margin > 0) && flat(a) && flat(b)) {
            most = multi ? 4 : 1;
        }
        penetrate(out, most, margin);
        if (most == 1 && multi && out.n == 1 && extended(a) && extended(b)) {
            tilt(out, margin, s, t);
        }
    }

    private static boolean flat(Solid s) {
        return s.type == Solid.BOX || s.type == Solid.MESH || s.type == Solid.CYLINDER;
    }

    private static boolean extended(Solid s) {
        return s.type != Solid.SPHERE && s.type != Solid.ELLIPSOID;
    }

    private void penetrate(Manifold out, int most, double margin) {
        if (!(ccd.run(p, q, most, 0) < 0)) {
            return;
        }
        for (int i = 0; i < ccd.n; i++) {
            add(out, ccd, i, margin);
        }
    }

    /** Adds witness pair i as a contact; its distance was measured between inflated shapes. */
    static void add(Manifold out, Penetration ccd, int i, double margin) {
        int o = 3 * i;
        double nx = ccd.x1[o] - ccd.x2[o];
        double ny = ccd.x1[o + 1] - ccd.x2[o + 1];
        double nz = ccd.x1[o + 2] - ccd.x2[o + 2];
        double len = Math.sqrt(nx * nx + ny * ny + nz * nz);
        double inv = len < Solid.MINVAL ? 0 : 1 / len;
        out.add(
                margin + ccd.dist[i],
                (ccd.x1[o] + ccd.x2[o]) * 0.5,
                (ccd.x1[o + 1] + ccd.x2[o + 1]) * 0.5,
                (ccd.x1[o + 2] + ccd.x2[o + 2]) * 0.5,
                len < Solid.MINVAL ? 1 : nx * inv,
                ny * inv,
                nz * inv);
    }

    /** Looks for more points with both shapes turned about the first, oppositely. */
    private void tilt(Manifold out, double margin, Solid s, Solid t) {
        double[] n = out.normal;
        ContactFrame.make(frame, 0, n[0], n[1], n[2], 0, 0, 0);
        double near = SAME * Math.min(s.rbound, t.rbound);
        double cx = out.pos[0];
        double cy = out.pos[1];
        double cz = out.pos[2];
        for (int turn = 0; turn < 4; turn++) {
            int o = turn < 2 ? 3 : 6;
            double sin = (turn & 1) == 0 ? -SIN : SIN;
            rotation(sin * frame[o], sin * frame[o + 1], sin * frame[o + 2]);
            a.turn(rot, false, cx, cy, cz);
            b.turn(rot, true, cx, cy, cz);
            extra.n = 0;
            penetrate(extra, 1, margin);
            a.pose(s);
            b.pose(t);
            if (extra.n > 0 && distinct(out, near)) {
                double[] e = extra.pos;
                double[] m = extra.normal;
                out.add(out.dist[0], e[0], e[1], e[2], m[0], m[1], m[2]);
            }
        }
    }

    private boolean distinct(Manifold out, double near) {
        double[] e = extra.pos;
        for (int i = 0; i < out.n; i++) {
            double dx = out.pos[3 * i] - e[0];
            double dy = out.pos[3 * i + 1] - e[1];
            double dz = out.pos[3 * i + 2] - e[2];
            if (Math.sqrt(dx * dx + dy * dy + dz * dz) <= near) {
                return false;
            }
        }
        return true;
    }

    /** Rotation matrix of the quaternion (COS, x, y, z). */
    private void rotation(double x, double y, double z) {
        double w = COS;
        rot[0] = w * w + x * x - y * y - z * z;
        rot[4] = w * w - x * x + y * y - z * z;
        rot[8] = w * w - x * x - y * y + z * z;
        rot[1] = 2 * (x * y - w * z);
        rot[2] = 2 * (x * z + w * y);
        rot[3] = 2 * (x * y + w * z);
        rot[5] = 2 * (y * z - w * x);
        rot[6] = 2 * (x * z - w * y);
        rot[7] = 2 * (y * z + w * x);
    }
}
