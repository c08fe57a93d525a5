package org.openkaiwu.motion;

import java.util.ArrayList;
import java.util.List;
import org.openkaiwu.math.InputException;
import org.openkaiwu.math.RandomStream;

/**
 * From a wish to a timed trajectory: inverse kinematics, planning around the scene, shortening,
 * timing, and slowing down for torque, with the reason when it can't be.
 */
public final class ArmPlanner {
    /** How planning ended. */
    public enum Outcome {
        PLANNED,
        /** The arm touches something where it is, and no free place is near. */
        START_BLOCKED,
        /** No joint positions bring the tool there; see the answer's missing distances. */
        OUT_OF_REACH,
        /** The tool could be there, but something would be touched. */
        GOAL_BLOCKED,
        /** No way was found within the bound on iterations. */
        NO_WAY,
        /** The straight line ends early (out of reach, a jump of joints, or blocked). */
        LINE_ENDS,
        /** The joints cannot bear the pose or load. */
        TOO_HEAVY
    }

    /**
     * A plan, or why there is none.
     *
     * @param outcome planned, or why not
     * @param trajectory from rest to rest; null unless planned
     * @param end last configuration; for {@link Outcome#LINE_ENDS} that of the part that can be
     *     gone; null when there is none
     * @param missing for {@link Outcome#OUT_OF_REACH} the distance missed, m (0: only the direction
     *     is missed); for {@link Outcome#LINE_ENDS} the part of the line that is missing, 0..1
     * @param contacts what is in the way, as far as known
     */
    public record Plan(
            Outcome outcome,
            Trajectory trajectory,
            double[] end,
            double missing,
            List<PlanningScene.Contact> contacts) {
        /** Whether there is a trajectory. */
        public boolean ok() {
            return outcome == Outcome.PLANNED;
        }
    }

    private static final int ITERATIONS = 8000;
    private static final int SHORTCUTS = 80;
    private static final double RESOLUTION = 0.03;
    private static final double SAMPLE = 0.01;

    private final ArmModel arm;
    private final PlanningScene scene;
    private final Timing timing;
    private final ArmDynamics dynamics;
    private final double[] effort;
    private final Ik ik;
    private final Reach reach;
    private final double[] weight;
    private long seed;

    /**
     * A planner for an arm whose base stands.
     *
     * @param timing limits of the arm's variables
     * @param effort largest effort of each joint, N m or N; null: torque is not looked at
     * @param seed of all random choices; each plan takes the next
     */
    public ArmPlanner(
            ArmModel arm, PlanningScene scene, Timing timing, double[] effort, long seed) {
        if (arm.planarBase()) {
            throw new InputException("arm planner", "the base must not be among the variables");
        }
        this.arm = arm;
        this.scene = scene;
        this.timing = timing;
        this.effort = effort;
        this.seed = seed;
        dynamics = effort == null ? null : new ArmDynamics(arm);
        ik = new Ik(arm);
        reach = new Reach(arm);
        weight = leverage(arm);
    }

    /** Mass held at the tool point, kg; counted in the torque. */
    public void load(double mass) {
        if (dynamics != null) {
            dynamics.load(mass);
        }
    }

    /**
     * How far the tool moves, in m, when a joint turns by a radian with the arm stretched as at the
     * middle of its ranges, at least a tenth of the largest; scaled so that the largest is 1.
     */
    private static double[] leverage(ArmModel arm) {
        int n = arm.size();
        double[] lo = arm.lower();
        double[] hi = arm.upper();
        double[] q = new double[n];
        double[] jac = new double[6 * n];
        double[] w = new double[n];
        RandomStream random = RandomStream.of(1, "leverage");
        for (int k = 0; k < 16; k++) {
            for (int i = 0; i < n; i++) {
                q[i] = random.uniform(lo[i], hi[i]);
            }
            arm.jacobian(q, new double[3], new double[4], jac);
            for (int i = 0; i < n; i++) {
                double x = jac[i];
                double y = jac[n + i];
                double z = jac[2 * n + i];
                w[i] = Math.max(w[i], Math.sqrt(x * x + y * y + z * z));
            }
        }
        double most = 1e-6;
        for (double x : w) {
            most = Math.max(most, x);
        }
        for (int i = 0; i < n; i++) {
            w[i] = Math.max(0.25, w[i] / most);
        }
        return w;
    }

    /** To joint positions. */
    public Plan toJoints(double[] from, double[] to) {
        return route(from, List.of(to));
    }

    /**
     * To a tool goal, by whichever of several configurations is met first.
     *
     * @param options of the inverse kinematics; up to four solutions are tried
     */
    public Plan toTool(double[] from, ToolGoal goal, Ik.Options options) {
        Ik.Options several =
                options.weighted(weight)
                        .effort(options.attempts(), Math.max(4, options.solutions()))
                        .seeded(++seed);
        Ik.Result r = ik.solve(goal, from, several, scene);
        if (!r.found()) {
            return r.refused() > 0
                    ? blocked(goal, from, options)
                    : unreachable(goal, from, options);
        }
        List<double[]> goals = new ArrayList<>();
        for (Ik.Solution s : r.solutions()) {
            goals.add(s.q());
        }
        return route(from, goals);
    }

    private Plan blocked(ToolGoal goal, double[] from, Ik.Options options) {
        Ik.Result r = ik.solve(goal, from, options.effort(options.attempts(), 1));
        double[] q = r.best().q();
        return new Plan(Outcome.GOAL_BLOCKED, null, null, 0, scene.contacts(q));
    }

    private Plan unreachable(ToolGoal goal, double[] from, Ik.Options options) {
        double missing = reach.ask(goal, from, options).missing();
        return new Plan(Outcome.OUT_OF_REACH, null, null, missing, List.of());
    }

    /** The tool straight to a goal (approach, lift, retreat). */
    public Plan line(double[] from, ToolGoal goal, double positionTolerance, double direction) {
        CartesianPath.Result r =
                new CartesianPath(arm, 0.005, positionTolerance, direction)
                        .follow(from, goal, q -> nearStart(from, q) || scene.valid(q));
        if (!r.complete()) {
            List<PlanningScene.Contact> contacts =
                    r.end() == CartesianPath.End.BLOCKED ? ahead(r, goal) : List.of();
            return new Plan(Outcome.LINE_ENDS, null, r.last(), 1 - r.fraction(), contacts);
        }
        return timed(r.path());
    }

    /** What the line runs into: contacts at its goal, which lies beyond where it ends. */
    private List<PlanningScene.Contact> ahead(CartesianPath.Result r, ToolGoal goal) {
        Ik.Result end =
                ik.solve(goal, r.last(), Ik.Options.DEFAULT.tolerances(1e-3, 1).effort(1, 1));
        return scene.contacts(end.best().q());
    }

    /** A line that starts in touch (fingers on a support) may leave it. */
    private boolean nearStart(double[] from, double[] q) {
        return PathTrajectory.distance(from, q) < 0.05 && !scene.valid(from);
    }

    private Plan route(double[] from, List<double[]> goals) {
        double[] start = scene.valid(from) ? from : escape(from);
        if (start == null) {
            return new Plan(Outcome.START_BLOCKED, null, null, 0, scene.contacts(from));
        }
        JointSpace space = space(start, goals);
        PlanResult r = new RrtConnect(space, 1.0, ITERATIONS).plan(start, goals, scene, ++seed);
        if (r.outcome() == PlanResult.Outcome.GOAL_BLOCKED) {
            return new Plan(Outcome.GOAL_BLOCKED, null, null, 0, scene.contacts(goals.get(0)));
        }
        if (!r.solved()) {
            return new Plan(Outcome.NO_WAY, null, null, 0, List.of());
        }
        double[][] path = new Shortcut(space).shorten(r.path(), scene, SHORTCUTS, seed);
        if (start != from) {
            double[][] whole = new double[path.length + 1][];
            whole[0] = from.clone();
            System.arraycopy(path, 0, whole, 1, path.length);
            path = whole;
        }
        return timed(path);
    }

    /**
     * The arm's bounds, of joints that turn further than once only half a turn beyond start and
     * goals: more windings only make the search larger.
     */
    private JointSpace space(double[] start, List<double[]> goals) {
        double[] lo = arm.lower();
        double[] hi = arm.upper();
        for (int i = 0; i < lo.length; i++) {
            if (arm.angular(i) && hi[i] - lo[i] > 2 * Math.PI) {
                double least = start[i];
                double most = start[i];
                for (double[] g : goals) {
                    least = Math.min(least, g[i]);
                    most = Math.max(most, g[i]);
                }
                lo[i] = Math.max(lo[i], least - Math.PI);
                hi[i] = Math.min(hi[i], most + Math.PI);
            }
        }
        return new JointSpace(lo, hi, weight, RESOLUTION).including(start);
    }

    /** A free configuration close by, or null. */
    private double[] escape(double[] from) {
        RandomStream random = RandomStream.of(++seed, "escape");
        double[] lo = arm.lower();
        double[] hi = arm.upper();
        double[] q = new double[from.length];
        for (int k = 0; k < 400; k++) {
            double size = 0.02 + 0.3 * k / 400;
            for (int i = 0; i < q.length; i++) {
                double d = k == 0 ? 0 : random.uniform(-size, size);
                q[i] = Math.clamp(from[i] + d, lo[i], hi[i]);
            }
            if (scene.valid(q)) {
                return q;
            }
        }
        return null;
    }

    private Plan timed(double[][] path) {
        Trajectory t = timing.along(path, scene, RESOLUTION);
        if (dynamics != null) {
            TorqueLimit.Result r = TorqueLimit.fit(t, dynamics, effort, SAMPLE);
            if (!r.holds()) {
                return new Plan(Outcome.TOO_HEAVY, null, null, 0, List.of());
            }
            t = r.trajectory();
        }
        return new Plan(Outcome.PLANNED, t, path[path.length - 1], 0, List.of());
    }
}
