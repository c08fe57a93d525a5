package org.openkaiwu.brain.language;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.openkaiwu.brain.Goal;
import org.openkaiwu.brain.Goal.Literal;
import org.openkaiwu.brain.language.Meaning.Act;
import org.openkaiwu.brain.language.Meaning.Feature;
import org.openkaiwu.brain.language.Meaning.Place;
import org.openkaiwu.brain.language.Meaning.Ref;
import org.openkaiwu.brain.language.Meaning.Sequence;
import org.openkaiwu.brain.language.Meaning.State;
import org.openkaiwu.brain.language.Meaning.Type;
import org.openkaiwu.brain.language.Meaning.When;
import org.openkaiwu.brain.language.Resolver.Need;
import org.openkaiwu.brain.language.SceneView.Facets;

/**
 * Makes the goal of a meaning over a setting: resolves references as the text goes on, each step
 * seeing the world as the steps before will have made it.
 */
final class Interpreter {
    private static final String ROBOT = "robot";
    private static final Need PICK = new Need(f -> f.can("pick"), "cannot_pick", Set.of());

    private final SceneView scene;
    private final Context context;
    private final Resolver resolver;
    private final Placing placing;
    private final List<Goal.Step> steps = new ArrayList<>();
    private final List<Literal> avoid = new ArrayList<>();

    Interpreter(SceneView scene, Context context) {
        this.scene = scene;
        this.context = context;
        this.resolver = new Resolver(scene, context);
        this.placing = new Placing(scene, context);
    }

    /**
     * The goal of a meaning.
     *
     * @throws Trouble when it cannot or must not be done, or is not clear
     */
    Goal goal(Meaning meaning) {
        run(meaning);
        for (Goal.Step s : steps) {
            for (Literal l : s.literals()) {
                if (avoid.contains(l)
                        || l.predicate().equals("held_by")
                                && avoid.contains(new Literal("held_by", l.object(), ROBOT))) {
                    throw new Trouble(Trouble.Kind.IMPOSSIBLE, "contradiction");
                }
                boolean moved = Context.group(l.predicate()).equals("place");
                if (moved && avoid.contains(new Literal("held_by", l.object(), ROBOT))) {
                    throw new Trouble(Trouble.Kind.IMPOSSIBLE, "contradiction");
                }
            }
        }
        if (steps.isEmpty() && !avoid.isEmpty()) {
            throw new Trouble(Trouble.Kind.IMPOSSIBLE, "only_not");
        }
        List<Goal.Step> merged = merge();
        if (avoid.isEmpty()) {
            return new Goal(merged);
        }
        return new Goal(
                merged.stream().map(s -> new Goal.Step(s.literals(), List.copyOf(avoid))).toList());
    }

    /** Picking up what the next step places is part of that step. */
    private List<Goal.Step> merge() {
        var out = new ArrayList<Goal.Step>();
        for (int i = 0; i < steps.size(); i++) {
            Goal.Step step = steps.get(i);
            if (i + 1 < steps.size()) {
                Goal.Step next = steps.get(i + 1);
                boolean part =
                        !step.literals().isEmpty()
                                && step.literals().stream()
                                        .allMatch(l ->
                                                l.predicate().equals("held_by")
                                                        && l.target().equals(ROBOT)
                                                        && next.literals().stream()
                                                                .anyMatch(n ->
                                                                        Context.replaces(n, l)));
                if (part) {
                    continue;
                }
            }
            if (!out.contains(step)) {
                out.add(step);
            }
        }
        return List.copyOf(out);
    }

    private void run(Meaning meaning) {
        switch (meaning) {
            case Sequence s -> s.steps().forEach(this::run);
            case When w -> when(w);
            case Act a -> act(a);
            default -> throw new Trouble(Trouble.Kind.INCOMPLETE, "not_understood");
        }
    }

    private void when(When w) {
        boolean holds = holds(w.condition());
        if (holds != w.condition().negated()) {
            run(w.then());
        } else if (w.otherwise().isPresent()) {
            run(w.otherwise().get());
        } else {
            throw new Trouble(Trouble.Kind.IMPOSSIBLE, "condition_false");
        }
    }

    private boolean holds(State s) {
        List<String> objects = resolver.resolve(s.object(), Need.any());
        context.mention(objects);
        if (s.at().isPresent()) {
            Place p = s.at().get();
            Ref placed = s.object().with(Feature.of(Type.AT, p.relation(), p.target()));
            resolver.resolve(p.target(), Need.any());
            try {
                return !resolver.candidates(placed, Need.any()).isEmpty();
            } catch (Trouble t) {
                if (t.kind == Trouble.Kind.MISSING) {
                    return false;
                }
                throw t;
            }
        }
        return objects.stream().allMatch(id -> state(id, s.predicate()));
    }

    private boolean state(String id, String predicate) {
        Spatial spatial = resolver.spatial();
        return switch (predicate) {
            case "empty" -> spatial.contents(id).isEmpty();
            case "closed" -> !spatial.holds("open", id, "");
            case "turned_off" -> !spatial.holds("turned_on", id, "");
            default -> spatial.holds(predicate, id, "");
        };
    }

    private void act(Act a) {
        a.object()
                .map(o -> o.members().isEmpty() ? o : o.members().getLast())
                .filter(o -> o.has(Type.KIND))
                .ifPresent(o -> context.lastKind = Optional.of(o.all(Type.KIND).getLast()));
        if (a.negated()) {
            forbid(a);
            return;
        }
        List<Literal> literals = literals(a);
        if (a.verb().equals("wait") || a.verb().equals("stop")) {
            return;
        }
        check(literals);
        add(literals);
        context.lastAct = Optional.of(a);
    }

    private void add(List<Literal> literals) {
        steps.add(new Goal.Step(List.copyOf(literals), List.of()));
        context.apply(literals);
    }

    private void check(List<Literal> literals) {
        for (Literal l : literals) {
            Facets object = scene.get(l.object());
            Facets target = scene.get(l.target());
            if (object != null) {
                scene.words().hazards().judge(l, object, target, scene);
            }
            for (Literal other : literals) {
                boolean sides = Placing.isSide(l.predicate()) && Placing.isSide(other.predicate());
                if (!l.equals(other) && !sides && Context.replaces(l, other)) {
                    throw new Trouble(Trouble.Kind.IMPOSSIBLE, "two_places", "@" + l.object());
                }
                if (l.object().equals(other.target()) && l.target().equals(other.object())) {
                    throw new Trouble(Trouble.Kind.IMPOSSIBLE, "contradiction");
                }
            }
        }
    }

    private void forbid(Act a) {
        Act positive = a.negate();
        String verb = positive.verb();
        if (Set.of("touch", "hold", "push", "throw", "release").contains(verb)
                || verb.startsWith("cannot")
                || verb.startsWith("unknown")) {
            if (positive.object().isPresent()) {
                for (String id : resolver.resolve(positive.object().get(), Need.any())) {
                    avoid.add(new Literal("held_by", id, ROBOT));
                }
                return;
            }
            throw new Trouble(Trouble.Kind.INCOMPLETE, "not_understood");
        }
        Context other = context.copy();
        avoid.addAll(new Interpreter(scene, other).literals(positive));
        context.mentions.clear();
        context.mentions.addAll(other.mentions);
    }

    /** The literals that an act makes true. */
    private List<Literal> literals(Act a) {
        String verb = a.verb();
        if (verb.startsWith("cannot:")) {
            throw new Trouble(Trouble.Kind.IMPOSSIBLE, "no_ability", "%" + verb.substring(7));
        }
        if (verb.startsWith("unknown:")) {
            throw new Trouble(Trouble.Kind.UNKNOWN, "unknown_word", verb.substring(8));
        }
        return switch (verb) {
            case "put", "stackon" -> put(a);
            case "hold" -> each("held_by", object(a, PICK), ROBOT);
            case "give" -> give(a);
            case "go", "goto" -> go(a);
            case "come" ->
                    List.of(
                            new Literal(
                                    "at",
                                    ROBOT,
                                    resolver.resolve(Ref.pronoun("me"), Need.any()).getFirst()));
            case "charge" -> charge();
            case "open", "close", "turn_on", "turn_off" -> operate(a);
            case "push" -> press(a);
            case "stack" -> stack(a);
            case "swap" -> swap(a);
            case "find", "where" -> each("found", object(a, Need.any()), "");
            case "look" -> facing(object(a, Need.any()));
            case "raise" -> List.of(new Literal("raised", ROBOT, ""));
            case "lower" -> List.of(new Literal("lowered", ROBOT, ""));
            case "home" -> List.of(new Literal("home", ROBOT, ""));
            case "release" -> release(a);
            case "discard" -> discard(a);
            case "tidy" -> tidy(a);
            case "sort" -> {
                object(a, Need.any());
                throw new Trouble(Trouble.Kind.INCOMPLETE, "sort_how");
            }
            case "throw" -> throwing(a);
            case "touch" -> throw new Trouble(Trouble.Kind.IMPOSSIBLE, "no_ability", "%touch");
            case "wait", "stop" -> List.of();
            default -> throw new Trouble(Trouble.Kind.INCOMPLETE, "not_understood");
        };
    }

    private static List<Literal> each(String predicate, List<String> ids, String target) {
        return ids.stream().map(id -> new Literal(predicate, id, target)).toList();
    }

    private static List<Literal> facing(List<String> ids) {
        return List.of(new Literal("facing", ROBOT, ids.getFirst()));
    }

    private List<String> object(Act a, Need need) {
        List<String> ids = resolver.resolve(a.object().orElse(Ref.pronoun("it")), need);
        context.used.addAll(ids);
        context.mention(ids);
        return ids;
    }

    private List<Literal> put(Act a) {
        if (a.to().isEmpty() && a.second().isEmpty()) {
            Need anything = a.object().isPresent() ? PICK : Need.any();
            List<String> ids = resolver.resolve(a.object().orElse(Ref.pronoun("it")), anything);
            context.mention(ids);
            throw new Trouble(
                    Trouble.Kind.INCOMPLETE,
                    "where_to",
                    List.of("#" + String.join("|", ids)),
                    List.of());
        }
        Place place = a.to().orElseGet(() -> new Place("on", a.second().get()));
        String relation = place.relation();
        if (relation.startsWith("side_")) {
            throw new Trouble(Trouble.Kind.INCOMPLETE, "where_to_any");
        }
        if (relation.equals("between")) {
            return between(a, place);
        }
        // where to first: what is already named as the destination is not among "all" to be moved
        Need takes = new Need(f -> placing.takes(f, relation), key(relation), Set.of());
        boolean itTarget = place.target().has(Type.PRONOUN) || place.target().has(Type.OTHER);
        List<String> objects;
        List<String> targets;
        if (itTarget) {
            objects = resolver.resolve(a.object().orElse(Ref.pronoun("it")), PICK);
            targets = pronounTarget(place, takes.without(objects));
        } else {
            targets = resolver.resolve(place.target(), takes);
            objects = resolver.resolve(a.object().orElse(Ref.pronoun("it")), excluding(a, targets));
        }
        if (scene.get(targets.getFirst()).person()
                && (relation.equals("to") || relation.equals("at"))) {
            return handOver(objects, targets.getFirst());
        }
        note(objects, targets);
        return place(Placing.bases(objects, context.relations), relation, targets, place.target());
    }

    private Need excluding(Act a, List<String> targets) {
        boolean all =
                a.object().isPresent()
                        && (a.object().get().has(Type.QUANTITY, "all")
                                || a.object().get().has(Type.PLURAL));
        return all || targets.size() == 1 && indefinite(a) ? PICK.without(targets) : PICK;
    }

    private static boolean indefinite(Act a) {
        return a.object().isEmpty()
                || a.object().get().has(Type.QUANTITY, "any")
                || a.object().get().has(Type.COUNT)
                || a.object().get().has(Type.PRONOUN);
    }

    /** "it" as a target may mean a part's owner: on top of the drawer is on top of its cabinet. */
    private List<String> pronounTarget(Place place, Need takes) {
        try {
            return resolver.resolve(place.target(), takes);
        } catch (Trouble t) {
            for (List<String> group : context.mentions) {
                Facets f = scene.get(group.getFirst());
                Facets owner = f == null ? null : scene.get(f.entity().owner());
                if (owner != null && takes.fits().test(owner)) {
                    return List.of(owner.id());
                }
            }
            throw t;
        }
    }

    private static String key(String relation) {
        return switch (relation) {
            case "in" -> "cannot_contain";
            case "on", "top" -> "cannot_support";
            default -> "cannot_place";
        };
    }

    private void note(List<String> objects, List<String> targets) {
        context.used.addAll(objects);
        for (String t : targets) {
            context.mention(List.of(t));
            if (scene.get(t).can("pick")) {
                context.used.add(t);
            }
        }
        context.mention(objects);
    }

    private List<Literal> place(
            List<String> objects, String relation, List<String> targets, Ref target) {
        var out = new ArrayList<Literal>();
        if (targets.size() > 1) {
            if (objects.size() != targets.size() || !target.members().isEmpty()) {
                throw new Trouble(Trouble.Kind.IMPOSSIBLE, "two_places", "@" + objects.getFirst());
            }
            for (int i = 0; i < objects.size(); i++) {
                out.add(
                        placing.literal(
                                scene.get(objects.get(i)), relation, scene.get(targets.get(i))));
            }
            return out;
        }
        for (String id : objects) {
            out.add(placing.literal(scene.get(id), relation, scene.get(targets.getFirst())));
        }
        return out;
    }

    private List<Literal> between(Act a, Place place) {
        List<String> ends = resolver.resolve(place.target(), Need.any());
        if (ends.size() != 2) {
            throw new Trouble(Trouble.Kind.INCOMPLETE, "no_place_word");
        }
        List<String> objects =
                resolver.resolve(a.object().orElse(Ref.pronoun("it")), PICK.without(ends));
        note(objects, ends);
        var out = new ArrayList<Literal>();
        for (String id : objects) {
            for (String end : ends) {
                out.add(new Literal("beside", id, end));
            }
        }
        return out;
    }

    private List<Literal> give(Act a) {
        Ref who = a.who().orElse(Ref.pronoun("me"));
        Need people = new Need(f -> f.person(), "cannot_place", Set.of());
        if (a.to().isPresent()) {
            return put(a);
        }
        List<String> objects = resolver.resolve(a.object().orElse(Ref.pronoun("it")), PICK);
        String person = resolver.resolve(who, people).getFirst();
        return handOver(objects, person);
    }

    private List<Literal> handOver(List<String> objects, String person) {
        note(objects, List.of());
        return each("held_by", objects, person);
    }

    private List<Literal> go(Act a) {
        Place p = a.to().orElseThrow(() -> new Trouble(Trouble.Kind.INCOMPLETE, "where_to_any"));
        if (p.relation().startsWith("side_")) {
            throw new Trouble(Trouble.Kind.INCOMPLETE, "no_place_word");
        }
        List<String> targets = resolver.resolve(p.target(), Need.any());
        context.mention(targets);
        context.here = Optional.of(targets.getLast());
        if (targets.size() > 1) {
            for (String t : targets.subList(0, targets.size() - 1)) {
                add(List.of(new Literal("at", ROBOT, t)));
            }
        }
        return List.of(new Literal("at", ROBOT, targets.getLast()));
    }

    private List<Literal> charge() {
        Ref charger = Ref.of(Feature.of(Type.KIND, "kind:charger"));
        return List.of(new Literal("at", ROBOT, resolver.resolve(charger, Need.any()).getFirst()));
    }

    private List<Literal> operate(Act a) {
        String verb = a.verb();
        if (a.object().isPresent() && a.object().get().has(Type.BODY)) {
            if (a.object().get().has(Type.BODY, "gripper")
                    && (verb.equals("open") || verb.equals("close"))) {
                return List.of(new Literal(verb.equals("open") ? "open" : "closed", "gripper", ""));
            }
            throw new Trouble(Trouble.Kind.IMPOSSIBLE, "nothing_fits");
        }
        boolean on = verb.equals("open") || verb.equals("turn_on");
        boolean turn = verb.startsWith("turn");
        Need need =
                turn
                        ? new Need(f -> f.can("turn"), "cannot_turn", Set.of())
                        : new Need(this::opens, "cannot_open", Set.of());
        List<String> ids;
        try {
            ids = resolver.resolve(a.object().orElse(Ref.pronoun("it")), need);
        } catch (Trouble t) {
            // "open the lamp", 打开炉子: what does not open is switched
            if (turn || !t.key.equals("cannot_open")) {
                throw t;
            }
            try {
                ids =
                        resolver.resolve(
                                a.object().orElse(Ref.pronoun("it")),
                                new Need(f -> f.can("turn"), "cannot_open", Set.of()));
                turn = true;
            } catch (Trouble worse) {
                throw t;
            }
        }
        var out = new ArrayList<Literal>();
        for (String id : ids) {
            String predicate = turn ? on ? "turned_on" : "turned_off" : on ? "open" : "closed";
            out.add(new Literal(predicate, turn ? id : opening(id), ""));
        }
        List<String> parts = out.stream().map(Literal::object).toList();
        context.mention(ids);
        context.mention(parts);
        return out;
    }

    private boolean opens(Facets f) {
        return f.can("open") || scene.parts(f.id()).stream().anyMatch(p -> p.can("open"));
    }

    private String opening(String id) {
        Facets f = scene.get(id);
        List<Facets> parts = scene.parts(id).stream().filter(p -> p.can("open")).toList();
        if (parts.isEmpty()) {
            return id;
        }
        if (parts.size() == 1) {
            return parts.getFirst().id();
        }
        List<String> ids = parts.stream().map(Facets::id).toList();
        throw new Trouble(
                Trouble.Kind.AMBIGUOUS, "which", List.of("#" + String.join("|", ids)), ids);
    }

    private List<Literal> press(Act a) {
        List<String> ids = object(a, Need.any());
        if (ids.stream().allMatch(id -> scene.get(id).is("switch"))) {
            return each("turned_on", ids, "");
        }
        throw new Trouble(Trouble.Kind.IMPOSSIBLE, "no_ability", "%push");
    }

    private List<Literal> stack(Act a) {
        List<String> ids = new ArrayList<>(resolver.resolve(several(a), PICK));
        if (ids.size() < 2) {
            throw new Trouble(Trouble.Kind.IMPOSSIBLE, "stack_one");
        }
        // the last named is the base, unless nothing can stand on it
        ids.sort(
                java.util.Comparator.comparing(id ->
                        placing.takes(scene.get(id), "on") || placing.takes(scene.get(id), "in")));
        note(ids, List.of());
        var out = new ArrayList<Literal>();
        for (int i = 0; i + 1 < ids.size(); i++) {
            out.add(placing.literal(scene.get(ids.get(i)), "on", scene.get(ids.get(i + 1))));
        }
        return out;
    }

    /** What is stacked is all of it, unless the words choose. */
    private static Ref several(Act a) {
        Ref ref = a.object().orElse(Ref.pronoun("them"));
        boolean chosen =
                ref.has(Type.COUNT)
                        || ref.has(Type.QUANTITY)
                        || ref.has(Type.PRONOUN)
                        || !ref.members().isEmpty();
        return chosen ? ref : ref.with(Feature.of(Type.QUANTITY, "all"));
    }

    private List<Literal> swap(Act a) {
        var ids = new ArrayList<>(resolver.resolve(a.object().orElse(Ref.pronoun("them")), PICK));
        if (a.second().isPresent()) {
            ids.addAll(resolver.resolve(a.second().get(), PICK));
        }
        if (ids.size() != 2) {
            throw new Trouble(Trouble.Kind.IMPOSSIBLE, "stack_one");
        }
        Literal first = holder(ids.get(0));
        Literal second = holder(ids.get(1));
        if (first.target().equals(second.target())) {
            throw new Trouble(
                    Trouble.Kind.INCOMPLETE, "swap_same", "@" + ids.get(0), "@" + ids.get(1));
        }
        note(ids, List.of());
        return List.of(
                new Literal(second.predicate(), ids.get(0), second.target()),
                new Literal(first.predicate(), ids.get(1), first.target()));
    }

    private Literal holder(String id) {
        return context.relations.stream()
                .filter(l ->
                        l.object().equals(id)
                                && (l.predicate().equals("on") || l.predicate().equals("in")))
                .findFirst()
                .orElseThrow(() -> new Trouble(Trouble.Kind.INCOMPLETE, "swap_unknown"));
    }

    private List<Literal> release(Act a) {
        if (a.object().isEmpty() || a.object().get().has(Type.BODY)) {
            return List.of(new Literal("open", "gripper", ""));
        }
        List<String> ids = resolver.resolve(a.object().get(), PICK);
        context.mention(ids);
        boolean held =
                ids.stream()
                        .allMatch(id ->
                                context.relations.stream()
                                        .anyMatch(l ->
                                                l.predicate().equals("held_by")
                                                        && l.object().equals(id)));
        List<Facets> tables =
                scene.all().values().stream()
                        .filter(f -> f.is("table") && f.can("support"))
                        .toList();
        if (held && tables.size() == 1) {
            return place(ids, "on", List.of(tables.getFirst().id()), Ref.of());
        }
        throw new Trouble(
                Trouble.Kind.INCOMPLETE,
                "where_to",
                List.of("#" + String.join("|", ids)),
                List.of());
    }

    private List<Literal> discard(Act a) {
        List<Facets> bins = scene.all().values().stream().filter(f -> f.is("trash")).toList();
        List<String> ids = object(a, PICK);
        if (bins.isEmpty()) {
            throw new Trouble(Trouble.Kind.MISSING, "no_trash");
        }
        return place(ids, "in", List.of(bins.getFirst().id()), Ref.of());
    }

    /** Into a bin things are put; anything else is not thrown. */
    private List<Literal> throwing(Act a) {
        if (a.to().isPresent() && Set.of("in", "to").contains(a.to().get().relation())) {
            try {
                Need bins = new Need(f -> f.is("trash") || f.is("bin"), "nothing_fits", Set.of());
                resolver.resolve(a.to().get().target(), bins);
                return put(a);
            } catch (Trouble t) {
                if (t.kind == Trouble.Kind.UNKNOWN) {
                    throw t;
                }
            }
        }
        throw new Trouble(Trouble.Kind.UNSAFE, "no_throw");
    }

    private List<Literal> tidy(Act a) {
        List<String> ids = resolver.resolve(a.object().orElse(Ref.pronoun("them")), Need.any());
        var contents = new LinkedHashSet<String>();
        for (String id : ids) {
            contents.addAll(resolver.spatial().contents(id));
        }
        if (contents.isEmpty()) {
            contents.addAll(ids);
        }
        throw new Trouble(
                Trouble.Kind.INCOMPLETE,
                "where_to",
                List.of("#" + String.join("|", contents)),
                List.of());
    }
}
