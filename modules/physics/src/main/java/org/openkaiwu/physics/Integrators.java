package org.openkaiwu.physics;

import org.openkaiwu.body.Machine;
import org.openkaiwu.body.Options.Flag;
import org.openkaiwu.body.Options.Integrator;
import org.openkaiwu.dynamics.FactorM;
import org.openkaiwu.dynamics.Integrate;

/** Advances a world's state by one time step. */
final class Integrators {
    private final World w;

    /** Acceleration of the implicit rule. Shape nv. */
    final double[] qacc;

    /** What damping adds to the diagonal of M, zero for dofs without. Shape nv. */
    final double[] damping;

    private final double[] qH;
    private final double[] qHDiagInv;
    private RungeKutta rungeKutta;
    private Implicit implicit;

    Integrators(World world) {
        w = world;
        Machine m = w.machine;
        qacc = new double[m.nv];
        damping = new double[m.nv];
        qH = new double[w.tree.tree.nC];
        qHDiagInv = new double[m.nv];
        prepare();
    }

    /** Makes the memory that the chosen integrator needs. */
    private void prepare() {
        switch (w.machine.option.integrator) {
            case RK4 -> rungeKutta = rungeKutta == null ? new RungeKutta(w) : rungeKutta;
            case IMPLICIT, IMPLICITFAST -> implicit = implicit == null ? new Implicit(w) : implicit;
            default -> {
                // nothing more
            }
        }
    }

    void step() {
        prepare();
        switch (w.machine.option.integrator) {
            case RK4 -> rungeKutta.step();
            case IMPLICIT -> implicit.full();
            case IMPLICITFAST -> implicit.fast();
            case DISCRETE -> advance(w, w.actDot, w.qacc, w.qvel);
            case EULER -> euler();
        }
    }

    /** Semi-implicit Euler, joint damping implicit: {@code (M + h B) qacc = force}. */
    private void euler() {
        if (!damped()) {
            advance(w, w.actDot, w.qacc, w.qvel);
            return;
        }
        Machine m = w.machine;
        openDamped();
        System.arraycopy(w.tree.qM, 0, qH, 0, qH.length);
        for (int i : w.model.dampedDofs) {
            qH[w.tree.tree.mRowadr[i + 1] - 1] += damping[i];
        }
        FactorM.factor(w.tree.tree, m.nv, qH, qHDiagInv);
        FactorM.solve(w.tree.tree, m.nv, qH, qHDiagInv, qacc, 0);
        closeDamped();
    }

    /** The step is one of Euler's with implicit damping. */
    boolean damped() {
        return w.machine.option.integrator == Integrator.EULER
                && w.model.dampedDofs.length > 0
                && !w.disabled(Flag.EULERDAMP)
                && !w.disabled(Flag.DAMPER);
    }

    /** Sets {@link #damping} to {@code h B} and {@link #qacc} to the force. */
    void openDamped() {
        Machine m = w.machine;
        for (int i : w.model.dampedDofs) {
            damping[i] =
                    m.option.timestep
                            * Polynomial.damperSlope(
                                    w.model.dofDamping[i], m.dofDampingpoly, 2 * i, w.qvel[i]);
        }
        for (int i = 0; i < m.nv; i++) {
            qacc[i] = w.qfrcSmooth[i] + w.qfrcConstraint[i];
        }
    }

    /** Goes on with {@link #qacc} solved for. */
    void closeDamped() {
        advance(w, w.actDot, qacc, w.qvel);
    }

    /**
     * Moves activations, velocity, configuration and time.
     *
     * @param qvel velocity that moves the configuration; the world's own one stands for the new
     *     velocity
     */
    static void advance(World w, double[] actDot, double[] qacc, double[] qvel) {
        Machine m = w.machine;
        double h = m.option.timestep;
        if (w.history.any()) {
            w.history.record();
        }
        Activation.advance(w, actDot);
        System.arraycopy(w.qacc, 0, w.qaccWarmstart, 0, m.nv);
        w.sleep.settle(qacc);
        for (int i = 0; i < m.nv; i++) {
            w.qvel[i] += h * qacc[i];
        }
        Integrate.pos(m, w.qpos, qvel, h);
        w.sleep.hold();
        w.time += h;
    }
}
