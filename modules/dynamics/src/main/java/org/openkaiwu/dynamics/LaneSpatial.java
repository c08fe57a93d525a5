package org.openkaiwu.dynamics;

import static org.openkaiwu.math.Lanes.S;
import static org.openkaiwu.math.Lanes.W;

import jdk.incubator.vector.DoubleVector;

/** {@link Spatial} for as many worlds at once as a vector has lanes. Offsets count vectors. */
final class LaneSpatial {
    private LaneSpatial() {}

    /**
     * As {@link Spatial#inertia}, the point at {@code com[co]}, the mass centre at {@code xipos}.
     */
    static void inertia(
            double[] r,
            int ro,
            double[] inertia,
            int io,
            double[] mat,
            int mo,
            double[] xipos,
            int xo,
            double[] com,
            int co,
            double[] mass,
            int b) {
        DoubleVector m = DoubleVector.fromArray(S, mass, b * W);
        DoubleVector x =
                DoubleVector.fromArray(S, xipos, xo * W)
                        .sub(DoubleVector.fromArray(S, com, co * W));
        DoubleVector y =
                DoubleVector.fromArray(S, xipos, (xo + 1) * W)
                        .sub(DoubleVector.fromArray(S, com, (co + 1) * W));
        DoubleVector z =
                DoubleVector.fromArray(S, xipos, (xo + 2) * W)
                        .sub(DoubleVector.fromArray(S, com, (co + 2) * W));
        m.mul(y.mul(y).add(z.mul(z))).intoArray(r, ro * W);
        m.mul(x.mul(x).add(z.mul(z))).intoArray(r, (ro + 1) * W);
        m.mul(x.mul(x).add(y.mul(y))).intoArray(r, (ro + 2) * W);
        m.mul(x).mul(y).neg().intoArray(r, (ro + 3) * W);
        m.mul(x).mul(z).neg().intoArray(r, (ro + 4) * W);
        m.mul(y).mul(z).neg().intoArray(r, (ro + 5) * W);
        m.mul(x).intoArray(r, (ro + 6) * W);
        m.mul(y).intoArray(r, (ro + 7) * W);
        m.mul(z).intoArray(r, (ro + 8) * W);
        m.intoArray(r, (ro + 9) * W);
        addRotated(r, ro, inertia, io, mat, mo);
    }

    /** Adds {@code mat diag(inertia) mat'}. */
    private static void addRotated(
            double[] r, int ro, double[] inertia, int io, double[] mat, int mo) {
        for (int j = 0; j < 3; j++) {
            int row = mo + 3 * j;
            DoubleVector a0 =
                    DoubleVector.fromArray(S, mat, row * W)
                            .mul(DoubleVector.fromArray(S, inertia, io * W));
            DoubleVector a1 =
                    DoubleVector.fromArray(S, mat, (row + 1) * W)
                            .mul(DoubleVector.fromArray(S, inertia, (io + 1) * W));
            DoubleVector a2 =
                    DoubleVector.fromArray(S, mat, (row + 2) * W)
                            .mul(DoubleVector.fromArray(S, inertia, (io + 2) * W));
            for (int k = j; k < 3; k++) {
                int other = mo + 3 * k;
                int to = (ro + (j == k ? j : 2 + j + k)) * W;
                // what is there has the sign that it is added with
                a0.mul(DoubleVector.fromArray(S, mat, other * W))
                        .add(a1.mul(DoubleVector.fromArray(S, mat, (other + 1) * W)))
                        .add(a2.mul(DoubleVector.fromArray(S, mat, (other + 2) * W)))
                        .add(DoubleVector.fromArray(S, r, to))
                        .intoArray(r, to);
            }
        }
    }

    /** {@code r = I v}; r is not v. */
    static void mulInertia(double[] r, int ro, double[] i, int io, double[] v, int vo) {
        DoubleVector wx = DoubleVector.fromArray(S, v, vo * W);
        DoubleVector wy = DoubleVector.fromArray(S, v, (vo + 1) * W);
        DoubleVector wz = DoubleVector.fromArray(S, v, (vo + 2) * W);
        DoubleVector x = DoubleVector.fromArray(S, v, (vo + 3) * W);
        DoubleVector y = DoubleVector.fromArray(S, v, (vo + 4) * W);
        DoubleVector z = DoubleVector.fromArray(S, v, (vo + 5) * W);
        DoubleVector hx = DoubleVector.fromArray(S, i, (io + 6) * W);
        DoubleVector hy = DoubleVector.fromArray(S, i, (io + 7) * W);
        DoubleVector hz = DoubleVector.fromArray(S, i, (io + 8) * W);
        DoubleVector m = DoubleVector.fromArray(S, i, (io + 9) * W);
        DoubleVector xy = DoubleVector.fromArray(S, i, (io + 3) * W);
        DoubleVector xz = DoubleVector.fromArray(S, i, (io + 4) * W);
        DoubleVector yz = DoubleVector.fromArray(S, i, (io + 5) * W);
        DoubleVector.fromArray(S, i, io * W)
                .mul(wx)
                .add(xy.mul(wy))
                .add(xz.mul(wz))
                .sub(hz.mul(y))
                .add(hy.mul(z))
                .intoArray(r, ro * W);
        xy.mul(wx)
                .add(DoubleVector.fromArray(S, i, (io + 1) * W).mul(wy))
                .add(yz.mul(wz))
                .add(hz.mul(x))
                .sub(hx.mul(z))
                .intoArray(r, (ro + 1) * W);
        xz.mul(wx)
                .add(yz.mul(wy))
                .add(DoubleVector.fromArray(S, i, (io + 2) * W).mul(wz))
                .sub(hy.mul(x))
                .add(hx.mul(y))
                .intoArray(r, (ro + 2) * W);
        hz.mul(wy).sub(hy.mul(wz)).add(m.mul(x)).intoArray(r, (ro + 3) * W);
        hx.mul(wz).sub(hz.mul(wx)).add(m.mul(y)).intoArray(r, (ro + 4) * W);
        hy.mul(wx).sub(hx.mul(wy)).add(m.mul(z)).intoArray(r, (ro + 5) * W);
    }

    /** {@code r = v x s}, motion with motion; r is neither. */
    static void crossMotion(double[] r, int ro, double[] v, int vo, double[] s, int so) {
        DoubleVector wx = DoubleVector.fromArray(S, v, vo * W);
        DoubleVector wy = DoubleVector.fromArray(S, v, (vo + 1) * W);
        DoubleVector wz = DoubleVector.fromArray(S, v, (vo + 2) * W);
        DoubleVector x = DoubleVector.fromArray(S, v, (vo + 3) * W);
        DoubleVector y = DoubleVector.fromArray(S, v, (vo + 4) * W);
        DoubleVector z = DoubleVector.fromArray(S, v, (vo + 5) * W);
        DoubleVector a = DoubleVector.fromArray(S, s, so * W);
        DoubleVector b = DoubleVector.fromArray(S, s, (so + 1) * W);
        DoubleVector c = DoubleVector.fromArray(S, s, (so + 2) * W);
        DoubleVector d = DoubleVector.fromArray(S, s, (so + 3) * W);
        DoubleVector e = DoubleVector.fromArray(S, s, (so + 4) * W);
        DoubleVector f = DoubleVector.fromArray(S, s, (so + 5) * W);
        wy.mul(c).sub(wz.mul(b)).intoArray(r, ro * W);
        wz.mul(a).sub(wx.mul(c)).intoArray(r, (ro + 1) * W);
        wx.mul(b).sub(wy.mul(a)).intoArray(r, (ro + 2) * W);
        wy.mul(f).sub(wz.mul(e)).add(y.mul(c)).sub(z.mul(b)).intoArray(r, (ro + 3) * W);
        wz.mul(d).sub(wx.mul(f)).add(z.mul(a)).sub(x.mul(c)).intoArray(r, (ro + 4) * W);
        wx.mul(e).sub(wy.mul(d)).add(x.mul(b)).sub(y.mul(a)).intoArray(r, (ro + 5) * W);
    }

    /** {@code r += v x* f}, motion with force; r is neither. */
    static void addCrossForce(double[] r, int ro, double[] v, int vo, double[] f, int fo) {
        DoubleVector wx = DoubleVector.fromArray(S, v, vo * W);
        DoubleVector wy = DoubleVector.fromArray(S, v, (vo + 1) * W);
        DoubleVector wz = DoubleVector.fromArray(S, v, (vo + 2) * W);
        DoubleVector x = DoubleVector.fromArray(S, v, (vo + 3) * W);
        DoubleVector y = DoubleVector.fromArray(S, v, (vo + 4) * W);
        DoubleVector z = DoubleVector.fromArray(S, v, (vo + 5) * W);
        DoubleVector a = DoubleVector.fromArray(S, f, fo * W);
        DoubleVector b = DoubleVector.fromArray(S, f, (fo + 1) * W);
        DoubleVector c = DoubleVector.fromArray(S, f, (fo + 2) * W);
        DoubleVector d = DoubleVector.fromArray(S, f, (fo + 3) * W);
        DoubleVector e = DoubleVector.fromArray(S, f, (fo + 4) * W);
        DoubleVector g = DoubleVector.fromArray(S, f, (fo + 5) * W);
        DoubleVector t0 = wy.mul(c).sub(wz.mul(b)).add(y.mul(g)).sub(z.mul(e));
        DoubleVector t1 = wz.mul(a).sub(wx.mul(c)).add(z.mul(d)).sub(x.mul(g));
        DoubleVector t2 = wx.mul(b).sub(wy.mul(a)).add(x.mul(e)).sub(y.mul(d));
        DoubleVector.fromArray(S, r, ro * W).add(t0).intoArray(r, ro * W);
        DoubleVector.fromArray(S, r, (ro + 1) * W).add(t1).intoArray(r, (ro + 1) * W);
        DoubleVector.fromArray(S, r, (ro + 2) * W).add(t2).intoArray(r, (ro + 2) * W);
        DoubleVector.fromArray(S, r, (ro + 3) * W)
                .add(wy.mul(g).sub(wz.mul(e)))
                .intoArray(r, (ro + 3) * W);
        DoubleVector.fromArray(S, r, (ro + 4) * W)
                .add(wz.mul(d).sub(wx.mul(g)))
                .intoArray(r, (ro + 4) * W);
        DoubleVector.fromArray(S, r, (ro + 5) * W)
                .add(wx.mul(e).sub(wy.mul(d)))
                .intoArray(r, (ro + 5) * W);
    }

    /** {@code r[to] = a . b}, six numbers. */
    static void dot6(double[] a, int ao, double[] b, int bo, double[] r, int to) {
        DoubleVector.fromArray(S, a, ao * W)
                .mul(DoubleVector.fromArray(S, b, bo * W))
                .add(
                        DoubleVector.fromArray(S, a, (ao + 1) * W)
                                .mul(DoubleVector.fromArray(S, b, (bo + 1) * W)))
                .add(
                        DoubleVector.fromArray(S, a, (ao + 2) * W)
                                .mul(DoubleVector.fromArray(S, b, (bo + 2) * W)))
                .add(
                        DoubleVector.fromArray(S, a, (ao + 3) * W)
                                .mul(DoubleVector.fromArray(S, b, (bo + 3) * W)))
                .add(
                        DoubleVector.fromArray(S, a, (ao + 4) * W)
                                .mul(DoubleVector.fromArray(S, b, (bo + 4) * W)))
                .add(
                        DoubleVector.fromArray(S, a, (ao + 5) * W)
                                .mul(DoubleVector.fromArray(S, b, (bo + 5) * W)))
                .intoArray(r, to * W);
    }

    /** {@code r += s a}, six numbers, the factor at {@code s[so]}. */
    static void addScaled6(double[] r, int ro, double[] a, int ao, double[] s, int so) {
        DoubleVector f = DoubleVector.fromArray(S, s, so * W);
        DoubleVector.fromArray(S, r, (ro + 0) * W)
                .add(f.mul(DoubleVector.fromArray(S, a, (ao + 0) * W)))
                .intoArray(r, (ro + 0) * W);
        DoubleVector.fromArray(S, r, (ro + 1) * W)
                .add(f.mul(DoubleVector.fromArray(S, a, (ao + 1) * W)))
                .intoArray(r, (ro + 1) * W);
        DoubleVector.fromArray(S, r, (ro + 2) * W)
                .add(f.mul(DoubleVector.fromArray(S, a, (ao + 2) * W)))
                .intoArray(r, (ro + 2) * W);
        DoubleVector.fromArray(S, r, (ro + 3) * W)
                .add(f.mul(DoubleVector.fromArray(S, a, (ao + 3) * W)))
                .intoArray(r, (ro + 3) * W);
        DoubleVector.fromArray(S, r, (ro + 4) * W)
                .add(f.mul(DoubleVector.fromArray(S, a, (ao + 4) * W)))
                .intoArray(r, (ro + 4) * W);
        DoubleVector.fromArray(S, r, (ro + 5) * W)
                .add(f.mul(DoubleVector.fromArray(S, a, (ao + 5) * W)))
                .intoArray(r, (ro + 5) * W);
    }

    /** {@code r += a}. */
    static void add(double[] r, int ro, double[] a, int ao, int n) {
        for (int k = 0; k < n; k++) {
            DoubleVector.fromArray(S, r, (ro + k) * W)
                    .add(DoubleVector.fromArray(S, a, (ao + k) * W))
                    .intoArray(r, (ro + k) * W);
        }
    }
}
