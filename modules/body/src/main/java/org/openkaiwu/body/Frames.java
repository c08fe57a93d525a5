package org.openkaiwu.body;

/**
 * Poses as pairs of flat arrays, position in metres and quaternion {@code w x y z}, with the
 * rounding rules that make a compiled model repeat MuJoCo's numbers: a vector already of unit
 * length to 1e-14 is left alone, and a product of quaternions is normalised.
 */
public final class Frames {
    /** Below this a length counts as zero. */
    static final double EPS = 1e-14;

    private Frames() {}

    /**
     * Scales {@code n} numbers at {@code o} to unit length; returns the old length, 0 when tiny.
     */
    public static double normalize(double[] v, int o, int n) {
        double s = 0;
        for (int i = 0; i < n; i++) {
            s += v[o + i] * v[o + i];
        }
        if (!(s >= EPS)) {
            return 0;
        }
        s = Math.sqrt(s);
        if (Math.abs(s - 1) > EPS) {
            for (int i = 0; i < n; i++) {
                v[o + i] /= s;
            }
        }
        return s;
    }

    /** Unit quaternion {@code a b}. */
    public static double[] mul(double[] a, double[] b) {
        double[] r = {
            a[0] * b[0] - a[1] * b[1] - a[2] * b[2] - a[3] * b[3],
            a[0] * b[1] + a[1] * b[0] + a[2] * b[3] - a[3] * b[2],
            a[0] * b[2] - a[1] * b[3] + a[2] * b[0] + a[3] * b[1],
            a[0] * b[3] + a[1] * b[2] - a[2] * b[1] + a[3] * b[0]
        };
        normalize(r, 0, 4);
        return r;
    }

    static double[] conjugate(double[] q) {
        return new double[] {q[0], -q[1], -q[2], -q[3]};
    }

    static boolean identity(double[] q) {
        return q[0] == 1 && q[1] == 0 && q[2] == 0 && q[3] == 0;
    }

    /** Row-major rotation matrix of a unit quaternion. */
    static double[] matrix(double[] q) {
        if (identity(q)) {
            return new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1};
        }
        double q00 = q[0] * q[0];
        double q01 = q[0] * q[1];
        double q02 = q[0] * q[2];
        double q03 = q[0] * q[3];
        double q11 = q[1] * q[1];
        double q12 = q[1] * q[2];
        double q13 = q[1] * q[3];
        double q22 = q[2] * q[2];
        double q23 = q[2] * q[3];
        double q33 = q[3] * q[3];
        return new double[] {
            q00 + q11 - q22 - q33,
            2 * (q12 - q03),
            2 * (q13 + q02),
            2 * (q12 + q03),
            q00 - q11 + q22 - q33,
            2 * (q23 - q01),
            2 * (q13 - q02),
            2 * (q23 + q01),
            q00 - q11 - q22 + q33
        };
    }

    static double[] mulMat(double[] m, double[] v) {
        return new double[] {
            m[0] * v[0] + m[1] * v[1] + m[2] * v[2],
            m[3] * v[0] + m[4] * v[1] + m[5] * v[2],
            m[6] * v[0] + m[7] * v[1] + m[8] * v[2]
        };
    }

    /** {@code q v q*}. */
    public static double[] rotate(double[] q, double[] v) {
        if (v[0] == 0 && v[1] == 0 && v[2] == 0) {
            return new double[3];
        }
        if (identity(q)) {
            return v.clone();
        }
        double tx = q[0] * v[0] + q[2] * v[2] - q[3] * v[1];
        double ty = q[0] * v[1] + q[3] * v[0] - q[1] * v[2];
        double tz = q[0] * v[2] + q[1] * v[1] - q[2] * v[0];
        return new double[] {
            v[0] + 2 * (q[2] * tz - q[3] * ty),
            v[1] + 2 * (q[3] * tx - q[1] * tz),
            v[2] + 2 * (q[1] * ty - q[2] * tx)
        };
    }

    /**
     * Pose of a frame, replaced by that of its child: {@code (pos, quat) = (pos, quat) o child}.
     */
    public static void accumulate(double[] pos, double[] quat, double[] cpos, double[] cquat) {
        double[] v = mulMat(matrix(quat), cpos);
        pos[0] += v[0];
        pos[1] += v[1];
        pos[2] += v[2];
        System.arraycopy(mul(quat, cquat), 0, quat, 0, 4);
    }

    /** Child's pose moved into the frame's parent: {@code child = (pos, quat) o child}. */
    public static void intoParent(double[] pos, double[] quat, double[] cpos, double[] cquat) {
        double[] p = pos.clone();
        double[] q = quat.clone();
        accumulate(p, q, cpos, cquat);
        System.arraycopy(p, 0, cpos, 0, 3);
        System.arraycopy(q, 0, cquat, 0, 4);
    }

    /** Smallest rotation that takes z to the unit vector {@code v}. */
    public static double[] zTo(double[] v) {
        double[] q = {0, -v[1], v[0], 0};
        double s = normalize(q, 1, 3);
        if (s < 1e-10) {
            q[1] = 1;
            q[2] = 0;
            q[3] = 0;
        }
        double half = StrictMath.atan2(s, v[2]) / 2;
        double sin = StrictMath.sin(half);
        q[0] = StrictMath.cos(half);
        q[1] *= sin;
        q[2] *= sin;
        q[3] *= sin;
        return q;
    }

    /**
     * Middle and direction of a segment.
     *
     * @param fromto first point, second point, m
     * @param pos gets the middle
     * @param quat gets the smallest rotation from z to the direction from second to first point
     * @return half the length, m
     */
    public static double span(double[] fromto, double[] pos, double[] quat) {
        double[] v = new double[3];
        for (int i = 0; i < 3; i++) {
            v[i] = fromto[i] - fromto[i + 3];
            pos[i] = (fromto[i] + fromto[i + 3]) / 2;
        }
        double length = normalize(v, 0, 3);
        System.arraycopy(zTo(v), 0, quat, 0, 4);
        return length / 2;
    }

    /** The rotation whose columns are the orthonormal, right-handed axes. */
    public static double[] fromAxes(double[] x, double[] y, double[] z) {
        double[] q = new double[4];
        if (x[0] + y[1] + z[2] > 0) {
            q[0] = 0.5 * Math.sqrt(1 + x[0] + y[1] + z[2]);
            q[1] = 0.25 * (y[2] - z[1]) / q[0];
            q[2] = 0.25 * (z[0] - x[2]) / q[0];
            q[3] = 0.25 * (x[1] - y[0]) / q[0];
        } else if (x[0] > y[1] && x[0] > z[2]) {
            q[1] = 0.5 * Math.sqrt(1 + x[0] - y[1] - z[2]);
            q[0] = 0.25 * (y[2] - z[1]) / q[1];
            q[2] = 0.25 * (y[0] + x[1]) / q[1];
            q[3] = 0.25 * (z[0] + x[2]) / q[1];
        } else if (y[1] > z[2]) {
            q[2] = 0.5 * Math.sqrt(1 - x[0] + y[1] - z[2]);
            q[0] = 0.25 * (z[0] - x[2]) / q[2];
            q[1] = 0.25 * (y[0] + x[1]) / q[2];
            q[3] = 0.25 * (z[1] + y[2]) / q[2];
        } else {
            q[3] = 0.5 * Math.sqrt(1 - x[0] - y[1] + z[2]);
            q[0] = 0.25 * (x[1] - y[0]) / q[3];
            q[1] = 0.25 * (z[0] + x[2]) / q[3];
            q[2] = 0.25 * (z[1] + y[2]) / q[3];
        }
        normalize(q, 0, 4);
        return q;
    }

    /**
     * Rotation by three angles about the axes named by {@code sequence}, each of {@code x y z} for
     * moving axes and {@code X Y Z} for fixed ones; null when it names another axis.
     *
     * @param angles radians
     */
    public static double[] fromEuler(double[] angles, String sequence) {
        double[] q = {1, 0, 0, 0};
        for (int i = 0; i < 3; i++) {
            char c = sequence.charAt(i);
            int axis = "xyz".indexOf(Character.toLowerCase(c));
            if (axis < 0) {
                return null;
            }
            double[] r = {StrictMath.cos(angles[i] / 2), 0, 0, 0};
            r[axis + 1] = StrictMath.sin(angles[i] / 2);
            q = Character.isLowerCase(c) ? mul(q, r) : mul(r, q);
        }
        return q;
    }
}
