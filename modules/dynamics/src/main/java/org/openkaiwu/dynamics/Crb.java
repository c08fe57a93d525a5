package org.openkaiwu.dynamics;

import java.util.Arrays;
import org.openkaiwu.body.Machine;

/**
 * Joint-space inertia matrix by the composite-rigid-body algorithm (Featherstone 2008, section
 * 6.2). After {@link ComPos}.
 */
public final class Crb {
    private Crb() {}

    /** M with the machine's own {@code dofArmature} on the diagonal. */
    public static void run(Machine m, TreeData d) {
        run(m, d, m.dofArmature);
    }

    /**
     * M with the given armature (kg m^2 or kg) on the diagonal.
     *
     * @param armature shape nv
     */
    public static void run(Machine m, TreeData d, double[] armature) {
        Tree t = d.tree;
        double[] crb = d.crb;
        System.arraycopy(d.cinert, 0, crb, 0, crb.length);
        for (int k = t.articulated.length - 1; k >= 0; k--) {
            int b = t.articulated[k];
            int p = m.bodyParentid[b];
            if (t.bodyLastDof[p] >= 0) {
                int from = 10 * b;
                int to = 10 * p;
                for (int i = 0; i < 10; i++) {
                    crb[to + i] += crb[from + i];
                }
            }
        }
        double[] buf = d.bodyForce;
        double[] qM = d.qM;
        Arrays.fill(qM, 0);
        for (int i = 0; i < m.nv; i++) {
            Spatial.mulInertia(buf, 0, crb, 10 * m.dofBodyid[i], d.cdof, 6 * i);
            int start = t.mRowadr[i];
            int diag = t.mRowadr[i + 1] - 1;
            for (int at = start; at <= diag; at++) {
                qM[at] = Spatial.dot6(d.cdof, 6 * t.mColind[at], buf, 0);
            }
            qM[diag] += armature[i];
        }
    }

    /** {@code r = M v}; r is not v. */
    public static void mulM(Machine m, TreeData d, double[] r, double[] v) {
        Tree t = d.tree;
        Arrays.fill(r, 0, m.nv, 0);
        for (int i = 0; i < m.nv; i++) {
            int diag = t.mRowadr[i + 1] - 1;
            double vi = v[i];
            double sum = d.qM[diag] * vi;
            for (int at = t.mRowadr[i]; at < diag; at++) {
                int j = t.mColind[at];
                sum += d.qM[at] * v[j];
                r[j] += d.qM[at] * vi;
            }
            r[i] += sum;
        }
    }
}
