package org.openkaiwu.math;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vector of the lanes, and the few operations on arrays of them that several classes need.
 * Vectors are handed over in arrays alone, since a vector that leaves compiled code becomes an
 * object. The class needs the module {@code jdk.incubator.vector}. Number i of lane l is at {@code
 * i W + l}.
 */
public final class Lanes {
    /** Shape of the vectors: what the processor prefers. */
    public static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;

    /** Lanes. */
    public static final int W = S.length();

    private Lanes() {}

    /** {@code out[0] = a . b}, each lane its own. */
    public static void dot(double[] a, double[] b, int n, double[] out) {
        DoubleVector s = DoubleVector.zero(S);
        for (int i = 0; i < n; i++) {
            s = s.add(DoubleVector.fromArray(S, a, i * W).mul(DoubleVector.fromArray(S, b, i * W)));
        }
        s.intoArray(out, 0);
    }

    /** {@code a += alpha b} in the lanes that are on. */
    public static void addScaled(double[] a, double[] alpha, double[] b, int n, double[] on) {
        DoubleVector x = DoubleVector.fromArray(S, alpha, 0);
        VectorMask<Double> m = DoubleVector.fromArray(S, on, 0).compare(VectorOperators.NE, 0);
        for (int i = 0; i < n; i++) {
            DoubleVector old = DoubleVector.fromArray(S, a, i * W);
            old.blend(old.add(x.mul(DoubleVector.fromArray(S, b, i * W))), m).intoArray(a, i * W);
        }
    }

    /** {@code a = b} in the lanes that are on. */
    public static void copy(double[] a, double[] b, int n, double[] on) {
        VectorMask<Double> m = DoubleVector.fromArray(S, on, 0).compare(VectorOperators.NE, 0);
        for (int i = 0; i < n; i++) {
            DoubleVector.fromArray(S, a, i * W)
                    .blend(DoubleVector.fromArray(S, b, i * W), m)
                    .intoArray(a, i * W);
        }
    }
}
