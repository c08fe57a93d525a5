package org.openkaiwu.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.openkaiwu.math.InputException;
import org.openkaiwu.math.Pose;
import org.openkaiwu.math.Quat;
import org.openkaiwu.math.RandomStream;
import org.openkaiwu.math.Vec3;

/** Fits a scene to a body: heights and distances of furniture, places of things by the seed. */
final class Fit {
    /** Things are put this far over what carries them and fall, m. */
    private static final double DROP = 0.0005;

    /** A person's hand waits this much over the working height, m. */
    private static final double HAND_UP = 0.12;

    /** Free space around a thing, m: at the first try and at the last. */
    private static final double WIDE = 0.035;

    private static final double TIGHT = 0.008;

    /** Whole layouts that are tried before giving up. */
    private static final int LAYOUTS = 300;

    /** Spots that are tried for one thing. */
    private static final int SPOTS = 400;

    /** Free spots of which the roomiest is taken, and the room that is enough, m. */
    private static final int CHOICE = 10;

    private static final double ENOUGH_ROOM = 0.08;

    private final SceneData scene;
    private final BodySheet sheet;
    private final BodySheet.Work work;
    private final RandomStream random;

    private Pose robot;
    private final List<Layout.Place> places = new ArrayList<>();
    private final List<Layout.Person> people = new ArrayList<>();
    private final List<Disc> taken = new ArrayList<>();

    /** Ground that something stands on; {@code on}: the place. */
    private record Disc(String on, double x, double y, double radius) {}

    private Fit(SceneData scene, BodySheet sheet, long seed, int attempt) {
        this.scene = scene;
        this.sheet = sheet;
        this.work = sheet.work();
        this.random =
                RandomStream.of(
                        seed, "layout " + scene.name() + (attempt == 0 ? "" : " " + attempt));
    }

    /**
     * The layout.
     *
     * @param attempt counts other layouts of the same seed
     * @throws InputException when the things do not fit
     */
    static Layout of(SceneData scene, BodySheet sheet, long seed, int attempt) {
        return new Fit(scene, sheet, seed, attempt).layout();
    }

    private Layout layout() {
        robot = start();
        for (SceneData.PlaceData p : scene.places()) {
            places.add(place(p));
        }
        for (SceneData.PersonData p : scene.people()) {
            people.add(person(p));
        }
        List<Disc> fixed = List.copyOf(taken);
        for (int attempt = 0; attempt < LAYOUTS; attempt++) {
            taken.clear();
            taken.addAll(fixed);
            double gap = WIDE + (TIGHT - WIDE) * attempt / LAYOUTS;
            Optional<List<Layout.Thing>> things = things(gap);
            if (things.isPresent()) {
                return new Layout(robot, List.copyOf(places), things.get(), List.copyOf(people));
            }
        }
        throw new InputException(
                scene.name(),
                "the things do not fit where "
                        + sheet.title().en()
                        + " can reach; fewer or smaller things, or a wider 'work' in its sheet");
    }

    private boolean onTable() {
        return "table".equals(sheet.mount());
    }

    /** A body that is mounted on a table starts on the scene's front table. */
    private Pose start() {
        SceneData.Start s = scene.start();
        double z = 0;
        if (onTable()) {
            z =
                    scene.places().stream()
                            .filter(p -> "front".equals(p.fit()))
                            .mapToDouble(p -> p.size()[2])
                            .findFirst()
                            .orElse(0);
        }
        return new Pose(new Vec3(s.x(), s.y(), z), Quat.yaw(s.yaw() - work.towards()));
    }

    /** Height of the surface that the body works on, over the floor. */
    private double workHeight() {
        return onTable() ? robot.p().z() + work.height() : work.height();
    }

    private Layout.Place place(SceneData.PlaceData p) {
        Vec3 size = Vec3.of(p.size(), 0);
        Pose pose =
                p.at() == null
                        ? Pose.IDENTITY
                        : new Pose(new Vec3(p.at()[0], p.at()[1], 0), Quat.yaw(p.at()[2]));
        switch (p.fit() == null ? "" : p.fit()) {
            case "" -> {}
            case "front" -> {
                size = new Vec3(size.x(), size.y(), workHeight());
                double x = onTable() ? size.x() / 2 - 0.15 : work.edge() + size.x() / 2;
                Pose forward = ahead().times(Pose.at(x, 0, 0));
                pose = new Pose(new Vec3(forward.p().x(), forward.p().y(), 0), forward.q());
            }
            case "height" -> size = new Vec3(size.x(), size.y(), workHeight());
            case "sector" -> {
                double a = p.bearing() * work.angle();
                double r = work.near() + p.range() * (work.far() - work.near());
                Vec3 at = inSector(r, a);
                pose =
                        new Pose(
                                new Vec3(at.x(), at.y(), surface(p.on())),
                                ahead().q().times(Quat.yaw(a)));
                taken.add(
                        new Disc(p.on(), at.x(), at.y(), StrictMath.hypot(size.x(), size.y()) / 2));
            }
            default ->
                    throw new InputException(
                            scene.name(), p.id() + ": unknown fit '" + p.fit() + "'");
        }
        float[] colour = p.rgba() == null ? new float[] {0.7f, 0.7f, 0.7f, 1} : p.rgba();
        Forms.Shape shape = Forms.place(p, size, colour);
        return new Layout.Place(
                p.id(),
                p.kind() == null ? p.form() : p.kind(),
                p.colour() == null ? "" : p.colour(),
                names(p.names()),
                p.room() == null ? "" : p.room(),
                pose,
                shape.parts(),
                size,
                shape.tops(),
                shape.inner());
    }

    /** The robot's frame, turned so that x points to where it works. */
    private Pose ahead() {
        return robot.times(Pose.planar(0, 0, work.towards()));
    }

    private Vec3 inSector(double r, double a) {
        double cx = work.centre()[0] + r * StrictMath.cos(work.towards() + a);
        double cy = work.centre()[1] + r * StrictMath.sin(work.towards() + a);
        return robot.transform(new Vec3(cx, cy, 0));
    }

    /** Height of the upper face of a place. */
    private double surface(String id) {
        Layout.Place p =
                places.stream()
                        .filter(q -> q.id().equals(id))
                        .findFirst()
                        .orElseThrow(() ->
                                new InputException(
                                        scene.name(),
                                        "'" + id + "' must come before what stands on it"));
        return p.pose().p().z() + p.tops().getFirst().centre().z();
    }

    private Layout.Person person(SceneData.PersonData p) {
        double hand = workHeight() + HAND_UP;
        float[] clothes = p.rgba() == null ? new float[] {0.30f, 0.45f, 0.62f, 1} : p.rgba();
        return new Layout.Person(
                p.id(),
                names(p.names()),
                p.room() == null ? "" : p.room(),
                Pose.planar(p.at()[0], p.at()[1], p.at()[2]),
                Forms.person(hand, clothes),
                new Vec3(0.5, 0.5, 1.69),
                Forms.hand(hand));
    }

    private static Layout.Names names(SceneData.NamesData n) {
        return new Layout.Names(List.copyOf(n.en()), List.copyOf(n.zh()));
    }

    /** All things without overlap; the larger ones are placed first. Empty: no luck. */
    private Optional<List<Layout.Thing>> things(double gap) {
        List<SceneData.ThingData> order = new ArrayList<>(scene.things());
        order.sort(java.util.Comparator.comparingDouble(t -> -radius(scene.kinds().get(t.kind()))));
        java.util.Map<String, Layout.Thing> placed = new java.util.TreeMap<>();
        for (SceneData.ThingData t : order) {
            Optional<Layout.Thing> thing = thing(t, gap);
            if (thing.isEmpty()) {
                return Optional.empty();
            }
            placed.put(t.id(), thing.get());
        }
        return Optional.of(scene.things().stream().map(t -> placed.get(t.id())).toList());
    }

    private static double radius(SceneData.Kind k) {
        boolean round = !k.form().equals("box") && !k.form().equals("tray");
        return round ? k.size()[0] / 2 : StrictMath.hypot(k.size()[0], k.size()[1]) / 2;
    }

    private Optional<Layout.Thing> thing(SceneData.ThingData t, double gap) {
        SceneData.Kind k = scene.kinds().get(t.kind());
        double radius = radius(k);
        Layout.Place on =
                places.stream().filter(p -> p.id().equals(t.on())).findFirst().orElseThrow();
        SceneData.PlaceData data =
                scene.places().stream()
                        .filter(p -> p.id().equals(t.on()))
                        .findFirst()
                        .orElseThrow();
        boolean sector = "front".equals(data.fit());
        Vec3 best = null;
        double widest = Double.NEGATIVE_INFINITY;
        int free = 0;
        for (int i = 0; i < SPOTS && free < CHOICE; i++) {
            Vec3 spot = sector ? sectorSpot(t, radius) : edgeSpot(on, radius);
            if (free(on, spot, radius, gap, sector)) {
                free++;
                double room = Math.min(ENOUGH_ROOM, room(on, spot, radius));
                if (room > widest) {
                    widest = room;
                    best = spot;
                }
            }
        }
        if (best == null) {
            return Optional.empty();
        }
        taken.add(new Disc(on.id(), best.x(), best.y(), radius));
        return Optional.of(made(t, k, on, best));
    }

    /** Distance of a disc from the nearest that is taken on the same place, m. */
    private double room(Layout.Place on, Vec3 spot, double radius) {
        double least = ENOUGH_ROOM;
        for (Disc d : taken) {
            if (d.on().equals(on.id())) {
                double flat = StrictMath.hypot(d.x() - spot.x(), d.y() - spot.y());
                least = Math.min(least, flat - d.radius() - radius);
            }
        }
        return least;
    }

    /** Centre of a thing in the ring sector; wide containers may stand out of it with a part. */
    private Vec3 sectorSpot(SceneData.ThingData t, double radius) {
        double from = work.near() + Math.min(radius, 0.06);
        double to = work.far();
        double middle = (from + to) / 2;
        String band = t.band() == null ? "any" : t.band();
        if (band.equals("near")) {
            to = middle + 0.3 * (to - middle);
        } else if (band.equals("far")) {
            from = middle;
        }
        double r = random.uniform(from, Math.max(from + 1e-6, to));
        return inSector(r, random.uniform(-work.angle(), work.angle()));
    }

    /** A spot near the edge of a surface, where a robot that stands beside it can reach. */
    private Vec3 edgeSpot(Layout.Place on, double radius) {
        Layout.Top top = on.tops().getFirst();
        double hx = top.sizeX() / 2 - radius - 0.02;
        double hy = top.sizeY() / 2 - radius - 0.02;
        double depth = Math.max(radius, Math.min(0.5 * (work.far() - work.near()), 0.22));
        double x = random.uniform(-hx, Math.min(hx, -hx + depth));
        double y = random.uniform(-hy, hy);
        return on.pose().transform(top.centre().plus(new Vec3(x, y, 0)));
    }

    private boolean free(Layout.Place on, Vec3 spot, double radius, double gap, boolean sector) {
        Layout.Top top = on.tops().getFirst();
        Vec3 local = on.pose().inverse().transform(spot);
        double margin = radius + 0.005;
        if (Math.abs(local.x() - top.centre().x()) > top.sizeX() / 2 - margin
                || Math.abs(local.y() - top.centre().y()) > top.sizeY() / 2 - margin) {
            return false;
        }
        if (sector && onTable()) {
            Vec3 b = robot.inverse().transform(spot);
            if (StrictMath.hypot(b.x(), b.y()) < radius + 0.08) {
                return false;
            }
        }
        for (Disc d : taken) {
            if (d.on().equals(on.id())
                    && StrictMath.hypot(d.x() - spot.x(), d.y() - spot.y())
                            < d.radius() + radius + gap) {
                return false;
            }
        }
        return true;
    }

    private Layout.Thing made(SceneData.ThingData t, SceneData.Kind k, Layout.Place on, Vec3 spot) {
        Vec3 size = Vec3.of(k.size(), 0);
        float[] colour =
                t.rgba() != null
                        ? t.rgba()
                        : k.rgba() != null ? k.rgba() : new float[] {0.6f, 0.6f, 0.6f, 1};
        Forms.Shape shape = Forms.thing(t.id(), k, colour);
        double z = surface(on.id()) + size.z() / 2 + DROP;
        Pose pose =
                new Pose(
                        new Vec3(spot.x(), spot.y(), z),
                        Quat.yaw(random.uniform(-Math.PI, Math.PI)));
        return new Layout.Thing(
                t.id(),
                t.word() == null ? t.kind() : t.word(),
                t.colour() == null ? "" : t.colour(),
                k.material() == null ? "" : k.material(),
                names(t.names()),
                pose,
                shape.parts(),
                size,
                k.mass(),
                shape.inner(),
                shape.top(),
                on.id());
    }
}
