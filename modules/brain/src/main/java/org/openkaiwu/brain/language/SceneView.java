package org.openkaiwu.brain.language;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.openkaiwu.brain.Goal;
import org.openkaiwu.brain.Setting;
import org.openkaiwu.math.Vec3;

/** A setting as the language sees it: every entity's facets, the names that the scene adds. */
final class SceneView {
    private static final Set<String> SIDES =
            Set.of("left", "right", "front", "back", "middle", "top", "bottom");

    /**
     * What can be said of an entity.
     *
     * @param concepts its kind and all that it is
     * @param words words of its kind, id and names
     * @param colours all its colours
     * @param label number at the end of its id, or empty
     * @param sides of a part: which one it is
     * @param can affordances
     */
    record Facets(
            Setting.Entity entity,
            Set<String> concepts,
            Set<String> words,
            Set<String> colours,
            Set<String> materials,
            String label,
            Set<String> sides,
            Set<String> can,
            Set<String> props,
            double sizeClass) {
        String id() {
            return entity.id();
        }

        boolean is(String concept) {
            return concepts.contains(concept);
        }

        boolean can(String what) {
            return can.contains(what);
        }

        boolean person() {
            return entity.type() == Setting.Type.PERSON;
        }
    }

    private final Setting setting;
    private final Words words;
    private final Map<String, Facets> byId = new LinkedHashMap<>();
    private final Map<String, List<Words.Sense>> names = new LinkedHashMap<>();
    private int longest;

    SceneView(Setting setting, Words words) {
        this.setting = setting;
        this.words = words;
        for (Setting.Entity e : setting.entities().values()) {
            byId.put(e.id(), facets(e));
        }
        var declared = new LinkedHashMap<String, Set<String>>();
        for (Facets f : byId.values()) {
            for (String name : f.entity().names().en()) {
                declare(declared, name.toLowerCase(Locale.ROOT), f.id());
            }
            for (String name : f.entity().names().zh()) {
                declare(declared, name, f.id());
            }
            declare(declared, f.id(), f.id());
            if (f.label().isEmpty() || f.id().indexOf('_') == f.id().lastIndexOf('_')) {
                declare(declared, f.id().replace('_', ' '), f.id());
            }
        }
        Inflection inflection =
                new Inflection(tools.jackson.databind.node.MissingNode.getInstance());
        declared.forEach((form, ids) -> {
            boolean person = ids.stream().anyMatch(id -> byId.get(id).person());
            noun(form, "name:" + String.join("|", ids), person, false);
            if (form.matches("[a-z][a-z -]*")) {
                noun(inflection.plural(form), "name:" + String.join("|", ids), person, true);
            }
        });
        for (Facets f : byId.values()) {
            for (String word : f.words()) {
                if (word.matches("[a-z]+") && words.senses(word).isEmpty()) {
                    noun(word, "word:" + word, f.person(), false);
                    noun(inflection.plural(word), "word:" + word, f.person(), true);
                }
            }
        }
    }

    private static void declare(Map<String, Set<String>> declared, String form, String id) {
        if (!form.isBlank()) {
            declared.computeIfAbsent(form, f -> new LinkedHashSet<>()).add(id);
        }
    }

    private void noun(String form, String value, boolean person, boolean plural) {
        List<Words.Sense> senses = names.computeIfAbsent(form, f -> new ArrayList<>());
        var sense = new Words.Sense("N", value, 0, plural);
        if (senses.stream().anyMatch(s -> s.value().equals(value))) {
            return;
        }
        senses.add(sense);
        if (person) {
            senses.add(new Words.Sense("NPERSON", value, 0, plural));
        }
        longest = Math.max(longest, form.length());
    }

    private Facets facets(Setting.Entity e) {
        Kinds kinds = words.kinds();
        var tokens = new LinkedHashSet<String>();
        split(e.kind(), tokens);
        split(e.id(), tokens);
        for (String name : e.names().en()) {
            split(name, tokens);
        }
        Optional<Kinds.Kind> kind = kinds.of(e.kind());
        for (String name : e.names().en()) {
            kind = kind.isPresent() ? kind : kinds.of(name);
        }
        kind = kind.isPresent() ? kind : kinds.of(e.id());
        var concepts = new LinkedHashSet<String>(List.of("thing"));
        concepts.add(e.kind());
        kind.ifPresent(k -> concepts.addAll(k.closure()));
        if (e.type() == Setting.Type.PERSON) {
            concepts.add("person");
        }
        var colours = new LinkedHashSet<String>();
        var materials = new LinkedHashSet<String>();
        var colourWords = new LinkedHashSet<String>();
        if (e.colour().isBlank()) {
            split(e.kind(), colourWords);
            split(e.id(), colourWords);
        } else {
            split(e.colour(), colourWords);
        }
        for (String w : colourWords) {
            senses(w, "COL", colours);
        }
        for (String w : tokens) {
            senses(w, "MAT", materials);
        }
        if (colours.isEmpty()) {
            for (String w : tokens) {
                kinds.impliedColour(w).ifPresent(colours::add);
            }
        }
        var sides = new LinkedHashSet<String>();
        if (e.type() == Setting.Type.REGION) {
            for (String name : e.names().en()) {
                for (String w : name.toLowerCase(Locale.ROOT).split("[_ ]+")) {
                    if (SIDES.contains(w)) {
                        sides.add(w);
                    }
                }
            }
        }
        String label =
                e.id().matches(".*_\\d+") ? e.id().substring(e.id().lastIndexOf('_') + 1) : "";
        var can = new LinkedHashSet<>(e.affords());
        if (kind.isPresent() && e.type() != Setting.Type.REGION) {
            // what a kind allows holds unless the scene says that it cannot be moved
            boolean closed = e.affords().contains("support") && !e.affords().contains("contain");
            kind.get().can().stream()
                    .filter(c -> e.affords().isEmpty() || !c.equals("pick"))
                    .filter(c -> !closed || !c.equals("contain") || !e.affords().contains("pick"))
                    .forEach(can::add);
        }
        return new Facets(
                e,
                concepts,
                tokens,
                colours,
                materials,
                label,
                sides,
                can,
                kind.map(Kinds.Kind::props).orElse(Set.of()),
                kind.map(Kinds.Kind::size).orElse(0.0));
    }

    private void senses(String word, String category, Set<String> out) {
        for (Words.Sense s : words.senses(word)) {
            if (s.category().equals(category)) {
                out.add(s.value());
            }
        }
    }

    private static void split(String text, Set<String> out) {
        for (String w : text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+")) {
            if (!w.isBlank()) {
                out.add(w);
            }
        }
    }

    Setting setting() {
        return setting;
    }

    Words words() {
        return words;
    }

    Map<String, Facets> all() {
        return byId;
    }

    Facets get(String id) {
        return byId.get(id);
    }

    List<Words.Sense> senses(String form) {
        return names.getOrDefault(form, List.of());
    }

    boolean named(String form) {
        return names.containsKey(form);
    }

    /** Names of the scene in Chinese. */
    List<String> hanNames() {
        return names.keySet().stream().filter(n -> !n.isEmpty() && n.charAt(0) > 127).toList();
    }

    /** Single English words of the scene's names. */
    Set<String> nameWords() {
        var out = new LinkedHashSet<String>();
        for (String name : names.keySet()) {
            for (String w : name.split("[ -]")) {
                if (w.matches("[a-z]+")) {
                    out.add(w);
                }
            }
        }
        return out;
    }

    int longestName() {
        return longest;
    }

    /** Parts of a thing. */
    List<Facets> parts(String owner) {
        return byId.values().stream()
                .filter(f ->
                        f.entity().type() == Setting.Type.REGION
                                && f.entity().owner().equals(owner))
                .toList();
    }

    /** Coordinate to the left as the setting's viewer sees it. */
    double left(Vec3 p) {
        double yaw = setting.robotYaw();
        return -StrictMath.sin(yaw) * p.x() + StrictMath.cos(yaw) * p.y();
    }

    /** Coordinate away from the setting's viewer. */
    double ahead(Vec3 p) {
        double yaw = setting.robotYaw();
        return StrictMath.cos(yaw) * p.x() + StrictMath.sin(yaw) * p.y();
    }

    /**
     * Sides that tell two or three things apart, {@code left right}, {@code left middle right} or
     * {@code front back ...}, in their order; empty when their places are not known or do not.
     */
    List<String> row(List<Facets> list) {
        if (list.size() > 3 || list.stream().anyMatch(f -> f.entity().position().isEmpty())) {
            return List.of();
        }
        double[] across =
                list.stream().mapToDouble(f -> -left(f.entity().position().get())).toArray();
        double[] along =
                list.stream().mapToDouble(f -> ahead(f.entity().position().get())).toArray();
        boolean wide = spread(across) >= spread(along);
        double[] by = wide ? across : along;
        var out = new ArrayList<String>();
        for (double x : by) {
            long before = java.util.Arrays.stream(by).filter(o -> o < x - 0.01).count();
            long after = java.util.Arrays.stream(by).filter(o -> o > x + 0.01).count();
            if (before + after + 1 < list.size()) {
                return List.of();
            }
            String first = wide ? "left" : "front";
            String last = wide ? "right" : "back";
            out.add(before == 0 ? first : after == 0 ? last : "middle");
        }
        return out;
    }

    private static double spread(double[] x) {
        var s = java.util.Arrays.stream(x).summaryStatistics();
        return s.getMax() - s.getMin();
    }

    /** What a thing stands on or in: targets of on, in and at, with the owners of regions. */
    Set<String> holders(String id, List<Goal.Literal> relations) {
        var out = new LinkedHashSet<String>();
        var open = new ArrayList<String>(List.of(id));
        while (!open.isEmpty()) {
            String at = open.removeLast();
            for (Goal.Literal l : relations) {
                if (l.object().equals(at)
                        && Set.of("on", "in", "at", "under").contains(l.predicate())
                        && out.add(l.target())) {
                    open.add(l.target());
                }
            }
            Facets f = byId.get(at);
            if (f != null && !f.entity().owner().isEmpty() && out.add(f.entity().owner())) {
                open.add(f.entity().owner());
            }
        }
        return out;
    }
}
