package org.openkaiwu.perception;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.openkaiwu.math.Pose;

/**
 * The believed world at one instant; immutable.
 *
 * @param time seconds
 * @param base believed pose of the robot's base in the map
 * @param facing heading in which left, right, front and behind are meant, rad: the robot's when it
 *     was told what to do, however it has turned since
 * @param things believed things and persons by label; only those seen (or told of) are here
 * @param map what was known before
 * @param catalogue what can be recognised
 */
public record Belief(
        double time,
        Pose base,
        double facing,
        Map<String, Thing> things,
        WorldMap map,
        Catalogue catalogue) {

    /** A world in which left and right are meant as the robot faces now. */
    public Belief(
            double time, Pose base, Map<String, Thing> things, WorldMap map, Catalogue catalogue) {
        this(time, base, base.q().yaw(), things, map, catalogue);
    }

    /**
     * A believed thing or person.
     *
     * @param entry what is known of it
     * @param pose estimated pose of its frame, map frame
     * @param confidence 0..1, falls with age and with failures
     * @param lastSeen seconds
     * @param support id of the thing or place it stands on or in, by geometry of the belief
     * @param inside it is inside {@code support} rather than on it
     * @param heldBy effector name or person label that holds it
     */
    public record Thing(
            Catalogue.Entry entry,
            Pose pose,
            double confidence,
            double lastSeen,
            Optional<String> support,
            boolean inside,
            Optional<String> heldBy) {}

    /** Whether that is a place of the map or a thing that was seen. */
    public boolean knows(String id) {
        return things.containsKey(id) || map.find(id).isPresent();
    }

    /** The same world, but for a known thing that stands elsewhere, held by nobody. */
    public Belief imagining(String label, Pose pose) {
        Thing t = things.get(label);
        Map<String, Thing> other = new LinkedHashMap<>(things);
        other.put(
                label,
                new Thing(
                        t.entry(),
                        pose,
                        t.confidence(),
                        t.lastSeen(),
                        Optional.empty(),
                        false,
                        Optional.empty()));
        return new Belief(time, base, facing, Collections.unmodifiableMap(other), map, catalogue);
    }
}
