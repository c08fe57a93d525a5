package org.openkaiwu.dynamics;

import java.util.Arrays;
import org.openkaiwu.body.Machine;

/**
 * A square matrix over the dofs, not necessarily symmetric, with entries only where one dof is the
 * other's ancestor (or itself). {@code lower} has A(i, j) and {@code upper} has A(j, i) for every
 * ancestor j of i, in the rows of {@link Tree#fullRowadr}; the diagonal is in {@code lower}.
 *
 * <p>Elimination from the leaves to the root makes no other entries, as for the inertia matrix
 * (Featherstone 2008, section 6.5); nothing is pivoted, so it is for matrices near to inertia.
 */
public final class TreeMatrix {
    /** A(i, j), j ancestor of i or i itself. */
    public final double[] lower;

    /** A(j, i), j ancestor of i; the diagonal places are not used. */
    public final double[] upper;

    private final Tree tree;
    private final double[] dense;
    private final double[] columns;

    public TreeMatrix(Machine m, Tree tree) {
        this.tree = tree;
        lower = new double[tree.fullColind.length];
        upper = new double[tree.fullColind.length];
        dense = new double[m.nv];
        columns = new double[12 * m.nv];
    }

    public void clear() {
        Arrays.fill(lower, 0);
        Arrays.fill(upper, 0);
    }

    /**
     * Adds {@code s J' J} where it fits the pattern, for one sparse row J.
     *
     * @param start first place of the row in {@code colind} and {@code jac}
     * @param end place after its last one
     */
    public void addOuter(double[] jac, int[] colind, int start, int end, double s) {
        for (int k = start; k < end; k++) {
            dense[colind[k]] = jac[k];
        }
        int[] rowadr = tree.fullRowadr;
        for (int k = start; k < end; k++) {
            int i = colind[k];
            double si = s * jac[k];
            if (si == 0) {
                continue;
            }
            int diag = rowadr[i + 1] - 1;
            for (int at = rowadr[i]; at < diag; at++) {
                double x = si * dense[tree.fullColind[at]];
                lower[at] += x;
                upper[at] += x;
            }
            lower[diag] += si * jac[k];
        }
        for (int k = start; k < end; k++) {
            dense[colind[k]] = 0;
        }
    }

    /**
     * Adds {@code J' B J} for the Jacobian J (angular then linear rows) of the point p of body b in
     * the axes of {@code mat}, and a 6 x 6 matrix B.
     */
    public void addBody(
            Machine m, TreeData d, int b, double[] p, int po, double[] mat, int mo, double[] bm) {
        int root = m.bodyRootid[b];
        int last = tree.bodyLastDof[b];
        int start = tree.fullRowadr[last];
        int n = tree.fullRowadr[last + 1] - start;
        double[] c = columns;
        for (int k = 0; k < n; k++) {
            int at = 12 * k;
            Jacobian.column(d, root, tree.fullColind[start + k], p, po, c, at + 6);
            local(c, at + 9, mat, mo, c, at);
            local(c, at + 6, mat, mo, c, at + 3);
            for (int r = 0; r < 6; r++) {
                c[at + 6 + r] = Spatial.dot6(bm, 6 * r, c, at);
            }
        }
        for (int k = 0; k < n; k++) {
            int row = tree.fullRowadr[tree.fullColind[start + k]];
            for (int l = 0; l < k; l++) {
                lower[row + l] += Spatial.dot6(c, 12 * k, c, 12 * l + 6);
                upper[row + l] += Spatial.dot6(c, 12 * l, c, 12 * k + 6);
            }
            lower[row + k] += Spatial.dot6(c, 12 * k, c, 12 * k + 6);
        }
    }

    /** {@code r = mat' v}; r is not v. */
    private static void local(double[] v, int vo, double[] mat, int mo, double[] r, int ro) {
        for (int k = 0; k < 3; k++) {
            r[ro + k] =
                    mat[mo + k] * v[vo] + mat[mo + 3 + k] * v[vo + 1] + mat[mo + 6 + k] * v[vo + 2];
        }
    }

    /** {@code A <- M - h A} for the dofs from first on to before end, which are whole trees. */
    public void subtractFromInertia(TreeData d, double h, int first, int end) {
        int[] full = tree.fullRowadr;
        int[] rowadr = tree.mRowadr;
        for (int i = first; i < end; i++) {
            int n = rowadr[i + 1] - rowadr[i];
            int skip = full[i + 1] - n;
            for (int at = full[i]; at < full[i + 1]; at++) {
                double inertia = at >= skip ? d.qM[rowadr[i] + at - skip] : 0;
                lower[at] = inertia - h * lower[at];
                upper[at] = inertia - h * upper[at];
            }
        }
    }

    /** Eliminates in place, for the dofs of whole trees. */
    public void factor(int first, int end) {
        int[] rowadr = tree.fullRowadr;
        for (int k = end - 1; k >= first; k--) {
            int start = rowadr[k];
            int diag = rowadr[k + 1] - 1;
            double inv = 1 / lower[diag];
            for (int p = diag - 1 - start; p >= 0; p--) {
                int row = rowadr[tree.fullColind[start + p]];
                double su = upper[start + p] * inv;
                double sl = lower[start + p] * inv;
                for (int c = 0; c < p; c++) {
                    lower[row + c] -= su * lower[start + c];
                    upper[row + c] -= sl * upper[start + c];
                }
                lower[row + p] -= su * lower[start + p];
            }
        }
    }

    /** {@code x <- A^-1 x} with the factors, for the dofs of whole trees. */
    public void solve(double[] x, int first, int end) {
        int[] rowadr = tree.fullRowadr;
        for (int k = end - 1; k >= first; k--) {
            int diag = rowadr[k + 1] - 1;
            double s = x[k] / lower[diag];
            for (int at = rowadr[k]; at < diag; at++) {
                x[tree.fullColind[at]] -= upper[at] * s;
            }
        }
        for (int k = first; k < end; k++) {
            int diag = rowadr[k + 1] - 1;
            double sum = x[k];
            for (int at = rowadr[k]; at < diag; at++) {
                sum -= lower[at] * x[tree.fullColind[at]];
            }
            x[k] = sum / lower[diag];
        }
    }
}
