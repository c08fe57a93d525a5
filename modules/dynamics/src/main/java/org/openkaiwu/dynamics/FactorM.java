package org.openkaiwu.dynamics;

import org.openkaiwu.body.Machine;

/**
 * M = L' D L without fill-in, by the order of the tree (Featherstone 2008, section 6.5), and
 * solutions with it. After {@link Crb}.
 */
public final class FactorM {
    private FactorM() {}

    /** {@code qLD, qLDiagInv} from {@code qM}. */
    public static void run(Machine m, TreeData d) {
        System.arraycopy(d.qM, 0, d.qLD, 0, d.tree.nC);
        factor(d.tree, m.nv, d.qLD, d.qLDiagInv);
    }

    /** Factors, in place, a matrix in the layout of M. */
    public static void factor(Tree t, int nv, double[] a, double[] diagInv) {
        int[] rowadr = t.mRowadr;
        int[] colind = t.mColind;
        for (int k = nv - 1; k >= 0; k--) {
            int start = rowadr[k];
            int diag = rowadr[k + 1] - 1;
            double inv = 1 / a[diag];
            diagInv[k] = inv;
            for (int at = diag - 1; at >= start; at--) {
                int i = colind[at];
                double s = a[at] * inv;
                // row i of an ancestor has the first columns of row k
                int row = rowadr[i];
                int n = rowadr[i + 1] - row;
                for (int c = 0; c < n; c++) {
                    a[row + c] -= s * a[start + c];
                }
            }
            for (int at = start; at < diag; at++) {
                a[at] *= inv;
            }
        }
    }

    /** {@code x <- M^-1 x}; x may be longer than nv. */
    public static void solve(Machine m, TreeData d, double[] x) {
        solve(d.tree, m.nv, d.qLD, d.qLDiagInv, x, 0);
    }

    /** {@code x <- A^-1 x} for the nv numbers of x that start at {@code xo}. */
    public static void solve(Tree t, int nv, double[] ld, double[] diagInv, double[] x, int xo) {
        int[] rowadr = t.mRowadr;
        int[] colind = t.mColind;
        for (int i = nv - 1; i >= 0; i--) {
            double xi = x[xo + i];
            if (xi != 0) {
                int diag = rowadr[i + 1] - 1;
                for (int at = rowadr[i]; at < diag; at++) {
                    x[xo + colind[at]] -= ld[at] * xi;
                }
            }
        }
        for (int i = 0; i < nv; i++) {
            double sum = x[xo + i] * diagInv[i];
            int diag = rowadr[i + 1] - 1;
            for (int at = rowadr[i]; at < diag; at++) {
                sum -= ld[at] * x[xo + colind[at]];
            }
            x[xo + i] = sum;
        }
    }
}
