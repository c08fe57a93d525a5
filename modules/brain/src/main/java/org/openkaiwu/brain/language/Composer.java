package org.openkaiwu.brain.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.openkaiwu.brain.language.Meaning.Feature;
import org.openkaiwu.brain.language.Meaning.Place;
import org.openkaiwu.brain.language.Meaning.Ref;
import org.openkaiwu.brain.language.Meaning.Type;

/**
 * Makes meanings of grammar rules: the actions named in grammar.yaml. A rule whose parts do not go
 * together gives null and is dropped by the chart.
 */
final class Composer {
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
            case "DET", "WHICHEVER" -> ref(Type.QUANTITY, "the");
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

    static Ref ref(Type type, String value) {
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
            case "last" -> values.getLast();
            case "second" -> refs.isEmpty() ? null : refs.getLast();
            case "doubt" -> new Meaning.Doubt((Meaning) values.getFirst());
            case "react" -> new Reaction(rule.argument(), content(values));
            case "question" -> question(rule, values, refs);
            case "headless" -> ReferenceComposer.headless(ReferenceComposer.merge(refs), kids);
            case "juxtaposed" ->
                    latin(kids[0])
                            ? null
                            : ReferenceComposer.owned(refs.getLast(), refs.getFirst());
            default -> ReferenceComposer.build(rule, values, refs);
        };
    }

    private static Meaning.Question question(
            Grammar.Rule rule, List<Object> values, List<Ref> refs) {
        boolean what = rule.argument().equals("what") || refs.isEmpty();
        return new Meaning.Question(
                rule.argument().replaceFirst("z$", ""),
                what ? Optional.empty() : Optional.of(refs.getFirst()),
                Optional.ofNullable(PlaceComposer.place(values)));
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
}
