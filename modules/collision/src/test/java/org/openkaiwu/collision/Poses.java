package org.openkaiwu.collision;

import org.openkaiwu.math.Flat;
import org.openkaiwu.math.RandomStream;

/** Seeded poses for tests. */
final class Poses {
    final double[] pos = new double[3];
    final double[] mat = new double[9];

    static Poses random(RandomStream r, double reach) {
        Poses p = new Poses();
        double[] q = {r.nextNormal(), r.nextNormal(), r.nextNormal(), r.nextNormal()};
        Flat.normalizeQuat(q, 0);
        Flat.quatToMat(p.mat, 0, q, 0);
        for (int k = 0; k < 3; k++) {
            p.pos[k] = r.uniform(-reach, reach);
        }
        return p;
    }

    static Poses at(double x, double y, double z) {
        Poses p = new Poses();
        p.pos[0] = x;
        p.pos[1] = y;
        p.pos[2] = z;
        p.mat[0] = 1;
        p.mat[4] = 1;
        p.mat[8] = 1;
        return p;
    }

    /** This pose after moving the world by {@code by}. */
    Poses movedBy(Poses by) {
        Poses p = new Poses();
        Flat.mulMat3(p.mat, 0, by.mat, 0, mat, 0);
        Flat.mulMatVec3(p.pos, 0, by.mat, 0, pos, 0);
        for (int k = 0; k < 3; k++) {
            p.pos[k] += by.pos[k];
        }
        return p;
    }

    /** Point of the frame in the world. */
    double[] toWorld(double x, double y, double z) {
        double[] w = new double[3];
        Flat.mulMatVec3(w, 0, mat, 0, new double[] {x, y, z}, 0);
        for (int k = 0; k < 3; k++) {
            w[k] += pos[k];
        }
        return w;
    }
}
