package org.openkaiwu.skill;

import java.util.Arrays;
import org.openkaiwu.math.Pose;
import org.openkaiwu.math.Quat;
import org.openkaiwu.math.Vec3;
import org.openkaiwu.motion.Tracker;
import org.openkaiwu.motion.Trajectory;
import org.openkaiwu.robot.RobotModel;
import org.openkaiwu.robot.Telemetry;

/**
 * Two arms that press on a thing from opposite sides, standing or on a way.
 *
 * <p>Positions are held across the line between the hands and, of both together, along it; along it
 * against each other the hands move until each feels the force that is wanted (hybrid position and
 * force control; Raibert and Craig 1981). What a hand moves by is added up over the ticks as joint
 * offsets, through the damped inverse of its arm's Jacobian.
 */
final class Pressing extends Node {
    /** What it is for. */
    enum Aim {
        /** Goes on until both press. */
        CLOSE,
        /** Follows the way; fails as soon as the thing is lost. */
        CARRY,
        /** Goes on until neither presses. */
        LOOSEN
    }

    /** Force that counts as a touch, N. */
    private static final double TOUCH = 0.4;

    /** Speed of a hand that has not touched yet, m/s. */
    private static final double ADVANCE = 0.03;

    /** Speed per force that is missing, m/s per N, and at most, m/s. */
    private static final double COMPLIANCE = 0.0015;

    private static final double FASTEST = 0.015;

    /** Farther than this beyond where it should be a hand does not go to touch, m. */
    private static final double BEYOND = 0.03;

    /** Share of the force from which on a thing is held, and under which it is lost. */
    private static final double HELD = 0.8;

    private static final double LOST = 0.15;

    /** Time in which hands close or loosen, for which a force must last or be gone, s. */
    private static final double PATIENCE = 5;

    private static final double LASTS = 0.25;

    /** Lag at which the way waits for the joints, rad or m, and for how long, s. */
    private static final double LAG = 0.08;

    private static final double BLOCKED = 0.8;

    /** Time after the end of a way for the arms to settle, s. */
    private static final double SETTLE = 0.5;

    /** Correction of positions, 1/s, and largest offset of a joint, rad or m. */
    private static final double INTEGRAL = 2;

    private static final double LARGEST = 0.35;

    /** Share of a new force. */
    private static final double NEW = 0.3;

    /** Damping of the inverse of the Jacobian, m. */
    private static final double DAMPING = 0.03;

    private final Aim aim;
    private final TwoHands hands;
    private final Clasp clasp;
    private final Trajectory trajectory;
    private final Tracker tracker = new Tracker(LAG, BLOCKED);
    private final int n;
    private final double[] q;
    private final double[] v;
    private final double[] offset;
    private final double[] force = new double[2];
    private final double[] gone = new double[2];
    private boolean started;
    private double since;
    private double end;
    private double over;

    /**
     * A motion.
     *
     * @param trajectory of both arms; null: they stand
     */
    Pressing(String name, Aim aim, TwoHands hands, Clasp clasp, Trajectory trajectory) {
        super(name);
        this.aim = aim;
        this.hands = hands;
        this.clasp = clasp;
        this.trajectory = trajectory;
        n = hands.commanded().length;
        q = new double[n];
        v = new double[n];
        offset = new double[n];
    }

    @Override
    protected Status run(Agent agent) {
        hands.at(agent, Double.NaN);
        double[] at = hands.position(agent.telemetry());
        if (!started) {
            begin(agent, at);
        }
        boolean blocked = false;
        if (trajectory != null) {
            blocked = tracker.tick(agent.period(), at, q, v) == Tracker.Status.BLOCKED;
        }
        for (int k = 0; k < 2; k++) {
            double f = agent.telemetry().effectors().get(hands.hand(k).name()).force();
            force[k] += NEW * (f - force[k]);
        }
        press(agent, at);
        for (int i = 0; i < n; i++) {
            int c = hands.commanded()[i];
            RobotModel.JointInfo j = agent.model().joints().get(c);
            agent.joint(c, Math.clamp(q[i] + offset[i], j.lower(), j.upper()), v[i]);
        }
        return blocked
                ? Status.failure(
                        "held_back", "Something stands in the way of my arms.", "手臂被什么东西挡住了。")
                : status(agent);
    }

    private void begin(Agent agent, double[] at) {
        started = true;
        end = agent.telemetry().time() + PATIENCE;
        if (trajectory != null) {
            tracker.start(trajectory);
            trajectory.position(0, q);
        } else {
            System.arraycopy(at, 0, q, 0, n);
        }
        for (int i = 0; i < n; i++) {
            double target = agent.target(hands.commanded()[i]);
            offset[i] = Double.isNaN(target) ? 0 : Math.clamp(target - q[i], -LARGEST, LARGEST);
        }
        for (int k = 0; k < 2; k++) {
            Telemetry.EffectorState e = agent.telemetry().effectors().get(hands.hand(k).name());
            force[k] = e.force();
        }
    }

    private Status status(Agent agent) {
        double least = Math.min(force[0], force[1]);
        double most = Math.max(force[0], force[1]);
        boolean late = agent.telemetry().time() >= end;
        return switch (aim) {
            case CLOSE -> {
                since = least > HELD * clasp.force() ? since + agent.period() : 0;
                if (since > LASTS) {
                    yield Status.SUCCESS;
                }
                boolean past = Math.max(gone[0], gone[1]) > ClaspSearch.OFF + BEYOND;
                yield late || past
                        ? Status.failure(
                                "not_gripped", "My hands did not close on it.", "双手没有夹住东西。")
                        : Status.RUNNING;
            }
            case CARRY -> {
                since = least < LOST * clasp.force() ? since + agent.period() : 0;
                if (since > LASTS) {
                    yield Status.failure("dropped", "I lost hold of it on the way.", "东西在途中掉了。");
                }
                if (trajectory != null && tracker.time() < trajectory.duration()) {
                    yield Status.RUNNING;
                }
                over += agent.period();
                yield over < SETTLE ? Status.RUNNING : Status.SUCCESS;
            }
            case LOOSEN -> {
                since = most < TOUCH ? since + agent.period() : 0;
                yield since > LASTS || late ? Status.SUCCESS : Status.RUNNING;
            }
        };
    }

    /** Moves the offsets by what positions and forces are off by. */
    private void press(Agent agent, double[] at) {
        double dt = agent.period();
        Pose[] is = {hands.tool(0, at), hands.tool(1, at)};
        Pose[] should = {hands.tool(0, q), hands.tool(1, q)};
        Vec3[] inward = new Vec3[2];
        Vec3[] off = new Vec3[2];
        for (int k = 0; k < 2; k++) {
            inward[k] = should[k].q().rotate(clasp.inward(k));
            off[k] = should[k].p().minus(is[k].p());
        }
        double common = (off[0].dot(inward[0]) - off[1].dot(inward[1])) / 2;
        boolean held = aim == Aim.CARRY || (force[0] > TOUCH && force[1] > TOUCH);
        for (int k = 0; k < 2; k++) {
            double closing = closing(k, held) * dt;
            gone[k] += closing;
            double together = aim == Aim.CARRY ? INTEGRAL * dt * (k == 0 ? common : -common) : 0;
            Vec3 across = off[k].minus(inward[k].times(off[k].dot(inward[k])));
            Vec3 by = across.times(INTEGRAL * dt).plus(inward[k].times(closing + together));
            move(k, at, by, turn(is[k].q(), should[k].q()).times(INTEGRAL * dt));
        }
    }

    /** How fast a hand is to go inwards, m/s. */
    private double closing(int k, boolean held) {
        return switch (aim) {
            case CLOSE, CARRY -> {
                if (!held) {
                    yield force[k] > TOUCH ? 0 : ADVANCE;
                }
                double mean = (force[0] + force[1]) / 2;
                yield Math.clamp(COMPLIANCE * (clasp.force() - mean), -FASTEST, FASTEST);
            }
            case LOOSEN -> force[k] > TOUCH / 2 ? -FASTEST / 2 : 0;
        };
    }

    /** The rotation from one orientation to another, map axes, rad. */
    private static Vec3 turn(Quat from, Quat to) {
        Quat d = to.times(from.inverse());
        return new Vec3(d.x(), d.y(), d.z()).times(d.w() < 0 ? -2 : 2);
    }

    /** Adds joint motions that move and turn a tool so, map axes. */
    private void move(int k, double[] at, Vec3 by, Vec3 turn) {
        double[] own = hands.part(k, at);
        int m = own.length;
        double[] jac = new double[6 * m];
        hands.arm(k).jacobian(own, new double[3], new double[4], jac);
        double[] x = {by.x(), by.y(), by.z(), turn.x(), turn.y(), turn.z()};
        double[][] a = new double[6][7];
        for (int i = 0; i < 6; i++) {
            for (int j = 0; j < 6; j++) {
                for (int c = 0; c < m; c++) {
                    a[i][j] += jac[i * m + c] * jac[j * m + c];
                }
            }
            a[i][i] += DAMPING * DAMPING;
            a[i][6] = x[i];
        }
        double[] y = solve(a);
        int from = hands.from(k);
        for (int c = 0; c < m; c++) {
            double d = 0;
            for (int i = 0; i < 6; i++) {
                d += jac[i * m + c] * y[i];
            }
            offset[from + c] = Math.clamp(offset[from + c] + d, -LARGEST, LARGEST);
        }
    }

    /** Solves a symmetric positive definite system, given with its right side as last column. */
    private static double[] solve(double[][] a) {
        int size = a.length;
        for (int i = 0; i < size; i++) {
            for (int j = i + 1; j < size; j++) {
                double f = a[j][i] / a[i][i];
                for (int k = i; k <= size; k++) {
                    a[j][k] -= f * a[i][k];
                }
            }
        }
        double[] y = new double[size];
        for (int i = size - 1; i >= 0; i--) {
            y[i] = a[i][size];
            for (int j = i + 1; j < size; j++) {
                y[i] -= a[i][j] * y[j];
            }
            y[i] /= a[i][i];
        }
        return y;
    }

    @Override
    protected void onReset() {
        started = false;
        since = 0;
        over = 0;
        Arrays.fill(gone, 0);
    }
}
