package org.openkaiwu.physics;

import java.util.Arrays;
import org.openkaiwu.body.Machine;
import org.openkaiwu.collision.ContactBuffer;
import org.openkaiwu.dynamics.Rne;
import org.openkaiwu.dynamics.TreeData;
import org.openkaiwu.math.Flat;
import org.openkaiwu.physics.constraint.Rows;

/**
 * Accelerations of all bodies and forces between them, {@code cacc, cfrcExt, cfrcInt}, once the
 * constraint forces are known.
 */
final class InternalForces {
    private static final int CONNECT = 0;
    private static final int WELD = 1;
    private static final int OBJ_BODY = 1;

    private InternalForces() {}

    static void run(World w) {
        Machine m = w.machine;
        TreeData d = w.tree;
        Arrays.fill(d.cfrcExt, 0);
        double[] s = w.scratch;
        for (int b = 1; b < m.nbody; b++) {
            int k = 6 * b;
            Flat.set3(s, 0, w.xfrcApplied[k], w.xfrcApplied[k + 1], w.xfrcApplied[k + 2]);
            Flat.set3(s, 3, w.xfrcApplied[k + 3], w.xfrcApplied[k + 4], w.xfrcApplied[k + 5]);
            add(w, b, s, d.xipos, 3 * b, 1);
        }
        contacts(w);
        equalities(w);
        tendons(w);
        Rne.internalForces(m, d, w.qacc);
    }

    private static void contacts(World w) {
        Machine m = w.machine;
        ContactBuffer con = w.contacts;
        double[] s = w.scratch;
        for (int c = 0; c < con.count; c++) {
            if (con.efcAddress[c] < 0) {
                continue;
            }
            ContactForce.of(w, c, s, 0);
            Flat.mulMatTVec3(s, 0, con.frame, 9 * c, s, 0);
            Flat.mulMatTVec3(s, 3, con.frame, 9 * c, s, 3);
            add(w, m.geomBodyid[con.geom1[c]], s, con.pos, 3 * c, -1);
            add(w, m.geomBodyid[con.geom2[c]], s, con.pos, 3 * c, 1);
        }
    }

    private static void equalities(World w) {
        Machine m = w.machine;
        Rows rows = w.constraints.rows;
        double[] s = w.scratch;
        int row = 0;
        while (row < rows.ne) {
            int e = rows.id[row];
            int type = m.eqType[e];
            if (type != CONNECT && type != WELD) {
                row++;
                continue;
            }
            boolean weld = type == WELD;
            System.arraycopy(rows.force, row, s, 0, 3);
            for (int k = 0; k < 3; k++) {
                s[3 + k] = weld ? rows.force[row + 3 + k] : 0;
            }
            end(w, e, m.eqObj1id[e], weld ? 3 : 0, 1);
            end(w, e, m.eqObj2id[e], weld ? 0 : 3, -1);
            row += weld ? 6 : 3;
        }
    }

    /** One end of an equality; {@code anchor}: its place in {@code eqData}. */
    private static void end(World w, int e, int obj, int anchor, double sign) {
        Machine m = w.machine;
        TreeData d = w.tree;
        double[] s = w.scratch;
        if (m.eqObjtype[e] == OBJ_BODY) {
            Flat.mulMatVec3(s, 6, d.xmat, 9 * obj, m.eqData, 11 * e + anchor);
            for (int k = 0; k < 3; k++) {
                s[6 + k] += d.xpos[3 * obj + k];
            }
            add(w, obj, s, s, 6, sign);
        } else {
            add(w, m.siteBodyid[obj], s, d.siteXpos, 3 * obj, sign);
        }
    }

    /** Pull of the spatial tendons on the bodies along their paths. */
    private static void tendons(World w) {
        Machine m = w.machine;
        double[] s = w.scratch;
        for (int t = 0; t < m.ntendon; t++) {
            if (m.wrapType[m.tendonAdr[t]] == Tendons.JOINT) {
                continue;
            }
            double force = tension(w, t);
            int first = w.tenWrapadr[t];
            int last = first + w.tenWrapnum[t] - 1;
            for (int k = first; force != 0 && k < last; k++) {
                int b0 = w.wrapBody[k];
                int b1 = w.wrapBody[k + 1];
                if (b0 < 0 || b1 < 0 || b0 == b1) {
                    continue;
                }
                for (int c = 0; c < 3; c++) {
                    s[c] = w.wrapXpos[3 * k + 3 + c] - w.wrapXpos[3 * k + c];
                    s[3 + c] = 0;
                }
                Flat.normalize3(s, 0);
                double scale = force / w.wrapDivisor[k];
                add(w, b1, s, w.wrapXpos, 3 * k + 3, scale);
                add(w, b0, s, w.wrapXpos, 3 * k, -scale);
            }
        }
    }

    /** Force that lengthens the tendon: of actuators, springs, dampers and constraints. */
    private static double tension(World w, int t) {
        Machine m = w.machine;
        double f = w.tenPassive[t];
        for (int a = 0; a < m.nactuator; a++) {
            if (m.actuatorTrntype[a] == Transmission.TENDON && m.actuatorTrnid[2 * a] == t) {
                int out = m.actuatorOutadr[a];
                f += m.actuatorGear[6 * out] * w.actuatorForce[out];
            }
        }
        Rows rows = w.constraints.rows;
        for (int r = rows.ne; r < rows.ne + rows.nf + rows.nl; r++) {
            if (rows.id[r] != t) {
                continue;
            }
            if (rows.type[r] == Rows.FRICTION_TENDON) {
                f += rows.force[r];
            } else if (rows.type[r] == Rows.LIMIT_TENDON) {
                double middle = 0.5 * (m.tendonRange[2 * t] + m.tendonRange[2 * t + 1]);
                f += w.tenLength[t] < middle ? rows.force[r] : -rows.force[r];
            }
        }
        return f;
    }

    /** Adds force {@code s[0..2]} and torque {@code s[3..5]} at the point p of body b. */
    private static void add(World w, int b, double[] s, double[] p, int po, double sign) {
        if (b == 0) {
            return;
        }
        TreeData d = w.tree;
        int r = 3 * w.machine.bodyRootid[b];
        double x = p[po] - d.subtreeCom[r];
        double y = p[po + 1] - d.subtreeCom[r + 1];
        double z = p[po + 2] - d.subtreeCom[r + 2];
        double[] f = d.cfrcExt;
        int k = 6 * b;
        f[k] += sign * (s[3] + y * s[2] - z * s[1]);
        f[k + 1] += sign * (s[4] + z * s[0] - x * s[2]);
        f[k + 2] += sign * (s[5] + x * s[1] - y * s[0]);
        f[k + 3] += sign * s[0];
        f[k + 4] += sign * s[1];
        f[k + 5] += sign * s[2];
    }
}
