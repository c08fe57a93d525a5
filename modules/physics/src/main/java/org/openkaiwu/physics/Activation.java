package org.openkaiwu.physics;

import java.util.Arrays;
import org.openkaiwu.body.Machine;
import org.openkaiwu.body.Options.Flag;
import org.openkaiwu.math.Flat;

/** The inner states of actuators: their rates, and their values after a step. */
final class Activation {
    private static final double TINY = 1e-15;

    private Activation() {}

    /** {@code actDot} of one actuator. */
    static void rate(World w, int a) {
        Machine m = w.machine;
        int first = m.actuatorActadr[a];
        int num = m.actuatorActnum[a];
        int last = first + num - 1;
        int u = m.actuatorCtrladr[a];
        int p = 10 * a;
        Arrays.fill(w.actDot, first, first + num, 0);
        switch (m.actuatorDyntype[a]) {
            case Actuation.DYN_INTEGRATOR -> {
                int n = m.actuatorCtrlnum[a];
                for (int k = 0; k < n; k++) {
                    w.actDot[last - n + 1 + k] = w.input[u + k];
                }
            }
            case Actuation.DYN_FILTER, Actuation.DYN_FILTEREXACT ->
                    w.actDot[last] =
                            (w.input[u] - w.act[last]) / Math.max(TINY, m.actuatorDynprm[p]);
            case Actuation.DYN_MUSCLE ->
                    w.actDot[last] = Muscle.rate(w.input[u], w.act[last], m.actuatorDynprm, p);
            case Actuation.DYN_PID -> pidRate(w, a);
            case Actuation.DYN_DCMOTOR -> DcMotor.rate(w, a);
            default -> {
                // user dynamics: the activation stands still
            }
        }
    }

    private static void pidRate(World w, int a) {
        Machine m = w.machine;
        int at = m.actuatorActadr[a];
        int u = m.actuatorCtrladr[a];
        double period = Actuation.period(m, a);
        double slew = m.actuatorDynprm[10 * a + 1];
        if (slew > 0) {
            w.input[u] = slewLimit(w, u, at, slew, period);
            at++;
        }
        if (m.actuatorGainprm[10 * a] > 0) {
            double err = w.input[u] - w.actuatorLength[m.actuatorOutadr[a]];
            if (period > 0) {
                err -= period * Actuation.round(err / period);
            }
            w.actDot[at] = antiWindup(err, w.act[at], m.actuatorDynprm[10 * a]);
        }
    }

    /** Stops an integral from growing beyond its limit (0: none). */
    static double antiWindup(double err, double state, double limit) {
        if (limit > 0) {
            if (state >= limit) {
                return Math.min(err, 0);
            }
            if (state <= -limit) {
                return Math.max(err, 0);
            }
        }
        return err;
    }

    /** Set-point that moves from the stored one at most at the given rate; sets its actDot. */
    static double slewLimit(World w, int u, int at, double rate, double period) {
        double before = w.act[at];
        double dt = w.machine.option.timestep;
        double target = period > 0 ? Actuation.wrap(w.input[u], before, period) : w.input[u];
        double limited = Actuation.clip(target, before - rate * dt, before + rate * dt);
        w.actDot[at] = (limited - before) / dt;
        return limited;
    }

    /** The activation that makes the force: this step's, or with actearly the next one's. */
    static double activation(World w, int a, int at) {
        return w.machine.actuatorActearly[a] ? next(w, a, at, w.actDot[at]) : w.act[at];
    }

    /** The activation at {@code at} of actuator a after one step. */
    static double next(World w, int a, int at, double actDot) {
        Machine m = w.machine;
        double act = w.act[at];
        double h = m.option.timestep;
        int dyn = m.actuatorDyntype[a];
        if (dyn == Actuation.DYN_FILTEREXACT) {
            double tau = Math.max(TINY, m.actuatorDynprm[10 * a]);
            act += actDot * tau * (1 - StrictMath.exp(-h / tau));
        } else if (dyn == Actuation.DYN_DCMOTOR) {
            return DcMotor.next(w, a, at, actDot);
        } else {
            act += actDot * h;
        }
        if (m.actuatorActlimited[a]) {
            act = Actuation.clip(act, m.actuatorActrange[2 * a], m.actuatorActrange[2 * a + 1]);
        }
        return act;
    }

    /** Moves all activations by one step. */
    static void advance(World w, double[] actDot) {
        Machine m = w.machine;
        if (m.na == 0 || w.disabled(Flag.ACTUATION)) {
            return;
        }
        for (int a = 0; a < m.nactuator; a++) {
            int first = m.actuatorActadr[a];
            boolean on = Actuation.enabled(w, a);
            for (int at = first; at >= 0 && at < first + m.actuatorActnum[a]; at++) {
                w.act[at] = next(w, a, at, on ? actDot[at] : 0);
            }
        }
        for (int a = 0; a < m.nactuator; a++) {
            if (m.actuatorDyntype[a] == Actuation.DYN_INTEGRATOR) {
                rewrap(w, a);
            }
        }
    }

    /** Replaces a stored rotational set-point by its equivalent near the present rotation. */
    private static void rewrap(World w, int a) {
        Machine m = w.machine;
        double period = Actuation.period(m, a);
        int first = m.actuatorActadr[a];
        if (period > 0) {
            int at = first + m.actuatorActnum[a] - 1;
            w.act[at] = Actuation.wrap(w.act[at], w.actuatorLength[m.actuatorOutadr[a]], period);
        } else if (m.actuatorGaintype[a] == Actuation.GAIN_SO3) {
            double angle = Flat.norm3(w.act, first);
            if (angle > Math.PI) {
                double s = (angle - 2 * Math.PI * Actuation.round(angle / (2 * Math.PI))) / angle;
                for (int k = first; k < first + 3; k++) {
                    w.act[k] *= s;
                }
            }
        }
    }
}
