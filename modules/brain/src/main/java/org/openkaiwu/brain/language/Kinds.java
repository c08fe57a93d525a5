package org.openkaiwu.brain.language;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.openkaiwu.math.InputException;
import tools.jackson.databind.JsonNode;

/**
 * The taxonomy of things: what a kind is, what can be done with it, its hazards, its size class.
 */
final class Kinds {

    /**
     * One kind.
     *
     * @param closure the kind and all that it is
     * @param can affordances, inherited
     * @param props properties for hazards, inherited
     * @param size class 1..6
     */
    record Kind(
            String id,
            Set<String> closure,
            Set<String> can,
            Set<String> props,
            double size,
            List<String> en,
            List<String> zh) {}

    /**
     * What helps against a need.
     *
     * @param kinds the best first
     * @param turn it is switched on, not handed over
     */
    record Help(List<String> kinds, boolean turn) {}

    private final Map<String, Help> helps = new LinkedHashMap<>();
    private final Map<String, Kind> byId = new LinkedHashMap<>();
    private final Map<String, String> byName = new LinkedHashMap<>();
    private final Map<String, List<String>> near = new LinkedHashMap<>();
    private final Set<String> packages;
    private final Map<String, String> impliedColours = new LinkedHashMap<>();

    Kinds(JsonNode data, JsonNode nearData) {
        for (var e : data.properties()) {
            build(e.getKey(), data, new LinkedHashSet<>());
        }
        for (Kind kind : byId.values()) {
            for (String name : kind.en()) {
                byName.putIfAbsent(name, kind.id());
            }
        }
        for (var e : nearData.path("kinds").properties()) {
            near.put(e.getKey(), Words.list(e.getValue()));
        }
        packages = new LinkedHashSet<>(Words.list(nearData.path("packages")));
        for (var e : nearData.path("implied_colours").properties()) {
            impliedColours.put(e.getKey(), e.getValue().asString());
        }
    }

    void helps(JsonNode needs) {
        for (var e : needs.properties()) {
            helps.put(
                    e.getKey(),
                    new Help(
                            Words.list(e.getValue().path("kinds")),
                            e.getValue().path("act").asString("give").equals("turn_on")));
        }
    }

    /** What helps against a need of needs.yaml. */
    Help help(String need) {
        return helps.get(need);
    }

    private Kind build(String id, JsonNode data, Set<String> open) {
        Kind known = byId.get(id);
        if (known != null) {
            return known;
        }
        JsonNode node = data.path(id);
        if (node.isMissingNode() || !open.add(id)) {
            throw new InputException(
                    "words/kinds.yaml", "kind '" + id + "' is missing or circular");
        }
        var closure = new LinkedHashSet<String>(List.of(id));
        var can = new LinkedHashSet<>(Words.list(node.path("can")));
        var props = new LinkedHashSet<>(Words.list(node.path("props")));
        double size = node.path("size").asDouble(0);
        for (String parent : Words.list(node.path("is"))) {
            Kind p = build(parent, data, open);
            closure.addAll(p.closure());
            can.addAll(p.can());
            props.addAll(p.props());
            size = size == 0 ? p.size() : size;
        }
        Kind kind =
                new Kind(
                        id,
                        closure,
                        can,
                        props,
                        size,
                        Words.list(node.path("en")),
                        Words.list(node.path("zh")));
        byId.put(id, kind);
        return kind;
    }

    Optional<Kind> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    boolean isA(String id, String broader) {
        Kind kind = byId.get(id);
        return kind != null && kind.closure().contains(broader);
    }

    /**
     * The kind that a data word speaks of: its own id, its English name, or the longest tail of it
     * that names a kind ({@code akita_black_bowl -> bowl}).
     */
    Optional<Kind> of(String word) {
        String[] parts = word.toLowerCase(java.util.Locale.ROOT).split("[_ ]+");
        for (int from = 0; from < parts.length; from++) {
            var tail = new ArrayList<String>();
            for (int i = from; i < parts.length; i++) {
                if (!parts[i].matches("\\d+")) {
                    tail.add(parts[i]);
                }
            }
            Kind kind = byId.get(String.join("_", tail));
            if (kind == null) {
                kind = byId.get(byName.getOrDefault(String.join(" ", tail), ""));
            }
            if (kind != null) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    /** The kind and all narrower ones. */
    List<String> under(String kind) {
        return byId.values().stream()
                .filter(k -> k.closure().contains(kind))
                .map(Kind::id)
                .toList();
    }

    List<String> near(String kind) {
        return near.getOrDefault(kind, List.of());
    }

    boolean isPackage(String kind) {
        return packages.contains(kind);
    }

    Optional<String> impliedColour(String material) {
        return Optional.ofNullable(impliedColours.get(material));
    }
}
