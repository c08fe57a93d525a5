package org.openkaiwu.checks.golden;

import org.openkaiwu.checks.golden.GoldenFile.State;
import org.openkaiwu.physics.Model;
import org.openkaiwu.physics.World;

/** Puts reference states into worlds and takes out what is compared. */
public final class GoldenRun {
    private GoldenRun() {}

    /** Everything of the state; what it does not name is as after a reset. */
    public static void set(World w, State s) {
        w.reset();
        w.time = s.number("time");
        copy(s, "qpos", w.qpos);
        copy(s, "qvel", w.qvel);
        copy(s, "act", w.act);
        copy(s, "ctrl", w.ctrl);
        copy(s, "mocap_pos", w.mocapPos);
        copy(s, "mocap_quat", w.mocapQuat);
        copy(s, "qfrc_applied", w.qfrcApplied);
        copy(s, "xfrc_applied", w.xfrcApplied);
    }

    private static void copy(State s, String field, double[] to) {
        if (s.has(field)) {
            System.arraycopy(s.array(field), 0, to, 0, to.length);
        }
    }

    /** M's lower triangle, row by row. */
    public static double[] lowerM(World w) {
        int nv = w.machine.nv;
        double[] out = new double[nv * (nv + 1) / 2];
        int[] rowadr = w.model.tree.mRowadr;
        for (int i = 0; i < nv; i++) {
            for (int k = rowadr[i]; k < rowadr[i + 1]; k++) {
                out[i * (i + 1) / 2 + w.model.tree.mColind[k]] = w.tree.qM[k];
            }
        }
        return out;
    }

    /** Sparse rows as a dense matrix with nv columns. */
    public static double[] dense(Model model, int[] rowadr, int[] colind, double[] a) {
        int nv = model.machine.nv;
        double[] out = new double[(rowadr.length - 1) * nv];
        for (int r = 0; r < rowadr.length - 1; r++) {
            for (int k = rowadr[r]; k < rowadr[r + 1]; k++) {
                out[r * nv + colind[k]] = a[k];
            }
        }
        return out;
    }
}
