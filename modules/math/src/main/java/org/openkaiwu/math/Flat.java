package org.openkaiwu.math;

/**
 * Vector, quaternion and matrix arithmetic on flat arrays with offsets; allocates nothing.
 *
 * <p>The result is the first argument pair ({@code r, ro}). Unless a method says otherwise the
 * result may be the same place as an operand. Quaternions are {@code w x y z}, 3x3 matrices
 * row-major.
 */
public final class Flat {
    private Flat() {}

    public static void set3(double[] r, int ro, double x, double y, double z) {
        r[ro] = x;
        r[ro + 1] = y;
        r[ro + 2] = z;
    }

    public static double dot3(double[] a, int ao, double[] b, int bo) {
        return a[ao] * b[bo] + a[ao + 1] * b[bo + 1] + a[ao + 2] * b[bo + 2];
    }

    public static double norm3(double[] a, int ao) {
        return Math.sqrt(dot3(a, ao, a, ao));
    }

    /** Makes the vector a unit vector; (1,0,0) when shorter than 1e-15. Returns the old length. */
    public static double normalize3(double[] a, int ao) {
        double n = norm3(a, ao);
        if (n < 1e-15) {
            set3(a, ao, 1, 0, 0);
            return n;
        }
        double s = 1 / n;
        a[ao] *= s;
        a[ao + 1] *= s;
        a[ao + 2] *= s;
        return n;
    }

    public static void cross3(double[] r, int ro, double[] a, int ao, double[] b, int bo) {
        double x = a[ao + 1] * b[bo + 2] - a[ao + 2] * b[bo + 1];
        double y = a[ao + 2] * b[bo] - a[ao] * b[bo + 2];
        double z = a[ao] * b[bo + 1] - a[ao + 1] * b[bo];
        set3(r, ro, x, y, z);
    }

    /** {@code r = A v}, A 3x3 row-major. */
    public static void mulMatVec3(double[] r, int ro, double[] a, int ao, double[] v, int vo) {
        double x = v[vo];
        double y = v[vo + 1];
        double z = v[vo + 2];
        set3(
                r,
                ro,
                a[ao] * x + a[ao + 1] * y + a[ao + 2] * z,
                a[ao + 3] * x + a[ao + 4] * y + a[ao + 5] * z,
                a[ao + 6] * x + a[ao + 7] * y + a[ao + 8] * z);
    }

    /** {@code r = A^T v}, A 3x3 row-major. */
    public static void mulMatTVec3(double[] r, int ro, double[] a, int ao, double[] v, int vo) {
        double x = v[vo];
        double y = v[vo + 1];
        double z = v[vo + 2];
        set3(
                r,
                ro,
                a[ao] * x + a[ao + 3] * y + a[ao + 6] * z,
                a[ao + 1] * x + a[ao + 4] * y + a[ao + 7] * z,
                a[ao + 2] * x + a[ao + 5] * y + a[ao + 8] * z);
    }

    /** {@code r = A B}, 3x3 each; r must not overlap a or b. */
    public static void mulMat3(double[] r, int ro, double[] a, int ao, double[] b, int bo) {
        for (int i = 0; i < 3; i++) {
            double x = a[ao + 3 * i];
            double y = a[ao + 3 * i + 1];
            double z = a[ao + 3 * i + 2];
            for (int j = 0; j < 3; j++) {
                r[ro + 3 * i + j] = x * b[bo + j] + y * b[bo + 3 + j] + z * b[bo + 6 + j];
            }
        }
    }

    /** {@code r = a b}, quaternions. */
    public static void mulQuat(double[] r, int ro, double[] a, int ao, double[] b, int bo) {
        double aw = a[ao];
        double ax = a[ao + 1];
        double ay = a[ao + 2];
        double az = a[ao + 3];
        double bw = b[bo];
        double bx = b[bo + 1];
        double by = b[bo + 2];
        double bz = b[bo + 3];
        r[ro] = aw * bw - ax * bx - ay * by - az * bz;
        r[ro + 1] = aw * bx + ax * bw + ay * bz - az * by;
        r[ro + 2] = aw * by - ax * bz + ay * bw + az * bx;
        r[ro + 3] = aw * bz + ax * by - ay * bx + az * bw;
    }

    /** Conjugate. */
    public static void negQuat(double[] r, int ro, double[] q, int qo) {
        r[ro] = q[qo];
        r[ro + 1] = -q[qo + 1];
        r[ro + 2] = -q[qo + 2];
        r[ro + 3] = -q[qo + 3];
    }

    /**
     * Makes the quaternion a unit one; identity when shorter than 1e-15. Returns the old length.
     */
    public static double normalizeQuat(double[] q, int qo) {
        double n =
                Math.sqrt(
                        q[qo] * q[qo]
                                + q[qo + 1] * q[qo + 1]
                                + q[qo + 2] * q[qo + 2]
                                + q[qo + 3] * q[qo + 3]);
        if (n < 1e-15) {
            q[qo] = 1;
            q[qo + 1] = 0;
            q[qo + 2] = 0;
            q[qo + 3] = 0;
        } else if (Math.abs(n - 1) > 1e-15) {
            double s = 1 / n;
            q[qo] *= s;
            q[qo + 1] *= s;
            q[qo + 2] *= s;
            q[qo + 3] *= s;
        }
        return n;
    }

    /** {@code r = q v q*}. */
    public static void rotVecQuat(double[] r, int ro, double[] v, int vo, double[] q, int qo) {
        double w = q[qo];
        double x = q[qo + 1];
        double y = q[qo + 2];
        double z = q[qo + 3];
        double tx = w * v[vo] + y * v[vo + 2] - z * v[vo + 1];
        double ty = w * v[vo + 1] + z * v[vo] - x * v[vo + 2];
        double tz = w * v[vo + 2] + x * v[vo + 1] - y * v[vo];
        double rx = v[vo] + 2 * (y * tz - z * ty);
        double ry = v[vo + 1] + 2 * (z * tx - x * tz);
        double rz = v[vo + 2] + 2 * (x * ty - y * tx);
        set3(r, ro, rx, ry, rz);
    }

    /** Rotation by {@code angle} radians about the unit vector {@code axis}. */
    public static void axisAngleToQuat(double[] r, int ro, double[] axis, int axo, double angle) {
        if (angle == 0) {
            r[ro] = 1;
            r[ro + 1] = 0;
            r[ro + 2] = 0;
            r[ro + 3] = 0;
            return;
        }
        double s = Trig.sin(angle * 0.5);
        r[ro] = Trig.cos(angle * 0.5);
        r[ro + 1] = axis[axo] * s;
        r[ro + 2] = axis[axo + 1] * s;
        r[ro + 3] = axis[axo + 2] * s;
    }

    public static void quatToMat(double[] r, int ro, double[] q, int qo) {
        double w = q[qo];
        double x = q[qo + 1];
        double y = q[qo + 2];
        double z = q[qo + 3];
        double ww = w * w;
        double xx = x * x;
        double yy = y * y;
        double zz = z * z;
        r[ro] = ww + xx - yy - zz;
        r[ro + 4] = ww - xx + yy - zz;
        r[ro + 8] = ww - xx - yy + zz;
        r[ro + 1] = 2 * (x * y - w * z);
        r[ro + 2] = 2 * (x * z + w * y);
        r[ro + 3] = 2 * (x * y + w * z);
        r[ro + 5] = 2 * (y * z - w * x);
        r[ro + 6] = 2 * (x * z - w * y);
        r[ro + 7] = 2 * (y * z + w * x);
    }

    /** The quaternion of a rotation matrix, w or the largest component positive (Shepperd 1978). */
    public static void matToQuat(double[] r, int ro, double[] m, int mo) {
        double m00 = m[mo];
        double m11 = m[mo + 4];
        double m22 = m[mo + 8];
        double t = m00 + m11 + m22;
        if (t > 0) {
            double w = 0.5 * Math.sqrt(1 + t);
            r[ro] = w;
            r[ro + 1] = 0.25 * (m[mo + 7] - m[mo + 5]) / w;
            r[ro + 2] = 0.25 * (m[mo + 2] - m[mo + 6]) / w;
            r[ro + 3] = 0.25 * (m[mo + 3] - m[mo + 1]) / w;
        } else if (m00 > m11 && m00 > m22) {
            double x = 0.5 * Math.sqrt(1 + m00 - m11 - m22);
            r[ro] = 0.25 * (m[mo + 7] - m[mo + 5]) / x;
            r[ro + 1] = x;
            r[ro + 2] = 0.25 * (m[mo + 1] + m[mo + 3]) / x;
            r[ro + 3] = 0.25 * (m[mo + 2] + m[mo + 6]) / x;
        } else if (m11 > m22) {
            double y = 0.5 * Math.sqrt(1 - m00 + m11 - m22);
            r[ro] = 0.25 * (m[mo + 2] - m[mo + 6]) / y;
            r[ro + 1] = 0.25 * (m[mo + 1] + m[mo + 3]) / y;
            r[ro + 2] = y;
            r[ro + 3] = 0.25 * (m[mo + 5] + m[mo + 7]) / y;
        } else {
            double z = 0.5 * Math.sqrt(1 - m00 - m11 + m22);
            r[ro] = 0.25 * (m[mo + 3] - m[mo + 1]) / z;
            r[ro + 1] = 0.25 * (m[mo + 2] + m[mo + 6]) / z;
            r[ro + 2] = 0.25 * (m[mo + 5] + m[mo + 7]) / z;
            r[ro + 3] = z;
        }
        normalizeQuat(r, ro);
    }
}
