package org.openkaiwu.skill;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.openkaiwu.body.infer.BodyFacts.Ability;
import org.openkaiwu.math.Pose;
import org.openkaiwu.math.Text;
import org.openkaiwu.math.Vec3;
import org.openkaiwu.motion.CartesianPath;
import org.openkaiwu.motion.PlanningScene;
import org.openkaiwu.motion.Trajectory;
import org.openkaiwu.perception.Belief;
import org.openkaiwu.robot.GuardLimits;
import org.openkaiwu.robot.RobotModel;
import org.openkaiwu.robot.Telemetry;

/**
 * Picks a thing up: chooses a hand and a grasp by what can be reached freely, approaches on a
 * straight line, closes with limited force, lifts, and looks whether the fingers still hold
 * something.
 */
public final class PickSkill implements Skill {
    private static final double LIFT = 0.08;
    private static final double G = 9.81;

    /** Fingers press so many times harder than a thing at rest needs. */
    private static final double SURE = 3;

    /** Friction that is counted on between pads and things. */
    private static final double FRICTION = 0.7;

    /** Lever of a pad's friction against turning about the closing direction, m. */
    private static final double PAD = 0.01;

    /** Part of the force that stops an effector that its two sides together may press with. */
    private static final double CALM = 0.8;

    /** Time in which fingers open or close, s. */
    private static final double GRIP_TIME = 2;

    /** Fingers this near to their goal are there, parts of the opening. */
    private static final double OPENED = 0.02;

    /** This near to the end of an approach it is good enough to close the fingers, m. */
    private static final double NEARLY = 0.008;

    /** Grasps that count as the same when one of them has failed, m and rad. */
    private static final double SAME_PLACE = 0.012;

    private static final double SAME_TURN = 0.3;

    /** Stands that a base that drives tries after the first. */
    private static final int STANDS = 3;

    /** Choices looked at before the best is taken. */
    private static final int ENOUGH = 6;

    /** Failures that another try would only repeat. */
    private static final Set<String> HOPELESS =
            Set.of("not_seen", "out_of_reach", "too_wide", "too_heavy");

    /** Failures that another stand of the base may help against. */
    private static final Set<String> ELSEWHERE = Set.of("out_of_reach", "blocked");

    private static final SkillSpec SPEC =
            new SkillSpec(
                    "pick",
                    new Text("Pick a thing up.", "拿起一个物体。"),
                    List.of(new SkillSpec.Parameter("object", SkillSpec.Type.THING, false)),
                    Set.of(Ability.GRASP),
                    List.of(
                            "seen(object)",
                            "graspable(object)",
                            "near(robot, object)",
                            "clear(object)",
                            "hand_free"),
                    List.of("held_by(object, robot)"),
                    List.of("not_seen", "out_of_reach", "blocked", "not_gripped", "too_heavy"),
                    6);

    @Override
    public SkillSpec spec() {
        return SPEC;
    }

    /** What was chosen for the present try. */
    private static final class Choice {
        int attempts;
        Status.Failure failure;
        final List<Pose> tried = new ArrayList<>();
        final List<Pose> stood = new ArrayList<>();
        double opening;
        Hand hand;
        Grasp grasp;
        Pose tool;
        double[] qBefore;

        boolean tried(Grasp g) {
            Pose p = g.poseInThing();
            return tried.stream()
                    .anyMatch(t ->
                            t.p().distance(p.p()) < SAME_PLACE && t.q().angleTo(p.q()) < SAME_TURN);
        }
    }

    @Override
    public Node node(SkillCall call) {
        String label = call.arg("object");
        Choice c = new Choice();
        Node once =
                Nodes.sequence(
                        "pick once",
                        Nodes.lazy("start free", a -> recover(c)),
                        Nodes.leaf("choose a grasp", a -> choose(a, label, c)),
                        Nodes.lazy("hand opens", a -> opens(c)),
                        Nodes.lazy("go above", a -> transit(a, label, c)),
                        Nodes.lazy("approach", a -> approach(a, label, c)),
                        Nodes.leaf("close", a -> close(a, label, c)),
                        Nodes.lazy("grip", a -> grip(c)),
                        Nodes.pause("grip firmly", 0.2),
                        Nodes.leaf("holding?", a -> gripped(a, label, c)),
                        Nodes.lazy("lift", a -> lift(a, label, c)),
                        Nodes.leaf("still holding?", a -> stillGripped(a, label, c)));
        Node noted = Nodes.noting("pick once", once, f -> c.failure = f);
        return Nodes.fallback(
                "pick " + label,
                Nodes.retry("from here", 3, HOPELESS, noted),
                Nodes.lazy("from elsewhere", a -> fromElsewhere(a, label, c, noted)),
                Nodes.lazy("with both hands", a -> withBothHands(a, label, c)));
    }

    /** What is too wide for any one hand is taken between two, where there are two. */
    private static Node withBothHands(Agent agent, String label, Choice c) {
        boolean wide = c.failure.code().equals("too_wide");
        return wide && ClaspPick.able(agent)
                ? ClaspPick.node(label)
                : Nodes.leaf("give up", a -> c.failure);
    }

    /**
     * How many hands it takes to pick the thing up: 1, or 2 where none spans it; 0: it is too wide
     * for each, and two do not get at it from where the robot stands. Of what is not seen, 1.
     */
    public static int hands(Agent agent, String label) {
        Belief.Thing thing = agent.belief().things().get(label);
        List<Hand> hands = agent.embodiment().hands();
        if (thing == null || hands.isEmpty()) {
            return 1;
        }
        if (agent.holdingOf(label).isPresent()) {
            return agent.holdingOf(label).get().clasp().isPresent() ? 2 : 1;
        }
        boolean one =
                hands.stream()
                        .anyMatch(h ->
                                !Grasp.of(thing.entry(), thing.pose(), h.aperture()).isEmpty());
        return one ? 1 : ClaspPick.within(agent, label) ? 2 : 0;
    }

    /**
     * Where no grasp could be had, a robot that drives comes up to the thing anew, and from another
     * side again.
     */
    private static Node fromElsewhere(Agent agent, String label, Choice c, Node once) {
        boolean drives = agent.model().drive().kind() != RobotModel.DriveKind.FIXED;
        if (!drives || c.stood.size() >= STANDS || !ELSEWHERE.contains(c.failure.code())) {
            return Nodes.leaf("give up", a -> c.failure);
        }
        Optional<Ground.Stand> stand = stand(agent, label, c);
        c.stood.add(agent.telemetry().base());
        return stand.map(s ->
                        Nodes.fallback(
                                "from elsewhere",
                                Nodes.sequence(
                                        "come up anew",
                                        Driving.to(agent, label, s),
                                        Nodes.pause("look", 0.3),
                                        Nodes.retry("again", 2, HOPELESS, anew(once))),
                                Nodes.lazy("else", a -> fromElsewhere(a, label, c, once))))
                .orElseGet(() -> Nodes.leaf("give up", a -> c.failure));
    }

    private static Node anew(Node once) {
        once.reset();
        return once;
    }

    private static Optional<Ground.Stand> stand(Agent agent, String label, Choice c) {
        Belief.Thing thing = agent.belief().things().get(label);
        if (thing == null) {
            return Optional.empty();
        }
        Optional<Ground.Stand> there = new GraspSearch(agent, agent.belief(), label).stand(c.stood);
        return c.stood.isEmpty()
                ? there.or(() -> Ground.squarely(agent, List.of(thing.pose().p())))
                : there;
    }

    /** After a failed try: open, draw back, look again. */
    private static Node recover(Choice c) {
        if (c.hand == null) {
            return Nodes.succeed("first try");
        }
        return Nodes.sequence(
                "recover",
                Nodes.leaf("let go", a -> letGo(a, c)),
                Nodes.pause("fingers open", 0.4),
                Nodes.lazy("draw back", a -> drawBack(a, c)),
                Nodes.pause("look again", 0.3));
    }

    private static Status choose(Agent agent, String label, Choice c) {
        Belief.Thing thing = agent.belief().things().get(label);
        if (thing == null) {
            return Status.failure("not_seen", "I don't see " + label + ".", "我没看到" + label + "。");
        }
        GraspSearch search =
                new GraspSearch(agent, agent.belief(), label).everyHand(ENOUGH, c.attempts++);
        agent.blocked(label, search.found().isEmpty() ? search.blocker() : Optional.empty());
        if (search.found().isEmpty()) {
            return refuse(label, search);
        }
        GraspSearch.Candidate best = best(agent, label, search, c);
        c.tried.add(best.grasp().poseInThing());
        c.hand = best.hand();
        c.grasp = best.grasp();
        c.tool = best.tool();
        c.qBefore = best.qBefore();
        c.opening = best.opening();
        agent.grip(c.hand.name(), c.opening, c.hand.drive().usualForce());
        return Status.SUCCESS;
    }

    /** The cheapest that is unlike those that failed, and good for what is to be done next. */
    private static GraspSearch.Candidate best(
            Agent agent, String label, GraspSearch search, Choice c) {
        List<GraspSearch.Candidate> found = search.found();
        List<GraspSearch.Candidate> fresh =
                found.stream().filter(f -> !c.tried(f.grasp())).toList();
        List<GraspSearch.Candidate> open = fresh.isEmpty() ? found : fresh;
        return agent.nextWith(label)
                .flatMap(next -> open.stream().filter(f -> search.serves(f, next)).findFirst())
                .orElse(open.getFirst());
    }

    private static Status refuse(String label, GraspSearch search) {
        double missing = search.missing();
        if (!search.spans()) {
            return Status.failure(
                    "too_wide",
                    "My hand does not open wide enough for " + label + ".",
                    "我的手张开不够大，夹不住" + label + "。");
        }
        if (missing > 0.01 && missing < 10) {
            long cm = Math.max(1, Math.round(100 * missing));
            return Status.failure(
                    "out_of_reach",
                    label + " is out of reach by " + cm + " cm.",
                    "够不到" + label + "，还差 " + cm + " 厘米。");
        }
        return Status.failure(
                "blocked",
                "I find no free way to grasp " + label + search.inTheWay() + ".",
                "找不到能夹住" + label + "又不碰到别的东西的办法" + search.inTheWay() + "。");
    }

    private static Node transit(Agent agent, String label, Choice c) {
        c.hand.arm(agent.telemetry());
        Optional<Trajectory> way =
                ArmMotion.transit(
                        agent, c.hand, Workspace.scene(agent, c.hand), List.of(c.qBefore));
        return way.map(t -> ArmMotion.follow("move", c.hand, t)).orElseGet(() -> noWay(label));
    }

    private static Node approach(Agent agent, String label, Choice c) {
        PlanningScene touching = Workspace.close(agent, c.hand);
        touching.allow(c.hand.fingers(), label);
        Vec3 along = c.tool.q().rotate(Vec3.Z);
        return ArmMotion.line(agent, c.hand, touching, c.tool, 0.4)
                .map(t -> ArmMotion.careful(agent, "approach", c.hand, t, along, 0, NEARLY))
                .orElseGet(() -> noWay(label));
    }

    private static Node noWay(String label) {
        return Nodes.leaf(
                "no way",
                a ->
                        Status.failure(
                                "blocked",
                                "I find no free way to " + label + ".",
                                "找不到通向" + label + "的无碰路径。"));
    }

    private static Status close(Agent agent, String label, Choice c) {
        double mass = agent.belief().catalogue().entries().get(label).mass();
        double needed = SURE * mass * G / (2 * FRICTION);
        double most = c.hand.drive().maxForce();
        if (needed > 2 * most) {
            return Status.failure("too_heavy", label + " is too heavy.", label + "太重。");
        }
        // What swings about the pads needs their friction over half a pad as a lever.
        double swings = needed * c.grasp.poseInThing().p().norm() / PAD;
        double force = Math.max(c.hand.drive().usualForce(), needed + swings);
        // Besides pressing, the pads rub at the thing as they close on it.
        double rubs = Math.sqrt(1 + FRICTION * FRICTION);
        double calm = CALM * GuardLimits.USUAL.effectorForce() / (2 * rubs);
        agent.grip(c.hand.name(), 0, Math.min(Math.min(most, calm), force));
        return Status.SUCCESS;
    }

    private static Status gripped(Agent agent, String label, Choice c) {
        Telemetry.EffectorState e = agent.telemetry().effectors().get(c.hand.name());
        if (e == null || !e.gripping()) {
            return Status.failure(
                    "not_gripped",
                    "The fingers closed on nothing at " + label + ".",
                    "手指在" + label + "处没有夹到东西。");
        }
        Pose tool = c.hand.toolPose(agent.telemetry());
        Pose inTool = tool.inverse().times(agent.belief().things().get(label).pose());
        agent.hold(new Agent.Holding(label, c.hand.name(), centred(inTool, c), e.opening()));
        return Status.SUCCESS;
    }

    /** Closing fingers bring what is between them to their middle, along the closing direction. */
    private static Pose centred(Pose inTool, Choice c) {
        double x = c.grasp.poseInThing().inverse().p().x() + c.hand.middle(c.grasp.width()).x();
        return new Pose(new Vec3(x, inTool.p().y(), inTool.p().z()), inTool.q());
    }

    /** Until the fingers are as wide as the ways were looked at with, or have had time enough. */
    private static Node opens(Choice c) {
        return until(
                "hand opens",
                a -> {
                    double now = a.telemetry().effectors().get(c.hand.name()).opening();
                    return Math.abs(now - c.opening) < OPENED;
                });
    }

    /** Until the fingers are stopped by something, or have had time enough. */
    private static Node grip(Choice c) {
        return until("grip", a -> a.telemetry().effectors().get(c.hand.name()).gripping());
    }

    private static Node until(String name, Predicate<Agent> done) {
        double[] end = {Double.NaN};
        return Nodes.leaf(
                name,
                a -> {
                    double now = a.telemetry().time();
                    if (Double.isNaN(end[0])) {
                        end[0] = now + GRIP_TIME;
                    }
                    return done.test(a) || now >= end[0] ? Status.SUCCESS : Status.RUNNING;
                });
    }

    private static Node lift(Agent agent, String label, Choice c) {
        PlanningScene scene = Workspace.scene(agent, c.hand);
        Pose tool = c.hand.toolPose(agent.telemetry());
        for (double height : new double[] {LIFT, LIFT / 2, LIFT / 4}) {
            Pose up = new Pose(tool.p().plus(new Vec3(0, 0, height)), tool.q());
            Optional<Trajectory> t = ArmMotion.line(agent, c.hand, scene, up, 0.5);
            if (t.isPresent()) {
                return ArmMotion.follow("lift", c.hand, t.get());
            }
        }
        return noWay(label);
    }

    private static Status stillGripped(Agent agent, String label, Choice c) {
        Telemetry.EffectorState e = agent.telemetry().effectors().get(c.hand.name());
        if (e != null && e.gripping()) {
            Pose inTool = agent.holding(c.hand.name()).orElseThrow().poseInTool();
            agent.hold(new Agent.Holding(label, c.hand.name(), inTool, e.opening()));
            return Status.SUCCESS;
        }
        agent.letGo(c.hand.name());
        return Status.failure("not_gripped", label + " slipped out of my hand.", label + "从手里滑落了。");
    }

    private static Status letGo(Agent agent, Choice c) {
        agent.grip(c.hand.name(), 1, c.hand.drive().usualForce());
        agent.letGo(c.hand.name());
        return Status.SUCCESS;
    }

    private static Node drawBack(Agent agent, Choice c) {
        Pose tool = c.hand.toolPose(agent.telemetry());
        PlanningScene scene = Workspace.scene(agent, c.hand);
        double[] start = c.hand.position(agent.telemetry());
        CartesianPath.Result r =
                ArmMotion.linePath(
                        c.hand, start, GraspSearch.back(tool, GraspSearch.APPROACH), scene);
        return r.path().length < 2
                ? Nodes.succeed("stay")
                : ArmMotion.follow("draw back", c.hand, ArmMotion.timed(agent, c.hand, r.path()));
    }
}
