package org.openkaiwu.body.mjcf;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openkaiwu.body.xml.Element;

/**
 * Default classes. A class is, for each kind of part, the elements whose attributes apply one after
 * the other: those of its ancestors when it was opened, then its own.
 */
final class Defaults {
    /** One class. */
    static final class Klass {
        final String name;
        private final Map<String, List<Element>> chains = new LinkedHashMap<>();

        private Klass(String name, Klass parent) {
            this.name = name;
            if (parent != null) {
                parent.chains.forEach((k, v) -> chains.put(k, new ArrayList<>(v)));
            }
        }

        /** Elements to apply for a kind of part. */
        List<Element> chain(String kind) {
            return chains.getOrDefault(kind, List.of());
        }
    }

    private final Map<String, Klass> classes = new LinkedHashMap<>();
    private final Klass main = new Klass("main", null);

    Defaults() {
        classes.put("main", main);
    }

    Klass main() {
        return main;
    }

    /** Reads a top-level {@code default} element. */
    void read(Source source, Element e) {
        String name = e.get("class", "");
        if (!name.isEmpty() && !name.equals("main")) {
            throw e.error("the outermost default class is \"main\", not \"" + name + "\"");
        }
        fill(source, e, main);
    }

    private void fill(Source source, Element e, Klass k) {
        for (Element c : source.children(e)) {
            if (!c.name().equals("default")) {
                String kind = kind(c.name());
                k.chains.computeIfAbsent(kind, x -> new ArrayList<>()).add(c);
            }
        }
        for (Element c : source.children(e, "default")) {
            String name = c.get("class");
            if (name.isEmpty()) {
                throw c.error("needs a class name");
            }
            Klass child = new Klass(name, k);
            if (classes.put(name, child) != null) {
                throw c.error("the class \"" + name + "\" is there already");
            }
            fill(source, c, child);
        }
    }

    /** All actuator shortcuts share one set of defaults. */
    private static String kind(String name) {
        return switch (name) {
            case "mesh",
                    "material",
                    "joint",
                    "geom",
                    "site",
                    "camera",
                    "light",
                    "pair",
                    "equality",
                    "tendon" ->
                    name;
            default -> "actuator";
        };
    }

    /** The class that an attribute names, or {@code otherwise} when it is not there. */
    Klass find(Element e, String attribute, Klass otherwise) {
        if (!e.has(attribute)) {
            return otherwise;
        }
        Klass k = classes.get(e.get(attribute));
        if (k == null) {
            throw e.error("there is no default class \"" + e.get(attribute) + "\"");
        }
        return k;
    }
}
