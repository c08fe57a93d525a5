package org.openkaiwu.motion;

import org.openkaiwu.math.InputException;

/**
 * What a base covers of the floor, in the base frame: a rectangle, or a disc about the origin.
 *
 * @param front from the origin forwards, m
 * @param back from the origin backwards, m
 * @param side from the origin to either side, m
 * @param round a disc of radius {@code side}; front and back are then the same
 */
public record Footprint(double front, double back, double side, boolean round) {
    public Footprint {
        if (!(front > 0 && back > 0 && side > 0)) {
            throw new InputException("footprint", "sizes must be positive");
        }
    }

    /** A disc. */
    public static Footprint disc(double radius) {
        return new Footprint(radius, radius, radius, true);
    }

    /** A rectangle. */
    public static Footprint box(double front, double back, double side) {
        return new Footprint(front, back, side, false);
    }

    /** Radius of the largest disc about the origin inside. */
    public double inner() {
        return Math.min(side, Math.min(front, back));
    }

    /** Radius of the smallest disc about the origin that holds it. */
    public double outer() {
        return round ? side : StrictMath.hypot(Math.max(front, back), side);
    }
}
