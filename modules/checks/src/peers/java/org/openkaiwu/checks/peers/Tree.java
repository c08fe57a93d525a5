package org.openkaiwu.checks.peers;

import java.util.ArrayList;
import java.util.List;
import org.openkaiwu.body.Machine;
import org.openkaiwu.math.Quat;
import org.openkaiwu.math.Vec3;

/**
 * A machine as the other engines want it: every body with its frame at the centre of mass, at
 * qpos0.
 */
final class Tree {
    static final int FREE = 0;
    static final int SLIDE = 2;
    static final int HINGE = 3;
    static final int PLANE = 0;
    static final int CAPSULE = 3;
    static final int BOX = 6;

    /**
     * A body.
     *
     * @param parent 0: the world
     * @param com centre of mass in the world at qpos0; the body's frame is not turned there
     * @param inertia 3 x 3 about the centre of mass, row-major
     * @param joint FREE, SLIDE or HINGE, -1 for none
     * @param anchor the joint's place in the world at qpos0
     * @param dof first dof, -1 for none
     */
    record Part(
            int id,
            String name,
            int parent,
            double mass,
            Vec3 com,
            double[] inertia,
            int joint,
            Vec3 anchor,
            Vec3 axis,
            int dof,
            List<Shape> shapes) {}

    /**
     * A box (half sizes) or capsule (radius, half length, along its z).
     *
     * @param at relative to the centre of mass
     */
    record Shape(int type, double[] size, Vec3 at, Quat turn, double friction) {}

    final Machine machine;
    final List<Part> parts = new ArrayList<>();

    Tree(Machine m) {
        machine = m;
        Vec3[] origin = new Vec3[m.nbody];
        origin[0] = Vec3.ZERO;
        for (int b = 1; b < m.nbody; b++) {
            origin[b] = origin[m.bodyParentid[b]].plus(vec(m.bodyPos, b));
            Vec3 com = origin[b].plus(vec(m.bodyIpos, b));
            int j = m.bodyJntnum[b] == 0 ? -1 : m.bodyJntadr[b];
            List<Shape> shapes = new ArrayList<>();
            for (int g = m.bodyGeomadr[b]; g < m.bodyGeomadr[b] + m.bodyGeomnum[b]; g++) {
                double[] size = {m.geomSize[3 * g], m.geomSize[3 * g + 1], m.geomSize[3 * g + 2]};
                shapes.add(
                        new Shape(
                                m.geomType[g],
                                size,
                                vec(m.geomPos, g).minus(vec(m.bodyIpos, b)),
                                Quat.of(m.geomQuat, 4 * g),
                                m.geomFriction[3 * g]));
            }
            parts.add(
                    new Part(
                            b,
                            m.bodyName[b],
                            m.bodyParentid[b],
                            m.bodyMass[b],
                            com,
                            inertia(m, b),
                            j < 0 ? -1 : m.jntType[j],
                            origin[b],
                            j < 0 ? Vec3.ZERO : vec(m.jntAxis, j),
                            j < 0 ? -1 : m.jntDofadr[j],
                            shapes));
        }
    }

    /** The part of a body. */
    Part part(int body) {
        return parts.get(body - 1);
    }

    /** The first body of the tree that a body is in. */
    int root(int body) {
        int b = body;
        while (machine.bodyParentid[b] != 0) {
            b = machine.bodyParentid[b];
        }
        return b;
    }

    private static double[] inertia(Machine m, int b) {
        Quat q = Quat.of(m.bodyIquat, 4 * b);
        double[] out = new double[9];
        for (int k = 0; k < 3; k++) {
            Vec3 e = q.rotate(new Vec3(k == 0 ? 1 : 0, k == 1 ? 1 : 0, k == 2 ? 1 : 0));
            double[] v = {e.x(), e.y(), e.z()};
            for (int r = 0; r < 3; r++) {
                for (int c = 0; c < 3; c++) {
                    out[3 * r + c] += m.bodyInertia[3 * b + k] * v[r] * v[c];
                }
            }
        }
        return out;
    }

    private static Vec3 vec(double[] a, int i) {
        return new Vec3(a[3 * i], a[3 * i + 1], a[3 * i + 2]);
    }
}
