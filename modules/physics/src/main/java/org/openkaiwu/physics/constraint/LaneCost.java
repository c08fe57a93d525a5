package org.openkaiwu.physics.constraint;

import static org.openkaiwu.physics.constraint.Lanes.S;
import static org.openkaiwu.physics.constraint.Lanes.W;
import static org.openkaiwu.physics.constraint.Lanes.at;
import static org.openkaiwu.physics.constraint.Lanes.put;
import static org.openkaiwu.physics.constraint.Lanes.zero;

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
            DoubleVector d = at(p.d, i);
            put(d.neg().mul(at(jar, i)), p.force, i);
            put(d, active, i);
            put(DoubleVector.broadcast(S, Rows.QUADRATIC), p.state, i);
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
        DoubleVector x = at(jar, i);
        DoubleVector d = at(p.d, i);
        DoubleVector bound = at(p.frictionloss, i);
        DoubleVector edge = at(p.r, i).mul(bound);
        VectorMask<Double> low = x.compare(VectorOperators.LE, edge.neg());
        VectorMask<Double> high = x.compare(VectorOperators.GE, edge).andNot(low);
        put(d.neg().mul(x).blend(bound, low).blend(bound.neg(), high), p.force, i);
        put(d.blend(0, low.or(high)), active, i);
        put(
                DoubleVector.broadcast(S, Rows.QUADRATIC)
                        .blend(Rows.LINEARNEG, low)
                        .blend(Rows.LINEARPOS, high),
                p.state,
                i);
    }

    private void simple(LaneProblem p, int i, double[] jar) {
        DoubleVector x = at(jar, i);
        DoubleVector d = at(p.d, i);
        VectorMask<Double> on = x.compare(VectorOperators.LT, 0);
        put(zero().blend(d.neg().mul(x), on), p.force, i);
        put(zero().blend(d, on), active, i);
        put(zero().blend(Rows.QUADRATIC, on), p.state, i);
    }

    private void cone(LaneProblem p, int s, double[] jar) {
        int row = p.row[s];
        int dim = p.dim[s];
        DoubleVector mu = at(p.coneMu, s);
        DoubleVector n = at(jar, row).mul(mu);
        DoubleVector tt = zero();
        for (int k = 1; k < dim; k++) {
            DoubleVector x = at(jar, row + k).mul(at(p.mu, 5 * s + k - 1));
            put(x, u, k);
            tt = tt.add(x.mul(x));
        }
        DoubleVector t = tt.sqrt();
        DoubleVector dm = coneStiffness(p, row, mu);
        VectorMask<Double> apex = t.compare(VectorOperators.LE, 0);
        VectorMask<Double> free =
                n.compare(VectorOperators.GE, mu.mul(t))
                        .or(apex.and(n.compare(VectorOperators.GE, 0)));
        VectorMask<Double> full =
                mu.mul(n).add(t).compare(VectorOperators.LE, 0).or(apex).andNot(free);
        VectorMask<Double> on = free.or(full).not();
        DoubleVector normal = dm.neg().mul(n.sub(mu.mul(t))).mul(mu);
        put(coneForce(normal, at(p.d, row), at(jar, row), on, full), p.force, row);
        DoubleVector pull = normal.neg().div(t);
        for (int k = 1; k < dim; k++) {
            DoubleVector f = pull.mul(at(u, k)).mul(at(p.mu, 5 * s + k - 1));
            put(coneForce(f, at(p.d, row + k), at(jar, row + k), on, full), p.force, row + k);
        }
        DoubleVector code = zero().blend(Rows.QUADRATIC, full).blend(Rows.CONE, on);
        for (int k = 0; k < dim; k++) {
            put(code, p.state, row + k);
            put(zero().blend(at(p.d, row + k), full), active, row + k);
        }
        if (on.anyTrue()) {
            put(n, law, 0);
            put(t, law, 1);
            put(mu, law, 2);
            put(dm, law, 3);
            coneCurvature(p, s, dim);
        }
    }

    private static DoubleVector coneStiffness(LaneProblem p, int row, DoubleVector mu) {
        DoubleVector square = mu.mul(mu);
        return at(p.d, row).div(square.mul(square.add(1)));
    }

    private static DoubleVector coneForce(
            DoubleVector cone,
            DoubleVector d,
            DoubleVector jar,
            VectorMask<Double> on,
            VectorMask<Double> full) {
        return zero().blend(cone, on).blend(d.neg().mul(jar), full);
    }

    /** Second derivative of 1/2 Dm (N - mu T)^2 by jar. */
    private void coneCurvature(LaneProblem p, int s, int dim) {
        DoubleVector n = at(law, 0);
        DoubleVector t = at(law, 1);
        DoubleVector mu = at(law, 2);
        DoubleVector dm = at(law, 3);
        DoubleVector cross = mu.neg().div(t);
        DoubleVector outer = mu.mul(n).div(t.mul(t).mul(t));
        DoubleVector diagonal = mu.mul(mu).sub(mu.mul(n).div(t));
        put(dm.mul(mu).mul(mu), coneHessian, 36 * s);
        for (int k = 1; k < dim; k++) {
            DoubleVector uk = at(u, k);
            DoubleVector sk = dm.mul(at(p.mu, 5 * s + k - 1));
            DoubleVector x = cross.mul(uk).mul(sk.mul(mu));
            put(x, coneHessian, 36 * s + k * dim);
            put(x, coneHessian, 36 * s + k);
            DoubleVector ok = outer.mul(uk);
            for (int l = 1; l < k; l++) {
                x = ok.mul(at(u, l)).mul(sk.mul(at(p.mu, 5 * s + l - 1)));
                put(x, coneHessian, 36 * s + k * dim + l);
                put(x, coneHessian, 36 * s + l * dim + k);
            }
            x = ok.mul(uk).add(diagonal).mul(sk.mul(at(p.mu, 5 * s + k - 1)));
            put(x, coneHessian, 36 * s + k * dim + k);
        }
    }

    // Value

    /** Cost of the rows at jar, to {@code out[0]}. */
    void value(LaneProblem p, double[] jar, double[] out) {
        DoubleVector sum = zero();
        for (int i = 0; i < p.ne; i++) {
            DoubleVector x = at(jar, i);
            sum = sum.add(at(p.d, i).mul(0.5).mul(x).mul(x));
        }
        for (int i = p.ne; i < p.ne + p.nf; i++) {
            DoubleVector bound = at(p.frictionloss, i);
            DoubleVector x = at(jar, i).abs();
            DoubleVector edge = at(p.r, i).mul(bound);
            DoubleVector linear = bound.mul(x).sub(edge.mul(0.5).mul(bound));
            DoubleVector square = at(p.d, i).mul(0.5).mul(x).mul(x);
            sum = sum.add(square.blend(linear, x.compare(VectorOperators.GE, edge)));
        }
        put(sum, out, 0);
        for (int s = 0; s < p.count; s++) {
            if (p.kind[s] == Rows.CONTACT_ELLIPTIC) {
                coneValue(p, s, jar, out);
            } else if (p.row[s] >= p.ne + p.nf) {
                simpleValue(p, p.row[s], p.row[s + 1], jar, out);
            }
        }
    }

    private static void simpleValue(LaneProblem p, int from, int to, double[] jar, double[] out) {
        DoubleVector sum = at(out, 0);
        for (int i = from; i < to; i++) {
            DoubleVector x = at(jar, i);
            VectorMask<Double> on = x.compare(VectorOperators.LT, 0);
            sum = sum.add(zero().blend(at(p.d, i).mul(0.5).mul(x).mul(x), on));
        }
        put(sum, out, 0);
    }

    private static void coneValue(LaneProblem p, int s, double[] jar, double[] out) {
        int row = p.row[s];
        DoubleVector mu = at(p.coneMu, s);
        DoubleVector x0 = at(jar, row);
        DoubleVector n = x0.mul(mu);
        DoubleVector tt = zero();
        DoubleVector full = at(p.d, row).mul(x0).mul(x0);
        for (int k = 1; k < p.dim[s]; k++) {
            DoubleVector x = at(jar, row + k);
            DoubleVector y = x.mul(at(p.mu, 5 * s + k - 1));
            tt = tt.add(y.mul(y));
            full = full.add(at(p.d, row + k).mul(x).mul(x));
        }
        DoubleVector t = tt.sqrt();
        VectorMask<Double> apex = t.compare(VectorOperators.LE, 0);
        VectorMask<Double> free =
                n.compare(VectorOperators.GE, mu.mul(t))
                        .or(apex.and(n.compare(VectorOperators.GE, 0)));
        VectorMask<Double> deep = mu.mul(n).add(t).compare(VectorOperators.LE, 0).or(apex);
        DoubleVector x = n.sub(mu.mul(t));
        DoubleVector square = mu.mul(mu);
        DoubleVector surface = at(p.d, row).mul(0.5).div(square.mul(square.add(1))).mul(x).mul(x);
        put(at(out, 0).add(surface.blend(full.mul(0.5), deep).blend(0, free)), out, 0);
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
        VectorMask<Double> m = Lanes.mask(on);
        DoubleVector any = zero();
        for (int k = 0; k < size; k++) {
            DoubleVector before = at(old, o + k);
            DoubleVector now = before.blend(at(fresh, k), m);
            DoubleVector x = now.sub(before);
            put(x, fresh, k);
            put(now, old, o + k);
            any = any.add(x.abs());
        }
        return any.compare(VectorOperators.NE, 0).anyTrue();
    }

    /** Sum of D e e' over the active edges e = (1, 0 .. +-mu .. 0). */
    private void pyramid(LaneProblem p, int s, int dim) {
        Arrays.fill(fresh, 0, dim * dim * W, 0);
        DoubleVector normal = zero();
        for (int k = 1; k < dim; k++) {
            DoubleVector plus = at(active, p.row[s] + 2 * k - 2);
            DoubleVector minus = at(active, p.row[s] + 2 * k - 1);
            DoubleVector f = at(p.mu, 5 * s + k - 1);
            DoubleVector both = plus.add(minus);
            normal = normal.add(both);
            DoubleVector x = f.mul(plus.sub(minus));
            put(x, fresh, k);
            put(x, fresh, k * dim);
            put(f.mul(f).mul(both), fresh, k * dim + k);
        }
        put(normal, fresh, 0);
    }

    private void general(LaneProblem p, int s, int dim) {
        int row = p.row[s];
        if (p.kind[s] == Rows.CONTACT_ELLIPTIC) {
            VectorMask<Double> cone = at(p.state, row).compare(VectorOperators.EQ, Rows.CONE);
            for (int k = 0; k < dim * dim; k++) {
                put(zero().blend(at(coneHessian, 36 * s + k), cone), fresh, k);
            }
        } else {
            Arrays.fill(fresh, 0, dim * dim * W, 0);
        }
        for (int k = 0; k < dim; k++) {
            // zero where the cone has the curvature
            put(at(fresh, k * dim + k).add(at(active, row + k)), fresh, k * dim + k);
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
        DoubleVector t = at(w, 0).mul(at(x, val + a));
        for (int e = a; e < n; e++) {
            int i = to + c[col + e];
            put(at(h, i).add(t.mul(at(x, val + e))), h, i);
        }
    }

    private static void add3(
            double[] w, double[] x, int val, int a, int n, double[] h, int to, int[] c, int col) {
        DoubleVector x0 = at(x, val + a);
        DoubleVector x1 = at(x, val + n + a);
        DoubleVector x2 = at(x, val + 2 * n + a);
        DoubleVector t0 = at(w, 0).mul(x0).add(at(w, 1).mul(x1)).add(at(w, 2).mul(x2));
        DoubleVector t1 = at(w, 3).mul(x0).add(at(w, 4).mul(x1)).add(at(w, 5).mul(x2));
        DoubleVector t2 = at(w, 6).mul(x0).add(at(w, 7).mul(x1)).add(at(w, 8).mul(x2));
        for (int e = a; e < n; e++) {
            int i = to + c[col + e];
            DoubleVector y =
                    t0.mul(at(x, val + e))
                            .add(t1.mul(at(x, val + n + e)))
                            .add(t2.mul(at(x, val + 2 * n + e)));
            put(at(h, i).add(y), h, i);
        }
    }

    private static void times(double[] w, int k, int dim, double[] x, int at, int n, double[] out) {
        DoubleVector s = zero();
        for (int l = 0; l < dim; l++) {
            s = s.add(at(w, k * dim + l).mul(at(x, at + l * n)));
        }
        put(s, out, k);
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
            DoubleVector s = zero();
            for (int k = 0; k < dim; k++) {
                s = s.add(at(t, k).mul(at(x, val + k * n + e)));
            }
            int i = to + c[col + e];
            put(at(h, i).add(s), h, i);
        }
    }
}
