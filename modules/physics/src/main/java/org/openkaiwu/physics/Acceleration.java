package org.openkaiwu.physics;

import org.openkaiwu.body.Machine;
import org.openkaiwu.body.Options.Integrator;
import org.openkaiwu.dynamics.FactorM;
import org.openkaiwu.dynamics.Jacobian;

/** Sum of all forces but the constraints', and the acceleration that they make. */
final class Acceleration {
    private Acceleration() {}

    /** {@code qfrcSmooth, qaccSmooth}. */
    static void run(World w) {
        Machine m = w.machine;
        double[] bias = w.tree.qfrcBias;
        for (int i = 0; i < m.nv; i++) {
            w.qfrcSmooth[i] = w.qfrcPassive[i] - bias[i] + w.qfrcApplied[i] + w.qfrcActuator[i];
        }
        applied(w, w.qfrcSmooth);
        if (m.option.integrator == Integrator.DISCRETE) {
            w.discrete().run();
            return;
        }
        System.arraycopy(w.qfrcSmooth, 0, w.qaccSmooth, 0, m.nv);
        FactorM.solve(m, w.tree, w.qaccSmooth);
        if (w.sleep.count > 0) {
            for (int i = 0; i < m.nv; i++) {
                w.qaccSmooth[i] = w.sleep.asleep[m.dofTreeid[i]] ? 0 : w.qaccSmooth[i];
            }
        }
    }

    /** Adds the forces and torques {@code xfrcApplied} at the bodies' mass centres. */
    static void applied(World w, double[] qfrc) {
        Machine m = w.machine;
        double[] x = w.xfrcApplied;
        for (int b : w.tree.tree.articulated) {
            int k = 6 * b;
            if (x[k] != 0
                    || x[k + 1] != 0
                    || x[k + 2] != 0
                    || x[k + 3] != 0
                    || x[k + 4] != 0
                    || x[k + 5] != 0) {
                Jacobian.applyForce(m, w.tree, b, x, k, x, k + 3, w.tree.xipos, 3 * b, qfrc);
            }
        }
    }
}
