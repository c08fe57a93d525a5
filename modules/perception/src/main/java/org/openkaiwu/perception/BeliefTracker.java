package org.openkaiwu.perception;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.openkaiwu.math.Pose;
import org.openkaiwu.math.Quat;
import org.openkaiwu.math.Vec3;
import org.openkaiwu.robot.Sighting;
import org.openkaiwu.robot.Telemetry;

/**
 * Keeps the {@link Belief} up to date from telemetry and from what the robot knows that it did.
 *
 * <p>A thing that stands still is averaged over its sightings (weight at least {@value #MIN_WEIGHT}
 * for the newest, so that a slow drift is followed); a sighting farther than {@value #JUMP} m from
 * the estimate means that the thing was moved, and starts the average anew. A held thing follows
 * the hand and takes no average. One instance a run; not thread-safe, snapshots are.
 */
public final class BeliefTracker {
    /** What was to ride along and is seen so far off has fallen out, m. */
    private static final double FELL = 0.08;

    private static final double JUMP = 0.02;
    private static final double MIN_WEIGHT = 0.1;

    /** A thing counts as standing on a face when its foot is this close to it, m. */
    private static final double SUPPORT_GAP = 0.02;

    private final WorldMap map;
    private final Catalogue catalogue;
    private final Map<String, Track> tracks = new LinkedHashMap<>();
    private double time;
    private Pose base = Pose.IDENTITY;
    private double facing = Double.NaN;

    private static final class Track {
        Pose pose;
        int sightings;
        double confidence;
        double lastSeen;
        Optional<String> heldBy = Optional.empty();
        Optional<Ride> ride = Optional.empty();
    }

    /**
     * What is in or on a thing that a hand carries goes with it, as it lay when that was gripped.
     */
    private record Ride(String carrier, Pose inCarrier, boolean inside) {}

    public BeliefTracker(WorldMap map, Catalogue catalogue) {
        this.map = map;
        this.catalogue = catalogue;
    }

    /** From now on left, right, front and behind are meant as the robot faces now. */
    public void mark() {
        facing = base.q().yaw();
    }

    /** Takes in the newest telemetry. */
    public void update(Telemetry telemetry) {
        time = telemetry.time();
        base = telemetry.base();
        for (Sighting s : telemetry.sightings()) {
            if (catalogue.entries().containsKey(s.label())) {
                see(s);
            }
        }
    }

    private void see(Sighting s) {
        Track t = tracks.computeIfAbsent(s.label(), k -> new Track());
        if (t.heldBy.isPresent()) {
            t.lastSeen = s.time();
            return;
        }
        if (t.ride.isPresent()) {
            t.lastSeen = s.time();
            if (t.pose.p().distance(s.pose().p()) < FELL) {
                return;
            }
            t.ride = Optional.empty(); // it is not where it would be: it fell out
        }
        boolean moved = t.sightings > 0 && t.pose.p().distance(s.pose().p()) > JUMP;
        if (t.sightings == 0 || moved) {
            t.pose = s.pose();
            t.sightings = 1;
            t.confidence = s.confidence();
        } else {
            t.sightings++;
            double w = Math.max(MIN_WEIGHT, 1.0 / t.sightings);
            t.pose = blend(t.pose, s.pose(), w);
            t.confidence = Math.max(t.confidence, s.confidence());
        }
        t.lastSeen = s.time();
    }

    /** The hand {@code effector} holds the thing now. */
    public void hold(String label, String effector) {
        Track t = tracks.get(label);
        if (t != null) {
            board(label, t.pose);
            t.heldBy = Optional.of(effector);
        }
    }

    /** What stands in or on a thing, and on that, is carried along with it. */
    private void board(String carrier, Pose pose) {
        Pose inverse = pose.inverse();
        tracks.forEach((label, t) -> {
            if (label.equals(carrier) || t.heldBy.isPresent() || t.ride.isPresent()) {
                return;
            }
            Support s = supportOf(label, t.pose);
            if (s.id.filter(carrier::equals).isPresent()) {
                t.ride = Optional.of(new Ride(carrier, inverse.times(t.pose), s.inside));
            }
        });
    }

    /** What rides on a thing goes where that goes. */
    private void take(String carrier, Pose pose) {
        for (Track t : tracks.values()) {
            t.ride.filter(r -> r.carrier.equals(carrier))
                    .ifPresent(r -> t.pose = pose.times(r.inCarrier));
        }
    }

    /** A held thing moved with its hand to {@code pose} (map frame). */
    public void carry(String label, Pose pose) {
        Track t = tracks.get(label);
        if (t != null) {
            t.pose = pose;
            take(label, pose);
        }
    }

    /**
     * The thing is no longer held; until it is seen again it is believed where it must have fallen
     * from its last pose.
     */
    public void release(String label) {
        Track t = tracks.get(label);
        if (t != null) {
            t.heldBy = Optional.empty();
            Map<String, Pose> around = new LinkedHashMap<>();
            tracks.forEach((other, o) -> {
                boolean rides = o.ride.filter(r -> r.carrier.equals(label)).isPresent();
                if (!other.equals(label) && o.heldBy.isEmpty() && !rides) {
                    around.put(other, o.pose);
                }
            });
            t.pose =
                    new Falling(map, catalogue, around)
                            .rest(catalogue.entries().get(label), t.pose);
            take(label, t.pose);
            tracks.values().stream()
                    .filter(o -> o.ride.filter(r -> r.carrier.equals(label)).isPresent())
                    .forEach(o -> o.ride = Optional.empty());
            t.sightings = 0;
            t.confidence *= 0.5;
        }
    }

    /** A person took the thing. */
    public void give(String label, String person) {
        hold(label, person);
    }

    /** The robot looked and the thing was not where it was believed. */
    public void forget(String label) {
        tracks.remove(label);
    }

    /** Label of what the hand holds, if anything. */
    public Optional<String> heldBy(String effector) {
        for (Map.Entry<String, Track> e : tracks.entrySet()) {
            if (e.getValue().heldBy.filter(effector::equals).isPresent()) {
                return Optional.of(e.getKey());
            }
        }
        return Optional.empty();
    }

    /** The belief as it is now. */
    public Belief belief() {
        Map<String, Belief.Thing> things = new LinkedHashMap<>();
        for (Map.Entry<String, Track> e : tracks.entrySet()) {
            Track t = e.getValue();
            Support support =
                    t.heldBy.isPresent()
                            ? Support.NONE
                            : t.ride.map(r -> new Support(Optional.of(r.carrier), r.inside))
                                    .orElseGet(() -> supportOf(e.getKey(), t.pose));
            things.put(
                    e.getKey(),
                    new Belief.Thing(
                            catalogue.entries().get(e.getKey()),
                            t.pose,
                            t.confidence,
                            t.lastSeen,
                            support.id,
                            support.inside,
                            t.heldBy));
        }
        return new Belief(
                time,
                base,
                Double.isNaN(facing) ? base.q().yaw() : facing,
                Collections.unmodifiableMap(things),
                map,
                catalogue);
    }

    private record Support(Optional<String> id, boolean inside) {
        static final Support NONE = new Support(Optional.empty(), false);
    }

    /** The nearest face or container below the thing's foot. */
    private Support supportOf(String label, Pose pose) {
        Catalogue.Entry entry = catalogue.entries().get(label);
        Vec3 foot = pose.p().minus(new Vec3(0, 0, verticalHalf(entry, pose)));
        Support best = Support.NONE;
        double bestZ = Double.NEGATIVE_INFINITY;
        for (Map.Entry<String, Track> e : tracks.entrySet()) {
            if (e.getKey().equals(label) || e.getValue().heldBy.isPresent()) {
                continue;
            }
            Catalogue.Entry other = catalogue.entries().get(e.getKey());
            Vec3 local = e.getValue().pose.inverse().transform(pose.p());
            Vec3 localFoot = e.getValue().pose.inverse().transform(foot);
            double z = e.getValue().pose.p().z();
            if (other.container().isPresent()
                    && within(local, pose.p().z() - foot.z(), other.container().get())
                    && z > bestZ) {
                best = new Support(Optional.of(e.getKey()), true);
                bestZ = z;
            } else if (other.surface().isPresent()
                    && onFace(localFoot, other.surface().get())
                    && z > bestZ) {
                best = new Support(Optional.of(e.getKey()), false);
                bestZ = z;
            }
        }
        return best.id.isPresent() ? best : placeUnder(pose.p(), foot);
    }

    /** The place that contains the thing, or else the highest face close under its foot. */
    private Support placeUnder(Vec3 centre, Vec3 foot) {
        Support best = Support.NONE;
        double bestZ = Double.NEGATIVE_INFINITY;
        for (WorldMap.Place p : map.places()) {
            Vec3 localFoot = p.pose().inverse().transform(foot);
            Vec3 local = p.pose().inverse().transform(centre);
            if (p.container().isPresent()
                    && within(local, centre.z() - foot.z(), p.container().get())) {
                return new Support(Optional.of(p.id()), true);
            }
            for (WorldMap.SurfaceAt s : p.surfaces()) {
                Vec3 d = localFoot.minus(s.centre());
                double z = p.pose().p().z() + s.centre().z();
                if (Math.abs(d.x()) <= s.sizeX() / 2
                        && Math.abs(d.y()) <= s.sizeY() / 2
                        && Math.abs(d.z()) <= SUPPORT_GAP
                        && z > bestZ) {
                    best = new Support(Optional.of(p.id()), false);
                    bestZ = z;
                }
            }
        }
        return best;
    }

    /**
     * Whether a thing is inside: its centre between the walls, its foot below their rim. What is
     * taller than the walls is inside all the same.
     *
     * @param local its centre in the container's frame
     * @param half half of its height, m
     */
    private static boolean within(Vec3 local, double half, Catalogue.Container c) {
        Vec3 d = local.minus(c.centre());
        return Math.abs(d.x()) <= c.size().x() / 2
                && Math.abs(d.y()) <= c.size().y() / 2
                && d.z() >= -c.size().z() / 2 - SUPPORT_GAP
                && d.z() <= c.size().z() / 2 + Math.max(SUPPORT_GAP, half);
    }

    private static boolean onFace(Vec3 localFoot, Catalogue.Surface s) {
        return Math.abs(localFoot.x()) <= s.sizeX() / 2
                && Math.abs(localFoot.y()) <= s.sizeY() / 2
                && Math.abs(localFoot.z() - s.z()) <= SUPPORT_GAP;
    }

    /** Half of the thing's extent along the vertical in its present orientation, m. */
    public static double verticalHalf(Catalogue.Entry entry, Pose pose) {
        Vec3 up = pose.q().inverse().rotate(Vec3.Z);
        Vec3 s = entry.size();
        return (Math.abs(up.x()) * s.x() + Math.abs(up.y()) * s.y() + Math.abs(up.z()) * s.z()) / 2;
    }

    /** Between two poses, {@code w} of the way from the first to the second. */
    public static Pose blend(Pose a, Pose b, double w) {
        Quat qb = b.q();
        double dot =
                a.q().w() * qb.w() + a.q().x() * qb.x() + a.q().y() * qb.y() + a.q().z() * qb.z();
        double s = dot < 0 ? -w : w;
        Quat q =
                new Quat(
                                (1 - w) * a.q().w() + s * qb.w(),
                                (1 - w) * a.q().x() + s * qb.x(),
                                (1 - w) * a.q().y() + s * qb.y(),
                                (1 - w) * a.q().z() + s * qb.z())
                        .unit();
        return new Pose(a.p().times(1 - w).plus(b.p().times(w)), q);
    }
}
