package org.openkaiwu.robot;

import org.openkaiwu.math.Pose;

/**
 * One thing made out in one camera picture.
 *
 * @param label the detector's name of it: the id that the scene's data gives the thing or person
 * @param pose estimated pose of its frame in the map frame, with the sensor's noise
 * @param confidence 0..1
 * @param camera camera name
 * @param time seconds
 */
public record Sighting(String label, Pose pose, double confidence, String camera, double time) {}
