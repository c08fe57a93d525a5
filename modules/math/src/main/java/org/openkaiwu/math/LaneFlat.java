package org.openkaiwu.math;

import static org.openkaiwu.math.Lanes.S;
import static org.openkaiwu.math.Lanes.W;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * {@link Flat} and {@link Trig} for as many numbers at once as a vector has lanes, the same
 * operations in the same order. Offsets count vectors.
 */
public final class LaneFlat {
    /** {@code x + ROUND - ROUND} is x rounded to the nearest whole number, halves to even. */
    private static final double ROUND = 0x1.8p52;

    private LaneFlat() {}

    /** {@code r = A v + p}; r is none of the operands. */
    public static void transform(
            double[] r, int ro, double[] a, int ao, double[] v, int vo, double[] p, int po) {
        DoubleVector x = DoubleVector.fromArray(S, v, vo * W);
        DoubleVector y = DoubleVector.fromArray(S, v, (vo + 1) * W);
        DoubleVector z = DoubleVector.fromArray(S, v, (vo + 2) * W);
        DoubleVector.fromArray(S, a, (ao + 0) * W)
                .mul(x)
                .add(DoubleVector.fromArray(S, a, (ao + 1) * W).mul(y))
                .add(DoubleVector.fromArray(S, a, (ao + 2) * W).mul(z))
                .add(DoubleVector.fromArray(S, p, (po + 0) * W))
                .intoArray(r, (ro + 0) * W);
        DoubleVector.fromArray(S, a, (ao + 3) * W)
                .mul(x)
                .add(DoubleVector.fromArray(S, a, (ao + 4) * W).mul(y))
                .add(DoubleVector.fromArray(S, a, (ao + 5) * W).mul(z))
                .add(DoubleVector.fromArray(S, p, (po + 1) * W))
                .intoArray(r, (ro + 1) * W);
        DoubleVector.fromArray(S, a, (ao + 6) * W)
                .mul(x)
                .add(DoubleVector.fromArray(S, a, (ao + 7) * W).mul(y))
                .add(DoubleVector.fromArray(S, a, (ao + 8) * W).mul(z))
                .add(DoubleVector.fromArray(S, p, (po + 2) * W))
                .intoArray(r, (ro + 2) * W);
    }

    /** {@code r = a b}, quaternions. */
    public static void mulQuat(double[] r, int ro, double[] a, int ao, double[] b, int bo) {
        DoubleVector aw = DoubleVector.fromArray(S, a, ao * W);
        DoubleVector ax = DoubleVector.fromArray(S, a, (ao + 1) * W);
        DoubleVector ay = DoubleVector.fromArray(S, a, (ao + 2) * W);
        DoubleVector az = DoubleVector.fromArray(S, a, (ao + 3) * W);
        DoubleVector bw = DoubleVector.fromArray(S, b, bo * W);
        DoubleVector bx = DoubleVector.fromArray(S, b, (bo + 1) * W);
        DoubleVector by = DoubleVector.fromArray(S, b, (bo + 2) * W);
        DoubleVector bz = DoubleVector.fromArray(S, b, (bo + 3) * W);
        aw.mul(bw).sub(ax.mul(bx)).sub(ay.mul(by)).sub(az.mul(bz)).intoArray(r, ro * W);
        aw.mul(bx).add(ax.mul(bw)).add(ay.mul(bz)).sub(az.mul(by)).intoArray(r, (ro + 1) * W);
        aw.mul(by).sub(ax.mul(bz)).add(ay.mul(bw)).add(az.mul(bx)).intoArray(r, (ro + 2) * W);
        aw.mul(bz).add(ax.mul(by)).sub(ay.mul(bx)).add(az.mul(bw)).intoArray(r, (ro + 3) * W);
    }

    /** {@code r = q v q*}; r is not v. */
    public static void rotVecQuat(double[] r, int ro, double[] v, int vo, double[] q, int qo) {
        DoubleVector w = DoubleVector.fromArray(S, q, qo * W);
        DoubleVector x = DoubleVector.fromArray(S, q, (qo + 1) * W);
        DoubleVector y = DoubleVector.fromArray(S, q, (qo + 2) * W);
        DoubleVector z = DoubleVector.fromArray(S, q, (qo + 3) * W);
        DoubleVector v0 = DoubleVector.fromArray(S, v, vo * W);
        DoubleVector v1 = DoubleVector.fromArray(S, v, (vo + 1) * W);
        DoubleVector v2 = DoubleVector.fromArray(S, v, (vo + 2) * W);
        DoubleVector tx = w.mul(v0).add(y.mul(v2)).sub(z.mul(v1));
        DoubleVector ty = w.mul(v1).add(z.mul(v0)).sub(x.mul(v2));
        DoubleVector tz = w.mul(v2).add(x.mul(v1)).sub(y.mul(v0));
        v0.add(y.mul(tz).sub(z.mul(ty)).mul(2)).intoArray(r, ro * W);
        v1.add(z.mul(tx).sub(x.mul(tz)).mul(2)).intoArray(r, (ro + 1) * W);
        v2.add(x.mul(ty).sub(y.mul(tx)).mul(2)).intoArray(r, (ro + 2) * W);
    }

    /** Makes the quaternions unit ones; identity where shorter than 1e-15. */
    public static void normalizeQuat(double[] q, int qo) {
        DoubleVector w = DoubleVector.fromArray(S, q, qo * W);
        DoubleVector x = DoubleVector.fromArray(S, q, (qo + 1) * W);
        DoubleVector y = DoubleVector.fromArray(S, q, (qo + 2) * W);
        DoubleVector z = DoubleVector.fromArray(S, q, (qo + 3) * W);
        DoubleVector n = w.mul(w).add(x.mul(x)).add(y.mul(y)).add(z.mul(z)).sqrt();
        VectorMask<Double> tiny = n.compare(VectorOperators.LT, 1e-15);
        VectorMask<Double> off = n.sub(1).abs().compare(VectorOperators.GT, 1e-15);
        DoubleVector s = DoubleVector.broadcast(S, 1).div(n);
        w.blend(w.mul(s), off).blend(1, tiny).intoArray(q, qo * W);
        x.blend(x.mul(s), off).blend(0, tiny).intoArray(q, (qo + 1) * W);
        y.blend(y.mul(s), off).blend(0, tiny).intoArray(q, (qo + 2) * W);
        z.blend(z.mul(s), off).blend(0, tiny).intoArray(q, (qo + 3) * W);
    }

    /** The rotation matrices of unit quaternions. */
    public static void quatToMat(double[] r, int ro, double[] q, int qo) {
        DoubleVector w = DoubleVector.fromArray(S, q, qo * W);
        DoubleVector x = DoubleVector.fromArray(S, q, (qo + 1) * W);
        DoubleVector y = DoubleVector.fromArray(S, q, (qo + 2) * W);
        DoubleVector z = DoubleVector.fromArray(S, q, (qo + 3) * W);
        DoubleVector ww = w.mul(w);
        DoubleVector xx = x.mul(x);
        DoubleVector yy = y.mul(y);
        DoubleVector zz = z.mul(z);
        ww.add(xx).sub(yy).sub(zz).intoArray(r, ro * W);
        ww.sub(xx).add(yy).sub(zz).intoArray(r, (ro + 4) * W);
        ww.sub(xx).sub(yy).add(zz).intoArray(r, (ro + 8) * W);
        x.mul(y).sub(w.mul(z)).mul(2).intoArray(r, (ro + 1) * W);
        x.mul(z).add(w.mul(y)).mul(2).intoArray(r, (ro + 2) * W);
        x.mul(y).add(w.mul(z)).mul(2).intoArray(r, (ro + 3) * W);
        y.mul(z).sub(w.mul(x)).mul(2).intoArray(r, (ro + 5) * W);
        x.mul(z).sub(w.mul(y)).mul(2).intoArray(r, (ro + 6) * W);
        y.mul(z).add(w.mul(x)).mul(2).intoArray(r, (ro + 7) * W);
    }

    /** Rotations by the angles in {@code r[ro]} about unit vectors. */
    public static void axisAngleToQuat(double[] r, int ro, double[] axis, int axo) {
        DoubleVector angle = DoubleVector.fromArray(S, r, ro * W);
        VectorMask<Double> none = angle.compare(VectorOperators.EQ, 0);
        angle.mul(0.5).intoArray(r, ro * W);
        sinCos(r, ro);
        DoubleVector s = DoubleVector.fromArray(S, r, (ro + 1) * W);
        DoubleVector.fromArray(S, r, ro * W).blend(1, none).intoArray(r, ro * W);
        DoubleVector x = DoubleVector.fromArray(S, axis, axo * W).mul(s);
        DoubleVector y = DoubleVector.fromArray(S, axis, (axo + 1) * W).mul(s);
        DoubleVector z = DoubleVector.fromArray(S, axis, (axo + 2) * W).mul(s);
        x.blend(0, none).intoArray(r, (ro + 1) * W);
        y.blend(0, none).intoArray(r, (ro + 2) * W);
        z.blend(0, none).intoArray(r, (ro + 3) * W);
    }

    /** Replaces the angles at {@code r[ro]} by their cosines and {@code r[ro + 1]} by the sines. */
    static void sinCos(double[] r, int ro) {
        DoubleVector x = DoubleVector.fromArray(S, r, ro * W);
        if (!x.abs().compare(VectorOperators.LT, Trig.LARGE).allTrue()) {
            for (int l = ro * W; l < (ro + 1) * W; l++) {
                double angle = r[l];
                r[l] = Trig.cos(angle);
                r[l + W] = Trig.sin(angle);
            }
            return;
        }
        DoubleVector shifted = x.mul(Trig.TWO_OVER_PI).add(ROUND);
        DoubleVector n = shifted.sub(ROUND);
        // the lowest bits of the shifted number count the quarter turns
        LongVector q = shifted.reinterpretAsLongs();
        DoubleVector r0 = x.sub(n.mul(Trig.PART_1));
        DoubleVector w = n.mul(Trig.PART_2);
        DoubleVector r1 = r0.sub(w);
        w = n.mul(Trig.PART_3).sub(r0.sub(r1).sub(w));
        DoubleVector y = r1.sub(w);
        DoubleVector tail = r1.sub(y).sub(w);
        DoubleVector z = y.mul(y);
        DoubleVector p =
                z.mul(1.58969099521155010221e-10)
                        .add(-2.50507602534068634195e-08)
                        .mul(z)
                        .add(2.75573137070700676789e-06)
                        .mul(z)
                        .add(-1.98412698298579493134e-04)
                        .mul(z)
                        .add(8.33333333332248946124e-03);
        DoubleVector v = z.mul(y);
        DoubleVector t = z.mul(tail.mul(0.5).sub(v.mul(p))).sub(tail);
        DoubleVector sine = y.sub(t.add(v.mul(1.66666666666666324348e-01)));
        p =
                z.mul(-1.13596475577881948265e-11)
                        .add(2.08757232129817482790e-09)
                        .mul(z)
                        .add(-2.75573143513906633035e-07)
                        .mul(z)
                        .add(2.48015872894767294178e-05)
                        .mul(z)
                        .add(-1.38888888888741095749e-03)
                        .mul(z)
                        .add(4.16666666666666019037e-02);
        DoubleVector part = z.mul(0.5);
        DoubleVector unit = DoubleVector.broadcast(S, 1);
        DoubleVector one = unit.sub(part);
        DoubleVector cosine =
                one.add(unit.sub(one).sub(part).add(z.mul(z).mul(p).sub(y.mul(tail))));
        LongVector first = LongVector.broadcast(q.species(), 1);
        VectorMask<Double> odd = q.and(first).compare(VectorOperators.NE, 0).cast(S);
        DoubleVector s = sine.blend(cosine, odd);
        DoubleVector c = cosine.blend(sine, odd);
        VectorMask<Double> half = q.and(2).compare(VectorOperators.NE, 0).cast(S);
        VectorMask<Double> next = q.add(first).and(2).compare(VectorOperators.NE, 0).cast(S);
        c.blend(c.neg(), next).intoArray(r, ro * W);
        s.blend(s.neg(), half).intoArray(r, (ro + 1) * W);
    }
}
