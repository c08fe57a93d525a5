package org.openkaiwu.brain.language;

import java.util.List;
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
}
