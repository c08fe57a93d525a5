package org.openkaiwu.brain.language;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.openkaiwu.brain.language.Meaning.Act;
import org.openkaiwu.brain.language.Meaning.Feature;
import org.openkaiwu.brain.language.Meaning.Place;
import org.openkaiwu.brain.language.Meaning.Ref;
import org.openkaiwu.brain.language.Meaning.Type;

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

    /** What a rule about acts makes of its parts; rules about other things are passed on. */
    static Object build(Grammar.Rule rule, List<Object> values, List<Ref> refs) {
        return switch (rule.action()) {
            case "act" -> act(rule, rule.argument(), values);
            case "actonoffnp" -> onOff(refs.getFirst(), values);
            case "actonoff" -> act(rule, String.valueOf(values.getLast()), values);
            case "actpassive" -> passive(values, refs);
            case "topic" -> topic(refs.getFirst(), values.getLast());
            case "redirect" -> redirect(values);
            case "redirectobject" -> redirectObject(values.getFirst(), refs.getLast());
            case "redirectplace" -> redirectPlace(values.getFirst(), refs.getLast());
            default -> SequenceComposer.build(rule, values, refs);
        };
    }

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
        Place to = PlaceComposer.place(values);
        return values.getFirst() instanceof Act a && !a.negated() && a.to().isPresent()
                ? a.withPlace(to)
                : null;
    }

    /** "Put the red cube in the tray, no, the blue one": another thing for the same act. */
    private static Object redirectObject(Object said, Ref now) {
        return said instanceof Act a && !a.negated() && a.object().isPresent()
                ? a.withObject(ReferenceComposer.corrected(a.object().get(), now))
                : null;
    }

    /** "... in the bowl, no, the box": another place for the same act. */
    private static Object redirectPlace(Object said, Ref now) {
        if (!(said instanceof Act a) || a.negated() || a.to().isEmpty()) {
            return null;
        }
        Place to = a.to().get();
        Ref where = ReferenceComposer.corrected(to.target(), now);
        return a.withPlace(new Place(to.relation(), where));
    }
}
