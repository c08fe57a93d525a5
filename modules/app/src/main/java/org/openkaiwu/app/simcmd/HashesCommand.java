package org.openkaiwu.app.simcmd;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.openkaiwu.app.env.Languages;
import org.openkaiwu.math.InputException;
import org.openkaiwu.math.Text;
import org.openkaiwu.physics.Batch;
import org.openkaiwu.physics.Model;
import org.openkaiwu.physics.World;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** One number for all bits of each reference rollout, to compare compilers and platforms. */
@Command(
        name = "hashes",
        mixinStandardHelpOptions = true,
        description = "Hashes the states along each reference rollout; every platform must agree.")
final class HashesCommand implements Callable<Integer> {
    private static final long FNV_START = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    @Spec private CommandSpec spec;

    @Option(names = "--golden", required = true, description = "Folder of reference files.")
    private Path golden;

    @Option(names = "--models", description = "Folder that the files' model paths start from.")
    private Path models;

    @Option(names = "--only", split = ",", description = "Names of the files to run.")
    private List<String> only = List.of();

    @Option(names = "--out", description = "File to write.")
    private Path out;

    @Option(names = "--check", description = "File of hashes to compare with.")
    private Path check;

    @Option(
            names = "--batch",
            defaultValue = "1",
            description = "Worlds that are stepped together; the others start elsewhere.")
    private int batch;

    @Override
    public Integer call() throws IOException {
        if (batch < 1) {
            throw new InputException("--batch", "must be at least 1");
        }
        PrintWriter console = spec.commandLine().getOut();
        Path root = models == null ? golden.toAbsolutePath().getParent() : models;
        List<String> known = check == null ? List.of() : Files.readAllLines(check);
        List<String> lines = new ArrayList<>();
        int differ = 0;
        for (Path file : Reference.list(golden)) {
            Reference reference = Reference.load(file);
            if (!only.isEmpty() && !only.contains(reference.name())) {
                continue;
            }
            for (String line : hashes(reference, root)) {
                lines.add(line);
                boolean other = check != null && !known.contains(line);
                differ += other ? 1 : 0;
                console.println(
                        other ? line + new Text(" differs", " 不同").in(Languages.current()) : line);
            }
            console.flush();
        }
        if (out != null) {
            Files.write(out, lines);
        }
        Text sum = new Text(lines.size() + " rollouts", lines.size() + " 条轨迹");
        Text bad = new Text(", differ: " + differ, "，不同：" + differ);
        Text.Language language = Languages.current();
        console.println(sum.in(language) + (check == null ? "" : bad.in(language)));
        return differ == 0 ? 0 : 1;
    }

    private List<String> hashes(Reference reference, Path root) {
        List<String> lines = new ArrayList<>();
        Model model;
        try {
            Path file = root.resolve(reference.root().path("model").asString());
            model = new Model(ModelFiles.load(file));
        } catch (InputException e) {
            return List.of(reference.name() + " - cannot be simulated");
        }
        for (JsonNode r : reference.root().path("rollouts")) {
            lines.add(
                    "%s %s %016x"
                            .formatted(
                                    reference.name(), r.path("ctrl").asString(), hash(model, r)));
        }
        return lines;
    }

    /** The middle world of the batch makes the rollout; each other is some steps ahead of it. */
    private long hash(Model model, JsonNode rollout) {
        List<Rollout> runs = new ArrayList<>();
        int middle = batch / 2;
        try (Batch worlds = new Batch(1)) {
            for (int i = 0; i < batch; i++) {
                World world = new World(model);
                Rollout run = new Rollout(world, rollout);
                for (int k = 0; k < 3 * Math.abs(i - middle); k++) {
                    run.step();
                }
                worlds.add(world);
                runs.add(run);
            }
            World world = worlds.get(middle);
            long hash = FNV_START;
            int done = 0;
            for (JsonNode at : rollout.path("rec_step")) {
                worlds.step(at.asInt() - done, (i, w) -> runs.get(i).drive());
                done = at.asInt();
                hash = add(add(add(hash, world.qpos), world.qvel), world.act);
            }
            return hash;
        }
    }

    private static long add(long hash, double[] values) {
        long h = hash;
        for (double x : values) {
            h = (h ^ Double.doubleToLongBits(x)) * FNV_PRIME;
            h ^= h >>> 29;
        }
        return h;
    }
}
