package org.openkaiwu.motion;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.openkaiwu.math.InputException;
import org.openkaiwu.math.Pose;
import org.openkaiwu.math.RandomStream;
import org.openkaiwu.math.Vec3;

/**
 * Chooses where a mobile robot should stand so that an arm reaches all of some goals: tries places
 * around the first goal, nearest to the present one first, where the footprint is free, and keeps
 * those where inverse kinematics succeeds.
 */
public final class StandPose {
    /**
     * A place.
     *
     * @param x m, map
     * @param y m, map
     * @param yaw rad
     * @param q arm configuration for each goal
     * @param travel distance from where the base is, m
     * @param cost rank
     */
    public record Stand(double x, double y, double yaw, double[][] q, double travel, double cost) {}

    private static final int AROUND = 24;
    private static final double[] SHARE = {0.55, 0.7, 0.4, 0.85};
    private static final double[] TURN = {0, 0.5, -0.5};

    private static final double[] FRONT = {0};
    private static final int POSTURES = 1000;

    /** Height of the unit vector of an approach that counts as down. */
    private static final double DOWN = -0.8;

    /** An arm whose directions have a mean of this length works to one side. */
    private static final double ONE_SIDED = 0.6;

    private final ArmModel arm;
    private final BasePlanner floor;
    private final Ik ik;
    private final double reach;
    private final double bearing;

    /**
     * A chooser.
     *
     * @param arm with a base that is not among its variables; its base pose is moved by the search
     *     and put back
     * @param floor says where the base can stand
     */
    public StandPose(ArmModel arm, BasePlanner floor) {
        if (arm.planarBase() || arm.baseBody() == 0) {
            throw new InputException(
                    "stand pose", "needs a movable base that is not among the arm's variables");
        }
        this.arm = arm;
        this.floor = floor;
        ik = new Ik(arm);
        reach = arm.reach();
        bearing = bearing();
    }

    /**
     * To which side of its base the arm stretches to pick things up, rad from x: the mean direction
     * from its foot to its tool over postures, those counted that point down; 0 where it stretches
     * to all sides alike.
     */
    private double bearing() {
        Pose base = arm.base();
        Vec3 sum = Vec3.ZERO;
        double all = 0;
        RandomStream random = RandomStream.of(1, "bearing");
        double[] lower = arm.lower();
        double[] upper = arm.upper();
        double[] q = new double[arm.size()];
        try {
            arm.base(Pose.IDENTITY);
            for (int n = 0; n < POSTURES; n++) {
                for (int i = 0; i < q.length; i++) {
                    q[i] = random.uniform(lower[i], upper[i]);
                }
                Pose tool = arm.toolPose(q);
                // what slides stretches the arm; its foot is where that begins
                for (int i = 0; i < arm.joints() && !arm.angular(i); i++) {
                    q[i] = lower[i];
                }
                Vec3 d = tool.p().minus(arm.shoulder(q));
                d = new Vec3(d.x(), d.y(), 0);
                if (tool.q().rotate(Vec3.Z).z() < DOWN && d.norm() > 1e-6) {
                    sum = sum.plus(d);
                    all += d.norm();
                }
            }
        } finally {
            arm.base(base);
        }
        return sum.norm() <= ONE_SIDED * all ? 0 : StrictMath.atan2(sum.y(), sum.x());
    }

    /**
     * Searches.
     *
     * @param goals tool goals in the map that all must be reached from one place
     * @param seed arm configuration to stay near
     * @param options of the inverse kinematics at each place
     * @param most places to find before ranking
     * @param validity asked for each configuration while the arm's base stands there; null: none
     * @return places, cheapest first; empty when there is none
     */
    public List<Stand> find(
            List<? extends ToolGoal> goals,
            double[] seed,
            Ik.Options options,
            int most,
            Validity validity) {
        Pose home = arm.base();
        try {
            List<Stand> found = new ArrayList<>();
            // facing the goal, and only where that is of no use the side that the arm stretches to
            for (double towards : bearing == 0 ? FRONT : new double[] {0, bearing}) {
                for (double[] place : places(goals.get(0).position(), towards, seed, home)) {
                    Stand s = stand(place, goals, seed, options, validity, home);
                    if (s != null) {
                        found.add(s);
                    }
                    if (found.size() >= most) {
                        break;
                    }
                }
                if (!found.isEmpty()) {
                    break;
                }
            }
            found.sort(Comparator.comparingDouble(Stand::cost));
            return found;
        } finally {
            arm.base(home);
        }
    }

    /** Free places, x y yaw travel, from which the shoulder is within reach; nearest first. */
    private List<double[]> places(Vec3 target, double towards, double[] seed, Pose home) {
        arm.base(new Pose(new Vec3(0, 0, home.p().z()), org.openkaiwu.math.Quat.IDENTITY));
        Vec3 shoulder = arm.shoulder(seed);
        double offset = StrictMath.atan2(shoulder.y(), shoulder.x());
        double arm0 = StrictMath.hypot(shoulder.x(), shoulder.y());
        List<double[]> out = new ArrayList<>();
        for (double share : SHARE) {
            for (double turn : TURN) {
                for (int k = 0; k < AROUND; k++) {
                    double a = 2 * Math.PI * k / AROUND;
                    // The shoulder stands at a share of the reach from the target, that side to it.
                    double sx = target.x() + share * reach * StrictMath.cos(a);
                    double sy = target.y() + share * reach * StrictMath.sin(a);
                    double yaw = wrap(a + Math.PI + turn - towards);
                    double x = sx - arm0 * StrictMath.cos(yaw + offset);
                    double y = sy - arm0 * StrictMath.sin(yaw + offset);
                    if (floor.free(x, y, yaw)) {
                        double far = StrictMath.hypot(x - home.p().x(), y - home.p().y());
                        out.add(new double[] {x, y, yaw, far});
                    }
                }
            }
        }
        out.sort(Comparator.comparingDouble(p -> p[3]));
        return out;
    }

    private Stand stand(
            double[] place,
            List<? extends ToolGoal> goals,
            double[] seed,
            Ik.Options options,
            Validity validity,
            Pose home) {
        Pose base = Pose.planar(place[0], place[1], place[2]);
        arm.base(new Pose(new Vec3(place[0], place[1], home.p().z()), base.q()));
        double[][] q = new double[goals.size()][];
        double[] from = seed;
        double margin = 0.5;
        for (int i = 0; i < q.length; i++) {
            Ik.Result r =
                    ik.solve(
                            goals.get(i),
                            from,
                            options,
                            validity == null ? Validity.ALWAYS : validity);
            if (!r.found()) {
                return null;
            }
            q[i] = r.best().q();
            from = q[i];
            margin = Math.min(margin, r.best().limitMargin());
        }
        double tight = Math.max(0, 0.1 - margin) * 10;
        return new Stand(place[0], place[1], place[2], q, place[3], place[3] + tight);
    }

    private static double wrap(double a) {
        return a - 2 * Math.PI * Math.rint(a / (2 * Math.PI));
    }
}
