package org.openkaiwu.sim;

import java.util.Optional;
import org.openkaiwu.body.infer.BodyFacts;
import org.openkaiwu.math.InputException;
import org.openkaiwu.math.Pose;
import org.openkaiwu.math.Quat;
import org.openkaiwu.math.Vec3;
import org.openkaiwu.robot.RobotModel;

/**
 * Says whether a goal literal is true in physics. Made before a run: left, right, front and behind
 * are those of the robot as it faced then, and raised and lowered compare with the height then.
 */
public final class Judge {
    /** Things closer than this are beside each other, m between their outlines. */
    private static final double BESIDE = 0.15;

    /** What is no thing is near within this, m between middles; things: the widest gap. */
    private static final double NEAR = 0.35;

    /** A gap asked for may be off by so much, m. */
    private static final double GAP = 0.035;

    /** Between two: the way round by it is at most this much longer than the straight one. */
    private static final double DETOUR = 1.25;

    /** A base this close to a place, thing or person is at it, m. */
    private static final double AT = 0.75;

    /** A joint this close to its rest position is home, rad or m. */
    private static final double HOME = 0.06;

    /** A thing this near to where the other was has its place, m. */
    private static final double SWAPPED = 0.05;

    /** A lift moved at least this far, m. */
    private static final double LIFTED = 0.03;

    private final Scenario scenario;
    private final SimRobot robot;
    private double yaw;
    private final double lift;
    private final Truth start;
    private Pose mark;

    Judge(Scenario scenario, SimRobot robot) {
        this.scenario = scenario;
        this.robot = robot;
        yaw = robot.pose().q().yaw();
        lift = lift();
        start = scenario.truth();
        mark = start.base();
    }

    /** Left, right, front and behind are meant as the base faces now. */
    public void face() {
        yaw = scenario.truth().base().q().yaw();
    }

    /** Drives and turns are judged from where the base is now. */
    public void mark() {
        mark = scenario.truth().base();
    }

    /**
     * Whether a literal holds now.
     *
     * @param predicate {@code on in beside left_of right_of front_of behind near under at facing
     *     held_by stacked moved pushed swapped driven turned looked inspected looked_for raised
     *     lowered home found open closed}; {@code left_of_0.10} with the gap asked for, m; {@code
     *     on_left} a part of a face; {@code between_cup} the other of two
     * @param object identifier of a thing, person or {@code robot}
     * @param target identifier of a thing, place, person or effector; may be empty
     * @throws InputException when the predicate or a name is unknown
     */
    public boolean holds(String predicate, String object, String target) {
        Truth t = scenario.truth();
        return switch (predicate) {
            case "on", "stacked" ->
                    is(obj(t, object).on(), target) || insideAndOn(t, object, target);
            case "in" -> is(obj(t, object).in(), target) || inRoom(t, object, target);
            case "held_by" -> held(t, object, target);
            case "beside" -> beside(t, object, target);
            case "near" -> near(t, object, target);
            case "left_of" -> relative(t, object, target).y() > 0.01;
            case "right_of" -> relative(t, object, target).y() < -0.01;
            // the front of a thing is the side that faces the robot
            case "front_of" -> relative(t, object, target).x() < -0.01;
            case "behind" -> relative(t, object, target).x() > 0.01;
            case "under" -> under(t, object, target);
            case "at" -> at(t, target);
            case "moved", "pushed" -> moved(t, object, target);
            case "swapped" -> at(t, object, target) && at(t, target, object);
            case "driven" -> driven(t, target);
            case "turned" -> turned(t, target);
            case "looked", "inspected", "looked_for" -> true;
            case "facing" -> facing(t, target);
            case "found" -> robot.hasSeen(object);
            case "raised" -> lift() > lift + LIFTED;
            case "lowered" -> lift() < lift - LIFTED;
            case "home" -> home();
            case "open" -> opening(0.8, 1);
            case "closed" -> opening(0, 0.2);
            default -> measured(t, predicate, object, target);
        };
    }

    /**
     * {@code left_of_0.10}: on that side with that gap; {@code on_left}: on that part of a face.
     */
    private boolean measured(Truth t, String predicate, String object, String target) {
        if (predicate.matches("on_(left|right|front|back|middle)")) {
            Vec3 d = relative(t, object, target);
            boolean there =
                    switch (predicate.substring(3)) {
                        case "left" -> d.y() > 0;
                        case "right" -> d.y() < 0;
                        case "front" -> d.x() < 0;
                        case "back" -> d.x() > 0;
                        default -> middle(t, object, target);
                    };
            return there && holds("on", object, target);
        }
        if (predicate.startsWith("between_")) {
            Vec3 a = position(t, target);
            Vec3 b = position(t, predicate.substring("between_".length()));
            Vec3 p = position(t, object);
            return flat(a, p) + flat(p, b) < DETOUR * flat(a, b);
        }
        if (!predicate.matches("(left_of|right_of|front_of|behind|beside)_\\d+(\\.\\d+)?")) {
            throw new InputException(predicate, "unknown predicate");
        }
        int cut = predicate.lastIndexOf('_');
        double wanted = Double.parseDouble(predicate.substring(cut + 1));
        String side = predicate.substring(0, cut);
        double gap =
                flat(position(t, object), position(t, target)) - radius(object) - radius(target);
        return (side.equals("beside") || holds(side, object, target))
                && Math.abs(gap - wanted) < Math.max(GAP, 0.3 * wanted);
    }

    private boolean middle(Truth t, String object, String target) {
        Vec3 a = position(t, object);
        return scenario.layout()
                .place(target)
                .map(p -> {
                    Vec3 d = p.pose().inverse().transform(a);
                    return Math.abs(d.x()) < p.size().x() / 4 && Math.abs(d.y()) < p.size().y() / 4;
                })
                .orElseGet(() -> flat(a, position(t, target)) < radius(target) / 2);
    }

    /** {@code forward_1.00}: the base went so far that way since the mark. */
    private boolean driven(Truth t, String by) {
        int cut = by.indexOf('_');
        double d = Double.parseDouble(by.substring(cut + 1));
        Vec3 r = mark.q().inverse().rotate(t.base().p().minus(mark.p()));
        double way = along(r, by.substring(0, Math.max(0, cut)), by);
        double side = Math.sqrt(Math.max(0, r.x() * r.x() + r.y() * r.y() - way * way));
        double slack = Math.max(0.06, 0.1 * d);
        return Math.abs(way - d) < slack && side < slack;
    }

    /** {@code left_90}: the base turned by so many degrees since the mark. */
    private boolean turned(Truth t, String by) {
        int cut = by.indexOf('_');
        double wanted = StrictMath.toRadians(Double.parseDouble(by.substring(cut + 1)));
        double turn = t.base().q().yaw() - mark.q().yaw();
        double left = by.startsWith("right") ? -turn : turn;
        return Math.abs(Math.IEEEremainder(left - wanted, 2 * Math.PI)) < 0.15;
    }

    private static double along(Vec3 r, String way, String by) {
        return switch (way) {
            case "left" -> r.y();
            case "right" -> -r.y();
            case "forward" -> r.x();
            case "back" -> -r.x();
            default -> throw new InputException(by, "no displacement");
        };
    }

    private static boolean is(Optional<String> value, String id) {
        return value.isPresent() && value.get().equals(id);
    }

    private static Truth.Obj obj(Truth t, String id) {
        Truth.Obj o = t.objects().get(id);
        if (o == null) {
            throw new InputException(id, "no such thing or person in the scene");
        }
        return o;
    }

    /** What lies in a container that stands on the target is on the target too, over it. */
    private boolean insideAndOn(Truth t, String object, String target) {
        Optional<String> at = obj(t, object).on();
        for (int hops = 0; at.isPresent() && hops < 8; hops++) {
            if (at.get().equals(target)) {
                return scenario.layout().place(target).isPresent();
            }
            Truth.Obj next = t.objects().get(at.get());
            at = next == null ? Optional.empty() : next.on();
        }
        return false;
    }

    private boolean inRoom(Truth t, String object, String target) {
        Optional<Layout.Place> room =
                scenario.layout().place(target).filter(p -> p.kind().equals("room"));
        return room.isPresent() && TruthReader.gap(position(t, object), room.get()) <= 0;
    }

    private boolean held(Truth t, String object, String target) {
        Optional<String> by = obj(t, object).heldBy();
        if (target.isEmpty() || target.equals("robot")) {
            return by.isPresent() && robot.hands().stream().anyMatch(h -> h.name.equals(by.get()));
        }
        return is(by, target);
    }

    private Vec3 position(Truth t, String id) {
        if (id.equals("robot")) {
            return t.base().p();
        }
        Truth.Obj o = t.objects().get(id);
        if (o != null) {
            return o.pose().p();
        }
        return scenario.layout()
                .place(id)
                .map(p -> p.pose().p())
                .orElseThrow(() -> new InputException(id, "no such thing, place or person"));
    }

    private static double flat(Vec3 a, Vec3 b) {
        return StrictMath.hypot(a.x() - b.x(), a.y() - b.y());
    }

    /** From the target to the object, x away from the robot, y to its left. */
    private Vec3 relative(Truth t, String object, String target) {
        Vec3 d = position(t, object).minus(position(t, target));
        return Quat.yaw(-yaw).rotate(d);
    }

    /** Things no farther off than the larger is wide, or beside each other; places by distance. */
    private boolean near(Truth t, String object, String target) {
        double d = flat(position(t, object), position(t, target));
        double wider = Math.max(radius(object), radius(target));
        boolean things =
                scenario.layout().thing(object).isPresent()
                        && scenario.layout().thing(target).isPresent();
        return things
                ? d - radius(object) - radius(target) < Math.clamp(2 * wider, BESIDE, NEAR)
                : d < NEAR;
    }

    private double radius(String id) {
        return scenario.layout()
                .thing(id)
                .map(x -> Math.max(x.size().x(), x.size().y()) / 2)
                .orElse(0.0);
    }

    private boolean beside(Truth t, String object, String target) {
        if (object.equals("robot")) {
            return at(t, target);
        }
        Optional<Layout.Place> place = scenario.layout().place(target);
        Vec3 p = position(t, object);
        double gap =
                place.isPresent()
                        ? TruthReader.gap(p, place.get()) - radius(object)
                        : flat(p, position(t, target)) - radius(object) - radius(target);
        boolean apart = !is(obj(t, object).on(), target) && !is(obj(t, object).in(), target);
        return apart && gap < (place.isPresent() ? NEAR : BESIDE);
    }

    private boolean under(Truth t, String object, String target) {
        Vec3 a = position(t, object);
        Vec3 b = position(t, target);
        Optional<Layout.Place> place = scenario.layout().place(target);
        if (place.isPresent()) {
            return TruthReader.gap(a, place.get()) <= 0 && a.z() < place.get().size().z();
        }
        return a.z() < b.z() && flat(a, b) < Math.max(radius(object), radius(target));
    }

    private boolean at(Truth t, String target) {
        Vec3 base = t.base().p();
        Optional<Layout.Place> place = scenario.layout().place(target);
        if (place.isPresent()) {
            double gap = TruthReader.gap(base, place.get());
            return place.get().kind().equals("room") ? gap <= 0 : gap < AT;
        }
        return flat(base, position(t, target)) < AT + 0.5;
    }

    /** Whether a thing is where another was at the start. */
    private boolean at(Truth t, String object, String other) {
        return flat(obj(t, object).pose().p(), obj(start, other).pose().p()) < SWAPPED;
    }

    /**
     * {@code left_0.10}: moved so far that way, as the robot faced at the start, and not fallen.
     */
    private boolean moved(Truth t, String object, String by) {
        int cut = by.indexOf('_');
        double d = Double.parseDouble(by.substring(cut + 1));
        Vec3 v = obj(t, object).pose().p().minus(obj(start, object).pose().p());
        Vec3 r = Quat.yaw(-yaw).rotate(v);
        double way = along(r, by.substring(0, Math.max(0, cut)), by);
        return Math.abs(way - d) < Math.max(0.02, 0.3 * d) && Math.abs(v.z()) < 0.05;
    }

    private boolean facing(Truth t, String target) {
        if (!robot.robotModel().drive().kind().equals(RobotModel.DriveKind.FIXED)) {
            return ahead(t, target);
        }
        // a fixed machine faces what its cameras have made out
        return !t.objects().containsKey(target) || robot.hasSeen(target);
    }

    private boolean ahead(Truth t, String target) {
        Pose base = t.base();
        Vec3 d = base.inverse().transform(position(t, target));
        return Math.abs(StrictMath.atan2(d.y(), d.x())) < 0.35;
    }

    /** Height of the lift column, or of the first arm's tip joint sum when there is none. */
    private double lift() {
        RobotModel m = robot.robotModel();
        for (BodyFacts.Limb l : m.facts().limbs()) {
            if (l.kind() == BodyFacts.LimbKind.LIFT) {
                return robot.position(m.indexOf(l.joints().getFirst()));
            }
        }
        return 0;
    }

    private boolean home() {
        RobotModel m = robot.robotModel();
        for (int i = 0; i < m.joints().size(); i++) {
            if (Math.abs(robot.position(i) - m.home()[i]) > HOME) {
                return false;
            }
        }
        return true;
    }

    private boolean opening(double from, double to) {
        return robot.hands().stream()
                .anyMatch(h -> h.state(0).opening() >= from && h.state(0).opening() <= to);
    }
}
