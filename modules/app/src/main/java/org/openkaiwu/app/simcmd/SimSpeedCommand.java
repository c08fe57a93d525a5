package org.openkaiwu.app.simcmd;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import org.openkaiwu.math.InputException;
import org.openkaiwu.physics.Batch;
import org.openkaiwu.physics.Model;
import org.openkaiwu.physics.World;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Measures how long a step takes. */
@Command(
        name = "speed",
        mixinStandardHelpOptions = true,
        description = "Measures steps of a model: one world, or many on several threads.")
final class SimSpeedCommand implements Callable<Integer> {
    /** From so many worlds on their memory stands out from that of the rest. */
    private static final int MANY = 32;

    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "MJCF or URDF file.")
    private Path file;

    @Option(names = "--steps", required = true, description = "Time steps of each world.")
    private int steps;

    @Option(
            names = "--noise",
            defaultValue = "0",
            description = "Random controls up to this share of half their range.")
    private double noise;

    @Option(names = "--threads", defaultValue = "1", description = "Threads that step worlds.")
    private int threads;

    @Option(names = "--worlds", description = "Worlds in the batch (default: one a thread).")
    private int worlds;

    @Option(
            names = "--key",
            defaultValue = "0",
            description = "Keyframe to start from, if there is one.")
    private int key;

    @Override
    public Integer call() {
        if (worlds == 0) {
            worlds = threads;
        }
        if (steps < 1 || threads < 1 || worlds < 1) {
            throw new InputException("--steps, --threads, --worlds", "must be at least 1");
        }
        Model model = new Model(ModelFiles.load(file));
        // the compiler needs some steps to get up to speed
        try (Batch warm = new Batch(1)) {
            warm.add(start(model));
            warm.step(Math.min(steps, 5000), new Drive(model, 1));
        }
        long before = used();
        try (Batch batch = new Batch(threads)) {
            for (int i = 0; i < worlds; i++) {
                batch.add(start(model));
            }
            Drive drive = new Drive(model, worlds);
            double cpu = cpuSeconds();
            long start = System.nanoTime();
            batch.step(steps, drive);
            double wall = (System.nanoTime() - start) * 1e-9;
            double all = (double) steps * worlds;
            PrintWriter console = spec.commandLine().getOut();
            line(console, "us_per_step", wall * Math.min(threads, worlds) / all * 1e6);
            line(console, "cpu_us_per_step", (cpuSeconds() - cpu) / all * 1e6);
            line(console, "contacts_per_step", drive.contacts() / all);
            line(console, "rows_per_step", drive.rows() / all);
            line(console, "steps_per_second", all / wall);
            line(console, "times_real_time", model.machine.option.timestep * all / wall);
            if (worlds >= MANY) {
                line(console, "kilobytes_a_world", (used() - before) / 1024.0 / worlds);
            }
            console.flush();
        }
        return 0;
    }

    private World start(Model model) {
        World world = new World(model);
        if (key >= 0 && key < model.machine.nkey) {
            world.reset(key);
        }
        return world;
    }

    /** CPU time of the process; on a busy machine it says more than the wall clock. */
    private static double cpuSeconds() {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .map(d -> d.toNanos() * 1e-9)
                .orElse(Double.NaN);
    }

    private static long used() {
        System.gc();
        Runtime r = Runtime.getRuntime();
        return r.totalMemory() - r.freeMemory();
    }

    private static void line(PrintWriter console, String what, double value) {
        console.println(String.format(Locale.ROOT, "%-18s %.3f", what, value));
    }

    /** Random controls about those of the start; counts what the steps met. */
    private final class Drive implements Batch.Control {
        private final RandomControls[] controls;
        private final long[] contacts;
        private final long[] rows;

        Drive(Model model, int count) {
            double[] base = start(model).ctrl;
            controls = new RandomControls[count];
            for (int i = 0; i < count; i++) {
                controls[i] = new RandomControls(base, noise, i);
            }
            contacts = new long[count];
            rows = new long[count];
        }

        @Override
        public void set(int index, World world) {
            contacts[index] += world.contacts.count;
            rows[index] += world.constraints.rows.nefc;
            controls[index].set(world);
        }

        double contacts() {
            return LongStream.of(contacts).sum();
        }

        double rows() {
            return LongStream.of(rows).sum();
        }
    }
}
