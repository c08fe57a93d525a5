package org.openkaiwu.brain.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openkaiwu.brain.Goal;
import org.openkaiwu.brain.Setting;
import org.openkaiwu.math.Text.Language;

/** Says goals and names of a setting in a person's words, in the language asked for. */
public final class Speech {
    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z][A-Za-z0-9_]*");
    private static final Set<String> DETERMINERS = Set.of("the", "a", "an", "this", "that", "no");

    private final Words words;
    private final SceneView scene;

    public Speech(Words words, Setting setting) {
        this.words = words;
        scene = new SceneView(setting, words);
    }

    /** Makes a literal true, as something to do: {@code put the red cube in the tray}. */
    public String literal(Goal.Literal l, Language language) {
        return words.phrases().literal(l, scene, language);
    }

    /** Several, in one list. */
    public String literals(List<Goal.Literal> list, Language language) {
        return list.stream()
                .map(l -> literal(l, language))
                .collect(Collectors.joining(language == Language.ZH ? "、" : ", "));
    }

    /**
     * What has been found out of what was wanted: where a thing is, what is to be seen.
     *
     * @param wanted what has become true
     */
    public Optional<String> found(List<Goal.Literal> wanted, Language language) {
        var out = new StringBuilder();
        for (Goal.Literal l : wanted) {
            Optional<String> one =
                    switch (l.predicate()) {
                        case "found" -> whereabouts(l.object(), language);
                        case "looked" -> Optional.of(sights(language));
                        case "inspected" -> Optional.of(sights(l.target(), language));
                        default -> Optional.empty();
                    };
            if (one.isPresent()) {
                out.append(out.isEmpty() || language == Language.ZH ? "" : " ").append(one.get());
            }
        }
        wanted.stream()
                .filter(l -> l.predicate().equals("looked_for"))
                .map(Goal.Literal::target)
                .distinct()
                .map(place -> lookedFor(wanted, place, language))
                .forEach(s ->
                        out.append(out.isEmpty() || language == Language.ZH ? "" : " ").append(s));
        return Optional.of(out.toString()).filter(s -> !s.isEmpty());
    }

    /** What there is of the things looked for at a place; else that, and where they are. */
    private String lookedFor(List<Goal.Literal> wanted, String place, Language language) {
        List<String> ids =
                wanted.stream()
                        .filter(l -> l.predicate().equals("looked_for") && l.target().equals(place))
                        .map(Goal.Literal::object)
                        .toList();
        List<String> there = ids.stream().filter(id -> holds(place, id)).toList();
        List<String> told = new ArrayList<>();
        if (there.isEmpty()) {
            String list = words.phrases().list(ids, scene, language, true);
            told.add(
                    words.phrases()
                            .say(
                                    "not_seen_" + inOrOn(place),
                                    language,
                                    list,
                                    name(place, language)));
        }
        (there.isEmpty() ? ids : there)
                .forEach(id -> whereabouts(id, language).ifPresent(told::add));
        return String.join(language == Language.ZH ? "" : " ", told);
    }

    private boolean holds(String place, String id) {
        return scene.holders(id, scene.setting().relations()).contains(place);
    }

    private String inOrOn(String place) {
        SceneView.Facets f = scene.get(place);
        return f != null && (f.is("room") || !f.can("support")) ? "in" : "on";
    }

    private String sights(String place, Language language) {
        List<String> there =
                things().filter(f -> holds(place, f.id())).map(SceneView.Facets::id).toList();
        String key = (there.isEmpty() ? "nothing_seen_" : "seen_") + inOrOn(place);
        return words.phrases()
                .say(
                        key,
                        language,
                        name(place, language),
                        words.phrases().list(there, scene, language, false));
    }

    private Stream<SceneView.Facets> things() {
        return scene.all().values().stream()
                .filter(f -> f.entity().type() == Setting.Type.THING)
                .filter(f -> f.entity().position().isPresent());
    }

    private Optional<String> whereabouts(String id, Language language) {
        for (Goal.Literal l : scene.setting().relations()) {
            boolean bears = l.predicate().equals("on") || l.predicate().equals("in");
            if (bears && l.object().equals(id)) {
                SceneView.Facets bearer = scene.get(l.target());
                String room = bearer == null ? "" : bearer.entity().owner();
                String key = "found_" + l.predicate() + (scene.get(room) == null ? "" : "_in");
                return Optional.of(
                        words.phrases()
                                .say(
                                        key,
                                        language,
                                        name(id, language),
                                        name(l.target(), language),
                                        name(room, language)));
            }
        }
        return Optional.empty();
    }

    private String sights(Language language) {
        List<String> seen = things().map(SceneView.Facets::id).toList();
        return seen.isEmpty()
                ? words.phrases().say("seen_nothing", language)
                : words.phrases()
                        .say("seen", language, words.phrases().list(seen, scene, language, false));
    }

    /** What a person calls something; an identifier that the setting lacks is left as it is. */
    public String name(String id, Language language) {
        return words.phrases().name(id, scene, language);
    }

    /** A text with every identifier of the setting in it replaced by a person's name for it. */
    public String named(String text, Language language) {
        var out = new StringBuilder();
        Matcher m = IDENTIFIER.matcher(text);
        int last = 0;
        String before = "";
        while (m.find()) {
            String word = m.group();
            boolean known = scene.get(word) != null;
            boolean bare = language == Language.EN && !DETERMINERS.contains(before);
            out.append(text, last, m.start());
            out.append(known && bare ? "the " : "").append(known ? name(word, language) : word);
            last = m.end();
            before = word.toLowerCase(java.util.Locale.ROOT);
        }
        return out.append(text.substring(last)).toString();
    }
}
