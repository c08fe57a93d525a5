package org.openkaiwu.motion;

import org.openkaiwu.math.InputException;

/**
 * Slows a trajectory until the joints can bear it.
 *
 * <p>Of the effort {@code tau(q, v, a)} of rigid bodies the part {@code tau(q, 0, 0)} belongs to
 * the pose, and the rest is quadratic in the speed of passage: {@code k} times slower it is {@code
 * 1/k^2} of it (Hollerbach, "Dynamic scaling of manipulator trajectories", 1984). The smallest
 * {@code k} that serves every sample and joint is therefore had in closed form.
 */
public final class TorqueLimit {
    /** Inverse dynamics of the moved joints, all others at rest. */
    @FunctionalInterface
    public interface InverseDynamics {
        /** Writes the efforts, N m or N, needed for positions, velocities, accelerations. */
        void effort(double[] q, double[] v, double[] a, double[] out);
    }

    /**
     * The result.
     *
     * @param trajectory the trajectory, slowed where needed
     * @param factor how many times slower, at least 1
     * @param holds false when the pose alone needs more than a joint has, whatever the speed
     * @param worst largest ratio of effort to limit on the slowed trajectory
     */
    public record Result(Trajectory trajectory, double factor, boolean holds, double worst) {}

    /** Beyond this slow-down the dynamic part no longer matters. */
    private static final double SLOWEST = 20;

    private TorqueLimit() {}

    /**
     * Fits a trajectory to effort limits.
     *
     * @param limit largest effort of each joint, N m or N; infinity when unknown
     * @param dt seconds between samples
     */
    public static Result fit(
            Trajectory trajectory, InverseDynamics dynamics, double[] limit, double dt) {
        int n = trajectory.size();
        if (limit.length != n || !(dt > 0)) {
            throw new InputException("torque limit", "needs one limit a joint and a positive dt");
        }
        double[] q = new double[n];
        double[] v = new double[n];
        double[] a = new double[n];
        double[] zero = new double[n];
        double[] all = new double[n];
        double[] still = new double[n];
        int steps = (int) Math.ceil(trajectory.duration() / dt);
        double square = 1;
        boolean holds = true;
        for (int s = 0; s <= steps; s++) {
            trajectory.at(s * dt, q, v, a);
            dynamics.effort(q, v, a, all);
            dynamics.effort(q, zero, zero, still);
            for (int i = 0; i < n; i++) {
                double moving = all[i] - still[i];
                double room = moving > 0 ? limit[i] - still[i] : limit[i] + still[i];
                holds &= Math.abs(still[i]) <= limit[i];
                if (Math.abs(moving) > room && room > 0) {
                    square = Math.max(square, Math.abs(moving) / room);
                }
            }
        }
        double factor = Math.min(SLOWEST, Math.sqrt(square));
        Trajectory slow = factor > 1 ? trajectory.slowed(factor) : trajectory;
        return new Result(slow, factor, holds, worst(slow, dynamics, limit, dt * factor));
    }

    private static double worst(Trajectory t, InverseDynamics dynamics, double[] limit, double dt) {
        int n = t.size();
        double[] q = new double[n];
        double[] v = new double[n];
        double[] a = new double[n];
        double[] tau = new double[n];
        double worst = 0;
        int steps = (int) Math.ceil(t.duration() / dt);
        for (int s = 0; s <= steps; s++) {
            t.at(s * dt, q, v, a);
            dynamics.effort(q, v, a, tau);
            for (int i = 0; i < n; i++) {
                worst = Math.max(worst, Math.abs(tau[i]) / limit[i]);
            }
        }
        return worst;
    }
}
