package org.openkaiwu.physics.constraint;

import java.util.Arrays;

/**
 * The constraint problem of one island: n dofs, m rows, in their own numbering. A problem that
 * covers everything refers to the world's arrays; others hold copies.
 *
 * <pre>min over a:  1/2 (a - smooth)' M (a - smooth) + s(J a - aref)</pre>
 */
final class Problem {
    /** Dofs. */
    int n;

    /** Rows. */
    int m;

    /** Equality rows, the first ones. */
    int ne;

    /** Friction loss rows, after these. */
    int nf;

    /** Some contact has an elliptic cone. */
    boolean elliptic;

    /** Lower triangle of M by rows, columns ascending, diagonal last: the world's array. */
    double[] inertia;

    /** First number of row i. Shape n. */
    int[] inertiaFrom = new int[0];

    /** Place of the diagonal of row i. Shape n. */
    int[] inertiaDiag = new int[0];

    /** The world's columns of M. */
    int[] inertiaCol;

    /** World's dof less own dof, by own dof. Shape n. */
    int[] shift = new int[0];

    /** Last row of the columns of M. Shape n. */
    int[] inertiaLast = new int[0];

    /** First dof of the dof's tree, and the one behind its last. Shape n. */
    int[] treeStart = new int[0];

    int[] treeEnd = new int[0];

    /** Acceleration without constraints. Shape n. */
    double[] smoothAcc;

    /** Force without constraints. Shape n. */
    double[] smoothForce;

    /** Acceleration: start and result. Shape n. */
    double[] acc;

    /** Constraint force in joint coordinates: result. Shape n. */
    double[] jointForce;

    BlockJacobian jacobian;
    int[] type;
    double[] d;
    double[] r;
    double[] aref;
    double[] frictionloss;

    /** Row forces and states: results (for the dual solver also the start). Shape m. */
    double[] force;

    int[] state;

    /** Iterations used. */
    int iterations;

    // Own storage of a problem that is a part of the world

    private final BlockJacobian ownJacobian = new BlockJacobian();
    private final double[][] ownDofs = new double[4][0];
    private final double[][] ownRows = new double[5][0];
    private int[] ownType = new int[0];
    private int[] ownState = new int[0];

    /** Room for the index arrays of n dofs. */
    void dofs(int size) {
        n = size;
        if (shift.length < n) {
            int cap = Math.max(n, 2 * shift.length);
            shift = new int[cap];
            inertiaFrom = new int[cap];
            inertiaDiag = new int[cap];
            inertiaLast = new int[cap];
            treeStart = new int[cap];
            treeEnd = new int[cap];
        }
    }

    /** Switches to own storage for n dofs and m rows, and an empty own Jacobian. */
    void ownStorage(int size, int rows) {
        dofs(size);
        m = rows;
        if (ownDofs[0].length < n) {
            int cap = Math.max(n, 2 * ownDofs[0].length);
            for (int k = 0; k < ownDofs.length; k++) {
                ownDofs[k] = new double[cap];
            }
        }
        if (ownType.length < m) {
            int cap = Math.max(m, 2 * ownType.length);
            ownType = new int[cap];
            ownState = new int[cap];
            for (int k = 0; k < ownRows.length; k++) {
                ownRows[k] = new double[cap];
            }
        }
        acc = ownDofs[0];
        smoothAcc = ownDofs[1];
        smoothForce = ownDofs[2];
        jointForce = ownDofs[3];
        type = ownType;
        state = ownState;
        d = ownRows[0];
        r = ownRows[1];
        aref = ownRows[2];
        frictionloss = ownRows[3];
        force = ownRows[4];
        jacobian = ownJacobian;
        jacobian.clear();
    }

    /** {@code out = M x}. */
    void multiplyInertia(double[] x, double[] out) {
        double[] a = inertia;
        int[] c = inertiaCol;
        for (int i = 0; i < n; i++) {
            int diag = inertiaDiag[i];
            int off = shift[i];
            double xi = x[i];
            double s = a[diag] * xi;
            for (int k = inertiaFrom[i]; k < diag; k++) {
                int j = c[k] - off;
                s += a[k] * x[j];
                out[j] += a[k] * xi;
            }
            out[i] = s;
        }
    }

    /** One over the sum of the diagonal of M: makes costs and gradients comparable. */
    double scale() {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += inertia[inertiaDiag[i]];
        }
        return 1 / sum;
    }

    /** {@code jointForce = J' force}. */
    void jointForces() {
        Arrays.fill(jointForce, 0, n, 0);
        jacobian.addTransposed(force, jointForce);
    }
}
