package org.openkaiwu.motion;

import java.util.ArrayList;
import java.util.List;
import org.openkaiwu.math.InputException;
import org.openkaiwu.math.Pose;
import org.openkaiwu.math.Quat;
import org.openkaiwu.math.Vec3;

/**
 * Moves a tool along a straight line (approach, lift, retreat): inverse kinematics at small steps,
 * each from the step before, so that the arm never changes its branch on the way.
 */
public final class CartesianPath {
    /** Why a line ends before its goal. */
    public enum End {
        /** It does not: the goal is reached. */
        GOAL,
        /** The next point is out of reach, or not with this direction. */
        OUT_OF_REACH,
        /** The next point would need a jump of the joints. */
        JUMP,
        /** The next point is not valid. */
        BLOCKED
    }

    /**
     * A line, or its first part.
     *
     * @param path configurations from start on, straight joint-space edges between
     * @param fraction part of the line that is done, 0..1
     * @param end why it ends there
     */
    public record Result(double[][] path, double fraction, End end) {
        /** Whether the whole line can be gone. */
        public boolean complete() {
            return end == End.GOAL;
        }

        /** Last configuration. */
        public double[] last() {
            return path[path.length - 1];
        }
    }

    private static final double THINNING = 2e-3;

    private final ArmModel arm;
    private final Ik ik;
    private final double step;
    private final double turn;
    private final double jump;
    private final Ik.Options options;

    /**
     * A path maker.
     *
     * @param step largest distance between two points of the line, m
     * @param positionTolerance m
     * @param directionTolerance rad; wide for arms with too few joints
     */
    public CartesianPath(
            ArmModel arm, double step, double positionTolerance, double directionTolerance) {
        if (!(step > 0)) {
            throw new InputException("cartesian path", "the step must be positive");
        }
        this.arm = arm;
        this.step = step;
        this.turn = 0.05;
        this.jump = 0.35;
        ik = new Ik(arm);
        options = Ik.Options.DEFAULT.tolerances(positionTolerance, directionTolerance).effort(1, 1);
    }

    /**
     * From a configuration straight to a goal. The tool's orientation (for a {@link
     * ToolGoal.Approach} the direction of its axis) turns evenly on the way.
     *
     * @param validity asked at every point
     */
    public Result follow(double[] start, ToolGoal goal, Validity validity) {
        Pose from = arm.toolPose(start);
        double length = from.p().distance(goal.position());
        double angle = angle(from, goal);
        int steps = Math.max(1, (int) Math.ceil(Math.max(length / step, angle / turn)));
        List<double[]> way = new ArrayList<>();
        way.add(start.clone());
        double[] q = start;
        End end = End.GOAL;
        int done = 0;
        for (int k = 1; k <= steps; k++) {
            Ik.Result r = ik.solve(between(from, goal, (double) k / steps), q, options);
            if (!r.found()) {
                end = End.OUT_OF_REACH;
            } else if (leap(q, r.best().q()) > jump) {
                end = End.JUMP;
            } else if (!validity.valid(r.best().q())) {
                end = End.BLOCKED;
            }
            if (end != End.GOAL) {
                break;
            }
            q = r.best().q();
            way.add(q);
            done = k;
        }
        double[][] points = way.toArray(new double[0][]);
        return new Result(thin(points), (double) done / steps, end);
    }

    private static double leap(double[] a, double[] b) {
        double most = 0;
        for (int i = 0; i < a.length; i++) {
            most = Math.max(most, Math.abs(a[i] - b[i]));
        }
        return most;
    }

    private static double angle(Pose from, ToolGoal goal) {
        return switch (goal) {
            case ToolGoal.Full f -> from.q().angleTo(f.pose().q());
            case ToolGoal.Approach a -> {
                Vec3 now = from.q().rotate(a.axis());
                yield StrictMath.atan2(now.cross(a.direction()).norm(), now.dot(a.direction()));
            }
            case ToolGoal.Point _ -> 0;
        };
    }

    private static ToolGoal between(Pose from, ToolGoal goal, double t) {
        if (t >= 1) {
            return goal;
        }
        Vec3 p = from.p().plus(goal.position().minus(from.p()).times(t));
        return switch (goal) {
            case ToolGoal.Full f -> {
                Quat d = f.pose().q().times(from.q().inverse());
                d = d.w() < 0 ? new Quat(-d.w(), -d.x(), -d.y(), -d.z()) : d;
                Vec3 axis = new Vec3(d.x(), d.y(), d.z());
                double a = 2 * StrictMath.atan2(axis.norm(), d.w());
                yield new ToolGoal.Full(
                        new Pose(p, Quat.about(axis, a * t).times(from.q()).unit()));
            }
            case ToolGoal.Approach g -> {
                Vec3 now = from.q().rotate(g.axis());
                Vec3 across = now.cross(g.direction());
                double a = StrictMath.atan2(across.norm(), now.dot(g.direction()));
                Vec3 dir = a < 1e-9 ? g.direction() : Quat.about(across, a * t).rotate(now);
                yield new ToolGoal.Approach(p, dir, g.axis());
            }
            case ToolGoal.Point _ -> new ToolGoal.Point(p);
        };
    }

    /** Leaves points out that lie on a joint-space line within tolerance (Douglas-Peucker 1973). */
    private static double[][] thin(double[][] p) {
        boolean[] keep = new boolean[p.length];
        keep[0] = true;
        keep[p.length - 1] = true;
        keepFarthest(p, 0, p.length - 1, keep);
        List<double[]> out = new ArrayList<>();
        for (int i = 0; i < p.length; i++) {
            if (keep[i]) {
                out.add(p[i]);
            }
        }
        return out.toArray(new double[0][]);
    }

    private static void keepFarthest(double[][] p, int a, int b, boolean[] keep) {
        int farthest = -1;
        double most = THINNING;
        double[] on = new double[p[a].length];
        for (int i = a + 1; i < b; i++) {
            // Points are evenly spaced on the line, so the share of steps is the share of way.
            JointSpace.interpolate(p[a], 0, p[b], 0, (double) (i - a) / (b - a), on);
            double d = leap(on, p[i]);
            if (d > most) {
                most = d;
                farthest = i;
            }
        }
        if (farthest >= 0) {
            keep[farthest] = true;
            keepFarthest(p, a, farthest, keep);
            keepFarthest(p, farthest, b, keep);
        }
    }
}
