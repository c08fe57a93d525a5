package org.openkaiwu.app.adopt;

import java.util.ArrayList;
import java.util.List;
import org.openkaiwu.body.Machine;
import org.openkaiwu.body.infer.BodyFacts;
import org.openkaiwu.dynamics.Kinematics;
import org.openkaiwu.dynamics.TreeData;
import org.openkaiwu.math.Pose;
import org.openkaiwu.math.Quat;
import org.openkaiwu.math.Vec3;

/** Points on the solid surfaces of a machine in one configuration, by body. */
final class Shell {
    /** Opening for a small thing, m. */
    private static final double SMALL_THING = 0.06;

    private final Machine m;
    private final TreeData tree;

    Shell(Machine machine) {
        m = machine;
        tree = new TreeData(machine);
    }

    /** {@code qpos0} with hands as far open as for a small thing. */
    static double[] handsOpen(Machine m, List<BodyFacts.Effector> effectors) {
        double[] q = m.qpos0.clone();
        for (BodyFacts.Effector e : effectors) {
            double part = e.aperture() > 0 ? Math.min(1, SMALL_THING / e.aperture()) : 1;
            for (int i = 0; i < e.joints().size() && i < e.openPosition().length; i++) {
                double closed = e.closedPosition()[i];
                q[m.jntQposadr[Machine.indexOf(m.jntName, e.joints().get(i))]] =
                        closed + part * (e.openPosition()[i] - closed);
            }
        }
        return q;
    }

    /**
     * How far the solids of a hand go beyond a point in it, m.
     *
     * @param palm body that carries the hand
     * @param point in the palm's frame, m
     * @param approach unit vector in the palm's frame
     */
    double beyond(int palm, Vec3 point, Vec3 approach) {
        boolean[] hand = new boolean[m.nbody];
        for (int b = palm; b < m.nbody; b++) {
            hand[b] = b == palm || hand[m.bodyParentid[b]];
        }
        Pose at = new Pose(Vec3.of(tree.xpos, 3 * palm), Quat.of(tree.xquat, 4 * palm));
        Vec3 from = at.transform(point);
        Vec3 z = at.q().rotate(approach);
        return points(hand).stream().mapToDouble(p -> p.minus(from).dot(z)).max().orElse(0);
    }

    /** Kinematics of the configuration, for rays and contacts. */
    TreeData at(double[] qpos) {
        System.arraycopy(qpos, 0, tree.qpos, 0, m.nq);
        Kinematics.run(m, tree);
        return tree;
    }

    /** Points of the geoms that can be touched, of the chosen bodies, at the last configuration. */
    List<Vec3> points(boolean[] bodies) {
        List<Vec3> out = new ArrayList<>();
        for (int g = 0; g < m.ngeom; g++) {
            boolean solid = m.geomContype[g] != 0 || m.geomConaffinity[g] != 0;
            if (bodies[m.geomBodyid[g]] && solid) {
                for (double[] p : local(g)) {
                    out.add(world(g, p));
                }
            }
        }
        return out;
    }

    private Vec3 world(int g, double[] p) {
        double[] r = tree.geomXmat;
        double[] o = new double[3];
        for (int k = 0; k < 3; k++) {
            int i = 9 * g + 3 * k;
            o[k] = tree.geomXpos[3 * g + k] + r[i] * p[0] + r[i + 1] * p[1] + r[i + 2] * p[2];
        }
        return Vec3.of(o, 0);
    }

    private List<double[]> local(int g) {
        double a = m.geomSize[3 * g];
        double b = m.geomSize[3 * g + 1];
        double c = m.geomSize[3 * g + 2];
        return switch (m.geomType[g]) {
            case 2 -> grid(a, a, a);
            case 3 -> grid(a, a, b + a);
            case 4, 6 -> grid(a, b, c);
            case 5 -> grid(a, a, b);
            case 7 -> vertices(g);
            default -> List.of();
        };
    }

    private List<double[]> vertices(int g) {
        double[] v = m.meshes[m.geomDataid[g]].vertices();
        int step = Math.max(1, v.length / 3 / 800);
        List<double[]> out = new ArrayList<>();
        for (int i = 0; 3 * i + 2 < v.length; i += step) {
            out.add(new double[] {v[3 * i], v[3 * i + 1], v[3 * i + 2]});
        }
        return out;
    }

    /** Points on the faces of a box. */
    private static List<double[]> grid(double a, double b, double c) {
        List<double[]> out = new ArrayList<>();
        for (int i = -3; i <= 3; i++) {
            for (int k = -3; k <= 3; k++) {
                double u = i / 3.0;
                double v = k / 3.0;
                for (int s = -1; s <= 1; s += 2) {
                    out.add(new double[] {a * u, b * v, s * c});
                    out.add(new double[] {a * u, s * b, c * v});
                    out.add(new double[] {s * a, b * u, c * v});
                }
            }
        }
        return out;
    }
}
