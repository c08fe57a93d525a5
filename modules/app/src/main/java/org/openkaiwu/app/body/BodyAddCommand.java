package org.openkaiwu.app.body;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.openkaiwu.app.adopt.Adoption;
import org.openkaiwu.app.adopt.Hold;
import org.openkaiwu.app.env.Languages;
import org.openkaiwu.app.env.Said;
import org.openkaiwu.body.file.MjcfWriter;
import org.openkaiwu.body.infer.BodyFacts;
import org.openkaiwu.math.InputException;
import org.openkaiwu.math.Problem;
import org.openkaiwu.math.Text;
import org.openkaiwu.sim.Bodies;
import org.openkaiwu.sim.NamedBody;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kaiwu body add FILE --name N}: {@code bodies/N}, ready to run. */
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
        PrintWriter progress = spec.commandLine().getErr();
        if (!name.matches("[A-Za-z0-9_-]+")) {
            throw new InputException("--name", "use letters, digits, - and _ only");
        }
        Adoption made =
                Adoption.of(
                        file,
                        t -> {
                            progress.println("  " + t.in(Languages.current()));
                            progress.flush();
                        });
        Path folder = root.resolve("bodies").resolve(name);
        try {
            MjcfWriter.write(made.body().spec(), folder, name);
            Path sheet = folder.resolve("body.yaml");
            new Sheet(made, name, file, Map.of()).write(sheet);
            NamedBody written = Bodies.load(root, name);
            if (!written.model().facts().effectors().isEmpty()) {
                Text t = new Text("trying the hands …", "正在试验机械手……");
                progress.println("  " + t.in(Languages.current()));
                progress.flush();
                new Sheet(made, name, file, tried(written, out)).write(sheet);
            }
        } catch (IOException e) {
            throw new InputException(folder.toString(), "can't be written: " + e.getMessage(), e);
        }
        for (Problem p : made.read()) {
            out.println(Said.line(p));
        }
        for (Problem p : made.assumed()) {
            out.println(Said.line(p));
        }
        out.println(folder);
        return 0;
    }

    private static Map<String, Hold> tried(NamedBody body, PrintWriter out) {
        Map<String, Hold> holds = new TreeMap<>();
        for (BodyFacts.Effector e : body.model().facts().effectors()) {
            if (!body.model().hands().containsKey(e.name())) {
                continue; // bare: there is nothing that closes
            }
            Hold hold = Hold.tried(body, e);
            holds.put(e.name(), hold);
            if (!hold.tried()) {
                Problem lost =
                        new Problem(
                                Problem.Severity.WARNING,
                                "effector \"" + e.name() + "\"",
                                "it did not hold a block of 30 mm when tried");
                out.println(Said.line(lost));
            }
        }
        return holds;
    }
}
