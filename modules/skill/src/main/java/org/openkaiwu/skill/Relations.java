package org.openkaiwu.skill;

import java.util.stream.Stream;
import org.openkaiwu.math.Pose;
import org.openkaiwu.math.Quat;
import org.openkaiwu.math.Vec3;
import org.openkaiwu.perception.Belief;

/** Names of spatial relations, and whether a belief says that one holds. */
final class Relations {
    /** A thing this near to a point is at it, m. */
    private static final double POINT = 0.035;

    /** Gap beside a thing when a distance was asked for: it may be off by so much, m. */
    static final double OFF = 0.03;

    private static final String BETWEEN = "between_";

    /** Between two: the way round by it is at most this much longer than the straight one. */
    private static final double DETOUR = 1.25;

    private Relations() {}

    static boolean beside(String relation) {
        return !relation.startsWith("on") && !relation.equals("in") && !relation.equals("stacked");
    }

    /** The second of the two things that {@code between_cup} speaks of; empty when it does not. */
    static String secondEnd(String relation) {
        return relation.startsWith(BETWEEN) ? relation.substring(BETWEEN.length()) : "";
    }

    /** {@code left_of} of {@code left_of_0.10}, {@code between} of {@code between_cup}. */
    static String base(String relation) {
        if (relation.startsWith(BETWEEN)) {
            return BETWEEN.substring(0, BETWEEN.length() - 1);
        }
        return relation.replaceFirst("_[\\d.]+$", "");
    }

    /**
     * The distance between outlines that {@code left_of_0.10} asks for, m; NaN when it does not.
     */
    static double gap(String relation) {
        String base = base(relation);
        return base.length() == relation.length() || relation.startsWith(BETWEEN)
                ? Double.NaN
                : Double.parseDouble(relation.substring(base.length() + 1));
    }

    /** Whether a point is on that part of a face, as the robot sees it: {@code on_left}, ... */
    static boolean onSide(
            Belief belief, String relation, Pose face, double sizeX, double sizeY, Vec3 p) {
        if (!relation.startsWith("on_")) {
            return true;
        }
        Vec3 d = Quat.yaw(-belief.facing()).rotate(p.minus(face.p()));
        Vec3 local = face.q().inverse().rotate(p.minus(face.p()));
        return switch (relation.substring(3)) {
            case "left" -> d.y() > Spots.EDGE / 2;
            case "right" -> d.y() < -Spots.EDGE / 2;
            case "front" -> d.x() < -Spots.EDGE / 2;
            case "back" -> d.x() > Spots.EDGE / 2;
            default ->
                    Math.abs(local.x()) < Math.max(Spots.EDGE, sizeX / 6)
                            && Math.abs(local.y()) < Math.max(Spots.EDGE, sizeY / 6);
        };
    }

    /** Whether the belief says that the relation holds. */
    static boolean holds(Belief belief, String label, String relation, String target) {
        Belief.Thing t = belief.things().get(label);
        boolean supported = t.support().filter(target::equals).isPresent();
        return switch (relation) {
            case "at_point" ->
                    Stream.of(target.split(";"))
                            .anyMatch(p ->
                                    Footing.flat(
                                                            Footing.foot(belief, label)
                                                                    .minus(Footing.point(p)))
                                                    .norm()
                                            < POINT);
            case "in" -> supported && t.inside();
            case "on", "stacked" ->
                    supported || onTop(belief, t, target) || onIts(belief, t, target);
            default -> {
                Belief.Thing o = belief.things().get(target);
                if (!beside(relation)) {
                    yield (supported || onIts(belief, t, target))
                            && Spots.faces(belief, target).stream()
                                    .anyMatch(a ->
                                            onSide(
                                                    belief,
                                                    relation,
                                                    a.face(),
                                                    a.sizeX(),
                                                    a.sizeY(),
                                                    t.pose().p()));
                }
                if (relation.startsWith(BETWEEN)) {
                    yield o != null && between(t, o, belief.things().get(secondEnd(relation)));
                }
                yield o != null
                        && stands(belief, t, o, base(relation), Double.isNaN(gap(relation)))
                        && apart(t, o, gap(relation));
            }
        };
    }

    private static boolean between(Belief.Thing t, Belief.Thing one, Belief.Thing other) {
        if (other == null) {
            return false;
        }
        Vec3 a = Footing.flat(one.pose().p());
        Vec3 b = Footing.flat(other.pose().p());
        Vec3 p = Footing.flat(t.pose().p());
        return a.minus(p).norm() + b.minus(p).norm() < DETOUR * a.minus(b).norm();
    }

    /** Whether the gap between two things is the one asked for, if one was. */
    private static boolean apart(Belief.Thing t, Belief.Thing o, double gap) {
        Vec3 d = Footing.flat(t.pose().p().minus(o.pose().p()));
        double radii =
                (Math.max(t.entry().size().x(), t.entry().size().y())
                                + Math.max(o.entry().size().x(), o.entry().size().y()))
                        / 2;
        return Double.isNaN(gap) || Math.abs(d.norm() - radii - gap) < Math.max(OFF, 0.2 * gap);
    }

    /** Near the other, and in the asked direction from it as the robot sees it. */
    private static boolean stands(
            Belief belief, Belief.Thing t, Belief.Thing o, String relation, boolean close) {
        Vec3 d = Quat.yaw(-belief.facing()).rotate(t.pose().p().minus(o.pose().p()));
        boolean side =
                switch (relation) {
                    case "left_of" -> d.y() > Math.abs(d.x());
                    case "right_of" -> -d.y() > Math.abs(d.x());
                    case "behind" -> d.x() > Math.abs(d.y());
                    case "front_of" -> -d.x() > Math.abs(d.y());
                    default -> true;
                };
        return side && (!close || d.norm() < 0.35);
    }

    /** On something that is itself on the place. */
    private static boolean onIts(Belief belief, Belief.Thing t, String target) {
        return t.support()
                .map(belief.things()::get)
                .flatMap(Belief.Thing::support)
                .filter(target::equals)
                .isPresent();
    }

    private static boolean onTop(Belief belief, Belief.Thing t, String target) {
        Belief.Thing o = belief.things().get(target);
        if (o == null) {
            return false;
        }
        Vec3 d = t.pose().p().minus(o.pose().p());
        return d.z() > 0 && Math.sqrt(d.x() * d.x() + d.y() * d.y()) < 0.04;
    }
}
