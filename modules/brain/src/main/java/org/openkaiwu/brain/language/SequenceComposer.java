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

/** The composer's part for several acts: in which order, under which condition, but for what. */
final class SequenceComposer {
    private SequenceComposer() {}

    /** What a rule about several acts makes of its parts. */
    static Object build(Grammar.Rule rule, List<Object> values, List<Ref> refs) {
        return switch (rule.action()) {
            case "seq" -> sequence(values, false);
            case "seqgap" -> afterPut(values);
            case "contrastplace" -> contrastPlace(values.getFirst(), refs.getLast());
            case "contrastdest" -> contrastDest(values.getFirst(), PlaceComposer.place(values));
            case "contrastobject" -> contrastObject(values.getFirst(), refs.getLast());
            case "seqreverse" -> sequence(values, true);
            case "seqnot" -> sequenceNot(values);
            case "together" -> together(values);
            case "negate" -> negate(values.getLast());
            case "notfirst" -> notFirst(values);
            case "goon" -> goOn(values, refs.getLast());
            case "matched" -> matched(values);
            case "gapped" -> gapped(values.getFirst(), refs);
            case "sameagain" -> sameAgain(values.getFirst(), refs.getLast());
            case "chained" -> chained(values.getFirst(), PlaceComposer.place(values));
            case "leave" -> ActComposer.leave(refs.getFirst());
            case "leavefirst", "leavenext" ->
                    sequence(List.of(ActComposer.leave(refs.getFirst()), values.getLast()), false);
            case "except" -> except(values, refs);
            case "exceptleave" -> exceptLeave(values, refs);
            case "state", "statenot" ->
                    new State(
                            refs.getFirst(),
                            Optional.of(PlaceComposer.place(values)),
                            "",
                            rule.action().endsWith("not"));
            case "stateis", "stateisnot" ->
                    new State(
                            refs.getFirst(),
                            Optional.empty(),
                            word(values),
                            rule.action().endsWith("not"));
            case "stateexists" -> new State(refs.getFirst(), Optional.empty(), "exists", false);
            case "if", "ifpost" -> when(values, false);
            case "ifelse" -> when(values, true);
            default -> OrderComposer.build(rule, values, refs);
        };
    }

    private static Object last(Object steps) {
        return steps instanceof Sequence s ? s.steps().getLast() : steps;
    }

    /** "Red cube in the tray, green cube in the bowl": without a word between, only after such. */
    private static Object afterPut(List<Object> values) {
        return last(values.getFirst()) instanceof Act a && a.to().isPresent()
                ? sequence(values, false)
                : null;
    }

    /** "Put the boxes into the bins by number": each into the one with its own number. */
    private static Object matched(List<Object> values) {
        for (Object v : values) {
            boolean fits =
                    v instanceof Act a
                            && Set.of("put", "putpairs", "sort").contains(a.verb())
                            && a.to().isPresent();
            if (fits && v instanceof Act a) {
                Place to = a.to().get();
                Ref own = to.target().with(Feature.of(Type.MATCH, "number"));
                return new Act(
                        "put",
                        a.object(),
                        Optional.empty(),
                        Optional.of(new Place(to.relation(), own)),
                        Optional.empty(),
                        Optional.empty(),
                        a.by(),
                        a.negated());
            }
        }
        return null;
    }

    /** "The red cube goes in the bowl; the green one, the tray": the rest is as before. */
    private static Object gapped(Object said, List<Ref> refs) {
        return last(said) instanceof Act a && a.to().isPresent() && a.object().isPresent()
                ? sequence(
                        List.of(
                                said,
                                a.withObject(refs.getFirst())
                                        .withPlace(
                                                new Place(
                                                        a.to().get().relation(), refs.getLast()))),
                        false)
                : null;
    }

    /** "... then do the same with the red cube". */
    private static Object sameAgain(Object said, Ref other) {
        return last(said) instanceof Act a && a.object().isPresent() && !a.negated()
                ? sequence(List.of(said, a.withObject(other)), false)
                : null;
    }

    /** "A belongs on B, which belongs on C": where it is put goes somewhere itself. */
    private static Object chained(Object said, Place to) {
        return said instanceof Act a && a.to().isPresent() && !a.negated()
                ? sequence(List.of(a, a.withObject(a.to().get().target()).withPlace(to)), false)
                : null;
    }

    /** "... next to the cup, not the bowl". */
    private static Object contrastPlace(Object said, Ref not) {
        if (!(said instanceof Act a) || a.negated() || a.to().isEmpty()) {
            return null;
        }
        Place to = a.to().get();
        Ref where = ReferenceComposer.corrected(to.target(), not);
        return sequence(List.of(a, a.withPlace(new Place(to.relation(), where)).negate()), false);
    }

    /** "... in the bowl, not in the box". */
    private static Object contrastDest(Object said, Place not) {
        return said instanceof Act a && !a.negated() && a.to().isPresent() && not != null
                ? sequence(List.of(a, a.withPlace(not).negate()), false)
                : null;
    }

    /** "Take the red cube, not the green one". */
    private static Object contrastObject(Object said, Ref not) {
        return said instanceof Act a && !a.negated() && a.object().isPresent()
                ? sequence(
                        List.of(
                                a,
                                ActComposer.leave(
                                        ReferenceComposer.corrected(a.object().get(), not))),
                        false)
                : null;
    }

    /** "... the red one stays": it is not among the things to be moved, and is not touched. */
    private static Object exceptLeave(List<Object> values, List<Ref> refs) {
        Object last = last(values.getFirst());
        boolean several =
                last instanceof Act a
                        && a.object()
                                .filter(o ->
                                        !o.members().isEmpty()
                                                || o.has(Type.PLURAL)
                                                || o.has(Type.COUNT)
                                                || o.has(Type.QUANTITY, "all"))
                                .isPresent();
        Object acts = several ? except(values, refs) : values.getFirst();
        return acts == null
                ? null
                : sequence(List.of(acts, ActComposer.leave(refs.getLast())), false);
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

    static String word(List<Object> values) {
        for (Object v : values) {
            if (v instanceof String s
                    && Set.of("open", "closed", "turned_on", "turned_off", "empty").contains(s)) {
                return s;
            }
        }
        return "";
    }

    static Object when(List<Object> values, boolean otherwise) {
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
