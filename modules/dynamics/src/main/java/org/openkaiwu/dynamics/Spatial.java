package org.openkaiwu.dynamics;

/**
 * Spatial vectors (rotation first) and rigid-body inertias of ten numbers, on flat arrays; see
 * {@link TreeData} for the frames. Equations as in Featherstone, Rigid Body Dynamics Algorithms
 * (2008), chapter 2. Nothing is allocated.
 */
public final class Spatial {
    private Spatial() {}

    /**
     * Inertia of a body with mass {@code mass} and principal moments {@code inertia} along the
     * columns of {@code mat}, about the point from which its mass centre is seen at (x, y, z).
     */
    public static void inertia(
            double[] r,
            int ro,
            double[] inertia,
            int io,
            double[] mat,
            int mo,
            double x,
            double y,
            double z,
            double mass) {
        double i0 = inertia[io];
        double i1 = inertia[io + 1];
        double i2 = inertia[io + 2];
        double a0 = mat[mo] * i0;
        double a1 = mat[mo + 1] * i1;
        double a2 = mat[mo + 2] * i2;
        double b0 = mat[mo + 3] * i0;
        double b1 = mat[mo + 4] * i1;
        double b2 = mat[mo + 5] * i2;
        double c0 = mat[mo + 6] * i0;
        double c1 = mat[mo + 7] * i1;
        double c2 = mat[mo + 8] * i2;
        r[ro] = a0 * mat[mo] + a1 * mat[mo + 1] + a2 * mat[mo + 2] + mass * (y * y + z * z);
        r[ro + 1] = b0 * mat[mo + 3] + b1 * mat[mo + 4] + b2 * mat[mo + 5] + mass * (x * x + z * z);
        r[ro + 2] = c0 * mat[mo + 6] + c1 * mat[mo + 7] + c2 * mat[mo + 8] + mass * (x * x + y * y);
        r[ro + 3] = a0 * mat[mo + 3] + a1 * mat[mo + 4] + a2 * mat[mo + 5] - mass * x * y;
        r[ro + 4] = a0 * mat[mo + 6] + a1 * mat[mo + 7] + a2 * mat[mo + 8] - mass * x * z;
        r[ro + 5] = b0 * mat[mo + 6] + b1 * mat[mo + 7] + b2 * mat[mo + 8] - mass * y * z;
        r[ro + 6] = mass * x;
        r[ro + 7] = mass * y;
        r[ro + 8] = mass * z;
        r[ro + 9] = mass;
    }

    /**
     * {@code r = I v}: force (or momentum) of inertia {@code i} under motion {@code v}; r is not v.
     */
    public static void mulInertia(double[] r, int ro, double[] i, int io, double[] v, int vo) {
        double wx = v[vo];
        double wy = v[vo + 1];
        double wz = v[vo + 2];
        double x = v[vo + 3];
        double y = v[vo + 4];
        double z = v[vo + 5];
        double hx = i[io + 6];
        double hy = i[io + 7];
        double hz = i[io + 8];
        double m = i[io + 9];
        r[ro] = i[io] * wx + i[io + 3] * wy + i[io + 4] * wz - hz * y + hy * z;
        r[ro + 1] = i[io + 3] * wx + i[io + 1] * wy + i[io + 5] * wz + hz * x - hx * z;
        r[ro + 2] = i[io + 4] * wx + i[io + 5] * wy + i[io + 2] * wz - hy * x + hx * y;
        r[ro + 3] = hz * wy - hy * wz + m * x;
        r[ro + 4] = hx * wz - hz * wx + m * y;
        r[ro + 5] = hy * wx - hx * wy + m * z;
    }

    /** {@code r = v x s}, motion with motion; r is neither. */
    public static void crossMotion(double[] r, int ro, double[] v, int vo, double[] s, int so) {
        double wx = v[vo];
        double wy = v[vo + 1];
        double wz = v[vo + 2];
        double x = v[vo + 3];
        double y = v[vo + 4];
        double z = v[vo + 5];
        double a = s[so];
        double b = s[so + 1];
        double c = s[so + 2];
        double d = s[so + 3];
        double e = s[so + 4];
        double f = s[so + 5];
        r[ro] = wy * c - wz * b;
        r[ro + 1] = wz * a - wx * c;
        r[ro + 2] = wx * b - wy * a;
        r[ro + 3] = wy * f - wz * e + y * c - z * b;
        r[ro + 4] = wz * d - wx * f + z * a - x * c;
        r[ro + 5] = wx * e - wy * d + x * b - y * a;
    }

    /** {@code r += v x* f}, motion with force; r is neither. */
    public static void addCrossForce(double[] r, int ro, double[] v, int vo, double[] f, int fo) {
        double wx = v[vo];
        double wy = v[vo + 1];
        double wz = v[vo + 2];
        double x = v[vo + 3];
        double y = v[vo + 4];
        double z = v[vo + 5];
        double a = f[fo];
        double b = f[fo + 1];
        double c = f[fo + 2];
        double d = f[fo + 3];
        double e = f[fo + 4];
        double g = f[fo + 5];
        r[ro] += wy * c - wz * b + y * g - z * e;
        r[ro + 1] += wz * a - wx * c + z * d - x * g;
        r[ro + 2] += wx * b - wy * a + x * e - y * d;
        r[ro + 3] += wy * g - wz * e;
        r[ro + 4] += wz * d - wx * g;
        r[ro + 5] += wx * e - wy * d;
    }

    /** Scalar product of six numbers. */
    public static double dot6(double[] a, int ao, double[] b, int bo) {
        return a[ao] * b[bo]
                + a[ao + 1] * b[bo + 1]
                + a[ao + 2] * b[bo + 2]
                + a[ao + 3] * b[bo + 3]
                + a[ao + 4] * b[bo + 4]
                + a[ao + 5] * b[bo + 5];
    }

    /** {@code r += s a}, six numbers. */
    public static void addScaled6(double[] r, int ro, double[] a, int ao, double s) {
        r[ro] += s * a[ao];
        r[ro + 1] += s * a[ao + 1];
        r[ro + 2] += s * a[ao + 2];
        r[ro + 3] += s * a[ao + 3];
        r[ro + 4] += s * a[ao + 4];
        r[ro + 5] += s * a[ao + 5];
    }
}
