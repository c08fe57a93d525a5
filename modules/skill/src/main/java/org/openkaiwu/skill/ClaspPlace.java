package org.openkaiwu.skill;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.openkaiwu.math.Pose;
import org.openkaiwu.math.Quat;
import org.openkaiwu.math.Vec3;
import org.openkaiwu.motion.PlanningScene;
import org.openkaiwu.motion.Trajectory;
import org.openkaiwu.perception.Belief;
import org.openkaiwu.perception.BeliefTracker;

/**
 * Sets down what is held between two hands: up, straight over, down, then both let go and draw
 * back, each the way that its hand points.
 */
final class ClaspPlace {
    /** Way of a hand back from the thing, m, and the part of it that must be free. */
    private static final double BACK = 0.07;

    private static final double[] PARTS = {1, 0.6, 0.35};

    /** Heights over start and goal at which a thing is carried, m. */
    private static final double[] OVER = {0.07, 0.12, 0.03, 0.18};

    /** Turns about the vertical from how the thing is held now, rad. */
    private static final double[] TURNS = {0, 0.26, -0.26, 0.52, -0.52, 0.79, -0.79, 1.05, -1.05};

    /** Poses that are looked at before giving up. */
    private static final int MOST = 240;

    private static final int STARTS = 3;

    private static final Set<String> HOPELESS =
            Set.of("not_held", "not_seen", "no_room", "out_of_reach", "no_way", "dropped");

    private final String label;
    private final String relation;
    private final String target;
    private TwoHands hands;
    private Clasp clasp;
    private double[][] over;
    private double[][] down;
    private double letGoAt;

    private ClaspPlace(String label, String relation, String target) {
        this.label = label;
        this.relation = relation;
        this.target = target;
    }

    /** A tree that sets the thing down and draws back. */
    static Node node(String label, String relation, String target) {
        ClaspPlace p = new ClaspPlace(label, relation, target);
        return Nodes.sequence(
                "place " + label + " with both hands",
                Nodes.retry(
                        "place",
                        2,
                        HOPELESS,
                        Nodes.sequence(
                                "put down",
                                Nodes.leaf("choose a spot", p::choose),
                                Nodes.lazy("carry", a -> p.follow(a, "carry", p.over)),
                                Nodes.lazy("lower", a -> p.follow(a, "lower", p.down)))),
                Nodes.lazy("loosen", p::loosen),
                Nodes.leaf("let go", p::letGo),
                Nodes.lazy("draw back", a -> away(a, p.hands, p.clasp, label)),
                Nodes.pause("look", 0.3),
                Nodes.lazy("clear the view", p::clearTheView));
    }

    private Status choose(Agent agent) {
        Optional<Clasp> held = agent.holdingOf(label).flatMap(Agent.Holding::clasp);
        if (held.isEmpty()) {
            return Status.failure(
                    "not_held", "I am not holding " + label + ".", "我手里没有" + label + "。");
        }
        clasp = held.get();
        hands = TwoHands.of(agent, clasp).at(agent, Double.NaN);
        double[] at = hands.position(agent.telemetry());
        Pose now = hands.tool(0, at).times(clasp.firstInThing().inverse());
        List<Spots.Spot> spots =
                Spots.all(agent.belief(), label, relation, target, middle(hands, at), 0);
        if (spots.isEmpty()) {
            return Status.failure(
                    "no_room",
                    "There is no room for " + label + " there.",
                    "那里没有放" + label + "的空位。");
        }
        PlanningScene scene = Workspace.scene(agent, hands);
        PlanningScene lowering = Workspace.scene(agent, hands);
        Spots.bearers(agent.belief(), relation, target).forEach(id -> lowering.allow(label, id));
        double missing = Double.POSITIVE_INFINITY;
        String inTheWay = "";
        int looked = 0;
        for (Spots.Spot spot : spots) {
            for (double turn : TURNS) {
                if (looked++ > MOST) {
                    break;
                }
                Pose goal = new Pose(spot.at(), Quat.yaw(turn).times(now.q()).unit());
                TwoHands.Answer r = hands.solve(clasp.tools(goal), at, STARTS, lowering);
                missing = Math.min(missing, r.missing());
                if (r.refused().isPresent() && inTheWay.isEmpty()) {
                    inTheWay = Workspace.inTheWay(lowering, r.refused().get());
                }
                if (r.q().isPresent() && way(at, now, goal, scene, lowering)) {
                    return Status.SUCCESS;
                }
            }
        }
        long cm = Math.round(100 * missing);
        return cm > 0 && missing < 10
                ? Status.failure(
                        "out_of_reach",
                        target + " is out of reach by " + cm + " cm.",
                        "够不到" + target + "，还差 " + cm + " 厘米。")
                : Status.failure(
                        "no_way",
                        "I find no free way to set " + label + " down there" + inTheWay + ".",
                        "找不到把" + label + "放到那里的无碰办法" + inTheWay + "。");
    }

    /**
     * A first opinion: whether both hands get to where a call sets the thing down, when they take
     * it so; also true when the call says nothing that could be told from here.
     */
    static boolean likely(Agent agent, String label, ClaspSearch.Candidate way, SkillCall next) {
        String target = next.args().getOrDefault("target", next.args().get("person"));
        String relation = next.args().getOrDefault("relation", "in");
        Belief belief = agent.belief();
        if (target == null || !belief.knows(target) || !DriveSkills.inReach(agent, target)) {
            return true;
        }
        TwoHands hands = way.hands().at(agent, way.width());
        Pose now = belief.things().get(label).pose();
        Clasp clasp = way.clasp(now, 0);
        Vec3 middle = middle(hands, way.qOff());
        PlanningScene scene = Workspace.holding(agent, hands, clasp, label);
        Spots.bearers(belief, relation, target).forEach(id -> scene.allow(label, id));
        int looked = 0;
        for (Spots.Spot spot : Spots.all(belief, label, relation, target, middle, 0)) {
            for (int i = 0; i < TURNS.length && looked < MOST; i++, looked++) {
                Pose goal = new Pose(spot.at(), Quat.yaw(TURNS[i]).times(now.q()).unit());
                if (hands.solve(clasp.tools(goal), way.qOff(), STARTS, scene).q().isPresent()) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Where both arms begin, in the middle. */
    private static Vec3 middle(TwoHands hands, double[] q) {
        return hands.arm(0)
                .shoulder(hands.part(0, q))
                .plus(hands.arm(1).shoulder(hands.part(1, q)))
                .times(0.5);
    }

    /** Up, over and down, with room to draw back at the end; false: it cannot be done. */
    private boolean way(
            double[] at, Pose now, Pose goal, PlanningScene scene, PlanningScene lowering) {
        for (double height : OVER) {
            double z = Math.max(now.p().z(), goal.p().z() + height);
            Pose up = new Pose(new Vec3(now.p().x(), now.p().y(), z), now.q());
            Pose above = new Pose(new Vec3(goal.p().x(), goal.p().y(), z), goal.q());
            Optional<double[][]> rise = line(at, now, up, scene);
            Optional<double[][]> cross = rise.flatMap(r -> line(last(r), up, above, scene));
            Optional<double[][]> lower = cross.flatMap(r -> line(last(r), above, goal, lowering));
            if (lower.isPresent() && away(hands, clasp, last(lower.get()), lowering).isPresent()) {
                over = joined(rise.get(), cross.get());
                down = lower.get();
                return true;
            }
        }
        return false;
    }

    private Optional<double[][]> line(double[] start, Pose from, Pose to, PlanningScene scene) {
        double length = from.p().distance(to.p()) + 0.3 * from.q().angleTo(to.q());
        int steps = (int) Math.ceil(Math.max(1, length / Clasp.STEP));
        return hands.way(start, steps, t -> clasp.tools(BeliefTracker.blend(from, to, t)), scene);
    }

    private static double[] last(double[][] path) {
        return path[path.length - 1];
    }

    private static double[][] joined(double[][] a, double[][] b) {
        double[][] out = new double[a.length + b.length - 1][];
        System.arraycopy(a, 0, out, 0, a.length);
        System.arraycopy(b, 1, out, a.length, b.length - 1);
        return out;
    }

    private Node follow(Agent agent, String name, double[][] path) {
        Trajectory t = ArmMotion.timed(agent, hands, path);
        return new ClaspHeld(label, new Pressing(name, Pressing.Aim.CARRY, hands, clasp, t));
    }

    private Node loosen(Agent agent) {
        return new Pressing("loosen", Pressing.Aim.LOOSEN, hands, clasp, null);
    }

    private Status letGo(Agent agent) {
        agent.holdingOf(label).ifPresent(h -> agent.letGo(h.effector()));
        letGoAt = agent.telemetry().time();
        return Status.SUCCESS;
    }

    /** Both hands draw back from the thing as far as they can. */
    static Node away(Agent agent, TwoHands hands, Clasp clasp, String label) {
        hands.at(agent, Double.NaN);
        PlanningScene scene = Workspace.scene(agent, hands);
        for (int k = 0; k < 2; k++) {
            scene.allow(hands.hand(k).bodies(), label);
        }
        return away(hands, clasp, hands.position(agent.telemetry()), scene)
                .map(p -> ArmMotion.follow("draw back", hands, ArmMotion.timed(agent, hands, p)))
                .orElseGet(() -> Nodes.succeed("stay"));
    }

    private static Optional<double[][]> away(
            TwoHands hands, Clasp clasp, double[] q, PlanningScene scene) {
        for (double part : PARTS) {
            Vec3[] by = new Vec3[2];
            for (int k = 0; k < 2; k++) {
                Quat tool = hands.tool(k, q).q();
                Vec3 out = tool.rotate(clasp.inward(k).plus(Vec3.Z)).unit();
                by[k] = out.times(-BACK * part);
            }
            Optional<double[][]> path = hands.straight(q, by, scene);
            if (path.isPresent()) {
                return path;
            }
        }
        return Optional.empty();
    }

    /** Takes the arms out of the way when the thing has not been seen since it was let go. */
    private Node clearTheView(Agent agent) {
        Belief.Thing thing = agent.belief().things().get(label);
        if (thing != null && thing.lastSeen() > letGoAt) {
            return Nodes.succeed("seen");
        }
        Node[] home = new Node[2];
        for (int k = 0; k < 2; k++) {
            Hand hand = hands.hand(k);
            home[k] =
                    Nodes.fallback(
                            "out of the way",
                            Nodes.lazy("home", a -> HandSkills.homeOne(a, hand)),
                            Nodes.succeed("stay"));
        }
        return Nodes.sequence("clear the view", home[0], home[1], Nodes.pause("look", 0.3));
    }
}
