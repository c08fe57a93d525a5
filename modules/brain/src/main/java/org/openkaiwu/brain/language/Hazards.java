package org.openkaiwu.brain.language;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.openkaiwu.brain.Goal;
import org.openkaiwu.math.Text;
import tools.jackson.databind.JsonNode;

/**
 * What must not be done, from hazards.yaml: what a sentence asks against people, limits or safety,
 * and goals that are dangerous by object, relation and target. Rules, not cases.
 */
final class Hazards {

    /** Sentences in which all these classes of words occur are refused for the reason. */
    private record TextRule(List<String> all, List<String> none, Text reason) {}

    private record GoalRule(
            Set<String> predicates, Set<String> object, Set<String> target, Text reason) {}

    private final Map<String, Pattern> classes = new LinkedHashMap<>();
    private final List<TextRule> textRules = new ArrayList<>();
    private final List<GoalRule> goalRules = new ArrayList<>();

    Hazards(JsonNode data, Kinds kinds) {
        for (var e : data.path("classes").properties()) {
            classes.put(e.getKey(), pattern(e.getValue(), kinds));
        }
        for (JsonNode r : data.path("text")) {
            textRules.add(
                    new TextRule(Words.list(r.path("all")), Words.list(r.path("none")), text(r)));
        }
        for (JsonNode r : data.path("goals")) {
            goalRules.add(
                    new GoalRule(
                            new LinkedHashSet<>(Words.list(r.path("predicates"))),
                            new LinkedHashSet<>(Words.list(r.path("object"))),
                            new LinkedHashSet<>(Words.list(r.path("target"))),
                            text(r)));
        }
    }

    private static Text text(JsonNode r) {
        return new Text(r.path("en").asString(""), r.path("zh").asString(""));
    }

    private static Pattern pattern(JsonNode node, Kinds kinds) {
        var forms = new ArrayList<String>();
        for (String en : Words.list(node.path("en"))) {
            forms.add("(?<![a-z])" + Pattern.quote(en) + "(?:s|es|ing|ed)?(?![a-z])");
        }
        for (String zh : Words.list(node.path("zh"))) {
            forms.add(Pattern.quote(zh));
        }
        for (String kind : Words.list(node.path("kinds"))) {
            for (String id : kinds.under(kind)) {
                Kinds.Kind k = kinds.find(id).orElseThrow();
                k.en().forEach(f -> forms.add("(?<![a-z])" + Pattern.quote(f) + "s?(?![a-z])"));
                k.zh().forEach(f -> forms.add(Pattern.quote(f)));
            }
        }
        return Pattern.compile(String.join("|", forms));
    }

    /** The reason to refuse a sentence by its words, if any. */
    Optional<Text> judge(String normalised) {
        for (TextRule rule : textRules) {
            boolean all =
                    rule.all().stream().allMatch(c -> classes.get(c).matcher(normalised).find());
            boolean none =
                    rule.none().stream().noneMatch(c -> classes.get(c).matcher(normalised).find());
            if (all && none) {
                return Optional.of(rule.reason());
            }
        }
        return Optional.empty();
    }

    /**
     * Judges one literal.
     *
     * @throws Trouble when it is dangerous
     */
    void judge(Goal.Literal l, SceneView.Facets object, SceneView.Facets target, SceneView scene) {
        SceneView.Facets owner = target == null ? null : scene.get(target.entity().owner());
        for (GoalRule rule : goalRules) {
            if (!rule.predicates().contains(l.predicate()) || !fits(object, rule.object())) {
                continue;
            }
            boolean there =
                    rule.target().isEmpty()
                            || target != null && fits(target, rule.target())
                            || owner != null
                                    && target.entity().type()
                                            == org.openkaiwu.brain.Setting.Type.REGION
                                    && fits(owner, rule.target());
            if (there) {
                throw new Trouble(
                        Trouble.Kind.UNSAFE,
                        "unsafe",
                        List.of("!" + rule.reason().en() + "|" + rule.reason().zh()),
                        List.of());
            }
        }
    }

    private static boolean fits(SceneView.Facets f, Set<String> any) {
        if (any.isEmpty()) {
            return true;
        }
        return any.stream()
                .anyMatch(a ->
                        f.props().contains(a)
                                || f.concepts().contains(a)
                                || f.materials().contains(a));
    }
}
