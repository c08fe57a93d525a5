package org.openkaiwu.brain.language;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * Other ways in which a written sentence may have been meant: traditional characters, one slip in
 * an English word, a Chinese character that sounds like the right one. A correction is offered only
 * when a single known word fits.
 */
final class Spelling {
    /** Shorter words are corrected only where two letters changed places. */
    private static final int SHORT = 4;

    private static final int LONGEST_HAN = 5;
    private static final Set<String> NOUNS = Set.of("N", "COL");

    /** One word read as another. */
    record Correction(String written, String meant) {}

    /** A sentence corrected. */
    record Corrected(String text, List<Correction> corrections) {}

    private final Map<Character, Character> simplified = new TreeMap<>();
    private final Map<Character, Character> sound = new TreeMap<>();
    private final Map<String, Set<String>> bySound = new LinkedHashMap<>();
    private final Map<String, String> alike = new LinkedHashMap<>();
    private final Set<String> han = new LinkedHashSet<>();
    private final Set<String> latin = new LinkedHashSet<>();

    Spelling(JsonNode data) {
        for (String pair : data.path("traditional").asString("").split("\\s+")) {
            if (pair.length() == 2) {
                simplified.put(pair.charAt(0), pair.charAt(1));
            }
        }
        for (var pair : data.path("homophones").properties()) {
            alike.put(pair.getKey(), pair.getValue().asString());
        }
        for (JsonNode row : data.path("sounds")) {
            String s = row.asString();
            for (char c : s.toCharArray()) {
                sound.putIfAbsent(c, s.charAt(0));
            }
        }
    }

    /** Takes in a form of the lexicon. */
    void learn(String form, String category) {
        if (form.isEmpty()) {
            return;
        }
        if (form.charAt(0) < 128) {
            for (String word : form.split("[ -]")) {
                if (word.length() >= 3 && word.matches("[a-z]+")) {
                    latin.add(word);
                }
            }
        } else {
            han.add(form);
            if (form.length() >= 2 && NOUNS.contains(category)) {
                bySound.computeIfAbsent(key(form), k -> new LinkedHashSet<>()).add(form);
            }
        }
    }

    /** The simplified form of a character. */
    char simplified(char c) {
        return simplified.getOrDefault(c, c);
    }

    private String key(String form) {
        var out = new StringBuilder();
        for (char c : form.toCharArray()) {
            out.append(sound.getOrDefault(c, c).charValue());
        }
        return out.toString();
    }

    /** The sentence with every slip mended that only one known word explains. */
    Corrected correct(String text, List<String> unknown, SceneView scene) {
        var corrections = new ArrayList<Correction>();
        String out = text;
        for (String word : unknown) {
            if (!word.matches("[a-z]+")) {
                continue;
            }
            Set<String> found = similar(word, scene);
            if (found.size() == 1) {
                String meant = found.iterator().next();
                corrections.add(new Correction(word, meant));
                out = out.replaceFirst("(?<![a-z])" + word + "(?![a-z])", meant);
            }
        }
        out = soundAlikes(out, scene, corrections);
        out = single(out, unknown, scene, corrections);
        return new Corrected(out, List.copyOf(corrections));
    }

    private Set<String> similar(String word, SceneView scene) {
        var swapped = new LinkedHashSet<String>();
        var edited = new LinkedHashSet<String>();
        var known = new LinkedHashSet<>(latin);
        known.addAll(scene.nameWords());
        if (known.contains(word)) {
            return Set.of(); // part of a longer expression, not a slip
        }
        for (String k : known) {
            if (k.length() >= 3 && transposed(word, k)) {
                swapped.add(k);
            } else if (word.length() >= SHORT - 1 && oneEdit(word, k)) {
                edited.add(k);
            }
        }
        return swapped.isEmpty() ? edited : swapped;
    }

    private static boolean transposed(String a, String b) {
        if (a.length() != b.length()) {
            return false;
        }
        for (int i = 0; i + 1 < a.length(); i++) {
            if (a.charAt(i) != b.charAt(i)) {
                return a.charAt(i) == b.charAt(i + 1)
                        && a.charAt(i + 1) == b.charAt(i)
                        && a.substring(i + 2).equals(b.substring(i + 2));
            }
        }
        return false;
    }

    /** One letter too many, missing or another; of short words none is exchanged. */
    private static boolean oneEdit(String a, String b) {
        int d = a.length() - b.length();
        if (Math.abs(d) > 1 || b.length() < SHORT) {
            return false;
        }
        int i = 0;
        int least = Math.min(a.length(), b.length());
        while (i < least && a.charAt(i) == b.charAt(i)) {
            i++;
        }
        if (d == 0) {
            return a.length() > SHORT && a.substring(i + 1).equals(b.substring(i + 1));
        }
        String longer = d > 0 ? a : b;
        String shorter = d > 0 ? b : a;
        return longer.substring(i + 1).equals(shorter.substring(i));
    }

    /** Known words of a text that sound like a name of the scene, each with that name. */
    List<Correction> misheard(String text, SceneView scene) {
        var out = new ArrayList<Correction>();
        for (int i = 0; i < text.length(); i++) {
            for (int n = Math.min(LONGEST_HAN, text.length() - i); n >= 2; n--) {
                String written = text.substring(i, i + n);
                for (String name : scene.hanNames()) {
                    if (han.contains(written)
                            && !scene.named(written)
                            && name.length() == n
                            && key(name).equals(key(written))) {
                        out.add(new Correction(written, name));
                    }
                }
            }
        }
        for (String word : text.split("[^a-z]+")) {
            String name = alike.get(word);
            if (name != null && text.matches(".*\\b" + word + "\\b.*")) {
                out.add(new Correction(word, name));
            }
        }
        return out;
    }

    /** A character that is no word, for a name of one character that sounds the same. */
    private String single(
            String text, List<String> unknown, SceneView scene, List<Correction> corrections) {
        String out = text;
        for (String word : unknown) {
            List<String> names =
                    scene.hanNames().stream()
                            .filter(n -> n.length() == 1 && word.length() == 1)
                            .filter(n -> key(n).equals(key(word)))
                            .toList();
            if (names.size() == 1) {
                corrections.add(new Correction(word, names.getFirst()));
                out = out.replace(word, names.getFirst());
            }
        }
        return out;
    }

    private String soundAlikes(String text, SceneView scene, List<Correction> corrections) {
        var out = new StringBuilder(text);
        for (int i = 0; i < out.length(); i++) {
            for (int n = Math.min(LONGEST_HAN, out.length() - i); n >= 2; n--) {
                String written = out.substring(i, i + n);
                if (han.contains(written) || scene.named(written)) {
                    i += n - 1;
                    break;
                }
                var meant = new LinkedHashSet<>(bySound.getOrDefault(key(written), Set.of()));
                for (String name : scene.hanNames()) {
                    if (name.length() >= 2 && key(name).equals(key(written))) {
                        meant.add(name);
                    }
                }
                if (meant.size() > 1 && meant.stream().filter(scene::named).count() == 1) {
                    meant.removeIf(m -> !scene.named(m)); // what is here is what is spoken of
                }
                if (meant.size() == 1) {
                    String word = meant.iterator().next();
                    corrections.add(new Correction(written, word));
                    out.replace(i, i + n, word);
                    i += n - 1;
                    break;
                }
            }
        }
        return out.toString();
    }
}
