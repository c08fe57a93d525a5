package org.openkaiwu.physics;

import org.openkaiwu.body.Machine;
import org.openkaiwu.body.Options.Integrator;
import org.openkaiwu.dynamics.Crb;
import org.openkaiwu.dynamics.Tree;

/**
 * Inverse dynamics with constraints: the force that makes a given acceleration,
 *
 * <pre>qfrcInverse = M qacc + bias - passive - J' f(J qacc - aref)</pre>
 *
 * f the law of the constraint rows, which in the acceleration is explicit, so nothing is solved.
 * MuJoCo documentation, "Computation", section "Inverse dynamics". In continuous time: damping that
 * an integrator takes implicitly is not part of it. Only under the discrete integrator, whose
 * acceleration is that of a whole step, its matrix and force take the place of M and of the forces.
 */
final class Inverse {
    private Inverse() {}

    /** Positions, velocities and the rows' forces must be up to date. */
    static void run(World w, double[] out) {
        Machine m = w.machine;
        if (m.option.integrator == Integrator.DISCRETE) {
            discrete(w, out);
        } else {
            Crb.mulM(m, w.tree, out, w.qacc);
        }
        for (int i = 0; i < m.nv; i++) {
            out[i] += w.tree.qfrcBias[i] - w.qfrcPassive[i] - w.qfrcConstraint[i];
        }
    }

    /** {@code (M + h B + h^2 K) qacc + h K v}. */
    private static void discrete(World w, double[] out) {
        Discrete d = w.discrete();
        Tree t = w.tree.tree;
        for (int i = 0; i < w.machine.nv; i++) {
            out[i] = w.qfrcSmooth[i] - d.force[i];
            int diagonal = t.mRowadr[i + 1] - 1;
            for (int k = t.mRowadr[i]; k < diagonal; k++) {
                int j = t.mColind[k];
                out[i] += d.metric[k] * w.qacc[j];
                out[j] += d.metric[k] * w.qacc[i];
            }
            out[i] += d.metric[diagonal] * w.qacc[i];
        }
    }
}
