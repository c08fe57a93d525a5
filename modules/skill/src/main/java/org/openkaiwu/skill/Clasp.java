package org.openkaiwu.skill;

import org.openkaiwu.math.Pose;
import org.openkaiwu.math.Vec3;

/**
 * How a thing is held between two hands that press on it from opposite sides.
 *
 * @param first hand that it counts as held by
 * @param second the other hand
 * @param firstInThing tool frame of the first in the thing's frame
 * @param secondInThing tool frame of the second in the thing's frame
 * @param along unit direction in the thing's frame in which the first presses; the second presses
 *     against it
 * @param force with which each presses, N
 */
public record Clasp(
        String first,
        String second,
        Pose firstInThing,
        Pose secondInThing,
        Vec3 along,
        double force) {
    /** Points of straight ways are so far apart, m. */
    static final double STEP = 0.008;

    /** Where the tools are when the thing is there. */
    Pose[] tools(Pose thing) {
        return new Pose[] {thing.times(firstInThing), thing.times(secondInThing)};
    }

    /** The direction in which a hand presses, in its tool frame. */
    Vec3 inward(int k) {
        return k == 0
                ? firstInThing.q().inverse().rotate(along)
                : secondInThing.q().inverse().rotate(along.times(-1));
    }
}
