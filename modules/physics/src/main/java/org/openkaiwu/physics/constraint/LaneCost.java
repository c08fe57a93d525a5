package org.openkaiwu.physics.constraint;

import static org.openkaiwu.math.Lanes.S;
import static org.openkaiwu.math.Lanes.W;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** {@link RowCost} for several worlds, and the part of the Hessian that comes from it. */
final class LaneCost {
    /** Curvature that each row has now: D where its force is linear. By lanes. */
    private double[] active = new double[0];

    /** Curvature of the cones, 6 x 6 a place, by lanes. */
    private double[] coneHessian = new double[0];

    /** Curvature that is in the Hessian, 6 x 6 a place, by lanes. */
    private double[] inHessian = new double[0];

    private final double[] fresh = new double[36 * W];

    /** N, T, mu and Dm of the cone at hand. */
    private final double[] law = new double[4 * W];

    private final double[] u = new double[6 * W];
    private final double[] t = new double[6 * W];

    void reserve(LaneProblem p) {
        if (active.length < p.m * W) {
            active = new double[Math.max(p.m * W, 2 * active.length)];
        }
        if (inHessian.length < 36 * p.count * W) {
            inHessian = new double[Math.max(36 * p.count * W, 2 * inHessian.length)];
            coneHessian = new double[inHessian.length];
        }
    }

    /** Sets force and state of all rows. */
    void update(LaneProblem p, double[] jar) {
        for (int i = 0; i < p.ne; i++) {
            DoubleVector d = DoubleVector.fromArray(S, p.d, i * W);
            d.neg().mul(DoubleVector.fromArray(S, jar, i * W)).intoArray(p.force, i * W);
            d.intoArray(active, i * W);
            DoubleVector.broadcast(S, Rows.QUADRATIC).intoArray(p.state, i * W);
        }
        for (int i = p.ne; i < p.ne + p.nf; i++) {
            friction(p, i, jar);
        }
        for (int k = 0; k < p.nsimple; k++) {
            simple(p, p.simple[k], jar);
        }
        for (int k = 0; k < p.ncone; k++) {
            cone(p, p.cone[k], jar);
        }
    }

    private void friction(LaneProblem p, int i, double[] jar) {
        DoubleVector x = DoubleVector.fromArray(S, jar, i * W);
        DoubleVector d = DoubleVector.fromArray(S, p.d, i * W);
        DoubleVector bound = DoubleVector.fromArray(S, p.frictionloss, i * W);
        DoubleVector edge = DoubleVector.fromArray(S, p.r, i * W).mul(bound);
        VectorMask<Double> low = x.compare(VectorOperators.LE, edge.neg());
        VectorMask<Double> high = x.compare(VectorOperators.GE, edge).andNot(low);
        d.neg().mul(x).blend(bound, low).blend(bound.neg(), high).intoArray(p.force, i * W);
        d.blend(0, low.or(high)).intoArray(active, i * W);
        DoubleVector.broadcast(S, Rows.QUADRATIC)
                .blend(Rows.LINEARNEG, low)
                .blend(Rows.LINEARPOS, high)
                .intoArray(p.state, i * W);
    }

    private void simple(LaneProblem p, int i, double[] jar) {
        DoubleVector x = DoubleVector.fromArray(S, jar, i * W);
        DoubleVector d = DoubleVector.fromArray(S, p.d, i * W);
        VectorMask<Double> on = x.compare(VectorOperators.LT, 0);
        DoubleVector.zero(S).blend(d.neg().mul(x), on).intoArray(p.force, i * W);
        DoubleVector.zero(S).blend(d, on).intoArray(active, i * W);
        DoubleVector.zero(S).blend(Rows.QUADRATIC, on).intoArray(p.state, i * W);
    }

    private void cone(LaneProblem p, int s, double[] jar) {
        int row = p.row[s];
        int dim = p.dim[s];
        DoubleVector mu = DoubleVector.fromArray(S, p.coneMu, s * W);
        DoubleVector n = DoubleVector.fromArray(S, jar, row * W).mul(mu);
        DoubleVector tt = DoubleVector.zero(S);
        for (int k = 1; k < dim; k++) {
            DoubleVector x =
                    DoubleVector.fromArray(S, jar, (row + k) * W)
                            .mul(DoubleVector.fromArray(S, p.mu, (5 * s + k - 1) * W));
            x.intoArray(u, k * W);
            tt = tt.add(x.mul(x));
        }
        DoubleVector t = tt.sqrt();
        DoubleVector square = mu.mul(mu);
        DoubleVector dm = DoubleVector.fromArray(S, p.d, row * W).div(square.mul(square.add(1)));
        VectorMask<Double> apex = t.compare(VectorOperators.LE, 0);
        VectorMask<Double> free =
                n.compare(VectorOperators.GE, mu.mul(t))
                        .or(apex.and(n.compare(VectorOperators.GE, 0)));
        VectorMask<Double> full =
                mu.mul(n).add(t).compare(VectorOperators.LE, 0).or(apex).andNot(free);
        VectorMask<Double> on = free.or(full).not();
        DoubleVector normal = dm.neg().mul(n.sub(mu.mul(t))).mul(mu);
        DoubleVector.zero(S)
                .blend(normal, on)
                .blend(
                        DoubleVector.fromArray(S, p.d, row * W)
                                .neg()
                                .mul(DoubleVector.fromArray(S, jar, row * W)),
                        full)
                .intoArray(p.force, row * W);
        DoubleVector pull = normal.neg().div(t);
        for (int k = 1; k < dim; k++) {
            DoubleVector f =
                    pull.mul(DoubleVector.fromArray(S, u, k * W))
                            .mul(DoubleVector.fromArray(S, p.mu, (5 * s + k - 1) * W));
            DoubleVector.zero(S)
                    .blend(f, on)
                    .blend(
                            DoubleVector.fromArray(S, p.d, (row + k) * W)
                                    .neg()
                                    .mul(DoubleVector.fromArray(S, jar, (row + k) * W)),
                            full)
                    .intoArray(p.force, (row + k) * W);
        }
        DoubleVector code = DoubleVector.zero(S).blend(Rows.QUADRATIC, full).blend(Rows.CONE, on);
        for (int k = 0; k < dim; k++) {
            code.intoArray(p.state, (row + k) * W);
            DoubleVector.zero(S)
                    .blend(DoubleVector.fromArray(S, p.d, (row + k) * W), full)
                    .intoArray(active, (row + k) * W);
        }
        if (on.anyTrue()) {
            n.intoArray(law, 0);
            t.intoArray(law, 1 * W);
            mu.intoArray(law, 2 * W);
            dm.intoArray(law, 3 * W);
            coneCurvature(p, s, dim);
        }
    }

    /** Second derivative of 1/2 Dm (N - mu T)^2 by jar. */
    private void coneCurvature(LaneProblem p, int s, int dim) {
        DoubleVector n = DoubleVector.fromArray(S, law, 0);
        DoubleVector t = DoubleVector.fromArray(S, law, 1 * W);
        DoubleVector mu = DoubleVector.fromArray(S, law, 2 * W);
        DoubleVector dm = DoubleVector.fromArray(S, law, 3 * W);
        DoubleVector cross = mu.neg().div(t);
        DoubleVector outer = mu.mul(n).div(t.mul(t).mul(t));
        DoubleVector diagonal = mu.mul(mu).sub(mu.mul(n).div(t));
        dm.mul(mu).mul(mu).intoArray(coneHessian, (36 * s) * W);
        for (int k = 1; k < dim; k++) {
            DoubleVector uk = DoubleVector.fromArray(S, u, k * W);
            DoubleVector sk = dm.mul(DoubleVector.fromArray(S, p.mu, (5 * s + k - 1) * W));
            DoubleVector x = cross.mul(uk).mul(sk.mul(mu));
            x.intoArray(coneHessian, (36 * s + k * dim) * W);
            x.intoArray(coneHessian, (36 * s + k) * W);
            DoubleVector ok = outer.mul(uk);
            for (int l = 1; l < k; l++) {
                x =
                        ok.mul(DoubleVector.fromArray(S, u, l * W))
                                .mul(sk.mul(DoubleVector.fromArray(S, p.mu, (5 * s + l - 1) * W)));
                x.intoArray(coneHessian, (36 * s + k * dim + l) * W);
                x.intoArray(coneHessian, (36 * s + l * dim + k) * W);
            }
            x =
                    ok.mul(uk)
                            .add(diagonal)
                            .mul(sk.mul(DoubleVector.fromArray(S, p.mu, (5 * s + k - 1) * W)));
            x.intoArray(coneHessian, (36 * s + k * dim + k) * W);
        }
    }

    // Value

    /** Cost of the rows at jar, to {@code out[0]}. */
    void value(LaneProblem p, double[] jar, double[] out) {
        DoubleVector sum = DoubleVector.zero(S);
        for (int i = 0; i < p.ne; i++) {
            DoubleVector x = DoubleVector.fromArray(S, jar, i * W);
            sum = sum.add(DoubleVector.fromArray(S, p.d, i * W).mul(0.5).mul(x).mul(x));
        }
        for (int i = p.ne; i < p.ne + p.nf; i++) {
            DoubleVector bound = DoubleVector.fromArray(S, p.frictionloss, i * W);
            DoubleVector x = DoubleVector.fromArray(S, jar, i * W).abs();
            DoubleVector edge = DoubleVector.fromArray(S, p.r, i * W).mul(bound);
            DoubleVector linear = bound.mul(x).sub(edge.mul(0.5).mul(bound));
            DoubleVector square = DoubleVector.fromArray(S, p.d, i * W).mul(0.5).mul(x).mul(x);
            sum = sum.add(square.blend(linear, x.compare(VectorOperators.GE, edge)));
        }
        sum.intoArray(out, 0);
        for (int s = 0; s < p.count; s++) {
            if (p.kind[s] == Rows.CONTACT_ELLIPTIC) {
                coneValue(p, s, jar, out);
            } else if (p.row[s] >= p.ne + p.nf) {
                simpleValue(p, p.row[s], p.row[s + 1], jar, out);
            }
        }
    }

    private static void simpleValue(LaneProblem p, int from, int to, double[] jar, double[] out) {
        DoubleVector sum = DoubleVector.fromArray(S, out, 0);
        for (int i = from; i < to; i++) {
            DoubleVector x = DoubleVector.fromArray(S, jar, i * W);
            VectorMask<Double> on = x.compare(VectorOperators.LT, 0);
            sum =
                    sum.add(
                            DoubleVector.zero(S)
                                    .blend(
                                            DoubleVector.fromArray(S, p.d, i * W)
                                                    .mul(0.5)
                                                    .mul(x)
                                                    .mul(x),
                                            on));
        }
        sum.intoArray(out, 0);
    }

    private static void coneValue(LaneProblem p, int s, double[] jar, double[] out) {
        int row = p.row[s];
        DoubleVector mu = DoubleVector.fromArray(S, p.coneMu, s * W);
        DoubleVector x0 = DoubleVector.fromArray(S, jar, row * W);
        DoubleVector n = x0.mul(mu);
        DoubleVector tt = DoubleVector.zero(S);
        DoubleVector full = DoubleVector.fromArray(S, p.d, row * W).mul(x0).mul(x0);
        for (int k = 1; k < p.dim[s]; k++) {
            DoubleVector x = DoubleVector.fromArray(S, jar, (row + k) * W);
            DoubleVector y = x.mul(DoubleVector.fromArray(S, p.mu, (5 * s + k - 1) * W));
            tt = tt.add(y.mul(y));
            full = full.add(DoubleVector.fromArray(S, p.d, (row + k) * W).mul(x).mul(x));
        }
        DoubleVector t = tt.sqrt();
        VectorMask<Double> apex = t.compare(VectorOperators.LE, 0);
        VectorMask<Double> free =
                n.compare(VectorOperators.GE, mu.mul(t))
                        .or(apex.and(n.compare(VectorOperators.GE, 0)));
        VectorMask<Double> deep = mu.mul(n).add(t).compare(VectorOperators.LE, 0).or(apex);
        DoubleVector x = n.sub(mu.mul(t));
        DoubleVector square = mu.mul(mu);
        DoubleVector surface =
                DoubleVector.fromArray(S, p.d, row * W)
                        .mul(0.5)
                        .div(square.mul(square.add(1)))
                        .mul(x)
                        .mul(x);
        DoubleVector.fromArray(S, out, 0)
                .add(surface.blend(full.mul(0.5), deep).blend(0, free))
                .intoArray(out, 0);
    }

    // Hessian

    /** Nothing of the rows is in the Hessian. */
    void beginHessian(LaneProblem p) {
        Arrays.fill(inHessian, 0, 36 * p.count * W, 0);
    }

    /** Brings the curvature in the Hessian up to date in the lanes that are on. */
    void addCurvature(LaneProblem p, LaneSkyline hessian, double[] on) {
        for (int s = 0; s < p.count; s++) {
            int dim = p.dim[s];
            if (dim == 1) {
                System.arraycopy(active, p.row[s] * W, fresh, 0, W);
            } else if (p.kind[s] == Rows.CONTACT_PYRAMIDAL) {
                pyramid(p, s, dim);
            } else {
                general(p, s, dim);
            }
            if (change(fresh, inHessian, 36 * s, dim * dim, on)) {
                addBlock(p, hessian, s, dim);
            }
        }
    }

    /** Replaces {@code fresh} by what is new in it. */
    private static boolean change(double[] fresh, double[] old, int o, int size, double[] on) {
        VectorMask<Double> m = DoubleVector.fromArray(S, on, 0).compare(VectorOperators.NE, 0);
        DoubleVector any = DoubleVector.zero(S);
        for (int k = 0; k < size; k++) {
            DoubleVector before = DoubleVector.fromArray(S, old, (o + k) * W);
            DoubleVector now = before.blend(DoubleVector.fromArray(S, fresh, k * W), m);
            DoubleVector x = now.sub(before);
            x.intoArray(fresh, k * W);
            now.intoArray(old, (o + k) * W);
            any = any.add(x.abs());
        }
        return any.compare(VectorOperators.NE, 0).anyTrue();
    }

    /** Sum of D e e' over the active edges e = (1, 0 .. +-mu .. 0). */
    private void pyramid(LaneProblem p, int s, int dim) {
        Arrays.fill(fresh, 0, dim * dim * W, 0);
        DoubleVector normal = DoubleVector.zero(S);
        for (int k = 1; k < dim; k++) {
            DoubleVector plus = DoubleVector.fromArray(S, active, (p.row[s] + 2 * k - 2) * W);
            DoubleVector minus = DoubleVector.fromArray(S, active, (p.row[s] + 2 * k - 1) * W);
            DoubleVector f = DoubleVector.fromArray(S, p.mu, (5 * s + k - 1) * W);
            DoubleVector both = plus.add(minus);
            normal = normal.add(both);
            DoubleVector x = f.mul(plus.sub(minus));
            x.intoArray(fresh, k * W);
            x.intoArray(fresh, (k * dim) * W);
            f.mul(f).mul(both).intoArray(fresh, (k * dim + k) * W);
        }
        normal.intoArray(fresh, 0);
    }

    private void general(LaneProblem p, int s, int dim) {
        int row = p.row[s];
        if (p.kind[s] == Rows.CONTACT_ELLIPTIC) {
            VectorMask<Double> cone =
                    DoubleVector.fromArray(S, p.state, row * W)
                            .compare(VectorOperators.EQ, Rows.CONE);
            for (int k = 0; k < dim * dim; k++) {
                DoubleVector.zero(S)
                        .blend(DoubleVector.fromArray(S, coneHessian, (36 * s + k) * W), cone)
                        .intoArray(fresh, k * W);
            }
        } else {
            Arrays.fill(fresh, 0, dim * dim * W, 0);
        }
        for (int k = 0; k < dim; k++) {
            // zero where the cone has the curvature
            DoubleVector.fromArray(S, fresh, (k * dim + k) * W)
                    .add(DoubleVector.fromArray(S, active, (row + k) * W))
                    .intoArray(fresh, (k * dim + k) * W);
        }
    }

    /** H += C' W C, W the matrix in {@link #fresh}. */
    private void addBlock(LaneProblem p, LaneSkyline hessian, int s, int dim) {
        int n = p.nnz[s];
        int col = p.col[s];
        int val = p.val[s];
        for (int a = 0; a < n; a++) {
            int to = hessian.start[p.colind[col + a]];
            if (dim == 1) {
                add1(fresh, p.values, val, a, n, hessian.h, to, p.colind, col);
            } else if (dim == 3) {
                add3(fresh, p.values, val, a, n, hessian.h, to, p.colind, col);
            } else {
                for (int k = 0; k < dim; k++) {
                    times(fresh, k, dim, p.values, val + a, n, t);
                }
                addWide(t, dim, p.values, val, a, n, hessian.h, to, p.colind, col);
            }
        }
    }

    private static void add1(
            double[] w, double[] x, int val, int a, int n, double[] h, int to, int[] c, int col) {
        DoubleVector t =
                DoubleVector.fromArray(S, w, 0).mul(DoubleVector.fromArray(S, x, (val + a) * W));
        for (int e = a; e < n; e++) {
            int i = to + c[col + e];
            DoubleVector.fromArray(S, h, i * W)
                    .add(t.mul(DoubleVector.fromArray(S, x, (val + e) * W)))
                    .intoArray(h, i * W);
        }
    }

    private static void add3(
            double[] w, double[] x, int val, int a, int n, double[] h, int to, int[] c, int col) {
        DoubleVector x0 = DoubleVector.fromArray(S, x, (val + a) * W);
        DoubleVector x1 = DoubleVector.fromArray(S, x, (val + n + a) * W);
        DoubleVector x2 = DoubleVector.fromArray(S, x, (val + 2 * n + a) * W);
        DoubleVector t0 =
                DoubleVector.fromArray(S, w, 0)
                        .mul(x0)
                        .add(DoubleVector.fromArray(S, w, 1 * W).mul(x1))
                        .add(DoubleVector.fromArray(S, w, 2 * W).mul(x2));
        DoubleVector t1 =
                DoubleVector.fromArray(S, w, 3 * W)
                        .mul(x0)
                        .add(DoubleVector.fromArray(S, w, 4 * W).mul(x1))
                        .add(DoubleVector.fromArray(S, w, 5 * W).mul(x2));
        DoubleVector t2 =
                DoubleVector.fromArray(S, w, 6 * W)
                        .mul(x0)
                        .add(DoubleVector.fromArray(S, w, 7 * W).mul(x1))
                        .add(DoubleVector.fromArray(S, w, 8 * W).mul(x2));
        for (int e = a; e < n; e++) {
            int i = to + c[col + e];
            DoubleVector y =
                    t0.mul(DoubleVector.fromArray(S, x, (val + e) * W))
                            .add(t1.mul(DoubleVector.fromArray(S, x, (val + n + e) * W)))
                            .add(t2.mul(DoubleVector.fromArray(S, x, (val + 2 * n + e) * W)));
            DoubleVector.fromArray(S, h, i * W).add(y).intoArray(h, i * W);
        }
    }

    private static void times(double[] w, int k, int dim, double[] x, int at, int n, double[] out) {
        DoubleVector s = DoubleVector.zero(S);
        for (int l = 0; l < dim; l++) {
            s =
                    s.add(
                            DoubleVector.fromArray(S, w, (k * dim + l) * W)
                                    .mul(DoubleVector.fromArray(S, x, (at + l * n) * W)));
        }
        s.intoArray(out, k * W);
    }

    private static void addWide(
            double[] t,
            int dim,
            double[] x,
            int val,
            int a,
            int n,
            double[] h,
            int to,
            int[] c,
            int col) {
        for (int e = a; e < n; e++) {
            DoubleVector s = DoubleVector.zero(S);
            for (int k = 0; k < dim; k++) {
                s =
                        s.add(
                                DoubleVector.fromArray(S, t, k * W)
                                        .mul(DoubleVector.fromArray(S, x, (val + k * n + e) * W)));
            }
            int i = to + c[col + e];
            DoubleVector.fromArray(S, h, i * W).add(s).intoArray(h, i * W);
        }
    }
}
