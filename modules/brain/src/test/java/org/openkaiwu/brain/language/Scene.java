package org.openkaiwu.brain.language;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.openkaiwu.brain.Goal;
import org.openkaiwu.brain.Setting;
import org.openkaiwu.brain.Understanding;
import org.openkaiwu.math.Vec3;
import org.openkaiwu.perception.Names;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** A setting and sentences of the test data. */
final class Scene {
    final Setting setting;
    final List<JsonNode> sentences = new ArrayList<>();

    private Scene(Setting setting) {
        this.setting = setting;
    }

    static Scene of(String name) {
        JsonNode data = yaml(name);
        Scene scene = new Scene(setting(data));
        data.path("say").forEach(scene.sentences::add);
        return scene;
    }

    static JsonNode yaml(String name) {
        try (InputStream in = Scene.class.getResourceAsStream(name + ".yaml")) {
            return new YAMLMapper().readTree(in);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    static Setting setting(JsonNode data) {
        Map<String, Setting.Entity> entities = new LinkedHashMap<>();
        List<Goal.Literal> relations = new ArrayList<>();
        for (var e : data.path("things").properties()) {
            JsonNode t = e.getValue();
            String on = t.path("on").asString("");
            if (!on.isEmpty()) {
                relations.add(new Goal.Literal("on", e.getKey(), on));
            }
            t.path("state")
                    .forEach(s -> relations.add(new Goal.Literal(s.asString(), e.getKey(), "")));
            String inside = t.path("inside").asString("");
            if (!inside.isEmpty()) {
                relations.add(new Goal.Literal("in", e.getKey(), inside));
            }
            Set<String> can = new LinkedHashSet<>(strings(t.path("can")));
            if (can.isEmpty()) {
                can.add("pick");
            }
            entities.put(
                    e.getKey(),
                    new Setting.Entity(
                            e.getKey(),
                            t.path("kind").asString(),
                            Setting.Type.valueOf(t.path("type").asString("THING")),
                            t.path("colour").asString(""),
                            new Names(strings(t.path("en")), strings(t.path("zh"))),
                            vector(t.path("at")),
                            vector(t.path("size")),
                            t.path("in").asString(""),
                            can));
        }
        return new Setting(entities, relations, Map.of(), data.path("yaw").asDouble(0));
    }

    private static List<String> strings(JsonNode n) {
        List<String> out = new ArrayList<>();
        n.forEach(x -> out.add(x.asString()));
        return out;
    }

    private static Optional<Vec3> vector(JsonNode n) {
        return n.isArray()
                ? Optional.of(
                        new Vec3(n.path(0).asDouble(), n.path(1).asDouble(), n.path(2).asDouble()))
                : Optional.empty();
    }

    /** What holds at the end, each as "predicate object target". */
    static Set<String> goal(Understanding u) {
        Set<String> out = new TreeSet<>();
        u.goal().ifPresent(g -> Goals.atEnd(g).forEach(l -> out.add(text(l))));
        return out;
    }

    static Set<String> avoid(Understanding u) {
        Set<String> out = new TreeSet<>();
        u.goal().ifPresent(g -> g.steps().forEach(s -> s.avoid().forEach(l -> out.add(text(l)))));
        return out;
    }

    private static String text(Goal.Literal l) {
        return (l.predicate() + " " + l.object() + " " + l.target()).strip();
    }

    /** What is wrong with an understanding of a sentence of the data; empty when nothing is. */
    static String complaint(JsonNode sentence, Understanding u) {
        String say = sentence.path("say").asString();
        String outcome = sentence.path("outcome").asString("act");
        String got = u.outcome().name().toLowerCase(java.util.Locale.ROOT);
        String told = say + " -> " + got + " " + goal(u) + " \"" + u.message() + "\"";
        if (!got.equals(outcome)) {
            return told + " but wanted " + outcome + " " + strings(sentence.path("goal"));
        }
        if (outcome.equals("act")) {
            Set<String> want = new TreeSet<>(strings(sentence.path("goal")));
            if (!goal(u).equals(want)) {
                return told + " but wanted " + want;
            }
            Set<String> avoid = new TreeSet<>(strings(sentence.path("avoid")));
            if (!avoid(u).equals(avoid)) {
                return told + " avoids " + avoid(u) + " but wanted " + avoid;
            }
            int steps = sentence.path("steps").asInt(0);
            if (steps > 0 && u.goal().get().steps().size() != steps) {
                return told + " has " + u.goal().get().steps().size() + " steps";
            }
        }
        String why = sentence.path("why").asString("");
        if (!u.message().contains(why) || u.message().isBlank()) {
            return told + " does not say " + why;
        }
        return "";
    }
}
