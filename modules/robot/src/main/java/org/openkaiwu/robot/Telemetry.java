package org.openkaiwu.robot;

import java.util.List;
import java.util.Map;
import org.openkaiwu.math.Pose;

/**
 * What a robot says of itself at one instant; immutable (arrays are not written after
 * construction).
 *
 * @param time seconds since the run began
 * @param position of each commanded joint, rad or m
 * @param velocity of each commanded joint
 * @param effort of each commanded joint, N m or N
 * @param base pose of the base in the map frame, as the robot's own localisation says
 * @param baseVelocity in the base frame
 * @param effectors per effector name
 * @param sightings what the cameras made out since the last telemetry; empty on most ticks
 * @param stopped the stop latch of machine or guard holds it
 */
public record Telemetry(
        double time,
        double[] position,
        double[] velocity,
        double[] effort,
        Pose base,
        Command.BaseVelocity baseVelocity,
        Map<String, EffectorState> effectors,
        List<Sighting> sightings,
        boolean stopped) {

    /**
     * State of an effector.
     *
     * @param opening 0 closed .. 1 open
     * @param force sum of the contact force on its fingers, N
     * @param gripping fingers are blocked by something between them
     */
    public record EffectorState(double opening, double force, boolean gripping) {}
}
