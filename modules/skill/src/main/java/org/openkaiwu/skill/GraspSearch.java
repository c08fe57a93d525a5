package org.openkaiwu.skill;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.openkaiwu.math.Pose;
import org.openkaiwu.math.Vec3;
import org.openkaiwu.motion.CartesianPath;
import org.openkaiwu.motion.Ik;
import org.openkaiwu.motion.PlanningScene;
import org.openkaiwu.motion.StandPose;
import org.openkaiwu.motion.ToolGoal;
import org.openkaiwu.motion.Validity;
import org.openkaiwu.perception.Belief;
import org.openkaiwu.robot.RobotModel;

/** Grasps of a thing that hands can go to from where the robot stands, in a believed world. */
final class GraspSearch {
    /** Way of the tool before it closes on a thing, m. */
    static final double APPROACH = 0.07;

    /** How much wider than the thing the hand opens, m: a little, fully, hardly. */
    private static final double[] ROOM = {0.035, 1, 0.02};

    /** Part of that way that must be free. */
    private static final double ENOUGH_WAY = 0.6;

    /**
     * A grasp that can be gone to.
     *
     * @param tool pose of the tool when the fingers close, map frame
     * @param qBefore configuration of the arm before it comes near
     * @param opening of the hand when it comes near, 0..1
     * @param cost taste and way, 0 best
     */
    record Candidate(
            Hand hand, Grasp grasp, Pose tool, double[] qBefore, double opening, double cost) {}

    /** How many grasps are looked at, and how the inverse kinematics of each is searched. */
    private record Effort(int grasps, int starts, int solutions) {}

    private static final Effort THOROUGH = new Effort(Integer.MAX_VALUE, 10, 3);
    private static final Effort QUICK = new Effort(60, 4, 1);

    /** Grasps for which a place to stand is looked for. */
    private static final int STANDS = 6;

    /** Stands of the base that count as the same, m and rad. */
    private static final double SAME_STAND = 0.08;

    private static final double SAME_HEADING = 0.2;

    /** Grasps that are enough for a later time. */
    private static final int AGAIN = 2;

    private final Agent agent;
    private final Belief belief;
    private final String label;
    private final Belief.Thing thing;
    private final List<Candidate> found = new ArrayList<>();
    private boolean spans;
    private double missing = Double.POSITIVE_INFINITY;
    private String inTheWay = "";
    private final Map<String, Integer> blockers = new TreeMap<>();

    /** For a thing of the belief. */
    GraspSearch(Agent agent, Belief belief, String label) {
        this.agent = agent;
        this.belief = belief;
        this.label = label;
        thing = belief.things().get(label);
    }

    /** What was found, cheapest first. */
    List<Candidate> found() {
        found.sort(Comparator.comparingDouble(Candidate::cost));
        return found;
    }

    /** Whether some hand opens wide enough. */
    boolean spans() {
        return spans;
    }

    /** By how much the nearest grasp is out of reach, m; 0: something is in the way. */
    double missing() {
        return missing;
    }

    /** What is in the way of the first grasp that is within reach, for a message. */
    String inTheWay() {
        return inTheWay;
    }

    /**
     * Looks at the grasps of every hand that is free, until enough are found for it: with the
     * fingers a little wider than the thing, so that its neighbours have room, and where nothing is
     * found so, otherwise.
     *
     * @param first which of the ways to open comes first
     */
    GraspSearch everyHand(int enough, int first) {
        for (int k = 0; k < ROOM.length && found.isEmpty(); k++) {
            for (Hand hand : agent.embodiment().hands()) {
                if (!Workspace.holds(agent, belief, hand)) {
                    search(hand, enough, ROOM[(first + k) % ROOM.length], THOROUGH);
                }
            }
        }
        return this;
    }

    private void search(Hand hand, int enough, double room, Effort effort) {
        List<Grasp> grasps =
                Grasp.of(thing.entry(), thing.pose(), hand.aperture()).stream()
                        .sorted(Comparator.comparingDouble(Grasp::cost))
                        .limit(effort.grasps())
                        .toList();
        spans |= !grasps.isEmpty();
        Map<Double, Fingers> fingers = new TreeMap<>();
        double[] seed = hand.position(agent.telemetry());
        Ik ik = new Ik(hand.arm());
        Ik.Options options =
                Ik.Options.DEFAULT
                        .tolerances(0.002, ArmMotion.LOOSE)
                        .effort(effort.starts(), effort.solutions());
        int before = found.size();
        for (Grasp g : grasps) {
            if (found.size() - before >= enough) {
                break;
            }
            Pose tool = tool(hand, g);
            Fingers f = fingers.computeIfAbsent(g.width(), w -> fingers(hand, w, room));
            Ik.Result r = ik.solve(new ToolGoal.Full(tool), seed, options, f);
            if (!r.found()) {
                missing = Math.min(missing, r.refused() > 0 ? 0 : r.best().positionError());
                if (r.refused() > 0) {
                    double[] q = r.best().q();
                    refused((f.opened.valid(q) ? f.closed : f.opened).contacts(q));
                }
                continue;
            }
            missing = 0;
            for (Ik.Solution s : r.solutions()) {
                CartesianPath.Result back =
                        ArmMotion.linePath(hand, s.q(), back(tool, APPROACH), f.opened);
                if (back.fraction() > ENOUGH_WAY && f.around.valid(back.last())) {
                    double cost = g.cost() + 0.15 * s.cost();
                    found.add(new Candidate(hand, g, tool, back.last(), f.opening, cost));
                    break;
                }
            }
        }
    }

    /**
     * The surroundings of a hand that opens for a width.
     *
     * @param around before it comes near
     * @param opened as it comes near
     * @param closed on the thing: fingers that swing reach farther then
     */
    private record Fingers(
            double opening, PlanningScene around, PlanningScene opened, PlanningScene closed)
            implements Validity {
        @Override
        public boolean valid(double[] q) {
            return opened.valid(q) && closed.valid(q);
        }
    }

    private Fingers fingers(Hand hand, double width, double room) {
        double opening = hand.openingFor(width + room);
        PlanningScene around = Workspace.scene(agent, belief, hand);
        PlanningScene opened = near(hand);
        PlanningScene closed = near(hand);
        Workspace.opened(agent, hand, opening, around);
        Workspace.opened(agent, hand, opening, opened);
        Workspace.opened(agent, hand, hand.openingFor(width), closed);
        return new Fingers(opening, around, opened, closed);
    }

    private PlanningScene near(Hand hand) {
        PlanningScene scene = Workspace.close(agent, belief, hand);
        scene.allow(hand.fingers(), label);
        return scene;
    }

    /**
     * Where the base should stand so that a free hand gets to one of the likeliest grasps; empty:
     * no such place was found, or the base does not move.
     *
     * @param stood where it has stood in vain
     */
    Optional<Ground.Stand> stand(List<Pose> stood) {
        if (agent.model().drive().kind() == RobotModel.DriveKind.FIXED) {
            return Optional.empty();
        }
        for (Hand hand : agent.embodiment().hands()) {
            if (Workspace.holds(agent, belief, hand)) {
                continue;
            }
            List<Grasp> grasps =
                    Grasp.of(thing.entry(), thing.pose(), hand.aperture()).stream()
                            .sorted(Comparator.comparingDouble(Grasp::cost))
                            .limit(QUICK.grasps())
                            .toList();
            StandPose chooser = new StandPose(hand.arm(), Ground.planner(agent));
            Ik.Options options = Ik.Options.DEFAULT.tolerances(0.002, ArmMotion.LOOSE).effort(3, 1);
            for (int i = 0; i < grasps.size(); i += Math.max(1, grasps.size() / STANDS)) {
                Grasp g = grasps.get(i);
                Optional<Ground.Stand> s =
                        chooser
                                .find(
                                        List.of(new ToolGoal.Full(tool(hand, g))),
                                        hand.home(),
                                        options,
                                        1,
                                        fromElsewhere(hand, g, stood))
                                .stream()
                                .map(p -> new Ground.Stand(p.x(), p.y(), p.yaw()))
                                .findFirst();
                if (s.isPresent()) {
                    return s;
                }
            }
        }
        return Optional.empty();
    }

    /** Whether a grasp could be gone to and closed with the base where a search has put it. */
    private Validity fromElsewhere(Hand hand, Grasp g, List<Pose> stood) {
        PlanningScene opened = near(hand);
        PlanningScene closed = near(hand);
        Pose before = back(tool(hand, g), APPROACH);
        return q -> {
            Pose base = hand.arm().base();
            if (stood.stream().anyMatch(s -> sameStand(s, base))) {
                return false;
            }
            apart(hand, g.width(), base, closed);
            if (!closed.valid(q)) {
                return false;
            }
            apart(hand, g.width() + ROOM[0], base, opened);
            return opened.valid(q)
                    && ArmMotion.linePath(hand, q, before, opened).fraction() > ENOUGH_WAY;
        };
    }

    /** Makes a scene see the fingers so far apart, the base being where it is imagined. */
    private void apart(Hand hand, double width, Pose base, PlanningScene scene) {
        hand.arm(agent.telemetry(), hand.openingFor(width)).base(base);
        scene.refresh();
    }

    private static boolean sameStand(Pose a, Pose b) {
        return Footing.flat(a.p().minus(b.p())).norm() < SAME_STAND
                && a.q().angleTo(b.q()) < SAME_HEADING;
    }

    private Pose tool(Hand hand, Grasp g) {
        Pose spot = thing.pose().times(g.poseInThing());
        return new Pose(spot.p().minus(spot.q().rotate(hand.middle(g.width()))), spot.q());
    }

    private void refused(List<PlanningScene.Contact> contacts) {
        if (inTheWay.isEmpty()) {
            inTheWay = Workspace.inTheWay(contacts);
        }
        List<String> what =
                contacts.stream().map(PlanningScene.Contact::second).distinct().toList();
        if (what.size() == 1 && belief.things().containsKey(what.getFirst())) {
            blockers.merge(what.getFirst(), 1, Integer::sum);
        }
    }

    /** The thing that alone is in the way of most grasps; empty: none is. */
    Optional<String> blocker() {
        return blockers.entrySet().stream()
                .filter(e -> !e.getKey().equals(label))
                .filter(e -> belief.things().get(e.getKey()).entry().movable())
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey);
    }

    /** A pose of the tool, drawn back. */
    static Pose back(Pose tool, double distance) {
        return new Pose(tool.p().minus(tool.q().rotate(Vec3.Z).times(distance)), tool.q());
    }

    /**
     * Whether the thing could be set down as a call says when it is gripped so; also true when the
     * call says nothing that could be told from here.
     */
    boolean serves(Candidate c, SkillCall next) {
        String target = next.args().getOrDefault("target", next.args().get("person"));
        String relation = next.args().getOrDefault("relation", "in");
        if (target == null || !belief.knows(target) || !DriveSkills.inReach(agent, target)) {
            return true;
        }
        Pose inTool = c.tool().inverse().times(thing.pose());
        double opening = c.hand().openingFor(c.grasp().width());
        return new Placing(c.hand(), label, inTool, opening, relation, target)
                .likely(agent, belief, c.qBefore());
    }

    /**
     * Whether, with a thing set down at a pose, another or itself can be gripped and then be
     * handled as the calls to come ask for, all from where the robot stands.
     */
    static boolean after(Agent agent, String set, Pose pose, String label) {
        Belief then = agent.belief().imagining(set, pose);
        Optional<SkillCall> aim = agent.aimOf(label);
        for (Hand hand : agent.embodiment().hands()) {
            if (!Workspace.holds(agent, then, hand)) {
                GraspSearch search = new GraspSearch(agent, then, label);
                search.search(hand, AGAIN, ROOM[ROOM.length - 1], QUICK);
                if (search.found.stream()
                        .anyMatch(c -> aim.isEmpty() || search.serves(c, aim.get()))) {
                    return true;
                }
            }
        }
        return false;
    }
}
