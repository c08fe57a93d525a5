package org.openkaiwu.brain.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.openkaiwu.brain.language.Meaning.Act;
import org.openkaiwu.brain.language.Meaning.Feature;
import org.openkaiwu.brain.language.Meaning.Place;
import org.openkaiwu.brain.language.Meaning.Ref;
import org.openkaiwu.brain.language.Meaning.Sequence;
import org.openkaiwu.brain.language.Meaning.State;
import org.openkaiwu.brain.language.Meaning.Type;
import org.openkaiwu.brain.language.Meaning.When;

/** The composer's part for acts: who does what where, in which order, under which condition. */
final class ActComposer {
    /** Verbs whose own word says more. */
    private static final Set<String> DETAILED = Set.of("cannot", "unknown");

    /** Acts on nothing: a thing named before them has no part in them. */
    private static final Set<String> WITHOUT_OBJECT =
            Set.of(
                    "come",
                    "charge",
                    "home",
                    "wait",
                    "stop",
                    "lookaround",
                    "go",
                    "goto",
                    "drive",
                    "turn",
                    "tidyall");

    private ActComposer() {}

    static Act act(Grammar.Rule rule, String verb, List<Object> values) {
        Optional<Ref> object = Optional.empty();
        Optional<Ref> second = Optional.empty();
        Optional<Place> to = Optional.empty();
        Optional<Place> from = Optional.empty();
        Optional<Ref> who = Optional.empty();
        String direction = "";
        double metres = Double.NaN;
        String detail = verb;
        for (int i = 0; i < values.size(); i++) {
            Object v = values.get(i);
            switch (rule.roles()[i]) {
                case "object" -> object = Optional.of((Ref) v);
                case "object2" -> second = Optional.of((Ref) v);
                case "to" -> to = Optional.of(v instanceof Ref r ? new Place("to", r) : (Place) v);
                case "from" -> from = Optional.of((Place) v);
                case "who" -> who = Optional.of((Ref) v);
                case "what" -> detail = verb + ":" + v;
                case "dir" -> direction = (String) v;
                case "by" -> metres = (Double) v;
                default -> {
                    if (verb.equals("give") && "come".equals(v) && who.isEmpty()) {
                        who = Optional.of(Ref.pronoun("me")); // "bring it here", 拿过来
                    }
                    if (DETAILED.contains(verb)
                            && v instanceof String s
                            && (i == 0 || detail.equals(verb))
                            && !s.equals("ba")) {
                        detail = verb + ":" + s;
                    }
                }
            }
        }
        if (from.isPresent() && object.isPresent() && !object.get().has(Type.PRONOUN)) {
            // where it is taken from also says which one is meant
            Place p = from.get();
            object = Optional.of(object.get().with(Feature.of(Type.AT, p.relation(), p.target())));
        }
        return new Act(
                detail, object, second, to, from, who, new Meaning.Shift(direction, metres), false);
    }

    /** "stove on": the word after the thing is what to do. */
    static Object onOff(Ref ref, List<Object> values) {
        for (Object v : values) {
            if (v instanceof String s && s.startsWith("turn_")) {
                return new Act(
                        s,
                        Optional.of(ref),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Meaning.Shift.NONE,
                        false);
            }
        }
        return null;
    }

    static Object actOnOff(Grammar.Rule rule, List<Object> values) {
        return act(rule, String.valueOf(values.getLast()), values);
    }

    static Object passive(List<Object> values, List<Ref> refs) {
        return values.getLast() instanceof Act a ? a.withObject(refs.getFirst()) : null;
    }

    /** "the blue cube, put it on the tray": what is named first is what is meant by "it". */
    static Object topic(Ref topic, Object then) {
        if (!(then instanceof Act a)
                || a.negated()
                || topic.has(Type.PRONOUN)
                || WITHOUT_OBJECT.contains(a.verb())) {
            return null;
        }
        if (a.to().isPresent()
                && a.to().get().target().has(Type.PRONOUN, "it")
                && a.object().isPresent()
                && !a.object().get().has(Type.PRONOUN)) {
            return a.withPlace(new Place(a.to().get().relation(), topic));
        }
        boolean open =
                a.object().isEmpty()
                        || a.object().get().has(Type.PRONOUN, "it")
                        || a.object().get().has(Type.PRONOUN, "them");
        return open ? a.withObject(topic) : null;
    }

    /** "leave the cup where it is": it is not to be touched. */
    static Act leave(Ref ref) {
        return new Act(
                "touch",
                Optional.of(ref),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Meaning.Shift.NONE,
                true);
    }

    /** "... in the bowl, no, in the box": another place for the same act. */
    static Object redirect(List<Object> values) {
        Place to = Composer.place(values);
        return values.getFirst() instanceof Act a && !a.negated() && a.to().isPresent()
                ? a.withPlace(to)
                : null;
    }

    /** "go to the kitchen, then the tea room": going on to another place. */
    static Object goOn(List<Object> values, Ref where) {
        Object last =
                values.getFirst() instanceof Sequence s ? s.steps().getLast() : values.getFirst();
        return last instanceof Act a
                        && a.verb().startsWith("go")
                        && a.to().isPresent()
                        && !a.negated()
                ? sequence(List.of(values.getFirst(), a.withPlace(new Place("to", where))), false)
                : null;
    }

    static Object negate(Object v) {
        return v instanceof Act a && !a.negated() ? a.negate() : null;
    }

    static Object sequence(List<Object> values, boolean reverse) {
        var parts = new ArrayList<Meaning>();
        for (Object v : values) {
            switch (v) {
                case Sequence s -> parts.addAll(s.steps());
                case Meaning m when !(m instanceof Ref) -> parts.add(m);
                default -> {}
            }
        }
        if (reverse && values.size() > 1) {
            var meanings =
                    values.stream()
                            .filter(v -> !(v instanceof String))
                            .map(Meaning.class::cast)
                            .toList();
            parts.clear();
            for (Meaning m : meanings.reversed()) {
                if (m instanceof Sequence s) {
                    parts.addAll(s.steps());
                } else {
                    parts.add(m);
                }
            }
        }
        return new Sequence(List.copyOf(parts));
    }

    /** "... and at the same time ...": the last act before goes with the one after. */
    static Object together(List<Object> values) {
        var acts = new ArrayList<Act>();
        for (Object v : values) {
            if (v instanceof Act a && !a.negated()) {
                acts.add(a);
            } else if (v instanceof Sequence s
                    && s.steps().size() == 1
                    && s.steps().getFirst() instanceof Act a) {
                acts.add(a);
            }
        }
        return acts.size() == 2 ? new Meaning.Together(List.copyOf(acts)) : null;
    }

    static Object sequenceNot(List<Object> values) {
        Object negative = negate(values.getLast());
        if (negative == null) {
            return null;
        }
        return sequence(List.of(values.getFirst(), negative), false);
    }

    /** "Without moving the cup, ...". */
    static Object notFirst(List<Object> values) {
        var acts = values.stream().filter(v -> !(v instanceof String)).toList();
        Object negative =
                acts.getFirst() instanceof Act a && a.verb().equals("put") && a.to().isEmpty()
                        ? a.object().map(ActComposer::leave).orElse(null)
                        : negate(acts.getFirst());
        return negative == null ? null : sequence(List.of(negative, acts.getLast()), false);
    }

    static Object except(List<Object> values, List<Ref> refs) {
        Ref out = refs.getLast();
        return switch (values.getFirst()) {
            case Act a when a.object().isPresent() && !a.negated() ->
                    a.withObject(a.object().get().with(Feature.of(Type.EXCEPT, "", out)));
            case Sequence s when s.steps().getLast() instanceof Act a && a.object().isPresent() -> {
                var steps = new ArrayList<>(s.steps());
                steps.set(
                        steps.size() - 1,
                        a.withObject(a.object().get().with(Feature.of(Type.EXCEPT, "", out))));
                yield new Sequence(List.copyOf(steps));
            }
            default -> null;
        };
    }

    static Object state(Grammar.Rule rule, List<Object> values, List<Ref> refs) {
        return switch (rule.action()) {
            case "state", "statenot" ->
                    new State(
                            refs.getFirst(),
                            Optional.of(Composer.place(values)),
                            "",
                            rule.action().endsWith("not"));
            case "stateis", "stateisnot" ->
                    new State(
                            refs.getFirst(),
                            Optional.empty(),
                            word(values),
                            rule.action().endsWith("not"));
            case "if", "ifpost" -> when(values, false);
            case "ifelse" -> when(values, true);
            default ->
                    throw new IllegalStateException("words/grammar.yaml: action " + rule.action());
        };
    }

    private static String word(List<Object> values) {
        for (Object v : values) {
            if (v instanceof String s
                    && Set.of("open", "closed", "turned_on", "turned_off", "empty").contains(s)) {
                return s;
            }
        }
        return "";
    }

    private static Object when(List<Object> values, boolean otherwise) {
        State condition = null;
        var acts = new ArrayList<Meaning>();
        for (Object v : values) {
            if (v instanceof State s) {
                condition = s;
            } else if (v instanceof Meaning m && !(v instanceof Ref)) {
                acts.add(m);
            }
        }
        return new When(
                condition,
                acts.getFirst(),
                otherwise ? Optional.of(acts.getLast()) : Optional.empty());
    }
}
