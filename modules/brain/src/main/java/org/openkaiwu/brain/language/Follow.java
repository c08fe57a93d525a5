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
 * @param correction it begins with a "no"
 * @param ref it is only a reference
 * @param place it is only a place
 */
record Follow(
        boolean again,
        boolean another,
        boolean back,
        boolean correction,
        Optional<Ref> ref,
        Optional<Place> place) {

    static Follow of(String sentence, Words words, SceneView scene) {
        Lattice lattice = Lattice.of(sentence, words, scene, false);
        Object value = null;
        if (lattice.length() > 0) {
            for (Chart.Edge e : Chart.read(words.grammar(), lattice, "follow")) {
                value = e.value();
                break;
            }
        }
        boolean correction = false;
        if (value instanceof Composer.Reaction r) {
            correction = r.kind().equals("correction");
            return new Follow(
                    r.kind().equals("again"),
                    r.kind().equals("another"),
                    r.kind().equals("back"),
                    correction,
                    r.content() instanceof Ref ref ? Optional.of(ref) : Optional.empty(),
                    r.content() instanceof Place p ? Optional.of(p) : Optional.empty());
        }
        return new Follow(false, false, false, false, Optional.empty(), Optional.empty());
    }
}
