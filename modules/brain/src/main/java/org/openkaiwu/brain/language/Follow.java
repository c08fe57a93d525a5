package org.openkaiwu.brain.language;

import java.util.Optional;
import org.openkaiwu.brain.language.Meaning.Place;
import org.openkaiwu.brain.language.Meaning.Ref;

/**
 * A sentence read as a reaction to what was said before.
 *
 * @param again the same once more
 * @param another the same with another thing
 * @param back undo where something was put
 * @param correction it begins with a "no", or with an "and": the last act with something else
 * @param yes it agrees
 * @param no it declines
 * @param ref it is only a reference
 * @param place it is only a place
 * @param shift it is only a direction or distance
 */
record Follow(
        boolean again,
        boolean another,
        boolean back,
        boolean correction,
        boolean yes,
        boolean no,
        Optional<Ref> ref,
        Optional<Place> place,
        Optional<Meaning.Shift> shift) {

    static Follow of(String sentence, Words words, SceneView scene) {
        Lattice lattice = Lattice.of(sentence, words, scene, false);
        Object value = null;
        if (lattice.length() > 0) {
            for (Chart.Edge e : Chart.read(words.grammar(), lattice, "follow")) {
                value = e.value();
                break;
            }
        }
        if (value instanceof Meaning.Act a) {
            boolean way = a.to().isEmpty();
            return new Follow(
                    false,
                    false,
                    false,
                    false,
                    false,
                    false,
                    Optional.empty(),
                    a.to(),
                    way ? Optional.of(a.by()) : Optional.empty());
        }
        if (value instanceof Composer.Reaction r) {
            String kind = r.kind();
            Optional<Ref> ref =
                    r.content() instanceof Ref x ? Optional.of(x) : Optional.<Ref>empty();
            boolean to = kind.equals("correctionto");
            Optional<Place> place =
                    r.content() instanceof Place p
                            ? Optional.of(p)
                            : to ? ref.map(x -> new Place("to", x)) : Optional.<Place>empty();
            return new Follow(
                    kind.equals("again"),
                    kind.equals("another"),
                    kind.equals("back"),
                    kind.startsWith("correction") || kind.equals("also"),
                    kind.equals("yes"),
                    kind.equals("no"),
                    to ? Optional.empty() : ref,
                    place,
                    Optional.empty());
        }
        return new Follow(
                false,
                false,
                false,
                false,
                false,
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
