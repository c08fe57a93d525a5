package org.openkaiwu.skill;

import java.util.function.IntFunction;
import org.openkaiwu.math.Pose;
import org.openkaiwu.math.Vec3;
import org.openkaiwu.motion.ArmModel;
import org.openkaiwu.motion.PlanningScene;

/** Whether the arms stay clear of things while the base moves and they do not. */
final class ArmSweep {
    /** Turning that is looked at in steps of, rad. */
    private static final double STEP = 0.12;

    /** Going straight is looked at in steps of, m, and to begin with in so many directions. */
    private static final double SLIDE = 0.05;

    private static final int WAYS = 8;

    private ArmSweep() {}

    /** Whether the arms stay clear while the base turns once about where it stands. */
    static boolean turnsAbout(Agent agent) {
        Pose base = agent.telemetry().base();
        double yaw = base.q().yaw();
        double half = Math.nextDown(Math.PI);
        return turns(agent, base.p().x(), base.p().y(), yaw, yaw + half)
                && turns(agent, base.p().x(), base.p().y(), yaw, yaw - half);
    }

    /** Whether the arms stay clear while the base turns at a point from one heading to another. */
    static boolean turns(Agent agent, double x, double y, double from, double to) {
        double turn = Math.IEEEremainder(to - from, 2 * Math.PI);
        int n = Math.max(1, (int) Math.ceil(Math.abs(turn) / STEP));
        return clear(agent, n, k -> Pose.planar(x, y, from + turn * k / n), false);
    }

    /**
     * Whether the arms stay clear while the base goes straight from one point to another.
     *
     * @param away whether what they are near to now must be left by the first step; else they only
     *     come no nearer to it
     */
    static boolean slides(
            Agent agent, double x, double y, double toX, double toY, double yaw, boolean away) {
        double dx = toX - x;
        double dy = toY - y;
        int n = Math.max(1, (int) Math.ceil(StrictMath.hypot(dx, dy) / SLIDE));
        return clear(agent, n, k -> Pose.planar(x + dx * k / n, y + dy * k / n, yaw), away);
    }

    /** Whether the base can begin to move at all: a hand in a box holds it, or what it holds. */
    static boolean leaves(Agent agent, double x, double y, double yaw) {
        for (int k = 0; k < WAYS; k++) {
            double a = 2 * Math.PI * k / WAYS;
            double toX = x + SLIDE * StrictMath.cos(a);
            double toY = y + SLIDE * StrictMath.sin(a);
            if (slides(agent, x, y, toX, toY, yaw, true)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether the arms are clear at each of n steps of the base.
     *
     * @param away whether what they are near to now must be left by the first step
     */
    static boolean clear(Agent agent, int n, IntFunction<Pose> base, boolean away) {
        for (Hand hand : agent.embodiment().hands()) {
            if (!clear(agent, hand, hand.position(agent.telemetry()), n, base, away)) {
                return false;
            }
        }
        return true;
    }

    static boolean clear(
            Agent agent, Hand hand, double[] q, int n, IntFunction<Pose> base, boolean away) {
        ArmModel arm = hand.arm(agent.telemetry());
        PlanningScene scene = Workspace.scene(agent, hand);
        if (away) {
            scene.leaveStart();
        }
        double z = arm.base().p().z();
        try {
            for (int k = away ? 1 : 0; k <= n; k++) {
                Pose b = base.apply(k);
                arm.base(new Pose(new Vec3(b.p().x(), b.p().y(), z), b.q()));
                scene.refresh();
                if (!scene.free(q)) {
                    return false;
                }
            }
        } finally {
            arm.base(agent.telemetry().base());
        }
        return true;
    }
}
