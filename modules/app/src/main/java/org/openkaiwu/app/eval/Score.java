package org.openkaiwu.app.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.openkaiwu.app.run.RunReport;
import org.openkaiwu.app.run.RunRequest;
import org.openkaiwu.math.Text;

/** What physics found over many runs, one row for each body in each scene. Any thread may add. */
final class Score {
    /** Sums of one body in one scene; why runs failed, with the runs that did. */
    private static final class Row {
        int runs;
        int done;
        int violations;
        double simulated;
        double wall;
        final Map<String, List<String>> failures = new TreeMap<>();
    }

    private final Map<String, Row> rows = new TreeMap<>();

    /**
     * Adds a run.
     *
     * @param r what the run reports
     * @param done whether the goal holds in physics and so does what the scene's author expects
     * @param why what was said, and what is missing
     */
    synchronized void add(RunReport r, boolean done, String why) {
        Row row = rows.computeIfAbsent(r.scene() + " | " + r.body(), n -> new Row());
        row.runs++;
        row.done += done ? 1 : 0;
        row.violations += r.limit_violations();
        row.simulated += r.sim_time_s();
        row.wall += r.wall_time_s();
        String which = r.seed() + " " + r.instruction();
        if (!done) {
            row.failures
                    .computeIfAbsent(r.outcome() + ": " + why, w -> new ArrayList<>())
                    .add(which);
        } else if (r.limit_violations() > 0) {
            row.failures
                    .computeIfAbsent("done, but a limit was passed", w -> new ArrayList<>())
                    .add(which);
        }
    }

    /** Counts a run that could not begin as not done. */
    synchronized void without(RunRequest r, String why) {
        Row row = rows.computeIfAbsent(r.scene() + " | " + r.body(), n -> new Row());
        row.runs++;
        row.failures
                .computeIfAbsent(why, w -> new ArrayList<>())
                .add(r.seed() + " " + r.instruction());
    }

    /** Share of runs that were done; 0 without a run. */
    synchronized double share() {
        double runs = rows.values().stream().mapToInt(r -> r.runs).sum();
        return runs == 0 ? 0 : rows.values().stream().mapToInt(r -> r.done).sum() / runs;
    }

    /** One table, sums, and every failure with its reason, seed and sentence. */
    synchronized String table(Text.Language language) {
        List<String> lines = new ArrayList<>();
        lines.add(
                new Text(
                                "| scene | body | runs | done | violations | simulated s a run | × real time |",
                                "| 场景 | 本体 | 次数 | 完成 | 越限 | 每次仿真秒数 | 实时倍数 |")
                        .in(language));
        lines.add("|---|---|---|---|---|---|---|");
        rows.forEach((name, r) -> lines.add(line(name, r)));
        Row all = new Row();
        for (Row r : rows.values()) {
            all.runs += r.runs;
            all.done += r.done;
            all.violations += r.violations;
            all.simulated += r.simulated;
            all.wall += r.wall;
        }
        lines.add(line(new Text("all | all", "合计 | 合计").in(language), all));
        lines.add("");
        rows.forEach((name, r) ->
                r.failures.forEach((why, runs) -> {
                    runs.sort(null);
                    String which = String.join("; ", runs);
                    lines.add("- " + name + ": " + runs.size() + " × " + why + " [" + which + "]");
                }));
        return String.join("\n", lines);
    }

    private static String line(String name, Row r) {
        return String.format(
                Locale.ROOT,
                "| %s | %d | %.1f %% | %d | %.1f | %.1f |",
                name,
                r.runs,
                100.0 * r.done / Math.max(1, r.runs),
                r.violations,
                r.simulated / Math.max(1, r.runs),
                r.simulated / Math.max(1e-9, r.wall));
    }
}
