package org.openkaiwu.app.simcmd;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.openkaiwu.body.Machine;
import org.openkaiwu.math.InputException;
import org.openkaiwu.math.RandomStream;
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
        description = "Measures microseconds and contacts per step of a model.")
final class SimSpeedCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "MJCF or URDF file.")
    private Path file;

    @Option(names = "--steps", required = true, description = "Time steps of each thread.")
    private int steps;

    @Option(
            names = "--noise",
            defaultValue = "0",
            description = "Random controls up to this share of half their range.")
    private double noise;

    @Option(names = "--threads", defaultValue = "1", description = "Worlds side by side.")
    private int threads;

    @Option(
            names = "--key",
            defaultValue = "0",
            description = "Keyframe to start from, if there is one.")
    private int key;

    @Override
    public Integer call() throws InterruptedException {
        if (steps < 1 || threads < 1) {
            throw new InputException("--steps, --threads", "must be at least 1");
        }
        Machine m = ModelFiles.load(file);
        Model model = new Model(m);
        // the compiler needs some steps to get up to speed
        new Run(model, 0, Math.min(steps, 5000)).run();
        List<Run> runs = new ArrayList<>();
        List<Thread> workers = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            Run run = new Run(model, i, steps);
            runs.add(run);
            workers.add(new Thread(run));
        }
        long start = System.nanoTime();
        workers.forEach(Thread::start);
        for (Thread t : workers) {
            t.join();
        }
        double wall = (System.nanoTime() - start) * 1e-9;
        double seconds = runs.stream().mapToDouble(r -> r.seconds).average().orElse(0);
        double contacts = runs.stream().mapToDouble(r -> r.contacts).average().orElse(0);
        double rows = runs.stream().mapToDouble(r -> r.rows).average().orElse(0);
        PrintWriter console = spec.commandLine().getOut();
        line(console, "us_per_step", seconds / steps * 1e6);
        line(console, "contacts_per_step", contacts / steps);
        line(console, "rows_per_step", rows / steps);
        line(console, "steps_per_second", (double) steps * threads / wall);
        line(console, "times_real_time", m.option.timestep * steps * threads / wall);
        console.flush();
        return 0;
    }

    private static void line(PrintWriter console, String what, double value) {
        console.println(String.format(Locale.ROOT, "%-18s %.3f", what, value));
    }

    private final class Run implements Runnable {
        private final World world;
        private final RandomStream random;
        private final int count;
        private double seconds;
        private long contacts;
        private long rows;

        Run(Model model, int seed, int count) {
            world = new World(model);
            random = RandomStream.of(seed, "speed");
            this.count = count;
            if (key >= 0 && key < model.machine.nkey) {
                world.reset(key);
            }
        }

        @Override
        public void run() {
            Machine m = world.machine;
            double[] base = world.ctrl.clone();
            long start = System.nanoTime();
            for (int k = 0; k < count; k++) {
                if (noise > 0) {
                    for (int i = 0; i < m.nu; i++) {
                        double half =
                                0.5 * (m.actuatorCtrlrange[2 * i + 1] - m.actuatorCtrlrange[2 * i]);
                        double scale = half > 0 ? half : 1;
                        world.ctrl[i] = base[i] + noise * scale * random.uniform(-1, 1);
                    }
                }
                world.step();
                contacts += world.contacts.count;
                rows += world.constraints.rows.nefc;
            }
            seconds = (System.nanoTime() - start) * 1e-9;
        }
    }
}
