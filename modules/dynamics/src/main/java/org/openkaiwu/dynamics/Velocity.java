package org.openkaiwu.dynamics;

import org.openkaiwu.body.Machine;
import org.openkaiwu.math.Flat;

/** Velocities and accelerations of points fixed to bodies, from the spatial ones. */
public final class Velocity {
    private Velocity() {}

    /**
     * Velocity (angular, then linear, world axes) of the point {@code p} (world) of body b. After
     * {@link ComVel}.
     */
    public static void at(Machine m, TreeData d, int b, double[] p, int po, double[] r, int ro) {
        transform(m, d, b, d.cvel, p, po, r, ro);
    }

    /** The same in the axes of the matrix {@code mat}. */
    public static void local(
            Machine m,
            TreeData d,
            int b,
            double[] p,
            int po,
            double[] mat,
            int mo,
            double[] r,
            int ro) {
        transform(m, d, b, d.cvel, p, po, r, ro);
        Flat.mulMatTVec3(r, ro, mat, mo, r, ro);
        Flat.mulMatTVec3(r, ro + 3, mat, mo, r, ro + 3);
    }

    /**
     * Acceleration (angular, then linear with the centripetal part and gravity counted as an upward
     * acceleration) of the point {@code p} of body b, in the axes of {@code mat}. After {@link
     * Rne#internalForces}.
     */
    public static void acceleration(
            Machine m,
            TreeData d,
            int b,
            double[] p,
            int po,
            double[] mat,
            int mo,
            double[] r,
            int ro) {
        double[] v = d.scratch6;
        transform(m, d, b, d.cvel, p, po, v, 0);
        transform(m, d, b, d.cacc, p, po, r, ro);
        r[ro + 3] += v[1] * v[5] - v[2] * v[4];
        r[ro + 4] += v[2] * v[3] - v[0] * v[5];
        r[ro + 5] += v[0] * v[4] - v[1] * v[3];
        Flat.mulMatTVec3(r, ro, mat, mo, r, ro);
        Flat.mulMatTVec3(r, ro + 3, mat, mo, r, ro + 3);
    }

    private static void transform(
            Machine m, TreeData d, int b, double[] c, double[] p, int po, double[] r, int ro) {
        int o = 3 * m.bodyRootid[b];
        double x = p[po] - d.subtreeCom[o];
        double y = p[po + 1] - d.subtreeCom[o + 1];
        double z = p[po + 2] - d.subtreeCom[o + 2];
        double wx = c[6 * b];
        double wy = c[6 * b + 1];
        double wz = c[6 * b + 2];
        r[ro] = wx;
        r[ro + 1] = wy;
        r[ro + 2] = wz;
        r[ro + 3] = c[6 * b + 3] + wy * z - wz * y;
        r[ro + 4] = c[6 * b + 4] + wz * x - wx * z;
        r[ro + 5] = c[6 * b + 5] + wx * y - wy * x;
    }
}
