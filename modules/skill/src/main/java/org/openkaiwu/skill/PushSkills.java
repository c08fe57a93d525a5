package org.openkaiwu.skill;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.openkaiwu.body.infer.BodyFacts.Ability;
import org.openkaiwu.body.infer.BodyFacts.EffectorKind;
import org.openkaiwu.math.Pose;
import org.openkaiwu.math.Quat;
import org.openkaiwu.math.Text;
import org.openkaiwu.math.Vec3;
import org.openkaiwu.motion.ArmModel;
import org.openkaiwu.motion.CartesianPath;
import org.openkaiwu.motion.Ik;
import org.openkaiwu.motion.PlanningScene;
import org.openkaiwu.motion.ToolGoal;
import org.openkaiwu.perception.Belief;

/**
 * Pushes things along what they stand on: the tool goes down behind the thing, moves on a straight
 * line, feels for more force than a push may need, draws back; then the robot looks where the thing
 * is and corrects. Works with any arm, with or without a hand.
 */
public final class PushSkills {
    private static final int TRIES = 5;

    /** Room between tool and thing before the push, m. */
    private static final double RUN_UP = 0.025;

    /** Lowest height of the tool's point above the support, m. */
    private static final double CLEAR = 0.012;

    /** Heights of the contact as shares of the thing's height; the first that can be reached. */
    private static final double[] HEIGHTS = {0.55, 0.75, 0.35, 0.9};

    /**
     * Tilts of the tool from straight down, rad: over the thing's far side, then outwards; and to
     * either side of the push, where something tall stands behind the thing.
     */
    private static final double[][] TILTS = {
        {0, 0}, {0.35, 0}, {0.7, 0}, {-0.35, 0}, {0, 0.5}, {0, -0.5}, {0.35, 0.8}, {0.35, -0.8}
    };

    private static final double UP = 0.10;

    /** First guess of the tool's half thickness, with fingers and without, m. */
    private static final double FINGERS = 0.01;

    private static final double FLANGE = 0.035;
    private static final Set<String> HOPELESS =
            Set.of("not_seen", "off_edge", "in_the_way", "out_of_reach", "no_room");

    private PushSkills() {}

    /** Push a thing some way. */
    public static Skill push() {
        return Skill.of(
                new SkillSpec(
                        "push",
                        new Text("Push a thing some way.", "把物体推一段距离。"),
                        List.of(
                                new SkillSpec.Parameter("object", SkillSpec.Type.THING, false),
                                new SkillSpec.Parameter("by", SkillSpec.Type.WORD, false)),
                        Set.of(Ability.PUSH),
                        List.of("seen(object)", "near(robot, object)", "hand_free"),
                        List.of("pushed(object, by)", "moved(object, by)"),
                        List.of("off_edge", "in_the_way", "out_of_reach", "misplaced"),
                        25),
                call -> {
                    String label = call.arg("object");
                    Target target = new Target(label);
                    return Nodes.sequence(
                            "push " + label,
                            Nodes.leaf("aim", a -> aim(a, target, call.arg("by"))),
                            tries(target));
                });
    }

    /** Push a thing into a relation to another: beside, left of, ... */
    public static Skill pushTo() {
        return Skill.of(
                new SkillSpec(
                        "push_to",
                        new Text("Push a thing to a place beside another.", "把物体推到另一物体旁。"),
                        List.of(
                                new SkillSpec.Parameter("relation", SkillSpec.Type.WORD, false),
                                new SkillSpec.Parameter("object", SkillSpec.Type.THING, false),
                                new SkillSpec.Parameter("target", SkillSpec.Type.THING, false)),
                        Set.of(Ability.PUSH),
                        List.of(
                                "seen(object)",
                                "seen(target)",
                                "near(robot, target)",
                                "near(robot, object)",
                                "hand_free"),
                        List.of(
                                "relation{beside near left_of right_of front_of behind}(object, target)"),
                        List.of("no_room", "in_the_way", "out_of_reach", "misplaced"),
                        60),
                call -> {
                    String label = call.arg("object");
                    Target target = new Target(label);
                    return Nodes.sequence(
                            "push " + label,
                            Nodes.leaf(
                                    "aim",
                                    a -> aim(a, target, call.arg("relation"), call.arg("target"))),
                            tries(target));
                });
    }

    /** Where a thing is to go, and what was learned of the tool on the way. */
    private static final class Target {
        final String label;
        Vec3 goal;
        final List<Vec3> others = new ArrayList<>();
        Predicate<Belief> reached;
        double correction;
        Vec3 along = Vec3.X;

        Target(String label) {
            this.label = label;
        }
    }

    private static Status aim(Agent agent, Target t, String by) {
        Belief belief = agent.belief();
        Vec3 from = Footing.foot(belief, t.label);
        Vec3 d = Footing.shift(belief, by);
        t.goal = from.plus(d);
        if (!Footing.bears(belief, t.label, t.goal)) {
            return Status.failure(
                    "off_edge",
                    "That would push " + t.label + " over the edge.",
                    "这样会把" + t.label + "推出边缘。");
        }
        double tolerance = Math.max(0.015, 0.2 * d.norm());
        t.reached =
                b ->
                        Footing.flat(Footing.foot(b, t.label).minus(t.goal)).norm() < tolerance
                                || along(b, t, from, d, tolerance);
        return Status.SUCCESS;
    }

    /** Far enough the right way, and not far to the side. */
    private static boolean along(Belief b, Target t, Vec3 from, Vec3 d, double tolerance) {
        Vec3 moved = Footing.flat(Footing.foot(b, t.label).minus(from));
        double way = moved.dot(d) / d.norm();
        double side = moved.minus(d.times(way / d.norm())).norm();
        return Math.abs(way - d.norm()) < tolerance && side < Math.max(0.025, 0.3 * d.norm());
    }

    private static Status aim(Agent agent, Target t, String relation, String target) {
        Belief belief = agent.belief();
        Vec3 from = Footing.foot(belief, t.label);
        t.reached = b -> Relations.holds(b, t.label, relation, target);
        if (agent.embodiment().pushers().isEmpty()) {
            return Status.failure("out_of_reach", "I have nothing to push with.", "没有可以用来推的部位。");
        }
        Hand hand = agent.embodiment().pushers().getFirst();
        ArmModel arm = hand.arm(agent.telemetry());
        double half = belief.things().get(t.label).pose().p().z() - from.z();
        List<Vec3> spots =
                new ArrayList<>(
                        Spots.find(
                                belief,
                                t.label,
                                relation,
                                target,
                                arm.shoulder(hand.position(agent.telemetry())),
                                0.55 * arm.reach()));
        spots.removeIf(s ->
                !Footing.bears(belief, t.label, s)
                        || Math.abs(s.z() - half - from.z()) > 0.03
                        || Footing.inTheWay(
                                        belief, t.label, belief.things().get(t.label).pose().p(), s)
                                .isPresent());
        spots.sort(Comparator.comparingDouble(s -> s.minus(from).norm()));
        if (spots.isEmpty()) {
            return Status.failure(
                    "no_room",
                    "I find no spot there to which " + t.label + " could be pushed.",
                    "找不到能把" + t.label + "推过去的位置。");
        }
        Vec3 up = new Vec3(0, 0, half);
        t.others.addAll(spots.stream().map(x -> x.minus(up)).toList());
        t.goal = t.others.removeFirst();
        return Status.SUCCESS;
    }

    private static Node tries(Target t) {
        return Nodes.retry(
                "push",
                TRIES,
                HOPELESS,
                Nodes.sequence(
                        "push once",
                        Nodes.leaf("close", PushSkills::closeHands),
                        Nodes.lazy("stroke", a -> strokeToAny(a, t)),
                        Nodes.lazy("clear the view", HandSkills::homeAll),
                        Nodes.pause("look", 0.5),
                        Nodes.leaf("there?", a -> check(a, t))));
    }

    private static Status closeHands(Agent agent) {
        for (Hand h : agent.embodiment().hands()) {
            if (agent.taking(h.name()).isEmpty()) {
                agent.grip(h.name(), 0, h.drive().usualForce() / 2);
            }
        }
        return Status.SUCCESS;
    }

    private static Status check(Agent agent, Target t) {
        Belief belief = agent.belief();
        if (t.reached.test(belief)) {
            return Status.SUCCESS;
        }
        double rest = Footing.flat(t.goal.minus(Footing.foot(belief, t.label))).dot(t.along);
        t.correction = Math.clamp(t.correction + 0.8 * rest, -0.06, 0.06);
        return Status.failure(
                "misplaced", t.label + " did not end up where it should.", t.label + "没有推到应在的位置。");
    }

    /** A stroke towards the goal, or towards the next one that will do when it cannot be done. */
    private static Node strokeToAny(Agent agent, Target t) {
        Node node = stroke(agent, t);
        while (node.name().equals("out_of_reach") && !t.others.isEmpty()) {
            t.goal = t.others.removeFirst();
            node = stroke(agent, t);
        }
        return node;
    }

    /** One stroke from where the thing is now. */
    private static Node stroke(Agent agent, Target t) {
        Belief belief = agent.belief();
        Belief.Thing thing = belief.things().get(t.label);
        if (thing == null) {
            return fail("not_seen", "I do not see " + t.label + ".", "我看不到" + t.label + "。");
        }
        Vec3 from = Footing.foot(belief, t.label);
        Vec3 way = Footing.flat(t.goal.minus(from));
        if (way.norm() < 0.006) {
            return Nodes.succeed("there");
        }
        t.along = way.unit();
        Optional<String> obstacle =
                Footing.inTheWay(belief, t.label, thing.pose().p(), thing.pose().p().plus(way));
        if (obstacle.isPresent()) {
            return fail(
                    "in_the_way",
                    obstacle.get() + " is in the way of " + t.label + ".",
                    obstacle.get() + "挡住了" + t.label + "的路。");
        }
        for (Hand hand : agent.embodiment().pushers()) {
            if (agent.taking(hand.name()).isPresent()) {
                continue;
            }
            Optional<Node> node = stroke(agent, hand, t, thing, from, way.norm());
            if (node.isPresent()) {
                return node.get();
            }
        }
        return fail(
                "out_of_reach",
                "I cannot get behind " + t.label + " to push it that way.",
                "够不到能把" + t.label + "往那边推的位置。");
    }

    private static Optional<Node> stroke(
            Agent agent, Hand hand, Target t, Belief.Thing thing, Vec3 foot, double length) {
        boolean bare = hand.effector().kind() == EffectorKind.BARE;
        double tool = bare ? FLANGE : FINGERS;
        double behind = Footing.half(thing, t.along) + tool;
        double height = 2 * (thing.pose().p().z() - foot.z());
        hand.arm(agent.telemetry());
        Ik ik = new Ik(hand.arm());
        Ik.Options options = Ik.Options.DEFAULT.tolerances(0.003, ArmMotion.LOOSE).effort(8, 2);
        double[] seed = hand.position(agent.telemetry());
        double go = Math.max(0.004, length + t.correction);
        for (double[] tilt : TILTS) {
            for (double share : HEIGHTS) {
                Vec3 up = new Vec3(0, 0, Math.max(CLEAR, share * height));
                Vec3 start = foot.plus(up).minus(t.along.times(behind + RUN_UP));
                Vec3 end = foot.plus(up).plus(t.along.times(go - behind));
                for (ToolGoal goal : goals(start, t.along, tilt)) {
                    PlanningScene scene = Workspace.close(agent, hand);
                    Ik.Result r = ik.solve(goal, seed, options, scene);
                    if (!r.found()) {
                        continue;
                    }
                    scene.allow(hand.bodies(), t.label);
                    double[] q = r.best().q();
                    CartesianPath.Result line =
                            new CartesianPath(hand.arm(), 0.005, 0.001, ArmMotion.LOOSE)
                                    .follow(q, at(goal, end), scene);
                    if (line.fraction() > 0.97) {
                        return Optional.of(execute(hand, t, q, line.path()));
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** The tool tilted so: a wall across the push first, then any spin. */
    private static List<ToolGoal> goals(Vec3 point, Vec3 along, double[] tilt) {
        Vec3 side = new Vec3(0, 0, 1).cross(along).unit();
        Vec3 z =
                new Vec3(0, 0, -1)
                        .plus(along.times(StrictMath.tan(tilt[0])))
                        .plus(side.times(StrictMath.tan(tilt[1])))
                        .unit();
        Vec3 x = along.cross(z).unit();
        return List.of(
                new ToolGoal.Full(new Pose(point, Quat.fromAxes(x, z.cross(x), z))),
                new ToolGoal.Full(
                        new Pose(point, Quat.fromAxes(x.times(-1), z.cross(x.times(-1)), z))),
                new ToolGoal.Approach(point, z, Vec3.Z));
    }

    private static ToolGoal at(ToolGoal goal, Vec3 point) {
        return switch (goal) {
            case ToolGoal.Full f -> new ToolGoal.Full(new Pose(point, f.pose().q()));
            case ToolGoal.Approach a -> new ToolGoal.Approach(point, a.direction(), a.axis());
            case ToolGoal.Point p -> new ToolGoal.Point(point);
        };
    }

    private static Node execute(Hand hand, Target t, double[] start, double[][] path) {
        double length =
                hand.arm()
                        .toolPose(path[0])
                        .p()
                        .distance(hand.arm().toolPose(path[path.length - 1]).p());
        return Nodes.sequence(
                "stroke",
                Nodes.lazy("go behind", a -> behind(a, hand, t, start)),
                Nodes.lazy(
                        "push along",
                        a ->
                                ArmMotion.careful(
                                        a,
                                        "push along",
                                        hand,
                                        ArmMotion.timed(a, hand, path),
                                        t.along,
                                        0,
                                        length)),
                Nodes.lazy("draw back", a -> drawBack(a, hand, t)));
    }

    private static Node behind(Agent agent, Hand hand, Target t, double[] start) {
        PlanningScene scene = Workspace.close(agent, hand);
        return ArmMotion.transit(agent, hand, scene, List.of(start))
                .map(x -> ArmMotion.follow("go behind", hand, x))
                .orElseGet(() ->
                        fail(
                                "blocked",
                                "I find no free way to " + t.label + ".",
                                "找不到去" + t.label + "的无碰路径。"));
    }

    private static Node drawBack(Agent agent, Hand hand, Target t) {
        Pose tool = hand.toolPose(agent.telemetry());
        PlanningScene scene = Workspace.close(agent, hand);
        scene.allow(hand.bodies(), t.label);
        double[] start = hand.position(agent.telemetry());
        Vec3 back = tool.p().minus(t.along.times(RUN_UP)).plus(new Vec3(0, 0, UP));
        CartesianPath.Result r = ArmMotion.linePath(hand, start, new Pose(back, tool.q()), scene);
        return r.path().length < 2
                ? Nodes.succeed("stay")
                : ArmMotion.follow("draw back", hand, ArmMotion.timed(agent, hand, r.path()));
    }

    private static Node fail(String code, String en, String zh) {
        return Nodes.leaf(code, a -> Status.failure(code, en, zh));
    }
}
