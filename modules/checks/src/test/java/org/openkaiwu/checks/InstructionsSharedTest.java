package org.openkaiwu.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.openkaiwu.brain.Goal;
import org.openkaiwu.brain.Setting;
import org.openkaiwu.brain.Understanding;
import org.openkaiwu.brain.language.Goals;
import org.openkaiwu.brain.language.Understander;
import org.openkaiwu.brain.language.Words;
import org.openkaiwu.math.Vec3;
import org.openkaiwu.perception.Names;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sixty instructions of public sources over small settings made of their nouns and distractors.
 * Ours says for each the goal that its meaning asks for; {@code may} is a goal that is right where
 * asking or refusing is right too; without either, no goal of ours expresses it, and acting is
 * wrong.
 */
class InstructionsSharedTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern THING =
            Pattern.compile("(\\w+)([!?&]?)(?:=(\\w+))?(?:([@<+])(\\w+))?");

    @Test
    void sixtyInstructions() throws Exception {
        Path file = Path.of(System.getProperty("kaiwu.shared"), "data/instructions/examples.jsonl");
        assumeTrue(Files.isRegularFile(file), "needs " + file);
        JsonNode ours;
        try (InputStream in = getClass().getResourceAsStream("instructions.json")) {
            ours = JSON.readTree(in);
        }
        Understander understander = new Understander(Words.standard());
        int[] count = new int[4];
        List<String> wrong = new ArrayList<>();
        List<String> missed = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            JsonNode example = JSON.readTree(line);
            JsonNode our = ours.path(example.path("id").asString());
            Setting setting = setting(our.path("things").asString());
            for (String key : List.of("text", "zh")) {
                String say = example.path(key).asString("");
                if (say.isEmpty()) {
                    continue;
                }
                Understanding u = understander.understand(say, setting);
                Set<String> want =
                        strings(our.path(our.has(key) ? key : our.has("goal") ? "goal" : "may"));
                String told = say + " -> " + u.outcome() + " " + goal(u) + " " + u.message();
                if (u.outcome() == Understanding.Outcome.ACT) {
                    boolean right = !want.isEmpty() && want.equals(goal(u));
                    count[right ? 0 : 3]++;
                    if (!right) {
                        wrong.add(told + " wanted " + want);
                    }
                } else {
                    count[u.outcome() == Understanding.Outcome.ASK ? 1 : 2]++;
                    if (our.has("goal")) {
                        missed.add(told + " wanted " + want);
                    }
                }
            }
        }
        System.out.printf(
                "instructions: understood %d, asked %d, refused %d, wrong %d; could be understood but was not: %d%n",
                count[0], count[1], count[2], count[3], missed.size());
        missed.forEach(m -> System.out.println("  missed: " + m));
        wrong.forEach(w -> System.out.println("  WRONG: " + w));
        assertThat(wrong).isEmpty();
        assertThat(count[0]).isGreaterThanOrEqualTo(40);
    }

    private static Set<String> strings(JsonNode list) {
        Set<String> out = new TreeSet<>();
        list.forEach(s -> out.add(s.asString()));
        return out;
    }

    private static Set<String> goal(Understanding u) {
        Set<String> out = new TreeSet<>();
        u.goal()
                .ifPresent(g ->
                        Goals.atEnd(g)
                                .forEach(l ->
                                        out.add(
                                                (l.predicate()
                                                                + " "
                                                                + l.object()
                                                                + " "
                                                                + l.target())
                                                        .strip())));
        return out;
    }

    /** {@code id! fixture, id& place, id? person; =kind; @on, <in, +room}. */
    static Setting setting(String things) {
        Map<String, Setting.Entity> entities = new LinkedHashMap<>();
        List<Goal.Literal> relations = new ArrayList<>();
        int row = 0;
        for (String word : things.split(";\\s*")) {
            Matcher m = THING.matcher(word.strip());
            assertThat(m.matches()).as(word).isTrue();
            String id = m.group(1);
            String kind = m.group(3) == null ? id : m.group(3);
            String place = m.group(5) == null ? "" : m.group(5);
            if ("@".equals(m.group(4)) || "<".equals(m.group(4))) {
                relations.add(new Goal.Literal("@".equals(m.group(4)) ? "on" : "in", id, place));
            }
            Setting.Type type =
                    switch (m.group(2)) {
                        case "!" -> Setting.Type.FIXTURE;
                        case "&" -> Setting.Type.PLACE;
                        case "?" -> Setting.Type.PERSON;
                        default -> Setting.Type.THING;
                    };
            Set<String> can = new LinkedHashSet<>();
            can.add(type == Setting.Type.THING ? "pick" : "stand");
            row++;
            entities.put(
                    id,
                    new Setting.Entity(
                            id,
                            kind,
                            type,
                            "",
                            new Names(List.of(kind.replace('_', ' ')), List.of()),
                            Optional.of(new Vec3(0.5, 1.0 * row, 0)),
                            Optional.empty(),
                            place,
                            can));
        }
        return new Setting(entities, relations, Map.of(), 0);
    }
}
