package org.openkaiwu.math;

/**
 * Position and orientation of a frame B in a frame A (drake's {@code X_AB}): {@code p_A = q * p_B +
 * p}.
 */
public record Pose(Vec3 p, Quat q) {
    public static final Pose IDENTITY = new Pose(Vec3.ZERO, Quat.IDENTITY);

    public static Pose at(double x, double y, double z) {
        return new Pose(new Vec3(x, y, z), Quat.IDENTITY);
    }

    /** Planar pose: position in metres, heading in radians about z. */
    public static Pose planar(double x, double y, double yaw) {
        return new Pose(new Vec3(x, y, 0), Quat.yaw(yaw));
    }

    /** {@code X_AC = X_AB * X_BC}. */
    public Pose times(Pose o) {
        return new Pose(p.plus(q.rotate(o.p)), q.times(o.q).unit());
    }

    /** The point given in B, expressed in A. */
    public Vec3 transform(Vec3 p_B) {
        return p.plus(q.rotate(p_B));
    }

    public Pose inverse() {
        Quat i = q.inverse();
        return new Pose(i.rotate(p).times(-1), i);
    }
}
