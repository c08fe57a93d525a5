package org.openkaiwu.physics.constraint;

import java.util.Arrays;
import org.openkaiwu.body.Machine;
import org.openkaiwu.body.Options;
import org.openkaiwu.body.Options.Flag;

/**
 * The constraint part of a step, for one world: first {@link #make} (positions and velocities must
 * be up to date), then {@link #solve} (forces without constraints too). Allocates only when there
 * are more rows than ever before. One thread's.
 */
public final class ConstraintStage {
    /** Rows of the last {@link #make}; forces and states by {@link #solve}. */
    public final Rows rows = new Rows();

    private final Machine m;
    private final RowMaker maker;
    private final Impedance impedance;
    private final Reference reference;
    private final Islands islands;
    private final Problem problem = new Problem();
    private final Solvers solvers;
    private final boolean pgs;
    private final DualSolver dual;
    private final boolean warm;
    private final RowCost law = new RowCost();
    private double[] jar = new double[0];
    private int iterations;

    /** A stage for one world of a model. */
    public ConstraintStage(ConstraintModel model) {
        m = model.machine();
        maker = new RowMaker(model, rows);
        impedance = new Impedance(model);
        reference = new Reference(model, maker.equalities());
        islands = new Islands(model);
        Options option = m.option;
        pgs = option.solver == Options.Solver.PGS;
        solvers = model.solvers();
        double scale = 1 / (model.meaninertia() * Math.max(1, m.nv));
        dual = pgs || option.noslipIterations > 0 ? new DualSolver(option, scale) : null;
        warm = !option.disabled(Flag.WARMSTART);
    }

    /** Makes the rows of the present positions and velocities, with their parameters. */
    public void make(ConstraintInput in) {
        maker.make(in);
        impedance.run(in, rows);
        reference.run(in, rows);
    }

    /**
     * Solves for the acceleration.
     *
     * @param qacc result: acceleration, shape nv
     * @param qfrcConstraint result: {@code J' force}, shape nv
     */
    public void solve(ConstraintInput in, double[] qacc, double[] qfrcConstraint) {
        begin(in, qacc, qfrcConstraint);
        for (int i = 0; i < islands.count; i++) {
            island(i, in, qacc, qfrcConstraint);
        }
    }

    private void begin(ConstraintInput in, double[] qacc, double[] qfrcConstraint) {
        Arrays.fill(qfrcConstraint, 0, m.nv, 0);
        System.arraycopy(in.qaccSmooth, 0, qacc, 0, m.nv);
        iterations = 0;
        islands.count = 0;
        if (rows.nefc > 0) {
            islands.find(rows);
        }
    }

    private void island(int i, ConstraintInput in, double[] qacc, double[] qfrcConstraint) {
        islands.extract(i, problem, in, rows, qacc, qfrcConstraint);
        start(in);
        if (pgs) {
            dual.solve(problem);
        } else {
            primal();
        }
        if (m.option.noslipIterations > 0) {
            dual.noslip(problem, pgs);
        }
        iterations = Math.max(iterations, problem.iterations);
        islands.insert(i, problem, rows, qacc, qfrcConstraint);
    }

    // A solve in halves, so that the problems of several worlds can be solved together

    /**
     * Begins a solve. If the world is one problem for Newton's method, true: {@link #problem} holds
     * it, and {@link #solveOpened}, or somebody else and {@link #close}, is to follow. Otherwise
     * the solve is done.
     */
    boolean open(ConstraintInput in, double[] qacc, double[] qfrcConstraint) {
        boolean lanes =
                m.option.solver == Options.Solver.NEWTON
                        && m.option.noslipIterations == 0
                        && in.metric == null;
        begin(in, qacc, qfrcConstraint);
        if (lanes && islands.count == 1) {
            islands.extract(0, problem, in, rows, qacc, qfrcConstraint);
            if (problem.acc == qacc) {
                start(in);
                return true;
            }
        }
        for (int i = 0; i < islands.count; i++) {
            island(i, in, qacc, qfrcConstraint);
        }
        return false;
    }

    Problem problem() {
        return problem;
    }

    /** Solves what {@link #open} began. */
    void solveOpened() {
        primal();
        close();
    }

    private void primal() {
        PrimalSolver solver = solvers.primal.take();
        solver.solve(problem);
        solvers.primal.give(solver);
    }

    /** Ends what {@link #open} began and somebody else solved. */
    void close() {
        iterations = problem.iterations;
    }

    /**
     * The rows' forces at a given acceleration, without solving.
     *
     * @param qacc acceleration, shape nv
     * @param qfrcConstraint result: {@code J' force}, shape nv
     */
    public void inverse(ConstraintInput in, double[] qacc, double[] qfrcConstraint) {
        Arrays.fill(qfrcConstraint, 0, m.nv, 0);
        if (rows.nefc == 0) {
            return;
        }
        islands.whole(problem, in, rows, qacc, qfrcConstraint);
        if (jar.length < rows.nefc) {
            jar = new double[Math.max(rows.nefc, 2 * jar.length)];
        }
        rows.jacobian.multiply(qacc, jar);
        for (int i = 0; i < rows.nefc; i++) {
            jar[i] -= rows.aref[i];
        }
        law.update(problem, jar, false);
        problem.jointForces();
    }

    /** Iterations of the last solve, the most of any island. */
    public int iterations() {
        return iterations;
    }

    /**
     * Trees that an equality ties.
     *
     * @param e the equality
     * @param out two trees at least; -1 stands for the world
     * @return false for equalities of tendons
     */
    public boolean equalityTrees(int e, int[] out) {
        return maker.equalities().trees(e, out);
    }

    /** Islands of the last solve. */
    public int islands() {
        return islands.count;
    }

    /** Island of a tree in the last solve or -1. Shape ntree. */
    public int[] islandOfTree() {
        return islands.islandOfTree;
    }

    private void start(ConstraintInput in) {
        if (warm) {
            Problem p = problem;
            for (int i = 0; i < p.n; i++) {
                p.acc[i] = in.qaccWarmstart[i + p.shift[i]];
            }
        }
    }
}
