package org.openkaiwu.brain.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.openkaiwu.brain.language.Meaning.Act;
import org.openkaiwu.brain.language.Meaning.Feature;
import org.openkaiwu.brain.language.Meaning.Ref;
import org.openkaiwu.brain.language.Meaning.Type;

/** The composer's part for stacks: what is at the bottom, what on top, in which order. */
final class OrderComposer {
    private OrderComposer() {}

    /** What a rule about the order of a stack makes of its parts. */
    static Object build(Grammar.Rule rule, List<Object> values, List<Ref> refs) {
        return switch (rule.action()) {
            case "level" -> level(rule.argument(), named(refs));
            case "levels" -> joined(refs);
            case "levelnext" -> joined(List.of(refs.getFirst(), level("next", refs.getLast())));
            case "order" -> level(direction(values), refs.getLast());
            case "stacklevels", "stackorder" -> stacked(values, refs);
            case "stackrow" -> row(refs.getLast());
            case "stackthese" -> these(refs.getLast());
            default ->
                    throw new IllegalStateException("words/grammar.yaml: action " + rule.action());
        };
    }

    /** The part that names a thing; the other only says where. */
    private static Ref named(List<Ref> refs) {
        return refs.stream()
                .filter(r -> r.features().size() != 1 || !r.has(Type.SIDE))
                .findFirst()
                .orElse(refs.getFirst());
    }

    private static Ref level(String where, Ref what) {
        return Ref.of(Feature.of(Type.LEVEL, where, what));
    }

    private static Ref joined(List<Ref> refs) {
        var out = new ArrayList<Feature>();
        refs.forEach(r -> out.addAll(r.features()));
        return new Ref(List.copyOf(out), List.of(), false);
    }

    private static String direction(List<Object> values) {
        return values.contains("down") ? "down" : "up";
    }

    /** A stack, and how its things follow each other. */
    private static Object stacked(List<Object> values, List<Ref> refs) {
        Ref levels = refs.stream().filter(r -> r.has(Type.LEVEL)).findFirst().orElseThrow();
        for (Object v : values) {
            if (v instanceof Act a && a.verb().equals("stack") && !a.negated()) {
                Ref all = a.object().orElse(Ref.pronoun("them"));
                if (!several(all)) {
                    return null;
                }
                for (Feature f : levels.features()) {
                    all = all.with(f);
                }
                return a.withObject(all);
            }
        }
        return null;
    }

    private static boolean several(Ref ref) {
        return !ref.members().isEmpty()
                || ref.has(Type.PLURAL)
                || ref.has(Type.COUNT)
                || ref.has(Type.PRONOUN, "them")
                || ref.has(Type.QUANTITY, "all")
                || !ref.has(Type.QUANTITY) && !ref.has(Type.PRONOUN) && !ref.has(Type.AT);
    }

    /** A stack of just what is named in its order. */
    private static Object row(Ref order) {
        Ref row = order.features().getFirst().refs().getFirst();
        return row.members().size() < 2 ? null : stack(row.with(order.features().getFirst()));
    }

    /** A stack of just what its levels name. */
    private static Object these(Ref levels) {
        var members = new ArrayList<Ref>();
        levels.features().forEach(f -> members.addAll(f.refs()));
        return members.size() < 2
                ? null
                : stack(new Ref(levels.features(), List.copyOf(members), false));
    }

    private static Act stack(Ref all) {
        return new Act(
                "stack",
                Optional.of(all),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Meaning.Shift.NONE,
                false);
    }
}
