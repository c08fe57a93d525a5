package org.openkaiwu.physics;

import org.openkaiwu.body.Machine;
import org.openkaiwu.dynamics.TreeData;
import org.openkaiwu.math.Flat;
import org.openkaiwu.math.Trig;

/** Camera frames, also of cameras that follow or look at a body. */
final class Cameras {
    private static final int TRACK = 1;
    private static final int TRACKCOM = 2;
    private static final int TARGETBODY = 3;
    private static final int TARGETBODYCOM = 4;

    private Cameras() {}

    static void run(World w) {
        Machine m = w.machine;
        TreeData d = w.tree;
        for (int c = 0; c < m.ncam; c++) {
            int b = m.camBodyid[c];
            switch (m.camMode[c]) {
                case TRACK -> follow(w, c, d.xpos, b, w.model.camPos0);
                case TRACKCOM -> follow(w, c, d.subtreeCom, b, w.model.camPoscom0);
                case TARGETBODY, TARGETBODYCOM -> {
                    fixed(w, c);
                    int target = m.camTargetbodyid[c];
                    if (target >= 0) {
                        lookAt(
                                w,
                                c,
                                m.camMode[c] == TARGETBODY ? d.xpos : d.subtreeCom,
                                3 * target);
                    }
                }
                default -> fixed(w, c);
            }
        }
    }

    /** Focal length in units of the image height, from the field of view. */
    static double focal(Machine m, int c) {
        double half = m.camFovy[c] * Math.PI / 360;
        return 0.5 * Trig.cos(half) / Trig.sin(half);
    }

    /** As fixed to its body. */
    static void fixed(World w, int c) {
        Machine m = w.machine;
        TreeData d = w.tree;
        int b = m.camBodyid[c];
        Flat.mulMatVec3(d.camXpos, 3 * c, d.xmat, 9 * b, m.camPos, 3 * c);
        for (int k = 0; k < 3; k++) {
            d.camXpos[3 * c + k] += d.xpos[3 * b + k];
        }
        Flat.mulQuat(w.quats, 0, d.xquat, 4 * b, m.camQuat, 4 * c);
        Flat.quatToMat(d.camXmat, 9 * c, w.quats, 0);
    }

    private static void follow(World w, int c, double[] pos, int b, double[] offset) {
        TreeData d = w.tree;
        for (int k = 0; k < 3; k++) {
            d.camXpos[3 * c + k] = pos[3 * b + k] + offset[3 * c + k];
        }
        System.arraycopy(w.model.camMat0, 9 * c, d.camXmat, 9 * c, 9);
    }

    /** Turns the optical axis to a point, image upright. */
    private static void lookAt(World w, int c, double[] p, int po) {
        double[] s = w.scratch;
        double[] mat = w.tree.camXmat;
        for (int k = 0; k < 3; k++) {
            s[k] = w.tree.camXpos[3 * c + k] - p[po + k];
        }
        Flat.normalize3(s, 0);
        Flat.set3(s, 3, 0, 0, 1);
        Flat.cross3(s, 3, s, 3, s, 0);
        Flat.normalize3(s, 3);
        Flat.cross3(s, 6, s, 0, s, 3);
        Flat.normalize3(s, 6);
        for (int k = 0; k < 3; k++) {
            mat[9 * c + 3 * k] = s[3 + k];
            mat[9 * c + 3 * k + 1] = s[6 + k];
            mat[9 * c + 3 * k + 2] = s[k];
        }
    }
}
