package org.openkaiwu.physics;

import java.util.Arrays;
import org.openkaiwu.body.Machine;
import org.openkaiwu.body.Options.Flag;
import org.openkaiwu.dynamics.Integrate;
import org.openkaiwu.dynamics.Jacobian;
import org.openkaiwu.math.Flat;

/**
 * Forces of springs, dampers, gravity compensation, fluid and contact adhesion. After {@link
 * Tendons} and the velocities.
 */
final class Passive {
    private Passive() {}

    static void run(World w) {
        Machine m = w.machine;
        boolean spring = !w.disabled(Flag.SPRING);
        boolean damper = !w.disabled(Flag.DAMPER);
        Arrays.fill(w.qfrcSpring, 0);
        Arrays.fill(w.qfrcDamper, 0);
        Arrays.fill(w.qfrcGravcomp, 0);
        Arrays.fill(w.qfrcFluid, 0);
        Arrays.fill(w.qfrcAdhesion, 0);
        Arrays.fill(w.qfrcPassive, 0);
        Arrays.fill(w.tenPassive, 0);
        if (!spring && !damper) {
            return;
        }
        if (spring) {
            for (int j : w.model.springJoints) {
                jointSpring(w, j);
            }
        }
        if (damper) {
            for (int i : w.model.dampedDofs) {
                double v = w.qvel[i];
                w.qfrcDamper[i] =
                        -v * Polynomial.damper(w.model.dofDamping[i], m.dofDampingpoly, 2 * i, v);
            }
        }
        for (int t = 0; t < m.ntendon; t++) {
            tendon(w, t, spring, damper);
        }
        boolean gravcomp = w.model.gravcompBodies.length > 0 && w.gravityOn();
        if (gravcomp) {
            gravityCompensation(w);
        }
        if (m.option.viscosity != 0 || m.option.density != 0) {
            Fluid.run(w);
        }
        if (w.model.adhesive && !w.disabled(Flag.CONTACT)) {
            adhesion(w);
        }
        for (int i = 0; i < m.nv; i++) {
            double f = w.qfrcSpring[i] + w.qfrcDamper[i] + w.qfrcFluid[i] + w.qfrcAdhesion[i];
            if (gravcomp && !m.jntActgravcomp[m.dofJntid[i]]) {
                f += w.qfrcGravcomp[i];
            }
            w.qfrcPassive[i] = f;
        }
    }

    private static void jointSpring(World w, int j) {
        Machine m = w.machine;
        double k = w.model.jntStiffness[j];
        int qa = m.jntQposadr[j];
        int va = m.jntDofadr[j];
        switch (m.jntType[j]) {
            case Joints.FREE -> {
                double[] s = w.scratch;
                for (int c = 0; c < 3; c++) {
                    s[c] = w.qpos[qa + c] - m.qposSpring[qa + c];
                }
                pull(w, j, k, s, va);
                rotationSpring(w, j, k, qa + 3, va + 3);
            }
            case Joints.BALL -> rotationSpring(w, j, k, qa, va);
            default -> {
                double x = w.qpos[qa] - m.qposSpring[qa];
                w.qfrcSpring[va] = -x * Polynomial.spring(k, m.jntStiffnesspoly, 2 * j, x);
            }
        }
    }

    private static void rotationSpring(World w, int j, double k, int qa, int va) {
        double[] s = w.scratch;
        System.arraycopy(w.qpos, qa, s, 4, 4);
        Flat.normalizeQuat(s, 4);
        Integrate.subQuat(s, 0, s, 4, w.machine.qposSpring, qa, 1);
        pull(w, j, k, s, va);
    }

    /** Against the displacement {@code s[0..2]}. */
    private static void pull(World w, int j, double k, double[] s, int va) {
        double f = Polynomial.spring(k, w.machine.jntStiffnesspoly, 2 * j, Flat.norm3(s, 0));
        for (int c = 0; c < 3; c++) {
            w.qfrcSpring[va + c] -= f * s[c];
        }
    }

    private static void tendon(World w, int t, boolean spring, boolean damper) {
        Machine m = w.machine;
        double fs = 0;
        double fd = 0;
        if (spring) {
            double x = stretch(w, t);
            fs = -x * Polynomial.spring(m.tendonStiffness[t], m.tendonStiffnesspoly, 2 * t, x);
        }
        if (damper) {
            double v = w.tenVelocity[t];
            fd = -v * Polynomial.damper(w.model.tendonDamping[t], m.tendonDampingpoly, 2 * t, v);
        }
        w.tenPassive[t] = fs + fd;
        if (fs != 0 || fd != 0) {
            for (int a = w.model.tenJRowadr[t]; a < w.model.tenJRowadr[t + 1]; a++) {
                int i = w.model.tenJColind[a];
                w.qfrcSpring[i] += w.tenJ[a] * fs;
                w.qfrcDamper[i] += w.tenJ[a] * fd;
            }
        }
    }

    /** Extension beyond the dead band of the tendon's spring. */
    static double stretch(World w, int t) {
        double length = w.tenLength[t];
        double lower = w.model.tendonLengthspring[2 * t];
        double upper = w.model.tendonLengthspring[2 * t + 1];
        return length > upper ? length - upper : length < lower ? length - lower : 0;
    }

    private static void gravityCompensation(World w) {
        Machine m = w.machine;
        double[] g = m.option.gravity;
        for (int b : w.model.gravcompBodies) {
            double s = -(m.bodyMass[b] * m.bodyGravcomp[b]);
            Jacobian.addForce(
                    m,
                    w.tree,
                    b,
                    s * g[0],
                    s * g[1],
                    s * g[2],
                    w.tree.xipos,
                    3 * b,
                    w.qfrcGravcomp);
        }
    }

    private static void adhesion(World w) {
        for (int c = 0; c < w.contacts.count; c++) {
            double a = w.contacts.adhesion[c];
            if (a != 0 && w.contacts.exclude[c] <= 1) {
                Contacts.addNormal(w, c, w.qfrcAdhesion, -a);
            }
        }
    }
}
