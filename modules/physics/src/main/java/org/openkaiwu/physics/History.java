package org.openkaiwu.physics;

import java.util.Arrays;
import org.openkaiwu.body.Machine;

/**
 * Past controls and sensor values, for delays and intervals: a ring of samples for each actuator
 * and sensor that keeps any. A ring is: a number of the owner, the place of the newest sample, the
 * n times, the n values of the owner's size.
 */
final class History {
    private static final double TINY = 1e-15;

    /** All rings; part of the state. */
    final double[] data;

    private final World w;
    private final int[] actuatorAt;
    private final int[] sensorAt;

    History(World world) {
        w = world;
        Machine m = w.machine;
        actuatorAt = new int[m.nactuator];
        sensorAt = new int[m.nsensor];
        int n = 0;
        for (int a = 0; a < m.nactuator; a++) {
            actuatorAt[a] = n;
            n += size(m.actuatorHistorynum[a], 1);
        }
        for (int s = 0; s < m.nsensor; s++) {
            sensorAt[s] = n;
            n += size(m.sensorHistorynum[s], m.sensorDim[s]);
        }
        data = new double[n];
        reset();
    }

    private static int size(int samples, int dim) {
        return samples > 0 ? 2 + samples * (1 + dim) : 0;
    }

    boolean any() {
        return data.length > 0;
    }

    /** All samples zero, their times before the start. */
    void reset() {
        Machine m = w.machine;
        double dt = m.option.timestep;
        Arrays.fill(data, 0);
        for (int a = 0; a < m.nactuator; a++) {
            int n = m.actuatorHistorynum[a];
            if (n > 0) {
                everyStep(actuatorAt[a], n, dt);
            }
        }
        for (int s = 0; s < m.nsensor; s++) {
            int n = m.sensorHistorynum[s];
            double period = m.sensorInterval[2 * s];
            if (n > 0 && period <= 0) {
                everyStep(sensorAt[s], n, dt);
                data[sensorAt[s]] = -dt;
            } else if (n > 0) {
                double phase = m.sensorInterval[2 * s + 1];
                double last = phase == 0 ? -period : phase;
                int at = sensorAt[s];
                data[at] = last;
                data[at + 1] = n - 1;
                for (int j = 0; j < n; j++) {
                    data[at + 2 + j] = Math.ceil((last - (n - 1 - j) * period) / dt) * dt;
                }
            }
        }
    }

    private void everyStep(int at, int n, double dt) {
        data[at + 1] = n - 1;
        for (int j = 0; j < n; j++) {
            data[at + 2 + j] = -(n - j) * dt;
        }
    }

    /** Replaces the controls of delayed actuators by those of the past. */
    void delayedControls(double[] u) {
        Machine m = w.machine;
        for (int a = 0; a < m.nactuator; a++) {
            if (m.actuatorDelay[a] > 0 && m.actuatorHistorynum[a] > 0) {
                read(
                        actuatorAt[a],
                        m.actuatorHistorynum[a],
                        1,
                        w.time - m.actuatorDelay[a],
                        m.actuatorInterp[a],
                        u,
                        m.actuatorCtrladr[a]);
            }
        }
    }

    /** The value of a sensor that is delayed or measured at intervals; false: measure it now. */
    boolean sensor(int s, double[] out, int o) {
        Machine m = w.machine;
        int n = m.sensorHistorynum[s];
        double interval = m.sensorInterval[2 * s];
        double delay = m.sensorDelay[s];
        boolean due = interval <= 0 || data[sensorAt[s]] + interval <= w.time;
        if (n <= 0 || delay <= 0 && due) {
            return false;
        }
        // without a delay the sample of this very time is asked for
        double time = w.time - Math.max(0, delay);
        read(sensorAt[s], n, m.sensorDim[s], time, m.sensorInterp[s], out, o);
        return true;
    }

    /** Keeps this step's controls and measurements. */
    void record() {
        Machine m = w.machine;
        for (int a = 0; a < m.nactuator; a++) {
            if (m.actuatorHistorynum[a] > 0) {
                int at = insert(actuatorAt[a], m.actuatorHistorynum[a], 1, w.time);
                data[at] = w.ctrl[m.actuatorCtrladr[a]];
            }
        }
        for (int s = 0; s < m.nsensor; s++) {
            if (m.sensorHistorynum[s] > 0) {
                recordSensor(s);
            }
        }
    }

    private void recordSensor(int s) {
        Machine m = w.machine;
        double interval = m.sensorInterval[2 * s];
        int ring = sensorAt[s];
        if (interval > 0) {
            if (data[ring] + interval > w.time) {
                return;
            }
            data[ring] += interval;
        }
        int at = insert(ring, m.sensorHistorynum[s], m.sensorDim[s], w.time);
        if (m.sensorDelay[s] > 0) {
            w.sensors.compute(s, data, at);
        } else {
            System.arraycopy(w.sensordata, m.sensorAdr[s], data, at, m.sensorDim[s]);
        }
    }

    private static int place(int newest, int n, int logical) {
        return (newest + 1 + logical) % n;
    }

    /** Smallest i with t at or before the time of sample i, oldest first; n after the newest. */
    private int find(int times, int n, int newest, double t) {
        if (t <= data[times + place(newest, n, 0)]) {
            return 0;
        }
        if (t > data[times + place(newest, n, n - 1)]) {
            return n;
        }
        int lo = 0;
        int hi = n - 1;
        while (hi - lo > 1) {
            int mid = (lo + hi) / 2;
            if (data[times + place(newest, n, mid)] < t) {
                lo = mid;
            } else {
                hi = mid;
            }
        }
        return hi;
    }

    /** Makes room for a sample of time t and returns where its values go; the oldest one leaves. */
    private int insert(int ring, int n, int dim, double t) {
        int newest = (int) data[ring + 1];
        int times = ring + 2;
        int values = times + n;
        int i = find(times, n, newest, t);
        if (i < n) {
            int p = place(newest, n, i);
            if (Math.abs(t - data[times + p]) < TINY) {
                return values + p * dim;
            }
        }
        if (i == 0) {
            int p = place(newest, n, 0);
            data[times + p] = t;
            return values + p * dim;
        }
        if (i == n) {
            int p = (newest + 1) % n;
            data[ring + 1] = p;
            data[times + p] = t;
            return values + p * dim;
        }
        for (int j = 0; j < i - 1; j++) {
            int from = place(newest, n, j + 1);
            int to = place(newest, n, j);
            data[times + to] = data[times + from];
            System.arraycopy(data, values + from * dim, data, values + to * dim, dim);
        }
        int p = place(newest, n, i - 1);
        data[times + p] = t;
        return values + p * dim;
    }

    /** The value at time t: held (0), linear (1) or by a cubic spline (2) between samples. */
    private void read(int ring, int n, int dim, double t, int interp, double[] out, int o) {
        int newest = (int) data[ring + 1];
        int times = ring + 2;
        int values = times + n;
        int oldest = place(newest, n, 0);
        int i;
        int exact = -1;
        if (t <= data[times + oldest] + TINY) {
            i = 0;
            exact = oldest;
        } else if (t >= data[times + newest] - TINY) {
            i = n - 1;
            exact = newest;
        } else {
            i = find(times, n, newest, t);
            if (Math.abs(t - data[times + place(newest, n, i)]) < TINY) {
                exact = place(newest, n, i);
            } else if (interp == 0) {
                exact = place(newest, n, i - 1);
            }
        }
        if (exact >= 0) {
            System.arraycopy(data, values + exact * dim, out, o, dim);
            return;
        }
        int lo = place(newest, n, i - 1);
        int hi = place(newest, n, i);
        double dt = data[times + hi] - data[times + lo];
        double a = (t - data[times + lo]) / dt;
        for (int d = 0; d < dim; d++) {
            double x = data[values + lo * dim + d];
            double y = data[values + hi * dim + d];
            if (interp == 1) {
                out[o + d] = x + a * (y - x);
                continue;
            }
            // Catmull-Rom slopes, zero at the ends
            double slopeLo = 0;
            if (i > 1) {
                int p = place(newest, n, i - 2);
                slopeLo = (y - data[values + p * dim + d]) / (data[times + hi] - data[times + p]);
            }
            double slopeHi = 0;
            if (i < n - 1) {
                int p = place(newest, n, i + 1);
                slopeHi = (data[values + p * dim + d] - x) / (data[times + p] - data[times + lo]);
            }
            double a2 = a * a;
            double a3 = a2 * a;
            out[o + d] =
                    (2 * a3 - 3 * a2 + 1) * x
                            + (a3 - 2 * a2 + a) * dt * slopeLo
                            + (-2 * a3 + 3 * a2) * y
                            + (a3 - a2) * dt * slopeHi;
        }
    }
}
