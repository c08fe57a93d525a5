package org.openkaiwu.motion;

import org.openkaiwu.math.Vec3;

/** Quick answers whether an arm can bring its tool to a goal, and by how much it can't. */
public final class Reach {
    /**
     * An answer.
     *
     * @param reachable within tolerance
     * @param missing distance by which the nearest found configuration misses the point, m; 0 when
     *     reachable
     * @param turnMissing angle by which it misses the direction where the point itself can be had,
     *     rad; 0 when reachable or when the point can't
     * @param q the configuration, or the nearest one found
     */
    public record Answer(boolean reachable, double missing, double turnMissing, double[] q) {}

    private final ArmModel arm;
    private final Ik ik;
    private final double bound;

    /** For an arm. */
    public Reach(ArmModel arm) {
        this.arm = arm;
        ik = new Ik(arm);
        bound = arm.reach();
    }

    /**
     * Distance from the shoulder beyond which nothing can be reached, m (a bound that joint limits
     * may make smaller).
     */
    public double bound() {
        return bound;
    }

    /** Asks for a goal. */
    public Answer ask(ToolGoal goal, double[] seed, Ik.Options options) {
        return ask(goal, seed, options, Validity.ALWAYS);
    }

    /** Asks for a goal with only valid configurations counted. */
    public Answer ask(ToolGoal goal, double[] seed, Ik.Options options, Validity validity) {
        Ik.Options quick = hopeless(goal.position(), seed) ? options.effort(3, 1) : options;
        Ik.Result r = ik.solve(goal, seed, quick, validity);
        if (r.found()) {
            return new Answer(true, 0, 0, r.best().q());
        }
        Ik.Result point =
                ik.solve(
                        new ToolGoal.Point(goal.position()),
                        r.best().q(),
                        options.effort(Math.min(12, quick.attempts()), 1));
        if (!point.found()) {
            return new Answer(false, point.best().positionError(), 0, point.best().q());
        }
        return new Answer(false, 0, r.best().directionError(), r.best().q());
    }

    /** Whether the point is too far whatever the joints do; only for a base that stands. */
    private boolean hopeless(Vec3 point, double[] seed) {
        boolean lifts = false;
        for (int i = 0; i < arm.joints(); i++) {
            lifts |= !arm.angular(i);
        }
        return !arm.planarBase() && !lifts && arm.shoulder(seed).distance(point) > bound;
    }
}
