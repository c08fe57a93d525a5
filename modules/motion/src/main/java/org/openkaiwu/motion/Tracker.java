package org.openkaiwu.motion;

import org.openkaiwu.math.InputException;

/**
 * Plays a {@link Trajectory} to a machine tick by tick: gives position and velocity targets, waits
 * for joints that lag, brakes along the path on request, and notices a blocked joint. A tick
 * allocates nothing.
 *
 * <p>Path time runs at a rate between 0 and 1 that changes no faster than {@link #RATE_CHANGE}, so
 * that targets stay smooth whatever happens.
 */
public final class Tracker {
    /** How it goes. */
    public enum Status {
        MOVING,
        /** At the end of the trajectory and close to it. */
        DONE,
        /** Standing still on the path after {@link #brake}. */
        STOPPED,
        /** A joint stays too far from its target. */
        BLOCKED
    }

    /** Largest change of the rate, 1/s: from full speed to rest in a quarter second. */
    private static final double RATE_CHANGE = 4;

    private final double tolerance;
    private final double patience;
    private Trajectory trajectory;
    private double time;
    private double rate;
    private boolean braking;
    private double lagging;
    private double error;
    private int worst;
    private Status status = Status.DONE;

    /**
     * A player.
     *
     * @param tolerance lag at which path time begins to wait, rad or m; at three times it it stands
     * @param patience seconds of standing, or of settling at the end, before it counts as blocked
     */
    public Tracker(double tolerance, double patience) {
        if (!(tolerance > 0 && patience > 0)) {
            throw new InputException("tracker", "tolerance and patience must be positive");
        }
        this.tolerance = tolerance;
        this.patience = patience;
    }

    /** Begins a trajectory; its start should be where the joints are. */
    public void start(Trajectory t) {
        trajectory = t;
        time = 0;
        rate = 1;
        braking = false;
        lagging = 0;
        status = Status.MOVING;
    }

    /** Asks for a stop on the path; the next ticks brake. */
    public void brake() {
        braking = true;
    }

    /** How it goes, as of the last tick. */
    public Status status() {
        return status;
    }

    /** Seconds of the trajectory that are played. */
    public double time() {
        return time;
    }

    /** Largest lag at the last tick, rad or m. */
    public double error() {
        return error;
    }

    /** Joint with the largest lag at the last tick. */
    public int worst() {
        return worst;
    }

    /**
     * One tick.
     *
     * @param dt seconds to the next tick
     * @param measured joint positions now, in the trajectory's order
     * @param position written: targets for the next tick, rad or m
     * @param velocity written: feed-forward, rad/s or m/s
     */
    public Status tick(double dt, double[] measured, double[] position, double[] velocity) {
        if (trajectory == null) {
            throw new InputException("tracker", "no trajectory was started");
        }
        trajectory.position(time, position);
        error = 0;
        for (int i = 0; i < position.length; i++) {
            double d = Math.abs(position[i] - measured[i]);
            if (d > error) {
                error = d;
                worst = i;
            }
        }
        if (status == Status.MOVING) {
            advance(dt);
        }
        trajectory.at(time, position, velocity, null);
        for (int i = 0; i < velocity.length; i++) {
            velocity[i] *= status == Status.MOVING ? rate : 0;
        }
        return status;
    }

    private void advance(double dt) {
        double wanted = braking ? 0 : Math.clamp(1.5 - error / (2 * tolerance), 0, 1);
        rate += Math.clamp(wanted - rate, -RATE_CHANGE * dt, RATE_CHANGE * dt);
        time = Math.min(trajectory.duration(), time + rate * dt);
        boolean ended = time >= trajectory.duration();
        lagging = (ended || rate < 0.05) && error > tolerance ? lagging + dt : 0;
        if (ended && error <= tolerance) {
            status = Status.DONE;
        } else if (braking && rate == 0) {
            status = Status.STOPPED;
        } else if (lagging > patience) {
            status = Status.BLOCKED;
        }
    }
}
