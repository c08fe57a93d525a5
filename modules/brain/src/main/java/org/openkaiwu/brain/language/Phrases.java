package org.openkaiwu.brain.language;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openkaiwu.brain.Goal;
import org.openkaiwu.math.InputException;
import org.openkaiwu.math.Text;
import tools.jackson.databind.JsonNode;

/** Sentences for answers, from messages.yaml, in the language of the request. */
final class Phrases {
    /** More things than this are not named one by one. */
    private static final int FEW = 3;

    private final Map<String, Text> messages = new LinkedHashMap<>();
    private final Map<String, Text> predicates = new LinkedHashMap<>();
    private final Map<String, Text> shifts = new LinkedHashMap<>();
    private final Map<String, Text> sides = new LinkedHashMap<>();
    private final Text or;
    private final Text comma;
    private final Text and;

    Phrases(JsonNode data) {
        fill(data.path("messages"), messages);
        fill(data.path("predicates"), predicates);
        fill(data.path("shifts"), shifts);
        fill(data.path("sides"), sides);
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
            out = fill(out, "{" + i + "}", blanks[i]);
        }
        return out.isEmpty() ? out : Character.toUpperCase(out.charAt(0)) + out.substring(1);
    }

    /** What a kind of act that the robot can't do is called. */
    Optional<Text> beyond(String act) {
        return Optional.ofNullable(predicates.get("cannot_" + act));
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
        List<SceneView.Facets> namesakes = new ArrayList<>();
        for (SceneView.Facets other : scene.all().values()) {
            List<String> theirs =
                    language == Text.Language.ZH
                            ? other.entity().names().zh()
                            : other.entity().names().en();
            boolean region = f.entity().type() == org.openkaiwu.brain.Setting.Type.REGION;
            if (theirs.contains(base)
                    && (!region || other.entity().owner().equals(f.entity().owner()))) {
                namesakes.add(other);
            }
        }
        if (f.entity().type() == org.openkaiwu.brain.Setting.Type.REGION
                && scene.get(f.entity().owner()) != null) {
            String owner = name(f.entity().owner(), scene, language);
            if (base.isEmpty()) {
                return owner;
            }
            return language == Text.Language.ZH ? owner + "的" + base : base + " of the " + owner;
        }
        return namesakes.size() > 1 ? apart(f, namesakes, base, scene, language) : base;
    }

    /** A name that others have too, with what tells it from them: colour, side or number. */
    private String apart(
            SceneView.Facets f,
            List<SceneView.Facets> namesakes,
            String base,
            SceneView scene,
            Text.Language language) {
        boolean zh = language == Text.Language.ZH;
        boolean coloured =
                f.colours().size() == 1
                        && namesakes.stream()
                                .noneMatch(o -> o != f && o.colours().equals(f.colours()));
        if (coloured) {
            String colour = scene.words().describe(f.colours().iterator().next(), scene, language);
            return zh ? colour + "的" + base : colour + " " + base;
        }
        List<String> sides = scene.row(namesakes);
        if (!sides.isEmpty()) {
            Text side = this.sides.get(sides.get(namesakes.indexOf(f)));
            return side.in(language).replace("{0}", base);
        }
        return zh ? base + (namesakes.indexOf(f) + 1) : base + " " + (namesakes.indexOf(f) + 1);
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
            bits.addAll(avoid(step.avoid(), scene, language));
            parts.add(String.join(comma.in(language), bits));
        }
        return say("act", language, String.join(messages.get("then").in(language), parts));
    }

    /** What must not be: things that are not to be touched in one go, the rest one by one. */
    private List<String> avoid(List<Goal.Literal> avoid, SceneView scene, Text.Language language) {
        var out = new ArrayList<String>();
        var untouched = new ArrayList<String>();
        for (Goal.Literal l : avoid) {
            if (l.predicate().equals("held_by") && l.target().equals(Acts.ROBOT)) {
                untouched.add(l.object());
            } else {
                String never = literal(l, scene, language);
                out.add(messages.get("avoid").in(language).replace("{0}", never));
            }
        }
        if (untouched.size() > FEW) {
            out.add(messages.get("leave_others").in(language));
        } else if (!untouched.isEmpty()) {
            String list = list(untouched, scene, language, false);
            out.add(messages.get("leave").in(language).replace("{0}", list));
        }
        return out;
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

    /** A literal as something to do. */
    String literal(Goal.Literal l, SceneView scene, Text.Language language) {
        String plain = Placing.plain(l.predicate());
        Text pattern = predicates.get(plain);
        if (l.target().equals(Acts.ROBOT) || l.object().equals(Acts.ROBOT)) {
            pattern = predicates.getOrDefault(plain + "_robot", pattern);
        }
        String p = pattern == null ? l.predicate() + " {0} {1}" : pattern.in(language);
        if (l.predicate().startsWith(Placing.BETWEEN)) {
            String other = l.predicate().substring(Placing.BETWEEN.length());
            String ends = list(List.of(l.target(), other), scene, language, false);
            return fill(fill(p, "{0}", name(l.object(), scene, language)), "{1}", ends);
        }
        if (!plain.equals(l.predicate())) {
            double gap = 100 * Double.parseDouble(l.predicate().substring(plain.length() + 1));
            p += messages.get("gap").in(language).replace("{2}", Long.toString(Math.round(gap)));
        }
        return fill(
                fill(p, "{0}", name(l.object(), scene, language)),
                "{1}",
                l.target().isEmpty() ? "" : target(l, scene, language));
    }

    /** Fills a blank; "box 1" takes no article. */
    private static String fill(String pattern, String blank, String name) {
        return name.matches(".*[a-z] \\d+")
                ? pattern.replace("the " + blank, blank).replace(blank, name)
                : pattern.replace(blank, name);
    }
}
