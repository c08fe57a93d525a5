package org.openkaiwu.sim;

import java.util.Map;
import java.util.Optional;
import org.openkaiwu.math.Pose;

/**
 * What physics says at one instant. Never shown to a brain.
 *
 * @param time seconds since the run began
 * @param objects things and people by identifier, in the order of the scene
 * @param base pose of the robot's base in the map
 * @param at place whose room or neighbourhood the base is in, or empty
 * @param fallen the robot lies on the ground or left it
 */
public record Truth(
        double time, Map<String, Obj> objects, Pose base, Optional<String> at, boolean fallen) {

    /**
     * A thing or person.
     *
     * @param pose of its frame in the map
     * @param on identifier of the thing or place that carries it (in contact, from below)
     * @param in identifier of the container whose inner space it is in
     * @param heldBy name of the effector whose fingers hold it, or of the person in whose hand it
     *     lies
     */
    public record Obj(
            Pose pose, Optional<String> on, Optional<String> in, Optional<String> heldBy) {}
}
