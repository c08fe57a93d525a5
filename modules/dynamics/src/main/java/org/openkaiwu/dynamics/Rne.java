package org.openkaiwu.dynamics;

import java.util.Arrays;
import org.openkaiwu.body.Machine;
import org.openkaiwu.body.Options;

/**
 * Inverse dynamics by the recursive Newton-Euler algorithm (Featherstone 2008, section 5.3). After
 * {@link ComVel}.
 */
public final class Rne {
    private Rne() {}

    /** {@code qfrcBias}: the forces that {@code qvel} and gravity call for at zero acceleration. */
    public static void bias(Machine m, TreeData d) {
        run(m, d, null, d.qfrcBias);
    }

    /**
     * {@code out = M qacc + bias}, armature left out.
     *
     * @param qacc shape nv, or null for zero
     * @param out shape nv
     */
    public static void run(Machine m, TreeData d, double[] qacc, double[] out) {
        Tree t = d.tree;
        double[] frc = d.bodyForce;
        double[] cacc = d.cacc;
        double[] tmp = d.scratch6;
        worldAcceleration(m, d);
        for (int b : t.articulated) {
            accelerate(m, d, b, qacc);
            Spatial.mulInertia(frc, 6 * b, d.cinert, 10 * b, cacc, 6 * b);
            Spatial.mulInertia(tmp, 0, d.cinert, 10 * b, d.cvel, 6 * b);
            Spatial.addCrossForce(frc, 6 * b, d.cvel, 6 * b, tmp, 0);
        }
        for (int k = t.articulated.length - 1; k >= 0; k--) {
            int b = t.articulated[k];
            int p = m.bodyParentid[b];
            if (t.bodyLastDof[p] >= 0) {
                Spatial.addScaled6(frc, 6 * p, frc, 6 * b, 1);
            }
        }
        for (int i = 0; i < m.nv; i++) {
            out[i] = Spatial.dot6(d.cdof, 6 * i, frc, 6 * m.dofBodyid[i]);
        }
    }

    /**
     * {@code cacc} and {@code cfrcInt} of all bodies at the given acceleration, with the external
     * forces that {@code cfrcExt} holds.
     */
    public static void internalForces(Machine m, TreeData d, double[] qacc) {
        double[] tmp = d.scratch6;
        worldAcceleration(m, d);
        Arrays.fill(d.cfrcInt, 0, 6, 0);
        for (int b = 1; b < m.nbody; b++) {
            accelerate(m, d, b, qacc);
            fixedInertia(m, d, b);
            Spatial.mulInertia(d.cfrcInt, 6 * b, d.cinert, 10 * b, d.cacc, 6 * b);
            Spatial.mulInertia(tmp, 0, d.cinert, 10 * b, d.cvel, 6 * b);
            Spatial.addCrossForce(d.cfrcInt, 6 * b, d.cvel, 6 * b, tmp, 0);
            Spatial.addScaled6(d.cfrcInt, 6 * b, d.cfrcExt, 6 * b, -1);
        }
        for (int b = m.nbody - 1; b > 0; b--) {
            Spatial.addScaled6(d.cfrcInt, 6 * m.bodyParentid[b], d.cfrcInt, 6 * b, 1);
        }
    }

    /** cinert of a body without dofs, which {@link ComPos} leaves out. */
    private static void fixedInertia(Machine m, TreeData d, int b) {
        if (d.tree.bodyLastDof[b] < 0) {
            int r = 3 * m.bodyRootid[b];
            Spatial.inertia(
                    d.cinert,
                    10 * b,
                    m.bodyInertia,
                    3 * b,
                    d.ximat,
                    9 * b,
                    d.xipos[3 * b] - d.subtreeCom[r],
                    d.xipos[3 * b + 1] - d.subtreeCom[r + 1],
                    d.xipos[3 * b + 2] - d.subtreeCom[r + 2],
                    m.bodyMass[b]);
        }
    }

    /** The world accelerates against gravity; so do bodies without dofs. */
    private static void worldAcceleration(Machine m, TreeData d) {
        Arrays.fill(d.cacc, 0, 6, 0);
        if (!m.option.disabled(Options.Flag.GRAVITY)) {
            d.cacc[3] = -m.option.gravity[0];
            d.cacc[4] = -m.option.gravity[1];
            d.cacc[5] = -m.option.gravity[2];
        }
    }

    /** {@code cacc = cacc(parent) + cdofDot qvel + cdof qacc}. */
    private static void accelerate(Machine m, TreeData d, int b, double[] qacc) {
        int p = m.bodyParentid[b];
        // a parent without dofs accelerates like the world
        System.arraycopy(d.cacc, d.tree.bodyLastDof[p] >= 0 ? 6 * p : 0, d.cacc, 6 * b, 6);
        int end = m.bodyDofadr[b] + m.bodyDofnum[b];
        for (int i = m.bodyDofadr[b]; i >= 0 && i < end; i++) {
            Spatial.addScaled6(d.cacc, 6 * b, d.cdofDot, 6 * i, d.qvel[i]);
            if (qacc != null) {
                Spatial.addScaled6(d.cacc, 6 * b, d.cdof, 6 * i, qacc[i]);
            }
        }
    }
}
