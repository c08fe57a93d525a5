package org.openkaiwu.app.eval;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.openkaiwu.app.env.Home;
import org.openkaiwu.app.env.Languages;
import org.openkaiwu.app.understand.SceneSettings;
import org.openkaiwu.brain.Goal;
import org.openkaiwu.brain.Setting;
import org.openkaiwu.brain.Understanding;
import org.openkaiwu.brain.language.Goals;
import org.openkaiwu.brain.language.SettingFiles;
import org.openkaiwu.brain.language.Understander;
import org.openkaiwu.brain.language.Words;
import org.openkaiwu.math.InputException;
import org.openkaiwu.math.Text;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code kaiwu eval words FILE...}: sentences with what they mean, counted: understood, asked,
 * refused although meant to be done, rightly not done, wrong; and the median time of one. A text
 * file has lines {@code scene | sentence | wanted}: the goal's literals with semicolons between,
 * {@code ?} a question, {@code !} a refusal, {@code ~} either. A JSON file has tasks with a {@code
 * language}, a {@code goal} and their own scene. Exits 0 when nothing was understood wrongly.
 */
@Command(name = "words", mixinStandardHelpOptions = true)
public final class EvalWordsCommand implements Callable<Integer> {
    private static final Text HEAD =
            new Text(
                    """
                    | file | understood | asked | refused | rightly not done | wrong | median ms |
                    |---|---|---|---|---|---|---|
                    """,
                    """
                    | 文件 | 理解 | 询问 | 拒绝 | 正确地没做 | 错误 | 中位时间 ms |
                    |---|---|---|---|---|---|---|
                    """);

    /** Sentences read before the time of one is taken. */
    private static final int WARM = 1000;

    @Spec private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "FILE", descriptionKey = "words.files")
    private List<Path> files;

    @Option(names = "--show", descriptionKey = "words.show")
    private boolean show;

    private final Understander understander = new Understander(Words.standard());

    /** A sentence in its scene, what should come of it, and what of that holds at the start. */
    private record Case(Setting setting, String say, String wanted, Set<String> already) {}

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        out.print(HEAD.in(Languages.current()));
        int wrong = 0;
        for (Path file : files) {
            List<Case> cases = file.toString().endsWith(".json") ? tasks(file) : lines(file);
            for (int i = 0; i < WARM && !cases.isEmpty(); i++) {
                Case c = cases.get(i % cases.size());
                understander.understand(c.say, c.setting);
            }
            wrong += count(file, cases, out);
            out.flush();
        }
        return wrong == 0 ? 0 : 1;
    }

    private int count(Path file, List<Case> cases, PrintWriter out) {
        int[] n = new int[5];
        double[] times = new double[cases.size()];
        List<String> notes = new ArrayList<>();
        for (int i = 0; i < times.length; i++) {
            Case c = cases.get(i);
            long t0 = System.nanoTime();
            Understanding u = understander.understand(c.say, c.setting);
            times[i] = (System.nanoTime() - t0) * 1e-6;
            int kind = kind(c, u);
            n[kind]++;
            if (kind != 0 && kind != 3) {
                notes.add(c.say + " -> " + got(u, c.setting) + " \"" + u.message() + "\"");
            }
        }
        Arrays.sort(times);
        out.printf(
                Locale.ROOT,
                "| %s | %d | %d | %d | %d | %d | %.2f |%n",
                file.getFileName(),
                n[0],
                n[1],
                n[2],
                n[3],
                n[4],
                times.length == 0 ? 0 : times[times.length / 2]);
        if (show) {
            notes.forEach(out::println);
        }
        return n[4];
    }

    /** 0 understood, 1 asked, 2 refused, 3 rightly not done, 4 wrong. */
    private static int kind(Case c, Understanding u) {
        boolean act = u.outcome() == Understanding.Outcome.ACT;
        if (Set.of("?", "!", "~").contains(c.wanted)) {
            return act ? 4 : 3;
        }
        if (!act) {
            return u.outcome() == Understanding.Outcome.ASK ? 1 : 2;
        }
        Set<String> want = new TreeSet<>(List.of(c.wanted.split("\\s*;\\s*")));
        Set<String> got = got(u, c.setting);
        want.removeIf(w -> !got.contains(w) && c.already.contains(w) && !got.isEmpty());
        return got.equals(want) ? 0 : 4;
    }

    private static Set<String> got(Understanding u, Setting setting) {
        Set<String> out = new TreeSet<>();
        u.goal()
                .ifPresent(g -> {
                    Goals.atEnd(g).forEach(l -> out.add(text(l, setting)));
                    g.steps()
                            .forEach(s ->
                                    s.avoid().forEach(l -> out.add("never " + text(l, setting))));
                });
        return out;
    }

    private static String text(Goal.Literal l, Setting setting) {
        String predicate = setting.predicates().getOrDefault(l.predicate(), l.predicate());
        return (predicate + " " + l.object() + " " + l.target()).strip();
    }

    private static List<Case> lines(Path file) throws IOException {
        List<Case> out = new ArrayList<>();
        int number = 0;
        for (String line : Files.readAllLines(file)) {
            number++;
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            String[] part = line.split("\\|", -1);
            if (part.length != 3) {
                throw new InputException(
                        file + ":" + number, "is not \"scene | sentence | wanted\"");
            }
            Setting setting = SceneSettings.of(Home.root(), part[0].strip(), Optional.empty());
            out.add(new Case(setting, part[1].strip(), part[2].strip(), Set.of()));
        }
        return out;
    }

    private static List<Case> tasks(Path file) throws IOException {
        JsonNode json;
        try {
            json = new JsonMapper().readTree(Files.readString(file));
        } catch (JacksonException e) {
            throw new InputException(file.toString(), "is not a readable JSON file", e);
        }
        List<Case> out = new ArrayList<>();
        for (JsonNode task : json.path("tasks")) {
            out.add(
                    new Case(
                            SettingFiles.libero(task),
                            task.path("language").asString(""),
                            String.join(";", facts(task.path("goal"))),
                            Set.copyOf(facts(task.path("init")))));
        }
        return out;
    }

    private static List<String> facts(JsonNode list) {
        List<String> out = new ArrayList<>();
        for (JsonNode literal : list) {
            List<String> words = new ArrayList<>();
            literal.forEach(w -> words.add(w.asString()));
            out.add(String.join(" ", words));
        }
        return out;
    }
}
