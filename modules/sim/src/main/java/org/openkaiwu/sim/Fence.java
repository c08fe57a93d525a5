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
import org.openkaiwu.robot.Guard;
import org.openkaiwu.robot.RobotModel;
import org.openkaiwu.robot.Telemetry;

/**
 * Keeps hands and base inside the workspace: the scene's outline with a margin, over the floor.
 *
 * <p>What counts is where they would come to rest if the robot were stopped now, so that a stop at
 * the fence ends inside of it. A robot that is outside all the same may come back in.
 */
final class Fence implements Check {
    /** Beyond the scene's outline, m. */
    private static final double MARGIN = 1.5;

    /** Hands keep out of the floor by this, m; they may touch it. */
    private static final double FLOOR = -0.02;

    /** Drives follow a braking ramp so much later, s. */
    private static final double LAG = 0.1;

    /** Further out by less than this is measuring noise, m. */
    private static final double NOISE = 1e-4;

    private final boolean fixed;
    private final Faults faults;
    private final Pose stand;
    private final TreeData tree;
    private final Machine machine;
    private final int[] palms;
    private final Vec3[] points;
    private final double[] lower = {-1, -1};
    private final double[] upper = {1, 1};

    Fence(Layout layout, NamedBody body, Faults faults) {
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
        for (int k = 0; k < 2; k++) {
            lower[k] -= MARGIN;
            upper[k] += MARGIN;
        }
    }

    /** Sets the outline, m in the map. */
    void outline(double[] least, double[] most) {
        System.arraycopy(least, 0, lower, 0, 2);
        System.arraycopy(most, 0, upper, 0, 2);
    }

    @Override
    public Optional<Text> refuse(RobotModel model, Telemetry state, Command command) {
        if (faults.isFenced()) {
            return Optional.of(new Text("the robot is outside of the workspace", "机器人在工作区域之外"));
        }
        RobotModel.Drive drive = model.drive();
        Pose rest = fixed ? state.base() : rest(state, command, drive);
        double[] joints = command.position().clone();
        for (int i = 0; i < joints.length; i++) {
            joints[i] +=
                    way(
                            state.velocity()[i],
                            Guard.JOINT_BRAKE,
                            model.joints().get(i).maxAcceleration());
        }
        double out = handBeyond(model, state, joints, rest);
        if (out > NOISE && out > handBeyond(model, state, state.position(), state.base()) + NOISE) {
            return Optional.of(new Text("a hand would leave the workspace", "机械手将超出工作区域"));
        }
        if (!fixed && beyond(rest.p()) > Math.max(0, beyond(state.base().p())) + NOISE) {
            return Optional.of(new Text("the base would leave the workspace", "底盘将超出工作区域"));
        }
        return Optional.empty();
    }

    /** Way from a speed to rest. */
    private static double way(double speed, double harder, double acceleration) {
        return speed * Math.abs(speed) / (2 * harder * acceleration);
    }

    /** Where the base comes to rest when it is stopped now. */
    private static Pose rest(Telemetry state, Command command, RobotModel.Drive drive) {
        Command.BaseVelocity is = state.baseVelocity();
        Command.BaseVelocity told = command.base();
        double speed = StrictMath.hypot(is.forward(), is.left());
        double far = way(speed, Guard.BASE_BRAKE, drive.maxAcceleration());
        double share = speed > 0 ? far / speed : 0;
        Vec3 moved =
                new Vec3(
                        share * is.forward() + LAG * told.forward(),
                        share * is.left() + LAG * told.left(),
                        0);
        double turned =
                way(is.turn(), Guard.BASE_BRAKE, drive.maxTurnAcceleration()) + LAG * told.turn();
        Pose b = state.base();
        return new Pose(
                b.p().plus(Quat.yaw(b.q().yaw() + turned / 2).rotate(moved)),
                Quat.yaw(turned).times(b.q()).unit());
    }

    /** How far the farthest hand is outside, m; negative inside. */
    private double handBeyond(RobotModel model, Telemetry state, double[] joints, Pose base) {
        Telemetry there =
                new Telemetry(
                        state.time(),
                        joints,
                        state.velocity(),
                        state.effort(),
                        base,
                        state.baseVelocity(),
                        state.effectors(),
                        state.sightings(),
                        state.stopped());
        double[] q = model.configuration(there);
        System.arraycopy(q, 0, tree.qpos, 0, q.length);
        Kinematics.run(machine, tree);
        double most = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < palms.length; i++) {
            Pose palm =
                    new Pose(Vec3.of(tree.xpos, 3 * palms[i]), Quat.of(tree.xquat, 4 * palms[i]));
            Vec3 p = palm.transform(points[i]);
            if (fixed) {
                p = stand.transform(p);
            }
            most = Math.max(most, Math.max(beyond(p), FLOOR - p.z()));
        }
        return most;
    }

    /** How far a point is outside of the outline, m; negative inside. */
    private double beyond(Vec3 p) {
        return Math.max(
                Math.max(lower[0] - p.x(), p.x() - upper[0]),
                Math.max(lower[1] - p.y(), p.y() - upper[1]));
    }
}
