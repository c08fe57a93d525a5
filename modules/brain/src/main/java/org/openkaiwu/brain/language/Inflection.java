package org.openkaiwu.brain.language;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** English forms by rule: plurals of nouns; -s, -ing and past forms of verbs. */
final class Inflection {
    private static final Pattern DOUBLING = Pattern.compile("[^aeiou]*[aeiou][bdgmnprt]");
    private static final Map<String, String> PLURALS =
            Map.of(
                    "knife",
                    "knives",
                    "shelf",
                    "shelves",
                    "loaf",
                    "loaves",
                    "person",
                    "people",
                    "child",
                    "children",
                    "man",
                    "men",
                    "woman",
                    "women",
                    "die",
                    "dice",
                    "mouse",
                    "mice",
                    "bookshelf",
                    "bookshelves");

    private final Map<String, List<String>> irregular = new TreeMap<>();

    Inflection(JsonNode data) {
        for (var e : data.properties()) {
            irregular.put(e.getKey(), Words.list(e.getValue()));
        }
    }

    /** Plural of a noun or of a compound's head ("cup of tea" keeps its head first). */
    String plural(String noun) {
        int of = noun.indexOf(" of ");
        if (of > 0) {
            return plural(noun.substring(0, of)) + noun.substring(of);
        }
        int space = noun.lastIndexOf(' ') + 1;
        String head = noun.substring(space);
        String start = noun.substring(0, space);
        if (PLURALS.containsKey(head)) {
            return start + PLURALS.get(head);
        }
        if (head.endsWith("s") && !head.endsWith("ss") && !head.endsWith("us")) {
            return noun;
        }
        if (head.matches(".*(s|x|ch|sh|tomato|potato)")) {
            return noun + "es";
        }
        if (head.matches(".*[^aeiou]y")) {
            return noun.substring(0, noun.length() - 1) + "ies";
        }
        return noun + "s";
    }

    /** The other forms of a verb; of a phrase its first word changes. */
    List<String> verb(String phrase) {
        int space = phrase.indexOf(' ');
        String verb = space < 0 ? phrase : phrase.substring(0, space);
        String tail = space < 0 ? "" : phrase.substring(space);
        var out = new LinkedHashSet<String>();
        boolean e = verb.endsWith("e") && !verb.endsWith("ee");
        String stem = e ? verb.substring(0, verb.length() - 1) : verb;
        String doubled =
                !e && DOUBLING.matcher(verb).matches()
                        ? verb + verb.charAt(verb.length() - 1)
                        : stem;
        out.add(doubled + "ing" + tail);
        out.add((verb.matches(".*(s|x|ch|sh|o)") ? verb + "es" : verb + "s") + tail);
        List<String> past = irregular.get(verb);
        if (past == null) {
            String regular =
                    verb.matches(".*[^aeiou]y")
                            ? verb.substring(0, verb.length() - 1) + "ied"
                            : doubled + "ed";
            past = List.of(regular);
        }
        for (String p : past) {
            out.add(p + tail);
        }
        return new ArrayList<>(out);
    }
}
