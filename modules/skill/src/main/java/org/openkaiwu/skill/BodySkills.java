package org.openkaiwu.skill;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.openkaiwu.body.infer.BodyFacts;
import org.openkaiwu.body.infer.BodyFacts.Ability;
import org.openkaiwu.math.Text;
import org.openkaiwu.math.Vec3;
import org.openkaiwu.perception.Belief;
import org.openkaiwu.perception.WorldMap;
import org.openkaiwu.robot.RobotModel;

/** Short skills of the body itself: open and close hands, raise and lower, look. */
public final class BodySkills {
    /** Way of the lift for "raise" and "lower", m. */
    private static final double LIFT = 0.10;

    /** A lift moved less than this was already at its end, m. */
    private static final double LEAST = 0.03;

    private static final double SLOW = 0.5;

    /** A base turned this near to a thing faces it, rad. */
    private static final double FACING = 0.1;

    /** Angles by which a head turns to look around, rad. */
    private static final double[] PAN = {0.7, -0.7, 0};

    private BodySkills() {}

    /** All of them. */
    public static List<Skill> all() {
        return List.of(
                hand("open_hand", "Open the hands.", "张开手爪。", "open(gripper)", 1),
                hand("close_hand", "Close the hands.", "合上手爪。", "closed(gripper)", 0),
                lift("raise", "Raise the lift.", "升高升降柱。", "raised(robot)", 1),
                lift("lower", "Lower the lift.", "降低升降柱。", "lowered(robot)", -1),
                lookAround(),
                lookAt());
    }

    private static Skill hand(String name, String en, String zh, String effect, double opening) {
        return Skill.of(
                new SkillSpec(
                        name,
                        new Text(en, zh),
                        List.of(),
                        Set.of(Ability.GRASP),
                        List.of(),
                        List.of(effect),
                        List.of("holding", "no_move"),
                        2),
                call ->
                        Nodes.sequence(
                                name,
                                Nodes.leaf("free?", BodySkills::free),
                                Nodes.leaf("fingers", a -> fingers(a, opening)),
                                Nodes.pause("wait", 1.5),
                                Nodes.leaf("moved?", a -> moved(a, opening))));
    }

    /** What is held would drop. */
    private static Status free(Agent agent) {
        for (Hand h : agent.embodiment().hands()) {
            Optional<Agent.Holding> held = agent.taking(h.name());
            if (held.isPresent()) {
                String what = held.get().label();
                return Status.failure(
                        "holding",
                        "I am holding " + what + "; say where to put it.",
                        "我手里拿着" + what + "；请说明放到哪里。");
            }
        }
        return Status.SUCCESS;
    }

    private static Status fingers(Agent agent, double opening) {
        agent.embodiment()
                .hands()
                .forEach(h -> agent.grip(h.name(), opening, h.drive().usualForce()));
        return Status.SUCCESS;
    }

    private static Status moved(Agent agent, double opening) {
        boolean there =
                agent.embodiment().hands().stream()
                        .allMatch(h ->
                                Math.abs(
                                                agent.telemetry()
                                                                .effectors()
                                                                .get(h.name())
                                                                .opening()
                                                        - opening)
                                        < 0.2);
        return there
                ? Status.SUCCESS
                : Status.failure("no_move", "The fingers did not get there.", "手指没有到位。");
    }

    private static Skill lift(String name, String en, String zh, String effect, int way) {
        return Skill.of(
                new SkillSpec(
                        name,
                        new Text(en, zh),
                        List.of(),
                        Set.of(Ability.LIFT_COLUMN),
                        List.of(),
                        List.of(effect),
                        List.of("at_end"),
                        4),
                call -> Nodes.lazy(name, a -> lift(a, way)));
    }

    private static Node lift(Agent agent, int way) {
        RobotModel m = agent.model();
        int j =
                m.facts().limbs().stream()
                        .filter(l -> l.kind() == BodyFacts.LimbKind.LIFT)
                        .mapToInt(l -> m.indexOf(l.joints().getFirst()))
                        .findFirst()
                        .orElse(-1);
        if (j < 0) {
            return fail("at_end", "I have no lift.", "没有升降机构。");
        }
        RobotModel.JointInfo info = m.joints().get(j);
        double now = agent.telemetry().position()[j];
        double goal = Math.clamp(now + way * LIFT, info.lower(), info.upper());
        return Math.abs(goal - now) < LEAST
                ? fail("at_end", "The lift is already at its end.", "升降柱已经到头了。")
                : Gaze.ramp(j, goal, SLOW * info.maxVelocity());
    }

    private static Skill lookAround() {
        return Skill.of(
                new SkillSpec(
                        "look_around",
                        new Text("Look around.", "环顾四周。"),
                        List.of(),
                        Set.of(Ability.LOOK),
                        List.of(),
                        List.of("looked(robot)"),
                        List.of(),
                        8),
                call -> Nodes.lazy("look around", BodySkills::sweep));
    }

    private static Node sweep(Agent agent) {
        RobotModel m = agent.model();
        if (m.drive().kind() != RobotModel.DriveKind.FIXED) {
            double[] turned = {0, Double.NaN};
            return Nodes.leaf(
                    "turn",
                    a -> {
                        double yaw = a.telemetry().base().q().yaw();
                        if (!Double.isNaN(turned[1])) {
                            turned[0] += Math.abs(Math.IEEEremainder(yaw - turned[1], 2 * Math.PI));
                        }
                        turned[1] = yaw;
                        if (turned[0] >= 2 * Math.PI) {
                            return Status.SUCCESS;
                        }
                        a.drive(0, 0, SLOW * m.drive().maxTurn());
                        return Status.RUNNING;
                    });
        }
        List<Node> nodes = new ArrayList<>();
        for (BodyFacts.Limb l : m.facts().limbs()) {
            int j = m.indexOf(l.joints().getFirst());
            if (l.kind() == BodyFacts.LimbKind.HEAD && j >= 0) {
                RobotModel.JointInfo info = m.joints().get(j);
                for (double angle : PAN) {
                    double goal = Math.clamp(m.home()[j] + angle, info.lower(), info.upper());
                    nodes.add(Gaze.ramp(j, goal, SLOW * info.maxVelocity()));
                }
            }
        }
        nodes.add(Nodes.pause("look", 1));
        return Nodes.sequence("look around", nodes);
    }

    private static Skill lookAt() {
        return Skill.of(
                new SkillSpec(
                        "look_at",
                        new Text("Turn to a thing or place and look at it.", "转向并看一个物体或地方。"),
                        List.of(
                                new SkillSpec.Parameter(
                                        "target", SkillSpec.Type.THING_OR_PLACE, false)),
                        Set.of(Ability.LOOK),
                        List.of("seen(target)"),
                        List.of("facing(robot, target)"),
                        List.of("not_seen"),
                        4),
                call ->
                        Nodes.sequence(
                                "look at",
                                Nodes.lazy("turn", a -> turnTo(a, call.arg("target"))),
                                Nodes.pause("look", 0.5)));
    }

    private static Node turnTo(Agent agent, String id) {
        if (agent.model().drive().kind() == RobotModel.DriveKind.FIXED) {
            return Nodes.succeed("in view");
        }
        Function<Belief, Optional<Vec3>> where =
                b ->
                        Optional.ofNullable(b.things().get(id))
                                .map(t -> t.pose().p())
                                .or(() ->
                                        b.map().find(id).map(WorldMap.Place::pose).map(p -> p.p()));
        return Nodes.leaf(
                "turn",
                a -> {
                    Optional<Vec3> p = where.apply(a.belief());
                    if (p.isEmpty()) {
                        return Status.failure(
                                "not_seen", "I do not see " + id + ".", "我看不到" + id + "。");
                    }
                    Vec3 d = a.telemetry().base().inverse().transform(p.get());
                    double angle = StrictMath.atan2(d.y(), d.x());
                    if (Math.abs(angle) < FACING) {
                        return Status.SUCCESS;
                    }
                    double most = SLOW * a.model().drive().maxTurn();
                    a.drive(0, 0, Math.clamp(1.5 * angle, -most, most));
                    return Status.RUNNING;
                });
    }

    private static Node fail(String code, String en, String zh) {
        return Nodes.leaf(code, a -> Status.failure(code, en, zh));
    }
}
