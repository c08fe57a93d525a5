package org.openkaiwu.physics;

import org.openkaiwu.body.Machine;
import org.openkaiwu.dynamics.Integrate;

/** The classical fourth-order Runge-Kutta rule; activations and velocities move with it. */
final class RungeKutta {
    private static final double[] NODE = {0.5, 0.5, 1};
    private static final double[] WEIGHT = {1.0 / 6, 1.0 / 3, 1.0 / 3, 1.0 / 6};

    private final World w;
    private final double[] qpos;
    private final double[] act;
    private final double[][] vel;
    private final double[][] acc;
    private final double[][] rate;
    private final double[] sumVel;
    private final double[] sumAcc;
    private final double[] sumRate;

    RungeKutta(World world) {
        w = world;
        Machine m = w.machine;
        qpos = new double[m.nq];
        act = new double[m.na];
        vel = new double[4][m.nv];
        acc = new double[4][m.nv];
        rate = new double[4][m.na];
        sumVel = new double[m.nv];
        sumAcc = new double[m.nv];
        sumRate = new double[m.na];
    }

    void step() {
        Machine m = w.machine;
        double h = m.option.timestep;
        double time = w.time;
        System.arraycopy(w.qpos, 0, qpos, 0, m.nq);
        System.arraycopy(w.act, 0, act, 0, m.na);
        keep(0);
        for (int k = 1; k < 4; k++) {
            double s = NODE[k - 1];
            System.arraycopy(qpos, 0, w.qpos, 0, m.nq);
            for (int i = 0; i < m.nv; i++) {
                sumVel[i] = s * vel[k - 1][i];
                w.qvel[i] = vel[0][i] + h * (s * acc[k - 1][i]);
            }
            Integrate.pos(m, w.qpos, sumVel, h);
            w.sleep.hold();
            for (int i = 0; i < m.na; i++) {
                w.act[i] = act[i] + h * (s * rate[k - 1][i]);
            }
            w.time = time + s * h;
            w.forward(false);
            keep(k);
        }
        sum(vel, sumVel);
        sum(acc, sumAcc);
        sum(rate, sumRate);
        w.time = time;
        System.arraycopy(qpos, 0, w.qpos, 0, m.nq);
        System.arraycopy(vel[0], 0, w.qvel, 0, m.nv);
        System.arraycopy(act, 0, w.act, 0, m.na);
        Integrators.advance(w, sumRate, sumAcc, sumVel);
    }

    private void keep(int k) {
        System.arraycopy(w.qvel, 0, vel[k], 0, vel[k].length);
        System.arraycopy(w.qacc, 0, acc[k], 0, acc[k].length);
        System.arraycopy(w.actDot, 0, rate[k], 0, rate[k].length);
    }

    private static void sum(double[][] a, double[] r) {
        for (int i = 0; i < r.length; i++) {
            r[i] = 0;
            for (int k = 0; k < 4; k++) {
                r[i] += WEIGHT[k] * a[k][i];
            }
        }
    }
}
