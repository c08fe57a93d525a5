package org.openkaiwu.motion;

/**
 * Joint positions as a function of time from 0 to {@link #duration()}; before and after it stands
 * still. Position, velocity and acceleration are continuous. Asking allocates nothing.
 */
public interface Trajectory {
    /** Number of joints. */
    int size();

    /** Seconds. */
    double duration();

    /**
     * State at a time.
     *
     * @param t seconds; clamped to [0, duration]
     * @param position written: rad or m; may be null
     * @param velocity written: rad/s or m/s; may be null
     * @param acceleration written: rad/s^2 or m/s^2; may be null
     */
    void at(double t, double[] position, double[] velocity, double[] acceleration);

    /** Writes the positions at a time. */
    default void position(double t, double[] out) {
        at(t, out, null, null);
    }

    /** Writes the velocities at a time. */
    default void velocity(double t, double[] out) {
        at(t, null, out, null);
    }

    /** Writes the accelerations at a time. */
    default void acceleration(double t, double[] out) {
        at(t, null, null, out);
    }

    /** The same path, {@code factor} times slower everywhere (factor at least 1). */
    default Trajectory slowed(double factor) {
        if (!(factor >= 1) || Double.isInfinite(factor)) {
            throw new IllegalArgumentException("factor must be at least 1, is " + factor);
        }
        Trajectory from = this;
        return new Trajectory() {
            @Override
            public int size() {
                return from.size();
            }

            @Override
            public double duration() {
                return from.duration() * factor;
            }

            @Override
            public void at(double t, double[] q, double[] v, double[] a) {
                from.at(t / factor, q, v, a);
                for (int i = 0; i < from.size(); i++) {
                    if (v != null) {
                        v[i] /= factor;
                    }
                    if (a != null) {
                        a[i] /= factor * factor;
                    }
                }
            }
        };
    }
}
