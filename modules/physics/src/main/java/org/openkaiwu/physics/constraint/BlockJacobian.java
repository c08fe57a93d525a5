package org.openkaiwu.physics.constraint;

import java.util.Arrays;

/**
 * A constraint Jacobian in blocks. Rows that belong together (the three of a connect, those of a
 * contact, ...) share their columns; a block is stored once, dense over its own columns: {@code
 * dim} rows of {@code nnz} numbers.
 *
 * <p>The {@code 2 (dim - 1)} edges of a friction pyramid are not stored. With the rows c of the
 * contact frame and the friction coefficients mu they are {@code c[0] + mu[k-1] c[k]} and {@code
 * c[0] - mu[k-1] c[k]}, k = 1 .. dim-1: the product with a vector is made for the {@code dim}
 * stored rows and then spread to the edges. All other blocks have as many rows as {@code dim}.
 *
 * <p>Arrays only grow; entries behind the counts mean nothing.
 */
final class BlockJacobian {
    /** Blocks. */
    int count;

    /** Kind of the rows, {@link Rows#EQUALITY} .. Shape count. */
    int[] kind = new int[64];

    /** First row. Shape count + 1. */
    int[] row = new int[65];

    /** Stored rows. Shape count. */
    int[] dim = new int[64];

    /** Columns. Shape count. */
    int[] nnz = new int[64];

    /** Where the columns begin in {@link #colind}. Shape count. */
    int[] col = new int[64];

    /** Where the numbers begin in {@link #values}. Shape count. */
    int[] val = new int[64];

    /** Friction coefficients of contacts. Shape count x 5. */
    double[] mu = new double[320];

    /** Friction of the regularized cone of contacts. Shape count. */
    double[] coneMu = new double[64];

    /** Used part of {@link #colind}. */
    int ncol;

    /** Used part of {@link #values}. */
    int nval;

    /** Columns (dofs), ascending in each block. */
    int[] colind = new int[512];

    /** Numbers of the blocks, row by row. */
    double[] values = new double[1024];

    private final double[] unit = new double[6];

    void clear() {
        count = 0;
        ncol = 0;
        nval = 0;
        row[0] = 0;
    }

    /** Rows. */
    int rows() {
        return row[count];
    }

    /** Room for a block to be written behind the used parts. */
    void reserve(int columns, int numbers) {
        if (ncol + columns > colind.length) {
            colind = Arrays.copyOf(colind, Math.max(2 * colind.length, ncol + columns));
        }
        if (nval + numbers > values.length) {
            values = Arrays.copyOf(values, Math.max(2 * values.length, nval + numbers));
        }
    }

    /** Takes the block that was written behind the used parts; returns its number. */
    int append(int kind, int dim, int rows, int nnz) {
        if (count == this.dim.length) {
            int n = 2 * count;
            this.kind = Arrays.copyOf(this.kind, n);
            row = Arrays.copyOf(row, n + 1);
            this.dim = Arrays.copyOf(this.dim, n);
            this.nnz = Arrays.copyOf(this.nnz, n);
            col = Arrays.copyOf(col, n);
            val = Arrays.copyOf(val, n);
            mu = Arrays.copyOf(mu, 5 * n);
            coneMu = Arrays.copyOf(coneMu, n);
        }
        int b = count++;
        this.kind[b] = kind;
        this.dim[b] = dim;
        this.nnz[b] = nnz;
        col[b] = ncol;
        val[b] = nval;
        ncol += nnz;
        nval += dim * nnz;
        row[count] = row[b] + rows;
        return b;
    }

    /** {@code out = J v}, all rows. */
    void multiply(double[] v, double[] out) {
        double[] u = unit;
        double[] x = values;
        int[] c = colind;
        for (int b = 0; b < count; b++) {
            int n = nnz[b];
            int from = col[b];
            int at = val[b];
            if (dim[b] == 3) {
                double s0 = 0;
                double s1 = 0;
                double s2 = 0;
                for (int j = 0; j < n; j++) {
                    double y = v[c[from + j]];
                    s0 += x[at + j] * y;
                    s1 += x[at + n + j] * y;
                    s2 += x[at + 2 * n + j] * y;
                }
                u[0] = s0;
                u[1] = s1;
                u[2] = s2;
            } else {
                for (int k = 0; k < dim[b]; k++, at += n) {
                    double s = 0;
                    for (int j = 0; j < n; j++) {
                        s += x[at + j] * v[c[from + j]];
                    }
                    u[k] = s;
                }
            }
            spread(b, u, out);
        }
    }

    /** {@code out += J' f}, all rows. */
    void addTransposed(double[] f, double[] out) {
        for (int b = 0; b < count; b++) {
            addTransposed(b, f, out);
        }
    }

    /** {@code out += J' f} for the rows of one block. */
    void addTransposed(int b, double[] f, double[] out) {
        double[] w = unit;
        double[] x = values;
        int[] c = colind;
        gather(b, f, w);
        int n = nnz[b];
        int from = col[b];
        int at = val[b];
        if (dim[b] == 3) {
            double w0 = w[0];
            double w1 = w[1];
            double w2 = w[2];
            if (w0 != 0 || w1 != 0 || w2 != 0) {
                for (int j = 0; j < n; j++) {
                    out[c[from + j]] +=
                            x[at + j] * w0 + x[at + n + j] * w1 + x[at + 2 * n + j] * w2;
                }
            }
            return;
        }
        for (int k = 0; k < dim[b]; k++, at += n) {
            double s = w[k];
            if (s != 0) {
                for (int j = 0; j < n; j++) {
                    out[c[from + j]] += x[at + j] * s;
                }
            }
        }
    }

    /** From the stored rows' products to those of the block's rows. */
    private void spread(int b, double[] u, double[] out) {
        int at = row[b];
        int d = dim[b];
        if (kind[b] == Rows.CONTACT_PYRAMIDAL) {
            for (int k = 1; k < d; k++, at += 2) {
                double x = mu[5 * b + k - 1] * u[k];
                out[at] = u[0] + x;
                out[at + 1] = u[0] - x;
            }
        } else {
            for (int k = 0; k < d; k++) {
                out[at + k] = u[k];
            }
        }
    }

    /** From the forces of the block's rows to those of the stored rows: the contact wrench. */
    void gather(int b, double[] f, double[] wrench) {
        int at = row[b];
        int d = dim[b];
        if (kind[b] == Rows.CONTACT_PYRAMIDAL) {
            double normal = 0;
            for (int k = 1; k < d; k++, at += 2) {
                normal += f[at] + f[at + 1];
                wrench[k] = mu[5 * b + k - 1] * (f[at] - f[at + 1]);
            }
            wrench[0] = normal;
        } else {
            for (int k = 0; k < d; k++) {
                wrench[k] = f[at + k];
            }
        }
    }

    /** Numbers of row k of block b over the block's columns. */
    void denseRow(int b, int k, double[] out) {
        int n = nnz[b];
        int at = val[b];
        if (kind[b] == Rows.CONTACT_PYRAMIDAL) {
            int axis = at + (k / 2 + 1) * n;
            double f = mu[5 * b + k / 2] * ((k & 1) == 0 ? 1 : -1);
            for (int j = 0; j < n; j++) {
                out[j] = values[at + j] + f * values[axis + j];
            }
        } else {
            System.arraycopy(values, at + k * n, out, 0, n);
        }
    }

    /** Block that holds a row. */
    int blockOf(int r) {
        int b = Arrays.binarySearch(row, 0, count, r);
        return b >= 0 ? b : -b - 2;
    }
}
