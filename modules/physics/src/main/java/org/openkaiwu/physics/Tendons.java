package org.openkaiwu.physics;

import java.util.Arrays;
import org.openkaiwu.body.Machine;
import org.openkaiwu.dynamics.Jacobian;
import org.openkaiwu.dynamics.TreeData;
import org.openkaiwu.math.Flat;

/**
 * Tendon lengths, their Jacobians and velocities; fixed tendons are linear in joint coordinates,
 * spatial ones go straight from site to site, around spheres and cylinders, over pulleys.
 */
final class Tendons {
    static final int JOINT = 1;
    static final int PULLEY = 2;
    static final int SITE = 3;
    static final int SPHERE = 4;
    static final int CYLINDER = 5;

    private Tendons() {}

    /** {@code tenLength, tenJ} and the paths. */
    static void position(World w) {
        Machine m = w.machine;
        w.wrapCount = 0;
        for (int t = 0; t < m.ntendon; t++) {
            w.tenWrapadr[t] = w.wrapCount;
            w.tenLength[t] = m.wrapType[m.tendonAdr[t]] == JOINT ? fixed(w, t) : spatial(w, t);
            w.tenWrapnum[t] = w.wrapCount - w.tenWrapadr[t];
            w.gatherRow(w.model.tenJRowadr, w.model.tenJColind, t, w.tenJ, 1);
        }
    }

    private static double fixed(World w, int t) {
        Machine m = w.machine;
        double length = 0;
        for (int k = m.tendonAdr[t]; k < m.tendonAdr[t] + m.tendonNum[t]; k++) {
            int j = m.wrapObjid[k];
            length += m.wrapPrm[k] * w.qpos[m.jntQposadr[j]];
            w.dense[m.jntDofadr[j]] += m.wrapPrm[k];
        }
        return length;
    }

    private static double spatial(World w, int t) {
        Machine m = w.machine;
        TreeData d = w.tree;
        double length = 0;
        double divisor = 1;
        int first = m.tendonAdr[t];
        int last = first + m.tendonNum[t] - 1;
        int k = first;
        while (k < last) {
            if (m.wrapType[k] == PULLEY || m.wrapType[k + 1] == PULLEY) {
                if (m.wrapType[k] == PULLEY) {
                    divisor = m.wrapPrm[k];
                    point(w, -2, -1, divisor, null, 0);
                }
                k++;
                continue;
            }
            int site0 = m.wrapObjid[k];
            int geom = -1;
            int next = k + 1;
            double around = -1;
            if (m.wrapType[next] != SITE) {
                geom = m.wrapObjid[next];
                int side = (int) Math.rint(m.wrapPrm[next]);
                next++;
                around =
                        Wrapping.around(
                                w.wrapScratch,
                                d,
                                site0,
                                m.wrapObjid[next],
                                geom,
                                m.geomSize[3 * geom],
                                m.wrapType[k + 1] == SPHERE,
                                side);
            }
            int site1 = m.wrapObjid[next];
            point(w, -1, m.siteBodyid[site0], divisor, d.siteXpos, 3 * site0);
            if (around < 0) {
                length +=
                        segment(
                                        w,
                                        m.siteBodyid[site0],
                                        d.siteXpos,
                                        3 * site0,
                                        m.siteBodyid[site1],
                                        d.siteXpos,
                                        3 * site1,
                                        divisor)
                                / divisor;
            } else {
                int body = m.geomBodyid[geom];
                point(w, geom, body, divisor, w.wrapScratch, 0);
                point(w, geom, body, divisor, w.wrapScratch, 3);
                double straight =
                        segment(
                                w,
                                m.siteBodyid[site0],
                                d.siteXpos,
                                3 * site0,
                                body,
                                w.wrapScratch,
                                0,
                                divisor);
                // the part on the surface moves with the geom alone
                double end =
                        segment(
                                w,
                                body,
                                w.wrapScratch,
                                3,
                                m.siteBodyid[site1],
                                d.siteXpos,
                                3 * site1,
                                divisor);
                length += (straight + around + end) / divisor;
            }
            k = next;
            if (k == last || m.wrapType[k + 1] == PULLEY) {
                point(w, -1, m.siteBodyid[site1], divisor, d.siteXpos, 3 * site1);
            }
        }
        return length;
    }

    private static void point(World w, int obj, int body, double divisor, double[] p, int po) {
        int k = w.wrapCount++;
        w.wrapObj[k] = obj;
        w.wrapBody[k] = body;
        w.wrapDivisor[k] = divisor;
        if (p == null) {
            Flat.set3(w.wrapXpos, 3 * k, 0, 0, 0);
        } else {
            System.arraycopy(p, po, w.wrapXpos, 3 * k, 3);
        }
    }

    /** Length of the straight piece p..q; adds its gradient / divisor to {@code dense}. */
    private static double segment(
            World w, int b0, double[] p, int po, int b1, double[] q, int qo, double divisor) {
        double x = q[qo] - p[po];
        double y = q[qo + 1] - p[po + 1];
        double z = q[qo + 2] - p[po + 2];
        double n = Math.sqrt(x * x + y * y + z * z);
        if (b0 == b1) {
            return n;
        }
        if (n < 1e-15) {
            x = 1;
            y = 0;
            z = 0;
        } else {
            double s = 1 / n;
            x *= s;
            y *= s;
            z *= s;
        }
        double s = 1 / divisor;
        Jacobian.addForce(w.machine, w.tree, b1, s * x, s * y, s * z, q, qo, w.dense);
        Jacobian.addForce(w.machine, w.tree, b0, -s * x, -s * y, -s * z, p, po, w.dense);
        return n;
    }

    /** {@code tenVelocity}. */
    static void velocity(World w) {
        Sparse.mulVec(
                w.tenVelocity,
                w.machine.ntendon,
                w.model.tenJRowadr,
                w.model.tenJColind,
                w.tenJ,
                w.qvel);
    }

    /** Adds {@code armature J'J} of tendons with armature to M. */
    static void armature(World w) {
        int[] rowadr = w.tree.tree.mRowadr;
        int[] colind = w.tree.tree.mColind;
        double[] qM = w.tree.qM;
        for (int t = 0; t < w.machine.ntendon; t++) {
            double armature = w.model.tendonArmature[t];
            if (armature == 0) {
                continue;
            }
            int start = w.model.tenJRowadr[t];
            int end = w.model.tenJRowadr[t + 1];
            for (int a = start; a < end; a++) {
                w.dense[w.model.tenJColind[a]] = w.tenJ[a];
            }
            for (int a = start; a < end; a++) {
                int i = w.model.tenJColind[a];
                double s = armature * w.tenJ[a];
                for (int at = rowadr[i]; at < rowadr[i + 1]; at++) {
                    qM[at] += s * w.dense[colind[at]];
                }
            }
            for (int a = start; a < end; a++) {
                w.dense[w.model.tenJColind[a]] = 0;
            }
        }
    }

    /** Adds the force {@code J' armature (dJ/dt qvel)} of tendons with armature to the bias. */
    static void bias(World w) {
        for (int t = 0; t < w.machine.ntendon; t++) {
            double armature = w.model.tendonArmature[t];
            if (armature == 0) {
                continue;
            }
            double force = armature * rate(w, t);
            if (force != 0) {
                for (int a = w.model.tenJRowadr[t]; a < w.model.tenJRowadr[t + 1]; a++) {
                    w.tree.qfrcBias[w.model.tenJColind[a]] += force * w.tenJ[a];
                }
            }
        }
    }

    /** {@code dJ/dt qvel}: the length's acceleration at zero joint acceleration. */
    private static double rate(World w, int t) {
        Machine m = w.machine;
        double sum = 0;
        double divisor = 1;
        for (int k = m.tendonAdr[t]; k < m.tendonAdr[t] + m.tendonNum[t] - 1; k++) {
            if (m.wrapType[k] == PULLEY) {
                divisor = m.wrapPrm[k];
            } else if (m.wrapType[k] == SITE && m.wrapType[k + 1] == SITE) {
                sum += segmentRate(w, m.wrapObjid[k], m.wrapObjid[k + 1]) / divisor;
            }
        }
        return sum;
    }

    private static double segmentRate(World w, int s0, int s1) {
        Machine m = w.machine;
        if (m.siteBodyid[s0] == m.siteBodyid[s1]) {
            return 0;
        }
        double[] s = w.wrapScratch;
        Arrays.fill(s, 0, 12, 0);
        motion(w, s1, 1, s);
        motion(w, s0, -1, s);
        double[] p = w.tree.siteXpos;
        double x = p[3 * s1] - p[3 * s0];
        double y = p[3 * s1 + 1] - p[3 * s0 + 1];
        double z = p[3 * s1 + 2] - p[3 * s0 + 2];
        double n = Math.sqrt(x * x + y * y + z * z);
        if (n < 1e-15) {
            return s[3];
        }
        double along = (x * s[0] + y * s[1] + z * s[2]) / n;
        double square = s[0] * s[0] + s[1] * s[1] + s[2] * s[2];
        return (x * s[3] + y * s[4] + z * s[5]) / n + (square - along * along) / n;
    }

    /** Adds velocity ([0..2]) and velocity-product acceleration ([3..5]) of a site. */
    private static void motion(World w, int site, double sign, double[] s) {
        Machine m = w.machine;
        int b = m.siteBodyid[site];
        int root = m.bodyRootid[b];
        for (int i = w.tree.tree.bodyLastDof[b]; i >= 0; i = m.dofParentid[i]) {
            double v = sign * w.qvel[i];
            Jacobian.column(w.tree, root, i, w.tree.siteXpos, 3 * site, s, 6);
            s[0] += v * s[6];
            s[1] += v * s[7];
            s[2] += v * s[8];
            Jacobian.columnDot(m, w.tree, b, i, w.tree.siteXpos, 3 * site, s, 6);
            s[3] += v * s[6];
            s[4] += v * s[7];
            s[5] += v * s[8];
        }
    }
}
