package org.openkaiwu.brain.language;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openkaiwu.math.InputException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * The language data of {@code words/}: forms with their senses, kinds, grammar, hazards, sentences
 * for answers. Immutable once read.
 */
public final class Words {
    private static final YAMLMapper YAML = new YAMLMapper();

    /**
     * One sense of a form.
     *
     * @param category the grammar's category
     * @param value the category's value; of a noun {@code kind:apple}, {@code name:id|id}, {@code
     *     word:blick}
     * @param cost extra cost
     * @param plural the form is a plural
     */
    public record Sense(String category, String value, double cost, boolean plural) {}

    private final Map<String, List<Sense>> forms = new LinkedHashMap<>();
    private final Map<String, String> enForms = new LinkedHashMap<>();
    private final Map<String, String> zhForms = new LinkedHashMap<>();
    private int longest;
    private final Kinds kinds;
    private final Grammar grammar;
    private final Hazards hazards;
    private final Phrases phrases;
    private final Spelling spelling;
    private final JsonNode parts;

    private interface Source {
        InputStream open(String file) throws IOException;
    }

    private Words(Source source) {
        spelling = new Spelling(read(source, "spelling.yaml"));
        JsonNode lexicon = read(source, "lexicon.yaml");
        JsonNode kindData = read(source, "kinds.yaml");
        kinds = new Kinds(kindData, read(source, "near.yaml"));
        Inflection inflection = new Inflection(lexicon.path("irregular"));
        for (var category : lexicon.properties()) {
            if (category.getKey().equals("irregular")) {
                continue;
            }
            for (var value : category.getValue().properties()) {
                addForms(category.getKey(), value.getKey(), value.getValue(), inflection);
            }
        }
        for (var kind : kindData.properties()) {
            addKind(kind.getKey(), kind.getValue(), inflection);
        }
        JsonNode needs = read(source, "needs.yaml");
        kinds.helps(needs);
        for (var need : needs.properties()) {
            addForms("NEED", need.getKey(), need.getValue(), inflection);
        }
        grammar = new Grammar(read(source, "grammar.yaml"));
        hazards = new Hazards(read(source, "hazards.yaml"), kinds);
        phrases = new Phrases(read(source, "messages.yaml"));
        parts = read(source, "parts.yaml");
    }

    /** The words that come with the product. */
    public static Words standard() {
        return Holder.STANDARD;
    }

    /**
     * The words in a folder.
     *
     * @throws InputException when a file is missing or is not written as those of {@code words/}
     */
    public static Words load(Path folder) {
        try {
            return new Words(file -> Files.newInputStream(folder.resolve(file)));
        } catch (InputException e) {
            throw e;
        } catch (RuntimeException e) {
            // a value of another kind than the reader of that file expects
            throw new InputException(
                    folder.toString(), "is not written as words/ is: " + e.getMessage(), e);
        }
    }

    private static final class Holder {
        static final Words STANDARD =
                new Words(file -> {
                    InputStream in = Words.class.getResourceAsStream("/words/" + file);
                    if (in == null) {
                        throw new IOException("not on the class path");
                    }
                    return in;
                });
    }

    private static JsonNode read(Source source, String file) {
        try (InputStream in = source.open(file)) {
            return YAML.readTree(in);
        } catch (IOException | JacksonException e) {
            throw new InputException("words/" + file, "cannot be read: " + e.getMessage(), e);
        }
    }

    private void addForms(String category, String value, JsonNode data, Inflection inflection) {
        for (String form : list(data.path("en"))) {
            enForms.putIfAbsent(value, form);
            add(form, new Sense(category, value, 0, false));
            if (category.startsWith("V_")) {
                for (String other : inflection.verb(form)) {
                    add(other, new Sense(category, value, 0.15, false));
                }
            }
        }
        for (String form : list(data.path("zh"))) {
            zhForms.putIfAbsent(value, form);
            add(form, new Sense(category, value, 0, false));
        }
    }

    private void addKind(String kind, JsonNode data, Inflection inflection) {
        String value = "kind:" + kind;
        boolean person = kinds.isA(kind, "person");
        for (String form : list(data.path("en"))) {
            addNoun(form, value, person, false);
            String plural = inflection.plural(form);
            if (!plural.equals(form)) {
                addNoun(plural, value, person, true);
            }
        }
        for (String form : list(data.path("zh"))) {
            addNoun(form, value, person, false);
        }
        for (String form : list(data.path("many"))) {
            addNoun(form, value, person, true); // means all of them without saying so
        }
    }

    private void addNoun(String form, String value, boolean person, boolean plural) {
        add(form, new Sense("N", value, 0.1, plural));
        if (person) {
            add(form, new Sense("NPERSON", value, 0, plural));
        }
    }

    private void add(String form, Sense sense) {
        List<Sense> senses = forms.computeIfAbsent(form, f -> new ArrayList<>());
        if (!senses.contains(sense)) {
            senses.add(sense);
            spelling.learn(form, sense.category());
        }
        longest = Math.max(longest, form.length());
    }

    /** Comma-separated names of a data field. */
    static List<String> list(JsonNode node) {
        var out = new ArrayList<String>();
        if (node.isArray()) {
            node.forEach(n -> out.add(n.asString()));
        } else if (!node.isMissingNode()) {
            for (String s : node.asString("").split(",")) {
                if (!s.isBlank()) {
                    out.add(s.strip());
                }
            }
        }
        return out;
    }

    /** A description made of sense values, e.g. {@code red~kind:cube}, in a person's words. */
    String describe(String values, SceneView scene, org.openkaiwu.math.Text.Language language) {
        boolean zh = language == org.openkaiwu.math.Text.Language.ZH;
        var out = new ArrayList<String>();
        for (String value : values.split("~")) {
            String plain = value.replaceFirst("^[%$]", "");
            Optional<org.openkaiwu.math.Text> beyond = phrases.beyond(plain);
            if (value.startsWith("%") && beyond.isPresent()) {
                out.add(beyond.get().in(language));
            } else if (plain.startsWith("kind:")) {
                Kinds.Kind k = kinds.find(plain.substring(5)).orElseThrow();
                List<String> names = zh ? k.zh() : k.en();
                out.add(names.isEmpty() ? k.id() : names.getFirst());
            } else if (plain.startsWith("no:")) {
                out.add(phrases.say("number", language, plain.substring(3)));
            } else if (plain.startsWith("name:")) {
                out.add(phrases.name(plain.substring(5).split("\\|")[0], scene, language));
            } else {
                out.add(surface(plain.replaceFirst("^word:", ""), zh));
            }
        }
        if (!zh && values.startsWith("no:")) {
            out.add(out.removeFirst().toLowerCase(java.util.Locale.ROOT)); // "box number 2"
        }
        return String.join(zh ? "" : " ", out);
    }

    private String surface(String value, boolean zh) {
        String form = (zh ? zhForms : enForms).get(value);
        if (form != null) {
            return form;
        }
        return value;
    }

    List<Sense> senses(String form) {
        return forms.getOrDefault(form, List.of());
    }

    int longest() {
        return longest;
    }

    Kinds kinds() {
        return kinds;
    }

    Grammar grammar() {
        return grammar;
    }

    Hazards hazards() {
        return hazards;
    }

    Spelling spelling() {
        return spelling;
    }

    Phrases phrases() {
        return phrases;
    }

    JsonNode parts() {
        return parts;
    }
}
