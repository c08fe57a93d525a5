package org.openkaiwu.physics;

import org.openkaiwu.body.Machine;
import org.openkaiwu.dynamics.Integrate;

/**
 * How the state after one step depends on the state and the controls before it, by finite
 * differences:
 *
 * <pre>dx' = A dx + B du,   x = (configuration, velocity, activation)</pre>
 *
 * Differences of configurations are taken in the tangent space (rotation vectors), so x has {@code
 * 2 nv + na} numbers. The meaning is that of MuJoCo's {@code mjd_transitionFD}. Controls at an end
 * of their range are moved inward only. One thread's; the world is left as it was found.
 *
 * <pre>{@code
 * StepDerivatives d = new StepDerivatives(world);
 * d.compute(1e-6, true);
 * double dVelocityDControl = d.b[(nv + i) * nu + k];
 * }</pre>
 */
public final class StepDerivatives {
    /** Numbers of x: 2 nv + na. */
    public final int nx;

    /** Controls. */
    public final int nu;

    /** Derivative of x' by x, row-major; shape nx x nx. */
    public final double[] a;

    /** Derivative of x' by u, row-major; shape nx x nu. */
    public final double[] b;

    private final World w;
    private final double[] start;
    private final double[] tangent;
    private final double[] plusQpos;
    private final double[] plusRest;
    private final double[] minusQpos;
    private final double[] minusRest;
    private final double[] column;

    /** Derivatives of a world's steps. */
    public StepDerivatives(World world) {
        w = world;
        Machine m = w.machine;
        nx = 2 * m.nv + m.na;
        nu = m.nu;
        a = new double[nx * nx];
        b = new double[nx * nu];
        start = new double[w.stateSize()];
        tangent = new double[m.nv];
        plusQpos = new double[m.nq];
        minusQpos = new double[m.nq];
        plusRest = new double[m.nv + m.na];
        minusRest = new double[m.nv + m.na];
        column = new double[nx];
    }

    /**
     * Computes {@link #a} and {@link #b} at the world's present state and controls.
     *
     * @param eps size of the differences, in the units of each coordinate; 1e-6 is a good choice
     * @param centred both ways, which is exact to second order and takes twice the steps
     */
    public void compute(double eps, boolean centred) {
        w.saveState(start);
        for (int i = 0; i < nx; i++) {
            double h = eps;
            moveState(i, eps);
            end(plusQpos, plusRest);
            if (centred) {
                moveState(i, -eps);
                h = 2 * eps;
            }
            end(minusQpos, minusRest);
            store(a, nx, i, h);
        }
        for (int k = 0; k < nu; k++) {
            boolean up = inRange(k, w.ctrl[k] + eps);
            boolean down = inRange(k, w.ctrl[k] - eps);
            double plus = up || !down ? eps : 0;
            double minus = !up && down || centred && down ? eps : 0;
            w.ctrl[k] += plus;
            end(plusQpos, plusRest);
            w.ctrl[k] -= minus;
            end(minusQpos, minusRest);
            store(b, nu, k, plus + minus);
        }
    }

    private boolean inRange(int k, double u) {
        Machine m = w.machine;
        double lo = m.actuatorCtrlrange[2 * k];
        double hi = m.actuatorCtrlrange[2 * k + 1];
        return !(lo < hi) || u >= lo && u <= hi;
    }

    private void moveState(int i, double eps) {
        Machine m = w.machine;
        if (i < m.nv) {
            tangent[i] = 1;
            Integrate.pos(m, w.qpos, tangent, eps);
            tangent[i] = 0;
        } else if (i < 2 * m.nv) {
            w.qvel[i - m.nv] += eps;
        } else {
            w.act[i - 2 * m.nv] += eps;
        }
    }

    /** One step; its end goes out, the start comes back. */
    private void end(double[] qpos, double[] rest) {
        Machine m = w.machine;
        w.step();
        System.arraycopy(w.qpos, 0, qpos, 0, m.nq);
        System.arraycopy(w.qvel, 0, rest, 0, m.nv);
        System.arraycopy(w.act, 0, rest, m.nv, m.na);
        w.restoreState(start);
    }

    private void store(double[] to, int columns, int c, double h) {
        Machine m = w.machine;
        Integrate.difference(m, column, h, minusQpos, plusQpos);
        for (int i = 0; i < m.nv + m.na; i++) {
            column[m.nv + i] = (plusRest[i] - minusRest[i]) / h;
        }
        for (int i = 0; i < nx; i++) {
            to[i * columns + c] = column[i];
        }
    }
}
