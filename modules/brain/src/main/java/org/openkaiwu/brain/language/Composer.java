package org.openkaiwu.brain.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.openkaiwu.brain.language.Meaning.Feature;
import org.openkaiwu.brain.language.Meaning.Place;
import org.openkaiwu.brain.language.Meaning.Ref;
import org.openkaiwu.brain.language.Meaning.Type;

/**
 * Makes meanings of grammar rules: the actions named in grammar.yaml. A rule whose parts do not go
 * together gives null and is dropped by the chart.
 */
final class Composer {
    private static final Ref IT = Ref.pronoun("it");
    private static final Set<String> SIDES_TO_RELATION =
            Set.of("left", "right", "front", "back", "middle", "top", "bottom");

    /** A sentence read as a reaction: its kind and what it names, if anything. */
    record Reaction(String kind, Object content) {}

    private static Object content(List<Object> values) {
        for (Object v : values) {
            if (v instanceof Ref || v instanceof Place) {
                return v;
            }
        }
        return "";
    }

    private final Lattice lattice;

    Composer(Lattice lattice) {
        this.lattice = lattice;
    }

    /** English puts no two things side by side without a word between. */
    private boolean latin(Chart.Edge edge) {
        var tokens = new ArrayList<Lattice.Token>();
        edge.tokens(tokens);
        return lattice.text().charAt(tokens.getLast().stop() - 1) < 128;
    }

    /**
     * Meaning of a single word: features of a reference for nouns and qualities, else its value.
     */
    Object leaf(Words.Sense s) {
        return switch (s.category()) {
            case "N", "NPERSON" -> noun(s);
            case "COL" -> ref(Type.COLOUR, s.value());
            case "SIZE" -> ref(Type.SIZE, s.value());
            case "MAT" -> ref(Type.MATERIAL, s.value());
            case "STATE" -> ref(Type.STATE, s.value());
            case "SIDE" -> ref(Type.SIDE, s.value().equals("mid") ? "middle" : s.value());
            case "SIDEPP" -> ref(Type.SIDE, s.value());
            case "SUP" -> ref(Type.SUPERLATIVE, s.value());
            case "ORD" -> ref(Type.ORDINAL, s.value());
            case "NUM" -> ref(Type.COUNT, s.value());
            case "ALL", "DOU" -> ref(Type.QUANTITY, s.value());
            case "ANY" -> ref(Type.QUANTITY, "any");
            case "DET" -> ref(Type.QUANTITY, "the");
            case "DEM" -> ref(Type.QUANTITY, "that");
            case "OTHER" -> ref(Type.OTHER, s.value());
            case "PRON", "TOGETHER" -> Ref.pronoun(s.value());
            case "UNKADJ" -> ref(Type.UNKNOWN, s.value());
            case "BODYPART" -> ref(Type.BODY, s.value());
            default -> s.value();
        };
    }

    private static Ref noun(Words.Sense s) {
        Ref ref = ref(Type.KIND, s.value());
        return s.plural() ? ref.with(Feature.of(Type.PLURAL, "")) : ref;
    }

    private static Ref ref(Type type, String value) {
        return Ref.of(Feature.of(type, value));
    }

    Object build(Grammar.Rule rule, Chart.Edge[] kids) {
        var values = new ArrayList<Object>(kids.length);
        for (Chart.Edge kid : kids) {
            values.add(kid.value());
        }
        var refs = new ArrayList<Ref>();
        values.forEach(v -> {
            if (v instanceof Ref r) {
                refs.add(r);
            }
        });
        return switch (rule.action()) {
            case "same" -> same(values);
            case "length" -> length(values);
            case "angle" -> Double.valueOf(count(refs.getFirst()));
            case "amount" -> Double.valueOf(String.valueOf(values.getFirst()));
            case "doubt" -> new Meaning.Doubt((Meaning) values.getFirst());
            case "react" -> new Reaction(rule.argument(), content(values));
            case "last" -> values.getLast();
            case "second" -> refs.isEmpty() ? null : refs.getLast();
            case "ref" -> merge(refs);
            case "any" -> merge(refs).with(Feature.of(Type.QUANTITY, "any"));
            case "all" -> refs.getFirst().with(Feature.of(Type.QUANTITY, "all"));
            case "headless" -> headless(merge(refs), kids);
            case "compound" -> merge(refs);
            case "numbered", "label" -> numbered(refs);
            case "numberedall" -> numberedAll(refs);
            case "some" ->
                    merge(refs)
                            .with(Feature.of(Type.KIND, "kind:thing"))
                            .with(Feature.of(Type.QUANTITY, "any"));
            case "colours3" -> coloured(refs);
            case "colours" -> colours(refs);
            case "ordinal" -> ref(Type.ORDINAL, count(refs.getLast()));
            case "ordinalside" ->
                    merge(List.of(refs.getFirst(), ref(Type.ORDINAL, count(refs.getLast()))));
            case "demonstrative" -> merge(refs);
            case "bodypart" -> merge(refs);
            case "everythingof" ->
                    merge(List.of(refs.getLast(), everything(String.valueOf(values.getFirst()))));
            case "everything" -> everything(String.valueOf(values.getFirst()));
            default -> build2(rule, values, refs, kids);
        };
    }

    /** A number and a unit, in metres. */
    private static Double length(List<Object> values) {
        String number =
                values.getFirst() instanceof Ref r ? count(r) : String.valueOf(values.getFirst());
        return Double.parseDouble(number) * Double.parseDouble(String.valueOf(values.getLast()));
    }

    private static Object same(List<Object> values) {
        // connectives are words (strings); the part that carries the meaning is not
        for (Object v : values) {
            if (!(v instanceof String)) {
                return v;
            }
        }
        return values.getLast();
    }

    private static Ref merge(List<Ref> refs) {
        Ref out = refs.getFirst();
        for (Ref r : refs.subList(1, refs.size())) {
            if (!r.members().isEmpty()) {
                Ref front = out;
                out = r;
                for (Feature f : front.features()) {
                    out = out.with(f);
                }
                continue;
            }
            for (Feature f : r.features()) {
                out = out.with(f);
            }
        }
        return out;
    }

    private static String count(Ref ref) {
        return ref.first(Type.COUNT).map(Feature::value).orElse("1");
    }

    /** "the red one"; two colours without a noun are two things. */
    private static Ref headless(Ref ref, Chart.Edge[] kids) {
        var tokens = new ArrayList<Lattice.Token>();
        for (Chart.Edge kid : kids) {
            kid.tokens(tokens);
        }
        Type only = ref.features().getFirst().type();
        if (tokens.size() == 1
                && (only == Type.SIDE || only == Type.SUPERLATIVE || only == Type.STATE)) {
            return null; // a bare side is a place, not a thing
        }
        return ref.all(Type.COLOUR).size() > 1 ? null : ref.with(Feature.of(Type.HEADLESS, ""));
    }

    private static Ref numbered(List<Ref> refs) {
        Ref out = null;
        for (Ref r : refs) {
            Optional<Feature> n = r.first(Type.COUNT);
            Ref piece = n.isPresent() ? ref(Type.LABEL, n.get().value()) : r;
            out = out == null ? piece : merge(List.of(out, piece));
        }
        return out;
    }

    /** "red, green and blue cubes": one reference a colour. */
    private static Ref coloured(List<Ref> refs) {
        Ref noun = refs.getLast();
        if (!noun.has(Type.PLURAL)) {
            return null;
        }
        Ref one =
                new Ref(
                        noun.features().stream().filter(f -> f.type() != Type.PLURAL).toList(),
                        List.of(),
                        false);
        var members = new ArrayList<Ref>();
        for (Ref r : refs.subList(0, refs.size() - 1)) {
            members.add(merge(List.of(r, one)));
        }
        return new Ref(List.of(), List.copyOf(members), false);
    }

    /** Two colours and "two": one thing of each. */
    private static Ref colours(List<Ref> refs) {
        Ref noun = refs.getLast();
        var members = new ArrayList<Ref>();
        long count = 0;
        for (Ref r : refs) {
            if (r.has(Type.COLOUR) && r != noun) {
                members.add(merge(List.of(r, noun)));
            }
            count += r.first(Type.COUNT).map(f -> Long.parseLong(f.value())).orElse(0L);
        }
        return count == members.size() ? new Ref(List.of(), List.copyOf(members), false) : null;
    }

    /** "boxes 1 and 2": one reference a number. */
    private static Ref numberedAll(List<Ref> refs) {
        Ref kind = null;
        for (Ref r : refs) {
            if (r.has(Type.KIND)) {
                kind = Ref.of(r.all(Type.KIND).getLast());
            }
        }
        var members = new ArrayList<Ref>();
        for (Ref r : refs) {
            Optional<Feature> n = r.first(Type.COUNT);
            if (n.isPresent() && kind != null) {
                members.add(kind.with(Feature.of(Type.LABEL, n.get().value())));
            }
        }
        return new Ref(List.of(), List.copyOf(members), false);
    }

    private static Ref everything(String which) {
        Ref ref = ref(Type.KIND, "kind:thing").with(Feature.of(Type.QUANTITY, "all"));
        return which.equals("rest") ? ref.with(Feature.of(Type.OTHER, "rest")) : ref;
    }

    private Object build2(
            Grammar.Rule rule, List<Object> values, List<Ref> refs, Chart.Edge[] kids) {
        return switch (rule.action()) {
            case "coord" -> coord(refs, false);
            case "coordboth" -> coord(refs, false);
            case "either" -> coord(refs, true);
            case "at" -> at(refs.getFirst(), place(values));
            case "atcentre" -> at(refs.getLast(), new Place("centre", refs.getFirst()));
            case "atpre" -> at(refs.getLast(), new Place(relation(values), refs.getFirst()));
            case "atpre2" -> at(refs.getLast(), new Place(lastWord(values), refs.getFirst()));
            case "betweenpre" ->
                    at(
                            refs.getLast(),
                            new Place(
                                    relation(values),
                                    coord(refs.subList(0, refs.size() - 1), false)));
            case "at_from" -> at(refs.getFirst(), new Place("from", refs.getLast()));
            case "centre" ->
                    refs.getFirst()
                            .with(
                                    Feature.of(
                                            Type.AT,
                                            "centre",
                                            refs.stream()
                                                    .filter(r -> r.has(Type.KIND))
                                                    .reduce((a, b) -> b)
                                                    .orElseThrow()));
            case "refside", "refstate" -> refState(refs, values);
            case "nearest" ->
                    refs.getFirst()
                            .with(
                                    Feature.of(
                                            Type.SUPERLATIVE, superlative(values), refs.getLast()));
            case "nearestpre" ->
                    refs.getLast()
                            .with(
                                    Feature.of(
                                            Type.SUPERLATIVE,
                                            refs.get(1).features().getFirst().value(),
                                            refs.getFirst()));
            case "nearesthead" ->
                    Ref.of(
                                    Feature.of(
                                            Type.SUPERLATIVE,
                                            refs.get(1).features().getFirst().value(),
                                            refs.getFirst()))
                            .with(Feature.of(Type.HEADLESS, ""));
            case "of" -> owned(refs.getFirst(), refs.getLast());
            case "juxtaposed" -> latin(kids[0]) ? null : owned(refs.getLast(), refs.getFirst());
            case "ofreverse" -> owned(refs.getLast(), refs.getFirst());
            case "with" -> refs.getFirst().with(Feature.of(Type.WITH, "", refs.get(1)));
            case "withpre" -> refs.getLast().with(Feature.of(Type.WITH, "", refs.getFirst()));
            case "exceptnp" -> exceptNp(refs.getFirst(), refs.getLast());
            case "exceptpre" -> refs.getLast().with(Feature.of(Type.EXCEPT, "", refs.getFirst()));
            default -> build3(rule, values, refs);
        };
    }

    /** Only of several there can be an exception. */
    private static Object exceptNp(Ref many, Ref not) {
        boolean several =
                !many.members().isEmpty()
                        || many.has(Type.PLURAL)
                        || many.has(Type.QUANTITY, "all")
                        || many.has(Type.QUANTITY, "both");
        return several ? many.with(Feature.of(Type.EXCEPT, "", not)) : null;
    }

    private static Object owned(Ref part, Ref owner) {
        if (part.has(Type.PRONOUN) || owner.has(Type.PRONOUN, "me")) {
            return part.has(Type.PRONOUN) ? null : part;
        }
        return part.with(Feature.of(Type.OF, "", owner));
    }

    private static Object refState(List<Ref> refs, List<Object> values) {
        Ref out = refs.getFirst();
        if (refs.size() > 1) {
            return merge(refs);
        }
        return out.with(Feature.of(Type.STATE, String.valueOf(values.getLast())));
    }

    private static String superlative(List<Object> values) {
        for (Object v : values) {
            if (v instanceof String s && (s.equals("nearest") || s.equals("farthest"))) {
                return s;
            }
        }
        return "nearest";
    }

    private static Ref coord(List<Ref> refs, boolean either) {
        var members = new ArrayList<Ref>();
        for (Ref r : refs) {
            // the "both" of "both a and b" says no more than the two
            if (r.members().isEmpty() && r.features().size() == 1 && r.has(Type.QUANTITY, "both")) {
                continue;
            }
            if (!r.members().isEmpty() && r.either() == either) {
                members.addAll(r.members());
            } else {
                members.add(r);
            }
        }
        return new Ref(List.of(), List.copyOf(members), either);
    }

    private static Object at(Ref ref, Place place) {
        if (place == null || ref.has(Type.PRONOUN)) {
            return null;
        }
        boolean one = place.relation().equals("between") && place.target().members().isEmpty();
        if (one && !place.target().has(Type.PLURAL) && !place.target().has(Type.COUNT)) {
            return null;
        }
        return ref.with(Feature.of(Type.AT, place.relation(), place.target()));
    }

    static Place place(List<Object> values) {
        for (Object v : values) {
            if (v instanceof Place p) {
                return p;
            }
        }
        return null;
    }

    /**
     * The relation word among the parts: the most telling one (a locative before a preposition).
     */
    private static String relation(List<Object> values) {
        String out = "to";
        for (Object v : values) {
            if (v instanceof String s
                    && !s.equals("at")
                    && !s.equals("to")
                    && !s.equals("de")
                    && !s.equals("from")
                    && !s.equals("and")
                    && !s.equals("put")
                    && !s.equals("hold")) {
                out = s;
            }
        }
        return out;
    }

    private static String lastWord(List<Object> values) {
        return relation(values.subList(1, values.size()));
    }

    private Object build3(Grammar.Rule rule, List<Object> values, List<Ref> refs) {
        return switch (rule.action()) {
            case "place" -> new Place(relation(values), refs.getLast());
            case "placecentre" -> new Place("centre", refs.getLast());
            case "placeto" -> new Place("to", refs.getLast());
            case "placefrom" -> new Place("from", refs.getLast());
            case "placebetween" ->
                    relation(values).equals("between")
                            ? new Place("between", coord(refs, false))
                            : refs.size() == 2
                                    ? new Place(relation(values), coord(refs, false))
                                    : null;
            case "question" ->
                    new Meaning.Question(
                            rule.argument().replaceFirst("z$", ""),
                            rule.argument().equals("what") || refs.isEmpty()
                                    ? Optional.empty()
                                    : Optional.of(refs.getFirst()),
                            Optional.ofNullable(place(values)));
            case "nonmod" ->
                    new Ref(List.of(Feature.of(Type.NOT, "", refs.getLast())), List.of(), false);
            case "notnp" -> refs.getFirst().with(Feature.of(Type.NOT, "", refs.getLast()));
            case "notfirst" -> ActComposer.notFirst(values);
            case "redirect" -> ActComposer.redirect(values);
            case "goon" -> ActComposer.goOn(values, refs.getLast());
            case "measured" -> measured(values);
            case "measuredz" ->
                    measured(List.of(new Place(relation(values), refs.getLast()), length2(values)));
            case "measuredfrom" ->
                    measured(List.of(new Place("beside", refs.getLast()), length2(values)));
            case "placethere" -> new Place(relation(values), IT);
            case "placeside" ->
                    new Place("side_" + refs.getFirst().features().getFirst().value(), IT);
            case "sideplace" -> sidePlace(refs);
            case "act" -> ActComposer.act(rule, rule.argument(), values);
            case "actonoffnp" -> ActComposer.onOff(refs.getFirst(), values);
            case "actonoff" -> ActComposer.actOnOff(rule, values);
            case "actpassive" -> ActComposer.passive(values, refs);
            case "negate" -> ActComposer.negate(values.getLast());
            case "together" -> ActComposer.together(values);
            case "seq" -> ActComposer.sequence(values, false);
            case "seqreverse" -> ActComposer.sequence(values, true);
            case "topic" -> ActComposer.topic(refs.getFirst(), values.getLast());
            case "leavenext" ->
                    ActComposer.sequence(
                            List.of(ActComposer.leave(refs.getFirst()), values.getLast()), false);
            case "leave" -> ActComposer.leave(refs.getFirst());
            case "leavefirst" ->
                    ActComposer.sequence(
                            List.of(ActComposer.leave(refs.getFirst()), values.getLast()), false);
            case "seqnot" -> ActComposer.sequenceNot(values);
            case "except" -> ActComposer.except(values, refs);
            default -> ActComposer.state(rule, values, refs);
        };
    }

    private static Double length2(List<Object> values) {
        return (Double) values.stream().filter(Double.class::isInstance).findFirst().orElseThrow();
    }

    /** "10 cm left of": the side with the gap, {@code left_of_0.10}. */
    private static Object measured(List<Object> values) {
        Place p = place(values);
        if (p == null || !p.relation().matches("left_of|right_of|front_of|behind|beside|near")) {
            return null;
        }
        String side = p.relation().equals("near") ? "beside" : p.relation();
        String gap = String.format(java.util.Locale.ROOT, "%.2f", length2(values));
        return new Place(side + "_" + gap, p.target());
    }

    private static Object sidePlace(List<Ref> refs) {
        String side =
                refs.stream()
                        .filter(r -> r.has(Type.SIDE))
                        .findFirst()
                        .map(r -> r.features().getFirst().value())
                        .orElse("");
        if (!SIDES_TO_RELATION.contains(side)) {
            return null;
        }
        String relation =
                switch (side) {
                    case "left" -> "left_of";
                    case "right" -> "right_of";
                    case "front" -> "front_of";
                    case "back" -> "behind";
                    case "top" -> "top";
                    case "bottom" -> "under";
                    default -> "on";
                };
        Ref target =
                refs.stream()
                        .filter(r -> r.has(Type.KIND) || r.has(Type.PRONOUN) || !r.has(Type.SIDE))
                        .reduce((a, b) -> b)
                        .orElse(refs.getLast());
        return new Place(relation, target);
    }
}
