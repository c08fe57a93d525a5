package org.openkaiwu.skill;

import java.util.List;
import java.util.Set;
import org.openkaiwu.body.infer.BodyFacts.Ability;
import org.openkaiwu.math.Pose;
import org.openkaiwu.math.Text;
import org.openkaiwu.math.Vec3;
import org.openkaiwu.motion.BasePlanner;

/** Moves of the base by a stated amount: drive some way, turn by an angle. */
final class BaseMoves {
    /** The way is looked at in steps of, m. */
    private static final double STEP = 0.05;

    /** Ends of a move: distance, m, and angle, rad. */
    private static final double THERE = 0.01;

    private static final double TURNED = 0.01;
    private static final double SPEED = 0.5;

    private BaseMoves() {}

    static List<Skill> all() {
        return List.of(
                move(
                        "drive_by",
                        new Text("Drive some way.", "行驶一段距离。"),
                        "driven(robot, by)",
                        List.of("blocked", "no_way", "stuck")),
                move(
                        "turn_by",
                        new Text("Turn on the spot.", "原地转动。"),
                        "turned(robot, by)",
                        List.of()));
    }

    private static Skill move(String name, Text about, String effect, List<String> failures) {
        return Skill.of(
                new SkillSpec(
                        name,
                        about,
                        List.of(new SkillSpec.Parameter("by", SkillSpec.Type.WORD, false)),
                        Set.of(Ability.DRIVE),
                        List.of(),
                        List.of(effect),
                        failures,
                        5),
                call ->
                        Nodes.lazy(
                                name,
                                a ->
                                        name.equals("turn_by")
                                                ? turn(call.arg("by"))
                                                : drive(a, call.arg("by"))));
    }

    /** Straight on or back; sideways by a route that ends in the same heading. */
    private static Node drive(Agent agent, String by) {
        Pose base = agent.telemetry().base();
        Vec3 goal = base.p().plus(Footing.shift(agent.belief(), by));
        double yaw = base.q().yaw();
        if (!by.startsWith("forward") && !by.startsWith("back")) {
            return Driving.to(agent, "there", new Ground.Stand(goal.x(), goal.y(), yaw));
        }
        double length = goal.minus(base.p()).norm();
        BasePlanner planner = Ground.planner(agent);
        for (double s = STEP; s <= length + STEP / 2; s += STEP) {
            Vec3 p = base.p().plus(goal.minus(base.p()).times(Math.min(1, s / length)));
            if (!planner.free(p.x(), p.y(), yaw)) {
                String free = String.format(java.util.Locale.ROOT, "%.2f", Math.max(0, s - STEP));
                return Nodes.leaf(
                        "blocked",
                        a ->
                                Status.failure(
                                        "blocked",
                                        "Something is in the way: only " + free + " m are free.",
                                        "前面有东西挡着：只有" + free + "米是空的。"));
            }
        }
        int way = by.startsWith("back") ? -1 : 1;
        return Nodes.sequence(
                "drive",
                Nodes.leaf("drive", a -> straight(a, base.p(), length, way)),
                Nodes.pause("come to rest", 0.3));
    }

    private static Status straight(Agent agent, Vec3 from, double length, int way) {
        double left = length - Footing.flat(agent.telemetry().base().p().minus(from)).norm();
        double fast = SPEED * agent.model().drive().maxSpeed();
        double most = agent.model().drive().maxAcceleration();
        double slow = 0.8 * Math.sqrt(2 * most * Math.max(0, left));
        agent.drive(left < THERE ? 0 : way * Math.min(fast, Math.max(0.02, slow)), 0, 0);
        return left < THERE ? Status.SUCCESS : Status.RUNNING;
    }

    /** Turns by {@code left_90}, degrees, counting whole turns. */
    private static Node turn(String by) {
        int cut = by.indexOf('_');
        double sign = by.startsWith("right") ? -1 : 1;
        double goal = StrictMath.toRadians(Double.parseDouble(by.substring(cut + 1)));
        double[] turned = {0, Double.NaN};
        return Nodes.sequence(
                "turn",
                Nodes.leaf(
                        "turn",
                        a -> {
                            double yaw = a.telemetry().base().q().yaw();
                            if (!Double.isNaN(turned[1])) {
                                turned[0] +=
                                        sign * Math.IEEEremainder(yaw - turned[1], 2 * Math.PI);
                            }
                            turned[1] = yaw;
                            double left = goal - turned[0];
                            double fast = SPEED * a.model().drive().maxTurn();
                            double most = a.model().drive().maxTurnAcceleration();
                            double slow = 0.8 * Math.sqrt(2 * most * Math.max(0, left));
                            boolean there = left < TURNED;
                            a.drive(0, 0, there ? 0 : sign * Math.min(fast, Math.max(0.05, slow)));
                            return there ? Status.SUCCESS : Status.RUNNING;
                        }),
                Nodes.pause("come to rest", 0.3));
    }
}
