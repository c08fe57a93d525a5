package org.openkaiwu.skill;

import java.util.Arrays;
import org.openkaiwu.math.Vec3;
import org.openkaiwu.motion.Tracker;
import org.openkaiwu.motion.Trajectory;
import org.openkaiwu.robot.RobotModel;

/**
 * Follows a trajectory and waits until the arm has settled at its end. Ends early where something
 * stands against the hand, and fails where a joint does not get on.
 */
final class Follow extends Node {
    /** Time after the end for the arm to settle, s. */
    private static final double PATIENCE = 0.6;

    /** Lag at which the way waits for the joints, rad or m, and for how long, s. */
    private static final double LAG = 0.06;

    private static final double BLOCKED = 0.4;

    /** Largest sag of a servo that is made up for, rad or m, and how quickly, 1/s. */
    private static final double SAG = 0.15;

    private static final double INTEGRAL = 2.5;

    private final String who;
    private final int[] commanded;
    private final Hand hand;
    private final Trajectory trajectory;
    private final Touch touch;
    private final double early;
    private final Tracker tracker = new Tracker(LAG, BLOCKED);
    private final double[] q;
    private final double[] v;
    private final double[] a;
    private final double[] bias;
    private double over;
    private boolean started;

    /** Follows it to the end. */
    Follow(String name, Hand hand, Trajectory trajectory) {
        this(name, hand, trajectory, null, 0);
    }

    /** Follows it to the end with two arms at once. */
    Follow(String name, TwoHands hands, Trajectory trajectory) {
        this(name, hands.hand(0).name(), hands.commanded(), null, trajectory, null, 0);
    }

    /**
     * Follows it until something is touched.
     *
     * @param touch how touching is felt; null: not at all
     * @param early distance of the tool from its goal within which a touch means having arrived, m;
     *     farther off, that something is in the way
     */
    Follow(String name, Hand hand, Trajectory trajectory, Touch touch, double early) {
        this(name, hand.name(), hand.commanded(), hand, trajectory, touch, early);
    }

    private Follow(
            String name,
            String who,
            int[] commanded,
            Hand hand,
            Trajectory trajectory,
            Touch touch,
            double early) {
        super(name);
        this.who = who;
        this.commanded = commanded;
        this.hand = hand;
        this.trajectory = trajectory;
        this.touch = touch;
        this.early = early;
        q = new double[commanded.length];
        v = new double[q.length];
        a = new double[q.length];
        bias = new double[q.length];
    }

    @Override
    protected Status run(Agent agent) {
        double[] at =
                Arrays.stream(commanded)
                        .mapToDouble(i -> agent.telemetry().position()[i])
                        .toArray();
        if (!started) {
            tracker.start(trajectory);
            started = true;
            agent.intend(new Intention.ArmWay(who, commanded, trajectory));
            begin(agent, at);
        }
        Tracker.Status s = tracker.tick(agent.period(), at, q, v);
        trajectory.acceleration(tracker.time(), a);
        boolean felt = touch != null && touch.feels(agent, v, a);
        if (felt || s == Tracker.Status.BLOCKED) {
            return halt(agent, at);
        }
        for (int i = 0; i < q.length; i++) {
            double step = INTEGRAL * (q[i] - at[i]) * agent.period();
            bias[i] = Math.clamp(bias[i] + step, -SAG, SAG);
            command(agent, i, q[i] + bias[i], v[i]);
        }
        if (tracker.time() < trajectory.duration()) {
            return Status.RUNNING;
        }
        over += agent.period();
        if (over < PATIENCE && !settled(agent, at)) {
            return Status.RUNNING;
        }
        agent.rest();
        return Status.SUCCESS;
    }

    /** Targets go on from where they are: what a servo sags by under load is kept as an offset. */
    private void begin(Agent agent, double[] at) {
        for (int i = 0; i < q.length; i++) {
            double target = agent.target(commanded[i]);
            bias[i] = Double.isNaN(target) ? 0 : Math.clamp(target - at[i], -SAG, SAG);
        }
    }

    private void command(Agent agent, int i, double target, double speed) {
        RobotModel.JointInfo j = agent.model().joints().get(commanded[i]);
        agent.joint(commanded[i], Math.clamp(target, j.lower(), j.upper()), speed);
    }

    /** Stays where the arm is, so that it does not go on pressing. */
    private Status halt(Agent agent, double[] at) {
        agent.rest();
        for (int i = 0; i < q.length; i++) {
            command(agent, i, at[i] + bias[i], 0);
        }
        return touch != null && left(agent, at) <= early
                ? Status.SUCCESS
                : Status.failure(
                        "held_back",
                        "Something stands in the way of " + who + ".",
                        who + "被什么东西挡住了。");
    }

    /** Distance of the tool from the end of its way, m. */
    private double left(Agent agent, double[] at) {
        trajectory.position(trajectory.duration(), q);
        Vec3 goal = hand.arm(agent.telemetry()).toolPose(q).p();
        return hand.arm().toolPose(at).p().distance(goal);
    }

    private boolean settled(Agent agent, double[] at) {
        for (int i = 0; i < q.length; i++) {
            int c = commanded[i];
            if (Math.abs(at[i] - q[i]) > 0.01 || Math.abs(agent.telemetry().velocity()[c]) > 0.05) {
                return false;
            }
        }
        return true;
    }

    @Override
    protected void onReset() {
        started = false;
        over = 0;
        if (touch != null) {
            touch.reset();
        }
    }
}
