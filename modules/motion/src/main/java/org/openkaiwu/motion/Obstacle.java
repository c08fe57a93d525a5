package org.openkaiwu.motion;

import org.openkaiwu.math.Pose;

/**
 * A thing in the way.
 *
 * @param name unique name
 * @param solid its shape
 * @param pose its frame in the map
 */
public record Obstacle(String name, Solid solid, Pose pose) {}
