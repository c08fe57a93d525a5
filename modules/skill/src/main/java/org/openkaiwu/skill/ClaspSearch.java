package org.openkaiwu.skill;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.openkaiwu.math.Pose;
import org.openkaiwu.math.Quat;
import org.openkaiwu.math.Vec3;
import org.openkaiwu.motion.Outline;
import org.openkaiwu.motion.PlanningScene;
import org.openkaiwu.perception.Belief;
import org.openkaiwu.perception.Shape;

/**
 * Ways to take a thing between two hands from where the robot stands: on a level line through its
 * middle, each hand from its side with its fingertips, slanted downwards as far as it needs.
 */
final class ClaspSearch {
    /** How far a hand stands off before it presses, m. */
    static final double OFF = 0.025;

    /** Way of a hand, along its approach, to where it stands off, m. */
    private static final double APPROACH = 0.06;

    /** Gap between fingertips that press, as a part of the thing's least extent, and at most, m. */
    private static final double GAP = 0.4;

    private static final double WIDEST = 0.04;

    /** How far a hand points downwards, rad from level; likeliest first. */
    private static final double[] SLANTS = {0.6, 0.8, 0.4, 1.0, 0.2, 1.25, 0};

    /** Slants of both hands differ by no more than this, rad. */
    private static final double ALIKE = 0.5;

    /** Lines that are tried about a round thing. */
    private static final int LINES = 24;

    /** Level faces of a box stand up to this. */
    private static final double UPRIGHT = 0.3;

    /** Ways looked at for one that serves what is to be done next. */
    private static final int ENOUGH = 8;

    /** Starts of the inverse kinematics of each arm. */
    private static final int STARTS = 6;

    /**
     * A way.
     *
     * @param tools poses of both tools when they touch, map frame
     * @param inward direction in which the first presses, map frame
     * @param width of the opening of the fingers, m
     * @param qBefore before the hands come near
     * @param qOff where they stand off, about to press
     */
    record Candidate(
            TwoHands hands,
            Pose[] tools,
            Vec3 inward,
            double width,
            double[] qBefore,
            double[] qOff) {
        /** How it would be held. */
        Clasp clasp(Pose thing, double force) {
            Pose inverse = thing.inverse();
            return new Clasp(
                    hands.hand(0).name(),
                    hands.hand(1).name(),
                    inverse.times(tools[0]),
                    inverse.times(tools[1]),
                    inverse.q().rotate(inward),
                    force);
        }
    }

    /** A level line through a thing: the direction, and how thick the thing is along it, m. */
    private record Line(Vec3 dir, double width) {}

    private final Agent agent;
    private final String label;
    private final Belief.Thing thing;
    private final List<Candidate> found = new ArrayList<>();
    private final Map<String, Integer> blockers = new TreeMap<>();
    private double missing = Double.POSITIVE_INFINITY;
    private String inTheWay = "";

    ClaspSearch(Agent agent, String label) {
        this.agent = agent;
        this.label = label;
        thing = agent.belief().things().get(label);
    }

    /** What was found, likeliest first. */
    List<Candidate> found() {
        return found;
    }

    /** By how much hands miss the thing in the nearest way, m; 0: something is in the way. */
    double missing() {
        return missing;
    }

    /** What is in the way, for a message. */
    String inTheWay() {
        return inTheWay;
    }

    /** The thing that alone is in the way of most ways. */
    Optional<String> blocker() {
        return blockers.entrySet().stream()
                .filter(e -> agent.belief().things().get(e.getKey()).entry().movable())
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey);
    }

    /** Looks until one is found that serves, or some that do not, with each pair of free hands. */
    ClaspSearch search(Predicate<Candidate> serves) {
        for (TwoHands hands : TwoHands.free(agent)) {
            search(hands, serves);
        }
        return this;
    }

    private void search(TwoHands hands, Predicate<Candidate> serves) {
        Vec3 size = thing.entry().size();
        double width = Math.min(WIDEST, GAP * Math.min(size.x(), Math.min(size.y(), size.z())));
        hands.at(agent, width);
        PlanningScene scene = Workspace.scene(agent, hands);
        for (int k = 0; k < 2; k++) {
            scene.allow(hands.hand(k).fingers(), label);
        }
        double[] seed = hands.position(agent.telemetry());
        Vec3 c = thing.pose().p();
        Vec3 across =
                Footing.flat(
                        hands.arm(1)
                                .shoulder(hands.part(1, seed))
                                .minus(hands.arm(0).shoulder(hands.part(0, seed))));
        Vec3 between = across.norm() < 1e-6 ? Vec3.Y : across.unit();
        List<Line> lines = lines();
        lines.sort(Comparator.comparingDouble(l -> -l.dir.dot(between)));
        int before = found.size();
        for (Line l : lines) {
            if (l.dir.dot(between) < 0) {
                break;
            }
            for (double a : SLANTS) {
                for (double b : SLANTS) {
                    if (Math.abs(a - b) > ALIKE || !look(hands, scene, l, c, width, seed, a, b)) {
                        continue;
                    }
                    if (serves.test(found.getLast())) {
                        found.addFirst(found.removeLast());
                        return;
                    }
                    if (found.size() - before >= ENOUGH) {
                        return;
                    }
                }
            }
        }
    }

    private boolean look(
            TwoHands hands,
            PlanningScene scene,
            Line l,
            Vec3 c,
            double width,
            double[] seed,
            double a,
            double b) {
        for (int spin = 0; spin < 4; spin++) {
            Pose[] tools = {
                tool(hands, 0, c, l, a, spin % 2 == 0), tool(hands, 1, c, l, b, spin / 2 == 0)
            };
            Vec3[] out = {l.dir.times(-OFF), l.dir.times(OFF)};
            Pose[] off = {moved(tools[0], out[0]), moved(tools[1], out[1])};
            TwoHands.Answer r = hands.solve(off, seed, STARTS, scene);
            missing = Math.min(missing, r.missing());
            r.refused().ifPresent(q -> refused(scene.contacts(q)));
            if (r.q().isEmpty()) {
                continue;
            }
            double[] q = r.q().get();
            Vec3[] back = {back(tools[0]), back(tools[1])};
            Optional<double[][]> way = hands.straight(q, back, scene);
            Vec3[] press = {l.dir.times(OFF - 0.004), l.dir.times(0.004 - OFF)};
            if (way.isPresent() && hands.straight(q, press, scene).isPresent()) {
                found.add(
                        new Candidate(
                                hands, tools, l.dir, width, way.get()[way.get().length - 1], q));
                return true;
            }
        }
        return false;
    }

    private void refused(List<PlanningScene.Contact> contacts) {
        if (inTheWay.isEmpty()) {
            inTheWay = Workspace.inTheWay(contacts);
        }
        List<String> what =
                contacts.stream().map(PlanningScene.Contact::second).distinct().toList();
        boolean thing = what.size() == 1 && agent.belief().things().containsKey(what.getFirst());
        if (thing && !what.getFirst().equals(label)) {
            blockers.merge(what.getFirst(), 1, Integer::sum);
        }
    }

    private static Vec3 back(Pose tool) {
        return tool.q().rotate(Vec3.Z).times(-APPROACH);
    }

    private static Pose moved(Pose p, Vec3 by) {
        return new Pose(p.p().plus(by), p.q());
    }

    /** Where a tool is when its fingertips touch the thing at the end of the line. */
    private Pose tool(TwoHands hands, int k, Vec3 c, Line l, double slant, boolean up) {
        Vec3 inward = k == 0 ? l.dir : l.dir.times(-1);
        Vec3 z = inward.times(StrictMath.cos(slant)).plus(Vec3.Z.times(-StrictMath.sin(slant)));
        Vec3 side = Vec3.Z.cross(inward).times(up ? 1 : -1);
        Quat q = Quat.fromAxes(side, z.cross(side), z);
        Vec3 end = Outline.end(hands.arm(k), hands.hand(k).fingers(), q.inverse().rotate(inward));
        Vec3 at = c.minus(inward.times(l.width / 2));
        return new Pose(at.minus(q.rotate(end)), q);
    }

    /** Level lines through the middle of the thing, from face to face or all about. */
    private List<Line> lines() {
        List<Line> out = new ArrayList<>();
        Quat q = thing.pose().q();
        double diameter = diameter(thing.entry().shape());
        if (diameter > 0 && Math.abs(q.rotate(Vec3.Z).z()) > 1 - UPRIGHT) {
            for (int i = 0; i < LINES; i++) {
                Vec3 d = Quat.yaw(2 * Math.PI * i / LINES).rotate(Vec3.X);
                out.add(new Line(d, diameter));
            }
            return out;
        }
        double[] extent = thing.entry().size().toArray();
        Vec3[] axes = {Vec3.X, Vec3.Y, Vec3.Z};
        for (int i = 0; i < 3; i++) {
            Vec3 d = q.rotate(axes[i]);
            if (Math.abs(d.z()) < UPRIGHT) {
                Vec3 level = Footing.flat(d).unit();
                out.add(new Line(level, extent[i]));
                out.add(new Line(level.times(-1), extent[i]));
            }
        }
        return out;
    }

    /**
     * Diameter of what is round about its vertical, of a compound that of its main part; else 0.
     */
    private static double diameter(Shape shape) {
        return switch (shape) {
            case Shape.Box _ -> 0;
            case Shape.Sphere s -> 2 * s.radius();
            case Shape.Cylinder c -> 2 * c.radius();
            case Shape.Ellipsoid e ->
                    Math.abs(e.half().x() - e.half().y()) < 0.02 * e.half().x()
                            ? 2 * e.half().x()
                            : 0;
            case Shape.Compound c ->
                    c.parts().stream()
                            .max(Comparator.comparingDouble(p -> volume(p.shape())))
                            .map(p -> diameter(p.shape()))
                            .orElse(0.0);
        };
    }

    private static double volume(Shape shape) {
        return switch (shape) {
            case Shape.Box b -> 8 * b.half().x() * b.half().y() * b.half().z();
            case Shape.Sphere s -> 4 * s.radius() * s.radius() * s.radius();
            case Shape.Cylinder c -> 6 * c.radius() * c.radius() * c.halfHeight();
            case Shape.Ellipsoid e -> 4 * e.half().x() * e.half().y() * e.half().z();
            case Shape.Compound c -> c.parts().stream().mapToDouble(p -> volume(p.shape())).sum();
        };
    }
}
