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
import org.openkaiwu.body.Machine;
import org.openkaiwu.math.InputException;
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
     */
    record Row(
            String file,
            double ours,
            double wasm,
            double contacts,
            double wasmContacts,
            double factor,
            String version) {
        /** Ours over native; below 1 is faster than native. */
        double ratio() {
            return ours / (wasm / factor);
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

    static final String HEAD =
            """
            | model | ours us | WebAssembly us | WebAssembly : native | native us | ours : WebAssembly | ours : native | contacts |
            |---|---|---|---|---|---|---|---|
            """;

    private static final int WARM_BATCHES = 4;

    private final Path packages;
    private final int steps;
    private final int batches;
    private final int key;

    Yardstick(Path packages, int steps, int batches, int key) {
        this.packages = packages;
        this.steps = steps;
        this.batches = batches;
        this.key = key;
    }

    /** Half of our batches before the other's and half after, so that a busy machine hits both. */
    Row measure(Path file, double factor) throws IOException, InterruptedException {
        World world = new World(new Model(ModelFiles.load(file)));
        double[] ours = new double[batches];
        for (int b = 0; b < WARM_BATCHES; b++) {
            batch(world);
        }
        int half = batches / 2;
        double contacts = 0;
        for (int b = 0; b < half; b++) {
            ours[b] = batch(world);
        }
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
                theirs.path("version").asString());
    }

    private static String name(Path file) {
        Path folder = file.toAbsolutePath().getParent().getFileName();
        return folder + "/" + file.getFileName();
    }

    private double contacts;

    private double batch(World w) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        Machine m = w.machine;
        if (key >= 0 && key < m.nkey) {
            w.reset(key);
        } else {
            w.reset();
        }
        long sum = 0;
        long start = threads.getCurrentThreadCpuTime();
        for (int i = 0; i < steps; i++) {
            w.step();
            sum += w.contacts.count;
        }
        contacts = (double) sum / steps;
        return (threads.getCurrentThreadCpuTime() - start) * 1e-3 / steps;
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
