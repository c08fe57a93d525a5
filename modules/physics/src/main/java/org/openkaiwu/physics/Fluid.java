package org.openkaiwu.physics;

import org.openkaiwu.body.Machine;
import org.openkaiwu.dynamics.Jacobian;
import org.openkaiwu.dynamics.TreeData;
import org.openkaiwu.dynamics.Velocity;
import org.openkaiwu.math.Flat;

/**
 * Forces of a resting or windy fluid: on the box of equal inertia of each body, or on the
 * ellipsoids of the geoms that ask for it (equations: MuJoCo documentation, chapter Computation,
 * section Passive forces).
 */
final class Fluid {
    private static final double TINY = 1e-15;

    /** Places in {@code geomFluid}. */
    static final int BLUNT = 1;

    static final int SLENDER = 2;
    static final int ANGULAR = 3;
    static final int KUTTA = 4;
    static final int MAGNUS = 5;
    static final int MASS = 6;
    static final int INERTIA = 9;

    private Fluid() {}

    static void run(World w) {
        Machine m = w.machine;
        for (int b = 1; b < m.nbody; b++) {
            if (m.bodyMass[b] < TINY || w.tree.tree.bodyLastDof[b] < 0) {
                continue;
            }
            if (ellipsoids(m, b)) {
                for (int k = 0; k < m.bodyGeomnum[b]; k++) {
                    int g = m.bodyGeomadr[b] + k;
                    if (m.geomFluid[12 * g] != 0) {
                        ellipsoid(w, b, g);
                    }
                }
            } else {
                box(w, b);
            }
        }
    }

    /** A geom of the body asks for the ellipsoid model. */
    static boolean ellipsoids(Machine m, int b) {
        for (int k = 0; k < m.bodyGeomnum[b]; k++) {
            if (m.geomFluid[12 * (m.bodyGeomadr[b] + k)] > 0) {
                return true;
            }
        }
        return false;
    }

    /** Velocity relative to the fluid, in the given axes: angular, linear to {@code r[0..5]}. */
    static void relativeVelocity(
            World w, int b, double[] pos, int po, double[] mat, int mo, double[] r) {
        TreeData d = w.tree;
        Velocity.at(w.machine, d, b, pos, po, r, 0);
        double[] wind = w.machine.option.wind;
        r[3] -= wind[0];
        r[4] -= wind[1];
        r[5] -= wind[2];
        Flat.mulMatTVec3(r, 0, mat, mo, r, 0);
        Flat.mulMatTVec3(r, 3, mat, mo, r, 3);
    }

    /** Sides of the box with the body's mass and inertia, to {@code r[ro..ro+2]}. */
    static void inertiaBox(Machine m, int b, double[] r, int ro) {
        double[] i = m.bodyInertia;
        double mass = m.bodyMass[b];
        for (int c = 0; c < 3; c++) {
            double sum = i[3 * b] + i[3 * b + 1] + i[3 * b + 2] - 2 * i[3 * b + c];
            r[ro + c] = Math.sqrt(Math.max(TINY, sum) / mass * 6);
        }
    }

    private static void box(World w, int b) {
        Machine m = w.machine;
        TreeData d = w.tree;
        double[] s = w.scratch;
        double density = m.option.density;
        double viscosity = m.option.viscosity;
        // 0: velocity, 6: force (torque first), 12: box
        relativeVelocity(w, b, d.xipos, 3 * b, d.ximat, 9 * b, s);
        inertiaBox(m, b, s, 12);
        double diam = (s[12] + s[13] + s[14]) / 3;
        double angular = viscosity > 0 ? -Math.PI * diam * diam * diam * viscosity : 0;
        double linear = viscosity > 0 ? -3 * Math.PI * diam * viscosity : 0;
        for (int c = 0; c < 3; c++) {
            double x = s[12 + c];
            double y = s[12 + (c + 1) % 3];
            double z = s[12 + (c + 2) % 3];
            s[6 + c] = angular * s[c];
            s[9 + c] = linear * s[3 + c];
            if (density > 0) {
                s[9 + c] -= 0.5 * density * y * z * Math.abs(s[3 + c]) * s[3 + c];
                s[6 + c] -=
                        density * x * (y * y * y * y + z * z * z * z) * Math.abs(s[c]) * s[c] / 64;
            }
        }
        apply(w, b, d.ximat, 9 * b, d.xipos, 3 * b, s);
    }

    private static void apply(
            World w, int b, double[] mat, int mo, double[] pos, int po, double[] s) {
        Flat.mulMatVec3(s, 6, mat, mo, s, 6);
        Flat.mulMatVec3(s, 9, mat, mo, s, 9);
        Jacobian.applyForce(w.machine, w.tree, b, s, 9, s, 6, pos, po, w.qfrcFluid);
    }

    /** Half axes of the geom's ellipsoid, to {@code r[ro..ro+2]}. */
    static void semiAxes(Machine m, int g, double[] r, int ro) {
        double x = m.geomSize[3 * g];
        switch (m.geomType[g]) {
            case 2 -> Flat.set3(r, ro, x, x, x);
            case 3 -> Flat.set3(r, ro, x, x, m.geomSize[3 * g + 1] + x);
            case 5 -> Flat.set3(r, ro, x, x, m.geomSize[3 * g + 1]);
            default -> Flat.set3(r, ro, x, m.geomSize[3 * g + 1], m.geomSize[3 * g + 2]);
        }
    }

    private static void ellipsoid(World w, int b, int g) {
        Machine m = w.machine;
        TreeData d = w.tree;
        double[] s = w.scratch;
        double density = m.option.density;
        // 0: velocity, 6: force (torque first), 12: half axes, 15: linear, 18: angular momentum
        relativeVelocity(w, b, d.geomXpos, 3 * g, d.geomXmat, 9 * g, s);
        semiAxes(m, g, s, 12);
        double[] coef = m.geomFluid;
        for (int c = 0; c < 3; c++) {
            s[15 + c] = density * coef[12 * g + MASS + c] * s[3 + c];
            s[18 + c] = density * coef[12 * g + INERTIA + c] * s[c];
        }
        // momentum of the fluid that moves along
        for (int c = 0; c < 3; c++) {
            int i = (c + 1) % 3;
            int j = (c + 2) % 3;
            s[6 + c] =
                    s[15 + i] * s[3 + j]
                            - s[15 + j] * s[3 + i]
                            + (s[18 + i] * s[j] - s[18 + j] * s[i]);
            s[9 + c] = s[15 + i] * s[j] - s[15 + j] * s[i];
        }
        viscous(m, g, s, density, m.option.viscosity);
        double scale = coef[12 * g];
        for (int c = 6; c < 12; c++) {
            s[c] *= scale;
        }
        apply(w, b, d.geomXmat, 9 * g, d.geomXpos, 3 * g, s);
    }

    /** Adds lift and drag to {@code s[6..11]}. */
    private static void viscous(Machine m, int g, double[] s, double density, double viscosity) {
        double[] coef = m.geomFluid;
        int k = 12 * g;
        double a = s[12];
        double b = s[13];
        double c = s[14];
        double wx = s[0];
        double wy = s[1];
        double wz = s[2];
        double x = s[3];
        double y = s[4];
        double z = s[5];
        double volume = 4.0 / 3.0 * Math.PI * a * b * c;
        double max = Math.max(Math.max(a, b), c);
        double min = Math.min(Math.min(a, b), c);
        double mid = a + b + c - max - min;
        double largest = Math.PI * max * mid;
        double speed = Math.sqrt(x * x + y * y + z * z);
        // lift by rotation (Magnus)
        double magnus = coef[k + MAGNUS] * density * volume;
        s[9] += (wy * z - wz * y) * magnus;
        s[10] += (wz * x - wx * z) * magnus;
        s[11] += (wx * y - wy * x) * magnus;
        // area seen along the velocity
        double bc = b * b * (c * c);
        double ca = c * c * (a * a);
        double ab = a * a * (b * b);
        double denom = bc * bc * x * x + ca * ca * y * y + ab * ab * z * z;
        double num = bc * x * x + ca * y * y + ab * z * z;
        double area = num > 0 ? Math.PI * Math.sqrt(denom / num) : 0;
        double cos = speed * denom > 0 ? num / (speed * denom) : 0;
        // lift by circulation (Kutta-Joukowski)
        double kutta = coef[k + KUTTA] * density * cos * area;
        double nx = bc * x;
        double ny = ca * y;
        double nz = ab * z;
        double cx = (ny * z - nz * y) * kutta;
        double cy = (nz * x - nx * z) * kutta;
        double cz = (nx * y - ny * x) * kutta;
        s[9] += cy * z - cz * y;
        s[10] += cz * x - cx * z;
        s[11] += cx * y - cy * x;
        // drag
        double diameter = 2.0 / 3.0 * (a + b + c);
        double slender = coef[k + SLENDER];
        double linear =
                viscosity * 3 * Math.PI * diameter
                        + density * speed * (area * coef[k + BLUNT] + slender * (largest - area));
        double iMax = 8.0 / 15.0 * Math.PI * mid * pow4(max);
        double ang = coef[k + ANGULAR];
        double mx = wx * momentCoefficient(ang, slender, iMax, a, b, c);
        double my = wy * momentCoefficient(ang, slender, iMax, b, c, a);
        double mz = wz * momentCoefficient(ang, slender, iMax, c, a, b);
        double angular =
                viscosity * Math.PI * diameter * diameter * diameter
                        + density * Math.sqrt(mx * mx + my * my + mz * mz);
        s[6] -= angular * wx;
        s[7] -= angular * wy;
        s[8] -= angular * wz;
        s[9] -= linear * x;
        s[10] -= linear * y;
        s[11] -= linear * z;
    }

    static double momentCoefficient(
            double angular, double slender, double iMax, double d0, double d1, double d2) {
        double i = 8.0 / 15.0 * Math.PI * d0 * pow4(Math.max(d1, d2));
        return angular * i + slender * (iMax - i);
    }

    static double pow4(double x) {
        return x * x * (x * x);
    }
}
