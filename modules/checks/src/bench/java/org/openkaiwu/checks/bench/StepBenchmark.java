package org.openkaiwu.checks.bench;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openkaiwu.body.Compiler;
import org.openkaiwu.body.mjcf.MjcfReader;
import org.openkaiwu.physics.Batch;
import org.openkaiwu.physics.Model;
import org.openkaiwu.physics.World;

/** Time of 100 steps from a typical state, of one world and of a batch. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class StepBenchmark {
    private static final int SETTLE = 300;
    private static final int STEPS = 100;
    private static final int WORLDS = 8;

    /** Model file in the shared folder. */
    @Param({
        "data/mujoco_models/model/humanoid/humanoid.xml",
        "robots/unitree_go2/scene.xml",
        "robots/booster_t1/scene.xml",
        "robots/robotis_ffw_sg2/scene_ffw_sg2.xml"
    })
    public String model;

    /** Worlds of the batch share vector instructions. */
    @Param({"false", "true"})
    public boolean lanes;

    private World world;
    private Batch batch;
    private double[] state;

    /** A world that has met its contacts. */
    @Setup
    public void settle() {
        Path shared = Path.of(System.getProperty("kaiwu.shared", "../../../shared"));
        Model m = new Model(Compiler.compile(MjcfReader.read(shared.resolve(model))));
        world = start(m);
        state = new double[world.stateSize()];
        world.saveState(state);
        batch = new Batch(1, lanes);
        for (int i = 0; i < WORLDS; i++) {
            batch.add(start(m));
        }
    }

    private static World start(Model m) {
        World w = new World(m);
        if (m.machine.nkey > 0) {
            w.reset(0);
        }
        for (int i = 0; i < SETTLE; i++) {
            w.step();
        }
        return w;
    }

    /** 100 steps of one world, each time from the same state. */
    @Benchmark
    public double oneWorld() {
        world.restoreState(state);
        for (int i = 0; i < STEPS; i++) {
            world.step();
        }
        return world.qpos[0];
    }

    /** 100 steps of each of eight worlds on one thread. */
    @Benchmark
    public double eightWorlds() {
        for (int i = 0; i < WORLDS; i++) {
            batch.get(i).restoreState(state);
        }
        batch.step(STEPS);
        return batch.get(0).qpos[0];
    }
}
