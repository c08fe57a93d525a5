package org.openkaiwu.app.simcmd;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.openkaiwu.math.InputException;
import org.openkaiwu.math.RandomStream;
import org.openkaiwu.math.Text;
import org.openkaiwu.physics.Batch;
import org.openkaiwu.physics.Model;
import org.openkaiwu.physics.World;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Times steps of a model in this engine and, with the same start and number of steps, in MuJoCo's
 * official WebAssembly build under Node. Both in CPU time of one thread, medians of batches that
 * each begin at the start.
 */
final class Yardstick {
    /**
     * One model measured.
     *
     * @param file name of the model file
     * @param ours microseconds a step of this engine
     * @param wasm microseconds a step of the WebAssembly build
     * @param contacts contacts a step here
     * @param wasmContacts contacts a step there
     * @param factor WebAssembly time over native time, as measured elsewhere
     * @param version version of the other engine
     * @param many microseconds a step of a world among many on one thread; not a number without
     */
    record Row(
            String file,
            double ours,
            double wasm,
            double contacts,
            double wasmContacts,
            double factor,
            String version,
            double many) {
        /** Ours over native; below 1 is faster than native. */
        double ratio() {
            return ours / (wasm / factor);
        }

        /** One line of {@link #MANY_HEAD}. */
        String manyMarkdown() {
            return String.format(
                    Locale.ROOT,
                    "| %s | %.1f | %.1f | %.2f | %.2f |%n",
                    file,
                    ours,
                    many,
                    ours / many,
                    wasm / factor / many);
        }

        String markdown() {
            return String.format(
                    Locale.ROOT,
                    "| %s | %.1f | %.1f | %.2f | %.1f | %.2f | %.2f | %.1f, %.1f |%n",
                    file,
                    ours,
                    wasm,
                    factor,
                    wasm / factor,
                    ours / wasm,
                    ratio(),
                    contacts,
                    wasmContacts);
        }
    }

    static final Text HEAD =
            new Text(
                    """
                    | model | ours us | WebAssembly us | WebAssembly : native | native us | ours : WebAssembly | ours : native | contacts |
                    |---|---|---|---|---|---|---|---|
                    """,
                    """
                    | 模型 | 我们 µs | WebAssembly µs | WebAssembly : 原生 | 原生 µs | 我们 : WebAssembly | 我们 : 原生 | 接触数 |
                    |---|---|---|---|---|---|---|---|
                    """);

    static final Text MANY_HEAD =
            new Text(
                    """

                    | model | one world us | of many us | times one world | times native |
                    |---|---|---|---|---|
                    """,
                    """

                    | 模型 | 单个世界 µs | 多个中的一个 µs | 单个世界的倍数 | 原生的倍数 |
                    |---|---|---|---|---|
                    """);

    private static final int WARM_BATCHES = 4;

    /** Vector code is compiled late; until then it is slower than the rest by far. */
    private static final int WARM_MANY = 8;

    /** Start velocities of many worlds are up to this apart, m/s or rad/s, so that they differ. */
    private static final double SPREAD = 0.2;

    private final Path packages;
    private final int steps;
    private final int batches;
    private final int key;
    private final int worlds;

    /**
     * @param worlds worlds of the measurement of many at once, or 0 for none
     */
    Yardstick(Path packages, int steps, int batches, int key, int worlds) {
        this.packages = packages;
        this.steps = steps;
        this.batches = batches;
        this.key = key;
        this.worlds = worlds;
    }

    /** Half of our batches before the other's and half after, so that a busy machine hits both. */
    Row measure(Path file, double factor) throws IOException, InterruptedException {
        Model model = new Model(ModelFiles.load(file));
        World world = new World(model);
        double[] ours = new double[batches];
        for (int b = 0; b < WARM_BATCHES; b++) {
            batch(world);
        }
        int half = batches / 2;
        double contacts = 0;
        for (int b = 0; b < half; b++) {
            ours[b] = batch(world);
        }
        double many = worlds > 0 ? many(model) : Double.NaN;
        JsonNode theirs = other(file);
        for (int b = half; b < batches; b++) {
            ours[b] = batch(world);
            contacts = this.contacts;
        }
        return new Row(
                name(file),
                median(ours),
                median(Reference.numbers(theirs, "times")),
                contacts,
                theirs.path("contacts").asDouble(),
                factor,
                theirs.path("version").asString(),
                many);
    }

    private static String name(Path file) {
        Path folder = file.toAbsolutePath().getParent().getFileName();
        return folder + "/" + file.getFileName();
    }

    private double contacts;

    private double batch(World w) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        begin(w);
        long sum = 0;
        long start = threads.getCurrentThreadCpuTime();
        for (int i = 0; i < steps; i++) {
            w.step();
            sum += w.contacts.count;
        }
        contacts = (double) sum / steps;
        return (threads.getCurrentThreadCpuTime() - start) * 1e-3 / steps;
    }

    private void begin(World w) {
        if (key >= 0 && key < w.machine.nkey) {
            w.reset(key);
        } else {
            w.reset();
        }
    }

    private double many(Model model) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        double[] times = new double[batches];
        try (Batch all = new Batch(1)) {
            for (int i = 0; i < worlds; i++) {
                all.add(new World(model));
            }
            for (int b = -WARM_MANY; b < batches; b++) {
                for (int i = 0; i < worlds; i++) {
                    World w = all.get(i);
                    RandomStream random = RandomStream.of(i, "yardstick");
                    begin(w);
                    for (int k = 0; k < w.qvel.length; k++) {
                        w.qvel[k] += random.uniform(-SPREAD / 2, SPREAD / 2);
                    }
                }
                long start = threads.getCurrentThreadCpuTime();
                all.step(steps);
                times[Math.max(b, 0)] =
                        (threads.getCurrentThreadCpuTime() - start) * 1e-3 / steps / worlds;
            }
        }
        return median(times);
    }

    private JsonNode other(Path file) throws IOException, InterruptedException {
        byte[] script;
        try (InputStream in = Yardstick.class.getResourceAsStream("yardstick.mjs")) {
            script = in.readAllBytes();
        }
        List<String> command =
                List.of(
                        "node",
                        "--input-type=module",
                        "-",
                        file.toAbsolutePath().toString(),
                        Integer.toString(steps),
                        Integer.toString(batches),
                        Integer.toString(key));
        Process process;
        try {
            process =
                    new ProcessBuilder(command)
                            .directory(packages.toFile())
                            .redirectErrorStream(true)
                            .start();
        } catch (IOException e) {
            throw new InputException("node", "cannot be started; install Node 20 or newer", e);
        }
        try (OutputStream to = process.getOutputStream()) {
            to.write(script);
        }
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new InputException(
                    packages.toString(),
                    "the WebAssembly build did not run (npm install @mujoco/mujoco there): "
                            + text.lines().findFirst().orElse(""));
        }
        return JsonMapper.builder().build().readTree(text);
    }

    private static double median(double[] a) {
        double[] sorted = a.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
