package org.openkaiwu.physics;

import java.util.Arrays;
import org.openkaiwu.body.Machine;
import org.openkaiwu.body.Options.Flag;
import org.openkaiwu.body.Options.Integrator;
import org.openkaiwu.dynamics.TreeMatrix;
import org.openkaiwu.math.Flat;

/** Derivatives of actuator and passive forces by the velocities, for the implicit integrators. */
final class Derivatives {
    private static final double TINY = 1e-15;

    private Derivatives() {}

    /** {@code out += d(qfrcActuator)/d(qvel)}; clamps of joints are not seen. */
    static void actuators(World w, TreeMatrix out) {
        Machine m = w.machine;
        if (w.disabled(Flag.ACTUATION)) {
            return;
        }
        for (int a = 0; a < m.nactuator; a++) {
            if (!Actuation.enabled(w, a) || saturated(w, a)) {
                continue;
            }
            double slope = slope(w, a);
            if (slope == 0) {
                continue;
            }
            int first = m.actuatorOutadr[a];
            for (int o = first; o < first + m.actuatorOutnum[a]; o++) {
                out.addOuter(
                        w.actuatorMoment,
                        w.model.momentColind,
                        w.model.momentRowadr[o],
                        w.model.momentRowadr[o + 1],
                        slope);
            }
        }
    }

    static boolean saturated(World w, int a) {
        Machine m = w.machine;
        if (!m.actuatorForcelimited[a]) {
            return false;
        }
        int out = m.actuatorOutadr[a];
        double hi = m.actuatorForcerange[2 * a + 1];
        if (m.actuatorGaintype[a] == Actuation.GAIN_SO3) {
            return Flat.norm3(w.actuatorForce, out) >= hi;
        }
        double f = w.actuatorForce[out];
        return f <= m.actuatorForcerange[2 * a] || f >= hi;
    }

    /** Derivative of the force by the actuator's velocity. */
    private static double slope(World w, int a) {
        Machine m = w.machine;
        int p = 10 * a;
        int out = m.actuatorOutadr[a];
        double slope =
                switch (m.actuatorBiastype[a]) {
                    case Actuation.BIAS_AFFINE, 4 -> w.model.actuatorBiasprm[p + 2];
                    default -> 0;
                };
        double gainSlope = 0;
        switch (m.actuatorGaintype[a]) {
            case Actuation.GAIN_AFFINE -> gainSlope = m.actuatorGainprm[p + 2];
            case Actuation.GAIN_MUSCLE ->
                    gainSlope =
                            Muscle.gainSlope(
                                    w.actuatorLength[out],
                                    w.actuatorVelocity[out],
                                    w.model.actuatorLengthrange,
                                    2 * out,
                                    w.model.actuatorAcc0[out],
                                    m.actuatorGainprm,
                                    p);
            case Actuation.GAIN_DCMOTOR -> slope += DcMotor.slope(m, a);
            default -> {
                // the gain does not depend on the velocity
            }
        }
        if (gainSlope != 0) {
            double input;
            if (m.actuatorDyntype[a] == Actuation.DYN_NONE) {
                input = w.ctrl[m.actuatorCtrladr[a]];
            } else {
                int at = m.actuatorActadr[a] + m.actuatorActnum[a] - 1;
                input = m.actuatorActearly[a] ? Activation.next(w, a, at, w.actDot[at]) : w.act[at];
            }
            slope += gainSlope * input;
        }
        return slope;
    }

    /** Minus the derivative of the force by the actuator's length. */
    static double stiffness(World w, int a) {
        Machine m = w.machine;
        int p = 10 * a;
        double k = 0;
        if (m.actuatorBiastype[a] == Actuation.BIAS_AFFINE) {
            k -= w.model.actuatorBiasprm[p + 1];
        }
        switch (m.actuatorGaintype[a]) {
            case Actuation.GAIN_AFFINE -> k -= m.actuatorGainprm[p + 1] * Actuation.drive(w, a);
            case Actuation.GAIN_SO3 -> k += m.actuatorGainprm[p];
            case Actuation.GAIN_DCMOTOR -> k += m.actuatorGainprm[p + 4];
            default -> {
                // the gain does not depend on the length to first order
            }
        }
        return k;
    }

    /** {@code out += d(qfrcPassive)/d(qvel)}. */
    static void passive(World w, TreeMatrix out) {
        Machine m = w.machine;
        if (w.disabled(Flag.SPRING) && w.disabled(Flag.DAMPER)) {
            return;
        }
        if (m.option.viscosity > 0 || m.option.density > 0) {
            fluid(w, out);
        }
        if (w.disabled(Flag.DAMPER)) {
            return;
        }
        for (int i : w.model.dampedDofs) {
            out.lower[w.tree.tree.fullRowadr[i + 1] - 1] -=
                    Polynomial.damperSlope(
                            w.model.dofDamping[i], m.dofDampingpoly, 2 * i, w.qvel[i]);
        }
        for (int t = 0; t < m.ntendon; t++) {
            double slope =
                    -Polynomial.damperSlope(
                            w.model.tendonDamping[t], m.tendonDampingpoly, 2 * t, w.tenVelocity[t]);
            if (slope != 0) {
                out.addOuter(
                        w.tenJ,
                        w.model.tenJColind,
                        w.model.tenJRowadr[t],
                        w.model.tenJRowadr[t + 1],
                        slope);
            }
        }
    }

    private static void fluid(World w, TreeMatrix out) {
        Machine m = w.machine;
        for (int b = 1; b < m.nbody; b++) {
            if (m.bodyMass[b] < TINY || w.tree.tree.bodyLastDof[b] < 0) {
                continue;
            }
            if (!Fluid.ellipsoids(m, b)) {
                FluidDerivative.box(w, b, w.matrix66);
                out.addBody(m, w.tree, b, w.tree.xipos, 3 * b, w.tree.ximat, 9 * b, w.matrix66);
                continue;
            }
            boolean symmetric =
                    m.option.integrator == Integrator.IMPLICITFAST && !w.model.freeBody[b];
            for (int k = 0; k < m.bodyGeomnum[b]; k++) {
                int g = m.bodyGeomadr[b] + k;
                if (m.geomFluid[12 * g] == 0) {
                    continue;
                }
                FluidDerivative.ellipsoid(w, b, g, w.matrix66);
                if (symmetric) {
                    symmetrize(w.matrix66);
                }
                out.addBody(
                        m, w.tree, b, w.tree.geomXpos, 3 * g, w.tree.geomXmat, 9 * g, w.matrix66);
            }
        }
    }

    private static void symmetrize(double[] b) {
        for (int i = 0; i < 6; i++) {
            for (int j = 0; j < i; j++) {
                double mean = 0.5 * (b[6 * i + j] + b[6 * j + i]);
                b[6 * i + j] = mean;
                b[6 * j + i] = mean;
            }
        }
    }

    /** Clears a 6 x 6 matrix. */
    static void clear(double[] b) {
        Arrays.fill(b, 0, 36, 0);
    }
}
