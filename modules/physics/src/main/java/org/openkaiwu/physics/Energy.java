package org.openkaiwu.physics;

import org.openkaiwu.body.Machine;
import org.openkaiwu.body.Options.Flag;
import org.openkaiwu.dynamics.Crb;
import org.openkaiwu.dynamics.Integrate;
import org.openkaiwu.math.Flat;

/** Potential energy of gravity and springs, and kinetic energy. */
final class Energy {
    private Energy() {}

    /** {@code energy[0]}, J. */
    static void potential(World w) {
        Machine m = w.machine;
        double sum = 0;
        if (!w.disabled(Flag.GRAVITY)) {
            for (int b = 1; b < m.nbody; b++) {
                sum -= m.bodyMass[b] * Flat.dot3(m.option.gravity, 0, w.tree.xipos, 3 * b);
            }
        }
        if (!w.disabled(Flag.SPRING)) {
            for (int j : w.model.springJoints) {
                sum += joint(w, j);
            }
            for (int t = 0; t < m.ntendon; t++) {
                sum +=
                        Polynomial.potential(
                                m.tendonStiffness[t],
                                m.tendonStiffnesspoly,
                                2 * t,
                                Passive.stretch(w, t));
            }
        }
        w.energy[0] = sum;
    }

    private static double joint(World w, int j) {
        Machine m = w.machine;
        int qa = m.jntQposadr[j];
        double[] s = w.scratch;
        return switch (m.jntType[j]) {
            case Joints.FREE -> {
                for (int c = 0; c < 3; c++) {
                    s[c] = w.qpos[qa + c] - m.qposSpring[qa + c];
                }
                yield spring(w, j, Flat.norm3(s, 0)) + rotation(w, j, qa + 3);
            }
            case Joints.BALL -> rotation(w, j, qa);
            default -> spring(w, j, w.qpos[qa] - m.qposSpring[qa]);
        };
    }

    private static double rotation(World w, int j, int qa) {
        double[] s = w.scratch;
        System.arraycopy(w.qpos, qa, s, 4, 4);
        Flat.normalizeQuat(s, 4);
        Integrate.subQuat(s, 0, s, 4, w.machine.qposSpring, qa, 1);
        return spring(w, j, Flat.norm3(s, 0));
    }

    private static double spring(World w, int j, double x) {
        return Polynomial.potential(w.model.jntStiffness[j], w.machine.jntStiffnesspoly, 2 * j, x);
    }

    /** {@code energy[1]}, J. */
    static void kinetic(World w) {
        Crb.mulM(w.machine, w.tree, w.dofScratch, w.qvel);
        double sum = 0;
        for (int i = 0; i < w.machine.nv; i++) {
            sum += w.qvel[i] * w.dofScratch[i];
        }
        w.energy[1] = 0.5 * sum;
    }
}
