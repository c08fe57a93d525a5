package org.openkaiwu.skill;

import org.openkaiwu.motion.Trajectory;

/** A motion that a skill has planned and begun; it is shown, and decides nothing. */
public sealed interface Intention {
    /**
     * The way of an arm.
     *
     * @param effector hand at its end
     * @param joints commanded joints, indices into the robot model's
     * @param way their positions over time, rad or m
     */
    record ArmWay(String effector, int[] joints, Trajectory way) implements Intention {}

    /**
     * The way of a base.
     *
     * @param points x, y in the map frame, m
     * @param yaw heading at the end, rad
     */
    record BaseWay(double[][] points, double yaw) implements Intention {}
}
