package org.openkaiwu.skill;

import java.util.List;
import java.util.Optional;
import org.openkaiwu.math.Pose;
import org.openkaiwu.math.Vec3;
import org.openkaiwu.motion.ArmModel;
import org.openkaiwu.motion.CartesianPath;
import org.openkaiwu.motion.JointSpace;
import org.openkaiwu.motion.PlanResult;
import org.openkaiwu.motion.RrtConnect;
import org.openkaiwu.motion.Shortcut;
import org.openkaiwu.motion.Timing;
import org.openkaiwu.motion.ToolGoal;
import org.openkaiwu.motion.Trajectory;
import org.openkaiwu.motion.Validity;
import org.openkaiwu.robot.RobotModel;

/** Plans and times the motions of one hand's arm. */
final class ArmMotion {
    private static final double RANGE = 0.6;
    private static final int ITERATIONS = 20_000;

    /** Largest deviation of a five-axis arm's direction on a straight line, rad. */
    static final double LOOSE = 0.17;

    private ArmMotion() {}

    /** A free way to one of the configurations, timed; empty when none was found. */
    static Optional<Trajectory> transit(
            Agent agent, Hand hand, Validity validity, List<double[]> goals) {
        double[] start = hand.position(agent.telemetry());
        return transit(agent, hand.arm(), hand.commanded(), start, validity, goals);
    }

    /** The same for both arms at once. */
    static Optional<Trajectory> transit(
            Agent agent, TwoHands hands, Validity validity, double[] goal) {
        double[] start = hands.position(agent.telemetry());
        return transit(agent, hands.both(), hands.commanded(), start, validity, List.of(goal));
    }

    private static Optional<Trajectory> transit(
            Agent agent,
            ArmModel arm,
            int[] commanded,
            double[] start,
            Validity validity,
            List<double[]> goals) {
        JointSpace space = JointSpace.plain(arm.lower(), arm.upper()).including(start);
        PlanResult found =
                new RrtConnect(space, RANGE, ITERATIONS)
                        .plan(start, goals, validity, agent.random().nextLong());
        if (!found.solved()) {
            return Optional.empty();
        }
        double[][] path =
                new Shortcut(space).shorten(found.path(), validity, 60, agent.random().nextLong());
        return Optional.of(timing(agent, commanded, 1).along(path, validity, 0.05));
    }

    /** A straight line of the tool, timed; empty when it cannot be done whole. */
    static Optional<Trajectory> line(
            Agent agent, Hand hand, Validity validity, Pose goal, double speed) {
        double[] start = hand.position(agent.telemetry());
        CartesianPath.Result r = linePath(hand, start, goal, validity);
        return r.complete()
                ? Optional.of(timing(agent, hand.commanded(), speed).along(r.path()))
                : Optional.empty();
    }

    static CartesianPath.Result linePath(Hand hand, double[] start, Pose goal, Validity validity) {
        return new CartesianPath(hand.arm(), 0.005, 0.001, LOOSE)
                .follow(start, new ToolGoal.Full(goal), validity);
    }

    /** A path at an approach's pace. */
    static Trajectory timed(Agent agent, Hand hand, double[][] path) {
        return timing(agent, hand.commanded(), 0.5).along(path);
    }

    /** The same for both arms at once. */
    static Trajectory timed(Agent agent, TwoHands hands, double[][] path) {
        return timing(agent, hands.commanded(), 0.5).along(path);
    }

    private static Timing timing(Agent agent, int[] c, double speed) {
        double[] v = new double[c.length];
        double[] a = new double[c.length];
        double[] j = new double[c.length];
        for (int i = 0; i < c.length; i++) {
            RobotModel.JointInfo info = agent.model().joints().get(c[i]);
            v[i] = 0.95 * info.maxVelocity();
            a[i] = info.maxAcceleration();
            j[i] = 8 * info.maxAcceleration();
        }
        return new Timing(v, a, j, 0.05).scaled(speed);
    }

    /** Follows a trajectory and waits until the arm has settled at its end. */
    static Node follow(String name, Hand hand, Trajectory trajectory) {
        return new Follow(name, hand, trajectory);
    }

    /** The same with both arms at once. */
    static Node follow(String name, TwoHands hands, Trajectory trajectory) {
        return new Follow(name, hands, trajectory);
    }

    /**
     * Follows a straight motion of the tool until something is felt, which near the end is good.
     */
    static Node careful(
            Agent agent,
            String name,
            Hand hand,
            Trajectory t,
            Vec3 along,
            double load,
            double early) {
        return new Follow(name, hand, t, new Touch(agent, hand, along, load), early);
    }
}
