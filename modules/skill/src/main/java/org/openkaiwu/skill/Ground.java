package org.openkaiwu.skill;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.openkaiwu.math.Pose;
import org.openkaiwu.math.Vec3;
import org.openkaiwu.motion.BaseFollower;
import org.openkaiwu.motion.BasePlanner;
import org.openkaiwu.motion.Floor;
import org.openkaiwu.motion.Footprint;
import org.openkaiwu.motion.Ik;
import org.openkaiwu.motion.Reach;
import org.openkaiwu.motion.StandPose;
import org.openkaiwu.motion.ToolGoal;
import org.openkaiwu.perception.Belief;
import org.openkaiwu.perception.WorldMap;
import org.openkaiwu.robot.RobotModel;

/** The believed floor, where to stand on it, and how to drive there. */
final class Ground {
    private static final double MARGIN = 0.06;
    private static final double CELL = 0.05;
    private static final Ik.Options ROUGH = Ik.Options.DEFAULT.tolerances(0.005, 0.35).effort(6, 1);

    private static final Ik.Options EXACT = Ik.Options.DEFAULT.tolerances(0.005, 0.06).effort(6, 1);

    private Ground() {}

    /** Where the base should be. Metres and radians in the map. */
    record Stand(double x, double y, double yaw) {}

    static BasePlanner planner(Agent agent) {
        Floor floor = new Floor(0.02, 1.6);
        floor.addAll(Workspace.obstacles(agent.belief()));
        RobotModel.Drive drive = agent.model().drive();
        return new BasePlanner(floor, Footprint.disc(drive.radius()), MARGIN, CELL);
    }

    static BaseFollower follower(Agent agent) {
        RobotModel.Drive d = agent.model().drive();
        return new BaseFollower(
                new BaseFollower.Limits(
                        0.9 * d.maxSpeed(),
                        0.9 * d.maxTurn(),
                        d.maxAcceleration(),
                        d.maxTurnAcceleration(),
                        d.kind() == RobotModel.DriveKind.OMNI),
                0.03,
                0.04);
    }

    /** Where to stand to be at a place, thing or person; empty when there is no room. */
    static Optional<Stand> at(Agent agent, String id) {
        BasePlanner planner = planner(agent);
        Belief belief = agent.belief();
        Vec3 here = agent.telemetry().base().p();
        Optional<WorldMap.Place> place = belief.map().find(id);
        if (place.isPresent() && place.get().kind().equals("room")) {
            return inside(planner, place.get(), here);
        }
        Belief.Thing thing = belief.things().get(id);
        if (place.isEmpty() && thing == null) {
            return Optional.empty();
        }
        Pose pose = place.map(WorldMap.Place::pose).orElseGet(() -> thing.pose());
        Vec3 size = place.map(WorldMap.Place::size).orElseGet(() -> thing.entry().size());
        return facing(planner, pose, size, agent.model().drive().radius()).stream()
                .min(Comparator.comparingDouble(s -> away(s, here)));
    }

    /** Where to stand to see a piece of furniture from the other side than from a point. */
    static Optional<Stand> across(Agent agent, WorldMap.Place place, Vec3 from) {
        double radius = agent.model().drive().radius();
        return facing(planner(agent), place.pose(), place.size(), radius).stream()
                .max(Comparator.comparingDouble(s -> away(s, from)));
    }

    private static double away(Stand s, Vec3 p) {
        return StrictMath.hypot(s.x() - p.x(), s.y() - p.y());
    }

    /** The free point of a room nearest to its middle. */
    private static Optional<Stand> inside(BasePlanner planner, WorldMap.Place room, Vec3 here) {
        Vec3 c = room.pose().p();
        double yaw = StrictMath.atan2(c.y() - here.y(), c.x() - here.x());
        for (double r = 0; r < Math.min(room.size().x(), room.size().y()) / 2; r += 0.1) {
            for (int k = 0; k < 16; k++) {
                double a = 2 * Math.PI * k / 16;
                double x = c.x() + r * StrictMath.cos(a);
                double y = c.y() + r * StrictMath.sin(a);
                if (planner.free(x, y, yaw)) {
                    return Optional.of(new Stand(x, y, yaw));
                }
            }
        }
        return Optional.empty();
    }

    /** The free places around a box, facing it, as near to it as there are any. */
    private static List<Stand> facing(BasePlanner planner, Pose pose, Vec3 size, double radius) {
        List<Stand> free = new ArrayList<>();
        for (double gap = radius + 0.08; gap < radius + 0.7 && free.isEmpty(); gap += 0.06) {
            for (int k = 0; k < 24; k++) {
                double a = 2 * Math.PI * k / 24;
                double ux = StrictMath.cos(a);
                double uy = StrictMath.sin(a);
                double edge =
                        Math.min(
                                size.x() / 2 / Math.max(1e-9, Math.abs(ux)),
                                size.y() / 2 / Math.max(1e-9, Math.abs(uy)));
                Vec3 p = pose.transform(new Vec3(ux * (edge + gap), uy * (edge + gap), 0));
                double yaw = StrictMath.atan2(pose.p().y() - p.y(), pose.p().x() - p.x());
                if (planner.free(p.x(), p.y(), yaw)) {
                    free.add(new Stand(p.x(), p.y(), yaw));
                }
            }
        }
        return free;
    }

    /** Where to stand so that some free hand (or the one that holds) reaches the points. */
    static Optional<Stand> reaching(Agent agent, List<Vec3> points) {
        return reaching(agent, points, ROUGH);
    }

    /** The same, the hand pointing straight down there, else nearly so. */
    static Optional<Stand> squarely(Agent agent, List<Vec3> points) {
        return reaching(agent, points, EXACT).or(() -> reaching(agent, points, ROUGH));
    }

    private static Optional<Stand> reaching(Agent agent, List<Vec3> points, Ik.Options tolerance) {
        for (Hand hand : useful(agent)) {
            StandPose chooser = new StandPose(hand.arm(agent.telemetry()), planner(agent));
            for (Vec3 p : points) {
                List<StandPose.Stand> stands =
                        chooser.find(List.of(from(p)), hand.home(), tolerance, 4, null);
                if (!stands.isEmpty()) {
                    StandPose.Stand s = stands.getFirst();
                    return Optional.of(new Stand(s.x(), s.y(), s.yaw()));
                }
            }
        }
        return Optional.empty();
    }

    /** Where something is held, its hand is the one that must reach; else any. */
    private static List<Hand> useful(Agent agent) {
        List<Hand> holding =
                agent.embodiment().hands().stream()
                        .filter(h -> agent.holding(h.name()).isPresent())
                        .toList();
        return holding.isEmpty() ? agent.embodiment().hands() : holding;
    }

    /** From above, a little over the point, so that there is room to approach. */
    private static ToolGoal from(Vec3 p) {
        return new ToolGoal.Approach(p.plus(new Vec3(0, 0, 0.03)), Vec3.Z.times(-1), Vec3.Z);
    }

    /** Whether some hand reaches the point from where the robot stands. */
    static boolean inReach(Agent agent, Vec3 point) {
        for (Hand hand : useful(agent)) {
            Reach reach = new Reach(hand.arm(agent.telemetry()));
            if (reach.ask(from(point), hand.position(agent.telemetry()), ROUGH).reachable()) {
                return true;
            }
        }
        return false;
    }

    /** Points at which one would handle a thing or use a place, best first. */
    static List<Vec3> handles(Belief belief, String id, Vec3 here) {
        Belief.Thing thing = belief.things().get(id);
        if (thing != null) {
            Vec3 hand =
                    thing.entry().person()
                            ? thing.entry()
                                    .container()
                                    .map(c -> thing.pose().transform(c.centre()))
                                    .orElse(thing.pose().p())
                            : thing.pose().p();
            return List.of(hand);
        }
        List<Vec3> out = new ArrayList<>();
        belief.map()
                .find(id)
                .ifPresent(p ->
                        p.surfaces()
                                .forEach(s -> {
                                    for (int i = -2; i <= 2; i++) {
                                        for (int j = -2; j <= 2; j++) {
                                            Vec3 d =
                                                    new Vec3(
                                                            0.17 * i * s.sizeX(),
                                                            0.17 * j * s.sizeY(),
                                                            0.06);
                                            out.add(p.pose().transform(s.centre().plus(d)));
                                        }
                                    }
                                }));
        out.sort(Comparator.comparingDouble(v -> v.minus(here).norm()));
        return out.size() > 8 ? out.subList(0, 8) : out;
    }
}
