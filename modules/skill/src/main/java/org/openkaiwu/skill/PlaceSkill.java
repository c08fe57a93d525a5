package org.openkaiwu.skill;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.openkaiwu.body.infer.BodyFacts.Ability;
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
 * Sets down what a hand holds, in a relation to a thing or place: on, in, beside, left of, ...
 * Looks for a free spot that the arm can reach, lowers the thing on a straight line, opens, draws
 * back, and checks by what is seen then that it lies where it should.
 */
public final class PlaceSkill implements Skill {
    private static final double ABOVE = 0.07;
    private static final int TURNS = 12;
    private static final int ENOUGH = 3;

    /** This near to the end of lowering a touch means that the thing stands, m. */
    private static final double NEARLY = 0.03;

    /** Share of its reach at which an arm sets things down best. */
    private static final double BEST_REACH = 0.55;

    private static final Set<String> HOPELESS = Set.of("not_held", "not_seen");

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
        Pose tool;
        double[] qAbove;
    }

    @Override
    public Node node(SkillCall call) {
        String label = call.arg("object");
        String relation = call.arg("relation");
        String target = call.arg("target");
        Choice c = new Choice();
        Node put =
                Nodes.sequence(
                        "put down",
                        Nodes.leaf("choose a spot", a -> choose(a, label, relation, target, c)),
                        Nodes.lazy("carry", a -> carry(a, label, c)),
                        Nodes.lazy("lower", a -> lower(a, label, relation, target, c)));
        return Nodes.sequence(
                "place " + label,
                Nodes.retry("place", 3, HOPELESS, put),
                Nodes.leaf("open", a -> open(a, c)),
                Nodes.pause("fingers open", 0.5),
                Nodes.leaf("let go", a -> letGo(a, c)),
                Nodes.lazy("draw back", a -> drawBack(a, label, c)),
                Nodes.pause("look", 0.3),
                Nodes.leaf("in place?", a -> inPlace(a, label, relation, target)));
    }

    private static Status choose(
            Agent agent, String label, String relation, String target, Choice c) {
        Optional<Agent.Holding> holding = agent.holdingOf(label);
        if (holding.isEmpty()) {
            return Status.failure(
                    "not_held", "I am not holding " + label + ".", "我手里没有" + label + "。");
        }
        Hand hand = agent.embodiment().arm(holding.get().effector());
        Belief belief = agent.belief();
        double[] seed = hand.position(agent.telemetry());
        ArmModel arm = hand.arm(agent.telemetry());
        List<Vec3> spots =
                Spots.find(
                        belief,
                        label,
                        relation,
                        target,
                        arm.shoulder(seed),
                        BEST_REACH * arm.reach());
        if (spots.isEmpty()) {
            return Status.failure(
                    "no_room",
                    "There is no room for " + label + " there.",
                    "那里没有放" + label + "的空位。");
        }
        PlanningScene scene = touching(agent, hand, label, relation, target);
        Ik ik = new Ik(hand.arm());
        Ik.Options options = Ik.Options.DEFAULT.tolerances(0.003, ArmMotion.LOOSE).effort(10, 3);
        Pose inTool = holding.get().poseInTool();
        Quat upright = upright(belief.things().get(label).pose().q());
        double bestCost = Double.POSITIVE_INFINITY;
        int found = 0;
        double missing = Double.POSITIVE_INFINITY;
        String inTheWay = "";
        for (Vec3 spot : spots) {
            for (int k = 0; k < TURNS && found < ENOUGH; k++) {
                Quat turn = Quat.yaw(2 * Math.PI * k / TURNS).times(upright);
                Pose tool = new Pose(spot, turn).times(inTool.inverse());
                Ik.Result r = ik.solve(new ToolGoal.Full(tool), seed, options, scene);
                if (!r.found()) {
                    missing = Math.min(missing, r.refused() > 0 ? 0 : r.best().positionError());
                    continue;
                }
                Ik.Solution s = r.best();
                Pose above = new Pose(tool.p().plus(new Vec3(0, 0, ABOVE)), tool.q());
                CartesianPath.Result up = ArmMotion.linePath(hand, s.q(), above, scene);
                if (up.fraction() > 0.5 && s.cost() < bestCost) {
                    bestCost = s.cost();
                    c.hand = hand;
                    c.tool = tool;
                    c.qAbove = up.last();
                    found++;
                }
            }
            if (found >= ENOUGH) {
                break;
            }
        }
        if (found > 0) {
            return Status.SUCCESS;
        }
        return missing > 0.01 && missing < 10
                ? Status.failure(
                        "out_of_reach",
                        target + " is out of reach by " + Math.round(100 * missing) + " cm.",
                        "够不到" + target + "，还差 " + Math.round(100 * missing) + " 厘米。")
                : Status.failure(
                        "no_room",
                        "I find no free way to set " + label + " down there" + inTheWay + ".",
                        "找不到把" + label + "放到那里的无碰办法" + inTheWay + "。");
    }

    /** The scene for lowering: what is held may touch what it is to stand on. */
    private static PlanningScene touching(
            Agent agent, Hand hand, String label, String relation, String target) {
        PlanningScene scene = Workspace.close(agent, hand);
        Spots.bearers(agent.belief(), relation, target)
                .forEach(id -> scene.allow(List.of(label), id));
        return scene;
    }

    /** The orientation without its heading, so that the thing is set down as it stood. */
    private static Quat upright(Quat q) {
        return Quat.yaw(-q.yaw()).times(q).unit();
    }

    private static Node carry(Agent agent, String label, Choice c) {
        PlanningScene scene = Workspace.scene(agent, c.hand);
        return ArmMotion.transit(agent, c.hand, scene, List.of(c.qAbove))
                .map(t -> ArmMotion.follow("carry", c.hand, t))
                .orElseGet(() -> noWay(label));
    }

    private static Node lower(Agent agent, String label, String relation, String target, Choice c) {
        PlanningScene scene = touching(agent, c.hand, label, relation, target);
        Vec3 along = c.tool.p().minus(c.hand.toolPose(agent.telemetry()).p()).unit();
        double mass = agent.belief().things().get(label).entry().mass();
        return ArmMotion.line(agent, c.hand, scene, c.tool, 0.4)
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
        double now = agent.holding(c.hand.name()).map(Agent.Holding::opening).orElse(0.5);
        double room = Math.min(1, now + 0.025 / Math.max(0.02, c.hand.aperture()));
        agent.grip(c.hand.name(), room, c.hand.drive().usualForce());
        return Status.SUCCESS;
    }

    private static Node drawBack(Agent agent, String label, Choice c) {
        Pose tool = c.hand.toolPose(agent.telemetry());
        PlanningScene scene = Workspace.scene(agent, c.hand);
        scene.allow(c.hand.bodies(), label);
        double[] start = c.hand.position(agent.telemetry());
        Pose back = new Pose(tool.p().minus(tool.q().rotate(Vec3.Z).times(ABOVE)), tool.q());
        CartesianPath.Result r = ArmMotion.linePath(c.hand, start, back, scene);
        return r.path().length < 2
                ? Nodes.succeed("stay")
                : ArmMotion.follow("draw back", c.hand, ArmMotion.timed(agent, c.hand, r.path()));
    }

    private static Status letGo(Agent agent, Choice c) {
        agent.letGo(c.hand.name());
        return Status.SUCCESS;
    }

    private static Status inPlace(Agent agent, String label, String relation, String target) {
        Belief.Thing thing = agent.belief().things().get(label);
        if (Spots.holds(agent.belief(), label, relation, target)) {
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
