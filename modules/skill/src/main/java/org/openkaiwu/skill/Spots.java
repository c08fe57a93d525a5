package org.openkaiwu.skill;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.openkaiwu.math.Pose;
import org.openkaiwu.math.Quat;
import org.openkaiwu.math.Vec3;
import org.openkaiwu.perception.Belief;
import org.openkaiwu.perception.BeliefTracker;
import org.openkaiwu.perception.Catalogue;
import org.openkaiwu.perception.WorldMap;

/** Free spots for a held thing's centre, best first, by relation and target. */
final class Spots {
    private static final double GAP = 0.015;

    /** Distance kept from an edge, so that errors of a few centimetres do no harm, m. */
    static final double EDGE = 0.06;

    /** What ends so little above a face is under it, like the lower things of a stack, m. */
    private static final double BELOW = 0.008;

    /** Least distance from an edge where the spot is given by what stands there already, m. */
    private static final double LEDGE = 0.015;

    /** A face is at the height of a foot within this, m. */
    private static final double LEVEL = 0.03;

    /** A face on which a thing has less way from the middle than this is small, m. */
    private static final double SMALL = 0.06;

    private static final double STEP_UP = 0.012;
    private static final int MOST_POINTS = 16;
    private static final int LEAST_POINTS = 4;

    private Spots() {}

    /**
     * Free spots.
     *
     * @param shoulder where the arm begins, map frame
     * @param best distance along the floor from there at which the arm works best, m
     */
    static List<Vec3> find(
            Belief belief,
            String label,
            String relation,
            String target,
            Vec3 shoulder,
            double best) {
        return all(belief, label, relation, target, shoulder, best).stream().map(Spot::at).toList();
    }

    /**
     * Where a thing could be let go.
     *
     * @param at its centre then
     * @param rest its centre when it has come to rest there, standing as it was let go
     */
    record Spot(Vec3 at, Vec3 rest) {}

    /** Free spots, each with where the thing comes to rest. */
    static List<Spot> all(
            Belief belief,
            String label,
            String relation,
            String target,
            Vec3 shoulder,
            double best) {
        Catalogue.Entry entry = belief.catalogue().entries().get(label);
        Pose pose = belief.things().get(label).pose();
        double half = BeliefTracker.verticalHalf(entry, pose);
        double radius = Math.max(entry.size().x(), entry.size().y()) / 2;
        List<Spot> out = new ArrayList<>();
        List<Area> areas =
                relation.startsWith("on_")
                        ? faces(belief, target)
                        : areas(belief, relation, target, radius);
        // Low first; where the fingers would touch the floor or the walls of a container, from
        // higher.
        double highest = highest(areas);
        int most = Math.max(LEAST_POINTS, (int) (MOST_POINTS / (1 + highest / STEP_UP)));
        for (double higher = 0; higher <= highest; higher += STEP_UP) {
            for (Area area : areas) {
                List<Vec3> points = area.points(radius);
                points.removeIf(p ->
                        !Relations.onSide(belief, relation, area.face, area.sizeX, area.sizeY, p));
                if (!area.small(radius)) {
                    points.sort(
                            Comparator.comparingDouble(p ->
                                    Math.abs(
                                            StrictMath.hypot(
                                                            p.x() - shoulder.x(),
                                                            p.y() - shoulder.y())
                                                    - best)));
                }
                int taken = 0;
                for (Vec3 p : points) {
                    if (taken < most && clear(belief, label, target, relation, p, radius)) {
                        Vec3 rest = p.plus(new Vec3(0, 0, half));
                        out.add(new Spot(rest.plus(new Vec3(0, 0, area.drop + higher)), rest));
                        taken++;
                    }
                }
            }
        }
        return out;
    }

    private static double highest(List<Area> areas) {
        return areas.stream().mapToDouble(Area::depth).max().orElse(0);
    }

    /**
     * A rectangle (full extent) of a face in the map, the height to let go above it, and how much
     * higher one may let go (the depth of a container).
     */
    record Area(Pose face, double sizeX, double sizeY, double drop, double depth, boolean centred) {
        /** So small that the arm reaches one part as well as another: the middle is best. */
        boolean small(double radius) {
            return centred || Math.max(sizeX, sizeY) / 2 - radius < SMALL;
        }

        /** Centre first, then a grid outwards. */
        List<Vec3> points(double radius) {
            List<Vec3> out = new ArrayList<>();
            double hx = Math.max(0, sizeX / 2 - radius - Math.min(EDGE, sizeX / 10));
            double hy = Math.max(0, sizeY / 2 - radius - Math.min(EDGE, sizeY / 10));
            out.add(face.transform(Vec3.ZERO));
            if (centred) {
                return out;
            }
            List<Vec3> local = new ArrayList<>();
            int n = 7;
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    local.add(
                            new Vec3(
                                    hx * (2.0 * i / (n - 1) - 1), hy * (2.0 * j / (n - 1) - 1), 0));
                }
            }
            local.sort(Comparator.comparingDouble(Vec3::norm));
            local.forEach(p -> out.add(face.transform(p)));
            return out;
        }
    }

    private static List<Area> areas(Belief belief, String relation, String target, double radius) {
        if (relation.equals("at_point")) {
            return Stream.of(target.split(";"))
                    .map(p -> new Area(Footing.at(Footing.point(p)), 0, 0, 0.004, 0.01, true))
                    .toList();
        }
        Belief.Thing thing = belief.things().get(target);
        boolean inside = relation.equals("in");
        List<Area> out = new ArrayList<>();
        if (!Relations.beside(relation)) {
            if (thing != null) {
                faceOf(thing, inside).ifPresent(out::add);
            } else {
                belief.map().find(target).ifPresent(p -> facesOf(p, inside, out));
            }
            return out;
        }
        return beside(belief, relation, target, radius);
    }

    private static Optional<Area> faceOf(Belief.Thing thing, boolean inside) {
        Catalogue.Entry e = thing.entry();
        if (e.container().isPresent() && (inside || e.surface().isEmpty())) {
            Catalogue.Container in = e.container().get();
            Vec3 floor = in.centre().minus(new Vec3(0, 0, in.size().z() / 2));
            Pose face = thing.pose().times(new Pose(floor, Quat.IDENTITY));
            return Optional.of(
                    new Area(
                            face,
                            in.size().x(),
                            in.size().y(),
                            0.012,
                            in.size().z() + 0.02,
                            false));
        }
        Vec3 s = e.size();
        double z = e.surface().map(Catalogue.Surface::z).orElse(s.z() / 2);
        Pose face = thing.pose().times(new Pose(new Vec3(0, 0, z), Quat.IDENTITY));
        return Optional.of(
                new Area(
                        face,
                        e.surface().map(Catalogue.Surface::sizeX).orElse(s.x()),
                        e.surface().map(Catalogue.Surface::sizeY).orElse(s.y()),
                        0.004,
                        STEP_UP,
                        e.surface().isEmpty() || Math.max(s.x(), s.y()) < 0.1));
    }

    private static void facesOf(WorldMap.Place p, boolean inside, List<Area> out) {
        if (inside && p.container().isPresent()) {
            Catalogue.Container in = p.container().get();
            Vec3 floor = in.centre().minus(new Vec3(0, 0, in.size().z() / 2));
            Pose face = p.pose().times(new Pose(floor, Quat.IDENTITY));
            out.add(
                    new Area(
                            face,
                            in.size().x(),
                            in.size().y(),
                            0.012,
                            in.size().z() + 0.02,
                            false));
            return;
        }
        p.surfaces()
                .forEach(s ->
                        out.add(
                                new Area(
                                        p.pose().times(new Pose(s.centre(), Quat.IDENTITY)),
                                        s.sizeX(),
                                        s.sizeY(),
                                        0.004,
                                        0.01,
                                        false)));
    }

    /** Spots on the face that the target stands on, in the asked direction from it. */
    private static List<Area> beside(Belief belief, String relation, String target, double radius) {
        Belief.Thing thing = belief.things().get(target);
        if (thing == null) {
            return List.of();
        }
        double own = Math.max(thing.entry().size().x(), thing.entry().size().y()) / 2;
        double foot =
                thing.pose().p().z() - BeliefTracker.verticalHalf(thing.entry(), thing.pose());
        Belief.Thing other = belief.things().get(Relations.secondEnd(relation));
        if (!Relations.secondEnd(relation).isEmpty()) {
            return other == null ? List.of() : between(thing.pose().p(), other.pose().p(), foot);
        }
        double yaw = belief.facing();
        List<Area> out = new ArrayList<>();
        double wanted = Relations.gap(relation);
        double[] gaps =
                Double.isNaN(wanted)
                        ? new double[] {0.02, 0.035, 0.05, 0.07, 0.1, 0.14}
                        : new double[] {
                            wanted,
                            wanted + Relations.OFF / 2,
                            Math.max(0, wanted - Relations.OFF / 2)
                        };
        for (double extra : gaps) {
            for (double angle : angles(Relations.base(relation))) {
                double d = own + radius + extra;
                Vec3 p =
                        new Vec3(
                                thing.pose().p().x() + d * StrictMath.cos(yaw + angle),
                                thing.pose().p().y() + d * StrictMath.sin(yaw + angle),
                                foot);
                if (borne(belief, thing, p, radius)) {
                    out.add(new Area(new Pose(p, Quat.IDENTITY), 0, 0, 0.004, 0.01, true));
                }
            }
        }
        return out;
    }

    /** Spots between two things: the middle first, then towards either, then to the sides. */
    private static List<Area> between(Vec3 a, Vec3 b, double foot) {
        List<Area> out = new ArrayList<>();
        Vec3 along = b.minus(a);
        Vec3 across = new Vec3(-along.y(), along.x(), 0).times(0.2);
        for (double side : new double[] {0, 1, -1}) {
            for (double part : new double[] {0.5, 0.4, 0.6, 0.3, 0.7}) {
                Vec3 p = a.plus(along.times(part)).plus(across.times(side));
                Vec3 on = new Vec3(p.x(), p.y(), foot);
                out.add(new Area(new Pose(on, Quat.IDENTITY), 0, 0, 0.004, 0.01, true));
            }
        }
        return out;
    }

    /** Whether what bears a thing goes on under a disc at that point too. */
    private static boolean borne(Belief belief, Belief.Thing thing, Vec3 p, double radius) {
        List<Area> faces = thing.support().map(s -> faces(belief, s)).orElseGet(List::of);
        for (Area a : faces) {
            Vec3 at = a.face.inverse().transform(p);
            if (Math.abs(at.z()) < LEVEL
                    && Math.abs(at.x()) <= a.sizeX / 2 - radius - LEDGE
                    && Math.abs(at.y()) <= a.sizeY / 2 - radius - LEDGE) {
                return true;
            }
        }
        return faces.isEmpty();
    }

    /** Directions from the target as the robot sees it: 0 away from the robot, pi/2 left. */
    private static double[] angles(String relation) {
        double l = Math.PI / 2;
        return switch (relation) {
            case "left_of" -> about(l);
            case "right_of" -> about(-l);
            case "behind" -> about(0);
            case "front_of" -> about(Math.PI);
            default -> new double[] {l, -l, Math.PI, 0, l / 2, -l / 2, 3 * l / 2, -3 * l / 2};
        };
    }

    /** Directions about one, within a right angle that has it in the middle. */
    private static double[] about(double a) {
        return new double[] {a, a - 0.3, a + 0.3, a - 0.6, a + 0.6};
    }

    /** What a thing may touch when it is set down in a relation: the target, or what bears both. */
    static List<String> bearers(Belief belief, String relation, String target) {
        Belief.Thing thing = belief.things().get(target);
        if (!Relations.beside(relation) || thing == null) {
            return List.of(target);
        }
        return thing.support().map(List::of).orElseGet(List::of);
    }

    /**
     * Whether furniture other than what bears it leaves room for a disc on a face at that point.
     */
    private static boolean clearOfPlaces(
            Belief belief, String target, List<String> bearers, Vec3 p, double radius) {
        Optional<String> under =
                Optional.ofNullable(belief.things().get(target)).flatMap(Belief.Thing::support);
        for (WorldMap.Place o : belief.map().places()) {
            boolean bears = bearers.contains(o.id()) || under.filter(o.id()::equals).isPresent();
            if (bears || o.solid().isEmpty() || o.kind().equals("room")) {
                continue;
            }
            Vec3 local = o.pose().inverse().transform(p);
            double dx = Math.max(0, Math.abs(local.x()) - o.size().x() / 2);
            double dy = Math.max(0, Math.abs(local.y()) - o.size().y() / 2);
            boolean level = local.z() > -0.05 && local.z() < o.size().z() - 0.005;
            if (level && Math.sqrt(dx * dx + dy * dy) < radius + GAP) {
                return false;
            }
        }
        return true;
    }

    private static boolean clear(
            Belief belief, String label, String target, String relation, Vec3 p, double radius) {
        if (!clearOfPlaces(belief, target, bearers(belief, relation, target), p, radius)) {
            return false;
        }
        for (Map.Entry<String, Belief.Thing> e : belief.things().entrySet()) {
            Belief.Thing t = e.getValue();
            boolean bearer = e.getKey().equals(target) && !Relations.beside(relation);
            if (e.getKey().equals(label) || bearer || t.heldBy().isPresent()) {
                continue;
            }
            if (t.support().filter(label::equals).isPresent()) {
                continue;
            }
            double top = t.pose().p().z() + BeliefTracker.verticalHalf(t.entry(), t.pose());
            if (top < p.z() + BELOW) {
                continue;
            }
            Vec3 d = t.pose().p().minus(p);
            double other = Math.max(t.entry().size().x(), t.entry().size().y()) / 2;
            boolean level = Math.abs(d.z()) < 0.5 * t.entry().size().z() + 0.05;
            double flat = Math.sqrt(d.x() * d.x() + d.y() * d.y());
            boolean contains =
                    !belief.things().containsKey(target)
                            || !relation.equals("in")
                            || !t.support().filter(target::equals).isPresent();
            if (level && flat < other + radius + (contains ? GAP : -0.3 * radius)) {
                return false;
            }
        }
        return true;
    }

    /** The faces of a thing or place that something can stand on. */
    static List<Area> faces(Belief belief, String target) {
        List<Area> out = new ArrayList<>();
        Belief.Thing thing = belief.things().get(target);
        if (thing != null) {
            faceOf(thing, false).ifPresent(out::add);
        } else {
            belief.map().find(target).ifPresent(p -> facesOf(p, false, out));
        }
        return out;
    }
}
