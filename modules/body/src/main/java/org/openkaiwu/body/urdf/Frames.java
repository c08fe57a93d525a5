package org.openkaiwu.body.urdf;

import org.openkaiwu.body.xml.Element;
import org.openkaiwu.math.Flat;

/** Origins: position in metres, roll-pitch-yaw in radians about the fixed axes x, y, z. */
final class Frames {
    private Frames() {}

    /** Writes the origin element of {@code e}, or none, into position and quaternion. */
    static void origin(Element e, double[] pos, double[] quat) {
        double[] xyz = {0, 0, 0};
        double[] q = {1, 0, 0, 0};
        Element origin = e.child("origin").orElse(null);
        if (origin != null) {
            xyz = origin.numbers("xyz", 3, 0, 0, 0);
            q = rpy(origin.numbers("rpy", 3, 0, 0, 0));
        }
        System.arraycopy(xyz, 0, pos, 0, 3);
        System.arraycopy(q, 0, quat, 0, 4);
    }

    /** Rz(yaw) Ry(pitch) Rx(roll). */
    static double[] rpy(double[] angles) {
        double[] q = {1, 0, 0, 0};
        double[] axes = {1, 0, 0, 0, 1, 0, 0, 0, 1};
        double[] turn = new double[4];
        for (int i = 0; i < 3; i++) {
            Flat.axisAngleToQuat(turn, 0, axes, 3 * i, angles[i]);
            Flat.mulQuat(q, 0, turn, 0, q, 0);
        }
        Flat.normalizeQuat(q, 0);
        return q;
    }

    /** Columns x and y of the smallest turn that takes z to the unit vector {@code axis}. */
    static double[] besides(double[] axis) {
        double[] q = {1, 0, 0, 0};
        double[] cross = {-axis[1], axis[0], 0};
        double s = StrictMath.hypot(cross[0], cross[1]);
        if (s > 1e-10) {
            cross[0] /= s;
            cross[1] /= s;
            Flat.axisAngleToQuat(q, 0, cross, 0, StrictMath.atan2(s, axis[2]));
        } else if (axis[2] < 0) {
            q = new double[] {0, 1, 0, 0};
        }
        double[] m = new double[9];
        Flat.quatToMat(m, 0, q, 0);
        return new double[] {m[0], m[3], m[6], m[1], m[4], m[7]};
    }
}
