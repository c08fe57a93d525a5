package org.openkaiwu.brain.language;

import java.util.ArrayList;
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
    private static final String ROBOT = Acts.ROBOT;

    private final SceneView scene;
    private final Context context;
    private final Resolver resolver;
    private final Acts acts;
    private final List<Goal.Step> steps = new ArrayList<>();
    private final List<Literal> avoid = new ArrayList<>();
    private boolean mentioned;

    Interpreter(SceneView scene, Context context) {
        this.scene = scene;
        this.context = context;
        this.resolver = new Resolver(scene, context);
        this.acts = new Acts(scene, context, resolver, this::add);
    }

    /**
     * The goal of a meaning.
     *
     * @throws Trouble when it cannot or must not be done, or is not clear
     */
    Goal goal(Meaning meaning) {
        run(meaning);
        for (Goal.Step s : steps) {
            s.literals().forEach(this::contradicted);
        }
        mutual();
        if (steps.isEmpty() && mentioned) {
            throw new Trouble(Trouble.Kind.INCOMPLETE, "fragment");
        }
        if (steps.isEmpty() && !avoid.isEmpty()) {
            throw new Trouble(Trouble.Kind.IMPOSSIBLE, "only_not");
        }
        basesFirst();
        List<Goal.Step> merged = merge();
        if (avoid.isEmpty()) {
            return new Goal(merged);
        }
        return new Goal(
                merged.stream().map(s -> new Goal.Step(s.literals(), List.copyOf(avoid))).toList());
    }

    /** Of two things each cannot be on the other. */
    private void mutual() {
        List<Literal> end = Placing.atEnd(new Goal(steps));
        for (Literal l : end) {
            boolean bears = l.predicate().equals("on") || l.predicate().equals("in");
            boolean other =
                    end.stream()
                            .anyMatch(o ->
                                    o.predicate().matches("on|in")
                                            && o.object().equals(l.target())
                                            && o.target().equals(l.object()));
            if (bears && other) {
                throw new Trouble(Trouble.Kind.IMPOSSIBLE, "contradiction");
            }
        }
    }

    /** "Red on green, green on blue": what moves with something on it is placed before that is. */
    private void basesFirst() {
        for (int i = 0; i < steps.size(); i++) {
            for (int j = steps.size() - 1; j > i; j--) {
                if (carriedAway(steps.get(i), steps.get(j))) {
                    steps.add(j, steps.remove(i));
                    i = -1;
                    break;
                }
            }
        }
    }

    private static boolean carriedAway(Goal.Step first, Goal.Step later) {
        for (Literal a : first.literals()) {
            boolean stands = a.predicate().equals("on") || a.predicate().equals("in");
            for (Literal b : later.literals()) {
                if (stands
                        && b.predicate().equals("on")
                        && b.object().equals(a.target())
                        && !b.target().equals(a.object())
                        && b.target().length() > 0) {
                    return a.predicate().equals("on");
                }
            }
        }
        return false;
    }

    /** What must be done and must not be done cannot be. */
    private void contradicted(Literal l) {
        boolean untouched = avoid.contains(new Literal("held_by", l.object(), ROBOT));
        boolean moves =
                l.predicate().equals("held_by")
                        || Context.group(l.predicate()).equals("place")
                        || Set.of("moved", "pushed", "swapped").contains(l.predicate());
        if (untouched && moves) {
            throw new Trouble(Trouble.Kind.IMPOSSIBLE, "contradiction_of", "@" + l.object());
        }
        if (avoid.contains(l) || context.banned.contains(l.target())) {
            throw new Trouble(Trouble.Kind.IMPOSSIBLE, "contradiction");
        }
    }

    private static boolean taken(Goal.Step step) {
        return !step.literals().isEmpty()
                && step.literals().stream()
                        .allMatch(l ->
                                l.predicate().equals("held_by") && l.target().equals(ROBOT)
                                        || l.predicate().equals("found"));
    }

    /** Whether taking or finding something is part of what comes after. */
    private static boolean includes(Goal.Step next, Literal taken) {
        return next.literals().stream()
                .anyMatch(n ->
                        Context.replaces(n, taken)
                                || Context.group(n.predicate()).equals("place")
                                        && (n.object().equals(taken.object())
                                                || n.target().equals(taken.object())));
    }

    /** Picking up what the next step places is part of that step. */
    private List<Goal.Step> merge() {
        var out = new ArrayList<Goal.Step>();
        for (int i = 0; i < steps.size(); i++) {
            Goal.Step step = steps.get(i);
            int after = i + 1;
            while (after < steps.size() && taken(steps.get(after))) {
                after++;
            }
            if (taken(step) && after < steps.size()) {
                Goal.Step next = steps.get(after);
                if (step.literals().stream().allMatch(l -> includes(next, l))) {
                    continue;
                }
            }
            boolean again = step.literals().stream().anyMatch(l -> Context.shifts(l.predicate()));
            if (again || !out.contains(step)) {
                out.add(step);
            }
        }
        return List.copyOf(out);
    }

    private void run(Meaning meaning) {
        switch (meaning) {
            case Sequence s -> Announced.merged(inOrder(s.steps())).forEach(this::run);
            case When w -> when(w);
            case Act a -> act(a);
            case Meaning.Doubt d -> doubt(d);
            case Meaning.Together t -> together(t);
            default -> throw new Trouble(Trouble.Kind.INCOMPLETE, "not_understood");
        }
    }

    /**
     * "Do not touch the others": which those are is known when the rest has been said; "do not use
     * bin 2" says what all the rest must do without.
     */
    private static List<Meaning> inOrder(List<Meaning> steps) {
        var out = new ArrayList<Meaning>();
        var last = new ArrayList<Meaning>();
        for (Meaning m : steps) {
            if (m instanceof Act a && a.negated() && a.verb().equals("use")) {
                out.addFirst(m); // what must not be used is no choice for what is said before
                continue;
            }
            boolean others =
                    m instanceof Act a
                            && a.negated()
                            && a.object().filter(o -> o.has(Type.OTHER)).isPresent();
            (others ? last : out).add(m);
        }
        out.addAll(last);
        return out;
    }

    private void together(Meaning.Together t) {
        var all = new ArrayList<Literal>();
        for (Act a : t.acts()) {
            all.addAll(acts.literals(a));
        }
        check(all);
        add(all);
    }

    /** What was said in too few words is made into a question. */
    private void doubt(Meaning.Doubt d) {
        Goal goal = new Interpreter(scene, context.copy()).goal(d.meaning());
        throw new Trouble(
                Trouble.Kind.INCOMPLETE, "confirm", List.of("="), List.of(), Optional.of(goal));
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
        if (s.predicate().equals("exists")) {
            return known(s.object());
        }
        List<String> objects = resolver.resolve(s.object(), Need.any());
        if (objects.stream().map(scene::get).anyMatch(resolver.spatial()::unseen)) {
            throw new Trouble(Trouble.Kind.IMPOSSIBLE, "condition_unknown");
        }
        if (s.at().isPresent()) {
            Place p = s.at().get();
            context.mention(resolver.resolve(p.target(), Need.any()));
            context.mention(objects);
            return known(s.object().with(Feature.of(Type.AT, p.relation(), p.target())));
        }
        context.mention(objects);
        return objects.stream().allMatch(id -> state(id, s.predicate()));
    }

    /** Whether there is such a thing; a thing's being here is no question of its name. */
    private boolean known(Ref ref) {
        try {
            context.mention(Resolver.ids(resolver.candidates(ref, Need.any())));
            return true;
        } catch (Trouble t) {
            if (t.kind == Trouble.Kind.MISSING) {
                return false;
            }
            throw t;
        }
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
        context.otherKinds =
                a.object().stream()
                        .flatMap(o -> o.features().stream())
                        .filter(f -> f.type() == Type.AT)
                        .flatMap(f -> f.refs().stream())
                        .flatMap(r -> r.all(Type.KIND).stream())
                        .map(resolver::common)
                        .toList();
        if (a.negated()) {
            forbid(a);
            return;
        }
        if (a.verb().equals("mention")) {
            mentioned = true;
            context.mention(resolver.resolve(a.object().orElseThrow(), Need.any()));
            return;
        }
        List<Literal> literals = acts.literals(a);
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

    private boolean movable(Ref ref) {
        return resolver.resolve(ref, Need.any()).stream().allMatch(id -> scene.get(id).can("pick"));
    }

    private void forbid(Act a) {
        Act positive = a.negate();
        String verb = positive.verb();
        boolean nowhere =
                verb.equals("put") && positive.to().isEmpty() && positive.second().isEmpty();
        if (verb.equals("goto") && movable(positive.to().orElseThrow().target())) {
            // "without moving the cup" is not about going to the cup
            forbid(ActComposer.leave(positive.to().get().target()));
            return;
        }
        if (verb.equals("use")) {
            for (String id : resolver.resolve(positive.object().orElseThrow(), Need.any())) {
                context.banned.add(id);
                context.used.add(id);
                if (scene.get(id).can("pick")) {
                    avoid.add(new Literal("held_by", id, ROBOT));
                }
            }
            return;
        }
        if (nowhere
                || Set.of("touch", "hold", "push", "pushby", "shift", "throw", "release")
                        .contains(verb)
                || verb.startsWith("cannot")
                || verb.startsWith("unknown")) {
            if (positive.object().isPresent()) {
                for (String id : resolver.resolve(positive.object().get(), Need.any())) {
                    avoid.add(new Literal("held_by", id, ROBOT));
                    context.used.add(id);
                }
                return;
            }
            throw new Trouble(Trouble.Kind.INCOMPLETE, "not_understood");
        }
        Context other = context.copy();
        avoid.addAll(new Interpreter(scene, other).acts.literals(positive));
        context.mentions.clear();
        context.mentions.addAll(other.mentions);
    }
}
