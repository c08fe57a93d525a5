package org.openkaiwu.brain.language;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.openkaiwu.brain.Goal.Literal;
import org.openkaiwu.brain.Setting;
import org.openkaiwu.math.InputException;
import org.openkaiwu.math.Vec3;
import org.openkaiwu.perception.Names;
import tools.jackson.databind.JsonNode;

/**
 * Settings from scene files of the LIBERO task form: fixtures, objects, regions, initial facts.
 * Goals, objects of interest and the task's name are never read.
 *
 * <p>The frame is the table's: x away from the robot, y to its left. Sentences of that form are
 * spoken by someone who faces the robot across the table (the region names of its files say so:
 * "left" lies at negative y, "front" at positive x), so the setting's viewer looks along -x.
 */
public final class SettingFiles {
    private static final Map<String, String> PREDICATES =
            Map.of(
                    "on",
                    "On",
                    "in",
                    "In",
                    "open",
                    "Open",
                    "closed",
                    "Close",
                    "turned_on",
                    "Turnon",
                    "turned_off",
                    "Turnoff");
    private static final Map<String, String> SIDES =
            Map.of(
                    "left",
                    "left_of",
                    "right",
                    "right_of",
                    "front",
                    "front_of",
                    "behind",
                    "behind",
                    "back",
                    "behind");

    private final Words words;
    private final Map<String, Setting.Entity> entities = new LinkedHashMap<>();
    private final Map<String, Vec3> centres = new LinkedHashMap<>();
    private final List<Literal> relations = new ArrayList<>();
    private final Set<String> used = new LinkedHashSet<>();

    private SettingFiles(Words words) {
        this.words = words;
    }

    /**
     * The setting of one task.
     *
     * @throws InputException when the task has no objects or fixtures, or an entry has no name
     */
    public static Setting libero(JsonNode task) {
        return new SettingFiles(Words.standard()).read(task);
    }

    private Setting read(JsonNode task) {
        if (!task.path("fixtures").isArray() && !task.path("objects").isArray()) {
            throw new InputException("scene", "needs 'fixtures' and 'objects' lists");
        }
        for (JsonNode r : task.path("regions")) {
            JsonNode range = r.path("ranges").path(0);
            if (range.size() == 4) {
                centres.put(
                        full(r),
                        new Vec3(
                                (range.path(0).asDouble() + range.path(2).asDouble()) / 2,
                                (range.path(1).asDouble() + range.path(3).asDouble()) / 2,
                                0));
            }
        }
        task.path("init").forEach(this::fact);
        for (String list : List.of("fixtures", "objects")) {
            for (JsonNode n : task.path(list)) {
                String name = n.path("name").asString("");
                if (name.isEmpty()) {
                    throw new InputException("scene." + list, "every entry needs a 'name'");
                }
                boolean inside = false;
                for (JsonNode r : task.path("regions")) {
                    inside |=
                            r.path("target").asString("").equals(name)
                                    && r.path("name").asString("").contains("contain");
                }
                entity(name, n.path("kind").asString(name), list.equals("fixtures"), inside);
            }
        }
        task.path("regions").forEach(this::region);
        return new Setting(entities, List.copyOf(relations), PREDICATES, Math.PI);
    }

    private static String full(JsonNode region) {
        return region.path("target").asString("") + "_" + region.path("name").asString("");
    }

    private void fact(JsonNode fact) {
        String predicate = fact.path(0).asString("");
        String object = fact.path(1).asString("");
        String target = fact.path(2).asString("");
        for (var e : PREDICATES.entrySet()) {
            if (e.getValue().equalsIgnoreCase(predicate)) {
                relations.add(new Literal(e.getKey(), object, target));
                used.add(target);
            }
        }
    }

    private void entity(String name, String kind, boolean fixture, boolean inside) {
        Optional<Kinds.Kind> known = words.kinds().of(kind);
        var can = new LinkedHashSet<>(known.map(Kinds.Kind::can).orElse(Set.of()));
        if (fixture) {
            can.remove("pick");
            can.add("stand");
        } else {
            can.add("pick");
            if (!inside) {
                can.add("as_on"); // "in" is said of inner regions alone in these files
            }
        }
        // "porcelain_mug", "akita_black_bowl": the kind's own words are its English name
        List<String> en = List.of(kind.replace('_', ' '));
        List<String> zh = known.map(Kinds.Kind::zh).orElse(List.of());
        entities.put(
                name,
                new Setting.Entity(
                        name,
                        kind,
                        fixture ? Setting.Type.FIXTURE : Setting.Type.THING,
                        "",
                        new Names(en, zh.isEmpty() ? List.of() : List.of(zh.getFirst())),
                        place(name),
                        Optional.empty(),
                        "",
                        can));
    }

    private Optional<Vec3> place(String name) {
        for (Literal l : relations) {
            if (l.object().equals(name) && centres.containsKey(l.target())) {
                return Optional.of(centres.get(l.target()));
            }
        }
        return Optional.empty();
    }

    private void region(JsonNode region) {
        String target = region.path("target").asString("");
        String name = region.path("name").asString("");
        String id = full(region);
        Setting.Entity owner = entities.get(target);
        if (owner == null) {
            return;
        }
        if (centres.containsKey(id)) {
            area(id, name, target);
            return;
        }
        Set<String> kinds =
                words.kinds().of(owner.kind()).map(Kinds.Kind::closure).orElse(Set.of());
        var search = new ArrayList<>(kinds);
        search.add("thing");
        for (String kind : search) {
            for (var e : words.parts().path(kind).properties()) {
                if (name.matches(e.getKey().replace("*", ".*"))) {
                    part(id, name, owner, e.getValue());
                    return;
                }
            }
        }
    }

    private void part(String id, String name, Setting.Entity owner, JsonNode p) {
        String sideEn = "";
        String sideZh = "";
        for (var s : words.parts().path("sides").properties()) {
            if (List.of(name.split("_")).contains(s.getKey())) {
                sideEn = s.getKey();
                sideZh = s.getValue().path("zh").asString("");
            }
        }
        var can = new LinkedHashSet<>(Words.list(p.path("can")));
        Words.list(p.path("answers")).forEach(a -> can.add("answers_" + a));
        can.add("as_" + p.path("as").asString("on"));
        String en = p.path("en").asString("").replace("{side}", sideEn).strip();
        String zh = p.path("zh").asString("").replace("{side}", sideZh).strip();
        entities.put(
                id,
                new Setting.Entity(
                        id,
                        p.path("kind").asString("part"),
                        Setting.Type.REGION,
                        "",
                        new Names(List.of(en), List.of(zh)),
                        owner.position(),
                        Optional.empty(),
                        owner.id(),
                        can));
    }

    /** An area of a table: where something stands, or the free place at a side of something. */
    private void area(String id, String name, String table) {
        entities.put(
                id,
                new Setting.Entity(
                        id,
                        "area",
                        Setting.Type.REGION,
                        "",
                        new Names(List.of(), List.of()),
                        Optional.of(centres.get(id)),
                        Optional.empty(),
                        table,
                        Set.of("support", "as_on")));
        if (used.contains(id)) {
            return;
        }
        String stem = name.replaceFirst("_region$", "");
        int cut = stem.lastIndexOf('_');
        String relation = cut < 0 ? null : SIDES.get(stem.substring(cut + 1));
        if (stem.startsWith("next_to_")) {
            relate("beside", id, stem.substring(8));
        } else if (relation != null) {
            relate(relation, id, stem.substring(0, cut));
        }
    }

    private void relate(String relation, String region, String stem) {
        var matches =
                entities.values().stream()
                        .filter(e -> e.type() != Setting.Type.REGION)
                        .filter(e -> ("_" + e.kind()).endsWith("_" + stem) || e.id().equals(stem))
                        .toList();
        if (matches.size() == 1) {
            relations.add(new Literal(relation, region, matches.getFirst().id()));
        }
    }
}
