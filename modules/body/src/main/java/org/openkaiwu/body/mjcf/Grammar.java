package org.openkaiwu.body.mjcf;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.openkaiwu.body.xml.Element;

/** Which elements MJCF knows, and which attributes each may have; from {@code grammar.txt}. */
final class Grammar {
    private static final Map<String, Set<String>> PLACES = load();

    private Grammar() {}

    private static Map<String, Set<String>> load() {
        String text;
        try (InputStream in = Grammar.class.getResourceAsStream("grammar.txt")) {
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, Set<String>> places = new LinkedHashMap<>();
        Map<String, Set<String>> groups = new LinkedHashMap<>();
        text.lines()
                .filter(l -> !l.isBlank() && !l.startsWith("#"))
                .forEach(l -> {
                    boolean group = l.startsWith("@");
                    String[] sides = l.split(group ? " = " : ":", 2);
                    Set<String> words = new LinkedHashSet<>();
                    for (String w : sides[1].strip().split("\\s+")) {
                        if (w.startsWith("@")) {
                            words.addAll(groups.get(w));
                        } else if (!w.isEmpty()) {
                            words.add(w);
                        }
                    }
                    (group ? groups : places).put(sides[0].strip(), words);
                });
        return places;
    }

    /** Place of the children of the element at {@code place}. */
    private static String inside(String place) {
        return switch (place) {
            case "mujoco/worldbody", "body/body", "body/frame", "body/replicate" -> "body";
            case "mujoco/default" -> "default";
            default -> place;
        };
    }

    private static String place(String parent, String name) {
        String inside = inside(parent);
        if (inside.equals("default") && name.equals("default")) {
            return "mujoco/default";
        }
        return inside + "/" + name;
    }

    /**
     * Checks a whole file, includes resolved.
     *
     * @throws org.openkaiwu.math.InputException at the first unknown element or attribute
     */
    static void check(Source source) {
        Element root = source.root();
        if (!root.name().equals("mujoco")) {
            throw root.error("is no MJCF model: the outermost element must be <mujoco>");
        }
        check(source, root, "mujoco");
    }

    private static void check(Source source, Element e, String place) {
        Set<String> allowed = PLACES.get(place);
        if (allowed.contains("*")) {
            return;
        }
        for (String a : e.attributeNames()) {
            if (!allowed.contains(a)) {
                throw e.error(
                        "does not know the attribute \"" + a + "\"; it knows: " + list(allowed));
            }
        }
        for (Element c : source.children(e)) {
            String next = place(place, c.name());
            if (!PLACES.containsKey(next)) {
                throw c.error(
                        "is unknown inside <"
                                + e.name()
                                + ">; there may be: "
                                + list(names(place)));
            }
            check(source, c, next);
        }
    }

    private static Set<String> names(String place) {
        String prefix = inside(place) + "/";
        Set<String> names = new TreeSet<>();
        for (String p : PLACES.keySet()) {
            if (p.startsWith(prefix) && p.indexOf('/', prefix.length()) < 0) {
                names.add(p.substring(prefix.length()));
            }
        }
        return names;
    }

    private static String list(Set<String> words) {
        return words.isEmpty() ? "none" : String.join(", ", new TreeSet<>(words));
    }
}
