package org.openkaiwu.brain.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.openkaiwu.brain.Goal.Literal;
import org.openkaiwu.brain.language.Meaning.Act;
import org.openkaiwu.brain.language.Meaning.Feature;
import org.openkaiwu.brain.language.Meaning.Ref;
import org.openkaiwu.brain.language.Meaning.Type;
import org.openkaiwu.brain.language.Resolver.Need;

/** Several things put on or beside each other: stacks, rows, groups. */
final class Stacking {
    /** Room between things in a row, m: a hand goes in between. */
    private static final String ROW_GAP = "0.06";

    private final SceneView scene;
    private final Resolver resolver;
    private final Placing placing;
    private final Acts acts;

    Stacking(SceneView scene, Resolver resolver, Placing placing, Acts acts) {
        this.scene = scene;
        this.resolver = resolver;
        this.placing = placing;
        this.acts = acts;
    }

    List<Literal> stack(Act a) {
        List<String> ids = new ArrayList<>(stacked(several(a)));
        if (ids.size() < 2) {
            throw new Trouble(Trouble.Kind.IMPOSSIBLE, "stack_one");
        }
        // the last named is the base, unless nothing can stand on it
        ids.sort(
                java.util.Comparator.comparing(id ->
                        placing.takes(scene.get(id), "on") || placing.takes(scene.get(id), "in")));
        a.object().ifPresent(o -> levels(o.all(Type.LEVEL), ids));
        acts.note(ids, List.of());
        var out = new ArrayList<Literal>();
        for (int i = 0; i + 1 < ids.size(); i++) {
            out.add(placing.literal(scene.get(ids.get(i)), "on", scene.get(ids.get(i + 1))));
        }
        return out;
    }

    /** Told only by its order of colours, a stack is of what others can stand on. */
    private List<String> stacked(Ref ref) {
        boolean bare = ref.members().stream().noneMatch(m -> m.has(Type.KIND));
        if (ref.has(Type.LEVEL) && !ref.members().isEmpty() && bare) {
            Need carries =
                    new Need(
                            f -> f.can("pick") && placing.takes(f, "on"),
                            "cannot_support",
                            Set.of());
            return resolver.resolve(ref, carries);
        }
        return resolver.resolve(ref, Acts.PICK);
    }

    /** Puts things in the order that was said, the top first. */
    private void levels(List<Feature> levels, List<String> ids) {
        int next = 0;
        for (Feature f : levels) {
            Need among = new Need(x -> ids.contains(x.id()), "nothing_fits", Set.of());
            List<String> row = new ArrayList<>();
            Ref said = f.refs().getFirst();
            for (Ref one : said.members().isEmpty() ? List.of(said) : said.members()) {
                row.addAll(resolver.resolve(one, among.without(row)));
            }
            if (f.value().equals("up")) {
                java.util.Collections.reverse(row);
            }
            if (f.value().equals("bottom")) {
                ids.removeAll(row);
                ids.addAll(row);
                next = 1;
            } else if (f.value().equals("next")) {
                // told from the bottom up, or from the top down
                ids.removeAll(row);
                ids.addAll(next > 0 ? ids.size() - next++ : -next--, row);
            } else {
                ids.removeAll(row);
                ids.addAll(0, row);
                next = next > 0 ? next : -1;
            }
        }
    }

    /** A row from left to right, as they stand now or as they were named; the leftmost stays. */
    List<Literal> lineUp(Act a) {
        Ref ref = several(a);
        List<String> ids = resolver.resolve(ref, Acts.PICK);
        if (ids.size() < 2) {
            throw new Trouble(Trouble.Kind.IMPOSSIBLE, "line_one");
        }
        boolean placed =
                ref.members().isEmpty()
                        && ids.stream()
                                .allMatch(id -> scene.get(id).entity().position().isPresent());
        if (placed) {
            ids =
                    Resolver.ids(
                            resolver.spatial()
                                    .sides()
                                    .ordered(ids.stream().map(scene::get).toList(), "left"));
        }
        acts.note(ids, List.of());
        var out = new ArrayList<Literal>();
        for (int i = 1; i < ids.size(); i++) {
            out.add(new Literal("right_of_" + ROW_GAP, ids.get(i), ids.get(i - 1)));
        }
        return out;
    }

    /** One thing is put there; of several the last goes there and the others on it. */
    List<Literal> stackAt(Act a) {
        List<String> ids = resolver.resolve(a.object().orElse(Ref.pronoun("it")), Acts.PICK);
        if (ids.size() < 2) {
            return acts.put(a);
        }
        List<Literal> out = new ArrayList<>(stack(a));
        String base = out.getLast().target();
        out.addAll(acts.put(a.withObject(Arranging.named(List.of(base)))));
        return out;
    }

    /** What is stacked is all of it, unless the words choose. */
    static Ref several(Act a) {
        Ref ref = a.object().orElse(Ref.pronoun("them"));
        boolean chosen =
                ref.has(Type.COUNT)
                        || ref.has(Type.QUANTITY)
                        || ref.has(Type.PRONOUN)
                        || !ref.members().isEmpty();
        return chosen ? ref : ref.with(Feature.of(Type.QUANTITY, "all"));
    }

    /** Each beside the one before; the first stays where it is. */
    List<Literal> gather(Act a) {
        List<String> ids = resolver.resolve(several(a), Acts.PICK);
        if (ids.size() < 2) {
            throw new Trouble(Trouble.Kind.IMPOSSIBLE, "line_one");
        }
        acts.note(ids, List.of());
        var out = new ArrayList<Literal>();
        for (int i = 1; i < ids.size(); i++) {
            out.add(new Literal("beside", ids.get(i), ids.get(i - 1)));
        }
        return out;
    }
}
