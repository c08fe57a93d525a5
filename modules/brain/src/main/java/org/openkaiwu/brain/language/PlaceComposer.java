package org.openkaiwu.brain.language;

import java.util.List;
import java.util.Set;
import org.openkaiwu.brain.language.Meaning.Place;
import org.openkaiwu.brain.language.Meaning.Ref;
import org.openkaiwu.brain.language.Meaning.Type;

/** The composer's part for places and lengths. */
final class PlaceComposer {
    private static final Set<String> SIDES =
            Set.of("left", "right", "front", "back", "middle", "top", "bottom");

    private static final Ref IT = Ref.pronoun("it");

    private PlaceComposer() {}

    /** What a rule about a place makes of its parts; rules about other things are passed on. */
    static Object build(Grammar.Rule rule, List<Object> values, List<Ref> refs) {
        return switch (rule.action()) {
            case "place" -> new Place(relation(values), refs.getLast());
            case "placecentre" -> new Place("centre", refs.getLast());
            case "placeto" -> new Place("to", refs.getLast());
            case "eachto" -> each(refs.getLast());
            case "placefrom" -> new Place("from", refs.getLast());
            case "placebetween" -> between(relation(values), refs);
            case "placethere" -> new Place(relation(values), IT);
            case "placeside" ->
                    new Place("side_" + refs.getFirst().features().getFirst().value(), IT);
            case "sideplace" -> sidePlace(refs);
            case "measured" -> measured(values);
            case "measuredz" ->
                    measured(List.of(new Place(relation(values), refs.getLast()), length2(values)));
            case "measuredfrom" ->
                    measured(List.of(new Place("beside", refs.getLast()), length2(values)));
            case "length" -> length(values);
            case "lengthtenths" -> tenths(refs);
            case "lengthhalf" -> half(values);
            case "angle" -> Double.valueOf(ReferenceComposer.count(refs.getFirst()));
            case "amount" -> Double.valueOf(String.valueOf(values.getFirst()));
            default -> ActComposer.build(rule, values, refs);
        };
    }

    /** 每个料箱: each of a kind as a place. */
    private static Place each(Ref ref) {
        boolean fits = ref.has(Type.QUANTITY, "all") && ref.has(Type.KIND) && !ref.has(Type.OTHER);
        return fits ? new Place("to", ref) : null;
    }

    private static Place between(String relation, List<Ref> refs) {
        boolean both = relation.equals("between") || refs.size() == 2;
        return both ? new Place(relation, ReferenceComposer.coord(refs, false)) : null;
    }

    /** 一米五: metres and tenths. */
    private static Double tenths(List<Ref> refs) {
        double tenths = Double.parseDouble(ReferenceComposer.count(refs.getLast()));
        return tenths < 10
                ? Double.parseDouble(ReferenceComposer.count(refs.getFirst())) + tenths / 10
                : null;
    }

    /** 两米半: and half a unit. */
    private static Double half(List<Object> values) {
        return length(values.subList(0, 2))
                + Double.parseDouble(String.valueOf(values.getLast()))
                        * Double.parseDouble(String.valueOf(values.get(1)));
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
    static String relation(List<Object> values) {
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

    static String lastWord(List<Object> values) {
        return relation(values.subList(1, values.size()));
    }

    static Double length2(List<Object> values) {
        return (Double) values.stream().filter(Double.class::isInstance).findFirst().orElseThrow();
    }

    /** "10 cm left of": the side with the gap, {@code left_of_0.10}. */
    static Object measured(List<Object> values) {
        Place p = place(values);
        if (p == null || !p.relation().matches("left_of|right_of|front_of|behind|beside|near")) {
            return null;
        }
        String side = p.relation().equals("near") ? "beside" : p.relation();
        String gap = String.format(java.util.Locale.ROOT, "%.2f", length2(values));
        return new Place(side + "_" + gap, p.target());
    }

    static Object sidePlace(List<Ref> refs) {
        String side =
                refs.stream()
                        .filter(r -> r.has(Type.SIDE))
                        .findFirst()
                        .map(r -> r.features().getFirst().value())
                        .orElse("");
        if (!SIDES.contains(side)) {
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

    /** A number and a unit, in metres. */
    static Double length(List<Object> values) {
        String number =
                values.getFirst() instanceof Ref r
                        ? ReferenceComposer.count(r)
                        : String.valueOf(values.getFirst());
        return Double.parseDouble(number) * Double.parseDouble(String.valueOf(values.getLast()));
    }
}
