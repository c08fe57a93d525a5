package org.openkaiwu.dynamics;

import org.openkaiwu.body.Machine;
import org.openkaiwu.math.Flat;
import org.openkaiwu.math.Trig;

/** Sums and differences on the configuration manifold: quaternions stay unit quaternions. */
public final class Integrate {
    private Integrate() {}

    /** {@code qpos <- qpos + dt qvel}. */
    public static void pos(Machine m, double[] qpos, double[] qvel, double dt) {
        for (int j = 0; j < m.njnt; j++) {
            int qa = m.jntQposadr[j];
            int va = m.jntDofadr[j];
            switch (m.jntType[j]) {
                case 0 -> {
                    qpos[qa] += dt * qvel[va];
                    qpos[qa + 1] += dt * qvel[va + 1];
                    qpos[qa + 2] += dt * qvel[va + 2];
                    rotate(qpos, qa + 3, qvel, va + 3, dt);
                }
                case 1 -> rotate(qpos, qa, qvel, va, dt);
                default -> qpos[qa] += dt * qvel[va];
            }
        }
    }

    /** {@code q <- q exp(dt w)}, w in the rotating frame, rad/s. */
    public static void rotate(double[] q, int qo, double[] w, int wo, double dt) {
        Flat.normalizeQuat(q, qo);
        double x = w[wo];
        double y = w[wo + 1];
        double z = w[wo + 2];
        double n = Math.sqrt(x * x + y * y + z * z);
        double angle = dt * n;
        if (angle == 0) {
            return;
        }
        if (n < 1e-15) {
            x = 1;
            y = 0;
            z = 0;
        } else {
            double inv = 1 / n;
            x *= inv;
            y *= inv;
            z *= inv;
        }
        double s = Trig.sin(angle * 0.5);
        double rw = Trig.cos(angle * 0.5);
        double rx = x * s;
        double ry = y * s;
        double rz = z * s;
        double aw = q[qo];
        double ax = q[qo + 1];
        double ay = q[qo + 2];
        double az = q[qo + 3];
        q[qo] = aw * rw - ax * rx - ay * ry - az * rz;
        q[qo + 1] = aw * rx + ax * rw + ay * rz - az * ry;
        q[qo + 2] = aw * ry - ax * rz + ay * rw + az * rx;
        q[qo + 3] = aw * rz + ax * ry - ay * rx + az * rw;
    }

    /** {@code qvel} such that {@code q1 + dt qvel = q2}. */
    public static void difference(Machine m, double[] qvel, double dt, double[] q1, double[] q2) {
        for (int j = 0; j < m.njnt; j++) {
            int qa = m.jntQposadr[j];
            int va = m.jntDofadr[j];
            switch (m.jntType[j]) {
                case 0 -> {
                    for (int k = 0; k < 3; k++) {
                        qvel[va + k] = (q2[qa + k] - q1[qa + k]) / dt;
                    }
                    subQuat(qvel, va + 3, q2, qa + 3, q1, qa + 3, dt);
                }
                case 1 -> subQuat(qvel, va, q2, qa, q1, qa, dt);
                default -> qvel[va] = (q2[qa] - q1[qa]) / dt;
            }
        }
    }

    /** Rotation vector r with {@code b exp(dt r) = a}, angle at most pi; r is neither. */
    public static void subQuat(
            double[] r, int ro, double[] a, int ao, double[] b, int bo, double dt) {
        double bw = b[bo];
        double bx = -b[bo + 1];
        double by = -b[bo + 2];
        double bz = -b[bo + 3];
        double aw = a[ao];
        double ax = a[ao + 1];
        double ay = a[ao + 2];
        double az = a[ao + 3];
        rotationVector(
                r,
                ro,
                bw * aw - bx * ax - by * ay - bz * az,
                bw * ax + bx * aw + by * az - bz * ay,
                bw * ay - bx * az + by * aw + bz * ax,
                bw * az + bx * ay - by * ax + bz * aw,
                dt);
    }

    /** Rotation vector of a unit quaternion, divided by dt. */
    public static void rotationVector(
            double[] r, int ro, double w, double x, double y, double z, double dt) {
        double s = Math.sqrt(x * x + y * y + z * z);
        double angle = 2 * StrictMath.atan2(s, w);
        if (angle > Math.PI) {
            angle -= 2 * Math.PI;
        }
        angle /= dt;
        if (s < 1e-15) {
            Flat.set3(r, ro, angle, 0, 0);
        } else {
            double k = 1 / s;
            Flat.set3(r, ro, x * k * angle, y * k * angle, z * k * angle);
        }
    }

    /** Makes every quaternion of qpos a unit one. */
    public static void normalize(Machine m, double[] qpos) {
        for (int j = 0; j < m.njnt; j++) {
            if (m.jntType[j] == 0) {
                Flat.normalizeQuat(qpos, m.jntQposadr[j] + 3);
            } else if (m.jntType[j] == 1) {
                Flat.normalizeQuat(qpos, m.jntQposadr[j]);
            }
        }
    }
}
