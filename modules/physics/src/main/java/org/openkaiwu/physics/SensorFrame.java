package org.openkaiwu.physics;

import org.openkaiwu.body.Machine;
import org.openkaiwu.dynamics.TreeData;
import org.openkaiwu.dynamics.Velocity;
import org.openkaiwu.math.Flat;

/** Frames of the objects that sensors are attached to, by MuJoCo's object codes. */
final class SensorFrame {
    static final int UNKNOWN = 0;
    static final int BODY = 1;
    static final int XBODY = 2;
    static final int GEOM = 5;
    static final int SITE = 6;
    static final int CAMERA = 7;

    private SensorFrame() {}

    static double[] pos(TreeData d, int type) {
        return switch (type) {
            case BODY -> d.xipos;
            case XBODY -> d.xpos;
            case GEOM -> d.geomXpos;
            case SITE -> d.siteXpos;
            default -> d.camXpos;
        };
    }

    static double[] mat(TreeData d, int type) {
        return switch (type) {
            case BODY -> d.ximat;
            case XBODY -> d.xmat;
            case GEOM -> d.geomXmat;
            case SITE -> d.siteXmat;
            default -> d.camXmat;
        };
    }

    static int body(Machine m, int type, int id) {
        return switch (type) {
            case BODY, XBODY -> id;
            case GEOM -> m.geomBodyid[id];
            case SITE -> m.siteBodyid[id];
            default -> m.camBodyid[id];
        };
    }

    static void quat(World w, int type, int id, double[] r, int ro) {
        Machine m = w.machine;
        int b = body(m, type, id);
        double[] local =
                switch (type) {
                    case BODY -> m.bodyIquat;
                    case GEOM -> m.geomQuat;
                    case SITE -> m.siteQuat;
                    default -> m.camQuat;
                };
        if (type == XBODY) {
            System.arraycopy(w.tree.xquat, 4 * b, r, ro, 4);
        } else {
            Flat.mulQuat(r, ro, w.tree.xquat, 4 * b, local, 4 * id);
        }
    }

    /** Velocity (angular, linear) in world axes. */
    static void velocity(World w, int type, int id, double[] r, int ro) {
        Velocity.at(w.machine, w.tree, body(w.machine, type, id), pos(w.tree, type), 3 * id, r, ro);
    }
}
