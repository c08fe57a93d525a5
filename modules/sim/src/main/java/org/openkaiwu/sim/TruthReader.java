package org.openkaiwu.sim;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openkaiwu.body.Machine;
import org.openkaiwu.collision.ContactBuffer;
import org.openkaiwu.math.Pose;
import org.openkaiwu.math.Quat;
import org.openkaiwu.math.Vec3;
import org.openkaiwu.physics.World;
import org.openkaiwu.physics.constraint.ContactForces;

/** Reads the truth off a world: poses from the state, relations from contacts and geometry. */
final class TruthReader {
    /** Smallest force that counts as a touch, N. */
    private static final double TOUCH = 0.02;

    /** How near a base stands to furniture that it is said to be at, m. */
    private static final double BESIDE = 0.6;

    private final World world;
    private final Owners owners;
    private final Layout layout;
    private final SimRobot robot;

    /** A touch between two bodies: force on the second, N, world axes. */
    private record Touch(int body1, int body2, Vec3 force) {}

    TruthReader(World world, Owners owners, Layout layout, SimRobot robot) {
        this.world = world;
        this.owners = owners;
        this.layout = layout;
        this.robot = robot;
    }

    Truth read() {
        List<Touch> touches = touches();
        int n = layout.things().size();
        Map<String, Truth.Obj> objects = new LinkedHashMap<>();
        String[] on = new String[n];
        for (int i = 0; i < n; i++) {
            on[i] = support(i, touches);
        }
        for (int i = 0; i < n; i++) {
            Optional<String> held = holder(i, touches);
            objects.put(
                    layout.things().get(i).id(),
                    new Truth.Obj(
                            pose(i),
                            Optional.ofNullable(on[i]),
                            Optional.ofNullable(container(i, on)),
                            held));
        }
        for (Layout.Person p : layout.people()) {
            objects.put(
                    p.id(),
                    new Truth.Obj(p.pose(), Optional.empty(), Optional.empty(), Optional.empty()));
        }
        Pose base = robot.pose();
        return new Truth(
                robot.telemetry() == null ? 0 : robot.telemetry().time(),
                objects,
                base,
                place(base),
                fallen(base));
    }

    private List<Touch> touches() {
        Machine m = world.machine;
        ContactBuffer c = world.contacts;
        List<Touch> list = new ArrayList<>();
        double[] scratch = new double[6];
        double[] w = new double[6];
        for (int k = 0; k < c.count; k++) {
            int b1 = m.geomBodyid[c.geom1[k]];
            int b2 = m.geomBodyid[c.geom2[k]];
            if (owners.kind(b1) != Owners.Kind.THING && owners.kind(b2) != Owners.Kind.THING) {
                continue;
            }
            ContactForces.worldWrench(world.constraints.rows, c, k, scratch, w);
            list.add(new Touch(b1, b2, new Vec3(w[0], w[1], w[2])));
        }
        return list;
    }

    Pose pose(int thing) {
        int b = owners.thingBody[thing];
        return new Pose(Vec3.of(world.tree.xpos, 3 * b), Quat.of(world.tree.xquat, 4 * b));
    }

    /** What pushes a thing upwards most, if it is a thing, place or the floor; null: nothing. */
    private String support(int thing, List<Touch> touches) {
        int body = owners.thingBody[thing];
        Map<String, Double> up = new LinkedHashMap<>();
        for (Touch t : touches) {
            if (t.body1() != body && t.body2() != body) {
                continue;
            }
            int other = t.body1() == body ? t.body2() : t.body1();
            String id = name(other);
            if (id != null) {
                up.merge(id, t.body2() == body ? t.force().z() : -t.force().z(), Double::sum);
            }
        }
        String best = null;
        double most = TOUCH;
        for (Map.Entry<String, Double> e : up.entrySet()) {
            if (e.getValue() > most) {
                most = e.getValue();
                best = e.getKey();
            }
        }
        return best;
    }

    private String name(int body) {
        return switch (owners.kind(body)) {
            case THING -> layout.things().get(owners.index(body)).id();
            case PLACE -> layout.places().get(owners.index(body)).id();
            case FLOOR -> "floor";
            case PERSON, ROBOT -> null;
        };
    }

    /** The container whose inner space holds a thing that rests in it, over others or at once. */
    private String container(int thing, String[] on) {
        String at = on[thing];
        for (int hops = 0; at != null && hops < 8; hops++) {
            if (inside(thing, at)) {
                return at;
            }
            String next = null;
            for (int i = 0; i < on.length; i++) {
                if (layout.things().get(i).id().equals(at)) {
                    next = on[i];
                }
            }
            at = next;
        }
        return null;
    }

    private boolean inside(int thing, String id) {
        Optional<Layout.Inner> inner = Optional.empty();
        Pose frame = Pose.IDENTITY;
        for (int i = 0; i < layout.things().size(); i++) {
            if (layout.things().get(i).id().equals(id)) {
                inner = layout.things().get(i).inner();
                frame = pose(i);
            }
        }
        Optional<Layout.Place> place = layout.place(id);
        if (place.isPresent()) {
            inner = place.get().inner();
            frame = place.get().pose();
        }
        if (inner.isEmpty()) {
            return false;
        }
        Vec3 p = frame.inverse().transform(pose(thing).p()).minus(inner.get().centre());
        Vec3 s = inner.get().size();
        Vec3 own = layout.things().get(thing).size();
        double half = Math.min(own.x(), Math.min(own.y(), own.z())) / 2;
        return Math.abs(p.x()) < s.x() / 2
                && Math.abs(p.y()) < s.y() / 2
                && p.z() > -s.z() / 2
                && p.z() < s.z() / 2 + Math.max(half, own.z() / 2);
    }

    /**
     * The effector that presses a thing from two sides, of two that press it from opposite sides
     * the first, or the person in whose hand it lies.
     */
    private Optional<String> holder(int thing, List<Touch> touches) {
        int body = owners.thingBody[thing];
        List<List<Vec3>> pushes = new ArrayList<>();
        for (HandDrive h : robot.hands()) {
            pushes.add(pushes(body, h, touches));
        }
        for (int i = 0; i < pushes.size(); i++) {
            if (opposed(pushes.get(i), pushes.get(i))) {
                return Optional.of(robot.hands().get(i).name);
            }
        }
        for (int i = 0; i < pushes.size(); i++) {
            for (int j = i + 1; j < pushes.size(); j++) {
                if (opposed(pushes.get(i), pushes.get(j))) {
                    return Optional.of(robot.hands().get(i).name);
                }
            }
        }
        for (Layout.Person p : layout.people()) {
            if (touchesPerson(body, p, touches) && overHand(thing, p)) {
                return Optional.of(p.id());
            }
        }
        return Optional.empty();
    }

    /** The forces of a hand on a body. */
    private static List<Vec3> pushes(int body, HandDrive h, List<Touch> touches) {
        List<Vec3> out = new ArrayList<>();
        for (Touch t : touches) {
            if (t.body2() == body && h.has(t.body1()) && t.force().norm() > TOUCH) {
                out.add(t.force());
            } else if (t.body1() == body && h.has(t.body2()) && t.force().norm() > TOUCH) {
                out.add(t.force().times(-1));
            }
        }
        return out;
    }

    private static boolean opposed(List<Vec3> some, List<Vec3> others) {
        for (Vec3 a : some) {
            for (Vec3 b : others) {
                if (a.unit().dot(b.unit()) < -0.3) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean touchesPerson(int body, Layout.Person p, List<Touch> touches) {
        for (Touch t : touches) {
            int other = t.body1() == body ? t.body2() : t.body2() == body ? t.body1() : -1;
            if (other >= 0
                    && owners.kind(other) == Owners.Kind.PERSON
                    && layout.people().get(owners.index(other)).id().equals(p.id())) {
                return true;
            }
        }
        return false;
    }

    private boolean overHand(int thing, Layout.Person p) {
        Vec3 q = p.pose().inverse().transform(pose(thing).p()).minus(p.hand().centre());
        Vec3 s = p.hand().size();
        return Math.abs(q.x()) < s.x() / 2
                && Math.abs(q.y()) < s.y() / 2
                && Math.abs(q.z()) < s.z() / 2;
    }

    /** The nearest furniture beside the base, else the room around it. */
    private Optional<String> place(Pose base) {
        String best = null;
        double least = BESIDE;
        String room = null;
        for (Layout.Place p : layout.places()) {
            double d = gap(base.p(), p);
            if (p.parts().isEmpty() || p.kind().equals("room")) {
                if (d <= 0) {
                    room = p.id();
                }
            } else if (d < least) {
                least = d;
                best = p.id();
            }
        }
        return Optional.ofNullable(best == null ? room : best);
    }

    /** Distance on the ground from a point to the outline of a place; 0 inside. */
    static double gap(Vec3 point, Layout.Place place) {
        Vec3 q = place.pose().inverse().transform(point);
        double x = Math.max(0, Math.abs(q.x()) - place.size().x() / 2);
        double y = Math.max(0, Math.abs(q.y()) - place.size().y() / 2);
        return Math.sqrt(x * x + y * y);
    }

    private boolean fallen(Pose base) {
        double upright = base.q().rotate(Vec3.Z).z();
        return upright < 0.85 || base.p().z() < -0.1;
    }
}
