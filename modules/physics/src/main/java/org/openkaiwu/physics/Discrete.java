package org.openkaiwu.physics;

import org.openkaiwu.body.Machine;
import org.openkaiwu.body.Options.Flag;
import org.openkaiwu.dynamics.FactorM;
import org.openkaiwu.dynamics.Tree;
import org.openkaiwu.dynamics.TreeMatrix;

/**
 * The smooth part of the discrete integrator: springs, dampers and actuators are taken at the end
 * of the step, to first order. With B and K the damping and stiffness of the smooth forces f, the
 * acceleration (v+ - v) / h without constraints is
 *
 * <pre>(M + h B + h^2 K)^-1 (f - h K v)</pre>
 *
 * and the matrix in front takes the place of M in the constraint problem. Bias forces are taken at
 * the start of the step. Stiffness that would push away counts as zero.
 */
final class Discrete {
    /** M + h B + h^2 K in the layout of M. */
    final double[] metric;

    /** f - h K v. Shape nv. */
    final double[] force;

    private final World w;
    private final TreeMatrix matrix;
    private final double[] factor;
    private final double[] diagInv;

    Discrete(World world) {
        w = world;
        Machine m = w.machine;
        metric = new double[w.tree.tree.nC];
        factor = new double[w.tree.tree.nC];
        diagInv = new double[m.nv];
        force = new double[m.nv];
        matrix = new TreeMatrix(m, w.tree.tree);
    }

    /** {@code qaccSmooth} from {@code qfrcSmooth}. */
    void run() {
        Machine m = w.machine;
        Tree t = w.tree.tree;
        double h = m.option.timestep;
        System.arraycopy(w.qfrcSmooth, 0, force, 0, m.nv);
        matrix.clear();
        Derivatives.actuators(w, matrix);
        Derivatives.passive(w, matrix);
        if (!w.disabled(Flag.SPRING)) {
            for (int j : w.model.springJoints) {
                joint(j, h);
            }
            for (int i = 0; i < m.ntendon; i++) {
                double x = Passive.stretch(w, i);
                if (x != 0) {
                    double k =
                            Polynomial.springSlope(
                                    m.tendonStiffness[i], m.tendonStiffnesspoly, 2 * i, x);
                    row(w.tenJ, w.model.tenJColind, w.model.tenJRowadr, i, k, w.tenVelocity);
                }
            }
        }
        if (!w.disabled(Flag.ACTUATION)) {
            for (int a = 0; a < m.nactuator; a++) {
                actuator(a);
            }
        }
        for (int i = 0; i < m.nv; i++) {
            int shift = t.fullRowadr[i + 1] - t.mRowadr[i + 1];
            for (int at = t.mRowadr[i]; at < t.mRowadr[i + 1]; at++) {
                metric[at] = w.tree.qM[at] - h * matrix.lower[at + shift];
            }
        }
        System.arraycopy(metric, 0, factor, 0, metric.length);
        FactorM.factor(t, m.nv, factor, diagInv);
        System.arraycopy(force, 0, w.qaccSmooth, 0, m.nv);
        FactorM.solve(t, m.nv, factor, diagInv, w.qaccSmooth, 0);
    }

    private void joint(int j, double h) {
        Machine m = w.machine;
        int i = m.jntDofadr[j];
        int type = m.jntType[j];
        double x = 0;
        if (type == Joints.SLIDE || type == Joints.HINGE) {
            int qa = m.jntQposadr[j];
            x = w.qpos[qa] - m.qposSpring[qa];
        }
        double k =
                Math.max(
                        0,
                        Polynomial.springSlope(
                                w.model.jntStiffness[j], m.jntStiffnesspoly, 2 * j, x));
        for (int d = i; d < i + Joints.dofs(type); d++) {
            matrix.lower[w.tree.tree.fullRowadr[d + 1] - 1] -= h * k;
            force[d] -= h * k * w.qvel[d];
        }
    }

    private void actuator(int a) {
        Machine m = w.machine;
        if (!Actuation.enabled(w, a) || Derivatives.saturated(w, a)) {
            return;
        }
        double k = Derivatives.stiffness(w, a);
        int first = m.actuatorOutadr[a];
        for (int o = first; k > 0 && o < first + m.actuatorOutnum[a]; o++) {
            row(
                    w.actuatorMoment,
                    w.model.momentColind,
                    w.model.momentRowadr,
                    o,
                    k,
                    w.actuatorVelocity);
        }
    }

    /** Stiffness k along one sparse Jacobian row. */
    private void row(double[] jac, int[] colind, int[] rowadr, int r, double k, double[] rate) {
        double h = w.machine.option.timestep;
        double positive = Math.max(0, k);
        matrix.addOuter(jac, colind, rowadr[r], rowadr[r + 1], -h * positive);
        double f = h * positive * rate[r];
        for (int at = rowadr[r]; at < rowadr[r + 1]; at++) {
            force[colind[at]] -= jac[at] * f;
        }
    }
}
