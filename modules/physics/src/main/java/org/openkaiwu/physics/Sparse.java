package org.openkaiwu.physics;

/** Products with matrices stored by sparse rows. */
final class Sparse {
    private Sparse() {}

    /** {@code r = A v}. */
    static void mulVec(double[] r, int rows, int[] rowadr, int[] colind, double[] a, double[] v) {
        for (int i = 0; i < rows; i++) {
            double sum = 0;
            for (int k = rowadr[i]; k < rowadr[i + 1]; k++) {
                sum += a[k] * v[colind[k]];
            }
            r[i] = sum;
        }
    }

    /** {@code r += A' v}. */
    static void addMulTVec(
            double[] r, int rows, int[] rowadr, int[] colind, double[] a, double[] v) {
        for (int i = 0; i < rows; i++) {
            double s = v[i];
            if (s != 0) {
                for (int k = rowadr[i]; k < rowadr[i + 1]; k++) {
                    r[colind[k]] += a[k] * s;
                }
            }
        }
    }
}
