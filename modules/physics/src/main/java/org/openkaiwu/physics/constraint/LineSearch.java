package org.openkaiwu.physics.constraint;

/**
 * Exact minimization of the cost along a direction. The derivative is a continuous increasing
 * function, piecewise linear but for elliptic cones, so Newton's method inside a shrinking bracket
 * reaches its zero in few evaluations.
 */
final class LineSearch {
    private final double tolerance;
    private final int maxEvaluations;

    /** Estimated decrease of the cost of the last search. */
    double improvement;

    private double slope;
    private double curve;
    private double slope0;
    private double curve0;

    /** For each elliptic cone: block, and the coefficients of its cost along the line. */
    private int[] coneBlock = new int[0];

    private double[] cone = new double[0];
    private int cones;
    private static final int STRIDE = 8;

    LineSearch(double tolerance, int maxEvaluations) {
        this.tolerance = tolerance;
        this.maxEvaluations = maxEvaluations;
    }

    /**
     * Returns the step along {@code search}, 0 when there is nothing to gain. {@code newtonSlope}
     * is the (negative) derivative at 0 when the direction comes from the exact Hessian, so that 1
     * is the first guess; 0 for other directions.
     */
    double run(
            Problem p,
            double[] search,
            double[] ma,
            double[] mv,
            double[] jar,
            double[] jv,
            double scale,
            double newtonSlope) {
        int n = p.n;
        improvement = 0;
        double length = PrimalSolver.norm(search, n);
        if (length < Impedance.MIN_VALUE) {
            return 0;
        }
        double goal = tolerance * length / scale;
        prepare(p, search, ma, mv, jar, jv);
        double start = newtonSlope;
        double alpha = 1;
        if (start == 0) {
            evaluate(p, jar, jv, 0);
            start = slope;
            alpha = -slope / curve;
        }
        if (!(start < 0) || !(alpha > 0)) {
            return 0;
        }
        double low = 0;
        double lowSlope = start;
        double high = Double.POSITIVE_INFINITY;
        double highSlope = 0;
        int count = 0;
        while (true) {
            evaluate(p, jar, jv, alpha);
            count++;
            if (Math.abs(slope) <= goal || count >= maxEvaluations) {
                break;
            }
            if (slope < 0) {
                low = alpha;
                lowSlope = slope;
            } else {
                high = alpha;
                highSlope = slope;
            }
            double next = alpha - slope / curve;
            if (!(next > low && next < high)) {
                if (high == Double.POSITIVE_INFINITY) {
                    next = 2 * low;
                } else {
                    next = low + (high - low) * (lowSlope / (lowSlope - highSlope));
                    if (!(next > low && next < high)) {
                        next = 0.5 * (low + high);
                    }
                }
            } else if (high < Double.POSITIVE_INFINITY && (count & 3) == 3) {
                // against creeping from one side
                next = 0.5 * (low + high);
            }
            if (next == low || next == high || next == alpha) {
                break;
            }
            alpha = next;
        }
        improvement = -0.5 * alpha * (start + slope);
        return alpha;
    }

    /** Everything that is quadratic along the whole line goes into two numbers. */
    private void prepare(
            Problem p, double[] search, double[] ma, double[] mv, double[] jar, double[] jv) {
        double s = 0;
        double c = 0;
        for (int i = 0; i < p.n; i++) {
            s += search[i] * (ma[i] - p.smoothForce[i]);
            c += search[i] * mv[i];
        }
        for (int i = 0; i < p.ne; i++) {
            double x = p.d[i] * jv[i];
            s += x * jar[i];
            c += x * jv[i];
        }
        slope0 = s;
        curve0 = c;
        cones = 0;
        BlockJacobian jac = p.jacobian;
        if (jac.count > 0 && coneBlock.length < jac.count) {
            coneBlock = new int[Math.max(jac.count, 2 * coneBlock.length)];
            cone = new double[STRIDE * coneBlock.length];
        }
        if (p.elliptic) {
            for (int b = 0; b < jac.count; b++) {
                if (jac.kind[b] == Rows.CONTACT_ELLIPTIC) {
                    prepareCone(p, b, jar, jv);
                }
            }
        }
    }

    private void prepareCone(Problem p, int b, double[] jar, double[] jv) {
        BlockJacobian jac = p.jacobian;
        int row = jac.row[b];
        double mu = jac.coneMu[b];
        double uu = 0;
        double uv = 0;
        double vv = 0;
        double q1 = p.d[row] * jar[row] * jv[row];
        double q2 = p.d[row] * jv[row] * jv[row];
        for (int k = 1; k < jac.dim[b]; k++) {
            double f = jac.mu[5 * b + k - 1];
            double x = jar[row + k];
            double y = jv[row + k];
            uu += f * x * f * x;
            uv += f * x * f * y;
            vv += f * y * f * y;
            q1 += p.d[row + k] * x * y;
            q2 += p.d[row + k] * y * y;
        }
        int o = STRIDE * cones;
        coneBlock[cones++] = b;
        cone[o] = mu * jar[row];
        cone[o + 1] = mu * jv[row];
        cone[o + 2] = uu;
        cone[o + 3] = uv;
        cone[o + 4] = vv;
        cone[o + 5] = q1;
        cone[o + 6] = q2;
        cone[o + 7] = p.d[row] / (mu * mu * (1 + mu * mu));
    }

    /** First and second derivative at a step. */
    private void evaluate(Problem p, double[] jar, double[] jv, double alpha) {
        double s = slope0 + alpha * curve0;
        double c = curve0;
        double[] d = p.d;
        int end = p.ne + p.nf;
        for (int i = p.ne; i < end; i++) {
            double x = jar[i] + alpha * jv[i];
            double bound = p.frictionloss[i];
            double edge = p.r[i] * bound;
            if (x <= -edge) {
                s -= bound * jv[i];
            } else if (x >= edge) {
                s += bound * jv[i];
            } else {
                double y = d[i] * jv[i];
                s += y * x;
                c += y * jv[i];
            }
        }
        int m = p.m;
        if (!p.elliptic) {
            for (int i = end; i < m; i++) {
                double x = jar[i] + alpha * jv[i];
                if (x < 0) {
                    double y = d[i] * jv[i];
                    s += y * x;
                    c += y * jv[i];
                }
            }
            slope = s;
            curve = c;
            return;
        }
        for (int i = end; i < m; i++) {
            if (p.type[i] != Rows.CONTACT_ELLIPTIC) {
                double x = jar[i] + alpha * jv[i];
                if (x < 0) {
                    double y = d[i] * jv[i];
                    s += y * x;
                    c += y * jv[i];
                }
            }
        }
        slope = s;
        curve = c;
        for (int k = 0; k < cones; k++) {
            addCone(p.jacobian.coneMu[coneBlock[k]], STRIDE * k, alpha);
        }
    }

    private void addCone(double mu, int o, double alpha) {
        double n1 = cone[o + 1];
        double n = cone[o] + alpha * n1;
        double uv = cone[o + 3] + alpha * cone[o + 4];
        double tt = cone[o + 2] + alpha * (cone[o + 3] + uv);
        double t = tt > 0 ? Math.sqrt(tt) : 0;
        if (n >= mu * t || t <= 0 && n >= 0) {
            return;
        }
        if (mu * n + t <= 0 || t <= 0) {
            slope += cone[o + 5] + alpha * cone[o + 6];
            curve += cone[o + 6];
            return;
        }
        double t1 = uv / t;
        double t2 = (cone[o + 4] - t1 * t1) / t;
        double x = n - mu * t;
        double x1 = n1 - mu * t1;
        slope += cone[o + 7] * x * x1;
        curve += cone[o + 7] * (x1 * x1 - mu * x * t2);
    }
}
