package org.openkaiwu.physics.constraint;

import static org.openkaiwu.math.Lanes.S;
import static org.openkaiwu.math.Lanes.W;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import org.openkaiwu.body.Machine;
import org.openkaiwu.body.Options;
import org.openkaiwu.collision.ContactBuffer;
import org.openkaiwu.math.Lanes;

/**
 * Newton's method of {@link PrimalSolver} for as many worlds at once as a vector has lanes. Every
 * number of a world comes from the same operations in the same order as alone, so the results are
 * the same to the bit whatever the number of lanes and whatever the neighbours. A world that has
 * converged keeps its numbers while the others go on.
 */
final class LaneSolver {
    private final int maxIterations;
    private final double tolerance;
    private final LaneLine line;
    private final LaneProblem p = new LaneProblem(W);
    private final LaneSkyline hessian = new LaneSkyline();
    private final LaneJacobian jacobian = new LaneJacobian();
    private final LaneCost cost = new LaneCost();

    private double[] ma = new double[0];
    private double[] grad = new double[0];
    private double[] search = new double[0];
    private double[] mv = new double[0];
    private double[] jar = new double[0];
    private double[] jv = new double[0];

    private final double[] scale = new double[W];
    private final double[] slope = new double[W];
    private final double[] square = new double[W];
    private final double[] value = new double[W];
    private final double[] on = new double[W];
    private final boolean[] flat = new boolean[W];

    LaneSolver(Options option) {
        maxIterations = option.iterations;
        tolerance = option.tolerance;
        line = new LaneLine(option.tolerance * option.lsTolerance, option.lsIterations);
    }

    /**
     * Solves the first {@code used} problems, as {@link PrimalSolver#solve} does one.
     *
     * @return false when the problems do not fit together; they are untouched then
     */
    boolean solve(
            Machine[] machines,
            Problem[] problems,
            Rows[] rows,
            ContactBuffer[] contacts,
            int used) {
        if (!p.load(machines, problems, rows, contacts, used)) {
            return false;
        }
        reserve();
        for (int l = 0; l < W; l++) {
            scale[l] = problems[l < used ? l : 0].scale();
            on[l] = l < used ? 1 : 0;
        }
        for (int l = 0; l < used; l++) {
            problems[l].iterations = 0;
        }
        start();
        update();
        hessian.structure(p);
        if (settle(used)) {
            iterate(problems, used);
        }
        p.store(problems);
        return true;
    }

    /** Switches off the worlds that are solved at the start; true if some are left. */
    private boolean settle(int used) {
        Lanes.dot(grad, grad, p.n, square);
        boolean some = false;
        for (int l = 0; l < used; l++) {
            flat[l] = scale[l] * Math.sqrt(square[l]) < tolerance;
            some |= flat[l];
        }
        boolean left = !some;
        hessian.inertia(p);
        if (some) {
            hessian.factorize();
            System.arraycopy(grad, 0, search, 0, p.n * W);
            hessian.solve(search);
            Lanes.dot(grad, search, p.n, slope);
            for (int l = 0; l < used; l++) {
                if (flat[l] && 0.5 * scale[l] * slope[l] < tolerance) {
                    on[l] = 0;
                } else {
                    left = true;
                }
            }
        }
        return left;
    }

    private void iterate(Problem[] problems, int used) {
        cost.beginHessian(p);
        for (int iteration = 0; iteration < maxIterations; iteration++) {
            cost.addCurvature(p, hessian, on);
            hessian.factorize();
            descend();
            hessian.solve(search);
            Lanes.dot(grad, search, p.n, slope);
            for (int l = 0; l < used; l++) {
                double decrement = -0.5 * scale[l] * slope[l];
                if (decrement < tolerance && (iteration > 0 || flat[l])) {
                    on[l] = 0;
                }
            }
            if (none(used)) {
                return;
            }
            LaneJacobian.multiplyInertia(p, search, mv);
            jacobian.multiply(p, search, jv);
            line.run(p, search, ma, mv, jar, jv, scale, slope, on);
            for (int l = 0; l < used; l++) {
                if (line.alpha[l] == 0) {
                    on[l] = 0;
                }
            }
            if (none(used)) {
                return;
            }
            Lanes.addScaled(p.acc, line.alpha, search, p.n, on);
            Lanes.addScaled(ma, line.alpha, mv, p.n, on);
            Lanes.addScaled(jar, line.alpha, jv, p.m, on);
            update();
            Lanes.dot(grad, grad, p.n, square);
            for (int l = 0; l < used; l++) {
                if (on[l] != 0) {
                    problems[l].iterations++;
                    double gain = scale[l] * line.improvement[l];
                    if (gain > 0 && gain < tolerance
                            || scale[l] * Math.sqrt(square[l]) < tolerance) {
                        on[l] = 0;
                    }
                }
            }
            if (none(used)) {
                return;
            }
        }
    }

    private boolean none(int used) {
        for (int l = 0; l < used; l++) {
            if (on[l] != 0) {
                return false;
            }
        }
        return true;
    }

    private void descend() {
        for (int i = 0; i < p.n; i++) {
            DoubleVector.fromArray(S, grad, i * W).neg().intoArray(search, i * W);
        }
    }

    /** Chooses the start; fills ma and jar. */
    private void start() {
        LaneJacobian.multiplyInertia(p, p.acc, ma);
        jacobian.multiply(p, p.acc, jar);
        jacobian.multiply(p, p.smoothAcc, jv);
        residual(jar);
        residual(jv);
        cost.value(p, jar, value);
        cost.value(p, jv, square);
        addInertiaCost();
        better();
        Lanes.copy(p.acc, p.smoothAcc, p.n, slope);
        Lanes.copy(ma, p.smoothForce, p.n, slope);
        Lanes.copy(jar, jv, p.m, slope);
    }

    private void residual(double[] out) {
        for (int i = 0; i < p.m; i++) {
            DoubleVector.fromArray(S, out, i * W)
                    .sub(DoubleVector.fromArray(S, p.aref, i * W))
                    .intoArray(out, i * W);
        }
    }

    private void addInertiaCost() {
        DoubleVector here = DoubleVector.fromArray(S, value, 0);
        for (int i = 0; i < p.n; i++) {
            here =
                    here.add(
                            DoubleVector.fromArray(S, ma, i * W)
                                    .sub(DoubleVector.fromArray(S, p.smoothForce, i * W))
                                    .mul(0.5)
                                    .mul(
                                            DoubleVector.fromArray(S, p.acc, i * W)
                                                    .sub(
                                                            DoubleVector.fromArray(
                                                                    S, p.smoothAcc, i * W))));
        }
        here.intoArray(value, 0);
    }

    /** Where the acceleration without constraints costs less, to {@link #slope}. */
    private void better() {
        DoubleVector.broadcast(S, 1)
                .blend(
                        DoubleVector.zero(S),
                        DoubleVector.fromArray(S, value, 0)
                                .compare(VectorOperators.LE, DoubleVector.fromArray(S, square, 0)))
                .intoArray(slope, 0);
    }

    /** Forces and states of the rows at jar, joint forces, gradient. */
    private void update() {
        cost.update(p, jar);
        jacobian.jointForces(p);
        for (int i = 0; i < p.n; i++) {
            DoubleVector.fromArray(S, ma, i * W)
                    .sub(DoubleVector.fromArray(S, p.smoothForce, i * W))
                    .sub(DoubleVector.fromArray(S, p.jointForce, i * W))
                    .intoArray(grad, i * W);
        }
    }

    private void reserve() {
        if (ma.length < p.n * W) {
            int cap = p.n * W;
            ma = new double[cap];
            grad = new double[cap];
            search = new double[cap];
            mv = new double[cap];
        }
        if (jar.length < p.m * W) {
            int cap = Math.max(p.m * W, 2 * jar.length);
            jar = new double[cap];
            jv = new double[cap];
        }
        cost.reserve(p);
    }
}
