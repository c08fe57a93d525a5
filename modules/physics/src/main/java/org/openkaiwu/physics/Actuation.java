package org.openkaiwu.physics;

import java.util.Arrays;
import org.openkaiwu.body.Machine;
import org.openkaiwu.body.Options.Flag;
import org.openkaiwu.dynamics.Integrate;
import org.openkaiwu.math.Flat;
import org.openkaiwu.math.Trig;

/**
 * Actuator forces: activation dynamics, gains and biases, clamps, and their sum on the joints.
 * After {@link Transmission} and the velocities.
 */
final class Actuation {
    static final int DYN_NONE = 0;
    static final int DYN_INTEGRATOR = 1;
    static final int DYN_FILTER = 2;
    static final int DYN_FILTEREXACT = 3;
    static final int DYN_MUSCLE = 4;
    static final int DYN_DCMOTOR = 5;
    static final int DYN_PID = 6;

    static final int GAIN_FIXED = 0;
    static final int GAIN_AFFINE = 1;
    static final int GAIN_MUSCLE = 2;
    static final int GAIN_DCMOTOR = 3;
    static final int GAIN_SO3 = 4;
    static final int GAIN_PID = 5;

    static final int BIAS_AFFINE = 1;
    static final int BIAS_MUSCLE = 2;
    static final int BIAS_DCMOTOR = 3;

    /** Bits of {@code actuatorCtrlspec}. */
    static final int INPUT_POS = 1;

    static final int INPUT_VEL = 2;
    static final int INPUT_FF = 4;
    static final int INPUT_VOLTAGE = 8;
    private static final int CHART_QUAT = 2;

    private static final double TINY = 1e-15;

    private Actuation() {}

    static void run(World w) {
        Machine m = w.machine;
        Arrays.fill(w.actuatorForce, 0);
        Arrays.fill(w.qfrcActuator, 0);
        if (m.nactuator == 0 || w.disabled(Flag.ACTUATION)) {
            return;
        }
        inputs(w);
        for (int a = 0; a < m.nactuator; a++) {
            if (m.actuatorActadr[a] >= 0) {
                Activation.rate(w, a);
            }
        }
        boolean limitedTendon = false;
        for (int a = 0; a < m.nactuator; a++) {
            if (enabled(w, a)) {
                force(w, a);
                limitedTendon |=
                        m.actuatorTrntype[a] == Transmission.TENDON
                                && m.tendonActfrclimited[m.actuatorTrnid[2 * a]];
            }
        }
        if (limitedTendon) {
            clampTendons(w);
        }
        for (int a = 0; a < m.nactuator; a++) {
            if (m.actuatorForcelimited[a]) {
                clampForce(w, a);
            }
        }
        for (int a = 0; a < m.nactuator; a++) {
            if (m.actuatorBiastype[a] == BIAS_DCMOTOR && enabled(w, a)) {
                DcMotor.addMechanical(w, a);
            }
        }
        Sparse.addMulTVec(
                w.qfrcActuator,
                m.nout,
                w.model.momentRowadr,
                w.model.momentColind,
                w.actuatorMoment,
                w.actuatorForce);
        joints(w);
    }

    /** The actuator's group is not switched off. */
    static boolean enabled(World w, int a) {
        int group = w.machine.actuatorGroup[a];
        return group < 0 || group > 30 || (w.machine.option.disableactuator & 1 << group) == 0;
    }

    /** {@code input}: delayed and clamped controls; all zero when one is not a number. */
    private static void inputs(World w) {
        Machine m = w.machine;
        double[] u = w.input;
        System.arraycopy(w.ctrl, 0, u, 0, m.nu);
        if (w.history.any()) {
            w.history.delayedControls(u);
        }
        if (!w.disabled(Flag.CLAMPCTRL)) {
            for (int i = 0; i < m.nu; i++) {
                if (m.actuatorCtrllimited[i]) {
                    double lo = m.actuatorCtrlrange[2 * i];
                    u[i] = clip(u[i], lo, m.actuatorCtrlrange[2 * i + 1]);
                }
            }
        }
        for (int i = 0; i < m.nu; i++) {
            if (World.bad(u[i])) {
                w.warn(World.Warning.BAD_CTRL, i);
                Arrays.fill(u, 0, m.nu, 0);
                return;
            }
        }
    }

    static double clip(double x, double lo, double hi) {
        return x < lo ? lo : x > hi ? hi : x;
    }

    /** Half away from zero. */
    static double round(double x) {
        return x < 0 ? -Math.floor(-x + 0.5) : Math.floor(x + 0.5);
    }

    /** The representative of u nearest to length. */
    static double wrap(double u, double length, double period) {
        return u - period * round((u - length) / period);
    }

    /** Period of the length of a servo on a rotation; 0 for all others. */
    static double period(Machine m, int a) {
        int p = 10 * a;
        int dyn = m.actuatorDyntype[a];
        boolean servo =
                m.actuatorGaintype[a] == GAIN_FIXED
                        && m.actuatorBiastype[a] == BIAS_AFFINE
                        && m.actuatorGainprm[p] == -m.actuatorBiasprm[p + 1]
                        && (dyn == DYN_NONE || dyn == DYN_INTEGRATOR);
        if (!servo && m.actuatorGaintype[a] != GAIN_PID) {
            return 0;
        }
        double[] g = m.actuatorGear;
        int at = 6 * m.actuatorOutadr[a];
        return switch (m.actuatorTrntype[a]) {
            case Transmission.SITE ->
                    m.actuatorTrnid[2 * a + 1] >= 0
                                    && g[at] == 0
                                    && g[at + 1] == 0
                                    && g[at + 2] == 0
                            ? 2 * Math.PI * Flat.norm3(g, at + 3)
                            : 0;
            case Transmission.JOINT, Transmission.JOINTINPARENT ->
                    m.jntType[m.actuatorTrnid[2 * a]] == Joints.BALL
                            ? 2 * Math.PI * Flat.norm3(g, at)
                            : 0;
            default -> 0;
        };
    }

    private static void force(World w, int a) {
        Machine m = w.machine;
        int out = m.actuatorOutadr[a];
        int p = 10 * a;
        int type = m.actuatorGaintype[a];
        if (type == GAIN_SO3) {
            orientation(w, a);
            return;
        }
        double length = w.actuatorLength[out];
        double velocity = w.actuatorVelocity[out];
        double[] prm = m.actuatorGainprm;
        double gain = gain(w, a);
        double f;
        if (type == GAIN_PID) {
            f = pid(w, a);
        } else {
            f = gain * drive(w, a);
        }
        double[] bias = w.model.actuatorBiasprm;
        f +=
                switch (m.actuatorBiastype[a]) {
                    case BIAS_AFFINE -> bias[p] + bias[p + 1] * length + bias[p + 2] * velocity;
                    case BIAS_MUSCLE ->
                            Muscle.passive(
                                    length,
                                    w.model.actuatorLengthrange,
                                    2 * out,
                                    w.model.actuatorAcc0[out],
                                    bias,
                                    p);
                    case BIAS_DCMOTOR ->
                            m.actuatorDynprm[p] <= 0 ? -gain * prm[p + 1] * velocity : 0;
                    default -> 0;
                };
        w.actuatorForce[out] = f;
    }

    private static double gain(World w, int a) {
        Machine m = w.machine;
        int p = 10 * a;
        int out = m.actuatorOutadr[a];
        double[] prm = m.actuatorGainprm;
        return switch (m.actuatorGaintype[a]) {
            case GAIN_FIXED -> prm[p];
            case GAIN_AFFINE ->
                    prm[p]
                            + prm[p + 1] * w.actuatorLength[out]
                            + prm[p + 2] * w.actuatorVelocity[out];
            case GAIN_MUSCLE ->
                    Muscle.gain(
                            w.actuatorLength[out],
                            w.actuatorVelocity[out],
                            w.model.actuatorLengthrange,
                            2 * out,
                            w.model.actuatorAcc0[out],
                            prm,
                            p);
            case GAIN_DCMOTOR -> DcMotor.gain(w, a);
            case GAIN_PID -> 0;
            default -> 1;
        };
    }

    /** What the gain multiplies: the last activation, or the control of a stateless actuator. */
    static double drive(World w, int a) {
        Machine m = w.machine;
        int num = m.actuatorActnum[a];
        boolean stateless =
                num == 0 || m.actuatorGaintype[a] == GAIN_DCMOTOR && m.actuatorDynprm[10 * a] <= 0;
        double x;
        if (stateless) {
            x = m.actuatorCtrlnum[a] > 0 ? w.input[m.actuatorCtrladr[a]] : 0;
        } else {
            x = Activation.activation(w, a, m.actuatorActadr[a] + num - 1);
        }
        double period = period(m, a);
        return period > 0 ? wrap(x, w.actuatorLength[m.actuatorOutadr[a]], period) : x;
    }

    private static double pid(World w, int a) {
        Machine m = w.machine;
        int u = m.actuatorCtrladr[a];
        int spec = m.actuatorCtrlspec[a];
        int p = 10 * a;
        double[] bias = w.model.actuatorBiasprm;
        double pos = (spec & INPUT_POS) != 0 ? w.input[u++] : 0;
        double vel = (spec & INPUT_VEL) != 0 ? w.input[u++] : 0;
        double ff = (spec & INPUT_FF) != 0 ? w.input[u] : 0;
        double period = period(m, a);
        if (period > 0) {
            pos = wrap(pos, w.actuatorLength[m.actuatorOutadr[a]], period);
        }
        double f = -bias[p + 1] * pos - bias[p + 2] * vel + ff;
        int num = m.actuatorActnum[a];
        if (num > 0 && m.actuatorGainprm[p] > 0) {
            f += m.actuatorGainprm[p] * Activation.activation(w, a, m.actuatorActadr[a] + num - 1);
        }
        return f;
    }

    /** Geodesic servo on an orientation: three outputs. */
    private static void orientation(World w, int a) {
        Machine m = w.machine;
        int out = m.actuatorOutadr[a];
        int u = m.actuatorCtrladr[a];
        double[] q = w.quats;
        double[] s = w.scratch;
        if (m.actuatorCtrlspec[a] == CHART_QUAT) {
            System.arraycopy(w.input, u, q, 0, 4);
            Flat.normalizeQuat(q, 0);
        } else {
            boolean stateless = m.actuatorDyntype[a] == DYN_NONE;
            for (int k = 0; k < 3; k++) {
                s[k] =
                        stateless
                                ? w.input[u + k]
                                : Activation.activation(w, a, m.actuatorActadr[a] + k);
            }
            fromRotationVector(q, 0, s, 0);
        }
        fromRotationVector(q, 4, w.actuatorLength, out);
        Integrate.subQuat(s, 0, q, 0, q, 4, 1);
        double kp = m.actuatorGainprm[10 * a];
        double[] bias = w.model.actuatorBiasprm;
        for (int k = 0; k < 3; k++) {
            w.actuatorForce[out + k] =
                    kp * s[k] + bias[10 * a] + bias[10 * a + 2] * w.actuatorVelocity[out + k];
        }
    }

    private static void fromRotationVector(double[] q, int qo, double[] v, int vo) {
        double n = Flat.norm3(v, vo);
        if (n < TINY) {
            q[qo] = 1;
            Flat.set3(q, qo + 1, 0, 0, 0);
            return;
        }
        double sin = Trig.sin(n * 0.5);
        q[qo] = Trig.cos(n * 0.5);
        Flat.set3(q, qo + 1, v[vo] / n * sin, v[vo + 1] / n * sin, v[vo + 2] / n * sin);
    }

    /** Scales the forces on a tendon down to its limit. */
    private static void clampTendons(World w) {
        Machine m = w.machine;
        for (int t = 0; t < m.ntendon; t++) {
            if (!m.tendonActfrclimited[t]) {
                continue;
            }
            double total = 0;
            for (int a = 0; a < m.nactuator; a++) {
                if (drives(m, a, t)) {
                    total += w.actuatorForce[m.actuatorOutadr[a]];
                }
            }
            double lo = m.tendonActfrcrange[2 * t];
            double hi = m.tendonActfrcrange[2 * t + 1];
            if (total == 0 || total >= lo && total <= hi) {
                continue;
            }
            double scale = (total < lo ? lo : hi) / total;
            for (int a = 0; a < m.nactuator; a++) {
                if (drives(m, a, t)) {
                    w.actuatorForce[m.actuatorOutadr[a]] *= scale;
                }
            }
        }
    }

    private static boolean drives(Machine m, int a, int tendon) {
        return m.actuatorTrntype[a] == Transmission.TENDON && m.actuatorTrnid[2 * a] == tendon;
    }

    private static void clampForce(World w, int a) {
        Machine m = w.machine;
        double lo = m.actuatorForcerange[2 * a];
        double hi = m.actuatorForcerange[2 * a + 1];
        int out = m.actuatorOutadr[a];
        double[] f = w.actuatorForce;
        if (m.actuatorGaintype[a] == GAIN_SO3) {
            double n = Flat.norm3(f, out);
            if (n > hi) {
                double s = hi / n;
                Flat.set3(f, out, f[out] * s, f[out + 1] * s, f[out + 2] * s);
            }
            return;
        }
        for (int k = out; k < out + m.actuatorOutnum[a]; k++) {
            f[k] = clip(f[k], lo, hi);
        }
    }

    /** Gravity compensation by actuators, and the joints' limits. */
    private static void joints(World w) {
        Machine m = w.machine;
        boolean gravcomp = w.model.gravcompBodies.length > 0 && w.gravityOn();
        for (int j = 0; j < m.njnt; j++) {
            int i = m.jntDofadr[j];
            if (gravcomp && m.jntActgravcomp[j]) {
                for (int k = i; k < i + Joints.dofs(m.jntType[j]); k++) {
                    w.qfrcActuator[k] += w.qfrcGravcomp[k];
                }
            }
            if (m.jntActfrclimited[j]) {
                w.qfrcActuator[i] =
                        clip(
                                w.qfrcActuator[i],
                                m.jntActfrcrange[2 * j],
                                m.jntActfrcrange[2 * j + 1]);
            }
        }
    }
}
