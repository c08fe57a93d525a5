package org.openkaiwu.robot;

/**
 * Tolerances of a {@link Guard}; the limits themselves are the model's.
 *
 * @param positionSlack how far beyond a joint's limit a target may be and is still just clamped,
 *     rad or m
 * @param effectorForce largest contact force on an effector before a stop, N
 * @param forceTicks ticks in a row that the force must last
 * @param effortTicks ticks in a row at the effort limit before a stop
 * @param heartbeatTicks ticks in a row without a command before a stop
 * @param restVelocity a joint slower than this (rad/s or m/s) is at rest
 * @param restTicks ticks in a row at rest before a stop is complete
 */
public record GuardLimits(
        double positionSlack,
        double effectorForce,
        int forceTicks,
        int effortTicks,
        int heartbeatTicks,
        double restVelocity,
        int restTicks) {
    /** For a period of 10 ms: heartbeat 0.1 s, effort 1 s, force 0.1 s, rest 0.1 s. */
    public static final GuardLimits USUAL = new GuardLimits(0.02, 150, 10, 100, 10, 0.02, 10);
}
