package org.openkaiwu.app.run;

import org.openkaiwu.body.Machine;
import org.openkaiwu.body.infer.BodyFacts.Effector;
import org.openkaiwu.dynamics.Kinematics;
import org.openkaiwu.dynamics.TreeData;
import org.openkaiwu.math.Vec3;
import org.openkaiwu.physics.World;
import org.openkaiwu.robot.RobotModel;
import org.openkaiwu.sim.Scenario;
import org.openkaiwu.skill.Intention;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a motion that has just been planned will look like: the way of the tool, the robot at its
 * end.
 */
final class Ghost {
    private static final int POINTS = 32;

    /** A body that moves less than this, m and parts of a turn, is not drawn twice. */
    private static final double STILL = 2e-3;

    private final World world;
    private final RobotModel model;
    private final TreeData data;

    Ghost(Scenario scenario) {
        world = scenario.world();
        model = scenario.body().model();
        data = new TreeData(world.machine);
    }

    /** Writes {@code path} (points of the tool or base, m) and {@code bodies} (index and pose). */
    void write(Intention what, ObjectNode out) {
        ArrayNode path = out.putArray("path");
        ArrayNode bodies = out.putArray("bodies");
        switch (what) {
            case Intention.ArmWay a -> arm(a, path, bodies);
            case Intention.BaseWay b -> {
                for (double[] p : b.points()) {
                    point(path, new Vec3(p[0], p[1], 0.02));
                }
            }
        }
    }

    private void arm(Intention.ArmWay a, ArrayNode path, ArrayNode bodies) {
        Machine m = world.machine;
        Effector hand =
                model.facts().effectors().stream()
                        .filter(e -> e.name().equals(a.effector()))
                        .findFirst()
                        .orElseThrow();
        int palm = Machine.indexOf(m.bodyName, hand.body());
        System.arraycopy(world.qpos, 0, data.qpos, 0, m.nq);
        System.arraycopy(world.mocapPos, 0, data.mocapPos, 0, 3 * m.nmocap);
        System.arraycopy(world.mocapQuat, 0, data.mocapQuat, 0, 4 * m.nmocap);
        double[] q = new double[a.joints().length];
        double[] v = new double[q.length];
        for (int i = 0; i <= POINTS; i++) {
            a.way().at(a.way().duration() * i / POINTS, q, v, null);
            for (int k = 0; k < q.length; k++) {
                int j = Machine.indexOf(m.jntName, model.joints().get(a.joints()[k]).name());
                data.qpos[m.jntQposadr[j]] = q[k];
            }
            Kinematics.run(m, data);
            point(path, tool(palm, hand.graspPoint()));
        }
        for (int b = 1; b < m.nbody; b++) {
            if (moved(b)) {
                bodies.add(b);
                SceneMessage.numbers(bodies, data.xpos, 3 * b, 3);
                SceneMessage.numbers(bodies, data.xquat, 4 * b, 4);
            }
        }
    }

    private Vec3 tool(int body, Vec3 p) {
        double[] r = data.xmat;
        double[] x = data.xpos;
        int o = 9 * body;
        return new Vec3(
                x[3 * body] + r[o] * p.x() + r[o + 1] * p.y() + r[o + 2] * p.z(),
                x[3 * body + 1] + r[o + 3] * p.x() + r[o + 4] * p.y() + r[o + 5] * p.z(),
                x[3 * body + 2] + r[o + 6] * p.x() + r[o + 7] * p.y() + r[o + 8] * p.z());
    }

    private boolean moved(int b) {
        double d = 0;
        for (int k = 0; k < 3; k++) {
            d = Math.max(d, Math.abs(data.xpos[3 * b + k] - world.tree.xpos[3 * b + k]));
        }
        for (int k = 0; k < 9; k++) {
            d = Math.max(d, Math.abs(data.xmat[9 * b + k] - world.tree.xmat[9 * b + k]));
        }
        return d > STILL;
    }

    private static void point(ArrayNode path, Vec3 p) {
        SceneMessage.numbers(path, p.toArray(), 0, 3);
    }
}
