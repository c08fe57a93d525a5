package org.openkaiwu.app.simcmd;

import java.io.PrintWriter;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.openkaiwu.math.InputException;
import org.openkaiwu.physics.Model;
import org.openkaiwu.physics.World;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Steps a world at a fixed rate by the clock and measures how long steps take and how late they
 * start: what a controller in the loop would see of pauses.
 */
@Command(
        name = "pace",
        mixinStandardHelpOptions = true,
        description = "Steps a model at a fixed rate and reports pauses: p50, p99, p99.9, longest.")
final class SimPaceCommand implements Callable<Integer> {
    private static final long PAUSE_NS = 1_000_000;

    /** Nearer to its time than this, ns, a step is waited for awake. */
    private static final long AWAKE_NS = 200_000;

    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "MJCF or URDF file.")
    private Path file;

    @Option(names = "--rate", defaultValue = "1000", description = "Steps a second.")
    private int rate;

    @Option(names = "--seconds", defaultValue = "60", description = "Time to run, s.")
    private int seconds;

    @Option(
            names = "--noise",
            defaultValue = "0",
            description = "Random controls up to this share of half their range.")
    private double noise;

    @Override
    public Integer call() {
        if (rate < 1 || seconds < 1 || (long) rate * seconds > 100_000_000L) {
            throw new InputException(
                    "--rate, --seconds", "must be at least 1, and 100 million steps at most");
        }
        World world = new World(new Model(ModelFiles.load(file)));
        RandomControls random = new RandomControls(world.ctrl, noise, 0);
        for (int i = 0; i < 20 * 1000; i++) { // the compiler needs some steps to get up to speed
            random.set(world);
            world.step();
        }
        world.reset();
        System.gc(); // what was left behind by loading is nobody's pause later
        int n = rate * seconds;
        long[] step = new long[n];
        long[] late = new long[n];
        long collections = collections();
        long period = 1_000_000_000L / rate;
        long start = System.nanoTime();
        for (int i = 0; i < n; i++) {
            long due = start + i * period;
            await(due);
            random.set(world);
            long from = System.nanoTime();
            world.step();
            late[i] = from - due;
            step[i] = System.nanoTime() - from;
        }
        long collected = collections() - collections;
        PrintWriter console = spec.commandLine().getOut();
        row(console, "step_us", step);
        row(console, "late_us", late);
        console.println("collections         " + collected + " (" + collector() + ")");
        console.flush();
        return 0;
    }

    private static void await(long due) {
        long left = due - System.nanoTime();
        while (left > 0) {
            if (left > AWAKE_NS) {
                LockSupport.parkNanos(left - AWAKE_NS);
            } else {
                Thread.onSpinWait();
            }
            left = due - System.nanoTime();
        }
    }

    private static void row(PrintWriter console, String what, long[] ns) {
        Arrays.sort(ns);
        long over = Arrays.stream(ns).filter(t -> t > PAUSE_NS).count();
        console.println(
                String.format(
                        Locale.ROOT,
                        "%-19s p50 %.1f  p99 %.1f  p99.9 %.1f  longest %.1f  over 1 ms: %d of %d",
                        what,
                        ns[ns.length / 2] * 1e-3,
                        ns[(int) (ns.length * 0.99)] * 1e-3,
                        ns[(int) (ns.length * 0.999)] * 1e-3,
                        ns[ns.length - 1] * 1e-3,
                        over,
                        ns.length));
    }

    private static List<GarbageCollectorMXBean> collectors() {
        return ManagementFactory.getGarbageCollectorMXBeans();
    }

    private static long collections() {
        return collectors().stream().mapToLong(g -> Math.max(0, g.getCollectionCount())).sum();
    }

    private static String collector() {
        return collectors().stream()
                .map(GarbageCollectorMXBean::getName)
                .collect(Collectors.joining(", "));
    }
}
