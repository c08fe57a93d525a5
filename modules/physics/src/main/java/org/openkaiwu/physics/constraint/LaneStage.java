package org.openkaiwu.physics.constraint;

import java.util.Arrays;
import org.openkaiwu.body.Machine;
import org.openkaiwu.body.Options;
import org.openkaiwu.collision.ContactBuffer;
import org.openkaiwu.dynamics.Tree;
import org.openkaiwu.math.Lanes;

/**
 * Solves the constraints of several worlds at once, a vector lane for each, with the results of
 * {@link ConstraintStage#solve} to the bit. It needs the module {@code jdk.incubator.vector}
 * ({@code --add-modules jdk.incubator.vector}); ask {@link #available} first. One thread's.
 *
 * <p>For each group: {@link #add} up to {@link #width} worlds, then {@link #solve}. A world that
 * does not suit lanes (several islands, another solver than Newton's) is solved alone at once.
 */
public final class LaneStage {
    /** With fewer worlds than this share of the lanes, one at a time is faster. */
    private static final int LEAST_SHARE = 4;

    /** Vectors of two numbers, those of processors without AVX, were slower than none. */
    private static final int LEAST_WIDTH = 4;

    private final LaneSolver solver;
    private final ConstraintStage[] stages;
    private final Machine[] machines;
    private final Problem[] problems;
    private final Rows[] rows;
    private final ContactBuffer[] contacts;
    private int count;

    /** For worlds that {@link #fit} one of this machine. */
    public LaneStage(Machine machine) {
        int w = width();
        solver = new LaneSolver(machine.option);
        stages = new ConstraintStage[w];
        machines = new Machine[w];
        problems = new Problem[w];
        rows = new Rows[w];
        contacts = new ContactBuffer[w];
    }

    /** The vector module was given at the start. */
    public static boolean available() {
        return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    }

    /** Lanes are available and so many that they are faster than one world after the other. */
    public static boolean worthwhile() {
        return available() && width() >= LEAST_WIDTH;
    }

    /** Lanes. */
    public static int width() {
        return Lanes.W;
    }

    /** Worlds of the two models can be in one group: same dofs and tree, same solver settings. */
    public static boolean fit(Machine a, Tree treeOfA, Machine b, Tree treeOfB) {
        Options x = a.option;
        Options y = b.option;
        return a.nv == b.nv
                && x.tolerance == y.tolerance
                && x.iterations == y.iterations
                && x.lsTolerance == y.lsTolerance
                && x.lsIterations == y.lsIterations
                && Arrays.equals(treeOfA.mRowadr, treeOfB.mRowadr)
                && Arrays.equals(treeOfA.mColind, treeOfB.mColind);
    }

    /**
     * Takes a world into the group.
     *
     * @param in as for {@link ConstraintStage#solve}
     * @param qacc result: acceleration, shape nv; after {@link #solve}
     * @param qfrcConstraint result: {@code J' force}, shape nv; after {@link #solve}
     */
    public void add(
            Machine machine,
            ConstraintStage stage,
            ConstraintInput in,
            double[] qacc,
            double[] qfrcConstraint) {
        if (!stage.open(in, qacc, qfrcConstraint)) {
            return;
        }
        stages[count] = stage;
        machines[count] = machine;
        problems[count] = stage.problem();
        rows[count] = stage.rows;
        contacts[count] = in.contacts;
        count++;
    }

    /** Solves the group and forgets it. */
    public void solve() {
        int n = count;
        count = 0;
        boolean together =
                n > 1
                        && n * LEAST_SHARE >= width()
                        && solver.solve(machines, problems, rows, contacts, n);
        for (int k = 0; k < n; k++) {
            if (together) {
                stages[k].close();
            } else {
                stages[k].solveOpened();
            }
        }
    }
}
