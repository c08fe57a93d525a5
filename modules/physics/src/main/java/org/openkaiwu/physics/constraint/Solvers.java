package org.openkaiwu.physics.constraint;

import org.openkaiwu.body.Machine;
import org.openkaiwu.body.Options;
import org.openkaiwu.math.Pool;

/**
 * The primal solvers of a model with their scratch memory, lent to its worlds while they solve.
 * They take the options that the machine has when the first solve needs one.
 */
public final class Solvers {
    final Pool<PrimalSolver> primal;

    /** Solvers for worlds of a machine. */
    public Solvers(Machine machine) {
        Options option = machine.option;
        primal = new Pool<>(() -> new PrimalSolver(option, option.solver == Options.Solver.NEWTON));
    }
}
