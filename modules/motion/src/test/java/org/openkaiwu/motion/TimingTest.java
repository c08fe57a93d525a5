package org.openkaiwu.motion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.openkaiwu.math.RandomStream;

class TimingTest {
    private static final double[] V = {1.5, 1.0, 2.0};
    private static final double[] A = {4, 3, 8};
    private static final double[] J = {40, 60, 100};

    private static double[][] randomPath(int seed) {
        RandomStream random = RandomStream.of(seed, "path");
        double[][] path = new double[2 + random.nextInt(8)][3];
        for (double[] p : path) {
            for (int i = 0; i < 3; i++) {
                p[i] = random.uniform(-2, 2);
            }
        }
        return path;
    }

    @Test
    void neverExceedsALimitAndIsContinuous() {
        Timing timing = new Timing(V, A, J, 0.1);
        double h = 1e-3;
        for (int seed = 0; seed < 60; seed++) {
            double[][] path = randomPath(seed);
            Trajectory t = timing.along(path);
            double[] q = new double[3];
            double[] v = new double[3];
            double[] a = new double[3];
            double[] q0 = path[0].clone();
            double[] v0 = new double[3];
            double[] a0 = new double[3];
            double[] worst = new double[5];
            for (int k = 1; k * h < t.duration() + 0.01; k++) {
                t.at(k * h, q, v, a);
                for (int i = 0; i < 3; i++) {
                    double slip = Math.abs(q[i] - q0[i] - h * (v[i] + v0[i]) / 2);
                    double jump = Math.abs(v[i] - v0[i] - h * (a[i] + a0[i]) / 2);
                    worst[0] = Math.max(worst[0], Math.abs(v[i]) / V[i]);
                    worst[1] = Math.max(worst[1], Math.abs(a[i]) / A[i]);
                    worst[2] = Math.max(worst[2], Math.abs(a[i] - a0[i]) / (J[i] * h));
                    worst[3] = Math.max(worst[3], slip / (J[i] * h * h * h));
                    worst[4] = Math.max(worst[4], jump / (J[i] * h * h));
                }
                System.arraycopy(q, 0, q0, 0, 3);
                System.arraycopy(v, 0, v0, 0, 3);
                System.arraycopy(a, 0, a0, 0, 3);
            }
            for (double w : worst) {
                assertThat(w).isLessThanOrEqualTo(1 + 1e-6);
            }
            assertThat(worst[2]).isGreaterThan(0.5);
            assertThat(q).containsExactly(path[path.length - 1]);
        }
    }

    @Test
    void takesTheLeastTimeOnAStraightLine() {
        // Long enough for all seven phases: T = d/v + v/a + a/j.
        Trajectory t =
                new Timing(new double[] {2}, new double[] {4}, new double[] {20}, 0.1)
                        .along(new double[][] {{0}, {5}});
        assertThat(t.duration()).isCloseTo(5 / 2.0 + 2 / 4.0 + 4 / 20.0, within(1e-9));
        double[] q = new double[1];
        t.position(t.duration() / 2, q);
        assertThat(q[0]).isCloseTo(2.5, within(1e-9));
    }

    @Test
    void roundsCornersOnlyAsFarAsIsFree() {
        double[][] path = {{0, 0, 0}, {1, 0, 0}, {1, 1, 0}};
        Validity sharp = q -> q[0] > 1 - 0.02 || q[1] < 0.02;
        Timing timing = new Timing(V, A, J, 0.2);
        Trajectory t = timing.along(path, sharp, 0.005);
        double[] q = new double[3];
        for (double s = 0; s < t.duration(); s += 0.001) {
            t.position(s, q);
            assertThat(sharp.valid(q)).isTrue();
        }
        assertThat(timing.along(path, Validity.ALWAYS, 0.01).duration()).isLessThan(t.duration());
        assertThat(new Timing(V, A, J, 0).along(path).duration()).isGreaterThan(t.duration());
    }

    @Test
    void survivesDegeneratePaths() {
        Timing timing = new Timing(V, A, J, 0.1);
        double[] p = {1, 2, 3};
        assertThat(timing.along(new double[][] {p}).duration()).isZero();
        assertThat(timing.along(new double[][] {p, p.clone()}).duration()).isZero();
        double[] q = new double[3];
        timing.along(new double[][] {p, p.clone()}).position(1, q);
        assertThat(q).containsExactly(p);
        double[][] there = {{0, 0, 0}, {1, 0, 0}, {0, 0, 0}};
        assertThat(timing.along(there).duration()).isGreaterThan(1);
    }

    @Test
    void slowsDownUntilTorquesAreWithinLimits() {
        // A point mass of 2 kg at 0.5 m under gravity: tau = m l^2 a + m g l cos q.
        TorqueLimit.InverseDynamics pendulum =
                (q, v, a, out) -> out[0] = 2 * 0.25 * a[0] + 2 * 9.81 * 0.5 * Math.cos(q[0]);
        Trajectory fast =
                new Timing(new double[] {5}, new double[] {40}, new double[] {400}, 0.1)
                        .along(new double[][] {{-1}, {1}});
        TorqueLimit.Result r = TorqueLimit.fit(fast, pendulum, new double[] {12}, 0.002);
        assertThat(r.factor()).isGreaterThan(1.5);
        assertThat(r.holds()).isTrue();
        assertThat(r.worst()).isBetween(0.95, 1.001);
        assertThat(TorqueLimit.fit(fast, pendulum, new double[] {9}, 0.002).holds()).isFalse();
    }
}
