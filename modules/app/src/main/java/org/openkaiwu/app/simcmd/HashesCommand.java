package org.openkaiwu.app.simcmd;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.openkaiwu.math.InputException;
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

    @Override
    public Integer call() throws IOException {
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
                console.println(other ? line + " differs" : line);
            }
            console.flush();
        }
        if (out != null) {
            Files.write(out, lines);
        }
        console.println(lines.size() + " rollouts" + (check == null ? "" : ", differ: " + differ));
        return differ == 0 ? 0 : 1;
    }

    private static List<String> hashes(Reference reference, Path root) {
        List<String> lines = new ArrayList<>();
        World world;
        try {
            Path model = root.resolve(reference.root().path("model").asString());
            world = new World(new Model(ModelFiles.load(model)));
        } catch (InputException e) {
            return List.of(reference.name() + " - cannot be simulated");
        }
        for (JsonNode r : reference.root().path("rollouts")) {
            Rollout run = new Rollout(world, r);
            long hash = FNV_START;
            int done = 0;
            for (JsonNode at : r.path("rec_step")) {
                for (; done < at.asInt(); done++) {
                    run.step();
                }
                hash = add(add(add(hash, world.qpos), world.qvel), world.act);
            }
            lines.add("%s %s %016x".formatted(reference.name(), r.path("ctrl").asString(), hash));
        }
        return lines;
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
