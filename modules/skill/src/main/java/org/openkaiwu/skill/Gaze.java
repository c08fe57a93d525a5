package org.openkaiwu.skill;

import java.util.ArrayList;
import java.util.List;
import org.openkaiwu.body.infer.BodyFacts;
import org.openkaiwu.robot.RobotModel;

/** Motions of the head alone: what stands close before a robot is below the view straight ahead. */
final class Gaze {
    /** Angle by which each joint of the head turns to either side, rad. */
    private static final double TURN = 0.5;

    /** A joint that cannot turn by this much is left alone, rad. */
    private static final double LEAST = 0.1;

    private static final double SLOW = 0.5;

    private Gaze() {}

    /** Turns each joint of the head to both sides and back, until the thing is seen. */
    static Node about(Agent agent, String label) {
        RobotModel m = agent.model();
        List<Node> nodes = new ArrayList<>();
        for (BodyFacts.Limb l : m.facts().limbs()) {
            if (l.kind() != BodyFacts.LimbKind.HEAD) {
                continue;
            }
            for (String name : l.joints().reversed()) {
                int j = m.indexOf(name);
                if (j >= 0) {
                    both(agent, label, j, nodes);
                }
            }
        }
        return Nodes.sequence("turn the head", nodes);
    }

    private static void both(Agent agent, String label, int joint, List<Node> out) {
        RobotModel.JointInfo info = agent.model().joints().get(joint);
        double now = agent.telemetry().position()[joint];
        double back = Math.clamp(now, info.lower(), info.upper());
        for (double turn : new double[] {-TURN, TURN}) {
            double goal = Math.clamp(now + turn, info.lower(), info.upper());
            if (Math.abs(goal - now) >= LEAST) {
                out.add(
                        Nodes.lazy(
                                "look",
                                a ->
                                        a.belief().things().containsKey(label)
                                                ? Nodes.succeed("seen")
                                                : ramp(joint, goal, SLOW * info.maxVelocity())));
            }
        }
        out.add(Nodes.lazy("back", a -> ramp(joint, back, SLOW * info.maxVelocity())));
    }

    /** Brings one joint to a position at an even speed. */
    static Node ramp(int joint, double goal, double speed) {
        double[] target = {Double.NaN};
        return Nodes.sequence(
                "ramp",
                Nodes.leaf(
                        "ramp",
                        a -> {
                            if (Double.isNaN(target[0])) {
                                target[0] = a.telemetry().position()[joint];
                            }
                            double step = speed * a.period();
                            double rest = goal - target[0];
                            target[0] += Math.clamp(rest, -step, step);
                            boolean there = Math.abs(rest) <= step;
                            a.joint(joint, target[0], there ? 0 : speed * Math.signum(rest));
                            return there ? Status.SUCCESS : Status.RUNNING;
                        }),
                Nodes.pause("settle", 0.5));
    }
}
