package org.openkaiwu.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.openkaiwu.brain.Setting;
import org.openkaiwu.brain.Understanding;
import org.openkaiwu.brain.Understanding.Outcome;
import org.openkaiwu.brain.language.Goals;
import org.openkaiwu.brain.language.SettingFiles;
import org.openkaiwu.brain.language.Understander;
import org.openkaiwu.brain.language.Words;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Goals of LIBERO tasks said in other words: understood, asked, refused and wrong counted apart.
 */
class LiberoPeopleSharedTest {
    @Test
    void otherWordsMeanTheSameGoals() throws Exception {
        Path file = Path.of(System.getProperty("kaiwu.shared"), "data/libero/libero_90.json");
        assumeTrue(Files.isRegularFile(file), "needs " + file);
        JsonNode tasks = new JsonMapper().readTree(Files.readString(file)).path("tasks");
        Understander understander = new Understander(Words.standard());
        int[] count = new int[4];
        List<String> wrong = new ArrayList<>();
        for (String line : lines()) {
            String[] part = line.split("\\|");
            JsonNode task = tasks.path(Integer.parseInt(part[0].strip()));
            Setting setting = SettingFiles.libero(task);
            Understanding u = understander.understand(part[1].strip(), setting);
            Set<String> want = LiberoSharedTest.facts(task.path("goal"));
            if (u.outcome() != Outcome.ACT) {
                count[u.outcome() == Outcome.ASK ? 1 : 2]++;
            } else if (goal(u, setting).equals(want)) {
                count[0]++;
            } else {
                count[3]++;
                wrong.add(line + ": " + goal(u, setting) + " wanted " + want);
            }
        }
        System.out.printf(
                "LIBERO in other words: understood %d, asked %d, refused %d, wrong %d%n",
                count[0], count[1], count[2], count[3]);
        assertThat(wrong).isEmpty();
        assertThat(count[0]).isGreaterThanOrEqualTo(88);
    }

    private static List<String> lines() throws Exception {
        try (InputStream in =
                LiberoPeopleSharedTest.class.getResourceAsStream("libero_people.txt")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return text.lines().filter(l -> !l.isBlank() && !l.startsWith("#")).toList();
        }
    }

    private static Set<String> goal(Understanding u, Setting setting) {
        Set<String> out = new TreeSet<>();
        Goals.atEnd(u.goal().orElseThrow())
                .forEach(l ->
                        out.add(
                                (setting.predicates().getOrDefault(l.predicate(), l.predicate())
                                                + " "
                                                + l.object()
                                                + " "
                                                + l.target())
                                        .strip()));
        return out;
    }
}
