package org.openkaiwu.physics.constraint;

import static org.openkaiwu.physics.constraint.Lanes.S;
import static org.openkaiwu.physics.constraint.Lanes.W;
import static org.openkaiwu.physics.constraint.Lanes.at;
import static org.openkaiwu.physics.constraint.Lanes.mask;
import static org.openkaiwu.physics.constraint.Lanes.put;
import static org.openkaiwu.physics.constraint.Lanes.zero;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** {@link LineSearch} for several worlds; each stops where it would alone. */
final class LaneLine {
    private static final int STRIDE = 8;

    private final double tolerance;
    private final int maxEvaluations;

    /** Steps of the last search, 0 where there was nothing to gain. Shape W. */
    final double[] alpha = new double[W];

    /** Estimated decrease of the cost. Shape W. */
    final double[] improvement = new double[W];

    private final double[] slope = new double[W];
    private final double[] curve = new double[W];
    private final double[] slope0 = new double[W];
    private final double[] curve0 = new double[W];
    private final double[] goal = new double[W];
    private final double[] start = new double[W];
    private final double[] low = new double[W];
    private final double[] lowSlope = new double[W];
    private final double[] high = new double[W];
    private final double[] highSlope = new double[W];
    private final double[] live = new double[W];
    private final double[] useful = new double[W];
    private final double[] endSlope = new double[W];
    private final double[] trial = new double[W];

    /** Coefficients of each elliptic cone along the line, {@link #STRIDE} a cone, by lanes. */
    private double[] cone = new double[0];

    LaneLine(double tolerance, int maxEvaluations) {
        this.tolerance = tolerance;
        this.maxEvaluations = maxEvaluations;
    }

    /**
     * Searches in the lanes that are on; {@code newtonSlope} is the derivative at 0, negative
     * unless there is nothing to gain.
     */
    void run(
            LaneProblem p,
            double[] search,
            double[] ma,
            double[] mv,
            double[] jar,
            double[] jv,
            double[] scale,
            double[] newtonSlope,
            double[] on) {
        Lanes.dot(search, search, p.n, goal);
        prepare(p, search, ma, mv);
        prepareEqualities(p, jar, jv);
        prepareCones(p, jar, jv);
        if (begin(scale, newtonSlope, on)) {
            zero().intoArray(trial, 0);
            evaluate(p, jar, jv);
            beginFlat();
        }
        useful();
        int count = 0;
        while (true) {
            evaluate(p, jar, jv);
            count++;
            if (!advance(count)) {
                break;
            }
        }
        finish();
    }

    /** Goal, start and first guess; true if some direction has no known slope. */
    private boolean begin(double[] scale, double[] newtonSlope, double[] on) {
        DoubleVector length = at(goal, 0).sqrt();
        put(length.mul(tolerance).div(at(scale, 0)), goal, 0);
        VectorMask<Double> ok =
                mask(on).andNot(length.compare(VectorOperators.LT, Impedance.MIN_VALUE));
        DoubleVector s = at(newtonSlope, 0);
        put(zero().blend(1, ok), useful, 0);
        put(s, start, 0);
        put(DoubleVector.broadcast(S, 1), trial, 0);
        return s.compare(VectorOperators.EQ, 0).and(ok).anyTrue();
    }

    private void beginFlat() {
        DoubleVector s = at(start, 0);
        VectorMask<Double> flat = s.compare(VectorOperators.EQ, 0);
        DoubleVector here = at(slope, 0);
        put(s.blend(here, flat), start, 0);
        DoubleVector guess = here.neg().div(at(curve, 0));
        put(DoubleVector.broadcast(S, 1).blend(guess, flat), trial, 0);
    }

    private void useful() {
        VectorMask<Double> ok =
                mask(useful)
                        .and(at(start, 0).compare(VectorOperators.LT, 0))
                        .and(at(trial, 0).compare(VectorOperators.GT, 0));
        DoubleVector yes = zero().blend(1, ok);
        put(yes, useful, 0);
        put(yes, live, 0);
        put(zero(), low, 0);
        put(at(start, 0), lowSlope, 0);
        put(DoubleVector.broadcast(S, Double.POSITIVE_INFINITY), high, 0);
        put(zero(), highSlope, 0);
        put(zero(), endSlope, 0);
    }

    /** The next step to try; false when no lane is left. */
    private boolean advance(int count) {
        VectorMask<Double> m = mask(live);
        DoubleVector s = at(slope, 0);
        put(at(endSlope, 0).blend(s, m), endSlope, 0);
        m = m.andNot(s.abs().compare(VectorOperators.LE, at(goal, 0)));
        if (count >= maxEvaluations || !m.anyTrue()) {
            return false;
        }
        DoubleVector a = at(trial, 0);
        VectorMask<Double> left = s.compare(VectorOperators.LT, 0);
        DoubleVector l = at(low, 0).blend(a, m.and(left));
        DoubleVector ls = at(lowSlope, 0).blend(s, m.and(left));
        DoubleVector h = at(high, 0).blend(a, m.andNot(left));
        DoubleVector hs = at(highSlope, 0).blend(s, m.andNot(left));
        put(l, low, 0);
        put(ls, lowSlope, 0);
        put(h, high, 0);
        put(hs, highSlope, 0);
        DoubleVector next = a.sub(s.div(at(curve, 0)));
        VectorMask<Double> open = h.compare(VectorOperators.EQ, Double.POSITIVE_INFINITY);
        VectorMask<Double> inside = inside(next, l, h);
        DoubleVector middle = l.add(h).mul(0.5);
        DoubleVector secant = l.add(h.sub(l).mul(ls.div(ls.sub(hs))));
        DoubleVector other = middle.blend(secant, inside(secant, l, h)).blend(l.mul(2), open);
        if ((count & 3) == 3) {
            // against creeping from one side
            next = next.blend(middle, inside.andNot(open));
        }
        next = next.blend(other, inside.not());
        m =
                m.andNot(
                        next.compare(VectorOperators.EQ, l)
                                .or(next.compare(VectorOperators.EQ, h))
                                .or(next.compare(VectorOperators.EQ, a)));
        put(a.blend(next, m), trial, 0);
        put(zero().blend(1, m), live, 0);
        return m.anyTrue();
    }

    private static VectorMask<Double> inside(DoubleVector x, DoubleVector low, DoubleVector high) {
        return x.compare(VectorOperators.GT, low).and(x.compare(VectorOperators.LT, high));
    }

    private void finish() {
        VectorMask<Double> ok = mask(useful);
        DoubleVector a = at(trial, 0);
        put(zero().blend(a, ok), alpha, 0);
        DoubleVector gain = a.mul(-0.5).mul(at(start, 0).add(at(endSlope, 0)));
        put(zero().blend(gain, ok), improvement, 0);
    }

    // Coefficients

    private void prepare(LaneProblem p, double[] search, double[] ma, double[] mv) {
        DoubleVector s = zero();
        DoubleVector c = zero();
        for (int i = 0; i < p.n; i++) {
            DoubleVector x = at(search, i);
            s = s.add(x.mul(at(ma, i).sub(at(p.smoothForce, i))));
            c = c.add(x.mul(at(mv, i)));
        }
        put(s, slope0, 0);
        put(c, curve0, 0);
    }

    private void prepareEqualities(LaneProblem p, double[] jar, double[] jv) {
        DoubleVector s = at(slope0, 0);
        DoubleVector c = at(curve0, 0);
        for (int i = 0; i < p.ne; i++) {
            DoubleVector v = at(jv, i);
            DoubleVector x = at(p.d, i).mul(v);
            s = s.add(x.mul(at(jar, i)));
            c = c.add(x.mul(v));
        }
        put(s, slope0, 0);
        put(c, curve0, 0);
    }

    private void prepareCones(LaneProblem p, double[] jar, double[] jv) {
        if (cone.length < STRIDE * p.ncone * W) {
            cone = new double[Math.max(STRIDE * p.ncone * W, 2 * cone.length)];
        }
        for (int k = 0; k < p.ncone; k++) {
            prepareCone(p, p.cone[k], STRIDE * k, jar, jv);
        }
    }

    private void prepareCone(LaneProblem p, int place, int o, double[] jar, double[] jv) {
        int row = p.row[place];
        DoubleVector mu = at(p.coneMu, place);
        DoubleVector uu = zero();
        DoubleVector uv = zero();
        DoubleVector vv = zero();
        DoubleVector x = at(jar, row);
        DoubleVector y = at(jv, row);
        DoubleVector d = at(p.d, row);
        DoubleVector q1 = d.mul(x).mul(y);
        DoubleVector q2 = d.mul(y).mul(y);
        put(mu.mul(x), cone, o);
        put(mu.mul(y), cone, o + 1);
        DoubleVector square = mu.mul(mu);
        put(d.div(square.mul(square.add(1))), cone, o + 7);
        for (int k = 1; k < p.dim[place]; k++) {
            DoubleVector f = at(p.mu, 5 * place + k - 1);
            x = at(jar, row + k);
            y = at(jv, row + k);
            d = at(p.d, row + k);
            DoubleVector fx = f.mul(x);
            DoubleVector fy = f.mul(y);
            uu = uu.add(fx.mul(f).mul(x));
            uv = uv.add(fx.mul(f).mul(y));
            vv = vv.add(fy.mul(f).mul(y));
            q1 = q1.add(d.mul(x).mul(y));
            q2 = q2.add(d.mul(y).mul(y));
        }
        put(uu, cone, o + 2);
        put(uv, cone, o + 3);
        put(vv, cone, o + 4);
        put(q1, cone, o + 5);
        put(q2, cone, o + 6);
    }

    // Derivatives at the trial step

    private void evaluate(LaneProblem p, double[] jar, double[] jv) {
        DoubleVector c = at(curve0, 0);
        put(at(slope0, 0).add(at(trial, 0).mul(c)), slope, 0);
        put(c, curve, 0);
        friction(p, jar, jv);
        simple(p, jar, jv);
        for (int k = 0; k < p.ncone; k++) {
            addCone(p.coneMu, p.cone[k], STRIDE * k);
        }
    }

    private void friction(LaneProblem p, double[] jar, double[] jv) {
        DoubleVector a = at(trial, 0);
        DoubleVector s = at(slope, 0);
        DoubleVector c = at(curve, 0);
        for (int i = p.ne; i < p.ne + p.nf; i++) {
            DoubleVector v = at(jv, i);
            DoubleVector x = at(jar, i).add(a.mul(v));
            DoubleVector bound = at(p.frictionloss, i);
            DoubleVector edge = at(p.r, i).mul(bound);
            VectorMask<Double> below = x.compare(VectorOperators.LE, edge.neg());
            VectorMask<Double> above = x.compare(VectorOperators.GE, edge).andNot(below);
            DoubleVector y = at(p.d, i).mul(v);
            DoubleVector pull = bound.mul(v);
            s = s.add(y.mul(x).blend(pull.neg(), below).blend(pull, above));
            c = c.add(y.mul(v).blend(0, below.or(above)));
        }
        put(s, slope, 0);
        put(c, curve, 0);
    }

    private void simple(LaneProblem p, double[] jar, double[] jv) {
        DoubleVector a = at(trial, 0);
        DoubleVector s = at(slope, 0);
        DoubleVector c = at(curve, 0);
        for (int k = 0; k < p.nsimple; k++) {
            int i = p.simple[k];
            DoubleVector v = at(jv, i);
            DoubleVector x = at(jar, i).add(a.mul(v));
            VectorMask<Double> on = x.compare(VectorOperators.LT, 0);
            DoubleVector y = at(p.d, i).mul(v);
            s = s.add(zero().blend(y.mul(x), on));
            c = c.add(zero().blend(y.mul(v), on));
        }
        put(s, slope, 0);
        put(c, curve, 0);
    }

    private void addCone(double[] coneMu, int place, int o) {
        DoubleVector a = at(trial, 0);
        DoubleVector mu = at(coneMu, place);
        DoubleVector n1 = at(cone, o + 1);
        DoubleVector n = at(cone, o).add(a.mul(n1));
        DoubleVector vv = at(cone, o + 4);
        DoubleVector uv1 = at(cone, o + 3);
        DoubleVector uv = uv1.add(a.mul(vv));
        DoubleVector tt = at(cone, o + 2).add(a.mul(uv1.add(uv)));
        DoubleVector t = zero().blend(tt.sqrt(), tt.compare(VectorOperators.GT, 0));
        VectorMask<Double> apex = t.compare(VectorOperators.LE, 0);
        VectorMask<Double> free =
                n.compare(VectorOperators.GE, mu.mul(t))
                        .or(apex.and(n.compare(VectorOperators.GE, 0)));
        VectorMask<Double> full = mu.mul(n).add(t).compare(VectorOperators.LE, 0).or(apex);
        DoubleVector t1 = uv.div(t);
        DoubleVector t2 = vv.sub(t1.mul(t1)).div(t);
        DoubleVector x = n.sub(mu.mul(t));
        DoubleVector x1 = n1.sub(mu.mul(t1));
        DoubleVector dm = at(cone, o + 7);
        DoubleVector q2 = at(cone, o + 6);
        DoubleVector s = dm.mul(x).mul(x1).blend(at(cone, o + 5).add(a.mul(q2)), full);
        DoubleVector c = dm.mul(x1.mul(x1).sub(mu.mul(x).mul(t2))).blend(q2, full);
        put(at(slope, 0).add(s.blend(0, free)), slope, 0);
        put(at(curve, 0).add(c.blend(0, free)), curve, 0);
    }
}
