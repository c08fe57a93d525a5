package org.openkaiwu.dynamics;

import org.openkaiwu.body.Machine;
import org.openkaiwu.math.Flat;

/**
 * Linear velocity of every subtree's mass centre and its angular momentum about it. After {@link
 * ComVel}.
 */
public final class SubtreeVel {
    private SubtreeVel() {}

    public static void run(Machine m, TreeData d) {
        double[] lin = d.subtreeLinvel;
        double[] ang = d.subtreeAngmom;
        double[] vel = d.bodyForce;
        for (int b = 0; b < m.nbody; b++) {
            Velocity.at(m, d, b, d.xipos, 3 * b, vel, 6 * b);
            double mass = m.bodyMass[b];
            Flat.set3(
                    lin,
                    3 * b,
                    vel[6 * b + 3] * mass,
                    vel[6 * b + 4] * mass,
                    vel[6 * b + 5] * mass);
            Flat.mulMatTVec3(ang, 3 * b, d.ximat, 9 * b, vel, 6 * b);
            ang[3 * b] *= m.bodyInertia[3 * b];
            ang[3 * b + 1] *= m.bodyInertia[3 * b + 1];
            ang[3 * b + 2] *= m.bodyInertia[3 * b + 2];
            Flat.mulMatVec3(ang, 3 * b, d.ximat, 9 * b, ang, 3 * b);
        }
        for (int b = m.nbody - 1; b >= 0; b--) {
            if (b > 0) {
                add3(lin, 3 * m.bodyParentid[b], lin, 3 * b);
            }
            double s = 1 / Math.max(1e-15, m.bodySubtreemass[b]);
            Flat.set3(lin, 3 * b, lin[3 * b] * s, lin[3 * b + 1] * s, lin[3 * b + 2] * s);
        }
        for (int b = m.nbody - 1; b > 0; b--) {
            int p = m.bodyParentid[b];
            // own momentum about the subtree's mass centre, then the subtree's about its parent's
            addMoment(
                    d,
                    ang,
                    3 * b,
                    d.xipos,
                    b,
                    d.subtreeCom,
                    b,
                    vel,
                    6 * b + 3,
                    lin,
                    3 * b,
                    m.bodyMass[b]);
            add3(ang, 3 * p, ang, 3 * b);
            addMoment(
                    d,
                    ang,
                    3 * p,
                    d.subtreeCom,
                    b,
                    d.subtreeCom,
                    p,
                    lin,
                    3 * b,
                    lin,
                    3 * p,
                    m.bodySubtreemass[b]);
        }
    }

    private static void add3(double[] r, int ro, double[] a, int ao) {
        r[ro] += a[ao];
        r[ro + 1] += a[ao + 1];
        r[ro + 2] += a[ao + 2];
    }

    /** {@code r += (p - q) x mass (v - w)}. */
    private static void addMoment(
            TreeData d,
            double[] r,
            int ro,
            double[] p,
            int pi,
            double[] q,
            int qi,
            double[] v,
            int vo,
            double[] w,
            int wo,
            double mass) {
        double[] t = d.scratch6;
        for (int k = 0; k < 3; k++) {
            t[k] = p[3 * pi + k] - q[3 * qi + k];
            t[3 + k] = mass * (v[vo + k] - w[wo + k]);
        }
        Flat.cross3(t, 0, t, 0, t, 3);
        add3(r, ro, t, 0);
    }
}
