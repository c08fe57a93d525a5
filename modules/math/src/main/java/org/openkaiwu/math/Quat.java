package org.openkaiwu.math;

/** A rotation as a unit quaternion {@code w x y z}, Hamilton convention, immutable. */
public record Quat(double w, double x, double y, double z) {
    public static final Quat IDENTITY = new Quat(1, 0, 0, 0);

    /** The four numbers of {@code a} that start at {@code offset}, as they are. */
    public static Quat of(double[] a, int offset) {
        return new Quat(a[offset], a[offset + 1], a[offset + 2], a[offset + 3]);
    }

    /** Rotation by {@code angle} radians about {@code axis} (need not be unit). */
    public static Quat about(Vec3 axis, double angle) {
        Vec3 u = axis.unit();
        double s = StrictMath.sin(angle / 2);
        return new Quat(StrictMath.cos(angle / 2), u.x() * s, u.y() * s, u.z() * s);
    }

    /** Rotation by {@code yaw} radians about z. */
    public static Quat yaw(double yaw) {
        return about(Vec3.Z, yaw);
    }

    /** The rotation whose columns are the given orthonormal, right-handed axes. */
    public static Quat fromAxes(Vec3 ex, Vec3 ey, Vec3 ez) {
        double[] q = new double[4];
        Flat.matToQuat(
                q,
                0,
                new double[] {
                    ex.x(), ey.x(), ez.x(), ex.y(), ey.y(), ez.y(), ex.z(), ey.z(), ez.z()
                },
                0);
        return of(q, 0);
    }

    public Quat times(Quat o) {
        return new Quat(
                w * o.w - x * o.x - y * o.y - z * o.z,
                w * o.x + x * o.w + y * o.z - z * o.y,
                w * o.y - x * o.z + y * o.w + z * o.x,
                w * o.z + x * o.y - y * o.x + z * o.w);
    }

    public Quat inverse() {
        return new Quat(w, -x, -y, -z);
    }

    public Vec3 rotate(Vec3 v) {
        Vec3 u = new Vec3(x, y, z);
        Vec3 t = u.cross(v).times(2);
        return v.plus(t.times(w)).plus(u.cross(t));
    }

    public Quat unit() {
        double n = Math.sqrt(w * w + x * x + y * y + z * z);
        return n < 1e-15 ? IDENTITY : new Quat(w / n, x / n, y / n, z / n);
    }

    /** Angle in [0, pi] between this rotation and another, radians. */
    public double angleTo(Quat o) {
        Quat d = inverse().times(o);
        double s = Math.sqrt(d.x * d.x + d.y * d.y + d.z * d.z);
        return 2 * StrictMath.atan2(s, Math.abs(d.w));
    }

    /** Heading of the rotated x axis about world z, radians in (-pi, pi]. */
    public double yaw() {
        return StrictMath.atan2(2 * (w * z + x * y), 1 - 2 * (y * y + z * z));
    }

    public double[] toArray() {
        return new double[] {w, x, y, z};
    }
}
