package org.openkaiwu.skill;

import java.util.List;
import org.openkaiwu.math.Pose;
import org.openkaiwu.motion.BaseFollower;

/** Where a base passes that follows a route as it is told. */
final class Sweep {
    /** Places are taken this far apart, m and rad. */
    private static final double STEP = 0.05;

    private static final double TURN = 0.12;

    private static final double TICK = 0.02;
    private static final double LONGEST = 60;

    private Sweep() {}

    /**
     * Follows a route in thought.
     *
     * @param heading at the end, rad
     * @param out places on the way are added to it, the first as well
     * @return where it ends
     */
    static Pose along(
            BaseFollower follower, Pose from, double[][] route, double heading, List<Pose> out) {
        double[] v = new double[3];
        double x = from.p().x();
        double y = from.p().y();
        double yaw = from.q().yaw();
        Pose last = Pose.planar(x, y, yaw);
        out.add(last);
        follower.start(route, heading);
        for (double t = 0; t < LONGEST; t += TICK) {
            BaseFollower.Status status = follower.tick(x, y, yaw, TICK, v);
            double c = StrictMath.cos(yaw);
            double s = StrictMath.sin(yaw);
            x += TICK * (c * v[0] - s * v[1]);
            y += TICK * (s * v[0] + c * v[1]);
            yaw += TICK * v[2];
            boolean ends = status != BaseFollower.Status.MOVING;
            double turned = Math.IEEEremainder(yaw - last.q().yaw(), 2 * Math.PI);
            double gone = StrictMath.hypot(x - last.p().x(), y - last.p().y());
            if (ends || gone > STEP || Math.abs(turned) > TURN) {
                last = Pose.planar(x, y, yaw);
                out.add(last);
            }
            if (ends) {
                break;
            }
        }
        return last;
    }
}
