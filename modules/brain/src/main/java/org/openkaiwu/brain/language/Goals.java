package org.openkaiwu.brain.language;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.openkaiwu.brain.Goal;

/** Views of goals. */
public final class Goals {
    private Goals() {}

    /**
     * The literals that must hold when all steps are done: what a later step undoes is left out,
     * and having gone somewhere no longer counts once something was carried on from there.
     */
    public static List<Goal.Literal> atEnd(Goal goal) {
        return Placing.atEnd(goal);
    }

    /** Whether two goals end alike: going somewhere first is no other wish. */
    static boolean same(Goal a, Goal b) {
        return a.equals(b)
                || Placing.atEnd(a).equals(Placing.atEnd(b)) && avoid(a).equals(avoid(b));
    }

    /** Whether a goal is another one with fewer promises. */
    static boolean laxer(Goal a, Goal b) {
        return Placing.atEnd(a).equals(Placing.atEnd(b))
                && avoid(b).containsAll(avoid(a))
                && avoid(b).size() > avoid(a).size();
    }

    private static Set<Goal.Literal> avoid(Goal g) {
        var out = new LinkedHashSet<Goal.Literal>();
        g.steps().forEach(s -> out.addAll(s.avoid()));
        return out;
    }
}
