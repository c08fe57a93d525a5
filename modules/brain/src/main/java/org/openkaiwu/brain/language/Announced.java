package org.openkaiwu.brain.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.openkaiwu.brain.language.Meaning.Act;
import org.openkaiwu.brain.language.Meaning.Ref;
import org.openkaiwu.brain.language.Meaning.Type;

/**
 * What is announced first and told then: "clear the table, everything goes in the box" is one wish.
 */
final class Announced {
    private static final Set<String> CLEARING = Set.of("tidy", "tidyall");

    private Announced() {}

    /** The steps, with a clearing that does not say where to and the step that does made one. */
    static List<Meaning> merged(List<Meaning> steps) {
        var out = new ArrayList<Meaning>();
        for (Meaning m : steps) {
            boolean tells =
                    m instanceof Act put
                            && put.verb().equals("put")
                            && !put.negated()
                            && put.to().isPresent()
                            && put.object().map(Announced::everything).orElse(true);
            if (tells && !out.isEmpty() && out.getLast() instanceof Act clear && open(clear)) {
                out.set(out.size() - 1, clear.withPlace(((Act) m).to().get()));
            } else {
                out.add(m);
            }
        }
        return out;
    }

    private static boolean open(Act a) {
        return CLEARING.contains(a.verb()) && a.to().isEmpty() && !a.negated();
    }

    /** Whatever there is, told apart by nothing. */
    private static boolean everything(Ref ref) {
        boolean all =
                ref.has(Type.KIND, "kind:thing")
                        && (ref.has(Type.PLURAL) || ref.has(Type.QUANTITY, "all"));
        boolean plain =
                ref.features().stream()
                        .allMatch(f ->
                                f.type() == Type.KIND
                                        || f.type() == Type.PLURAL
                                        || f.type() == Type.QUANTITY);
        return ref.has(Type.PRONOUN, "them") || ref.has(Type.PRONOUN, "it") || all && plain;
    }
}
