package org.openkaiwu.physics;

import java.util.EnumSet;
import java.util.Set;
import org.openkaiwu.body.Machine;
import org.openkaiwu.body.Options;
import org.openkaiwu.body.Options.Flag;
import org.openkaiwu.dynamics.FactorM;
import org.openkaiwu.math.InputException;

/**
 * Feasible lengths of muscles whose model does not give them: the actuator pulls and pushes for ten
 * damped seconds, without gravity, contacts and passive forces, until the joints stop it (MuJoCo's
 * {@code mj_setLengthRange} with its default options).
 */
final class LengthRange {
    private static final double ACCELERATION = 20;
    private static final double TIMECONST = 1;
    private static final double TIMESTEP = 0.01;
    private static final double TOTAL = 10;
    private static final double INTERVAL = 2;
    private static final double TOLERANCE = 0.05;

    private LengthRange() {}

    static void compute(Model model) {
        Machine m = model.machine;
        World w = null;
        Options saved = m.option;
        try {
            for (int a = 0; a < m.nactuator; a++) {
                if (!wanted(model, a)) {
                    continue;
                }
                if (w == null) {
                    m.option = options(saved);
                    w = new World(model);
                }
                measure(model, w, a);
            }
        } finally {
            m.option = saved;
        }
    }

    private static boolean wanted(Model model, int a) {
        Machine m = model.machine;
        int out = m.actuatorOutadr[a];
        boolean muscle =
                m.actuatorGaintype[a] == Actuation.GAIN_MUSCLE
                        || m.actuatorBiastype[a] == Actuation.BIAS_MUSCLE;
        double[] range = model.actuatorLengthrange;
        return muscle && !(range[2 * out] < range[2 * out + 1]);
    }

    private static Options options(Options model) {
        Options o = model.copy();
        Set<Flag> off =
                EnumSet.of(
                        Flag.FRICTIONLOSS,
                        Flag.CONTACT,
                        Flag.SPRING,
                        Flag.DAMPER,
                        Flag.GRAVITY,
                        Flag.ACTUATION);
        o.disable.clear();
        o.disable.addAll(off);
        o.timestep = TIMESTEP;
        if (o.integrator == Options.Integrator.RK4) {
            o.integrator = Options.Integrator.EULER;
        }
        return o;
    }

    private static void measure(Model model, World w, int a) {
        Machine m = model.machine;
        int out = m.actuatorOutadr[a];
        double[] lo = new double[2];
        double[] hi = new double[2];
        for (int side = 0; side < 2; side++) {
            w.reset();
            lo[side] = Double.POSITIVE_INFINITY;
            hi[side] = Double.NEGATIVE_INFINITY;
            while (w.time < TOTAL) {
                double length = drive(w, out, side);
                if (World.bad(length)) {
                    throw failure(m, a, "unstable");
                }
                if (w.time > TOTAL - INTERVAL) {
                    lo[side] = Math.min(lo[side], length);
                    hi[side] = Math.max(hi[side], length);
                }
            }
        }
        double range = hi[1] - lo[0];
        if (!(range > 0)
                || hi[0] - lo[0] > TOLERANCE * range
                || hi[1] - lo[1] > TOLERANCE * range) {
            throw failure(m, a, "not convergent");
        }
        model.actuatorLengthrange[2 * out] = lo[0];
        model.actuatorLengthrange[2 * out + 1] = hi[1];
    }

    private static InputException failure(Machine m, int a, String why) {
        return new InputException(
                "actuator " + a + " '" + m.actuatorName[a] + "'",
                "the search for its length range is " + why + "; give lengthrange in the model");
    }

    /** One step with an acceleration of fixed size along the moment; returns the length before. */
    private static double drive(World w, int out, int side) {
        Machine m = w.machine;
        double[] x = w.qfrcApplied;
        double slow = StrictMath.exp(-TIMESTEP / TIMECONST);
        for (int i = 0; i < m.nv; i++) {
            w.qvel[i] *= slow;
            x[i] = 0;
        }
        w.position();
        w.velocity();
        for (int k = w.model.momentRowadr[out]; k < w.model.momentRowadr[out + 1]; k++) {
            x[w.model.momentColind[k]] = w.actuatorMoment[k];
        }
        System.arraycopy(x, 0, w.dofScratch, 0, m.nv);
        FactorM.solve(m, w.tree, w.dofScratch);
        double sum = 0;
        for (int i = 0; i < m.nv; i++) {
            sum += w.dofScratch[i] * w.dofScratch[i];
        }
        double scale = (2 * side - 1) * ACCELERATION / Math.max(1e-15, Math.sqrt(sum));
        for (int i = 0; i < m.nv; i++) {
            x[i] *= scale;
        }
        w.acceleration();
        w.advance();
        return w.actuatorLength[out];
    }
}
