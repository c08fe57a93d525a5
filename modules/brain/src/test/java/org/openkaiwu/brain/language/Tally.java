package org.openkaiwu.brain.language;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.openkaiwu.brain.Setting;
import org.openkaiwu.brain.Understanding;
import org.openkaiwu.brain.Understanding.Outcome;

/**
 * Sentences of a file, one a line, {@code scene | sentence | wanted}: {@code wanted} is what must
 * hold at the end ({@code in apple bowl; on cup tray}), {@code ?} a question, {@code !} a refusal,
 * {@code ~} either of these. {@code one // two} are sentences of one conversation, the last of
 * which counts. Counted apart: understood, asked and refused although meant to be done, rightly not
 * done, and wrong.
 */
final class Tally {
    int understood;
    int asked;
    int refused;
    int rightlyNot;
    final List<String> wrong = new ArrayList<>();
    final List<String> missed = new ArrayList<>();
    final List<String> notDone = new ArrayList<>();

    static Tally of(String file) {
        Tally tally = new Tally();
        Understander understander = new Understander(Words.standard());
        Map<String, Scene> scenes = new LinkedHashMap<>();
        try (var in = Tally.class.getResourceAsStream(file);
                var reader =
                        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (line.isBlank() || line.startsWith("#")) {
                    continue;
                }
                String[] part = line.split("\\|", -1);
                Scene scene = scenes.computeIfAbsent(part[0].strip(), Scene::of);
                String say = part[1].strip();
                tally.add(
                        part[0].strip() + " | " + say,
                        part[2].strip(),
                        say.contains("//")
                                ? talk(say, scene.setting)
                                : understander.understand(say, scene.setting));
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return tally;
    }

    private static Understanding talk(String say, Setting setting) {
        Dialogue dialogue = new Dialogue(Words.standard());
        Understanding last = null;
        for (String sentence : say.split("//")) {
            last = dialogue.say(sentence.strip(), setting);
        }
        return last;
    }

    private void add(String say, String wanted, Understanding u) {
        boolean act = u.outcome() == Outcome.ACT;
        Set<String> got = Scene.goal(u);
        got.addAll(Scene.avoid(u).stream().map(l -> "never " + l).toList());
        String told = say + " | " + u.outcome() + " " + got + " " + u.message();
        if (Set.of("?", "!", "~").contains(wanted)) {
            if (act) {
                wrong.add(told + " wanted " + wanted);
            } else {
                rightlyNot++;
                notDone.add(told);
            }
            return;
        }
        Set<String> want = new TreeSet<>(List.of(wanted.split(";\\s*")));
        want.remove("");
        if (act && got.equals(want)) {
            understood++;
        } else if (act) {
            wrong.add(told + " wanted " + want);
        } else {
            missed.add(told);
            if (u.outcome() == Outcome.ASK) {
                asked++;
            } else {
                refused++;
            }
        }
    }

    String line(String name) {
        return String.format(
                "%s: understood %d, asked %d, refused %d, wrong %d; rightly not done %d",
                name, understood, asked, refused, wrong.size(), rightlyNot);
    }

    /** Prints the counts and what was missed of each file named. */
    public static void main(String[] files) {
        for (String f : files) {
            Tally t = of(f);
            if (Boolean.getBoolean("all")) {
                t.notDone.forEach(m -> System.out.println("  not    " + m));
            }
            t.missed.forEach(m -> System.out.println("  missed " + m));
            t.wrong.forEach(m -> System.out.println("  WRONG  " + m));
            System.out.println(t.line(f));
        }
    }
}
