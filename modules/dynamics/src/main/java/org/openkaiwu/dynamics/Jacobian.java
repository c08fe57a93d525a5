package org.openkaiwu.dynamics;

import java.util.Arrays;
import org.openkaiwu.body.Machine;

/**
 * Jacobians of points and frames fixed to bodies: {@code velocity = J qvel}, world axes. After
 * {@link ComPos}. Dense ones are 3 x nv, row-major.
 *
 * <p>Sparse use: walk the dofs that move a body with {@code for (int i = tree.bodyLastDof[b]; i >=
 * 0; i = machine.dofParentid[i])} and ask {@link #column} for each.
 */
public final class Jacobian {
    private Jacobian() {}

    /**
     * Of a point of body b.
     *
     * @param px world coordinates of the point, m
     * @param jacp 3 x nv, or null
     * @param jacr 3 x nv, or null
     */
    public static void point(
            Machine m,
            TreeData d,
            int b,
            double px,
            double py,
            double pz,
            double[] jacp,
            double[] jacr) {
        int nv = m.nv;
        if (jacp != null) {
            Arrays.fill(jacp, 0, 3 * nv, 0);
        }
        if (jacr != null) {
            Arrays.fill(jacr, 0, 3 * nv, 0);
        }
        int r = 3 * m.bodyRootid[b];
        double x = px - d.subtreeCom[r];
        double y = py - d.subtreeCom[r + 1];
        double z = pz - d.subtreeCom[r + 2];
        double[] c = d.cdof;
        for (int i = d.tree.bodyLastDof[b]; i >= 0; i = m.dofParentid[i]) {
            int a = 6 * i;
            if (jacp != null) {
                jacp[i] = c[a + 3] + c[a + 1] * z - c[a + 2] * y;
                jacp[nv + i] = c[a + 4] + c[a + 2] * x - c[a] * z;
                jacp[2 * nv + i] = c[a + 5] + c[a] * y - c[a + 1] * x;
            }
            if (jacr != null) {
                jacr[i] = c[a];
                jacr[nv + i] = c[a + 1];
                jacr[2 * nv + i] = c[a + 2];
            }
        }
    }

    /** Of the origin of body b's frame. */
    public static void body(Machine m, TreeData d, int b, double[] jacp, double[] jacr) {
        point(m, d, b, d.xpos[3 * b], d.xpos[3 * b + 1], d.xpos[3 * b + 2], jacp, jacr);
    }

    /** Of body b's mass centre. */
    public static void bodyCom(Machine m, TreeData d, int b, double[] jacp, double[] jacr) {
        point(m, d, b, d.xipos[3 * b], d.xipos[3 * b + 1], d.xipos[3 * b + 2], jacp, jacr);
    }

    /** Of site s. */
    public static void site(Machine m, TreeData d, int s, double[] jacp, double[] jacr) {
        point(
                m,
                d,
                m.siteBodyid[s],
                d.siteXpos[3 * s],
                d.siteXpos[3 * s + 1],
                d.siteXpos[3 * s + 2],
                jacp,
                jacr);
    }

    /** Of geom g's centre. */
    public static void geom(Machine m, TreeData d, int g, double[] jacp, double[] jacr) {
        point(
                m,
                d,
                m.geomBodyid[g],
                d.geomXpos[3 * g],
                d.geomXpos[3 * g + 1],
                d.geomXpos[3 * g + 2],
                jacp,
                jacr);
    }

    /** Of the mass centre of the subtree that begins with body b. */
    public static void subtreeCom(Machine m, TreeData d, int b, double[] jacp) {
        int nv = m.nv;
        Arrays.fill(jacp, 0, 3 * nv, 0);
        double total = m.bodySubtreemass[b];
        if (total < 1e-15) {
            return;
        }
        double[] c = d.cdof;
        for (int k = b; k < m.nbody; k++) {
            if (k != b && !below(m, k, b)) {
                continue;
            }
            int r = 3 * m.bodyRootid[k];
            double s = m.bodyMass[k] / total;
            double x = d.xipos[3 * k] - d.subtreeCom[r];
            double y = d.xipos[3 * k + 1] - d.subtreeCom[r + 1];
            double z = d.xipos[3 * k + 2] - d.subtreeCom[r + 2];
            for (int i = d.tree.bodyLastDof[k]; i >= 0; i = m.dofParentid[i]) {
                int a = 6 * i;
                jacp[i] += s * (c[a + 3] + c[a + 1] * z - c[a + 2] * y);
                jacp[nv + i] += s * (c[a + 4] + c[a + 2] * x - c[a] * z);
                jacp[2 * nv + i] += s * (c[a + 5] + c[a] * y - c[a + 1] * x);
            }
        }
    }

    private static boolean below(Machine m, int body, int ancestor) {
        int b = body;
        while (b > ancestor) {
            b = m.bodyParentid[b];
        }
        return b == ancestor;
    }

    /**
     * Column of dof i for the point p of a body that it moves: linear part in {@code r[ro..]},
     * angular part in {@code r[ro + 3..]}.
     *
     * @param root the body's {@code bodyRootid}
     */
    public static void column(TreeData d, int root, int i, double[] p, int po, double[] r, int ro) {
        double[] c = d.cdof;
        int a = 6 * i;
        double x = p[po] - d.subtreeCom[3 * root];
        double y = p[po + 1] - d.subtreeCom[3 * root + 1];
        double z = p[po + 2] - d.subtreeCom[3 * root + 2];
        r[ro] = c[a + 3] + c[a + 1] * z - c[a + 2] * y;
        r[ro + 1] = c[a + 4] + c[a + 2] * x - c[a] * z;
        r[ro + 2] = c[a + 5] + c[a] * y - c[a + 1] * x;
        r[ro + 3] = c[a];
        r[ro + 4] = c[a + 1];
        r[ro + 5] = c[a + 2];
    }

    /**
     * Adds {@code J' f} to qfrc: the joint forces of a force and a torque (world axes) at the point
     * p of body b.
     */
    public static void applyForce(
            Machine m,
            TreeData d,
            int b,
            double[] force,
            int fo,
            double[] torque,
            int to,
            double[] p,
            int po,
            double[] qfrc) {
        int r = 3 * m.bodyRootid[b];
        double x = p[po] - d.subtreeCom[r];
        double y = p[po + 1] - d.subtreeCom[r + 1];
        double z = p[po + 2] - d.subtreeCom[r + 2];
        double fx = force[fo];
        double fy = force[fo + 1];
        double fz = force[fo + 2];
        double tx = torque[to] + y * fz - z * fy;
        double ty = torque[to + 1] + z * fx - x * fz;
        double tz = torque[to + 2] + x * fy - y * fx;
        double[] c = d.cdof;
        for (int i = d.tree.bodyLastDof[b]; i >= 0; i = m.dofParentid[i]) {
            int a = 6 * i;
            qfrc[i] +=
                    c[a] * tx
                            + c[a + 1] * ty
                            + c[a + 2] * tz
                            + c[a + 3] * fx
                            + c[a + 4] * fy
                            + c[a + 5] * fz;
        }
    }

    /**
     * Adds {@code J' f} to out: the joint forces of a force (world axes) at the point p of body b.
     */
    public static void addForce(
            Machine m,
            TreeData d,
            int b,
            double fx,
            double fy,
            double fz,
            double[] p,
            int po,
            double[] out) {
        int r = 3 * m.bodyRootid[b];
        double x = p[po] - d.subtreeCom[r];
        double y = p[po + 1] - d.subtreeCom[r + 1];
        double z = p[po + 2] - d.subtreeCom[r + 2];
        double tx = y * fz - z * fy;
        double ty = z * fx - x * fz;
        double tz = x * fy - y * fx;
        double[] c = d.cdof;
        for (int i = d.tree.bodyLastDof[b]; i >= 0; i = m.dofParentid[i]) {
            int a = 6 * i;
            out[i] +=
                    c[a] * tx
                            + c[a + 1] * ty
                            + c[a + 2] * tz
                            + c[a + 3] * fx
                            + c[a + 4] * fy
                            + c[a + 5] * fz;
        }
    }

    /**
     * Time derivative of the point Jacobian of body b at p, which moves with the body: dense 3 x
     * nv. After {@link ComVel}.
     */
    public static void pointDot(
            Machine m, TreeData d, int b, double[] p, int po, double[] jacp, double[] jacr) {
        int nv = m.nv;
        if (jacp != null) {
            Arrays.fill(jacp, 0, 3 * nv, 0);
        }
        if (jacr != null) {
            Arrays.fill(jacr, 0, 3 * nv, 0);
        }
        double[] t = d.scratch12;
        for (int i = d.tree.bodyLastDof[b]; i >= 0; i = m.dofParentid[i]) {
            columnDot(m, d, b, i, p, po, t, 6);
            for (int k = 0; k < 3; k++) {
                if (jacp != null) {
                    jacp[k * nv + i] = t[6 + k];
                }
                if (jacr != null) {
                    jacr[k * nv + i] = t[9 + k];
                }
            }
        }
    }

    /** Time derivative of {@link #column} for the point p that moves with body b. */
    public static void columnDot(
            Machine m, TreeData d, int b, int i, double[] p, int po, double[] r, int ro) {
        double[] c = d.cdof;
        double[] cd = d.cdofDot;
        int a = 6 * i;
        int o = 3 * m.bodyRootid[b];
        double x = p[po] - d.subtreeCom[o];
        double y = p[po + 1] - d.subtreeCom[o + 1];
        double z = p[po + 2] - d.subtreeCom[o + 2];
        int cv = 6 * b;
        // velocity of p relative to a frame that translates with the reference point
        double vx = d.cvel[cv + 3] + d.cvel[cv + 1] * z - d.cvel[cv + 2] * y;
        double vy = d.cvel[cv + 4] + d.cvel[cv + 2] * x - d.cvel[cv] * z;
        double vz = d.cvel[cv + 5] + d.cvel[cv] * y - d.cvel[cv + 1] * x;
        double wx = cd[a];
        double wy = cd[a + 1];
        double wz = cd[a + 2];
        if (rotatesWithChild(m, i)) {
            // free and ball axes turn with the body itself, not only with its parent
            int own = 6 * m.dofBodyid[i];
            wx = d.cvel[own + 1] * c[a + 2] - d.cvel[own + 2] * c[a + 1];
            wy = d.cvel[own + 2] * c[a] - d.cvel[own] * c[a + 2];
            wz = d.cvel[own] * c[a + 1] - d.cvel[own + 1] * c[a];
            Spatial.crossMotion(d.scratch12, 0, d.cvel, own, c, a);
            r[ro] = d.scratch12[3];
            r[ro + 1] = d.scratch12[4];
            r[ro + 2] = d.scratch12[5];
        } else {
            r[ro] = cd[a + 3];
            r[ro + 1] = cd[a + 4];
            r[ro + 2] = cd[a + 5];
        }
        r[ro] += wy * z - wz * y + c[a + 1] * vz - c[a + 2] * vy;
        r[ro + 1] += wz * x - wx * z + c[a + 2] * vx - c[a] * vz;
        r[ro + 2] += wx * y - wy * x + c[a] * vy - c[a + 1] * vx;
        r[ro + 3] = wx;
        r[ro + 4] = wy;
        r[ro + 5] = wz;
    }

    private static boolean rotatesWithChild(Machine m, int dof) {
        int j = m.dofJntid[dof];
        return m.jntType[j] == 1 || m.jntType[j] == 0 && dof >= m.jntDofadr[j] + 3;
    }
}
