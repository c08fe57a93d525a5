package org.openkaiwu.physics;

import org.openkaiwu.body.Machine;
import org.openkaiwu.dynamics.TreeData;

/**
 * Derivatives of the fluid forces of one body or geom by its velocity (angular then linear), in its
 * own axes, as 6 x 6 matrices: rows force, columns velocity. See {@link Fluid} for the forces.
 */
final class FluidDerivative {
    private FluidDerivative() {}

    static void box(World w, int b, double[] r) {
        Machine m = w.machine;
        TreeData d = w.tree;
        double[] s = w.scratch;
        double density = m.option.density;
        double viscosity = m.option.viscosity;
        Derivatives.clear(r);
        Fluid.relativeVelocity(w, b, d.xipos, 3 * b, d.ximat, 9 * b, s);
        Fluid.inertiaBox(m, b, s, 12);
        double diam = (s[12] + s[13] + s[14]) / 3;
        for (int c = 0; c < 3; c++) {
            double x = s[12 + c];
            double y = s[12 + (c + 1) % 3];
            double z = s[12 + (c + 2) % 3];
            r[7 * c] =
                    -Math.PI * diam * diam * diam * viscosity
                            - density
                                    * x
                                    * (y * y * y * y + z * z * z * z)
                                    * 2
                                    * Math.abs(s[c])
                                    / 64;
            r[7 * (c + 3)] = -3 * Math.PI * diam * viscosity - density * y * z * Math.abs(s[3 + c]);
        }
    }

    static void ellipsoid(World w, int body, int g, double[] r) {
        Machine m = w.machine;
        TreeData d = w.tree;
        double[] s = w.scratch;
        double density = m.option.density;
        double[] coef = m.geomFluid;
        Derivatives.clear(r);
        // 0: velocity, 12: half axes
        Fluid.relativeVelocity(w, body, d.geomXpos, 3 * g, d.geomXmat, 9 * g, s);
        Fluid.semiAxes(m, g, s, 12);
        double volume = 4.0 / 3.0 * Math.PI * s[12] * s[13] * s[14];
        double magnus = coef[12 * g + Fluid.MAGNUS] * density * volume;
        // force = magnus w x v
        addCrossLeft(r, 3, 3, s, 0, magnus);
        addCrossLeft(r, 3, 0, s, 3, -magnus);
        kutta(r, s, coef[12 * g + Fluid.KUTTA] * density);
        drag(r, s, coef, 12 * g, density, m.option.viscosity);
        torque(r, s, coef, 12 * g, density, m.option.viscosity);
        addedMass(r, s, coef, 12 * g, density);
    }

    /** Adds {@code scale [a]} (the matrix of a x) at row, column. */
    private static void addCrossLeft(
            double[] r, int row, int col, double[] a, int ao, double scale) {
        double x = scale * a[ao];
        double y = scale * a[ao + 1];
        double z = scale * a[ao + 2];
        int at = 6 * row + col;
        r[at + 1] -= z;
        r[at + 2] += y;
        r[at + 6] += z;
        r[at + 8] -= x;
        r[at + 12] -= y;
        r[at + 13] += x;
    }

    /** Torque {@code Iw x w + Mv x v} and force {@code Mv x w} of the fluid that moves along. */
    private static void addedMass(double[] r, double[] s, double[] coef, int k, double density) {
        for (int c = 0; c < 3; c++) {
            s[15 + c] = density * coef[k + Fluid.MASS + c] * s[3 + c];
            s[18 + c] = density * coef[k + Fluid.INERTIA + c] * s[c];
        }
        addCrossLeft(r, 0, 0, s, 18, 1);
        addCrossRight(r, 0, 0, s, 0, coef, k + Fluid.INERTIA, density);
        addCrossLeft(r, 0, 3, s, 15, 1);
        addCrossRight(r, 0, 3, s, 3, coef, k + Fluid.MASS, density);
        addCrossLeft(r, 3, 0, s, 15, 1);
        addCrossRight(r, 3, 3, s, 0, coef, k + Fluid.MASS, density);
    }

    /** Adds {@code -[b] diag(density coef)}: derivative of {@code (density coef u) x b} by u. */
    private static void addCrossRight(
            double[] r,
            int row,
            int col,
            double[] b,
            int bo,
            double[] coef,
            int k,
            double density) {
        double c0 = density * coef[k];
        double c1 = density * coef[k + 1];
        double c2 = density * coef[k + 2];
        int at = 6 * row + col;
        r[at + 1] += b[bo + 2] * c1;
        r[at + 2] -= b[bo + 1] * c2;
        r[at + 6] -= b[bo + 2] * c0;
        r[at + 8] += b[bo] * c2;
        r[at + 12] += b[bo + 1] * c0;
        r[at + 13] -= b[bo] * c1;
    }

    /**
     * Lift is {@code k pi (a' v x v) x v sqrt(num / denom) / |v|} with a' the squared products of
     * half axes; its derivative by the product rule.
     */
    private static void kutta(double[] r, double[] s, double k) {
        double a = sq(s[13] * s[14]);
        double b = sq(s[14] * s[12]);
        double c = sq(s[12] * s[13]);
        double x = s[3];
        double y = s[4];
        double z = s[5];
        double denom = a * a * x * x + b * b * y * y + c * c * z * z;
        double num = a * x * x + b * y * y + c * z * z;
        double square = x * x + y * y + z * z;
        double root = Math.sqrt(denom * num * square);
        if (root == 0) {
            return;
        }
        double scale = Math.PI * k / root;
        double fx = y * y * (a - b) + z * z * (a - c);
        double fy = x * x * (b - a) + z * z * (b - c);
        double fz = x * x * (c - a) + y * y * (c - b);
        double ix = a * a * (num / denom) - a + num / square;
        double iy = b * b * (num / denom) - b + num / square;
        double iz = c * c * (num / denom) - c + num / square;
        r[21] += scale * (fx * ix * x * x - fx * num);
        r[22] += scale * (2 * num * (b - a) + fx * iy) * x * y;
        r[23] += scale * (2 * num * (c - a) + fx * iz) * x * z;
        r[27] += scale * (2 * num * (a - b) + fy * ix) * x * y;
        r[28] += scale * (fy * iy * y * y - fy * num);
        r[29] += scale * (2 * num * (c - b) + fy * iz) * y * z;
        r[33] += scale * (2 * num * (a - c) + fz * ix) * x * z;
        r[34] += scale * (2 * num * (b - c) + fz * iy) * y * z;
        r[35] += scale * (fz * iz * z * z - fz * num);
    }

    private static double sq(double x) {
        return x * x;
    }

    private static void drag(
            double[] r, double[] s, double[] coef, int k, double density, double viscosity) {
        double max = Math.max(Math.max(s[12], s[13]), s[14]);
        double min = Math.min(Math.min(s[12], s[13]), s[14]);
        double mid = s[12] + s[13] + s[14] - max - min;
        double largest = Math.PI * max * mid;
        double a = sq(s[13] * s[14]);
        double b = sq(s[14] * s[12]);
        double c = sq(s[12] * s[13]);
        double x = s[3];
        double y = s[4];
        double z = s[5];
        double xx = x * x;
        double yy = y * y;
        double zz = z * z;
        double denom = a * a * xx + b * b * yy + c * c * zz;
        double num = a * xx + b * yy + c * zz;
        double root = Math.sqrt(num * num * num * denom);
        double slope = root > 0 ? Math.PI / root : 0;
        double area = num > 0 ? Math.PI * Math.sqrt(denom / num) : 0;
        double speed = Math.sqrt(xx + yy + zz);
        double blunt = coef[k + Fluid.BLUNT];
        double slender = coef[k + Fluid.SLENDER];
        double diameter = 2.0 / 3.0 * (s[12] + s[13] + s[14]);
        double linear = viscosity * 3 * Math.PI * diameter;
        double quad =
                speed > 0 ? -density * (area * blunt + slender * (largest - area)) / speed : 0;
        double da = density * speed * (blunt - slender) * slope;
        double dx = da * a * x * (b * yy * (a - b) + c * zz * (a - c));
        double dy = da * b * y * (a * xx * (b - a) + c * zz * (b - c));
        double dz = da * c * z * (a * xx * (c - a) + b * yy * (c - b));
        double square = xx + yy + zz;
        r[21] += quad * (xx + square) - x * dx - linear;
        r[22] += quad * x * y - x * dy;
        r[23] += quad * x * z - x * dz;
        r[27] += quad * x * y - y * dx;
        r[28] += quad * (yy + square) - y * dy - linear;
        r[29] += quad * y * z - y * dz;
        r[33] += quad * x * z - z * dx;
        r[34] += quad * y * z - z * dy;
        r[35] += quad * (zz + square) - z * dz - linear;
    }

    private static void torque(
            double[] r, double[] s, double[] coef, int k, double density, double viscosity) {
        double max = Math.max(Math.max(s[12], s[13]), s[14]);
        double min = Math.min(Math.min(s[12], s[13]), s[14]);
        double mid = s[12] + s[13] + s[14] - max - min;
        double iMax = 8.0 / 15.0 * Math.PI * mid * Fluid.pow4(max);
        double ang = coef[k + Fluid.ANGULAR];
        double slender = coef[k + Fluid.SLENDER];
        double diameter = 2.0 / 3.0 * (s[12] + s[13] + s[14]);
        double linear = viscosity * Math.PI * diameter * diameter * diameter;
        double kx = Fluid.momentCoefficient(ang, slender, iMax, s[12], s[13], s[14]);
        double ky = Fluid.momentCoefficient(ang, slender, iMax, s[13], s[14], s[12]);
        double kz = Fluid.momentCoefficient(ang, slender, iMax, s[14], s[12], s[13]);
        double x = s[0];
        double y = s[1];
        double z = s[2];
        double n = Math.sqrt(sq(x * kx) + sq(y * ky) + sq(z * kz));
        double scale = n > 0 ? -density / n : 0;
        double mx = scale * x * kx * kx;
        double my = scale * y * ky * ky;
        double mz = scale * z * kz * kz;
        double diag = x * mx + y * my + z * mz - linear;
        r[0] += diag + x * mx;
        r[1] += x * my;
        r[2] += x * mz;
        r[6] += y * mx;
        r[7] += diag + y * my;
        r[8] += y * mz;
        r[12] += z * mx;
        r[13] += z * my;
        r[14] += diag + z * mz;
    }
}
