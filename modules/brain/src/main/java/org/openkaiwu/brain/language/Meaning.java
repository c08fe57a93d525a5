package org.openkaiwu.brain.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a sentence says, the same for both languages, before it meets the world. */
public sealed interface Meaning {

    /** What a feature of a reference speaks of. */
    enum Type {
        KIND,
        COLOUR,
        SIZE,
        MATERIAL,
        STATE,
        SIDE,
        SUPERLATIVE,
        ORDINAL,
        COUNT,
        QUANTITY,
        OTHER,
        PRONOUN,
        LABEL,
        AT,
        OF,
        WITH,
        EXCEPT,
        MATCH,
        COMPARED,
        NOT,
        LEVEL,
        PLURAL,
        HEADLESS,
        BODY,
        UNKNOWN
    }

    /**
     * One feature.
     *
     * @param value the feature's value; of AT the relation
     * @param refs the other reference it needs (place, owner, exception); empty for most
     */
    record Feature(Type type, String value, List<Ref> refs) implements Meaning {
        static Feature of(Type type, String value) {
            return new Feature(type, value, List.of());
        }

        static Feature of(Type type, String value, Ref ref) {
            return new Feature(type, value, List.of(ref));
        }
    }

    /**
     * A reference to things.
     *
     * @param features all must fit
     * @param members of "A and B"; empty otherwise
     * @param either the members are alternatives
     */
    record Ref(List<Feature> features, List<Ref> members, boolean either) implements Meaning {
        static Ref of(Feature... features) {
            return new Ref(List.of(features), List.of(), false);
        }

        static Ref pronoun(String which) {
            return of(Feature.of(Type.PRONOUN, which));
        }

        Ref with(Feature feature) {
            if (!members.isEmpty() && !ofTheWhole(feature)) {
                // what follows a list belongs to its last member ("the cup and the bowl on the
                // tray"); a quantity belongs to all
                var list = new ArrayList<Ref>();
                boolean all = feature.type() == Type.QUANTITY;
                for (int i = 0; i < members.size(); i++) {
                    Ref m = members.get(i);
                    list.add(all || i == members.size() - 1 ? m.with(feature) : m);
                }
                return new Ref(features, List.copyOf(list), either);
            }
            var list = new ArrayList<>(features);
            list.add(feature);
            return new Ref(List.copyOf(list), members, either);
        }

        private static boolean ofTheWhole(Feature feature) {
            return feature.type() == Type.EXCEPT || feature.type() == Type.LEVEL;
        }

        boolean has(Type type) {
            return features.stream().anyMatch(f -> f.type() == type);
        }

        boolean has(Type type, String value) {
            return features.stream().anyMatch(f -> f.type() == type && f.value().equals(value));
        }

        Optional<Feature> first(Type type) {
            return features.stream().filter(f -> f.type() == type).findFirst();
        }

        List<Feature> all(Type type) {
            return features.stream().filter(f -> f.type() == type).toList();
        }
    }

    /** A place: a relation ({@code on in beside ... to}) to something. */
    record Place(String relation, Ref target) implements Meaning {}

    /**
     * A displacement.
     *
     * @param direction {@code left right forward back}, as the robot faces; empty when not said
     * @param metres how far; NaN when not said
     */
    record Shift(String direction, double metres) {
        static final Shift NONE = new Shift("", Double.NaN);

        /** As the target of a literal: {@code left_0.10}. */
        String text(double usual) {
            double d = Double.isNaN(metres) ? usual : metres;
            return direction + "_" + String.format(java.util.Locale.ROOT, "%.2f", d);
        }
    }

    /**
     * Something to do.
     *
     * @param verb {@code put hold give go open ...}
     * @param second the other thing of a swap or a stack
     * @param by which way and how far
     */
    record Act(
            String verb,
            Optional<Ref> object,
            Optional<Ref> second,
            Optional<Place> to,
            Optional<Place> from,
            Optional<Ref> who,
            Shift by,
            boolean negated)
            implements Meaning {
        Act negate() {
            return new Act(verb, object, second, to, from, who, by, !negated);
        }

        Act withObject(Ref ref) {
            return new Act(verb, Optional.of(ref), second, to, from, who, by, negated);
        }

        Act withPlace(Place place) {
            return new Act(verb, object, second, Optional.of(place), from, who, by, negated);
        }

        Act withWho(Ref ref) {
            return new Act(verb, object, second, to, from, Optional.of(ref), by, negated);
        }

        Act withShift(Shift shift) {
            return new Act(verb, object, second, to, from, who, shift, negated);
        }
    }

    /** Acts that must be done, and stay so, together. */
    record Together(List<Act> acts) implements Meaning {}

    /** Said in so few words that it must be confirmed before it is done. */
    record Doubt(Meaning meaning) implements Meaning {}

    /** Steps in order. */
    record Sequence(List<Meaning> steps) implements Meaning {}

    /**
     * A state of affairs.
     *
     * @param at where it is said to be
     * @param predicate or its state, {@code open closed turned_on ...}; empty with {@code at}
     */
    record State(Ref object, Optional<Place> at, String predicate, boolean negated)
            implements Meaning {}

    /**
     * Something to be told, not done.
     *
     * @param kind {@code what count whether holding able who}
     */
    record Question(String kind, Optional<Ref> object, Optional<Place> at) implements Meaning {}

    /** Do one thing if a state holds, else the other. */
    record When(State condition, Meaning then, Optional<Meaning> otherwise) implements Meaning {}
}
