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

    double size(int axis) {
        return axis == 0 ? sx : axis == 1 ? sy : sz;
    }
}
