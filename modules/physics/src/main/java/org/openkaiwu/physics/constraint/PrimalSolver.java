package org.openkaiwu.physics.constraint;

import java.util.Arrays;
import org.openkaiwu.body.Options;

/**
 * Newton's method and nonlinear conjugate gradients on the acceleration, with exact line search.
 *
 * <p>Newton keeps {@code H = M + J' W J}, W the curvature of the rows' cost, and adds only what
 * changed in W from one iteration to the next; then it is factorized anew, which for a tree is
 * cheaper than a rank-one update for each changed row. Conjugate gradients are preconditioned by M
 * and use the direction of W. Hager and H. Zhang, "A new conjugate gradient method with guaranteed
 * descent and an efficient line search", SIAM J. Optim. 16 (2005).
 */
final class PrimalSolver {
    /** Numbers of a Hessian at most; islands that need more go by conjugate gradients. */
    private static final long LARGEST = 8_000_000;

    private final boolean newtonWanted;
    private boolean newton;
    private final int maxIterations;
    private final double tolerance;
    private final LineSearch lineSearch;
    private final Skyline hessian = new Skyline();
    private final RowCost cost = new RowCost();

    private double[] ma = new double[0];
    private double[] grad = new double[0];
    private double[] mgrad = new double[0];
    private double[] search = new double[0];
    private double[] mv = new double[0];
    private double[] gradOld = new double[0];
    private double[] mgradOld = new double[0];
    private double[] jar = new double[0];
    private double[] jv = new double[0];

    /** Curvature that is in the Hessian, 6 x 6 for each block. */
    private double[] inHessian = new double[0];

    private final double[] change = new double[36];
    private double[] product = new double[0];

    PrimalSolver(Options option, boolean newton) {
        newtonWanted = newton;
        maxIterations = option.iterations;
        tolerance = option.tolerance;
        lineSearch = new LineSearch(option.tolerance * option.lsTolerance, option.lsIterations);
    }

    /**
     * Solves from {@code p.acc}, or from the acceleration without constraints when that costs less;
     * leaves acceleration, forces and states in the problem.
     */
    void solve(Problem p) {
        reserve(p);
        newton = newtonWanted && fits(p);
        factorM = factorM && !newton;
        p.iterations = 0;
        int n = p.n;
        double scale = p.scale();
        start(p);
        update(p);
        boolean flat = scale * norm(grad, n) < tolerance;
        if (!newton || flat) {
            // the cost is strongly convex in the norm of M: 1/2 g' M^-1 g bounds the way left
            precondition(p, !newton);
            if (0.5 * scale * dot(grad, mgrad, n) < tolerance) {
                return;
            }
        }
        if (newton) {
            if (!flat) {
                factorM = false;
            }
            beginHessian(p);
        } else {
            for (int i = 0; i < n; i++) {
                search[i] = -mgrad[i];
            }
        }
        double slope = 0;
        while (p.iterations < maxIterations) {
            if (newton) {
                addCurvature(p);
                hessian.factorize();
                for (int i = 0; i < n; i++) {
                    search[i] = -grad[i];
                }
                hessian.solve(search);
                slope = dot(grad, search, n);
                double decrement = -0.5 * scale * slope;
                if (decrement < tolerance && (p.iterations > 0 || flat)) {
                    break;
                }
            }
            p.multiplyInertia(search, mv);
            p.jacobian.multiply(search, jv);
            double alpha = lineSearch.run(p, search, ma, mv, jar, jv, scale, slope);
            if (alpha == 0) {
                break;
            }
            if (!newton) {
                System.arraycopy(grad, 0, gradOld, 0, n);
                System.arraycopy(mgrad, 0, mgradOld, 0, n);
            }
            for (int i = 0; i < n; i++) {
                p.acc[i] += alpha * search[i];
                ma[i] += alpha * mv[i];
            }
            for (int i = 0; i < p.m; i++) {
                jar[i] += alpha * jv[i];
            }
            update(p);
            p.iterations++;
            double improvement = scale * lineSearch.improvement;
            if (improvement > 0 && improvement < tolerance || scale * norm(grad, n) < tolerance) {
                break;
            }
            if (!newton) {
                precondition(p, false);
                conjugate(n);
            }
        }
    }

    private boolean factorM;

    /** Chooses the start; fills ma and jar. */
    private void start(Problem p) {
        p.multiplyInertia(p.acc, ma);
        residual(p, p.acc, jar);
        residual(p, p.smoothAcc, jv);
        double here = cost.value(p, jar);
        for (int i = 0; i < p.n; i++) {
            here += 0.5 * (ma[i] - p.smoothForce[i]) * (p.acc[i] - p.smoothAcc[i]);
        }
        if (!(here <= cost.value(p, jv))) {
            System.arraycopy(p.smoothAcc, 0, p.acc, 0, p.n);
            System.arraycopy(p.smoothForce, 0, ma, 0, p.n);
            System.arraycopy(jv, 0, jar, 0, p.m);
        }
    }

    private static void residual(Problem p, double[] acc, double[] out) {
        p.jacobian.multiply(acc, out);
        for (int i = 0; i < p.m; i++) {
            out[i] -= p.aref[i];
        }
    }

    /** Forces and states of the rows at jar, joint forces, gradient. */
    private void update(Problem p) {
        cost.update(p, jar, newton);
        p.jointForces();
        for (int i = 0; i < p.n; i++) {
            grad[i] = ma[i] - p.smoothForce[i] - p.jointForce[i];
        }
    }

    /** mgrad = M^-1 grad. */
    private void precondition(Problem p, boolean fresh) {
        if (fresh || !factorM) {
            hessian.begin(p.n);
            structureOfInertia(p);
            hessian.layout();
            copyInertia(p);
            hessian.factorize();
            factorM = !newton;
        }
        System.arraycopy(grad, 0, mgrad, 0, p.n);
        hessian.solve(mgrad);
    }

    private void conjugate(int n) {
        double sy = 0;
        double yMy = 0;
        double yMg = 0;
        double sg = 0;
        for (int i = 0; i < n; i++) {
            double y = grad[i] - gradOld[i];
            sy += search[i] * y;
            yMy += y * (mgrad[i] - mgradOld[i]);
            yMg += y * mgrad[i];
            sg += search[i] * grad[i];
        }
        double beta = 0;
        if (sy >= Impedance.MIN_VALUE) {
            beta = (yMg - 2 * (yMy / sy) * sg) / sy;
            double least = norm(search, n) * Math.min(0.01, norm(grad, n));
            beta = Math.max(beta, -1 / Math.max(Impedance.MIN_VALUE, least));
        }
        for (int i = 0; i < n; i++) {
            search[i] = -mgrad[i] + beta * search[i];
        }
    }

    // Hessian

    private void structureOfInertia(Problem p) {
        System.arraycopy(p.inertiaLast, 0, hessian.last, 0, p.n);
    }

    private void copyInertia(Problem p) {
        double[] h = hessian.h;
        int[] start = hessian.start;
        for (int i = 0; i < p.n; i++) {
            int off = p.shift[i];
            for (int k = p.inertiaFrom[i]; k <= p.inertiaDiag[i]; k++) {
                h[start[p.inertiaCol[k] - off] + i] = p.inertia[k];
            }
        }
    }

    private void beginHessian(Problem p) {
        structure(p);
        hessian.layout();
        copyInertia(p);
        Arrays.fill(inHessian, 0, 36 * p.jacobian.count, 0);
    }

    private void structure(Problem p) {
        hessian.begin(p.n);
        structureOfInertia(p);
        BlockJacobian jac = p.jacobian;
        for (int b = 0; b < jac.count; b++) {
            hessian.couple(jac.colind, jac.col[b], jac.nnz[b]);
        }
    }

    private boolean fits(Problem p) {
        if ((long) p.n * p.n <= 2 * LARGEST) {
            return true;
        }
        structure(p);
        return hessian.size() <= LARGEST;
    }

    /** Brings the blocks' curvature in H up to date. */
    private void addCurvature(Problem p) {
        BlockJacobian jac = p.jacobian;
        for (int b = 0; b < jac.count; b++) {
            int dim = jac.dim[b];
            boolean changed = false;
            cost.curvature(p, b, change);
            for (int k = 0; k < dim * dim; k++) {
                double fresh = change[k];
                change[k] = fresh - inHessian[36 * b + k];
                inHessian[36 * b + k] = fresh;
                changed |= change[k] != 0;
            }
            if (changed) {
                addBlock(jac, b, dim);
            }
        }
    }

    /** H += C' W C, W the matrix in {@link #change}. */
    private void addBlock(BlockJacobian jac, int b, int dim) {
        int n = jac.nnz[b];
        int col = jac.col[b];
        int val = jac.val[b];
        double[] x = jac.values;
        double[] w = change;
        double[] h = hessian.h;
        int[] c = jac.colind;
        int[] start = hessian.start;
        if (dim == 1) {
            for (int a = 0; a < n; a++) {
                int at = start[c[col + a]];
                double t = w[0] * x[val + a];
                for (int e = a; e < n; e++) {
                    h[at + c[col + e]] += t * x[val + e];
                }
            }
        } else if (dim == 3) {
            for (int a = 0; a < n; a++) {
                int at = start[c[col + a]];
                double x0 = x[val + a];
                double x1 = x[val + n + a];
                double x2 = x[val + 2 * n + a];
                double t0 = w[0] * x0 + w[1] * x1 + w[2] * x2;
                double t1 = w[3] * x0 + w[4] * x1 + w[5] * x2;
                double t2 = w[6] * x0 + w[7] * x1 + w[8] * x2;
                for (int e = a; e < n; e++) {
                    h[at + c[col + e]] +=
                            t0 * x[val + e] + t1 * x[val + n + e] + t2 * x[val + 2 * n + e];
                }
            }
        } else {
            addWideBlock(jac, b, dim);
        }
    }

    private void addWideBlock(BlockJacobian jac, int b, int dim) {
        int n = jac.nnz[b];
        int col = jac.col[b];
        int val = jac.val[b];
        double[] x = jac.values;
        double[] h = hessian.h;
        double[] t = product;
        for (int a = 0; a < n; a++) {
            for (int k = 0; k < dim; k++) {
                double s = 0;
                for (int l = 0; l < dim; l++) {
                    s += change[k * dim + l] * x[val + l * n + a];
                }
                t[k] = s;
            }
            int at = hessian.start[jac.colind[col + a]];
            for (int e = a; e < n; e++) {
                double s = 0;
                for (int k = 0; k < dim; k++) {
                    s += t[k] * x[val + k * n + e];
                }
                h[at + jac.colind[col + e]] += s;
            }
        }
    }

    private void reserve(Problem p) {
        if (ma.length < p.n) {
            int cap = Math.max(p.n, 2 * ma.length);
            ma = new double[cap];
            grad = new double[cap];
            mgrad = new double[cap];
            search = new double[cap];
            mv = new double[cap];
            gradOld = new double[cap];
            mgradOld = new double[cap];
        }
        if (jar.length < p.m) {
            int cap = Math.max(p.m, 2 * jar.length);
            jar = new double[cap];
            jv = new double[cap];
        }
        if (inHessian.length < 36 * p.jacobian.count) {
            inHessian = new double[Math.max(36 * p.jacobian.count, 2 * inHessian.length)];
        }
        if (product.length == 0) {
            product = new double[6];
        }
    }

    static double dot(double[] a, double[] b, int n) {
        double s = 0;
        for (int i = 0; i < n; i++) {
            s += a[i] * b[i];
        }
        return s;
    }

    static double norm(double[] a, int n) {
        return Math.sqrt(dot(a, a, n));
    }
}
