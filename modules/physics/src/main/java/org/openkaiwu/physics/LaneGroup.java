package org.openkaiwu.physics;

import java.util.Arrays;
import java.util.List;
import org.openkaiwu.body.Machine;
import org.openkaiwu.dynamics.LaneTree;
import org.openkaiwu.dynamics.TreeData;
import org.openkaiwu.physics.constraint.LaneStage;

/** Steps a few worlds side by side; one thread's. Without lanes, one world after the other. */
final class LaneGroup {
    private final boolean[] open;
    private final boolean[] failed;
    private RuntimeException failure;
    private Model model;
    private LaneStage stage;
    private LaneTree tree;
    private final Machine[] machines;
    private final double[][] armatures;
    private final TreeData[] data;
    private final double[][] damping;
    private final double[][] acceleration;
    private int count;

    LaneGroup(boolean lanes) {
        open = new boolean[lanes ? LaneStage.width() : 1];
        failed = new boolean[open.length];
        machines = new Machine[open.length];
        armatures = new double[open.length][];
        data = new TreeData[open.length];
        damping = new double[open.length][];
        acceleration = new double[open.length][];
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
        return a == b
                || LaneTree.fit(a.machine, b.machine)
                        && LaneStage.fit(a.machine, a.tree, b.machine, b.tree)
                        && a.tendonsWeighNothing() == b.tendonsWeighNothing();
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
        prepare(worlds.get(first).model);
        failure = null;
        Arrays.fill(failed, false);
        for (int k = 0; k < steps; k++) {
            begin(worlds, first, size, control);
            boolean ready = tree != null && count > 1;
            if (ready) {
                tree.run(machines, armatures, data, count);
            }
            for (int i = 0; i < size; i++) {
                if (open[i]) {
                    open[i] = smooth(worlds.get(first + i), i, ready);
                }
            }
            stage.solve();
            close(worlds, first, size);
        }
        if (failure != null) {
            throw failure;
        }
    }

    private void prepare(Model shape) {
        if (model == null || !fit(model, shape)) {
            stage = new LaneStage(shape.machine);
            boolean lanes = LaneTree.suits(shape.machine) && shape.tendonsWeighNothing();
            tree = lanes ? new LaneTree(shape.machine, shape.tree) : null;
        }
        model = shape;
    }

    /** Inputs of all worlds that go on; lists what {@link LaneTree} needs of those. */
    private void begin(List<World> worlds, int first, int size, Batch.Control control) {
        count = 0;
        for (int i = 0; i < size; i++) {
            open[i] = false;
            if (failed[i]) {
                continue;
            }
            World w = worlds.get(first + i);
            try {
                control.set(first + i, w);
                open[i] = w.beginStep();
            } catch (RuntimeException e) {
                fail(i, e);
            }
            if (open[i]) {
                machines[count] = w.machine;
                armatures[count] = w.model.dofArmature;
                data[count] = w.tree;
                count++;
            }
        }
    }

    private boolean smooth(World w, int i, boolean ready) {
        try {
            w.openStep(ready);
            w.solveIn(stage);
            return true;
        } catch (RuntimeException e) {
            fail(i, e);
            return false;
        }
    }

    /** From the constraint forces on; Euler's implicit damping of all worlds together. */
    private void close(List<World> worlds, int first, int size) {
        count = 0;
        for (int i = 0; i < size; i++) {
            if (!open[i]) {
                continue;
            }
            World w = worlds.get(first + i);
            open[i] = false;
            try {
                if (w.checkStep()) {
                    Integrators own = w.integrators();
                    if (tree != null && own.damped()) {
                        own.openDamped();
                        data[count] = w.tree;
                        damping[count] = own.damping;
                        acceleration[count] = own.qacc;
                        count++;
                        open[i] = true;
                    } else {
                        w.advance();
                    }
                }
            } catch (RuntimeException e) {
                fail(i, e);
            }
        }
        if (count > 0) {
            tree.solve(data, damping, acceleration, count);
            for (int i = 0; i < size; i++) {
                if (open[i]) {
                    worlds.get(first + i).integrators().closeDamped();
                }
            }
        }
    }

    private void fail(int i, RuntimeException e) {
        failed[i] = true;
        failure = failure == null ? e : failure;
    }
}
