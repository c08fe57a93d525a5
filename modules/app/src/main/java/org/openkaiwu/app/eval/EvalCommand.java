package org.openkaiwu.app.eval;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.openkaiwu.app.env.Home;
import org.openkaiwu.app.env.Said;
import org.openkaiwu.app.measure.GraspsCommand;
import org.openkaiwu.app.measure.MemoryCommand;
import org.openkaiwu.app.measure.StopsCommand;
import org.openkaiwu.app.run.Run;
import org.openkaiwu.app.run.RunListener;
import org.openkaiwu.app.run.RunReport;
import org.openkaiwu.app.run.RunRequest;
import org.openkaiwu.body.infer.BodyFacts.Ability;
import org.openkaiwu.math.InputException;
import org.openkaiwu.sim.Bodies;
import org.openkaiwu.sim.Scenario;
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
        subcommands = {GraspsCommand.class, StopsCommand.class, MemoryCommand.class})
public final class EvalCommand implements Callable<Integer> {
    @Option(names = "--scenes", split = ",", paramLabel = "NAME", descriptionKey = "eval.scenes")
    private List<String> scenes;

    @Option(names = "--bodies", split = ",", paramLabel = "NAME", descriptionKey = "eval.bodies")
    private List<String> bodies;

    @Option(names = "--seeds", defaultValue = "3", paramLabel = "N", descriptionKey = "eval.seeds")
    private int seeds;

    @Option(
            names = "--least",
            defaultValue = "0",
            paramLabel = "SHARE",
            descriptionKey = "eval.least")
    private double least;

    @Option(names = "--out", paramLabel = "FILE", descriptionKey = "eval.out")
    private Path out;

    @Spec private CommandSpec spec;

    /** Sums of one body in one scene. */
    private static final class Row {
        int runs;
        int done;
        int violations;
        double simulated;
        double wall;
        final Map<String, Integer> failures = new TreeMap<>();
    }

    @Override
    public Integer call() throws IOException {
        Path root = Home.root();
        Map<String, Row> rows = new TreeMap<>();
        PrintWriter log = spec.commandLine().getErr();
        for (String scene : scenes == null ? SceneData.names(root) : scenes) {
            SceneData data = SceneData.load(root, scene);
            for (String body : bodies == null ? Bodies.names(root) : bodies) {
                if (!Bodies.load(root, body).model().facts().abilities().contains(Ability.GRASP)) {
                    log.println(body + " " + scene + ": left out, it cannot grasp");
                    continue;
                }
                Row row = new Row();
                for (int seed = 1; seed <= seeds; seed++) {
                    for (SceneData.Expectation e : data.expect()) {
                        if (!one(root, new RunRequest(body, scene, e.say(), seed), e, row, log)) {
                            break;
                        }
                    }
                }
                if (row.runs > 0) {
                    rows.put(scene + " | " + body, row);
                }
            }
        }
        String table = table(rows);
        spec.commandLine().getOut().println(table);
        if (out != null) {
            String head =
                    "# Sentences by seeds by bodies, judged by physics\n\nMade by `kaiwu eval --seeds "
                            + seeds
                            + "`: the example sentences of each scene. Violations are joints beyond range"
                            + " or speed, and stops by the guard.\n\n";
            Files.writeString(out, head + table + "\n");
        }
        int runs = rows.values().stream().mapToInt(r -> r.runs).sum();
        int done = rows.values().stream().mapToInt(r -> r.done).sum();
        return runs > 0 && done >= least * runs ? 0 : 1;
    }

    /** Runs one; false when the body cannot join the scene. */
    private static boolean one(
            Path root, RunRequest request, SceneData.Expectation e, Row row, PrintWriter log) {
        RunReport r;
        Watch watch = new Watch();
        try {
            r = Run.of(root, request, watch);
        } catch (InputException wrong) {
            log.println(request.body() + " " + request.scene() + ": " + Said.of(wrong));
            return false;
        }
        String missed = r.done() ? missed(watch.scenario, e) : "";
        boolean done = r.done() && missed.isEmpty();
        row.runs++;
        row.done += done ? 1 : 0;
        row.violations += r.limit_violations();
        row.simulated += r.sim_time_s();
        row.wall += r.wall_time_s();
        String said = done ? r.message() : r.message() + missed;
        if (!done) {
            row.failures.merge(r.outcome() + ": " + said, 1, Integer::sum);
        }
        log.printf(
                "%s %s %d %s: %s %s (%.1f s, %.1f×)%n",
                request.body(),
                request.scene(),
                request.seed(),
                request.instruction(),
                done ? "done" : r.done() ? "otherwise" : r.outcome(),
                said,
                r.sim_time_s(),
                r.sim_time_s() / r.wall_time_s());
        log.flush();
        return true;
    }

    /** Holds on to the world of a run, so that it can be asked afterwards. */
    private static final class Watch implements RunListener {
        private Scenario scenario;

        @Override
        public void started(RunRequest request, Scenario s) {
            scenario = s;
        }
    }

    /** What the scene's author expects and physics denies, for a message; empty: nothing. */
    private static String missed(Scenario scenario, SceneData.Expectation e) {
        for (List<String> l : e.holds()) {
            if (!scenario.judge().holds(l.get(0), l.get(1), l.get(2))) {
                return " Expected: " + String.join(" ", l) + ".";
            }
        }
        return "";
    }

    private static String table(Map<String, Row> rows) {
        List<String> lines = new ArrayList<>();
        lines.add("| scene | body | runs | done | violations | simulated s a run | × real time |");
        lines.add("|---|---|---|---|---|---|---|");
        rows.forEach((name, r) ->
                lines.add(
                        String.format(
                                "| %s | %d | %.0f %% | %d | %.1f | %.1f |",
                                name,
                                r.runs,
                                100.0 * r.done / r.runs,
                                r.violations,
                                r.simulated / r.runs,
                                r.simulated / r.wall)));
        lines.add("");
        rows.forEach((name, r) ->
                r.failures.forEach((why, n) -> lines.add("- " + name + ": " + n + " × " + why)));
        return String.join("\n", lines);
    }
}
