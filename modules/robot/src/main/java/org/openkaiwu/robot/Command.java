package org.openkaiwu.robot;

import java.util.Arrays;
import java.util.Map;

/**
 * Targets for one tick.
 *
 * @param position target of each commanded joint ({@link RobotModel#joints}), rad or m; NaN keeps
 *     the last target
 * @param velocity feed-forward velocity of each commanded joint, rad/s or m/s; may be all zero
 * @param base base velocity in the base frame: forward m/s, left m/s, turn rad/s; zero for a fixed
 *     base
 * @param grip per effector name: opening in [0 closed, 1 open] and the force limit in N; effectors
 *     not named keep their last target
 */
public record Command(
        double[] position, double[] velocity, BaseVelocity base, Map<String, Grip> grip) {

    /** Velocity of a base in its own frame. */
    public record BaseVelocity(double forward, double left, double turn) {
        public static final BaseVelocity ZERO = new BaseVelocity(0, 0, 0);
    }

    /** Opening of an effector and the largest force, N, that it may use. */
    public record Grip(double opening, double force) {}

    /** Keeps every target of a machine with {@code n} commanded joints; the base stands. */
    public static Command keep(int n) {
        double[] position = new double[n];
        Arrays.fill(position, Double.NaN);
        return new Command(position, new double[n], BaseVelocity.ZERO, Map.of());
    }
}
