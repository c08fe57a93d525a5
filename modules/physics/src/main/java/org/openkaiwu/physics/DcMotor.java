package org.openkaiwu.physics;

import org.openkaiwu.body.Machine;
import org.openkaiwu.math.Trig;

/**
 * DC motors: winding resistance and inductance, back-EMF, heat, on-board controller, cogging, LuGre
 * friction (Canudas de Wit et al., IEEE TAC 40(3), 1995). Up to five activations, in the order
 * slew-limited set-point, integral, temperature, bristle, current; each only if its parameter is
 * positive.
 *
 * <p>dynprm: electrical time constant, current rate limit, thermal resistance and capacity, ambient
 * temperature, bristle stiffness and damping, slew rate, integral limit. gainprm: resistance, motor
 * constant, temperature coefficient and reference, kp, ki, kd, supply voltage. biasprm: cogging
 * amplitude, pole pairs, phase; Coulomb and static friction, Stribeck velocity.
 */
final class DcMotor {
    private static final double TINY = 1e-15;

    private DcMotor() {}

    private static boolean slews(Machine m, int p) {
        return m.actuatorDynprm[p + 7] > 0;
    }

    private static boolean integrates(Machine m, int p) {
        return m.actuatorGainprm[p + 5] > 0;
    }

    private static boolean heats(Machine m, int p) {
        return m.actuatorDynprm[p + 2] > 0;
    }

    private static boolean bristles(Machine m, int p) {
        return m.actuatorDynprm[p + 5] > 0;
    }

    private static boolean inductive(Machine m, int p) {
        return m.actuatorDynprm[p] > 0;
    }

    private static int integral(Machine m, int a) {
        return m.actuatorActadr[a] + (slews(m, 10 * a) ? 1 : 0);
    }

    private static int temperature(Machine m, int a) {
        return integral(m, a) + (integrates(m, 10 * a) ? 1 : 0);
    }

    private static int bristle(Machine m, int a) {
        return temperature(m, a) + (heats(m, 10 * a) ? 1 : 0);
    }

    private static int current(Machine m, int a) {
        return bristle(m, a) + (bristles(m, 10 * a) ? 1 : 0);
    }

    /** Terminal voltage that the on-board controller and the raw input make. */
    private static double voltage(World w, int a, double integral) {
        Machine m = w.machine;
        double[] g = m.actuatorGainprm;
        int p = 10 * a;
        int spec = m.actuatorCtrlspec[a];
        int u = m.actuatorCtrladr[a];
        int out = m.actuatorOutadr[a];
        double pos = (spec & Actuation.INPUT_POS) != 0 ? w.input[u++] : 0;
        double vel = (spec & Actuation.INPUT_VEL) != 0 ? w.input[u++] : 0;
        double ff = (spec & Actuation.INPUT_FF) != 0 ? w.input[u++] : 0;
        double raw = (spec & Actuation.INPUT_VOLTAGE) != 0 ? w.input[u] : 0;
        int controlled = Actuation.INPUT_POS | Actuation.INPUT_VEL | Actuation.INPUT_FF;
        double v = 0;
        if ((spec & controlled) != 0) {
            double velocity = w.actuatorVelocity[out];
            double torque =
                    g[p + 4] * (pos - w.actuatorLength[out])
                            + g[p + 6] * (vel - velocity)
                            + g[p + 5] * integral
                            + ff;
            v = g[p] / g[p + 1] * torque + g[p + 1] * velocity;
            double supply = g[p + 7];
            if (supply > 0) {
                v = Actuation.clip(v, -supply, supply);
            }
        }
        return v + raw;
    }

    /** {@code actDot} of all states. */
    static void rate(World w, int a) {
        Machine m = w.machine;
        int p = 10 * a;
        double[] dyn = m.actuatorDynprm;
        double[] g = m.actuatorGainprm;
        int u = m.actuatorCtrladr[a];
        int out = m.actuatorOutadr[a];
        double velocity = w.actuatorVelocity[out];
        if (slews(m, p)) {
            w.input[u] = Activation.slewLimit(w, u, m.actuatorActadr[a], dyn[p + 7], 0);
        }
        double integral = 0;
        if (integrates(m, p)) {
            int at = integral(m, a);
            integral = w.act[at];
            w.actDot[at] =
                    Activation.antiWindup(w.input[u] - w.actuatorLength[out], integral, dyn[p + 8]);
        }
        double v = voltage(w, a, integral);
        double r = g[p];
        double k = g[p + 1];
        if (heats(m, p)) {
            int at = temperature(m, a);
            double rise = w.act[at];
            r *= 1 + g[p + 2] * (rise + dyn[p + 4] - g[p + 3]);
            double i = inductive(m, p) ? w.act[current(m, a)] : (v - k * velocity) / r;
            w.actDot[at] = (r * i * i - rise / dyn[p + 2]) / dyn[p + 3];
        }
        if (bristles(m, p)) {
            int at = bristle(m, a);
            w.actDot[at] = decay(m, p, velocity) * w.act[at] + velocity;
        }
        if (inductive(m, p)) {
            int at = current(m, a);
            double rate = (v / r - k / r * velocity - w.act[at]) / dyn[p];
            double limit = dyn[p + 1];
            w.actDot[at] = limit > 0 ? Actuation.clip(rate, -limit, limit) : rate;
        }
    }

    /** Decay rate of the bristle deflection: {@code -sigma0 |v| / g(v)}. */
    static double decay(Machine m, int p, double velocity) {
        return -m.actuatorDynprm[p + 5]
                * Math.abs(velocity)
                / Math.max(TINY, stribeck(m, p, velocity));
    }

    static double stribeck(Machine m, int p, double velocity) {
        double[] b = m.actuatorBiasprm;
        double ratio = velocity / Math.max(TINY, b[p + 5]);
        return b[p + 3] + (b[p + 4] - b[p + 3]) * StrictMath.exp(-ratio * ratio);
    }

    /** Resistance at the present temperature. */
    static double resistance(World w, int a) {
        Machine m = w.machine;
        int p = 10 * a;
        double r = m.actuatorGainprm[p];
        if (heats(m, p)) {
            double rise = w.act[temperature(m, a)];
            r *=
                    1
                            + m.actuatorGainprm[p + 2]
                                    * (rise + m.actuatorDynprm[p + 4] - m.actuatorGainprm[p + 3]);
        }
        return r;
    }

    /**
     * Torque per ampere, or per volt of a motor without inductance. A controlled motor's input
     * becomes its voltage.
     */
    static double gain(World w, int a) {
        Machine m = w.machine;
        int p = 10 * a;
        double k = m.actuatorGainprm[p + 1];
        double gain = inductive(m, p) ? k : k / Math.max(TINY, resistance(w, a));
        if (m.actuatorCtrlspec[a] != Actuation.INPUT_VOLTAGE && m.actuatorCtrlnum[a] > 0) {
            double integral = integrates(m, p) ? w.act[integral(m, a)] : 0;
            w.input[m.actuatorCtrladr[a]] = voltage(w, a, integral);
        }
        return gain;
    }

    /** Cogging and friction, which the force limit does not hold. */
    static void addMechanical(World w, int a) {
        Machine m = w.machine;
        int p = 10 * a;
        int out = m.actuatorOutadr[a];
        double[] b = m.actuatorBiasprm;
        if (b[p] != 0) {
            w.actuatorForce[out] += b[p] * Trig.sin(b[p + 1] * w.actuatorLength[out] + b[p + 2]);
        }
        if (bristles(m, p)) {
            int at = bristle(m, a);
            w.actuatorForce[out] -=
                    m.actuatorDynprm[p + 5] * w.act[at] + m.actuatorDynprm[p + 6] * w.actDot[at];
        }
    }

    /** Derivative of the force by the velocity: back-EMF, controller damping, bristle damping. */
    static double slope(Machine m, int a) {
        int p = 10 * a;
        double r = Math.max(TINY, m.actuatorGainprm[p]);
        double k = m.actuatorGainprm[p + 1];
        int controlled = Actuation.INPUT_POS | Actuation.INPUT_VEL | Actuation.INPUT_FF;
        double volts =
                (m.actuatorCtrlspec[a] & controlled) != 0
                        ? -m.actuatorGainprm[p + 6] * r / k + k
                        : 0;
        double slope = k * (volts - k) / r;
        if (inductive(m, p)) {
            slope *= 1 - StrictMath.exp(-m.option.timestep / m.actuatorDynprm[p]);
        }
        return slope - m.actuatorDynprm[p + 6];
    }

    /** One state after a step; current and bristle exactly, the others by Euler's rule. */
    static double next(World w, int a, int at, double actDot) {
        Machine m = w.machine;
        int p = 10 * a;
        double h = m.option.timestep;
        double act = w.act[at];
        if (inductive(m, p) && at == current(m, a)) {
            double te = Math.max(TINY, m.actuatorDynprm[p]);
            return act + actDot * te * (1 - StrictMath.exp(-h / te));
        }
        if (bristles(m, p) && at == bristle(m, a)) {
            double velocity = w.actuatorVelocity[m.actuatorOutadr[a]];
            double rate = decay(m, p, velocity);
            double e = StrictMath.exp(rate * h);
            return e * act + (Math.abs(rate) > TINY ? (e - 1) / rate : h) * velocity;
        }
        act += actDot * h;
        double limit = m.actuatorDynprm[p + 8];
        if (integrates(m, p) && at == integral(m, a) && limit > 0) {
            return Actuation.clip(act, -limit, limit);
        }
        return act;
    }
}
