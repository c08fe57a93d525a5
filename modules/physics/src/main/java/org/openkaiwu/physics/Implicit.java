package org.openkaiwu.physics;

import org.openkaiwu.body.Machine;
import org.openkaiwu.dynamics.BiasDerivative;
import org.openkaiwu.dynamics.FactorM;
import org.openkaiwu.dynamics.Tree;
import org.openkaiwu.dynamics.TreeMatrix;

/**
 * Velocity-implicit Euler rules: {@code (M - h D) qacc = force} with D the derivative of the smooth
 * forces by the velocities; the fast one leaves the bias forces out of D and keeps its lower
 * triangle alone, except for single free bodies.
 */
final class Implicit {
    private final World w;
    private final TreeMatrix matrix;
    private final BiasDerivative bias;
    private final double[] qacc;
    private final double[] force;
    private final double[] qH;
    private final double[] qHDiagInv;

    Implicit(World world) {
        w = world;
        Machine m = w.machine;
        matrix = new TreeMatrix(m, w.tree.tree);
        bias = new BiasDerivative(m);
        qacc = new double[m.nv];
        force = new double[m.nv];
        qH = new double[w.tree.tree.nC];
        qHDiagInv = new double[m.nv];
    }

    private void derivatives() {
        matrix.clear();
        Derivatives.actuators(w, matrix);
        Derivatives.passive(w, matrix);
        for (int i = 0; i < force.length; i++) {
            force[i] = w.qfrcSmooth[i] + w.qfrcConstraint[i];
        }
        System.arraycopy(force, 0, qacc, 0, force.length);
    }

    void full() {
        Machine m = w.machine;
        derivatives();
        bias.add(m, w.tree, matrix, -1);
        matrix.subtractFromInertia(w.tree, m.option.timestep, 0, m.nv);
        matrix.factor(0, m.nv);
        matrix.solve(qacc, 0, m.nv);
        Integrators.advance(w, w.actDot, qacc, w.qvel);
    }

    void fast() {
        Machine m = w.machine;
        Tree t = w.tree.tree;
        double h = m.option.timestep;
        derivatives();
        for (int i = 0; i < m.nv; i++) {
            boolean free = w.model.freeBody[m.dofBodyid[i]];
            int n = t.mRowadr[i + 1] - t.mRowadr[i];
            int from = t.fullRowadr[i + 1] - n;
            for (int k = 0; k < n; k++) {
                int at = t.mRowadr[i] + k;
                qH[at] = free ? w.tree.qM[at] : w.tree.qM[at] - h * matrix.lower[from + k];
            }
        }
        FactorM.factor(t, m.nv, qH, qHDiagInv);
        FactorM.solve(t, m.nv, qH, qHDiagInv, qacc, 0);
        for (int b : w.model.freeBodies) {
            int first = m.bodyDofadr[b];
            bias.addFreeBody(m, w.tree, matrix, -1, b);
            matrix.subtractFromInertia(w.tree, h, first, first + 6);
            matrix.factor(first, first + 6);
            System.arraycopy(force, first, qacc, first, 6);
            matrix.solve(qacc, first, first + 6);
        }
        Integrators.advance(w, w.actDot, qacc, w.qvel);
    }
}
