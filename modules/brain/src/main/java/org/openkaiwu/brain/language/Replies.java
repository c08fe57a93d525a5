package org.openkaiwu.brain.language;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.openkaiwu.brain.Goal;
import org.openkaiwu.brain.Understanding;
import org.openkaiwu.brain.Understanding.Evidence;
import org.openkaiwu.brain.Understanding.Outcome;
import org.openkaiwu.math.Text.Language;

/** What is said when a sentence is not acted on: a question, or why not. */
final class Replies {
    /** More things than this are not named one by one. */
    private static final int MANY = 5;

    private final Words words;

    Replies(Words words) {
        this.words = words;
    }

    Understanding rivals(
            Understander.Result a,
            Understander.Result b,
            Lattice lattice,
            SceneView scene,
            Language language) {
        String first = words.phrases().goal(a.goal().get(), scene, language);
        String second = words.phrases().goal(b.goal().get(), scene, language);
        var choices = new LinkedHashSet<String>();
        for (Understander.Result r : List.of(a, b)) {
            for (Goal.Step s : r.goal().get().steps()) {
                for (Goal.Literal l : s.literals()) {
                    choices.add(l.object());
                    if (!l.target().isEmpty()) {
                        choices.add(l.target());
                    }
                }
            }
        }
        return new Understanding(
                Outcome.ASK,
                language,
                Optional.empty(),
                words.phrases().say("readings", language, trim(first), trim(second)),
                List.copyOf(choices),
                evidence(a.edge(), lattice));
    }

    private String asked(Goal goal, SceneView scene, Language language) {
        String said = trim(words.phrases().goal(goal, scene, language));
        return said.substring(0, 1).toLowerCase(java.util.Locale.ROOT) + said.substring(1);
    }

    private static String trim(String s) {
        return s.replaceAll("[.。]$", "");
    }

    Understanding answer(
            Understander.Result r, Lattice lattice, SceneView scene, Language language) {
        Trouble t = r.trouble().get();
        String[] blanks =
                t.blanks.stream()
                        .map(b ->
                                b.equals("=")
                                        ? asked(t.goal.orElseThrow(), scene, language)
                                        : blank(b, scene, language))
                        .toArray(String[]::new);
        String message = words.phrases().say(t.key, language, blanks);
        List<Evidence> evidence = evidence(r.edge(), lattice);
        return new Understanding(
                Understander.asks(t) ? Outcome.ASK : Outcome.REFUSE,
                language,
                Optional.empty(),
                message,
                t.choices,
                evidence);
    }

    /**
     * Fills a blank: {@code @} an entity, {@code #} several, {@code ~} a description, {@code %} an
     * act.
     */
    private String blank(String b, SceneView scene, Language language) {
        if (b.isEmpty()) {
            return b;
        }
        String rest = b.substring(1);
        return switch (b.charAt(0)) {
            case '@' -> words.phrases().name(rest, scene, language);
            case '#' -> choices(rest, scene, language);
            case '&' -> many(List.of(rest.split("\\|")), scene, language);
            case '~' -> words.describe(rest, scene, language);
            case '%' -> words.describe("%" + rest, scene, language);
            case '$' -> words.describe("$" + rest, scene, language);
            case '!' -> rest.split("\\|")[language == Language.EN ? 0 : 1];
            default -> b;
        };
    }

    private String choices(String ids, SceneView scene, Language language) {
        List<String> list = List.of(ids.split("\\|"));
        return list.size() > 2 * MANY
                ? words.phrases().say("so_many", language, Integer.toString(list.size()))
                : words.phrases().list(list, scene, language, true);
    }

    private String many(List<String> ids, SceneView scene, Language language) {
        return ids.size() > MANY
                ? words.phrases().say("so_many", language, Integer.toString(ids.size()))
                : words.phrases().list(ids, scene, language, false);
    }

    static List<Evidence> evidence(Chart.Edge edge, Lattice lattice) {
        var tokens = new ArrayList<Lattice.Token>();
        edge.tokens(tokens);
        var out = new ArrayList<Evidence>();
        for (Lattice.Token t : tokens) {
            String meaning = t.sense().category() + " " + t.sense().value();
            out.add(
                    new Evidence(
                            lattice.origin(t.start()),
                            lattice.origin(t.stop() - 1) + 1,
                            lattice.text().substring(t.start(), t.stop()),
                            meaning));
        }
        return List.copyOf(out);
    }

    static Understanding refuse(Language language, String message, List<Evidence> evidence) {
        return new Understanding(
                Outcome.REFUSE, language, Optional.empty(), message, List.of(), evidence);
    }
}
