package org.openkaiwu.app.simcmd;

import java.util.function.Supplier;
import org.openkaiwu.body.Machine;
import org.openkaiwu.body.Options;
import org.openkaiwu.physics.Model;
import org.openkaiwu.physics.World;
import tools.jackson.databind.JsonNode;

/**
 * The model with its constraints solved to the end: Newton, tolerance 0, 200 iterations, no noslip,
 * as the reference's {@code converged} numbers were made. Its own stopping error is then in
 * neither.
 */
final class Exact {
    private static final int ITERATIONS = 200;

    private final Options option;
    private final World world;

    Exact(Machine machine) {
        option = machine.option;
        world = solvedToTheEnd(() -> new World(new Model(machine)));
    }

    /**
     * Largest difference of the acceleration from the reference's, relative to its largest entry.
     */
    double qacc(JsonNode state) {
        double[] qacc =
                solvedToTheEnd(() -> {
                    Rollout.start(world, state);
                    world.forward();
                    return world.qacc;
                });
        double[] want = Reference.numbers(state.path("converged"), "qacc");
        double[] smooth = Reference.numbers(state, "qacc_smooth");
        double scale = Math.max(1e-8, Math.max(Fidelity.largest(want), Fidelity.largest(smooth)));
        return Fidelity.distance(qacc, want) / scale;
    }

    private <T> T solvedToTheEnd(Supplier<T> what) {
        Options.Solver solver = option.solver;
        int iterations = option.iterations;
        double tolerance = option.tolerance;
        int noslip = option.noslipIterations;
        option.solver = Options.Solver.NEWTON;
        option.iterations = ITERATIONS;
        option.tolerance = 0;
        option.noslipIterations = 0;
        try {
            return what.get();
        } finally {
            option.solver = solver;
            option.iterations = iterations;
            option.tolerance = tolerance;
            option.noslipIterations = noslip;
        }
    }
}
