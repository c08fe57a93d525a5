package org.openkaiwu.math;

/** A vector of three doubles, immutable. Units are the user's (metres unless stated). */
public record Vec3(double x, double y, double z) {
    public static final Vec3 ZERO = new Vec3(0, 0, 0);
    public static final Vec3 X = new Vec3(1, 0, 0);
    public static final Vec3 Y = new Vec3(0, 1, 0);
    public static final Vec3 Z = new Vec3(0, 0, 1);

    /** The three numbers of {@code a} that start at {@code offset}. */
    public static Vec3 of(double[] a, int offset) {
        return new Vec3(a[offset], a[offset + 1], a[offset + 2]);
    }

    public Vec3 plus(Vec3 o) {
        return new Vec3(x + o.x, y + o.y, z + o.z);
    }

    public Vec3 minus(Vec3 o) {
        return new Vec3(x - o.x, y - o.y, z - o.z);
    }

    public Vec3 times(double s) {
        return new Vec3(x * s, y * s, z * s);
    }

    public double dot(Vec3 o) {
        return x * o.x + y * o.y + z * o.z;
    }

    public Vec3 cross(Vec3 o) {
        return new Vec3(y * o.z - z * o.y, z * o.x - x * o.z, x * o.y - y * o.x);
    }

    public double norm() {
        return Math.sqrt(dot(this));
    }

    public double distance(Vec3 o) {
        return minus(o).norm();
    }

    /** Unit vector of the same direction; {@link #X} when this is shorter than 1e-15. */
    public Vec3 unit() {
        double n = norm();
        return n < 1e-15 ? X : times(1 / n);
    }

    public double[] toArray() {
        return new double[] {x, y, z};
    }
}
