package org.openkaiwu.app.body;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.openkaiwu.body.file.BodyFile;
import org.openkaiwu.body.file.Completion;
import org.openkaiwu.body.file.MjcfWriter;
import org.openkaiwu.math.InputException;
import org.openkaiwu.math.Problem;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes a body of the house from a robot file, ready to run. */
@Command(name = "add", mixinStandardHelpOptions = true)
public final class BodyAddCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "FILE", descriptionKey = "body.file")
    private Path file;

    @Option(names = "--name", required = true, paramLabel = "N", descriptionKey = "body.name")
    private String name;

    @Option(names = "--root", paramLabel = "DIR", defaultValue = ".", descriptionKey = "body.root")
    private Path root;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        if (!name.matches("[A-Za-z0-9_-]+")) {
            throw new InputException("--name", "use letters, digits, - and _ only");
        }
        BodyFile body = BodyFile.read(file);
        List<Problem> assumed = Completion.complete(body);
        BodyFile complete = BodyFile.of(body.spec());
        Path folder = root.resolve("bodies").resolve(name);
        try {
            MjcfWriter.write(complete.spec(), folder, name);
            new Sheet(complete, name, file, assumed).write(folder.resolve("body.yaml"));
        } catch (IOException e) {
            throw new InputException(folder.toString(), "can't be written: " + e.getMessage(), e);
        }
        for (Problem p : body.problems()) {
            out.println(p);
        }
        for (Problem p : assumed) {
            out.println(p);
        }
        out.println(folder);
        return 0;
    }
}
