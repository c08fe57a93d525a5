package org.openkaiwu.physics;

import java.util.Arrays;
import java.util.List;
import org.openkaiwu.physics.constraint.LaneStage;

/** Steps a few worlds side by side; one thread's. Without lanes, one world after the other. */
final class LaneGroup {
    private final boolean[] open;
    private final boolean[] failed;
    private RuntimeException failure;
    private Model model;
    private LaneStage stage;

    LaneGroup(boolean lanes) {
        open = new boolean[lanes ? LaneStage.width() : 1];
        failed = new boolean[open.length];
    }

    /** Worlds that it takes at most. */
    int width() {
        return open.length;
    }

    /** How many of the worlds from first on can be in one group, at most {@code size}. */
    int fitting(List<World> worlds, int first, int size) {
        Model a = worlds.get(first).model;
        int n = 1;
        while (n < size && fit(a, worlds.get(first + n).model)) {
            n++;
        }
        return n;
    }

    private static boolean fit(Model a, Model b) {
        return a == b || LaneStage.fit(a.machine, a.tree, b.machine, b.tree);
    }

    /**
     * Advances the worlds from first on.
     *
     * @throws RuntimeException the first that the control or a step threw; its world stays behind
     */
    void step(List<World> worlds, int first, int size, int steps, Batch.Control control) {
        if (size == 1) {
            World w = worlds.get(first);
            for (int k = 0; k < steps; k++) {
                control.set(first, w);
                w.step();
            }
            return;
        }
        Model shape = worlds.get(first).model;
        if (model == null || !fit(model, shape)) {
            stage = new LaneStage(shape.machine);
        }
        model = shape;
        failure = null;
        Arrays.fill(failed, false);
        for (int k = 0; k < steps; k++) {
            for (int i = 0; i < size; i++) {
                open[i] = !failed[i] && open(first + i, worlds.get(first + i), control, i);
            }
            stage.solve();
            for (int i = 0; i < size; i++) {
                if (open[i]) {
                    close(worlds.get(first + i), i);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private boolean open(int index, World w, Batch.Control control, int i) {
        try {
            control.set(index, w);
            if (w.openStep()) {
                w.solveIn(stage);
                return true;
            }
        } catch (RuntimeException e) {
            fail(i, e);
        }
        return false;
    }

    private void close(World w, int i) {
        try {
            w.closeStep();
        } catch (RuntimeException e) {
            fail(i, e);
        }
    }

    private void fail(int i, RuntimeException e) {
        failed[i] = true;
        failure = failure == null ? e : failure;
    }
}
