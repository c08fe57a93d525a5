package org.openkaiwu.app.eval;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.openkaiwu.app.env.Home;
import org.openkaiwu.app.env.Languages;
import org.openkaiwu.app.env.Said;
import org.openkaiwu.app.measure.GraspsCommand;
import org.openkaiwu.app.measure.MemoryCommand;
import org.openkaiwu.app.measure.StopsCommand;
import org.openkaiwu.app.run.Outcomes;
import org.openkaiwu.app.run.Run;
import org.openkaiwu.app.run.RunListener;
import org.openkaiwu.app.run.RunReport;
import org.openkaiwu.app.run.RunRequest;
import org.openkaiwu.body.infer.BodyFacts.Ability;
import org.openkaiwu.math.InputException;
import org.openkaiwu.math.Text;
import org.openkaiwu.sim.Bodies;
import org.openkaiwu.sim.Judge;
import org.openkaiwu.sim.NamedBody;
import org.openkaiwu.sim.Scenario;
import org.openkaiwu.sim.SceneBuilder;
import org.openkaiwu.sim.SceneData;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code kaiwu eval}: the example sentences of scenes on every body that can join, over seeds;
 * writes a table of what physics found. Exit code 0 when the share of done runs reaches {@code
 * --least}.
 */
@Command(
        name = "eval",
        mixinStandardHelpOptions = true,
        subcommands = {
            GraspsCommand.class,
            StopsCommand.class,
            MemoryCommand.class,
            EvalWordsCommand.class
        })
public final class EvalCommand implements Callable<Integer> {
    @Option(names = "--scenes", split = ",", paramLabel = "NAME", descriptionKey = "eval.scenes")
    private List<String> scenes;

    @Option(names = "--bodies", split = ",", paramLabel = "NAME", descriptionKey = "eval.bodies")
    private List<String> bodies;

    @Option(names = "--seeds", defaultValue = "3", paramLabel = "N", descriptionKey = "eval.seeds")
    private int seeds;

    @Option(names = "--first", defaultValue = "1", paramLabel = "N", descriptionKey = "eval.first")
    private int first;

    @Option(
            names = "--threads",
            defaultValue = "1",
            paramLabel = "N",
            descriptionKey = "eval.threads")
    private int threads;

    @Option(
            names = "--least",
            defaultValue = "0",
            paramLabel = "SHARE",
            descriptionKey = "eval.least")
    private double least;

    @Option(names = "--out", paramLabel = "FILE", descriptionKey = "eval.out")
    private Path out;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path root = Home.root();
        Text.Language language = Languages.current();
        Score score = new Score();
        List<Task> tasks = tasks(root);
        AtomicInteger next = new AtomicInteger();
        List<Thread> workers = new ArrayList<>();
        for (int t = 0; t < Math.max(1, threads); t++) {
            workers.add(
                    Thread.ofPlatform()
                            .name("eval-" + t)
                            .start(() -> {
                                for (int i = next.getAndIncrement();
                                        i < tasks.size();
                                        i = next.getAndIncrement()) {
                                    one(root, tasks.get(i), score);
                                }
                            }));
        }
        for (Thread w : workers) {
            w.join();
        }
        String table = score.table(language);
        spec.commandLine().getOut().println(table);
        if (out != null) {
            Files.writeString(out, head(language) + table + "\n");
        }
        return score.share() > 0 && score.share() >= least ? 0 : 1;
    }

    /** One sentence of a scene for a body and a seed. */
    private record Task(RunRequest request, SceneData.Expectation expected) {}

    private List<Task> tasks(Path root) {
        List<Task> all = new ArrayList<>();
        for (String scene : scenes == null ? SceneData.names(root) : scenes) {
            SceneData data = SceneData.load(root, scene);
            for (String body : bodies == null ? Bodies.names(root) : bodies) {
                NamedBody file = Bodies.load(root, body);
                if (!file.model().facts().abilities().contains(Ability.GRASP)) {
                    leftOut(
                            body,
                            scene,
                            new Text("it cannot grasp", "它不会抓取").in(Languages.current()));
                    continue;
                }
                try {
                    SceneBuilder.build(data, file, first);
                } catch (InputException wrong) {
                    leftOut(body, scene, Said.of(wrong));
                    continue;
                }
                for (int seed = first; seed < first + seeds; seed++) {
                    for (SceneData.Expectation e : data.expect()) {
                        all.add(new Task(new RunRequest(body, scene, e.say(), seed), e));
                    }
                }
            }
        }
        return all;
    }

    private void leftOut(String body, String scene, String why) {
        Text said = new Text("%s %s: left out, %s", "%s %s：略过，%s");
        log(String.format(said.in(Languages.current()), body, scene, why));
    }

    private void log(String line) {
        PrintWriter err = spec.commandLine().getErr();
        synchronized (err) {
            err.println(line);
            err.flush();
        }
    }

    private void one(Path root, Task task, Score score) {
        RunRequest request = task.request;
        RunReport r;
        Watch watch = new Watch();
        try {
            r = Run.of(root, request, watch);
        } catch (InputException wrong) {
            score.without(request, Said.of(wrong));
            return;
        }
        String missed = r.done() ? missed(watch.judge, task.expected) : "";
        boolean done = r.done() && missed.isEmpty();
        String why = r.message() + missed;
        score.add(r, done, why);
        log(
                String.format(
                        Locale.ROOT,
                        "%s %s %d %s: %s %s (%.1f s, %.1f×)",
                        request.body(),
                        request.scene(),
                        request.seed(),
                        request.instruction(),
                        outcome(r, done),
                        why,
                        r.sim_time_s(),
                        r.sim_time_s() / r.wall_time_s()));
    }

    private static String outcome(RunReport r, boolean done) {
        String said = done ? "done" : r.done() ? "otherwise" : r.outcome();
        boolean zh = Languages.current() == Text.Language.ZH;
        return !zh ? said : said.equals("otherwise") ? "与预期不符" : Outcomes.zh(said);
    }

    private String head(Text.Language language) {
        String range = first == 1 ? "" : " --first " + first;
        return new Text(
                        "# Sentences by seeds by bodies, judged by physics\n\nMade by `kaiwu eval --seeds "
                                + seeds
                                + range
                                + "`: the example sentences of each scene. Violations are joints beyond range"
                                + " or speed, and stops by the guard. A failure ends with its seeds and"
                                + " sentences.\n\n",
                        "# 句子 × 种子 × 本体，由物理判定\n\n由 `kaiwu eval --seeds "
                                + seeds
                                + range
                                + "` 生成：各场景的示例句子。越限指关节超出范围或速度，以及护栏的停止。每条失败后面是种子和句子。\n\n")
                .in(language);
    }

    /** Holds on to a judge who saw how the robot stood at the start, to be asked afterwards. */
    private static final class Watch implements RunListener {
        private Judge judge;

        @Override
        public void started(RunRequest request, Scenario s) {
            judge = s.judge();
        }
    }

    /** What the scene's author expects and physics denies, for a message; empty: nothing. */
    private static String missed(Judge judge, SceneData.Expectation e) {
        for (List<String> l : e.holds()) {
            if (!judge.holds(l.get(0), l.get(1), l.get(2))) {
                String what = String.join(" ", l);
                return new Text(" Expected: " + what + ".", " 预期：" + what + "。")
                        .in(Languages.current());
            }
        }
        return "";
    }
}
