package org.openkaiwu.skill;

import java.util.Map;
import java.util.Optional;
import org.openkaiwu.math.Pose;
import org.openkaiwu.math.Vec3;
import org.openkaiwu.perception.Belief;
import org.openkaiwu.perception.BeliefTracker;
import org.openkaiwu.perception.Catalogue;
import org.openkaiwu.perception.WorldMap;

/** Points on what things stand on: where a displacement ends, and whether that is still on it. */
final class Footing {
    /** A thing's middle stays this far from an edge, m. */
    private static final double EDGE = 0.02;

    private Footing() {}

    /** Where the middle of a thing's foot is. */
    static Vec3 foot(Belief belief, String label) {
        Belief.Thing t = belief.things().get(label);
        return t.pose().p().minus(new Vec3(0, 0, BeliefTracker.verticalHalf(t.entry(), t.pose())));
    }

    /**
     * The displacement that {@code left_0.10} names, as the robot faces, in the map.
     *
     * @throws IllegalArgumentException when it is none
     */
    static Vec3 shift(Belief belief, String by) {
        int cut = by.indexOf('_');
        double d = Double.parseDouble(by.substring(cut + 1));
        Vec3 v =
                switch (by.substring(0, Math.max(0, cut))) {
                    case "left" -> new Vec3(0, d, 0);
                    case "right" -> new Vec3(0, -d, 0);
                    case "forward" -> new Vec3(d, 0, 0);
                    case "back" -> new Vec3(-d, 0, 0);
                    default -> throw new IllegalArgumentException("no displacement: " + by);
                };
        return org.openkaiwu.math.Quat.yaw(belief.facing()).rotate(v);
    }

    /** Whether a point lies on what bears the thing, clear of its edges. */
    static boolean bears(Belief belief, String label, Vec3 point) {
        Optional<String> support = belief.things().get(label).support();
        if (support.isEmpty()) {
            return true;
        }
        Belief.Thing thing = belief.things().get(support.get());
        if (thing != null) {
            Vec3 local = thing.pose().inverse().transform(point);
            double[] s =
                    thing.entry()
                            .surface()
                            .map((Catalogue.Surface f) -> new double[] {f.sizeX(), f.sizeY()})
                            .orElse(
                                    new double[] {
                                        thing.entry().size().x(), thing.entry().size().y()
                                    });
            return inside(local, s[0], s[1]);
        }
        Optional<WorldMap.Place> place = belief.map().find(support.get());
        if (place.isEmpty() || place.get().surfaces().isEmpty()) {
            return true;
        }
        Vec3 local = place.get().pose().inverse().transform(point);
        return place.get().surfaces().stream()
                .anyMatch(s -> inside(local.minus(s.centre()), s.sizeX(), s.sizeY()));
    }

    private static boolean inside(Vec3 local, double sizeX, double sizeY) {
        return Math.abs(local.x()) <= sizeX / 2 - EDGE && Math.abs(local.y()) <= sizeY / 2 - EDGE;
    }

    /** Half the width of a thing across a horizontal direction of the map. */
    static double half(Belief.Thing t, Vec3 along) {
        Vec3 local = t.pose().q().inverse().rotate(along);
        Vec3 s = t.entry().size();
        double box =
                (Math.abs(local.x()) * s.x()
                                + Math.abs(local.y()) * s.y()
                                + Math.abs(local.z()) * s.z())
                        / 2;
        return Math.min(box, Math.max(s.x(), Math.max(s.y(), s.z())) / 2 + 0.01);
    }

    /** Radius of the upright cylinder that holds the thing. */
    static double radius(Belief.Thing t) {
        return Math.max(half(t, Vec3.X), half(t, new Vec3(0, 1, 0)));
    }

    /** A thing that stands in the straight way of another, if any. */
    static Optional<String> inTheWay(Belief belief, String label, Vec3 from, Vec3 to) {
        Belief.Thing own = belief.things().get(label);
        double radius = radius(own);
        Vec3 d = flat(to.minus(from));
        double length = d.norm();
        for (Map.Entry<String, Belief.Thing> e : belief.things().entrySet()) {
            Belief.Thing t = e.getValue();
            boolean bearer = own.support().filter(e.getKey()::equals).isPresent();
            boolean rider = t.support().filter(label::equals).isPresent();
            if (e.getKey().equals(label) || bearer || rider || t.heldBy().isPresent()) {
                continue;
            }
            Vec3 r = flat(t.pose().p().minus(from));
            double along = length < 1e-9 ? 0 : Math.clamp(r.dot(d) / length, 0, length);
            Vec3 nearest = length < 1e-9 ? Vec3.ZERO : d.times(along / length);
            boolean level =
                    Math.abs(t.pose().p().z() - own.pose().p().z())
                            < (t.entry().size().z() + own.entry().size().z()) / 2;
            if (level && r.minus(nearest).norm() < radius + radius(t) - 0.005) {
                return Optional.of(e.getKey());
            }
        }
        return Optional.empty();
    }

    static Vec3 flat(Vec3 v) {
        return new Vec3(v.x(), v.y(), 0);
    }

    /** A pose's point as text that {@link Spots} reads: {@code x,y,z} of a foot. */
    static String text(Vec3 foot) {
        return foot.x() + "," + foot.y() + "," + foot.z();
    }

    /** The point of such a text. */
    static Vec3 point(String text) {
        String[] s = text.split(",");
        return new Vec3(
                Double.parseDouble(s[0]), Double.parseDouble(s[1]), Double.parseDouble(s[2]));
    }

    static Pose at(Vec3 foot) {
        return new Pose(foot, org.openkaiwu.math.Quat.IDENTITY);
    }
}
