package org.openkaiwu.skill;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleFunction;
import java.util.stream.Stream;
import org.openkaiwu.body.Machine;
import org.openkaiwu.body.infer.BodyFacts;
import org.openkaiwu.math.Pose;
import org.openkaiwu.math.Vec3;
import org.openkaiwu.motion.ArmModel;
import org.openkaiwu.motion.Ik;
import org.openkaiwu.motion.ToolGoal;
import org.openkaiwu.motion.Validity;
import org.openkaiwu.robot.RobotModel;
import org.openkaiwu.robot.Telemetry;

/**
 * Two hands that work together. Their variables are those of the first arm, then those of the
 * second; joints that both arms hang on (a lift) stay as they are.
 */
final class TwoHands {
    /** Largest change of a variable from point to point of a straight way, rad or m. */
    private static final double JUMP = 0.3;

    private final Hand first;
    private final Hand second;
    private final ArmModel[] arms;
    private final ArmModel both;
    private final int[] commanded;
    private final int split;

    private TwoHands(RobotModel model, Hand first, Hand second) {
        this.first = first;
        this.second = second;
        List<String> a = own(first, second);
        List<String> b = own(second, first);
        split = a.size();
        List<String> all = Stream.concat(a.stream(), b.stream()).toList();
        arms = new ArmModel[] {arm(model, first, a), arm(model, second, b)};
        both = arm(model, first, all);
        commanded = all.stream().mapToInt(model::indexOf).toArray();
    }

    private static List<String> own(Hand hand, Hand other) {
        return hand.arm().names().stream().filter(n -> !other.arm().names().contains(n)).toList();
    }

    private static ArmModel arm(RobotModel model, Hand hand, List<String> joints) {
        ArmModel arm =
                ArmModel.of(model.machine(), joints, hand.effector().body(), hand.arm().tool());
        double[] lower = arm.lower();
        double[] upper = arm.upper();
        for (int i = 0; i < joints.size(); i++) {
            RobotModel.JointInfo j = model.joints().get(model.indexOf(joints.get(i)));
            arm.limit(i, Math.max(lower[i], j.lower()), Math.min(upper[i], j.upper()));
        }
        return arm;
    }

    /** All pairs of hands on arms of their own that are free, in the order of the machine. */
    static List<TwoHands> free(Agent agent) {
        return pairs(
                agent,
                agent.embodiment().hands().stream()
                        .filter(h -> !Workspace.holds(agent, agent.belief(), h))
                        .toList());
    }

    /** Whether there are two hands on arms of their own, free or not. */
    static boolean some(Agent agent) {
        return !pairs(agent, agent.embodiment().hands()).isEmpty();
    }

    private static List<TwoHands> pairs(Agent agent, List<Hand> hands) {
        List<TwoHands> out = new ArrayList<>();
        for (int i = 0; i < hands.size(); i++) {
            for (int j = i + 1; j < hands.size(); j++) {
                TwoHands t = new TwoHands(agent.model(), hands.get(i), hands.get(j));
                if (t.split > 0 && t.split < t.commanded.length) {
                    out.add(t);
                }
            }
        }
        return out;
    }

    /** Those that hold a thing so. */
    static TwoHands of(Agent agent, Clasp clasp) {
        return new TwoHands(
                agent.model(),
                agent.embodiment().arm(clasp.first()),
                agent.embodiment().arm(clasp.second()));
    }

    /** The first (0) or the second (1). */
    Hand hand(int k) {
        return k == 0 ? first : second;
    }

    /** The arm of a hand without what it shares with the other. */
    ArmModel arm(int k) {
        return arms[k];
    }

    /** Both arms; its tool is that of the first. */
    ArmModel both() {
        return both;
    }

    /** Positions in {@link RobotModel#joints} of the variables. */
    int[] commanded() {
        return commanded;
    }

    /** Where the variables of a hand begin. */
    int from(int k) {
        return k == 0 ? 0 : split;
    }

    double[] position(Telemetry t) {
        return Arrays.stream(commanded).mapToDouble(i -> t.position()[i]).toArray();
    }

    /** The variables of a hand. */
    double[] part(int k, double[] q) {
        return k == 0
                ? Arrays.copyOfRange(q, 0, split)
                : Arrays.copyOfRange(q, split, commanded.length);
    }

    Pose tool(int k, double[] q) {
        return arms[k].toolPose(part(k, q));
    }

    /** Reads base and posture, with the fingers opened so wide, m; NaN: as they are. */
    TwoHands at(Agent agent, double width) {
        Telemetry t = agent.telemetry();
        double[] qpos = agent.model().configuration(t);
        Machine m = agent.model().machine();
        for (int k = 0; k < 2 && !Double.isNaN(width); k++) {
            BodyFacts.Effector e = hand(k).effector();
            double opening = hand(k).openingFor(width);
            for (int i = 0; i < e.joints().size(); i++) {
                int j = Machine.indexOf(m.jntName, e.joints().get(i));
                double closed = e.closedPosition()[i];
                if (j >= 0) {
                    qpos[m.jntQposadr[j]] = closed + opening * (e.openPosition()[i] - closed);
                }
            }
        }
        for (ArmModel a : List.of(arms[0], arms[1], both)) {
            a.posture(qpos);
            a.base(t.base());
        }
        return this;
    }

    /**
     * What inverse kinematics for both said.
     *
     * @param q a configuration, if any
     * @param missing by how much the hand is out of reach that is farther off, m
     * @param refused a configuration in which something is touched, when there is no other
     */
    record Answer(Optional<double[]> q, double missing, Optional<double[]> refused) {}

    /**
     * Configurations with both tools where they should be.
     *
     * @param starts of the inverse kinematics of each arm
     */
    Answer solve(Pose[] tools, double[] seed, int starts, Validity validity) {
        Ik.Options options =
                Ik.Options.DEFAULT.tolerances(0.002, ArmMotion.LOOSE).effort(starts, 3);
        List<List<Ik.Solution>> found = new ArrayList<>();
        for (int k = 0; k < 2; k++) {
            Ik.Result r =
                    new Ik(arms[k]).solve(new ToolGoal.Full(tools[k]), part(k, seed), options);
            if (!r.found()) {
                double missing = Math.max(1e-3, r.best().positionError());
                return new Answer(Optional.empty(), missing, Optional.empty());
            }
            found.add(r.solutions());
        }
        for (Ik.Solution a : found.get(0)) {
            for (Ik.Solution b : found.get(1)) {
                double[] q = join(a.q(), b.q());
                if (validity.valid(q)) {
                    return new Answer(Optional.of(q), 0, Optional.empty());
                }
            }
        }
        double[] touching = join(found.get(0).getFirst().q(), found.get(1).getFirst().q());
        return new Answer(Optional.empty(), 0, Optional.of(touching));
    }

    private static double[] join(double[] a, double[] b) {
        double[] q = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, q, a.length, b.length);
        return q;
    }

    /**
     * A way of both tools at once, step by step from a configuration on; empty: it cannot be gone
     * whole.
     *
     * @param tools where they are at a part of the way, 0..1
     */
    Optional<double[][]> way(
            double[] start, int steps, DoubleFunction<Pose[]> tools, Validity validity) {
        Ik.Options options = Ik.Options.DEFAULT.tolerances(0.001, ArmMotion.LOOSE).effort(1, 1);
        Ik[] ik = {new Ik(arms[0]), new Ik(arms[1])};
        double[][] out = new double[steps + 1][];
        out[0] = start.clone();
        for (int s = 1; s <= steps; s++) {
            Pose[] goal = tools.apply((double) s / steps);
            double[][] q = new double[2][];
            for (int k = 0; k < 2; k++) {
                Ik.Result r = ik[k].solve(new ToolGoal.Full(goal[k]), part(k, out[s - 1]), options);
                if (!r.found()) {
                    return Optional.empty();
                }
                q[k] = r.best().q();
            }
            out[s] = join(q[0], q[1]);
            for (int i = 0; i < out[s].length; i++) {
                if (Math.abs(out[s][i] - out[s - 1][i]) > JUMP) {
                    return Optional.empty();
                }
            }
            if (!validity.valid(out[s])) {
                return Optional.empty();
            }
        }
        return Optional.of(out);
    }

    /** Each tool along a vector of its own. */
    Optional<double[][]> straight(double[] start, Vec3[] by, Validity validity) {
        Pose[] from = {tool(0, start), tool(1, start)};
        int steps = (int) Math.ceil(Math.max(1, Math.max(by[0].norm(), by[1].norm()) / Clasp.STEP));
        return way(
                start,
                steps,
                t ->
                        new Pose[] {
                            new Pose(from[0].p().plus(by[0].times(t)), from[0].q()),
                            new Pose(from[1].p().plus(by[1].times(t)), from[1].q())
                        },
                validity);
    }
}
