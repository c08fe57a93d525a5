package org.openkaiwu.brain.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.openkaiwu.brain.language.Meaning.Feature;
import org.openkaiwu.brain.language.Meaning.Place;
import org.openkaiwu.brain.language.Meaning.Ref;
import org.openkaiwu.brain.language.Meaning.Type;

/** The composer's part for references: which features, members and owners one has. */
final class ReferenceComposer {
    private ReferenceComposer() {}

    /** What a rule about references makes of its parts; rules about other things are passed on. */
    static Object build(Grammar.Rule rule, List<Object> values, List<Ref> refs) {
        return switch (rule.action()) {
            case "ref", "compound", "demonstrative", "bodypart" -> merge(refs);
            case "any" -> merge(refs).with(Feature.of(Type.QUANTITY, "any"));
            case "all" -> refs.getFirst().with(Feature.of(Type.QUANTITY, "all"));
            case "them" -> Ref.pronoun("them");
            case "numbered", "label" -> numbered(refs);
            case "numberedall" -> numberedAll(refs);
            case "some" ->
                    merge(refs)
                            .with(Feature.of(Type.KIND, "kind:thing"))
                            .with(Feature.of(Type.QUANTITY, "any"));
            case "colours3" -> coloured(refs);
            case "colours" -> colours(refs);
            case "counted" -> refs.getLast().has(Type.COUNT) ? refs.getLast() : null;
            case "row" -> coord(refs, false);
            case "ordinal" -> Composer.ref(Type.ORDINAL, count(refs.getLast()));
            case "ordinalside" ->
                    merge(
                            List.of(
                                    refs.getFirst(),
                                    Composer.ref(Type.ORDINAL, count(refs.getLast()))));
            case "everythingof" ->
                    merge(List.of(refs.getLast(), everything(String.valueOf(values.getFirst()))));
            case "everything" -> everything(String.valueOf(values.getFirst()));
            case "everythingat" -> at(everything("all"), PlaceComposer.place(values));
            case "coord", "coordboth" -> coord(refs, false);
            case "either" -> coord(refs, true);
            case "corrected" -> corrected(refs.getFirst(), refs.getLast());
            case "exceptnp" -> exceptNp(refs.getFirst(), refs.getLast());
            case "exceptpre" -> refs.getLast().with(Feature.of(Type.EXCEPT, "", refs.getFirst()));
            case "nonmod" ->
                    new Ref(List.of(Feature.of(Type.NOT, "", refs.getLast())), List.of(), false);
            case "match" -> Composer.ref(Type.MATCH, PlaceComposer.relation(values));
            case "matchpost" ->
                    refs.getFirst().with(Feature.of(Type.MATCH, PlaceComposer.relation(values)));
            case "ordinalsize" -> ordinalSize(refs);
            case "notboth" ->
                    refs.getFirst()
                            .with(Feature.of(Type.NOT, "", refs.get(1)))
                            .with(Feature.of(Type.NOT, "", refs.get(2)));
            case "notat" -> notAt(refs.getFirst(), PlaceComposer.place(values));
            case "notatpre" ->
                    notAt(
                            refs.getLast(),
                            new Place(PlaceComposer.relation(values), refs.getFirst()));
            case "notnp" -> refs.getFirst().with(Feature.of(Type.NOT, "", refs.getLast()));
            default -> described(rule, values, refs);
        };
    }

    /** A reference with what it is near, at, of or with. */
    private static Object described(Grammar.Rule rule, List<Object> values, List<Ref> refs) {
        return switch (rule.action()) {
            case "at" -> at(refs.getFirst(), PlaceComposer.place(values));
            case "atcentre" -> at(refs.getLast(), new Place("centre", refs.getFirst()));
            case "atpre" ->
                    at(refs.getLast(), new Place(PlaceComposer.relation(values), refs.getFirst()));
            case "atpre2" ->
                    at(refs.getLast(), new Place(PlaceComposer.lastWord(values), refs.getFirst()));
            case "betweenpre" ->
                    at(
                            refs.getLast(),
                            new Place(
                                    PlaceComposer.relation(values),
                                    coord(refs.subList(0, refs.size() - 1), false)));
            case "at_from" -> at(refs.getFirst(), new Place("from", refs.getLast()));
            case "centre" -> refs.getFirst().with(Feature.of(Type.AT, "centre", lastNamed(refs)));
            case "refside", "refstate" -> refState(refs, values);
            case "nearest" ->
                    refs.getFirst()
                            .with(
                                    Feature.of(
                                            Type.SUPERLATIVE, superlative(values), refs.getLast()));
            case "compared" ->
                    refs.getFirst()
                            .with(
                                    Feature.of(
                                            Type.COMPARED,
                                            PlaceComposer.relation(values),
                                            refs.getLast()));
            case "comparedpre" ->
                    refs.getLast()
                            .with(
                                    Feature.of(
                                            Type.COMPARED,
                                            refs.get(1).features().getFirst().value(),
                                            refs.getFirst()));
            case "nearestpre" -> refs.getLast().with(nearest(refs));
            case "nearesthead" -> Ref.of(nearest(refs)).with(Feature.of(Type.HEADLESS, ""));
            case "of" -> owned(refs.getFirst(), refs.getLast());
            case "ofreverse" -> owned(refs.getLast(), refs.getFirst());
            case "with" -> refs.getFirst().with(Feature.of(Type.WITH, "", refs.get(1)));
            case "withpre" -> refs.getLast().with(Feature.of(Type.WITH, "", refs.getFirst()));
            default -> PlaceComposer.build(rule, values, refs);
        };
    }

    private static Ref lastNamed(List<Ref> refs) {
        return refs.stream().filter(r -> r.has(Type.KIND)).reduce((a, b) -> b).orElseThrow();
    }

    private static Feature nearest(List<Ref> refs) {
        String which = refs.get(1).features().getFirst().value();
        return Feature.of(Type.SUPERLATIVE, which, refs.getFirst());
    }

    /** "The red cube, no, the blue one": what the new words leave open is as it was said before. */
    static Ref corrected(Ref before, Ref now) {
        if (now.has(Type.KIND) || !now.has(Type.HEADLESS) || !before.has(Type.KIND)) {
            return now;
        }
        Ref out =
                new Ref(
                        now.features().stream().filter(f -> f.type() != Type.HEADLESS).toList(),
                        List.of(),
                        false);
        for (Feature kind : before.all(Type.KIND)) {
            out = out.with(Feature.of(Type.KIND, kind.value().replaceFirst("^name:", "like:")));
        }
        return out;
    }

    static Ref merge(List<Ref> refs) {
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

    static String count(Ref ref) {
        return ref.first(Type.COUNT).map(Feature::value).orElse("1");
    }

    /** "the red one"; two colours without a noun are two things. */
    static Ref headless(Ref ref, Chart.Edge[] kids) {
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

    static Ref numbered(List<Ref> refs) {
        Ref out = null;
        for (Ref r : refs) {
            Optional<Feature> n = r.first(Type.COUNT);
            Ref piece = n.isPresent() ? Composer.ref(Type.LABEL, n.get().value()) : r;
            out = out == null ? piece : merge(List.of(out, piece));
        }
        return out;
    }

    /** "red, green and blue cubes": one reference a colour. */
    static Ref coloured(List<Ref> refs) {
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
    static Ref colours(List<Ref> refs) {
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
    static Ref numberedAll(List<Ref> refs) {
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

    static Ref everything(String which) {
        Ref ref = Composer.ref(Type.KIND, "kind:thing").with(Feature.of(Type.QUANTITY, "all"));
        return which.equals("rest") ? ref.with(Feature.of(Type.OTHER, "rest")) : ref;
    }

    /** Only of several there can be an exception. */
    static Object exceptNp(Ref many, Ref not) {
        boolean several =
                !many.members().isEmpty()
                        || many.has(Type.PLURAL)
                        || many.has(Type.QUANTITY, "all")
                        || many.has(Type.QUANTITY, "both");
        return several ? many.with(Feature.of(Type.EXCEPT, "", not)) : null;
    }

    static Object owned(Ref part, Ref owner) {
        if (part.has(Type.PRONOUN) || owner.has(Type.PRONOUN, "me")) {
            return part.has(Type.PRONOUN) ? null : part;
        }
        return part.with(Feature.of(Type.OF, "", owner));
    }

    static Object refState(List<Ref> refs, List<Object> values) {
        Ref out = refs.getFirst();
        if (refs.size() > 1) {
            return merge(refs);
        }
        return out.with(Feature.of(Type.STATE, String.valueOf(values.getLast())));
    }

    /** "The box that is not on the belt". */
    private static Ref notAt(Ref ref, Place place) {
        Ref there = Ref.of(Feature.of(Type.AT, place.relation(), place.target()));
        return ref.has(Type.PRONOUN) ? null : ref.with(Feature.of(Type.NOT, "", there));
    }

    /** 第二大: a place in the order of sizes. */
    private static Ref ordinalSize(List<Ref> refs) {
        String extreme =
                switch (refs.getLast().features().getFirst().value()) {
                    case "large" -> "largest";
                    case "small" -> "smallest";
                    case "tall" -> "tallest";
                    case "short" -> "shortest";
                    default -> "longest";
                };
        return Composer.ref(Type.ORDINAL, count(refs.getFirst()))
                .with(Feature.of(Type.SUPERLATIVE, extreme));
    }

    static String superlative(List<Object> values) {
        for (Object v : values) {
            if (v instanceof String s && (s.equals("nearest") || s.equals("farthest"))) {
                return s;
            }
        }
        return "nearest";
    }

    static Ref coord(List<Ref> refs, boolean either) {
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

    static Object at(Ref ref, Place place) {
        if (place == null || ref.has(Type.PRONOUN)) {
            return null;
        }
        boolean one = place.relation().equals("between") && place.target().members().isEmpty();
        if (one && !place.target().has(Type.PLURAL) && !place.target().has(Type.COUNT)) {
            return null;
        }
        return ref.with(Feature.of(Type.AT, place.relation(), place.target()));
    }
}
