package org.openkaiwu.brain.language;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openkaiwu.brain.Goal;
import org.openkaiwu.math.InputException;
import org.openkaiwu.math.Text;
import tools.jackson.databind.JsonNode;

/** Sentences for answers, from messages.yaml, in the language of the request. */
final class Phrases {
    private final Map<String, Text> messages = new LinkedHashMap<>();
    private final Map<String, Text> predicates = new LinkedHashMap<>();
    private final Map<String, Text> shifts = new LinkedHashMap<>();
    private final Text or;
    private final Text comma;
    private final Text and;

    Phrases(JsonNode data) {
        fill(data.path("messages"), messages);
        fill(data.path("predicates"), predicates);
        fill(data.path("shifts"), shifts);
        or = text(data.path("or"));
        and = text(data.path("and"));
        comma = text(data.path("comma"));
    }

    private static void fill(JsonNode node, Map<String, Text> out) {
        for (var e : node.properties()) {
            out.put(e.getKey(), text(e.getValue()));
        }
    }

    private static Text text(JsonNode node) {
        return new Text(node.path("en").asString(""), node.path("zh").asString(""));
    }

    /** A message with its blanks filled. */
    String say(String key, Text.Language language, String... blanks) {
        Text text = messages.get(key);
        if (text == null) {
            throw new InputException("words/messages.yaml", "message '" + key + "' is missing");
        }
        String out = text.in(language);
        for (int i = 0; i < blanks.length; i++) {
            out = out.replace("{" + i + "}", blanks[i]);
        }
        return out.isEmpty() ? out : Character.toUpperCase(out.charAt(0)) + out.substring(1);
    }

    /** What a person calls an entity. */
    String name(String id, SceneView scene, Text.Language language) {
        SceneView.Facets f = scene.get(id);
        if (f == null) {
            Text own = predicates.get(id);
            return own == null ? id : own.in(language);
        }
        List<String> names =
                language == Text.Language.ZH ? f.entity().names().zh() : f.entity().names().en();
        String base;
        if (!names.isEmpty()) {
            base = names.getFirst();
        } else {
            base = id.replace('_', ' ');
        }
        boolean shared = false;
        for (SceneView.Facets other : scene.all().values()) {
            List<String> theirs =
                    language == Text.Language.ZH
                            ? other.entity().names().zh()
                            : other.entity().names().en();
            shared |= !other.id().equals(id) && theirs.contains(base);
        }
        if (f.entity().type() == org.openkaiwu.brain.Setting.Type.REGION
                && scene.get(f.entity().owner()) != null) {
            String owner = name(f.entity().owner(), scene, language);
            if (base.isEmpty()) {
                return owner;
            }
            return language == Text.Language.ZH ? owner + "的" + base : base + " of the " + owner;
        }
        return shared ? base + " (" + id + ")" : base;
    }

    String list(List<String> ids, SceneView scene, Text.Language language, boolean choice) {
        var out = new StringBuilder();
        for (int i = 0; i < ids.size(); i++) {
            if (i > 0) {
                boolean last = i == ids.size() - 1;
                out.append((last ? choice ? or : and : comma).in(language));
            }
            out.append(name(ids.get(i), scene, language));
        }
        return out.toString();
    }

    /** A goal in one line. */
    String goal(Goal goal, SceneView scene, Text.Language language) {
        var parts = new ArrayList<String>();
        for (Goal.Step step : goal.steps()) {
            var bits = new ArrayList<String>();
            for (Goal.Literal l : step.literals()) {
                bits.add(literal(l, scene, language));
            }
            for (Goal.Literal l : step.avoid()) {
                bits.add(say("avoid", language, literal(l, scene, language)));
            }
            parts.add(String.join(comma.in(language), bits));
        }
        return say("act", language, String.join(messages.get("then").in(language), parts));
    }

    private String target(Goal.Literal l, SceneView scene, Text.Language language) {
        String[] shift = l.target().split("_");
        Text way = shifts.get(shift[0]);
        if (!Context.shifts(l.predicate()) || way == null) {
            return name(l.target(), scene, language);
        }
        if (l.predicate().equals("turned")) {
            return shifts.get("turn_" + shift[0]).in(language).replace("{0}", shift[1]);
        }
        long centimetres = Math.round(100 * Double.parseDouble(shift[1]));
        Text own = shifts.getOrDefault(l.predicate() + "_" + shift[0], way);
        return own.in(language).replace("{0}", Long.toString(centimetres));
    }

    private String literal(Goal.Literal l, SceneView scene, Text.Language language) {
        String plain = Placing.plain(l.predicate());
        Text pattern = predicates.get(plain);
        if (l.target().equals(Acts.ROBOT) || l.object().equals(Acts.ROBOT)) {
            pattern = predicates.getOrDefault(plain + "_robot", pattern);
        }
        String p = pattern == null ? l.predicate() + " {0} {1}" : pattern.in(language);
        if (!plain.equals(l.predicate())) {
            double gap = 100 * Double.parseDouble(l.predicate().substring(plain.length() + 1));
            p += messages.get("gap").in(language).replace("{2}", Long.toString(Math.round(gap)));
        }
        return p.replace("{0}", name(l.object(), scene, language))
                .replace("{1}", l.target().isEmpty() ? "" : target(l, scene, language));
    }
}
