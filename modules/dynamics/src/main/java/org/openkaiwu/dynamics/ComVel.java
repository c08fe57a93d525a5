package org.openkaiwu.dynamics;

import java.util.Arrays;
import org.openkaiwu.body.Machine;

/** Spatial velocities of the bodies and rates of the motion axes. After {@link ComPos}. */
public final class ComVel {
    private ComVel() {}

    public static void run(Machine m, TreeData d) {
        for (int b : d.tree.articulated) {
            System.arraycopy(d.cvel, 6 * m.bodyParentid[b], d.cvel, 6 * b, 6);
            int end = m.bodyJntadr[b] + m.bodyJntnum[b];
            for (int j = m.bodyJntadr[b]; j < end; j++) {
                int dof = m.jntDofadr[j];
                switch (m.jntType[j]) {
                    case 0 -> {
                        // translation in world axes: constant axes
                        Arrays.fill(d.cdofDot, 6 * dof, 6 * dof + 18, 0);
                        add(d, b, dof, 3);
                        rates(d, b, dof + 3, 3);
                        add(d, b, dof + 3, 3);
                    }
                    case 1 -> {
                        rates(d, b, dof, 3);
                        add(d, b, dof, 3);
                    }
                    default -> {
                        rates(d, b, dof, 1);
                        add(d, b, dof, 1);
                    }
                }
            }
        }
    }

    /** {@code cdofDot = cvel x cdof} with the velocity reached so far. */
    private static void rates(TreeData d, int b, int dof, int n) {
        for (int k = dof; k < dof + n; k++) {
            Spatial.crossMotion(d.cdofDot, 6 * k, d.cvel, 6 * b, d.cdof, 6 * k);
        }
    }

    private static void add(TreeData d, int b, int dof, int n) {
        for (int k = dof; k < dof + n; k++) {
            Spatial.addScaled6(d.cvel, 6 * b, d.cdof, 6 * k, d.qvel[k]);
        }
    }
}
