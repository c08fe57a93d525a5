package org.openkaiwu.skill;

import java.util.Optional;
import java.util.Set;
import org.openkaiwu.body.infer.BodyFacts;
import org.openkaiwu.math.Pose;
import org.openkaiwu.math.Vec3;
import org.openkaiwu.motion.PlanningScene;
import org.openkaiwu.motion.Trajectory;
import org.openkaiwu.robot.GuardLimits;
import org.openkaiwu.robot.RobotModel;

/**
 * Picks up between two hands what is too wide for the fingers of one: both arms go to either side
 * of it, come in along a line through its middle until both feel it, press so hard that friction
 * bears it, and lift together.
 */
final class ClaspPick {
    private static final double LIFT = 0.08;
    private static final double G = 9.81;

    /** Hands press so many times harder than a thing at rest needs, and at least so hard, N. */
    private static final double SURE = 3;

    private static final double LEAST = 6;

    /** Friction that is counted on between fingertips and things. */
    private static final double FRICTION = 0.7;

    /** Share of what an arm lifts that it presses with, and of what stops an effector. */
    private static final double CALM = 0.5;

    /** Failures that another try would only repeat. */
    private static final Set<String> HOPELESS =
            Set.of("not_seen", "out_of_reach", "too_wide", "too_heavy", "no_hand");

    private final String label;
    private ClaspSearch.Candidate way;
    private Clasp clasp;
    private int tries;

    private ClaspPick(String label) {
        this.label = label;
    }

    /** Whether the robot has two arms for it. */
    static boolean able(Agent agent) {
        return !TwoHands.free(agent).isEmpty();
    }

    /**
     * Whether two arms get at the thing, wherever one may have to go first or what may have to be
     * cleared away for it.
     */
    static boolean within(Agent agent, String label) {
        if (!able(agent) || agent.model().drive().kind() != RobotModel.DriveKind.FIXED) {
            return TwoHands.some(agent);
        }
        ClaspSearch search = new ClaspSearch(agent, label).search(w -> true);
        return !search.found().isEmpty() || search.missing() <= 0;
    }

    /** A tree that picks the thing up. */
    static Node node(String label) {
        ClaspPick p = new ClaspPick(label);
        Node once =
                Nodes.sequence(
                        "pick with both hands",
                        Nodes.lazy("start free", p::recover),
                        Nodes.leaf("choose a line", p::choose),
                        Nodes.pause("hands open", 0.6),
                        Nodes.lazy("go there", p::transit),
                        Nodes.lazy("approach", p::approach),
                        Nodes.lazy("press", p::press),
                        Nodes.leaf("holding?", p::holding),
                        Nodes.lazy("lift", p::lift));
        return Nodes.retry("with both hands", 3, HOPELESS, once);
    }

    private Node recover(Agent agent) {
        if (way == null) {
            return Nodes.succeed("first try");
        }
        agent.letGo(way.hands().hand(0).name());
        Node node =
                Nodes.sequence(
                        "recover",
                        new Pressing("loosen", Pressing.Aim.LOOSEN, way.hands(), clasp, null),
                        Nodes.lazy("draw back", a -> ClaspPlace.away(a, way.hands(), clasp, label)),
                        Nodes.pause("look again", 0.3));
        return clasp == null ? Nodes.succeed("did not touch") : node;
    }

    private Status choose(Agent agent) {
        if (!agent.belief().things().containsKey(label)) {
            return Status.failure("not_seen", "I don't see " + label + ".", "我没看到" + label + "。");
        }
        clasp = null;
        ClaspSearch search = new ClaspSearch(agent, label).search(w -> serves(agent, w));
        agent.blocked(label, search.found().isEmpty() ? search.blocker() : Optional.empty());
        if (search.found().isEmpty()) {
            return refuse(search);
        }
        way = search.found().get(Math.min(tries, search.found().size() - 1));
        tries++;
        double most = strength(agent);
        double needed =
                SURE * agent.belief().things().get(label).entry().mass() * G / (2 * FRICTION);
        if (needed > most) {
            return Status.failure("too_heavy", label + " is too heavy.", label + "太重。");
        }
        clasp = way.clasp(agent.belief().things().get(label).pose(), Math.max(LEAST, needed));
        for (int k = 0; k < 2; k++) {
            Hand h = way.hands().hand(k);
            agent.grip(h.name(), h.openingFor(way.width()), h.drive().usualForce());
        }
        return Status.SUCCESS;
    }

    /** Whether the thing could be set down as it is to be next, when it is held so. */
    private boolean serves(Agent agent, ClaspSearch.Candidate way) {
        return agent.nextWith(label)
                .map(next -> ClaspPlace.likely(agent, label, way, next))
                .orElse(true);
    }

    /** With how much force both arms can press, N. */
    private double strength(Agent agent) {
        double most = CALM * GuardLimits.USUAL.effectorForce();
        for (int k = 0; k < 2; k++) {
            String limb = way.hands().hand(k).effector().limb();
            for (BodyFacts.Limb l : agent.model().facts().limbs()) {
                if (l.name().equals(limb) && Double.isFinite(l.payload())) {
                    most = Math.min(most, Math.max(LEAST, CALM * l.payload() * G));
                }
            }
        }
        return most;
    }

    private Status refuse(ClaspSearch search) {
        double missing = search.missing();
        if (missing > 0 && missing < 10) {
            long cm = Math.max(1, Math.round(100 * missing));
            return Status.failure(
                    "out_of_reach",
                    label
                            + " is too wide for one hand, and for both arms it is out of reach by "
                            + cm
                            + " cm.",
                    label + "一只手夹不住，用双臂又够不到，还差 " + cm + " 厘米。");
        }
        return Status.failure(
                "blocked",
                "I find no free way to grasp " + label + search.inTheWay() + ".",
                "找不到能夹住" + label + "又不碰到别的东西的办法" + search.inTheWay() + "。");
    }

    private PlanningScene scene(Agent agent) {
        way.hands().at(agent, way.width());
        return Workspace.scene(agent, way.hands());
    }

    private Node transit(Agent agent) {
        return ArmMotion.transit(agent, way.hands(), scene(agent), way.qBefore())
                .map(t -> ArmMotion.follow("move", way.hands(), t))
                .orElseGet(() -> noWay());
    }

    private Node approach(Agent agent) {
        PlanningScene scene = scene(agent);
        double[] start = way.hands().position(agent.telemetry());
        Vec3[] by = new Vec3[2];
        for (int k = 0; k < 2; k++) {
            by[k] = way.hands().tool(k, way.qOff()).p().minus(way.hands().tool(k, start).p());
        }
        return way.hands()
                .straight(start, by, scene)
                .map(p -> ArmMotion.timed(agent, way.hands(), p))
                .map(t -> ArmMotion.follow("approach", way.hands(), t))
                .orElseGet(() -> noWay());
    }

    private Node press(Agent agent) {
        return new Pressing("press", Pressing.Aim.CLOSE, way.hands(), clasp, null);
    }

    private Node noWay() {
        return Nodes.leaf(
                "no way",
                a ->
                        Status.failure(
                                "blocked",
                                "I find no free way to " + label + ".",
                                "找不到通向" + label + "的无碰路径。"));
    }

    /** Takes note of how the thing is held: what was pressed is in the middle between the hands. */
    private Status holding(Agent agent) {
        way.hands().at(agent, Double.NaN);
        double[] q = way.hands().position(agent.telemetry());
        Pose[] is = {way.hands().tool(0, q), way.hands().tool(1, q)};
        Pose believed = agent.belief().things().get(label).pose();
        Vec3 off =
                is[0].p()
                        .minus(way.tools()[0].p())
                        .plus(is[1].p().minus(way.tools()[1].p()))
                        .times(0.5);
        Vec3 along = way.inward().times(off.dot(way.inward()));
        Pose thing = new Pose(believed.p().plus(along), believed.q());
        clasp =
                new Clasp(
                        clasp.first(),
                        clasp.second(),
                        thing.inverse().times(is[0]),
                        thing.inverse().times(is[1]),
                        clasp.along(),
                        clasp.force());
        agent.hold(
                new Agent.Holding(
                        label,
                        clasp.first(),
                        is[0].inverse().times(thing),
                        agent.telemetry().effectors().get(clasp.first()).opening(),
                        Optional.of(clasp)));
        return Status.SUCCESS;
    }

    private Node lift(Agent agent) {
        PlanningScene scene = scene(agent);
        double[] start = way.hands().position(agent.telemetry());
        for (double height : new double[] {LIFT, LIFT / 2, LIFT / 4}) {
            Vec3 up = new Vec3(0, 0, height);
            Optional<double[][]> path = way.hands().straight(start, new Vec3[] {up, up}, scene);
            if (path.isPresent()) {
                Trajectory t = ArmMotion.timed(agent, way.hands(), path.get());
                return new ClaspHeld(
                        label, new Pressing("lift", Pressing.Aim.CARRY, way.hands(), clasp, t));
            }
        }
        return noWay();
    }
}
