package org.openkaiwu.physics.constraint;

import java.util.Arrays;
import org.openkaiwu.body.Options;

/**
 * Projected Gauss-Seidel on the row forces, and the no-slip pass that repeats it on the friction
 * rows without regularization.
 *
 * <p>The dual problem is {@code min over f: 1/2 f' (A + R) f + f' (J smooth - aref)}, f in its
 * cones, {@code A = J M^-1 J'}. A is never formed: the acceleration follows every change of a force
 * through {@code M^-1 J'}, which is kept for each block over the trees that it touches. Rows are
 * visited in a fixed pseudo-random order, with Nesterov's extrapolation and restarts (B. O'Donoghue
 * and E. Candes, "Adaptive restart for accelerated gradient schemes", 2015).
 */
final class DualSolver {
    private final int maxIterations;
    private final double tolerance;
    private final int noslipIterations;
    private final double noslipTolerance;

    /** One over the inertia of the whole model; makes improvements comparable. */
    private final double scale;

    private final DualRows rows = new DualRows();
    private final RowCost cost = new RowCost();
    private final Qcqp qcqp = new Qcqp();

    private Problem p;
    private BlockJacobian jac;
    private int[] order = new int[0];
    private double[] previous = new double[0];
    private double[] extrapolated = new double[0];

    private final double[] res = new double[6];
    private final double[] old = new double[6];
    private final double[] sub = new double[36];
    private final double[] part = new double[25];
    private final double[] rhs = new double[5];
    private final double[] mu = new double[5];
    private final double[] tangent = new double[5];
    private long random;

    DualSolver(Options option, double scale) {
        maxIterations = option.iterations;
        tolerance = option.tolerance;
        noslipIterations = option.noslipIterations;
        noslipTolerance = option.noslipTolerance;
        this.scale = scale;
    }

    /** Gauss-Seidel from the forces that {@code problem.acc} makes, or from zero when better. */
    void solve(Problem problem) {
        prepare(problem);
        warmStart();
        int blocks = visits();
        seed();
        System.arraycopy(p.force, 0, previous, 0, p.m);
        int momentum = 0;
        int iteration = 0;
        while (iteration < maxIterations) {
            double beta = iteration == 0 ? 0 : (momentum - 1) / (momentum + 2.0);
            if (beta > 0) {
                extrapolate(beta);
            } else {
                System.arraycopy(p.force, 0, previous, 0, p.m);
            }
            System.arraycopy(p.force, 0, extrapolated, 0, p.m);
            shuffle(blocks);
            double improvement = 0;
            for (int v = 0; v < blocks; v++) {
                int row = order[v];
                improvement -= p.type[row] == Rows.CONTACT_ELLIPTIC ? cone(row) : scalar(row);
            }
            improvement *= scale;
            momentum = iteration > 0 && turned() ? 0 : momentum + 1;
            iteration++;
            if (improvement < tolerance) {
                break;
            }
        }
        p.iterations = iteration;
        finish();
    }

    /**
     * Removes slip: friction without regularization at fixed normal forces. {@code solved} says
     * that {@link #solve} has just been called with this problem.
     */
    void noslip(Problem problem, boolean solved) {
        if (!solved) {
            prepare(problem);
        }
        rows.followForces();
        for (int iteration = 0; iteration < noslipIterations; iteration++) {
            double improvement = 0;
            if (iteration == 0) {
                for (int i = 0; i < p.m; i++) {
                    improvement += 0.5 * p.force[i] * p.force[i] * p.r[i];
                }
            }
            for (int i = p.ne; i < p.ne + p.nf; i++) {
                improvement -= slipFriction(i);
            }
            for (int b = 0; b < jac.count; b++) {
                if (jac.kind[b] == Rows.CONTACT_PYRAMIDAL) {
                    for (int row = jac.row[b]; row < jac.row[b + 1]; row += 2) {
                        improvement -= slipEdges(b, row);
                    }
                } else if (jac.kind[b] == Rows.CONTACT_ELLIPTIC) {
                    improvement -= slipCone(b);
                }
            }
            if (improvement * scale < noslipTolerance) {
                break;
            }
        }
        finish();
    }

    private void prepare(Problem problem) {
        p = problem;
        jac = p.jacobian;
        rows.prepare(p);
        if (order.length < p.m) {
            int cap = Math.max(p.m, 2 * order.length);
            order = new int[cap];
            previous = new double[cap];
            extrapolated = new double[cap];
        }
    }

    private void warmStart() {
        jac.multiply(p.acc, extrapolated);
        for (int i = 0; i < p.m; i++) {
            extrapolated[i] -= p.aref[i];
        }
        cost.update(p, extrapolated, false);
        rows.followForces();
        // cost 1/2 f' (AR f + b) + 1/2 f' b
        jac.multiply(p.acc, extrapolated);
        jac.multiply(p.smoothAcc, previous);
        double sum = 0;
        for (int i = 0; i < p.m; i++) {
            double gradient = extrapolated[i] - p.aref[i] + p.r[i] * p.force[i];
            sum += 0.5 * p.force[i] * (gradient + previous[i] - p.aref[i]);
        }
        if (sum > 0) {
            Arrays.fill(p.force, 0, p.m, 0);
            System.arraycopy(p.smoothAcc, 0, p.acc, 0, p.n);
        }
    }

    private void finish() {
        rows.followForces();
        states();
    }

    private void states() {
        for (int b = 0; b < jac.count; b++) {
            int row = jac.row[b];
            if (jac.kind[b] == Rows.CONTACT_ELLIPTIC) {
                coneState(b, row);
                continue;
            }
            for (int i = row; i < jac.row[b + 1]; i++) {
                double f = p.force[i];
                if (i < p.ne) {
                    p.state[i] = Rows.QUADRATIC;
                } else if (i < p.ne + p.nf) {
                    double bound = p.frictionloss[i];
                    p.state[i] =
                            f <= -bound
                                    ? Rows.LINEARPOS
                                    : f >= bound ? Rows.LINEARNEG : Rows.QUADRATIC;
                } else {
                    p.state[i] = f > 0 ? Rows.QUADRATIC : Rows.SATISFIED;
                }
            }
        }
    }

    private void coneState(int b, int row) {
        double cone = jac.coneMu[b];
        double normal = p.force[row] / cone;
        double tt = 0;
        for (int k = 1; k < jac.dim[b]; k++) {
            double x = p.force[row + k] / jac.mu[5 * b + k - 1];
            tt += x * x;
        }
        double t = Math.sqrt(tt);
        int state =
                normal <= 0 && t <= 0
                        ? Rows.SATISFIED
                        : cone * normal >= t * (1 + 1e-12) ? Rows.QUADRATIC : Rows.CONE;
        Arrays.fill(p.state, row, jac.row[b + 1], state);
    }

    // Order of visits

    private int visits() {
        int n = 0;
        for (int i = 0; i < p.m; i++) {
            order[n++] = i;
            if (p.type[i] == Rows.CONTACT_ELLIPTIC) {
                i = jac.row[rows.blockOfRow[i] + 1] - 1;
            }
        }
        return n;
    }

    private void seed() {
        random = 0;
        draw();
    }

    /** PCG32 of M. O'Neill (2014), stream 1, seed 0. */
    private int draw() {
        long s = random;
        random = s * 6364136223846793005L + 1;
        int x = (int) ((s >>> 18 ^ s) >>> 27);
        return Integer.rotateRight(x, (int) (s >>> 59));
    }

    private void shuffle(int n) {
        for (int i = n - 1; i > 0; i--) {
            int j = Integer.remainderUnsigned(draw(), i + 1);
            int t = order[i];
            order[i] = order[j];
            order[j] = t;
        }
    }

    private void extrapolate(double beta) {
        for (int i = 0; i < p.m; i++) {
            double f = p.force[i];
            p.force[i] = f + beta * (f - previous[i]);
            previous[i] = f;
        }
        for (int i = p.ne; i < p.ne + p.nf; i++) {
            p.force[i] = Math.clamp(p.force[i], -p.frictionloss[i], p.frictionloss[i]);
        }
        for (int i = p.ne + p.nf; i < p.m; i++) {
            if (p.type[i] == Rows.CONTACT_ELLIPTIC) {
                int b = rows.blockOfRow[i];
                projectCone(b, i);
                i = jac.row[b + 1] - 1;
            } else {
                p.force[i] = Math.max(0, p.force[i]);
            }
        }
        rows.followForces();
    }

    private void projectCone(int b, int row) {
        double normal = p.force[row];
        int end = jac.row[b + 1];
        if (normal < 0) {
            Arrays.fill(p.force, row, end, 0);
            return;
        }
        double s = 0;
        for (int i = row + 1; i < end; i++) {
            double x = p.force[i] / jac.mu[5 * b + i - row - 1];
            s += x * x;
        }
        if (s > normal * normal) {
            double k = Math.sqrt(normal * normal / Math.max(Impedance.MIN_VALUE, s));
            for (int i = row + 1; i < end; i++) {
                p.force[i] *= k;
            }
        }
    }

    /** The sweep went against the extrapolation. */
    private boolean turned() {
        double s = 0;
        for (int i = 0; i < p.m; i++) {
            s += (p.force[i] - extrapolated[i]) * (extrapolated[i] - previous[i]);
        }
        return s < 0;
    }

    /** Updates one row; returns the change of the cost. */
    private double scalar(int i) {
        double f = p.force[i];
        double g = rows.residual(i) + p.r[i] * f;
        double a = rows.diagonal(i) + p.r[i];
        double fresh = f - g / a;
        if (i >= p.ne + p.nf) {
            fresh = Math.max(0, fresh);
        } else if (i >= p.ne) {
            fresh = Math.clamp(fresh, -p.frictionloss[i], p.frictionloss[i]);
        }
        double delta = fresh - f;
        double change = delta * (0.5 * delta * a + g);
        if (change > 1e-10) {
            return 0;
        }
        p.force[i] = fresh;
        rows.follow(i, delta);
        return change;
    }

    private double cone(int row) {
        int b = rows.blockOfRow[row];
        int dim = jac.dim[b];
        double[] f = p.force;
        for (int k = 0; k < dim; k++) {
            old[k] = f[row + k];
            res[k] = rows.residual(row + k) + p.r[row + k] * old[k];
            for (int l = 0; l < dim; l++) {
                sub[k * dim + l] = rows.blockA[36 * b + k * dim + l] + (k == l ? p.r[row + k] : 0);
            }
        }
        if (f[row] < Impedance.MIN_VALUE) {
            f[row] = Math.max(0, f[row] - res[0] / sub[0]);
            Arrays.fill(f, row + 1, row + dim, 0);
        } else {
            alongRay(row, dim);
        }
        friction(b, row, dim, f[row] - old[0]);
        return settle(row, dim, sub);
    }

    /** Best multiple of the present force. */
    private void alongRay(int row, int dim) {
        double denominator = 0;
        double slope = 0;
        for (int k = 0; k < dim; k++) {
            double s = 0;
            for (int l = 0; l < dim; l++) {
                s += sub[k * dim + l] * old[l];
            }
            denominator += s * old[k];
            slope += res[k] * old[k];
        }
        if (denominator >= Impedance.MIN_VALUE) {
            double x = Math.max(-slope / denominator, -1);
            for (int k = 0; k < dim; k++) {
                p.force[row + k] += x * old[k];
            }
        }
    }

    /** Friction at a fixed normal force, which has changed by {@code lift} since {@link #res}. */
    private void friction(int b, int row, int dim, double lift) {
        int n = dim - 1;
        for (int k = 0; k < n; k++) {
            double s = res[k + 1] + sub[(k + 1) * dim] * lift;
            for (int l = 0; l < n; l++) {
                part[k * n + l] = sub[(k + 1) * dim + l + 1];
                s -= part[k * n + l] * old[l + 1];
            }
            rhs[k] = s;
        }
        onEllipse(b, row, n);
    }

    private void onEllipse(int b, int row, int n) {
        double normal = p.force[row];
        if (normal < Impedance.MIN_VALUE) {
            Arrays.fill(p.force, row + 1, row + 1 + n, 0);
            return;
        }
        System.arraycopy(jac.mu, 5 * b, mu, 0, n);
        boolean bound = qcqp.solve(tangent, part, rhs, mu, normal, n);
        double stretch = 1;
        if (bound) {
            double s = 0;
            for (int k = 0; k < n; k++) {
                s += tangent[k] * tangent[k] / (mu[k] * mu[k]);
            }
            stretch = Math.sqrt(normal * normal / Math.max(Impedance.MIN_VALUE, s));
        }
        for (int k = 0; k < n; k++) {
            p.force[row + 1 + k] = stretch * tangent[k];
        }
    }

    /** Takes the new forces back if they raise the cost; returns the change of the cost. */
    private double settle(int row, int dim, double[] a) {
        double change = 0;
        for (int k = 0; k < dim; k++) {
            double delta = p.force[row + k] - old[k];
            double s = 0;
            for (int l = 0; l < dim; l++) {
                s += a[k * dim + l] * (p.force[row + l] - old[l]);
            }
            change += delta * (0.5 * s + res[k]);
        }
        if (change > 1e-10) {
            System.arraycopy(old, 0, p.force, row, dim);
            return 0;
        }
        for (int k = 0; k < dim; k++) {
            rows.follow(row + k, p.force[row + k] - old[k]);
        }
        return change;
    }

    // No slip

    private double slipFriction(int i) {
        double f = p.force[i];
        double g = rows.residual(i);
        double a = Math.max(Impedance.MIN_VALUE, rows.diagonal(i));
        double fresh = Math.clamp(f - g / a, -p.frictionloss[i], p.frictionloss[i]);
        double delta = fresh - f;
        p.force[i] = fresh;
        rows.follow(i, delta);
        return delta * (0.5 * delta * a + g);
    }

    /** Two opposite edges of a pyramid at a constant sum. */
    private double slipEdges(int b, int row) {
        int dim = jac.dim[b];
        int o = 36 * b;
        int k = (row - jac.row[b]) / 2;
        int axis = k + 1;
        double f = jac.mu[5 * b + k];
        double nn = rows.blockA[o];
        double nt = f * rows.blockA[o + axis];
        double tt = f * f * rows.blockA[o + axis * dim + axis];
        part[0] = Math.max(1e-10, nn + 2 * nt + tt);
        part[1] = nn - tt;
        part[2] = part[1];
        part[3] = Math.max(1e-10, nn - 2 * nt + tt);
        old[0] = p.force[row];
        old[1] = p.force[row + 1];
        res[0] = rows.residual(row);
        res[1] = rows.residual(row + 1);
        double b0 = res[0] - part[0] * old[0] - part[1] * old[1];
        double b1 = res[1] - part[2] * old[0] - part[3] * old[1];
        double mid = 0.5 * (old[0] + old[1]);
        double curve = part[0] + part[3] - part[1] - part[2];
        double slope = mid * (part[0] - part[3]) + b0 - b1;
        double y = curve < Impedance.MIN_VALUE ? 0 : Math.clamp(-slope / curve, -mid, mid);
        p.force[row] = mid + y;
        p.force[row + 1] = mid - y;
        return settle(row, 2, part);
    }

    private double slipCone(int b) {
        int row = jac.row[b];
        int dim = jac.dim[b];
        int n = dim - 1;
        for (int k = 0; k < n; k++) {
            old[k] = p.force[row + 1 + k];
            res[k] = rows.residual(row + 1 + k);
            for (int l = 0; l < n; l++) {
                part[k * n + l] = rows.blockA[36 * b + (k + 1) * dim + l + 1];
            }
            part[k * n + k] = Math.max(1e-10, part[k * n + k]);
        }
        for (int k = 0; k < n; k++) {
            double s = res[k];
            for (int l = 0; l < n; l++) {
                s -= part[k * n + l] * old[l];
            }
            rhs[k] = s;
        }
        onEllipse(b, row, n);
        return settle(row + 1, n, part);
    }
}
