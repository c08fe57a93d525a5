package org.openkaiwu.motion;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.openkaiwu.math.InputException;
import org.openkaiwu.math.RandomStream;

/**
 * Inverse kinematics: joint positions that bring a tool to a {@link ToolGoal}.
 *
 * <p>Each attempt is a damped least-squares descent ({@link IkDescent}); the first starts at the
 * seed configuration, the others at random ones from a seeded stream. Where the arm has too few
 * joints for the goal (five-axis arms), the position is met exactly and the direction as well as
 * can be; whether that is good enough is for the stated tolerance, and the errors are reported.
 */
public final class Ik {
    /**
     * How to search.
     *
     * @param positionTolerance largest distance of the tool point from the goal, m
     * @param directionTolerance largest angle from the wanted orientation or direction, rad
     * @param attempts starts, the seed configuration included
     * @param solutions distinct solutions after which to stop
     * @param rest configuration that redundant joints are drawn to; null: none
     * @param weight weight of each variable in the distance from the seed; null: all one
     * @param margin distance from a limit below which a solution is ranked lower, as a part of the
     *     variable's range
     * @param seed of the random starts
     */
    public record Options(
            double positionTolerance,
            double directionTolerance,
            int attempts,
            int solutions,
            double[] rest,
            double[] weight,
            double margin,
            long seed) {
        /** 0.1 mm, 1 mrad, 40 attempts, first solution. */
        public static final Options DEFAULT = new Options(1e-4, 1e-3, 40, 1, null, null, 0.02, 1);

        /** The same with other tolerances, m and rad. */
        public Options tolerances(double position, double direction) {
            return new Options(
                    position, direction, attempts, solutions, rest, weight, margin, seed);
        }

        /** The same with other numbers of starts and solutions. */
        public Options effort(int starts, int distinct) {
            return new Options(
                    positionTolerance,
                    directionTolerance,
                    starts,
                    distinct,
                    rest,
                    weight,
                    margin,
                    seed);
        }

        /** The same with redundant joints drawn to a configuration. */
        public Options restingAt(double[] q) {
            return new Options(
                    positionTolerance,
                    directionTolerance,
                    attempts,
                    solutions,
                    q,
                    weight,
                    margin,
                    seed);
        }

        /** The same with other weights of the distance from the seed. */
        public Options weighted(double[] w) {
            return new Options(
                    positionTolerance,
                    directionTolerance,
                    attempts,
                    solutions,
                    rest,
                    w,
                    margin,
                    seed);
        }

        /** The same with another random stream. */
        public Options seeded(long s) {
            return new Options(
                    positionTolerance,
                    directionTolerance,
                    attempts,
                    solutions,
                    rest,
                    weight,
                    margin,
                    s);
        }
    }

    /**
     * One configuration.
     *
     * @param q variables, rad or m
     * @param positionError distance of the tool point from the goal, m
     * @param directionError angle from the wanted orientation or direction, rad; 0 for a point
     * @param distance weighted distance from the seed
     * @param limitMargin least distance of a variable from its bounds, as a part of its range
     * @param cost rank: distance, raised near limits
     */
    public record Solution(
            double[] q,
            double positionError,
            double directionError,
            double distance,
            double limitMargin,
            double cost) {}

    /**
     * Outcome.
     *
     * @param solutions within tolerance and valid, cheapest first; empty when there is none
     * @param best the cheapest solution, or else the attempt with the least error, so that the
     *     caller can say by how much the goal is missed
     * @param refused solutions within tolerance that the validity check turned down
     */
    public record Result(List<Solution> solutions, Solution best, int refused) {
        /** Whether there is a solution. */
        public boolean found() {
            return !solutions.isEmpty();
        }
    }

    private final ArmModel arm;
    private final IkDescent descent;
    private final double[] lower;
    private final double[] upper;

    /** For an arm; reads its bounds now and its base at each call. */
    public Ik(ArmModel arm) {
        this.arm = arm;
        lower = arm.lower();
        upper = arm.upper();
        descent = new IkDescent(arm, lower, upper);
    }

    /** Solves with every configuration within limits allowed. */
    public Result solve(ToolGoal goal, double[] seed, Options options) {
        return solve(goal, seed, options, Validity.ALWAYS);
    }

    /**
     * Solves.
     *
     * @param seed configuration to stay near, usually the present one
     * @param validity asked for each solution, for instance {@code PlanningScene::valid}
     */
    public Result solve(ToolGoal goal, double[] seed, Options options, Validity validity) {
        int n = arm.size();
        if (seed.length != n) {
            throw new InputException("ik", "the seed needs " + n + " numbers");
        }
        RandomStream random = RandomStream.of(options.seed(), "ik");
        List<Solution> found = new ArrayList<>();
        Solution nearest = null;
        int refused = 0;
        double[] q = new double[n];
        for (int k = 0; k < options.attempts() && found.size() < options.solutions(); k++) {
            start(k, seed, random, q);
            descent.run(goal, q, options);
            unwind(q, seed);
            Solution s = judge(q.clone(), seed, options);
            boolean within =
                    s.positionError <= options.positionTolerance()
                            && s.directionError <= options.directionTolerance();
            if (!within) {
                nearest = nearest == null || miss(s) < miss(nearest) ? s : nearest;
            } else if (!known(found, s)) {
                if (validity.valid(s.q)) {
                    found.add(s);
                } else {
                    refused++;
                    nearest = nearest == null || miss(s) < miss(nearest) ? s : nearest;
                }
            }
        }
        found.sort(Comparator.comparingDouble(Solution::cost));
        return new Result(List.copyOf(found), found.isEmpty() ? nearest : found.get(0), refused);
    }

    /** The seed, then alternately near it and anywhere. */
    private void start(int k, double[] seed, RandomStream random, double[] q) {
        for (int i = 0; i < q.length; i++) {
            double lo = lower[i];
            double hi = upper[i];
            if (arm.angular(i) && hi - lo > 2 * Math.PI) {
                double mid = Math.clamp(seed[i], lo + Math.PI, hi - Math.PI);
                lo = mid - Math.PI;
                hi = mid + Math.PI;
            }
            double x = seed[i];
            if (k % 2 == 1) {
                x += 0.25 * (hi - lo) * random.nextNormal();
            } else if (k > 0) {
                x = random.uniform(lo, hi);
            }
            q[i] = Math.clamp(x, lower[i], upper[i]);
        }
    }

    /** Takes angles round by whole turns to where they are nearest to the seed. */
    private void unwind(double[] q, double[] seed) {
        for (int i = 0; i < q.length; i++) {
            if (arm.angular(i)) {
                double turns = Math.rint((seed[i] - q[i]) / (2 * Math.PI));
                double x = q[i] + turns * 2 * Math.PI;
                if (x >= lower[i] && x <= upper[i]) {
                    q[i] = x;
                }
            }
        }
    }

    private Solution judge(double[] q, double[] seed, Options o) {
        double sum = 0;
        double margin = 0.5;
        for (int i = 0; i < q.length; i++) {
            double d = (o.weight() == null ? 1 : o.weight()[i]) * (q[i] - seed[i]);
            sum += d * d;
            double range = upper[i] - lower[i];
            if (range > 0) {
                margin = Math.min(margin, Math.min(q[i] - lower[i], upper[i] - q[i]) / range);
            }
        }
        double distance = Math.sqrt(sum);
        double near = o.margin() > 0 ? Math.max(0, 1 - margin / o.margin()) : 0;
        return new Solution(
                q,
                descent.positionError(),
                descent.directionError(),
                distance,
                margin,
                distance + near);
    }

    /** Metres and radians added; a tenth of a radian weighs as a centimetre. */
    private static double miss(Solution s) {
        return s.positionError + 0.1 * s.directionError;
    }

    private static boolean known(List<Solution> found, Solution s) {
        for (Solution f : found) {
            if (PathTrajectory.distance(f.q, s.q) < 0.02) {
                return true;
            }
        }
        return false;
    }
}
