package org.openkaiwu.skill;

import org.openkaiwu.math.Pose;
import org.openkaiwu.math.Vec3;
import org.openkaiwu.motion.CartesianPath;
import org.openkaiwu.motion.Validity;

/** How a hand gets free of what it lets go. */
final class Release {
    /** Way over a spot from which a thing is lowered, and of the hand back from it, m. */
    static final double ABOVE = 0.07;

    /** Part of its way back by which a hand is free of what it has let go. */
    static final double FREE = 0.5;

    /**
     * Upward part of the closing direction from which on a thing stays lying on the lower finger: a
     * slope on which rubber holds it.
     */
    private static final double BEARS = 0.5;

    private Release() {}

    /**
     * Whether what is let go comes out of a hand: neither finger is so far below the other that it
     * stays on that one.
     *
     * @param tool pose of the tool, map frame
     */
    static boolean slidesOut(Pose tool) {
        return Math.abs(tool.q().rotate(Vec3.X).z()) < BEARS;
    }

    /**
     * The way of a hand that has let go, as far as it is free: back along the hand, or, where that
     * soon ends, straight up.
     */
    static CartesianPath.Result away(Hand hand, Pose tool, double[] q, Validity scene) {
        Vec3 along = tool.q().rotate(Vec3.Z).times(-ABOVE);
        CartesianPath.Result back =
                ArmMotion.linePath(hand, q, new Pose(tool.p().plus(along), tool.q()), scene);
        if (back.fraction() > FREE) {
            return back;
        }
        Pose over = new Pose(tool.p().plus(new Vec3(0, 0, ABOVE)), tool.q());
        CartesianPath.Result up = ArmMotion.linePath(hand, q, over, scene);
        return up.fraction() > back.fraction() ? up : back;
    }
}
