package org.openkaiwu.robot;

/**
 * Tolerances of a {@link Guard}; the limits themselves are the model's.
 *
 * @param positionSlack how far beyond a joint's limit a target may be and is still just clamped,
 *     rad or m
 * @param overspeed measured speed of a joint over its limit at which the robot is stopped
 * @param speedTicks ticks in a row that a joint must be so fast
 * @param effectorForce largest contact force on an effector before a stop, N
 * @param forceTicks ticks in a row that the force must last
 * @param effortTicks ticks in a row at the effort limit before a stop
 * @param heartbeatTicks ticks in a row without a command before a stop
 * @param tilt largest tilt of a base that drives, from how it stood at first, rad
 * @param tiltTicks ticks in a row that the tilt must last
 * @param shock slowing down of a base, m/s^2, that no drive brings, only a collision
 * @param blockedTicks ticks in a row that a base may not move as commanded before a stop
 * @param restVelocity a joint slower than this (rad/s or m/s) is at rest
 * @param restTicks ticks in a row at rest before a stop is complete
 */
public record GuardLimits(
        double positionSlack,
        double overspeed,
        int speedTicks,
        double effectorForce,
        int forceTicks,
        int effortTicks,
        int heartbeatTicks,
        double tilt,
        int tiltTicks,
        double shock,
        int blockedTicks,
        double restVelocity,
        int restTicks) {
    /**
     * For a period of 10 ms: speed 0.05 s, force 0.1 s, effort 1 s, heartbeat 0.1 s, tilt 0.03 s,
     * blocked base 1.2 s (steered wheels that must be turned right about take 0.9 s), rest 0.1 s.
     */
    public static final GuardLimits USUAL =
            new GuardLimits(0.02, 1.5, 5, 150, 10, 100, 10, 0.07, 3, 8, 120, 0.02, 10);
}
