package org.openkaiwu.sim;

import java.util.Optional;
import org.openkaiwu.body.Machine;
import org.openkaiwu.body.infer.BodyFacts;
import org.openkaiwu.dynamics.Kinematics;
import org.openkaiwu.dynamics.TreeData;
import org.openkaiwu.math.Pose;
import org.openkaiwu.math.Quat;
import org.openkaiwu.math.Text;
import org.openkaiwu.math.Vec3;
import org.openkaiwu.robot.Check;
import org.openkaiwu.robot.Command;
import org.openkaiwu.robot.RobotModel;
import org.openkaiwu.robot.Telemetry;

/** Keeps hands and base inside the workspace: the scene's outline with a margin, over the floor. */
final class Fence implements Check {
    /** Beyond the scene's outline, m. */
    private static final double MARGIN = 1.5;

    private final boolean fixed;
    private final Faults faults;
    private final Pose stand;
    private final TreeData tree;
    private final Machine machine;
    private final int[] palms;
    private final Vec3[] points;
    private final double[] lower = {-1, -1};
    private final double[] upper = {1, 1};

    Fence(Layout layout, BodyFile body, Faults faults) {
        this.faults = faults;
        fixed = !body.mobile();
        stand = layout.robot();
        machine = body.model().machine();
        tree = new TreeData(machine);
        var effectors = body.model().facts().effectors();
        palms = new int[effectors.size()];
        points = new Vec3[palms.length];
        for (int i = 0; i < palms.length; i++) {
            BodyFacts.Effector e = effectors.get(i);
            palms[i] = Machine.indexOf(machine.bodyName, e.body());
            points[i] = e.graspPoint();
        }
        for (Layout.Place p : layout.places()) {
            double r = StrictMath.hypot(p.size().x(), p.size().y()) / 2;
            double[] c = {p.pose().p().x(), p.pose().p().y()};
            for (int k = 0; k < 2; k++) {
                lower[k] = Math.min(lower[k], c[k] - r);
                upper[k] = Math.max(upper[k], c[k] + r);
            }
        }
    }

    @Override
    public Optional<Text> refuse(RobotModel model, Telemetry state, Command command) {
        Telemetry ahead =
                new Telemetry(
                        state.time(),
                        command.position(),
                        state.velocity(),
                        state.effort(),
                        state.base(),
                        state.baseVelocity(),
                        state.effectors(),
                        state.sightings(),
                        state.stopped());
        double[] q = model.configuration(ahead);
        System.arraycopy(q, 0, tree.qpos, 0, q.length);
        Kinematics.run(machine, tree);
        for (int i = 0; i < palms.length; i++) {
            Pose palm =
                    new Pose(Vec3.of(tree.xpos, 3 * palms[i]), Quat.of(tree.xquat, 4 * palms[i]));
            Vec3 p = palm.transform(points[i]);
            if (fixed) {
                p = stand.transform(p);
            }
            if (outside(p) || p.z() < -0.02) {
                return Optional.of(new Text("a hand would leave the workspace", "机械手将超出工作区域"));
            }
        }
        if (!fixed && outside(state.base().p())) {
            return Optional.of(new Text("the base left the workspace", "底盘超出工作区域"));
        }
        return Optional.empty();
    }

    private boolean outside(Vec3 p) {
        return faults.isFenced()
                || p.x() < lower[0] - MARGIN
                || p.x() > upper[0] + MARGIN
                || p.y() < lower[1] - MARGIN
                || p.y() > upper[1] + MARGIN;
    }
}
