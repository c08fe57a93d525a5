package org.openkaiwu.brain.language;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.openkaiwu.brain.Goal;
import org.openkaiwu.brain.Goal.Literal;
import org.openkaiwu.brain.Setting;
import org.openkaiwu.brain.language.SceneView.Facets;
import org.openkaiwu.math.Vec3;

/**
 * Where a thing goes when someone says "in", "on", "to" something: the part meant, and whether it
 * can.
 */
final class Placing {
    private static final Set<String> SIDES =
            Set.of("left_of", "right_of", "front_of", "behind", "beside", "near");

    /** The part of a top on a side of it. */
    private static final Map<String, String> PARTS =
            Map.of(
                    "left_of", "on_left",
                    "right_of", "on_right",
                    "front_of", "on_front",
                    "behind", "on_back");

    /** Beginning of a predicate that names the second of two things: {@code between_cup}. */
    static final String BETWEEN = "between_";

    private final SceneView scene;
    private final Context context;

    Placing(SceneView scene, Context context) {
        this.scene = scene;
        this.context = context;
    }

    static boolean isSide(String relation) {
        return SIDES.contains(plain(relation));
    }

    /** {@code left_of} of {@code left_of_0.10}, {@code between} of {@code between_cup}. */
    static String plain(String relation) {
        return relation.startsWith(BETWEEN) ? "between" : relation.replaceFirst("_[\\d.]+$", "");
    }

    /** Whether something could stand in that relation to the entity at all. */
    boolean takes(Facets f, String relation) {
        if (f.person() || f.is("animal")) {
            return relation.equals("to") || isSide(relation);
        }
        return switch (relation) {
            case "in" ->
                    f.can("contain")
                            || f.is("dish")
                            || answers(f, "in")
                            || f.is("room")
                            || f.is("shelf");
            case "on", "centre" ->
                    f.can("support") || answers(f, "on") || f.is("dish") && f.can("contain");
            case "top" -> f.can("support") || answers(f, "top") || answers(f, "on");
            case "to", "at" ->
                    f.can("contain")
                            || f.can("support")
                            || f.can("stand")
                            || answers(f, "on")
                            || answers(f, "in")
                            || f.is("place");
            case "under" -> !f.is("room");
            default -> true;
        };
    }

    private boolean answers(Facets f, String relation) {
        return f.can("answers_" + relation) || !parts(f, relation).isEmpty();
    }

    private List<Facets> parts(Facets f, String relation) {
        return scene.parts(f.id()).stream().filter(p -> p.can("answers_" + relation)).toList();
    }

    /** The literal that puts the object there; asks when several parts could be meant. */
    Literal literal(Facets object, String relation, Facets target) {
        if (object.id().equals(target.id())) {
            throw new Trouble(Trouble.Kind.IMPOSSIBLE, "itself", "@" + object.id());
        }
        if (isSide(relation)) {
            return beside(object, relation, target);
        }
        if (relation.equals("centre") && worktop(target)) {
            return new Literal("on_middle", object.id(), target.id());
        }
        String wanted = relation.equals("centre") ? "on" : relation;
        if (relation.equals("to") || relation.equals("at")) {
            wanted = natural(target);
        }
        if (wanted.equals("at") || target.is("room") && !wanted.equals("under")) {
            return new Literal("at", object.id(), target.id());
        }
        Facets part = part(target, wanted);
        String predicate = predicate(part, wanted);
        fit(
                object,
                predicate,
                part.is("part") && scene.get(part.entity().owner()) != null
                        ? scene.get(part.entity().owner())
                        : part,
                part);
        cycle(object, part);
        return new Literal(predicate, object.id(), part.id());
    }

    /** What "to the X" most naturally means. */
    private String natural(Facets target) {
        if (target.can("answers_in") || target.can("answers_on")) {
            return target.can("as_in") ? "in" : "on";
        }
        boolean in = target.can("contain") || !parts(target, "in").isEmpty();
        boolean on = target.can("support") || !parts(target, "on").isEmpty();
        if (in && (!on || target.is("container"))) {
            return "in";
        }
        return on ? "on" : "at";
    }

    private Facets part(Facets target, String wanted) {
        if (target.entity().type() == Setting.Type.REGION) {
            boolean fits =
                    wanted.equals("in")
                            ? target.can("contain")
                            : target.can("support") || target.can("as_in");
            if (wanted.equals("top") || !fits && wanted.equals("on")) {
                Facets owner = scene.get(target.entity().owner());
                if (wanted.equals("top")
                        && owner != null
                        && !parts(owner, "top").isEmpty()
                        && !target.is("top")) {
                    return parts(owner, "top").getFirst();
                }
            }
            if (fits || wanted.equals("top")) {
                return target;
            }
        }
        List<Facets> parts = parts(target, wanted);
        if (parts.size() > 1) {
            List<Facets> open =
                    parts.stream()
                            .filter(p ->
                                    context.relations.contains(new Literal("open", p.id(), "")))
                            .toList();
            List<String> ids = (open.size() == 1 ? open : parts).stream().map(Facets::id).toList();
            if (ids.size() == 1) {
                return scene.get(ids.getFirst());
            }
            throw new Trouble(
                    Trouble.Kind.AMBIGUOUS,
                    "which_place",
                    List.of("#" + String.join("|", ids)),
                    ids);
        }
        return parts.isEmpty() ? target : parts.getFirst();
    }

    private String predicate(Facets part, String wanted) {
        if (part.can("as_in")) {
            return "in";
        }
        if (part.can("as_on")) {
            return "on";
        }
        String out = wanted.equals("top") ? "on" : wanted;
        if (out.equals("in")
                && !part.can("contain")
                && part.can("support")
                && (part.is("dish") || part.is("shelf"))) {
            out = "on";
        }
        if (out.equals("on") && !part.can("support") && part.can("contain") && part.is("dish")) {
            out = "in";
        }
        if (out.equals("in") && !part.can("contain")) {
            throw new Trouble(Trouble.Kind.IMPOSSIBLE, "cannot_contain", "@" + part.id());
        }
        if (out.equals("on") && !part.can("support")) {
            throw new Trouble(Trouble.Kind.IMPOSSIBLE, "cannot_support", "@" + part.id());
        }
        return out;
    }

    /** A side of a thing: the setting's own region for it when there is one. */
    private Literal beside(Facets object, String relation, Facets target) {
        for (Literal l : scene.setting().relations()) {
            Facets region = scene.get(l.object());
            if (l.predicate().equals(relation)
                    && l.target().equals(target.id())
                    && region != null
                    && region.entity().type() == Setting.Type.REGION) {
                return new Literal("on", object.id(), region.id());
            }
        }
        boolean carries =
                scene.holders(object.id(), context.relations).contains(target.id())
                        && !relation.matches("beside|near");
        if (PARTS.containsKey(relation)
                && worktop(target)
                && (carries || relation.matches("left_of|right_of"))) {
            // "the left side of the table" is a part of its top, no place beside it
            return new Literal(PARTS.get(relation), object.id(), target.id());
        }
        if (carries && target.is("furniture")) {
            throw new Trouble(Trouble.Kind.INCOMPLETE, "no_place_word");
        }
        return new Literal(relation, object.id(), target.id());
    }

    /** A top with parts that can be told apart, where the setting can say so. */
    private boolean worktop(Facets f) {
        boolean told =
                scene.setting().predicates().isEmpty()
                        || scene.setting().predicates().containsKey("moved");
        return told && f.is("table") && f.can("support") && !f.can("pick");
    }

    /** Sizes: real extents when both are known, else the classes of their kinds. */
    private static void fit(Facets object, String predicate, Facets whole, Facets part) {
        boolean in = predicate.equals("in");
        String key = in ? "too_big" : "too_big_on";
        Optional<Vec3> a = object.entity().size();
        Optional<Vec3> b = part.entity().size().or(() -> whole.entity().size());
        boolean impossible;
        if (a.isPresent() && b.isPresent() && (in || predicate.equals("on"))) {
            double[] o = sorted(a.get());
            double[] t = sorted(b.get());
            // to go in, the two smaller extents must pass the opening; on top, overhang is allowed
            double[] opening = {
                Math.min(b.get().x(), b.get().y()), Math.max(b.get().x(), b.get().y())
            };
            impossible = in ? o[0] > opening[0] || o[1] > opening[1] : o[0] > 3 * t[2];
        } else {
            double size = object.sizeClass();
            double room = Math.max(whole.sizeClass(), part.sizeClass());
            impossible = size > 0 && room > 0 && (in ? size > room : size > room + 2);
        }
        if (impossible) {
            throw new Trouble(Trouble.Kind.IMPOSSIBLE, key, "@" + object.id(), "@" + whole.id());
        }
    }

    private static double[] sorted(Vec3 v) {
        double[] out = {v.x(), v.y(), v.z()};
        Arrays.sort(out);
        return out;
    }

    private void cycle(Facets object, Facets target) {
        String at = target.id();
        if (at.equals(object.id()) || target.entity().owner().equals(object.id())) {
            throw new Trouble(Trouble.Kind.IMPOSSIBLE, "itself", "@" + object.id());
        }
    }

    /** A stack put somewhere is put by its base: what stands on another of these goes with it. */
    static List<String> bases(List<String> ids, List<Literal> relations) {
        var out = new ArrayList<String>();
        for (String id : ids) {
            boolean carried =
                    relations.stream()
                            .anyMatch(l ->
                                    l.object().equals(id)
                                            && (l.predicate().equals("on")
                                                    || l.predicate().equals("in"))
                                            && ids.contains(l.target()));
            if (!carried) {
                out.add(id);
            }
        }
        return out.isEmpty() ? ids : out;
    }

    /**
     * The steps with what a later step undoes left out of none: only the literals true at the end.
     */
    static List<Literal> atEnd(Goal goal) {
        var out = new ArrayList<Literal>();
        for (Goal.Step step : goal.steps()) {
            for (Literal l : step.literals()) {
                boolean moves =
                        !Set.of("robot", "gripper").contains(l.object())
                                && !l.predicate().equals("looked_for");
                out.removeIf(old ->
                        Context.replaces(l, old)
                                || moves
                                        && old.object().equals("robot")
                                        && Set.of("at", "facing", "driven", "turned")
                                                .contains(old.predicate()));
            }
            out.addAll(step.literals());
        }
        return out;
    }
}
