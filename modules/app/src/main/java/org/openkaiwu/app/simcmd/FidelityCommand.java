package org.openkaiwu.app.simcmd;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.openkaiwu.math.InputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Compares the engine with a folder of reference files and prints a table. */
@Command(
        name = "fidelity",
        mixinStandardHelpOptions = true,
        description = "Compares the engine with reference numbers, a row for each model.")
final class FidelityCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Option(names = "--golden", required = true, description = "Folder of reference files.")
    private Path golden;

    @Option(
            names = "--models",
            description = "Folder that the files' model paths start from (default: its parent).")
    private Path models;

    @Option(names = "--only", split = ",", description = "Names of the files to compare.")
    private List<String> only = List.of();

    @Option(names = "--out", description = "Markdown file to write.")
    private Path out;

    @Override
    public Integer call() throws IOException {
        PrintWriter console = spec.commandLine().getOut();
        Path root = models == null ? golden.toAbsolutePath().getParent() : models;
        List<Fidelity.Result> results = new ArrayList<>();
        for (Path file : Reference.list(golden)) {
            Reference reference = Reference.load(file);
            if (only.isEmpty() || only.contains(reference.name())) {
                Fidelity.Result result = compare(reference, root);
                results.add(result);
                console.print(FidelityTable.row(result));
                console.flush();
            }
        }
        if (out != null) {
            Files.createDirectories(out.toAbsolutePath().getParent());
            Files.writeString(out, FidelityTable.write(results, "kaiwu sim fidelity"));
        }
        return results.stream().allMatch(r -> r.qacc() < 1e-4) ? 0 : 1;
    }

    private static Fidelity.Result compare(Reference reference, Path root) {
        Path model = root.resolve(reference.root().path("model").asString());
        try {
            return Fidelity.run(reference, ModelFiles.load(model));
        } catch (InputException e) {
            String[] lines = e.getMessage().split("\n");
            return Fidelity.failed(
                    reference, lines[0].replace(root.toString(), "").replace("|", "/"));
        }
    }
}
