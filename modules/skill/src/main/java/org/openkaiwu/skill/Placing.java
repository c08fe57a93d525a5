package org.openkaiwu.skill;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openkaiwu.math.Pose;
import org.openkaiwu.math.Quat;
import org.openkaiwu.math.Vec3;
import org.openkaiwu.motion.ArmModel;
import org.openkaiwu.motion.CartesianPath;
import org.openkaiwu.motion.Ik;
import org.openkaiwu.motion.PlanningScene;
import org.openkaiwu.motion.StandPose;
import org.openkaiwu.motion.ToolGoal;
import org.openkaiwu.perception.Belief;
import org.openkaiwu.perception.Catalogue;

/**
 * How a hand could set a thing down in a relation to a target: spots, headings, and, where it is
 * dropped into something, tilts.
 *
 * @param hand that holds the thing, or is to hold it
 * @param label the thing
 * @param inTool pose of the thing's frame in the tool frame
 * @param opening of the hand while it holds the thing, 0..1
 * @param relation word of the relation
 * @param target thing or place
 */
record Placing(
        Hand hand, String label, Pose inTool, double opening, String relation, String target) {
    /** How much wider than the thing fingers open to let go, m. */
    private static final double LET_GO = 0.025;

    /** Horizontal part of a hand's direction from which on it is slanted. */
    private static final double SLANTED = 0.05;

    private static final int TURNS = 12;
    private static final int ENOUGH = 3;

    /** Poses that are looked at before giving up, and for a first opinion. */
    private static final int MOST = 480;

    private static final int FEW = 48;

    private static final Ik.Options OPTIONS =
            Ik.Options.DEFAULT.tolerances(0.003, ArmMotion.LOOSE).effort(8, 3);

    /** Rests that are looked at for one where the thing can be gripped again. */
    private static final int AGAIN = 24;

    /** Part of all by which one goes on from rest to rest; no two near each other in turn. */
    private static final double SPREAD = 0.382;

    /** Spots that are looked at upright before any tilt. */
    private static final int UPRIGHT_FIRST = 6;

    /** Tilts of the hand that lets a thing go into a container, rad, and sides they are to. */
    private static final double[] TILTS = {0.35, 0.7, 1.05};

    private static final int SIDES = 4;

    /** Share of its reach at which an arm sets things down best. */
    private static final double BEST_REACH = 0.55;

    /**
     * A way.
     *
     * @param tool pose of the tool when the thing is let go, map frame
     * @param qAbove configuration of the arm before it is lowered
     */
    record Way(Pose tool, double[] qAbove) {}

    /**
     * What was found.
     *
     * @param way the best way, if any
     * @param room whether there is a free spot at all
     * @param missing by how much the nearest pose is out of reach, m; 0: something is in the way
     * @param inTheWay what, for a message
     */
    record Found(Optional<Way> way, boolean room, double missing, String inTheWay) {}

    /** The best of a few ways that the arm can go, from where the robot stands. */
    Found choose(Agent agent, double[] seed) {
        Ways ways = new Ways(agent, seed);
        Way way = agent.pickedAfter(label).map(ways::before).orElse(null);
        way = way == null ? ways.best() : way;
        if (way == null && !ways.drops.isEmpty()) {
            ways.fingers = false;
            way = ways.best();
        }
        return new Found(
                Optional.ofNullable(way), !ways.drops.isEmpty(), ways.missing, ways.inTheWay);
    }

    /** A search among the places where the thing could be let go. */
    private final class Ways {
        private final Agent agent;
        private final double[] seed;
        private final List<Drop> drops;
        private final PlanningScene scene;
        private final PlanningScene released;
        private final PlanningScene wide;
        private final Ik ik;
        private boolean fingers = true;
        private double missing = Double.POSITIVE_INFINITY;
        private String inTheWay = "";
        private double cost;

        Ways(Agent agent, double[] seed) {
            this.agent = agent;
            this.seed = seed;
            List<Drop> all = drops(agent.belief(), agent, seed);
            drops = all.subList(0, Math.min(MOST, all.size()));
            released = scene(agent, agent.belief(), released());
            wide = Workspace.scene(agent, hand);
            scene = scene(agent);
            ik = new Ik(hand.arm());
        }

        /** Free, with room for the fingers to let go. */
        private boolean valid(double[] q) {
            return scene.valid(q)
                    && Release.slidesOut(hand.arm().toolPose(q))
                    && (!fingers || released.valid(q));
        }

        /** The cheapest of the first few that are free; null: none. */
        Way best() {
            double best = Double.POSITIVE_INFINITY;
            Way way = null;
            int found = 0;
            int tight = 0;
            for (Drop drop : drops) {
                // what goes in between walls easily is not turned so that it sticks there
                if (way != null && drop.tight() > tight) {
                    break;
                }
                tight = drop.tight();
                Way w = way(drop);
                if (w != null && cost < best) {
                    best = cost;
                    way = w;
                    found++;
                }
                if (found >= ENOUGH) {
                    break;
                }
            }
            return way;
        }

        /**
         * One after which a thing, the same or another, can be gripped and be handled as is
         * planned; null: none was found. Upright ways first: from a slanted hand a thing slides.
         */
        Way before(String next) {
            Map<String, List<Drop>> upright = new LinkedHashMap<>();
            Map<String, List<Drop>> slanted = new LinkedHashMap<>();
            for (Drop d : drops) {
                boolean full = d.goal() instanceof ToolGoal.Full;
                String key = full ? d.rest().toString() : d.goal().toString();
                (full ? upright : slanted).computeIfAbsent(key, k -> new ArrayList<>()).add(d);
            }
            Way way = before(next, List.copyOf(upright.values()));
            return way == null ? before(next, List.copyOf(slanted.values())) : way;
        }

        /** Looks at rests here and there, each let go from as low as can be. */
        private Way before(String next, List<List<Drop>> rests) {
            int step = Math.max(1, (int) (SPREAD * rests.size()));
            while (gcd(step, rests.size()) > 1) {
                step++;
            }
            int looked = 0;
            for (int i = 0; i < rests.size() && looked < AGAIN; i++) {
                List<Drop> list = rests.get((int) ((long) i * step % rests.size()));
                Way w = null;
                for (int k = 0; k < list.size() && w == null; k++) {
                    w = way(list.get(k));
                }
                if (w == null) {
                    continue;
                }
                looked++;
                if (GraspSearch.after(agent, label, rest(list.getFirst(), w), next)) {
                    return w;
                }
            }
            return null;
        }

        /** Where the thing comes to rest, upright, in the turn in which it was let go. */
        private Pose rest(Drop drop, Way w) {
            if (drop.goal() instanceof ToolGoal.Full) {
                return drop.rest();
            }
            Quat upright = drop.rest().q();
            double turn = w.tool().times(inTool).q().yaw() - upright.yaw();
            return new Pose(drop.rest().p(), Quat.yaw(turn).times(upright).unit());
        }

        private static int gcd(int a, int b) {
            return b == 0 ? a : gcd(b, a % b);
        }

        /** How the arm lets go there; null: it cannot. */
        private Way way(Drop drop) {
            Ik.Result r = ik.solve(drop.goal(), seed, OPTIONS, this::valid);
            if (!r.found()) {
                missing = Math.min(missing, r.refused() > 0 ? 0 : r.best().positionError());
                if (r.refused() > 0 && inTheWay.isEmpty()) {
                    double[] q = r.best().q();
                    inTheWay = Workspace.inTheWay(scene.valid(q) ? released : scene, q);
                }
                return null;
            }
            missing = 0;
            for (Ik.Solution s : r.solutions()) {
                Pose tool =
                        drop.goal() instanceof ToolGoal.Full f
                                ? f.pose()
                                : hand.arm().toolPose(s.q());
                Optional<double[]> above = above(tool, s.q());
                if (above.isPresent() && (!fingers || letsGo(tool, s.q()))) {
                    cost = s.cost();
                    return new Way(tool, above.get());
                }
            }
            return null;
        }

        /** Whether the opened hand can draw back from there. */
        private boolean letsGo(Pose tool, double[] q) {
            return Release.away(hand, tool, q, released).fraction() > Release.FREE;
        }

        /**
         * From where the thing is lowered: straight above, or, where the arm is stretched too far
         * for that, as far above or back along the hand as it gets, when nothing is touched there.
         */
        private Optional<double[]> above(Pose tool, double[] q) {
            CartesianPath.Result up = line(tool, new Vec3(0, 0, Release.ABOVE), q);
            if (wide.valid(up.last())) {
                return Optional.of(up.last());
            }
            double[] before = line(tool, tool.q().rotate(Vec3.Z).times(-Release.ABOVE), q).last();
            return wide.valid(before) ? Optional.of(before) : Optional.empty();
        }

        private CartesianPath.Result line(Pose tool, Vec3 way, double[] q) {
            return ArmMotion.linePath(hand, q, new Pose(tool.p().plus(way), tool.q()), scene);
        }
    }

    /** A first opinion: whether the hand gets to one of the likeliest poses. */
    boolean likely(Agent agent, Belief belief, double[] seed) {
        List<Drop> drops = drops(belief, agent, seed);
        PlanningScene scene = scene(agent, belief, opening);
        Ik ik = new Ik(hand.arm());
        Ik.Options options = Ik.Options.DEFAULT.tolerances(0.003, ArmMotion.LOOSE).effort(3, 1);
        int step = Math.max(1, drops.size() / FEW);
        for (int i = 0; i < drops.size(); i += step) {
            if (ik.solve(drops.get(i).goal(), seed, options, scene).found()) {
                return true;
            }
        }
        return false;
    }

    /** Where the base should stand so that the hand gets there, nearest first. */
    Optional<Ground.Stand> stand(Agent agent, double[] seed) {
        List<Drop> drops =
                drops(agent.belief(), agent, seed).stream()
                        .filter(d -> d.goal() instanceof ToolGoal.Full)
                        .toList();
        PlanningScene scene = scene(agent);
        StandPose chooser = new StandPose(hand.arm(agent.telemetry()), Ground.planner(agent));
        Ik.Options options = Ik.Options.DEFAULT.tolerances(0.003, ArmMotion.LOOSE).effort(3, 1);
        int step = Math.max(1, Math.min(drops.size(), MOST) / TURNS);
        for (int i = 0; i < drops.size(); i += step) {
            List<StandPose.Stand> stands =
                    chooser.find(
                            List.of(drops.get(i).goal()),
                            seed,
                            options,
                            1,
                            q -> {
                                scene.refresh();
                                return scene.valid(q);
                            });
            if (!stands.isEmpty()) {
                StandPose.Stand s = stands.getFirst();
                return Optional.of(new Ground.Stand(s.x(), s.y(), s.yaw()));
            }
        }
        return Optional.empty();
    }

    /**
     * A way to let go.
     *
     * @param goal where the tool should be when the thing is let go
     * @param rest pose of the thing when it has come to rest
     * @param tight how it goes between the walls of what it is put into
     */
    private record Drop(ToolGoal goal, Pose rest, int tight) {}

    /** How the tool may be when the thing is let go, likeliest first; empty: no room. */
    private List<Drop> drops(Belief belief, Agent agent, double[] seed) {
        ArmModel arm = hand.arm(agent.telemetry());
        Vec3 shoulder = arm.shoulder(seed);
        List<Spots.Spot> spots =
                Spots.all(belief, label, relation, target, shoulder, BEST_REACH * arm.reach());
        Quat now = aligned(belief, belief.things().get(label).pose().q());
        List<Drop> out = new ArrayList<>();
        int first = Math.min(UPRIGHT_FIRST, spots.size());
        spots.subList(0, first).forEach(s -> turned(s, now, shoulder, out));
        if (relation.equals("in")) {
            Vec3 size = belief.catalogue().entries().get(label).size();
            slanted(spots, now, Math.max(size.x(), size.y()) / 2, shoulder, out);
        }
        spots.subList(first, spots.size()).forEach(s -> turned(s, now, shoulder, out));
        return relation.equals("in")
                ? Inside.of(belief, target).map(i -> easyFirst(belief, i, out)).orElse(out)
                : out;
    }

    /** The same, those first that bring the thing in between the walls the easiest. */
    private List<Drop> easyFirst(Belief belief, Inside inside, List<Drop> drops) {
        Catalogue.Entry entry = belief.catalogue().entries().get(label);
        return drops.stream()
                .map(d ->
                        d.goal() instanceof ToolGoal.Full
                                ? new Drop(d.goal(), d.rest(), inside.tightness(entry, d.rest()))
                                : d)
                .sorted(Comparator.comparingInt(Drop::tight))
                .toList();
    }

    /**
     * Headings at a spot: a slanted hand pointing away from the shoulder, which an arm of five axes
     * needs, then all others, the nearest to the present one first.
     */
    private void turned(Spots.Spot spot, Quat now, Vec3 shoulder, List<Drop> out) {
        Vec3 hand = Footing.flat(now.times(inTool.q().inverse()).rotate(Vec3.Z));
        if (hand.norm() > SLANTED) {
            Vec3 away = spot.at().minus(shoulder);
            double turn =
                    StrictMath.atan2(away.y(), away.x()) - StrictMath.atan2(hand.y(), hand.x());
            add(spot, Quat.yaw(turn).times(now).unit(), out);
        }
        for (int k = 0; k < TURNS; k++) {
            int n = (k % 2 == 0 ? -1 : 1) * ((k + 1) / 2);
            add(spot, Quat.yaw(2 * Math.PI * n / TURNS).times(now).unit(), out);
        }
    }

    private void add(Spots.Spot spot, Quat turn, List<Drop> out) {
        Pose tool = new Pose(spot.at(), turn).times(inTool.inverse());
        out.add(new Drop(new ToolGoal.Full(tool), new Pose(spot.rest(), turn), 0));
    }

    /**
     * What is let go into a container may come in any turn: over one spot at each height, the hand
     * straight down or slanted to any side, outwards first, however it is spun about its approach.
     */
    private void slanted(
            List<Spots.Spot> spots, Quat now, double width, Vec3 shoulder, List<Drop> out) {
        double level = Double.NEGATIVE_INFINITY;
        for (Spots.Spot s : spots) {
            Vec3 spot = s.at();
            if (spot.z() < level + 1e-3) {
                continue;
            }
            level = spot.z();
            Pose rest = new Pose(s.rest(), now);
            Vec3 away = Footing.flat(spot.minus(shoulder));
            away = away.norm() < 1e-6 ? Vec3.X : away.unit();
            out.add(new Drop(approach(spot, Vec3.Z.times(-1)), rest, 1));
            for (double tilt : TILTS) {
                for (int k = 0; k < SIDES; k++) {
                    Vec3 side = Quat.yaw(2 * Math.PI * k / SIDES).rotate(away);
                    Vec3 dir =
                            Vec3.Z.times(-StrictMath.cos(tilt))
                                    .plus(side.times(StrictMath.sin(tilt)));
                    Vec3 up = new Vec3(0, 0, width * StrictMath.sin(tilt));
                    out.add(new Drop(approach(spot.plus(up), dir), rest, 1));
                }
            }
        }
    }

    private ToolGoal approach(Vec3 spot, Vec3 dir) {
        return new ToolGoal.Approach(spot.minus(dir.times(inTool.p().z())), dir, Vec3.Z);
    }

    /**
     * How the thing is held now, turned a little about the vertical so that its sides lie along
     * those of the container that it is to go into.
     */
    private Quat aligned(Belief belief, Quat now) {
        Optional<Quat> container =
                Optional.ofNullable(belief.things().get(target))
                        .map(t -> t.pose().q())
                        .or(() -> belief.map().find(target).map(p -> p.pose().q()));
        if (!relation.equals("in") || container.isEmpty()) {
            return now;
        }
        double off = container.get().yaw() - now.yaw();
        return Quat.yaw(Math.IEEEremainder(off, Math.PI / 2)).times(now).unit();
    }

    /** The surroundings for lowering: the thing in the hand may touch what it is to stand on. */
    PlanningScene scene(Agent agent) {
        return scene(agent, agent.belief(), opening);
    }

    /** Opening of the hand when it has let go, 0..1: a little wider than it held. */
    double released() {
        return Math.min(1, opening + LET_GO / Math.max(0.02, hand.aperture()));
    }

    private PlanningScene scene(Agent agent, Belief belief, double opening) {
        PlanningScene scene = Workspace.holding(agent, belief, hand, label, inTool);
        Spots.bearers(belief, relation, target).forEach(id -> scene.allow(List.of(label), id));
        Workspace.opened(agent, hand, opening, scene);
        return scene;
    }
}
