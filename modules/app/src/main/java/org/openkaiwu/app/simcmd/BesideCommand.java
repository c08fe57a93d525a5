package org.openkaiwu.app.simcmd;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.openkaiwu.app.env.Languages;
import org.openkaiwu.math.InputException;
import org.openkaiwu.math.Text;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Measures steps beside MuJoCo's official WebAssembly build, in one run. */
@Command(
        name = "beside",
        mixinStandardHelpOptions = true,
        description = "Times steps beside MuJoCo's WebAssembly build on the same models.")
final class BesideCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "MJCF files.")
    private List<Path> files;

    @Option(
            names = "--packages",
            required = true,
            description = "Folder where npm installed @mujoco/mujoco.")
    private Path packages;

    @Option(
            names = "--factor",
            split = ",",
            defaultValue = "1.5",
            description = "WebAssembly time over native time, for each file or for all.")
    private List<Double> factors;

    @Option(names = "--steps", defaultValue = "1500", description = "Steps of a batch.")
    private int steps;

    @Option(names = "--batches", defaultValue = "12", description = "Batches, of which the median.")
    private int batches;

    @Option(names = "--key", defaultValue = "0", description = "Keyframe to start from, if any.")
    private int key;

    @Option(
            names = "--worlds",
            defaultValue = "0",
            description = {
                "Times so many worlds on one thread, too. KAIWU_JVM_FLAGS=\"--add-modules"
                        + " jdk.incubator.vector\" lets them share vector instructions."
            })
    private int worlds;

    private static final Text WORST =
            new Text(
                    "%nworst ours : native %.2f; CPU time of one thread, medians of %d batches"
                            + " of %d steps; Java %s, %s",
                    "%n我们与原生之比最差 %.2f；单线程 CPU 时间，%d 批、每批 %d 步的中位数；Java %s，%s");

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (steps < 50 || batches < 2 || worlds < 0) {
            throw new InputException(
                    "--steps, --batches, --worlds", "at least 50 steps, 2 batches and 0 worlds");
        }
        PrintWriter console = spec.commandLine().getOut();
        Yardstick yardstick = new Yardstick(packages, steps, batches, key, worlds);
        StringBuilder many = new StringBuilder();
        console.print(Yardstick.HEAD.in(Languages.current()));
        double worst = 0;
        for (int i = 0; i < files.size(); i++) {
            double factor = factors.get(Math.min(i, factors.size() - 1));
            Yardstick.Row row = yardstick.measure(files.get(i), factor);
            console.print(row.markdown());
            console.flush();
            many.append(row.manyMarkdown());
            worst = Math.max(worst, row.ratio());
        }
        if (worlds > 0) {
            console.print(Yardstick.MANY_HEAD.in(Languages.current()) + many);
        }
        console.println(
                String.format(
                        Locale.ROOT,
                        WORST.in(Languages.current()),
                        worst,
                        batches,
                        steps,
                        Runtime.version(),
                        System.getProperty("os.arch")));
        return worst <= 1.5 ? 0 : 1;
    }
}
