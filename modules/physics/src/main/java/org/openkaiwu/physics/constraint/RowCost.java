package org.openkaiwu.physics.constraint;

/**
 * The convex cost s of the rows as a function of {@code jar = J a - aref}: its negative gradient is
 * the force. Equalities are quadratic; friction loss is quadratic up to its bound, then linear;
 * limits, frictionless contacts and pyramid edges are quadratic on the negative side. An elliptic
 * contact has, in the scaled coordinates N = mu jar[0] and T = |friction jar[1..]|, no cost where N
 * >= mu T, the full quadratic where mu N + T <= 0, and 1/2 Dm (N - mu T)^2 between, with {@code Dm
 * = D[0] / (mu^2 (1 + mu^2))}.
 */
final class RowCost {
    /** Curvature of the cones in state CONE, 6 x 6 (dim x dim used) for each block. */
    private double[] coneHessian = new double[0];

    private final double[] u = new double[6];

    /** Sets force and state of all rows; with {@code curvature}, the cones' Hessians too. */
    void update(Problem p, double[] jar, boolean curvature) {
        double[] d = p.d;
        double[] force = p.force;
        int[] state = p.state;
        for (int i = 0; i < p.ne; i++) {
            force[i] = -d[i] * jar[i];
            state[i] = Rows.QUADRATIC;
        }
        int end = p.ne + p.nf;
        for (int i = p.ne; i < end; i++) {
            double bound = p.frictionloss[i];
            double edge = p.r[i] * bound;
            if (jar[i] <= -edge) {
                force[i] = bound;
                state[i] = Rows.LINEARNEG;
            } else if (jar[i] >= edge) {
                force[i] = -bound;
                state[i] = Rows.LINEARPOS;
            } else {
                force[i] = -d[i] * jar[i];
                state[i] = Rows.QUADRATIC;
            }
        }
        BlockJacobian jac = p.jacobian;
        if (curvature && coneHessian.length < 36 * jac.count) {
            coneHessian = new double[Math.max(36 * jac.count, 2 * coneHessian.length)];
        }
        for (int i = end; i < p.m; i++) {
            if (p.elliptic && p.type[i] == Rows.CONTACT_ELLIPTIC) {
                continue;
            }
            if (jar[i] < 0) {
                force[i] = -d[i] * jar[i];
                state[i] = Rows.QUADRATIC;
            } else {
                force[i] = 0;
                state[i] = Rows.SATISFIED;
            }
        }
        if (p.elliptic) {
            for (int b = 0; b < jac.count; b++) {
                if (jac.kind[b] == Rows.CONTACT_ELLIPTIC) {
                    cone(p, b, jar, curvature);
                }
            }
        }
    }

    private void cone(Problem p, int b, double[] jar, boolean curvature) {
        BlockJacobian jac = p.jacobian;
        int row = jac.row[b];
        int dim = jac.dim[b];
        double mu = jac.coneMu[b];
        double n = jar[row] * mu;
        double tt = 0;
        for (int k = 1; k < dim; k++) {
            u[k] = jar[row + k] * jac.mu[5 * b + k - 1];
            tt += u[k] * u[k];
        }
        double t = Math.sqrt(tt);
        int state;
        if (n >= mu * t || t <= 0 && n >= 0) {
            state = Rows.SATISFIED;
            for (int k = 0; k < dim; k++) {
                p.force[row + k] = 0;
            }
        } else if (mu * n + t <= 0 || t <= 0) {
            state = Rows.QUADRATIC;
            for (int k = 0; k < dim; k++) {
                p.force[row + k] = -p.d[row + k] * jar[row + k];
            }
        } else {
            state = Rows.CONE;
            double dm = p.d[row] / (mu * mu * (1 + mu * mu));
            double normal = -dm * (n - mu * t) * mu;
            p.force[row] = normal;
            for (int k = 1; k < dim; k++) {
                p.force[row + k] = -normal / t * u[k] * jac.mu[5 * b + k - 1];
            }
            if (curvature) {
                coneCurvature(jac, b, dim, n, t, mu, dm);
            }
        }
        for (int k = 0; k < dim; k++) {
            p.state[row + k] = state;
        }
    }

    /** Second derivative of 1/2 Dm (N - mu T)^2 by jar. */
    private void coneCurvature(
            BlockJacobian jac, int b, int dim, double n, double t, double mu, double dm) {
        int o = 36 * b;
        double[] h = coneHessian;
        double cross = -mu / t;
        double outer = mu * n / (t * t * t);
        double diagonal = mu * mu - mu * n / t;
        for (int k = 0; k < dim; k++) {
            double sk = dm * (k == 0 ? mu : jac.mu[5 * b + k - 1]);
            for (int l = 0; l <= k; l++) {
                double x;
                if (k == 0) {
                    x = 1;
                } else if (l == 0) {
                    x = cross * u[k];
                } else {
                    x = outer * u[k] * u[l] + (k == l ? diagonal : 0);
                }
                x *= sk * (l == 0 ? mu : jac.mu[5 * b + l - 1]);
                h[o + k * dim + l] = x;
                h[o + l * dim + k] = x;
            }
        }
    }

    /** Curvature of block b over its stored rows (dim x dim), after {@link #update}. */
    void curvature(Problem p, int b, double[] w) {
        BlockJacobian jac = p.jacobian;
        int row = jac.row[b];
        int dim = jac.dim[b];
        int kind = jac.kind[b];
        if (dim == 1) {
            w[0] = p.state[row] == Rows.QUADRATIC ? p.d[row] : 0;
            return;
        }
        if (kind == Rows.CONTACT_PYRAMIDAL) {
            pyramid(p, b, dim, w);
            return;
        }
        if (kind == Rows.CONTACT_ELLIPTIC && p.state[row] == Rows.CONE) {
            System.arraycopy(coneHessian, 36 * b, w, 0, dim * dim);
            return;
        }
        boolean on = p.state[row] == Rows.QUADRATIC;
        for (int k = 0; k < dim; k++) {
            for (int l = 0; l < dim; l++) {
                w[k * dim + l] = on && k == l ? p.d[row + k] : 0;
            }
        }
    }

    /** Sum of D e e' over the active edges e = (1, 0 .. +-mu .. 0). */
    private static void pyramid(Problem p, int b, int dim, double[] w) {
        BlockJacobian jac = p.jacobian;
        for (int k = 0; k < dim * dim; k++) {
            w[k] = 0;
        }
        int at = jac.row[b];
        for (int k = 1; k < dim; k++, at += 2) {
            double plus = p.state[at] == Rows.QUADRATIC ? p.d[at] : 0;
            double minus = p.state[at + 1] == Rows.QUADRATIC ? p.d[at + 1] : 0;
            double f = jac.mu[5 * b + k - 1];
            w[0] += plus + minus;
            w[k] = f * (plus - minus);
            w[k * dim] = w[k];
            w[k * dim + k] = f * f * (plus + minus);
        }
    }

    /** Cost of the rows at jar. */
    double value(Problem p, double[] jar) {
        double s = 0;
        for (int i = 0; i < p.ne; i++) {
            s += 0.5 * p.d[i] * jar[i] * jar[i];
        }
        int end = p.ne + p.nf;
        for (int i = p.ne; i < end; i++) {
            double bound = p.frictionloss[i];
            double x = Math.abs(jar[i]);
            double edge = p.r[i] * bound;
            s += x >= edge ? bound * x - 0.5 * edge * bound : 0.5 * p.d[i] * x * x;
        }
        BlockJacobian jac = p.jacobian;
        for (int b = 0; b < jac.count; b++) {
            if (jac.kind[b] == Rows.CONTACT_ELLIPTIC) {
                s += coneValue(p, b, jar);
            } else if (jac.row[b] >= end) {
                for (int i = jac.row[b]; i < jac.row[b + 1]; i++) {
                    s += jar[i] < 0 ? 0.5 * p.d[i] * jar[i] * jar[i] : 0;
                }
            }
        }
        return s;
    }

    private static double coneValue(Problem p, int b, double[] jar) {
        BlockJacobian jac = p.jacobian;
        int row = jac.row[b];
        int dim = jac.dim[b];
        double mu = jac.coneMu[b];
        double n = jar[row] * mu;
        double tt = 0;
        double full = p.d[row] * jar[row] * jar[row];
        for (int k = 1; k < dim; k++) {
            double x = jar[row + k];
            double y = x * jac.mu[5 * b + k - 1];
            tt += y * y;
            full += p.d[row + k] * x * x;
        }
        double t = Math.sqrt(tt);
        if (n >= mu * t || t <= 0 && n >= 0) {
            return 0;
        }
        if (mu * n + t <= 0 || t <= 0) {
            return 0.5 * full;
        }
        double x = n - mu * t;
        return 0.5 * p.d[row] / (mu * mu * (1 + mu * mu)) * x * x;
    }
}
