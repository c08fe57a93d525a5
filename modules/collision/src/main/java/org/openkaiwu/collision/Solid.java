package org.openkaiwu.collision;

/**
 * A shape at a pose, the form that the narrow phase reads: type, sizes, position and rotation
 * matrix as plain fields, so that no pair needs an object of its own.
 */
final class Solid {
    static final int PLANE = 0;
    static final int HFIELD = 1;
    static final int SPHERE = 2;
    static final int CAPSULE = 3;
    static final int ELLIPSOID = 4;
    static final int CYLINDER = 5;
    static final int BOX = 6;
    static final int MESH = 7;
    static final int SDF = 8;

    /** Below this a length counts as zero (MuJoCo's mjMINVAL). */
    static final double MINVAL = 1e-15;

    int type;

    /** Sizes as in {@code geom_size}. */
    double sx;

    double sy;
    double sz;

    /** Position, m. */
    double x;

    double y;
    double z;

    /** Rotation matrix from the shape's frame to the world, rows. */
    double r00;

    double r01;
    double r02;
    double r10;
    double r11;
    double r12;
    double r20;
    double r21;
    double r22;

    /** Corners and faces of a mesh, else null. */
    Hull hull;

    /** Heights of a height field, else null. */
    org.openkaiwu.body.HfieldAsset hfield;

    /** Radius of a sphere about the origin that holds all; 0 for a plane. */
    double rbound;

    void pose(double[] xpos, int p, double[] xmat, int r) {
        x = xpos[p];
        y = xpos[p + 1];
        z = xpos[p + 2];
        r00 = xmat[r];
        r01 = xmat[r + 1];
        r02 = xmat[r + 2];
        r10 = xmat[r + 3];
        r11 = xmat[r + 4];
        r12 = xmat[r + 5];
        r20 = xmat[r + 6];
        r21 = xmat[r + 7];
        r22 = xmat[r + 8];
    }

    /** Becomes the same shape at the same pose. */
    void copy(Solid o) {
        type = o.type;
        sx = o.sx;
        sy = o.sy;
        sz = o.sz;
        hull = o.hull;
        hfield = o.hfield;
        rbound = o.rbound;
        pose(o);
    }

    /** Takes the pose of another. */
    void pose(Solid o) {
        x = o.x;
        y = o.y;
        z = o.z;
        r00 = o.r00;
        r01 = o.r01;
        r02 = o.r02;
        r10 = o.r10;
        r11 = o.r11;
        r12 = o.r12;
        r20 = o.r20;
        r21 = o.r21;
        r22 = o.r22;
    }

    /** Turns about a point c of the world by the rotation matrix m, or by its inverse. */
    void turn(double[] m, boolean inverse, double cx, double cy, double cz) {
        double m01 = inverse ? m[3] : m[1];
        double m02 = inverse ? m[6] : m[2];
        double m10 = inverse ? m[1] : m[3];
        double m12 = inverse ? m[7] : m[5];
        double m20 = inverse ? m[2] : m[6];
        double m21 = inverse ? m[5] : m[7];
        double a;
        double b;
        double c;
        a = r00;
        b = r10;
        c = r20;
        r00 = m[0] * a + m01 * b + m02 * c;
        r10 = m10 * a + m[4] * b + m12 * c;
        r20 = m20 * a + m21 * b + m[8] * c;
        a = r01;
        b = r11;
        c = r21;
        r01 = m[0] * a + m01 * b + m02 * c;
        r11 = m10 * a + m[4] * b + m12 * c;
        r21 = m20 * a + m21 * b + m[8] * c;
        a = r02;
        b = r12;
        c = r22;
        r02 = m[0] * a + m01 * b + m02 * c;
        r12 = m10 * a + m[4] * b + m12 * c;
        r22 = m20 * a + m21 * b + m[8] * c;
        a = cx - x;
        b = cy - y;
        c = cz - z;
        x -= m[0] * a + m01 * b + m02 * c - a;
        y -= m10 * a + m[4] * b + m12 * c - b;
        z -= m20 * a + m21 * b + m[8] * c - c;
    }

    /** Replaces the pose in the world by that in the frame of {@code f}. */
    void expressIn(Solid f) {
        double a = x - f.x;
        double b = y - f.y;
        double c = z - f.z;
        x = f.r00 * a + f.r10 * b + f.r20 * c;
        y = f.r01 * a + f.r11 * b + f.r21 * c;
        z = f.r02 * a + f.r12 * b + f.r22 * c;
        a = r00;
        b = r10;
        c = r20;
        r00 = f.r00 * a + f.r10 * b + f.r20 * c;
        r10 = f.r01 * a + f.r11 * b + f.r21 * c;
        r20 = f.r02 * a + f.r12 * b + f.r22 * c;
        a = r01;
        b = r11;
        c = r21;
        r01 = f.r00 * a + f.r10 * b + f.r20 * c;
        r11 = f.r01 * a + f.r11 * b + f.r21 * c;
        r21 = f.r02 * a + f.r12 * b + f.r22 * c;
        a = r02;
        b = r12;
        c = r22;
        r02 = f.r00 * a + f.r10 * b + f.r20 * c;
        r12 = f.r01 * a + f.r11 * b + f.r21 * c;
        r22 = f.r02 * a + f.r12 * b + f.r22 * c;
    }

    double size(int axis) {
        return axis == 0 ? sx : axis == 1 ? sy : sz;
    }
}
