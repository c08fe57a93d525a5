package org.openkaiwu.app.measure;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.openkaiwu.app.env.Home;
import org.openkaiwu.app.env.Languages;
import org.openkaiwu.app.run.Recorder;
import org.openkaiwu.app.run.Run;
import org.openkaiwu.app.run.RunReport;
import org.openkaiwu.app.run.RunRequest;
import org.openkaiwu.math.InputException;
import org.openkaiwu.math.Text;
import org.openkaiwu.sim.SceneData;
import org.openkaiwu.wire.RunLog;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code kaiwu eval memory}: sentences one after another in one process, with logs written, until
 * so many minutes were simulated; heap after a collection and resident memory on the way. Exit code
 * 0 when neither grows and the peak stays within {@code --limit}.
 */
@Command(name = "memory", mixinStandardHelpOptions = true)
public final class MemoryCommand implements Callable<Integer> {
    @Option(names = "--body", required = true, paramLabel = "NAME", descriptionKey = "run.body")
    private String body;

    @Option(names = "--scene", required = true, paramLabel = "NAME", descriptionKey = "run.scene")
    private String scene;

    @Option(
            names = "--minutes",
            defaultValue = "60",
            paramLabel = "N",
            descriptionKey = "memory.minutes")
    private double minutes;

    @Option(
            names = "--limit",
            defaultValue = "512",
            paramLabel = "MiB",
            descriptionKey = "memory.limit")
    private double limit;

    @Option(names = "--out", paramLabel = "FILE", descriptionKey = "eval.out")
    private Path out;

    @Spec private CommandSpec spec;

    /** Rows of the table, evenly spaced in simulated time. */
    private static final int ROWS = 12;

    /** Share of the middle value by which the last may be larger without being called growth. */
    private static final double SLACK = 0.05;

    private record Sample(
            double minutes, int sentences, int done, double heap, double resident, double peak) {}

    @Override
    public Integer call() throws IOException {
        Path root = Home.root();
        List<SceneData.Expectation> sentences = SceneData.load(root, scene).expect();
        if (sentences.isEmpty()) {
            throw new InputException(scene, "the scene has no example sentences ('expect')");
        }
        PrintWriter log = spec.commandLine().getErr();
        List<Sample> samples = new ArrayList<>();
        double simulated = 0;
        int count = 0;
        int done = 0;
        Path file = Files.createTempFile("kaiwu", ".jsonl");
        try {
            while (simulated < 60 * minutes) {
                SceneData.Expectation e = sentences.get(count % sentences.size());
                RunRequest request =
                        new RunRequest(body, scene, e.say(), 1 + count / sentences.size());
                try (RunLog runLog = RunLog.to(file)) {
                    RunReport r = Run.of(root, request, Recorder.log(runLog::write));
                    simulated += r.sim_time_s();
                    done += r.done() ? 1 : 0;
                }
                count++;
                if (simulated >= 60 * minutes * (samples.size() + 1) / ROWS) {
                    samples.add(sample(simulated / 60, count, done));
                    log.println(row(samples.getLast()));
                    log.flush();
                }
            }
        } finally {
            Files.deleteIfExists(file);
        }
        String table = report(samples);
        spec.commandLine().getOut().println(table);
        if (out != null) {
            Files.writeString(out, table + "\n");
        }
        return grows(samples) || samples.getLast().peak() > limit ? 1 : 0;
    }

    private static Sample sample(double minutes, int sentences, int done) throws IOException {
        System.gc();
        Runtime r = Runtime.getRuntime();
        double heap = (r.totalMemory() - r.freeMemory()) / 1048576.0;
        return new Sample(minutes, sentences, done, heap, status("VmRSS:"), status("VmHWM:"));
    }

    /** A figure of the process in MiB as Linux tells it; NaN elsewhere. */
    private static double status(String key) throws IOException {
        Path file = Path.of("/proc/self/status");
        if (!Files.isReadable(file)) {
            return Double.NaN;
        }
        for (String line : Files.readAllLines(file)) {
            if (line.startsWith(key)) {
                return Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024;
            }
        }
        return Double.NaN;
    }

    /** Whether the heap at the end is larger than in the middle, where everything is warm. */
    private static boolean grows(List<Sample> s) {
        double middle = s.get(s.size() / 2).heap();
        return s.getLast().heap() > middle * (1 + SLACK);
    }

    private String report(List<Sample> samples) {
        Text.Language language = Languages.current();
        Text said =
                new Text(
                        "`kaiwu eval memory --body %s --scene %s --minutes %.0f`: %d sentences one after"
                                + " another in one process, %d done; the heap after a collection %s.",
                        "`kaiwu eval memory --body %s --scene %s --minutes %.0f`：同一进程里依次执行 %d"
                                + " 句话，完成 %d 句；回收后的堆%s。");
        Text growth = grows(samples) ? new Text("grows", "在增长") : new Text("does not grow", "没有增长");
        Text head =
                new Text(
                        "| simulated min | sentences | heap after collection MiB | resident MiB | peak MiB |",
                        "| 仿真分钟 | 句数 | 回收后堆 MiB | 常驻 MiB | 峰值 MiB |");
        List<String> lines = new ArrayList<>();
        lines.add(
                String.format(
                        Locale.ROOT,
                        said.in(language),
                        body,
                        scene,
                        minutes,
                        samples.getLast().sentences(),
                        samples.getLast().done(),
                        growth.in(language)));
        lines.add("");
        lines.add(head.in(language));
        lines.add("|---|---|---|---|---|");
        samples.forEach(s -> lines.add(row(s)));
        return String.join("\n", lines);
    }

    private static String row(Sample s) {
        return String.format(
                Locale.ROOT,
                "| %.1f | %d | %.1f | %.0f | %.0f |",
                s.minutes(),
                s.sentences(),
                s.heap(),
                s.resident(),
                s.peak());
    }
}
