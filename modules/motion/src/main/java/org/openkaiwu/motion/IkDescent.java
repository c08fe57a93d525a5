package org.openkaiwu.motion;

import org.openkaiwu.math.Flat;
import org.openkaiwu.math.Quat;
import org.openkaiwu.math.Vec3;

/**
 * One descent to a tool goal: Levenberg-Marquardt on the weighted pose error with bounds kept by an
 * active set.
 *
 * <p>A variable at a bound whose gradient points outwards is held for the step. Error and Jacobian
 * rows: three of position (weighted above direction, so that an arm with too few joints gives up
 * direction first), three of rotation as a vector in map axes; for a free spin the Jacobian is
 * taken across the tool axis only. After a stall with a direction error that nothing can remove, a
 * few Gauss-Newton steps on position alone make it exact. Redundant joints are drawn to rest in the
 * null space, before the last steps. Buss, "Introduction to inverse kinematics with Jacobian
 * transpose, pseudoinverse and damped least squares methods", 2004; Sugihara,
 * "Solvability-unconcerned inverse kinematics by the Levenberg-Marquardt method", IEEE T-RO 27(5),
 * 2011.
 */
final class IkDescent {
    private static final int ITERATIONS = 80;
    private static final double POSITION_WEIGHT = 5;
    private static final double LONGEST_STEP = 0.6;

    private final ArmModel arm;
    private final double[] lower;
    private final double[] upper;
    private final int n;
    private final double[] pos = new double[3];
    private final double[] quat = new double[4];
    private final double[] axis = new double[3];
    private final double[] jac;
    private final double[] err = new double[6];
    private final double[] gradient;
    private final double[] normal;
    private final double[] step;
    private final double[] trial;
    private final double[] small = new double[36];
    private final double[] rhs = new double[6];
    private final double[] dirs = new double[4];
    private final boolean[] held;
    private int active = 6;
    private double positionError;
    private double directionError;

    IkDescent(ArmModel arm, double[] lower, double[] upper) {
        this.arm = arm;
        this.lower = lower;
        this.upper = upper;
        n = arm.size();
        jac = new double[6 * n];
        gradient = new double[n];
        normal = new double[n * n];
        step = new double[n];
        trial = new double[n];
        held = new boolean[n];
    }

    /** Distance of the tool point from the goal after {@link #run}, m. */
    double positionError() {
        return positionError;
    }

    /** Angle from the wanted orientation or direction after {@link #run}, rad. */
    double directionError() {
        return directionError;
    }

    /** Descends from q, overwriting it. */
    void run(ToolGoal goal, double[] q, Ik.Options o) {
        int rows = goal instanceof ToolGoal.Point ? 3 : 6;
        descend(goal, rows, q, o, ITERATIONS);
        int fixed = goal instanceof ToolGoal.Full ? 6 : goal instanceof ToolGoal.Approach ? 5 : 3;
        if (o.rest() != null && n > fixed && done(o)) {
            rest(goal, rows, q, o);
        }
        if (positionError > o.positionTolerance()) {
            polish(goal, q);
        }
    }

    private boolean done(Ik.Options o) {
        return positionError <= 0.5 * o.positionTolerance()
                && directionError <= 0.5 * o.directionTolerance();
    }

    private void descend(ToolGoal goal, int rows, double[] q, Ik.Options o, int iterations) {
        double damping = 1e-3;
        double cost = linearize(goal, q);
        int slow = 0;
        for (int it = 0; it < iterations && !done(o) && slow < 5; it++) {
            prepare(rows, q);
            boolean better = false;
            double before = cost;
            for (int tries = 0; tries < 8 && !better; tries++) {
                if (solve(damping)) {
                    bounded(q, trial);
                    double c = evaluate(goal, trial);
                    if (c < cost) {
                        System.arraycopy(trial, 0, q, 0, n);
                        cost = c;
                        better = true;
                        damping = Math.max(1e-9, damping / 5);
                    }
                }
                if (!better) {
                    damping = Math.min(1e3, damping * 6 + 1e-9);
                }
            }
            if (!better) {
                break;
            }
            slow = cost > before * 0.98 ? slow + 1 : 0;
            linearize(goal, q);
        }
        evaluate(goal, q);
    }

    /** Errors at q; returns the weighted square. */
    private double evaluate(ToolGoal goal, double[] q) {
        arm.tool(q, pos, quat);
        return error(goal);
    }

    private double linearize(ToolGoal goal, double[] q) {
        arm.jacobian(q, pos, quat, jac);
        double cost = error(goal);
        if (goal instanceof ToolGoal.Approach) {
            for (int c = 0; c < n; c++) {
                double along = 0;
                for (int i = 0; i < 3; i++) {
                    along += axis[i] * jac[(3 + i) * n + c];
                }
                for (int i = 0; i < 3; i++) {
                    jac[(3 + i) * n + c] -= axis[i] * along;
                }
            }
        }
        for (int k = 0; k < 3 * n; k++) {
            jac[k] *= POSITION_WEIGHT;
        }
        return cost;
    }

    private double error(ToolGoal goal) {
        Vec3 p = goal.position();
        err[0] = p.x() - pos[0];
        err[1] = p.y() - pos[1];
        err[2] = p.z() - pos[2];
        positionError = Flat.norm3(err, 0);
        for (int i = 0; i < 3; i++) {
            err[i] *= POSITION_WEIGHT;
        }
        switch (goal) {
            case ToolGoal.Full f -> rotationError(f.pose().q());
            case ToolGoal.Approach a -> axisError(a);
            case ToolGoal.Point _ -> Flat.set3(err, 3, 0, 0, 0);
        }
        directionError = Flat.norm3(err, 3);
        double s = 0;
        for (double e : err) {
            s += e * e;
        }
        return s;
    }

    /** The rotation vector, map axes, from the tool's orientation to the wanted one. */
    private void rotationError(Quat want) {
        dirs[0] = want.w();
        dirs[1] = want.x();
        dirs[2] = want.y();
        dirs[3] = want.z();
        quat[1] = -quat[1];
        quat[2] = -quat[2];
        quat[3] = -quat[3];
        Flat.mulQuat(dirs, 0, dirs, 0, quat, 0);
        double sign = dirs[0] < 0 ? -1 : 1;
        double s = Math.sqrt(dirs[1] * dirs[1] + dirs[2] * dirs[2] + dirs[3] * dirs[3]);
        double angle = 2 * StrictMath.atan2(s, Math.abs(dirs[0]));
        double k = s < 1e-12 ? 2 * sign : sign * angle / s;
        Flat.set3(err, 3, k * dirs[1], k * dirs[2], k * dirs[3]);
    }

    /** The rotation vector that turns the tool axis to the wanted direction the short way. */
    private void axisError(ToolGoal.Approach g) {
        Flat.set3(axis, 0, g.axis().x(), g.axis().y(), g.axis().z());
        Flat.rotVecQuat(axis, 0, axis, 0, quat, 0);
        Flat.set3(dirs, 0, g.direction().x(), g.direction().y(), g.direction().z());
        double c = Flat.dot3(axis, 0, dirs, 0);
        Flat.cross3(err, 3, axis, 0, dirs, 0);
        double s = Flat.norm3(err, 3);
        double angle = StrictMath.atan2(s, c);
        if (s < 1e-9) {
            if (c > 0) {
                return;
            }
            // Opposite: any axis across will do.
            Flat.set3(dirs, 0, Math.abs(axis[0]) < 0.7 ? 1 : 0, Math.abs(axis[0]) < 0.7 ? 0 : 1, 0);
            Flat.cross3(err, 3, axis, 0, dirs, 0);
            s = Flat.norm3(err, 3);
        }
        for (int i = 3; i < 6; i++) {
            err[i] *= angle / s;
        }
    }

    /** Normal equations' right side, and which variables are held at their bounds. */
    private void prepare(int rows, double[] q) {
        active = rows;
        for (int c = 0; c < n; c++) {
            double g = 0;
            for (int r = 0; r < rows; r++) {
                g += jac[r * n + c] * err[r];
            }
            gradient[c] = g;
            held[c] = (q[c] <= lower[c] + 1e-12 && g < 0) || (q[c] >= upper[c] - 1e-12 && g > 0);
        }
    }

    private boolean solve(double damping) {
        double s = 0;
        for (double e : err) {
            s += e * e;
        }
        // Damping in proportion to the error (Sugihara) makes the end of the descent quadratic.
        double mu = damping * (s + 1e-6) + 1e-12;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = 0;
                if (!held[i] && !held[j]) {
                    for (int r = 0; r < active; r++) {
                        sum += jac[r * n + i] * jac[r * n + j];
                    }
                }
                normal[i * n + j] = i == j ? (held[i] ? 1 : sum + mu) : sum;
            }
            step[i] = held[i] ? 0 : gradient[i];
        }
        return Spd.solve(normal, step, n);
    }

    /** q plus the step, no longer than the longest step and within bounds. */
    private void bounded(double[] q, double[] out) {
        double most = 0;
        for (int i = 0; i < n; i++) {
            most = Math.max(most, Math.abs(step[i]));
        }
        double scale = most > LONGEST_STEP ? LONGEST_STEP / most : 1;
        for (int i = 0; i < n; i++) {
            out[i] = Math.clamp(q[i] + scale * step[i], lower[i], upper[i]);
        }
    }

    /** Steps on position alone, of least motion, so that direction changes little. */
    private void polish(ToolGoal goal, double[] q) {
        for (int it = 0; it < 6 && positionError > 1e-7; it++) {
            double before = positionError;
            linearize(goal, q);
            prepare(3, q);
            project(3, err, true);
            bounded(q, trial);
            evaluate(goal, trial);
            if (positionError >= before) {
                evaluate(goal, q);
                return;
            }
            System.arraycopy(trial, 0, q, 0, n);
        }
    }

    /**
     * {@code step = J^T (J J^T + eps)^-1 e} over the variables not held; with {@code add} false it
     * is taken from the step instead, which leaves the part of it that does not move the tool.
     */
    private void project(int rows, double[] e, boolean add) {
        double trace = 0;
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = 0;
                for (int c = 0; c < n; c++) {
                    sum += held[c] ? 0 : jac[i * n + c] * jac[j * n + c];
                }
                small[i * rows + j] = sum;
            }
            trace += small[i * rows + i];
            rhs[i] = e[i];
        }
        for (int i = 0; i < rows; i++) {
            small[i * rows + i] += 1e-9 * trace + 1e-15;
        }
        if (!Spd.solve(small, rhs, rows)) {
            java.util.Arrays.fill(step, 0);
            return;
        }
        for (int c = 0; c < n; c++) {
            double sum = 0;
            for (int r = 0; r < rows; r++) {
                sum += jac[r * n + c] * rhs[r];
            }
            step[c] = held[c] ? 0 : add ? sum : step[c] - sum;
        }
    }

    /** Moves redundant joints towards rest while the tool stays. */
    private void rest(ToolGoal goal, int rows, double[] q, Ik.Options o) {
        double[] from = q.clone();
        for (int it = 0; it < 12; it++) {
            linearize(goal, q);
            java.util.Arrays.fill(held, false);
            for (int c = 0; c < n; c++) {
                step[c] = 0.4 * (o.rest()[c] - q[c]);
            }
            double[] moved = new double[6];
            for (int r = 0; r < rows; r++) {
                for (int c = 0; c < n; c++) {
                    moved[r] += jac[r * n + c] * step[c];
                }
            }
            project(rows, moved, false);
            bounded(q, trial);
            System.arraycopy(trial, 0, q, 0, n);
            descend(goal, rows, q, o, 6);
            if (!done(o)) {
                System.arraycopy(from, 0, q, 0, n);
                evaluate(goal, q);
                return;
            }
            if (PathTrajectory.distance(from, q) < 1e-3) {
                return;
            }
            System.arraycopy(q, 0, from, 0, n);
        }
    }
}
