package org.openkaiwu.brain;

import java.util.List;

/**
 * What a sentence asks for: steps in order, each a conjunction of literals that must hold at its
 * end.
 *
 * @param steps in order; all literals of a step hold together when the step is done
 */
public record Goal(List<Step> steps) {

    /**
     * One stage.
     *
     * @param literals what must hold together
     * @param avoid what must never hold on the way
     */
    public record Step(List<Literal> literals, List<Literal> avoid) {}

    /**
     * A predicate over the setting's own names, e.g. {@code on(red_cube, tray)}.
     *
     * @param predicate {@code on in beside left_of right_of front_of behind near under at facing
     *     held_by open closed turned_on turned_off stacked swapped moved pushed driven turned found
     *     looked inspected looked_for raised lowered home}; {@code inspected} and {@code
     *     looked_for} have the place that is looked at as their target, {@code moved}, {@code
     *     pushed} and {@code driven} have a displacement as their target, {@code left_0.10}:
     *     direction as the robot faces and metres, {@code turned} a side and degrees, {@code
     *     left_90}. A side may carry the gap asked for between the two things, {@code
     *     left_of_0.10}, and {@code on} a part of the face as the robot sees it: {@code on_left
     *     on_right on_front on_back on_middle}
     * @param object identifier of the thing (the robot itself: {@code robot})
     * @param target identifier of thing, place, person or region; empty when the predicate has none
     */
    public record Literal(String predicate, String object, String target) {}
}
