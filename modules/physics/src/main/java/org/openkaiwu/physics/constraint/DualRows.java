package org.openkaiwu.physics.constraint;

import java.util.Arrays;

/**
 * The rows of a dual problem as {@link DualSolver} sees them: what a row feels of the acceleration,
 * and how the acceleration follows a change of its force, through {@code M^-1 C'} of each block,
 * kept over the trees that the block touches.
 */
final class DualRows {
    private Problem p;
    private BlockJacobian jac;

    private final Skyline inertia = new Skyline();

    // M^-1 C' of each block, over its own columns
    private int[] widthOf = new int[0];
    private int[] colAt = new int[0];
    private int[] valAt = new int[0];
    private int[] cols = new int[64];
    private double[] vals = new double[256];

    /** C M^-1 C' of each block, 6 x 6 (dim x dim used). */
    double[] blockA = new double[0];

    int[] blockOfRow = new int[0];
    private double[] work = new double[0];

    /** Takes a problem up. */
    void prepare(Problem problem) {
        p = problem;
        jac = p.jacobian;
        reserve();
        inertia.begin(p.n);
        System.arraycopy(p.inertiaLast, 0, inertia.last, 0, p.n);
        inertia.layout();
        for (int i = 0; i < p.n; i++) {
            for (int k = p.inertiaFrom[i]; k <= p.inertiaDiag[i]; k++) {
                inertia.h[inertia.start[p.inertiaCol[k] - p.shift[i]] + i] = p.inertia[k];
            }
        }
        inertia.factorize();
        int ncol = 0;
        int nval = 0;
        for (int b = 0; b < jac.count; b++) {
            for (int i = jac.row[b]; i < jac.row[b + 1]; i++) {
                blockOfRow[i] = b;
            }
            int width = columns(b, ncol);
            widthOf[b] = width;
            colAt[b] = ncol;
            valAt[b] = nval;
            ncol += width;
            nval += jac.dim[b] * width;
            if (vals.length < nval) {
                vals = Arrays.copyOf(vals, Math.max(nval, 2 * vals.length));
            }
            respond(b);
        }
    }

    /** The dofs of all trees that a block touches. */
    private int columns(int b, int at) {
        int width = 0;
        int covered = 0;
        for (int k = 0; k < jac.nnz[b]; k++) {
            int c = jac.colind[jac.col[b] + k];
            if (k == 0 || c >= covered) {
                covered = p.treeEnd[c];
                int from = p.treeStart[c];
                if (cols.length < at + width + covered - from) {
                    cols = Arrays.copyOf(cols, 2 * (at + width + covered - from));
                }
                for (int j = from; j < covered; j++) {
                    cols[at + width++] = j;
                }
            }
        }
        return width;
    }

    /** M^-1 C' and C M^-1 C' of a block. */
    private void respond(int b) {
        int n = jac.nnz[b];
        int width = widthOf[b];
        int dim = jac.dim[b];
        for (int k = 0; k < dim; k++) {
            for (int j = 0; j < width; j++) {
                work[cols[colAt[b] + j]] = 0;
            }
            for (int j = 0; j < n; j++) {
                work[jac.colind[jac.col[b] + j]] = jac.values[jac.val[b] + k * n + j];
            }
            for (int j = 0; j < width; j = next(b, j)) {
                int dof = cols[colAt[b] + j];
                inertia.solve(work, p.treeStart[dof], p.treeEnd[dof]);
            }
            for (int j = 0; j < width; j++) {
                vals[valAt[b] + k * width + j] = work[cols[colAt[b] + j]];
            }
            for (int l = 0; l < dim; l++) {
                double s = 0;
                for (int j = 0; j < n; j++) {
                    s += jac.values[jac.val[b] + l * n + j] * work[jac.colind[jac.col[b] + j]];
                }
                blockA[36 * b + l * dim + k] = s;
            }
        }
    }

    private int next(int b, int j) {
        int dof = cols[colAt[b] + j];
        return j + p.treeEnd[dof] - p.treeStart[dof];
    }

    /** acc = smooth + M^-1 J' f. */
    void followForces() {
        p.jointForces();
        System.arraycopy(p.jointForce, 0, p.acc, 0, p.n);
        inertia.solve(p.acc, 0, p.n);
        for (int i = 0; i < p.n; i++) {
            p.acc[i] += p.smoothAcc[i];
        }
    }

    /** J_i acc - aref_i. */
    double residual(int i) {
        int b = blockOfRow[i];
        int k = i - jac.row[b];
        double s;
        if (jac.kind[b] == Rows.CONTACT_PYRAMIDAL) {
            double f = jac.mu[5 * b + k / 2] * ((k & 1) == 0 ? 1 : -1);
            s = stored(b, 0) + f * stored(b, k / 2 + 1);
        } else {
            s = stored(b, k);
        }
        return s - p.aref[i];
    }

    private double stored(int b, int k) {
        int n = jac.nnz[b];
        int at = jac.val[b] + k * n;
        double s = 0;
        for (int j = 0; j < n; j++) {
            s += jac.values[at + j] * p.acc[jac.colind[jac.col[b] + j]];
        }
        return s;
    }

    /** The acceleration follows a change of a row's force. */
    void follow(int i, double delta) {
        if (delta == 0) {
            return;
        }
        int b = blockOfRow[i];
        int k = i - jac.row[b];
        if (jac.kind[b] == Rows.CONTACT_PYRAMIDAL) {
            double f = jac.mu[5 * b + k / 2] * ((k & 1) == 0 ? 1 : -1);
            followStored(b, 0, delta);
            followStored(b, k / 2 + 1, f * delta);
        } else {
            followStored(b, k, delta);
        }
    }

    private void followStored(int b, int k, double delta) {
        int width = widthOf[b];
        int at = valAt[b] + k * width;
        for (int j = 0; j < width; j++) {
            p.acc[cols[colAt[b] + j]] += delta * vals[at + j];
        }
    }

    /** A_ii without regularization. */
    double diagonal(int i) {
        int b = blockOfRow[i];
        int k = i - jac.row[b];
        int dim = jac.dim[b];
        int o = 36 * b;
        if (jac.kind[b] == Rows.CONTACT_PYRAMIDAL) {
            int axis = k / 2 + 1;
            double f = jac.mu[5 * b + k / 2] * ((k & 1) == 0 ? 1 : -1);
            return blockA[o] + 2 * f * blockA[o + axis] + f * f * blockA[o + axis * dim + axis];
        }
        return blockA[o + k * dim + k];
    }

    private void reserve() {
        if (blockOfRow.length < p.m) {
            blockOfRow = new int[Math.max(p.m, 2 * blockOfRow.length)];
        }
        if (widthOf.length < jac.count) {
            int cap = Math.max(jac.count, 2 * widthOf.length);
            widthOf = new int[cap];
            colAt = new int[cap];
            valAt = new int[cap];
            blockA = new double[36 * cap];
        }
        if (work.length < p.n) {
            work = new double[Math.max(p.n, 2 * work.length)];
        }
    }
}
