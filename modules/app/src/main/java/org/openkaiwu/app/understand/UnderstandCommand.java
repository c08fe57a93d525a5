package org.openkaiwu.app.understand;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.openkaiwu.brain.Goal;
import org.openkaiwu.brain.Setting;
import org.openkaiwu.brain.Understanding;
import org.openkaiwu.brain.language.Goals;
import org.openkaiwu.brain.language.Understander;
import org.openkaiwu.brain.language.Words;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code kaiwu understand --scene SCENE --say "…" [--json]}: what a sentence means over a scene, in
 * the scene's own names and predicates. Nothing moves. Exits 0 to act, 1 to ask or refuse.
 */
@Command(name = "understand", mixinStandardHelpOptions = true)
public final class UnderstandCommand implements Callable<Integer> {
    private static final JsonMapper JSON = new JsonMapper();

    @Spec private CommandSpec spec;

    @Option(
            names = "--scene",
            required = true,
            paramLabel = "SCENE",
            descriptionKey = "understand.scene")
    private String scene;

    @Option(
            names = "--say",
            required = true,
            paramLabel = "TEXT",
            descriptionKey = "understand.say")
    private String say;

    @Option(names = "--task", paramLabel = "N|NAME", descriptionKey = "understand.task")
    private String task;

    @Option(names = "--json", descriptionKey = "understand.json")
    private boolean json;

    @Override
    public Integer call() {
        Path root = Path.of(System.getProperty("kaiwu.root", "."));
        Setting setting = SceneSettings.of(root, scene, Optional.ofNullable(task));
        Understanding u = new Understander(Words.standard()).understand(say, setting);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(report(u, setting));
        } else {
            out.println(u.message());
            u.goal()
                    .ifPresent(g -> {
                        for (Goal.Literal l : Goals.atEnd(g)) {
                            triples(l, setting)
                                    .forEach(t -> out.println("  " + String.join(" ", t)));
                        }
                    });
        }
        out.flush();
        return u.outcome() == Understanding.Outcome.ACT ? 0 : 1;
    }

    /** The answer as JSON: {@code outcome, goal, steps (when several), message}. */
    static ObjectNode report(Understanding u, Setting setting) {
        ObjectNode out = JSON.createObjectNode();
        out.put("outcome", u.outcome().name().toLowerCase(java.util.Locale.ROOT));
        ArrayNode goal = out.putArray("goal");
        u.goal().ifPresent(g -> Goals.atEnd(g).forEach(l -> add(goal, l, setting)));
        if (u.goal().isPresent()) {
            List<Goal.Step> steps = u.goal().get().steps();
            if (steps.size() > 1) {
                ArrayNode list = out.putArray("steps");
                for (Goal.Step s : steps) {
                    ArrayNode step = list.addArray();
                    s.literals().forEach(l -> add(step, l, setting));
                }
            }
            List<Goal.Literal> avoid =
                    steps.stream().flatMap(s -> s.avoid().stream()).distinct().toList();
            if (!avoid.isEmpty()) {
                ArrayNode list = out.putArray("avoid");
                avoid.forEach(l -> add(list, l, setting));
            }
        }
        out.put("message", u.message());
        if (!u.choices().isEmpty()) {
            ArrayNode choices = out.putArray("choices");
            u.choices().forEach(choices::add);
        }
        return out;
    }

    private static void add(ArrayNode list, Goal.Literal l, Setting setting) {
        for (List<String> words : triples(l, setting)) {
            ArrayNode literal = list.addArray();
            words.forEach(literal::add);
        }
    }

    /** Predicate, object and target; one for each end of "between". */
    private static List<List<String>> triples(Goal.Literal l, Setting setting) {
        if (l.predicate().startsWith("between_")) {
            String other = l.predicate().substring("between_".length());
            return List.of(
                    List.of("between", l.object(), l.target()),
                    List.of("between", l.object(), other));
        }
        String predicate = setting.predicates().getOrDefault(l.predicate(), l.predicate());
        return List.of(
                l.target().isEmpty()
                        ? List.of(predicate, l.object())
                        : List.of(predicate, l.object(), l.target()));
    }
}
