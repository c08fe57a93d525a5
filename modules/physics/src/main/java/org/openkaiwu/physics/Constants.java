package org.openkaiwu.physics;

import java.util.Arrays;
import org.openkaiwu.body.Machine;
import org.openkaiwu.dynamics.FactorM;
import org.openkaiwu.dynamics.Jacobian;
import org.openkaiwu.dynamics.TreeData;

/** The constants of a {@link Model} that need dynamics at {@code qpos0} or at the springs' rest. */
final class Constants {
    private static final double TINY = 1e-15;

    private Constants() {}

    static void compute(Model model) {
        Machine m = model.machine;
        World w = new World(model);
        w.kinematics();
        FactorM.run(m, w.tree);
        Transmission.run(w);
        System.arraycopy(w.tenLength, 0, model.tendonLength0, 0, m.ntendon);
        System.arraycopy(w.actuatorLength, 0, model.actuatorLength0, 0, m.nout);
        double sum = 0;
        for (int i = 0; i < m.nv; i++) {
            double diag = w.tree.qM[model.tree.mRowadr[i + 1] - 1];
            sum += diag;
            model.dofM0[i] = diag;
        }
        if (m.nv > 0) {
            model.meaninertia = sum / m.nv;
            withoutTendonArmature(model, w);
            dofInvweight(model, w.tree);
            bodyInvweight(model, w.tree);
            rows(model, w);
            springDampers(model);
        }
        for (int a = 0; a < m.nactuator; a++) {
            dampingRatio(model, w, a);
        }
        cameras(model, w);
        model.extent = Extent.of(m, w.tree);
        springLengths(model, w);
    }

    /** Springs and dampers given as time constant and damping ratio. */
    private static void springDampers(Model model) {
        Machine m = model.machine;
        for (int j = 0; j < m.jntSpringdamper.length / 2; j++) {
            double time = m.jntSpringdamper[2 * j];
            double ratio = m.jntSpringdamper[2 * j + 1];
            if (time <= 0 || ratio <= 0) {
                continue;
            }
            int first = m.jntDofadr[j];
            int n = Joints.dofs(m.jntType[j]);
            double inverse = 0;
            for (int i = first; i < first + n; i++) {
                inverse += model.dofInvweight0[i];
            }
            double inertia = n / Math.max(TINY, inverse);
            model.jntStiffness[j] = inertia / Math.max(TINY, time * time * ratio * ratio);
            Arrays.fill(model.dofDamping, first, first + n, 2 * inertia / Math.max(TINY, time));
        }
    }

    private static void cameras(Model model, World w) {
        Machine m = model.machine;
        TreeData d = w.tree;
        for (int c = 0; c < m.ncam; c++) {
            Cameras.fixed(w, c);
            int b = m.camBodyid[c];
            int com = m.camTargetbodyid[c] >= 0 ? m.camTargetbodyid[c] : b;
            for (int k = 0; k < 3; k++) {
                model.camPos0[3 * c + k] = d.camXpos[3 * c + k] - d.xpos[3 * b + k];
                model.camPoscom0[3 * c + k] = d.camXpos[3 * c + k] - d.subtreeCom[3 * com + k];
            }
            System.arraycopy(d.camXmat, 9 * c, model.camMat0, 9 * c, 9);
        }
    }

    /** dofM0 leaves the tendons' armature out. */
    private static void withoutTendonArmature(Model model, World w) {
        Machine m = model.machine;
        for (int t = 0; t < m.ntendon; t++) {
            for (int k = model.tenJRowadr[t]; k < model.tenJRowadr[t + 1]; k++) {
                model.dofM0[model.tenJColind[k]] -= model.tendonArmature[t] * w.tenJ[k] * w.tenJ[k];
            }
        }
    }

    private static void dofInvweight(Model model, TreeData d) {
        Machine m = model.machine;
        double[] x = new double[m.nv];
        double[] inverse = new double[m.nv];
        for (int i = 0; i < m.nv; i++) {
            Arrays.fill(x, 0);
            x[i] = 1;
            FactorM.solve(m, d, x);
            inverse[i] = x[i];
        }
        for (int j = 0; j < m.njnt; j++) {
            int i = m.jntDofadr[j];
            switch (m.jntType[j]) {
                case Joints.FREE -> {
                    mean3(model.dofInvweight0, inverse, i);
                    mean3(model.dofInvweight0, inverse, i + 3);
                }
                case Joints.BALL -> mean3(model.dofInvweight0, inverse, i);
                default -> {
                    int b = m.jntBodyid[j];
                    model.dofInvweight0[i] =
                            m.bodySimple[b] == 2 ? 1 / Math.max(TINY, m.bodyMass[b]) : inverse[i];
                }
            }
        }
    }

    private static void mean3(double[] r, double[] a, int i) {
        double mean = (a[i] + a[i + 1] + a[i + 2]) / 3;
        Arrays.fill(r, i, i + 3, mean);
    }

    private static void bodyInvweight(Model model, TreeData d) {
        Machine m = model.machine;
        double[] jacp = new double[3 * m.nv];
        double[] jacr = new double[3 * m.nv];
        for (int b = 1; b < m.nbody; b++) {
            if (model.tree.bodyLastDof[b] < 0) {
                continue;
            }
            if (m.bodySimple[b] == 2) {
                model.bodyInvweight0[2 * b] = 1 / Math.max(TINY, m.bodyMass[b]);
                continue;
            }
            Jacobian.bodyCom(m, d, b, jacp, jacr);
            model.bodyInvweight0[2 * b] = meanInverse(m, d, jacp);
            model.bodyInvweight0[2 * b + 1] = meanInverse(m, d, jacr);
        }
    }

    /** Mean of the diagonal of {@code J M^-1 J'}, J of shape 3 x nv. */
    private static double meanInverse(Machine m, TreeData d, double[] jac) {
        double[] x = new double[m.nv];
        double sum = 0;
        for (int r = 0; r < 3; r++) {
            System.arraycopy(jac, r * m.nv, x, 0, m.nv);
            FactorM.solve(m, d, x);
            for (int i = 0; i < m.nv; i++) {
                sum += x[i] * jac[r * m.nv + i];
            }
        }
        return sum / 3;
    }

    private static void rows(Model model, World w) {
        Machine m = model.machine;
        double[] x = new double[m.nv];
        for (int t = 0; t < m.ntendon; t++) {
            solveRow(w, x, model.tenJRowadr, model.tenJColind, w.tenJ, t);
            double sum = 0;
            for (int k = model.tenJRowadr[t]; k < model.tenJRowadr[t + 1]; k++) {
                sum += w.tenJ[k] * x[model.tenJColind[k]];
            }
            model.tendonInvweight0[t] = sum;
        }
        for (int o = 0; o < m.nout; o++) {
            solveRow(w, x, model.momentRowadr, model.momentColind, w.actuatorMoment, o);
            double sum = 0;
            for (double v : x) {
                sum += v * v;
            }
            model.actuatorAcc0[o] = Math.sqrt(sum);
        }
    }

    private static void solveRow(
            World w, double[] x, int[] rowadr, int[] colind, double[] a, int r) {
        Arrays.fill(x, 0);
        for (int k = rowadr[r]; k < rowadr[r + 1]; k++) {
            x[colind[k]] = a[k];
        }
        FactorM.solve(w.machine, w.tree, x);
    }

    /** A positive velocity gain of a position servo is a damping ratio. */
    private static void dampingRatio(Model model, World w, int a) {
        Machine m = model.machine;
        double[] bias = model.actuatorBiasprm;
        int p = 10 * a;
        boolean pid = m.actuatorGaintype[a] == Actuation.GAIN_PID;
        if (!pid && m.actuatorGainprm[p] != -bias[p + 1] || bias[p + 2] <= 0) {
            return;
        }
        int out = m.actuatorOutadr[a];
        double mass = 0;
        for (int k = model.momentRowadr[out]; k < model.momentRowadr[out + 1]; k++) {
            double square = w.actuatorMoment[k] * w.actuatorMoment[k];
            if (square > TINY) {
                mass += model.dofM0[model.momentColind[k]] / square;
            }
        }
        double kp = pid ? -bias[p + 1] : m.actuatorGainprm[p];
        bias[p + 2] = -(bias[p + 2] * 2 * Math.sqrt(kp * mass));
    }

    /** Tendon springs without a given rest length are at rest where the joint springs are. */
    private static void springLengths(Model model, World w) {
        Machine m = model.machine;
        System.arraycopy(m.qposSpring, 0, w.qpos, 0, m.nq);
        w.kinematics();
        for (int t = 0; t < m.ntendon; t++) {
            double[] rest = model.tendonLengthspring;
            if (rest[2 * t] == -1 && rest[2 * t + 1] == -1) {
                rest[2 * t] = w.tenLength[t];
                rest[2 * t + 1] = w.tenLength[t];
            }
        }
    }
}
