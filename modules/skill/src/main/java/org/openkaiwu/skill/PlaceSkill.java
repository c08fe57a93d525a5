package org.openkaiwu.skill;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.openkaiwu.body.infer.BodyFacts.Ability;
import org.openkaiwu.math.Pose;
import org.openkaiwu.math.Text;
import org.openkaiwu.math.Vec3;
import org.openkaiwu.motion.CartesianPath;
import org.openkaiwu.motion.PlanningScene;
import org.openkaiwu.perception.Belief;
import org.openkaiwu.robot.RobotModel;

/**
 * Sets down what a hand holds, in a relation to a thing or place: on, in, beside, left of, ...
 * Looks for a free spot that the arm can reach, lowers the thing on a straight line, opens, draws
 * back, and checks by what is seen then that it lies where it should.
 */
public final class PlaceSkill implements Skill {

    /** This near to the end of lowering a touch means that the thing stands, m. */
    private static final double NEARLY = 0.03;

    private static final Set<String> HOPELESS =
            Set.of("not_held", "not_seen", "no_room", "out_of_reach", "no_way", "dropped");

    /** Failures that another place to stand may mend. */
    private static final Set<String> FROM_HERE =
            Set.of("no_room", "out_of_reach", "no_way", "blocked", "held_back");

    private static final SkillSpec SPEC =
            new SkillSpec(
                    "place",
                    new Text("Set down what is held.", "放下手里的物体。"),
                    List.of(
                            new SkillSpec.Parameter("relation", SkillSpec.Type.WORD, false),
                            new SkillSpec.Parameter("object", SkillSpec.Type.THING, false),
                            new SkillSpec.Parameter(
                                    "target", SkillSpec.Type.THING_OR_PLACE, false)),
                    Set.of(Ability.GRASP),
                    List.of("seen(target)", "held_by(object, robot)", "near(robot, target)"),
                    List.of("relation(object, target)"),
                    List.of("not_held", "not_seen", "no_room", "out_of_reach", "misplaced"),
                    5);

    @Override
    public SkillSpec spec() {
        return SPEC;
    }

    /** What was chosen for the present try. */
    private static final class Choice {
        Hand hand;
        Placing placing;
        Placing.Way way;
        double letGoAt;
        Status.Failure failure;

        /** Whether standing elsewhere could help. */
        boolean elsewhere(Agent agent) {
            return placing != null
                    && FROM_HERE.contains(failure.code())
                    && agent.model().drive().kind() != RobotModel.DriveKind.FIXED;
        }
    }

    @Override
    public Node node(SkillCall call) {
        String label = call.arg("object");
        String relation = call.arg("relation");
        String target = call.arg("target");
        return Nodes.sequence(
                "place " + label,
                Nodes.lazy(
                        "set down",
                        a ->
                                a.holdingOf(label).flatMap(Agent.Holding::clasp).isPresent()
                                        ? ClaspPlace.node(label, relation, target)
                                        : oneHand(label, relation, target)),
                Nodes.leaf("in place?", a -> inPlace(a, label, relation, target)));
    }

    private static Node oneHand(String label, String relation, String target) {
        Choice c = new Choice();
        return Nodes.sequence(
                "place with one hand",
                Nodes.fallback(
                        "place",
                        Nodes.retry("from here", 2, HOPELESS, put(label, relation, target, c)),
                        Nodes.lazy(
                                "from elsewhere",
                                a ->
                                        c.elsewhere(a)
                                                ? Nodes.sequence(
                                                        "from elsewhere",
                                                        Nodes.lazy(
                                                                "step aside",
                                                                b -> reposition(b, target, c)),
                                                        put(label, relation, target, c))
                                                : Nodes.leaf("give up", b -> c.failure))),
                Nodes.leaf("open", a -> open(a, c)),
                Nodes.pause("fingers open", 0.5),
                Nodes.leaf("let go", a -> letGo(a, c)),
                Nodes.lazy("draw back", a -> drawBack(a, label, c)),
                Nodes.pause("look", 0.3),
                Nodes.lazy("clear the view", a -> clearTheView(a, label, c)));
    }

    private static Node put(String label, String relation, String target, Choice c) {
        Node work =
                Nodes.sequence(
                        "put down",
                        Nodes.leaf("choose a spot", a -> choose(a, label, relation, target, c)),
                        Nodes.lazy("carry", a -> new Gripped(label, carry(a, label, c))),
                        Nodes.lazy("lower", a -> new Gripped(label, lower(a, label, c))));
        return Nodes.noting("put down", work, f -> c.failure = f);
    }

    private static Status choose(
            Agent agent, String label, String relation, String target, Choice c) {
        Optional<Agent.Holding> holding = agent.holdingOf(label);
        if (holding.isEmpty()) {
            return Status.failure(
                    "not_held", "I am not holding " + label + ".", "我手里没有" + label + "。");
        }
        Hand hand = agent.embodiment().arm(holding.get().effector());
        c.placing =
                new Placing(
                        hand,
                        label,
                        holding.get().poseInTool(),
                        holding.get().opening(),
                        relation,
                        target);
        Placing.Found found = c.placing.choose(agent, hand.position(agent.telemetry()));
        if (found.way().isPresent()) {
            c.hand = hand;
            c.way = found.way().get();
            return Status.SUCCESS;
        }
        if (!found.room()) {
            return Status.failure(
                    "no_room",
                    "There is no room for " + label + " there.",
                    "那里没有放" + label + "的空位。");
        }
        long cm = Math.round(100 * found.missing());
        return cm > 0 && found.missing() < 10
                ? Status.failure(
                        "out_of_reach",
                        target + " is out of reach by " + cm + " cm.",
                        "够不到" + target + "，还差 " + cm + " 厘米。")
                : Status.failure(
                        "no_way",
                        "I find no free way to set "
                                + label
                                + " down there"
                                + found.inTheWay()
                                + ".",
                        "找不到把" + label + "放到那里的无碰办法" + found.inTheWay() + "。");
    }

    /** Drives to where the hand gets to the target; a failure where no such place is found. */
    private static Node reposition(Agent agent, String target, Choice c) {
        Hand hand = c.placing.hand();
        return c.placing
                .stand(agent, hand.home())
                .map(s -> Driving.to(agent, target, s))
                .orElseGet(() -> Nodes.leaf("give up", a -> c.failure));
    }

    private static Node carry(Agent agent, String label, Choice c) {
        PlanningScene scene = Workspace.scene(agent, c.hand);
        return ArmMotion.transit(agent, c.hand, scene, List.of(c.way.qAbove()))
                .map(t -> ArmMotion.follow("carry", c.hand, t))
                .orElseGet(() -> noWay(label));
    }

    private static Node lower(Agent agent, String label, Choice c) {
        PlanningScene scene = c.placing.scene(agent);
        Vec3 way = c.way.tool().p().minus(c.hand.toolPose(agent.telemetry()).p());
        Vec3 along = way.norm() < 1e-3 ? Vec3.Z.times(-1) : way.unit();
        double mass = agent.belief().things().get(label).entry().mass();
        return ArmMotion.line(agent, c.hand, scene, c.way.tool(), 0.4)
                .map(t -> ArmMotion.careful(agent, "lower", c.hand, t, along, mass, NEARLY))
                .orElseGet(() -> noWay(label));
    }

    private static Node noWay(String label) {
        return Nodes.leaf(
                "no way",
                a ->
                        Status.failure(
                                "blocked",
                                "I find no free way for " + label + ".",
                                "找不到移动" + label + "的无碰路径。"));
    }

    private static Status open(Agent agent, Choice c) {
        agent.grip(c.hand.name(), c.placing.released(), c.hand.drive().usualForce());
        return Status.SUCCESS;
    }

    private static Node drawBack(Agent agent, String label, Choice c) {
        Pose tool = c.hand.toolPose(agent.telemetry());
        PlanningScene scene = Workspace.scene(agent, c.hand);
        scene.allow(c.hand.bodies(), label);
        double[] start = c.hand.position(agent.telemetry());
        CartesianPath.Result r = Release.away(c.hand, tool, start, scene);
        return r.path().length < 2
                ? Nodes.succeed("stay")
                : ArmMotion.follow("draw back", c.hand, ArmMotion.timed(agent, c.hand, r.path()));
    }

    /** Takes the arm out of the way when the thing has not been seen since it was let go. */
    private static Node clearTheView(Agent agent, String label, Choice c) {
        Belief.Thing thing = agent.belief().things().get(label);
        if (thing != null && thing.lastSeen() > c.letGoAt) {
            return Nodes.succeed("seen");
        }
        return Nodes.sequence(
                "clear the view",
                Nodes.fallback(
                        "out of the way", HandSkills.homeOne(agent, c.hand), Nodes.succeed("stay")),
                Nodes.pause("look", 0.3));
    }

    private static Status letGo(Agent agent, Choice c) {
        agent.letGo(c.hand.name());
        c.letGoAt = agent.telemetry().time();
        return Status.SUCCESS;
    }

    private static Status inPlace(Agent agent, String label, String relation, String target) {
        Belief.Thing thing = agent.belief().things().get(label);
        if (Relations.holds(agent.belief(), label, relation, target)) {
            return Status.SUCCESS;
        }
        return Status.failure(
                "misplaced",
                label
                        + " did not end up where it should"
                        + thing.support().map(s -> "; it is at " + s).orElse("")
                        + ".",
                label + "没有放到应在的位置" + thing.support().map(s -> "，现在在" + s).orElse("") + "。");
    }
}
