package org.openkaiwu.physics.constraint;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vector of the lanes, and the few operations on arrays of them that several classes need.
 * Vectors are handed over in arrays alone, since a vector that leaves compiled code becomes an
 * object. Number i of lane l is at {@code i W + l}.
 */
final class Lanes {
    static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;

    /** Lanes. */
    static final int W = S.length();

    private Lanes() {}

    /** Vector i of an array. */
    static DoubleVector at(double[] a, int i) {
        return DoubleVector.fromArray(S, a, i * W);
    }

    static void put(DoubleVector v, double[] a, int i) {
        v.intoArray(a, i * W);
    }

    static DoubleVector zero() {
        return DoubleVector.zero(S);
    }

    /** Lanes whose number is not zero. */
    static VectorMask<Double> mask(double[] on) {
        return DoubleVector.fromArray(S, on, 0).compare(VectorOperators.NE, 0);
    }

    /** {@code out[0] = a . b}, each lane its own. */
    static void dot(double[] a, double[] b, int n, double[] out) {
        DoubleVector s = zero();
        for (int i = 0; i < n; i++) {
            s = s.add(at(a, i).mul(at(b, i)));
        }
        put(s, out, 0);
    }

    /** {@code a += alpha b} in the lanes that are on. */
    static void addScaled(double[] a, double[] alpha, double[] b, int n, double[] on) {
        DoubleVector x = at(alpha, 0);
        VectorMask<Double> m = mask(on);
        for (int i = 0; i < n; i++) {
            DoubleVector old = at(a, i);
            put(old.blend(old.add(x.mul(at(b, i))), m), a, i);
        }
    }

    /** {@code a = b} in the lanes that are on. */
    static void copy(double[] a, double[] b, int n, double[] on) {
        VectorMask<Double> m = mask(on);
        for (int i = 0; i < n; i++) {
            put(at(a, i).blend(at(b, i), m), a, i);
        }
    }
}
