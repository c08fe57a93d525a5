package org.openkaiwu.physics.constraint;

import static org.openkaiwu.math.Lanes.S;
import static org.openkaiwu.math.Lanes.W;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import org.openkaiwu.math.Lanes;

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
            DoubleVector.zero(S).intoArray(trial, 0);
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
        DoubleVector length = DoubleVector.fromArray(S, goal, 0).sqrt();
        length.mul(tolerance).div(DoubleVector.fromArray(S, scale, 0)).intoArray(goal, 0);
        VectorMask<Double> ok =
                DoubleVector.fromArray(S, on, 0)
                        .compare(VectorOperators.NE, 0)
                        .andNot(length.compare(VectorOperators.LT, Impedance.MIN_VALUE));
        DoubleVector s = DoubleVector.fromArray(S, newtonSlope, 0);
        DoubleVector.zero(S).blend(1, ok).intoArray(useful, 0);
        s.intoArray(start, 0);
        DoubleVector.broadcast(S, 1).intoArray(trial, 0);
        return s.compare(VectorOperators.EQ, 0).and(ok).anyTrue();
    }

    private void beginFlat() {
        DoubleVector s = DoubleVector.fromArray(S, start, 0);
        VectorMask<Double> flat = s.compare(VectorOperators.EQ, 0);
        DoubleVector here = DoubleVector.fromArray(S, slope, 0);
        s.blend(here, flat).intoArray(start, 0);
        DoubleVector guess = here.neg().div(DoubleVector.fromArray(S, curve, 0));
        DoubleVector.broadcast(S, 1).blend(guess, flat).intoArray(trial, 0);
    }

    private void useful() {
        VectorMask<Double> ok =
                DoubleVector.fromArray(S, useful, 0)
                        .compare(VectorOperators.NE, 0)
                        .and(DoubleVector.fromArray(S, start, 0).compare(VectorOperators.LT, 0))
                        .and(DoubleVector.fromArray(S, trial, 0).compare(VectorOperators.GT, 0));
        DoubleVector yes = DoubleVector.zero(S).blend(1, ok);
        yes.intoArray(useful, 0);
        yes.intoArray(live, 0);
        DoubleVector.zero(S).intoArray(low, 0);
        DoubleVector.fromArray(S, start, 0).intoArray(lowSlope, 0);
        DoubleVector.broadcast(S, Double.POSITIVE_INFINITY).intoArray(high, 0);
        DoubleVector.zero(S).intoArray(highSlope, 0);
        DoubleVector.zero(S).intoArray(endSlope, 0);
    }

    /** The next step to try; false when no lane is left. */
    private boolean advance(int count) {
        VectorMask<Double> m = DoubleVector.fromArray(S, live, 0).compare(VectorOperators.NE, 0);
        DoubleVector s = DoubleVector.fromArray(S, slope, 0);
        DoubleVector.fromArray(S, endSlope, 0).blend(s, m).intoArray(endSlope, 0);
        m = m.andNot(s.abs().compare(VectorOperators.LE, DoubleVector.fromArray(S, goal, 0)));
        if (count >= maxEvaluations || !m.anyTrue()) {
            return false;
        }
        DoubleVector a = DoubleVector.fromArray(S, trial, 0);
        VectorMask<Double> left = s.compare(VectorOperators.LT, 0);
        DoubleVector l = DoubleVector.fromArray(S, low, 0).blend(a, m.and(left));
        DoubleVector ls = DoubleVector.fromArray(S, lowSlope, 0).blend(s, m.and(left));
        DoubleVector h = DoubleVector.fromArray(S, high, 0).blend(a, m.andNot(left));
        DoubleVector hs = DoubleVector.fromArray(S, highSlope, 0).blend(s, m.andNot(left));
        l.intoArray(low, 0);
        ls.intoArray(lowSlope, 0);
        h.intoArray(high, 0);
        hs.intoArray(highSlope, 0);
        DoubleVector next = a.sub(s.div(DoubleVector.fromArray(S, curve, 0)));
        VectorMask<Double> open = h.compare(VectorOperators.EQ, Double.POSITIVE_INFINITY);
        VectorMask<Double> inside =
                next.compare(VectorOperators.GT, l).and(next.compare(VectorOperators.LT, h));
        DoubleVector middle = l.add(h).mul(0.5);
        DoubleVector secant = l.add(h.sub(l).mul(ls.div(ls.sub(hs))));
        DoubleVector other =
                middle.blend(
                                secant,
                                secant.compare(VectorOperators.GT, l)
                                        .and(secant.compare(VectorOperators.LT, h)))
                        .blend(l.mul(2), open);
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
        a.blend(next, m).intoArray(trial, 0);
        DoubleVector.zero(S).blend(1, m).intoArray(live, 0);
        return m.anyTrue();
    }

    private void finish() {
        VectorMask<Double> ok = DoubleVector.fromArray(S, useful, 0).compare(VectorOperators.NE, 0);
        DoubleVector a = DoubleVector.fromArray(S, trial, 0);
        DoubleVector.zero(S).blend(a, ok).intoArray(alpha, 0);
        DoubleVector gain =
                a.mul(-0.5)
                        .mul(
                                DoubleVector.fromArray(S, start, 0)
                                        .add(DoubleVector.fromArray(S, endSlope, 0)));
        DoubleVector.zero(S).blend(gain, ok).intoArray(improvement, 0);
    }

    // Coefficients

    private void prepare(LaneProblem p, double[] search, double[] ma, double[] mv) {
        DoubleVector s = DoubleVector.zero(S);
        DoubleVector c = DoubleVector.zero(S);
        for (int i = 0; i < p.n; i++) {
            DoubleVector x = DoubleVector.fromArray(S, search, i * W);
            s =
                    s.add(
                            x.mul(
                                    DoubleVector.fromArray(S, ma, i * W)
                                            .sub(DoubleVector.fromArray(S, p.smoothForce, i * W))));
            c = c.add(x.mul(DoubleVector.fromArray(S, mv, i * W)));
        }
        s.intoArray(slope0, 0);
        c.intoArray(curve0, 0);
    }

    private void prepareEqualities(LaneProblem p, double[] jar, double[] jv) {
        DoubleVector s = DoubleVector.fromArray(S, slope0, 0);
        DoubleVector c = DoubleVector.fromArray(S, curve0, 0);
        for (int i = 0; i < p.ne; i++) {
            DoubleVector v = DoubleVector.fromArray(S, jv, i * W);
            DoubleVector x = DoubleVector.fromArray(S, p.d, i * W).mul(v);
            s = s.add(x.mul(DoubleVector.fromArray(S, jar, i * W)));
            c = c.add(x.mul(v));
        }
        s.intoArray(slope0, 0);
        c.intoArray(curve0, 0);
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
        DoubleVector mu = DoubleVector.fromArray(S, p.coneMu, place * W);
        DoubleVector uu = DoubleVector.zero(S);
        DoubleVector uv = DoubleVector.zero(S);
        DoubleVector vv = DoubleVector.zero(S);
        DoubleVector x = DoubleVector.fromArray(S, jar, row * W);
        DoubleVector y = DoubleVector.fromArray(S, jv, row * W);
        DoubleVector d = DoubleVector.fromArray(S, p.d, row * W);
        DoubleVector q1 = d.mul(x).mul(y);
        DoubleVector q2 = d.mul(y).mul(y);
        mu.mul(x).intoArray(cone, o * W);
        mu.mul(y).intoArray(cone, (o + 1) * W);
        DoubleVector square = mu.mul(mu);
        d.div(square.mul(square.add(1))).intoArray(cone, (o + 7) * W);
        for (int k = 1; k < p.dim[place]; k++) {
            DoubleVector f = DoubleVector.fromArray(S, p.mu, (5 * place + k - 1) * W);
            x = DoubleVector.fromArray(S, jar, (row + k) * W);
            y = DoubleVector.fromArray(S, jv, (row + k) * W);
            d = DoubleVector.fromArray(S, p.d, (row + k) * W);
            DoubleVector fx = f.mul(x);
            DoubleVector fy = f.mul(y);
            uu = uu.add(fx.mul(f).mul(x));
            uv = uv.add(fx.mul(f).mul(y));
            vv = vv.add(fy.mul(f).mul(y));
            q1 = q1.add(d.mul(x).mul(y));
            q2 = q2.add(d.mul(y).mul(y));
        }
        uu.intoArray(cone, (o + 2) * W);
        uv.intoArray(cone, (o + 3) * W);
        vv.intoArray(cone, (o + 4) * W);
        q1.intoArray(cone, (o + 5) * W);
        q2.intoArray(cone, (o + 6) * W);
    }

    // Derivatives at the trial step

    private void evaluate(LaneProblem p, double[] jar, double[] jv) {
        DoubleVector c = DoubleVector.fromArray(S, curve0, 0);
        DoubleVector.fromArray(S, slope0, 0)
                .add(DoubleVector.fromArray(S, trial, 0).mul(c))
                .intoArray(slope, 0);
        c.intoArray(curve, 0);
        friction(p, jar, jv);
        simple(p, jar, jv);
        for (int k = 0; k < p.ncone; k++) {
            addCone(p.coneMu, p.cone[k], STRIDE * k);
        }
    }

    private void friction(LaneProblem p, double[] jar, double[] jv) {
        DoubleVector a = DoubleVector.fromArray(S, trial, 0);
        DoubleVector s = DoubleVector.fromArray(S, slope, 0);
        DoubleVector c = DoubleVector.fromArray(S, curve, 0);
        for (int i = p.ne; i < p.ne + p.nf; i++) {
            DoubleVector v = DoubleVector.fromArray(S, jv, i * W);
            DoubleVector x = DoubleVector.fromArray(S, jar, i * W).add(a.mul(v));
            DoubleVector bound = DoubleVector.fromArray(S, p.frictionloss, i * W);
            DoubleVector edge = DoubleVector.fromArray(S, p.r, i * W).mul(bound);
            VectorMask<Double> below = x.compare(VectorOperators.LE, edge.neg());
            VectorMask<Double> above = x.compare(VectorOperators.GE, edge).andNot(below);
            DoubleVector y = DoubleVector.fromArray(S, p.d, i * W).mul(v);
            DoubleVector pull = bound.mul(v);
            s = s.add(y.mul(x).blend(pull.neg(), below).blend(pull, above));
            c = c.add(y.mul(v).blend(0, below.or(above)));
        }
        s.intoArray(slope, 0);
        c.intoArray(curve, 0);
    }

    private void simple(LaneProblem p, double[] jar, double[] jv) {
        DoubleVector a = DoubleVector.fromArray(S, trial, 0);
        DoubleVector s = DoubleVector.fromArray(S, slope, 0);
        DoubleVector c = DoubleVector.fromArray(S, curve, 0);
        for (int k = 0; k < p.nsimple; k++) {
            int i = p.simple[k];
            DoubleVector v = DoubleVector.fromArray(S, jv, i * W);
            DoubleVector x = DoubleVector.fromArray(S, jar, i * W).add(a.mul(v));
            VectorMask<Double> on = x.compare(VectorOperators.LT, 0);
            DoubleVector y = DoubleVector.fromArray(S, p.d, i * W).mul(v);
            s = s.add(DoubleVector.zero(S).blend(y.mul(x), on));
            c = c.add(DoubleVector.zero(S).blend(y.mul(v), on));
        }
        s.intoArray(slope, 0);
        c.intoArray(curve, 0);
    }

    private void addCone(double[] coneMu, int place, int o) {
        DoubleVector a = DoubleVector.fromArray(S, trial, 0);
        DoubleVector mu = DoubleVector.fromArray(S, coneMu, place * W);
        DoubleVector n1 = DoubleVector.fromArray(S, cone, (o + 1) * W);
        DoubleVector n = DoubleVector.fromArray(S, cone, o * W).add(a.mul(n1));
        DoubleVector vv = DoubleVector.fromArray(S, cone, (o + 4) * W);
        DoubleVector uv1 = DoubleVector.fromArray(S, cone, (o + 3) * W);
        DoubleVector uv = uv1.add(a.mul(vv));
        DoubleVector tt = DoubleVector.fromArray(S, cone, (o + 2) * W).add(a.mul(uv1.add(uv)));
        DoubleVector t = DoubleVector.zero(S).blend(tt.sqrt(), tt.compare(VectorOperators.GT, 0));
        VectorMask<Double> apex = t.compare(VectorOperators.LE, 0);
        VectorMask<Double> free =
                n.compare(VectorOperators.GE, mu.mul(t))
                        .or(apex.and(n.compare(VectorOperators.GE, 0)));
        VectorMask<Double> full = mu.mul(n).add(t).compare(VectorOperators.LE, 0).or(apex);
        DoubleVector t1 = uv.div(t);
        DoubleVector t2 = vv.sub(t1.mul(t1)).div(t);
        DoubleVector x = n.sub(mu.mul(t));
        DoubleVector x1 = n1.sub(mu.mul(t1));
        DoubleVector dm = DoubleVector.fromArray(S, cone, (o + 7) * W);
        DoubleVector q2 = DoubleVector.fromArray(S, cone, (o + 6) * W);
        DoubleVector s =
                dm.mul(x)
                        .mul(x1)
                        .blend(DoubleVector.fromArray(S, cone, (o + 5) * W).add(a.mul(q2)), full);
        DoubleVector c = dm.mul(x1.mul(x1).sub(mu.mul(x).mul(t2))).blend(q2, full);
        DoubleVector.fromArray(S, slope, 0).add(s.blend(0, free)).intoArray(slope, 0);
        DoubleVector.fromArray(S, curve, 0).add(c.blend(0, free)).intoArray(curve, 0);
    }
}
