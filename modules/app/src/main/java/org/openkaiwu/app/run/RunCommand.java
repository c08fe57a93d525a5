package org.openkaiwu.app.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.openkaiwu.app.env.Home;
import org.openkaiwu.app.env.Languages;
import org.openkaiwu.math.Text;
import org.openkaiwu.skill.SkillCall;
import org.openkaiwu.wire.RunLog;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code kaiwu run}: sentences to one body in one scene, one conversation; without {@code --say}
 * they are read from the standard input. The exit code is 0 only when physics says done of the last
 * and none before it failed or was refused.
 */
@Command(name = "run", mixinStandardHelpOptions = true)
public final class RunCommand implements Callable<Integer> {
    @Option(names = "--body", required = true, paramLabel = "NAME", descriptionKey = "run.body")
    private String body;

    @Option(names = "--scene", required = true, paramLabel = "NAME", descriptionKey = "run.scene")
    private String scene;

    @Option(names = "--say", paramLabel = "TEXT", descriptionKey = "run.say")
    private List<String> instructions = new ArrayList<>();

    @Option(names = "--seed", defaultValue = "1", paramLabel = "N", descriptionKey = "run.seed")
    private long seed;

    @Option(names = "--json", descriptionKey = "run.json")
    private boolean json;

    @Option(names = "--log", paramLabel = "FILE", descriptionKey = "run.log")
    private Path log;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        RunRequest request = new RunRequest(body, scene, "", seed);
        Path file = log != null ? log : Home.freshLog(body, scene, seed);
        List<RunReport> reports = new ArrayList<>();
        try (RunLog out = RunLog.to(file)) {
            Lines lines = new Lines();
            Session session =
                    new Session(
                            Home.root(),
                            request,
                            Listeners.of(
                                    Recorder.log(out::write),
                                    json ? RunListener.NONE : new Progress(),
                                    Stops.logged(lines::stop, out::write)));
            if (instructions.isEmpty()) {
                lines.converse(s -> reports.add(tell(session.say(s), file)));
            }
            for (String s : instructions) {
                reports.add(session.say(s));
                if (!json) {
                    tell(reports.getLast(), file);
                }
            }
        }
        if (json && !instructions.isEmpty()) {
            String text = reports.size() == 1 ? toJson(reports.getFirst()) : toJson(reports);
            spec.commandLine().getOut().println(text);
        }
        boolean broken =
                reports.stream()
                        .anyMatch(
                                r -> r.outcome().equals("failed") || r.outcome().equals("refused"));
        return !broken && !reports.isEmpty() && reports.getLast().done() ? 0 : 1;
    }

    private RunReport tell(RunReport report, Path file) {
        spec.commandLine().getOut().println(json ? toJson(report) : line(report, file));
        spec.commandLine().getOut().flush();
        return report;
    }

    static String toJson(Object report) {
        return JsonMapper.builder()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .build()
                .writeValueAsString(report);
    }

    private static String line(RunReport r, Path file) {
        double factor = r.sim_time_s() / Math.max(1e-9, r.wall_time_s());
        return new Text(
                        String.format(
                                "%s: %s (%.1f s simulated in %.1f s, %.1f× real time; log %s)",
                                r.outcome(),
                                r.message(),
                                r.sim_time_s(),
                                r.wall_time_s(),
                                factor,
                                file),
                        String.format(
                                "%s：%s（仿真 %.1f 秒，用时 %.1f 秒，%.1f 倍实时；日志 %s）",
                                Outcomes.zh(r.outcome()),
                                r.message(),
                                r.sim_time_s(),
                                r.wall_time_s(),
                                factor,
                                file))
                .in(Languages.current());
    }

    /** One line a step on standard error. */
    private final class Progress implements RunListener {
        @Override
        public void planned(java.util.List<SkillCall> calls, int done) {
            print(
                    new Text(
                            "plan: " + new org.openkaiwu.brain.plan.Plan(calls, null).line(),
                            "计划：" + new org.openkaiwu.brain.plan.Plan(calls, null).line()));
        }

        @Override
        public void stepEnded(int index, RunReport.Step s) {
            String name = new SkillCall(s.skill(), Map.copyOf(s.args())).skill();
            String args = String.join(", ", s.args().values());
            String tail = s.message().isEmpty() ? "" : " – " + s.message();
            print(
                    new Text(
                            String.format(
                                    "  %6.2f s  %s(%s) %s%s",
                                    s.end_s(), name, args, s.outcome(), tail),
                            String.format(
                                    "  %6.2f 秒  %s(%s) %s%s",
                                    s.end_s(), name, args, Outcomes.zh(s.outcome()), tail)));
        }

        private void print(Text text) {
            spec.commandLine().getErr().println(text.in(Languages.current()));
            spec.commandLine().getErr().flush();
        }
    }
}
