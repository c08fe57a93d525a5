package org.openkaiwu.robot;

import java.util.Optional;
import org.openkaiwu.body.infer.BodyFacts;
import org.openkaiwu.math.Text;

/**
 * What a moving robot is watched for: that commands keep coming, and that what its sensors say is
 * within its limits. Each danger must last for some ticks before it counts.
 */
final class Watch {
    /** Efforts are measured with noise: this share of the limit is at the limit. */
    private static final double AT_LIMIT = 0.98;

    /** A tick under the limit takes back so many at it. */
    private static final int RELIEF = 3;

    /** A joint may be pushed so much further out than when commands began, rad or m. */
    private static final double PUSHED = 0.03;

    private final RobotModel model;
    private final GuardLimits limits;
    private final BaseWatch base;
    private final double[] outAtStart;
    private boolean everCommanded;
    private int silent;
    private int strained;
    private int pressed;
    private int fast;
    private int out;

    Watch(RobotModel model, GuardLimits limits, double period, Telemetry now) {
        this.model = model;
        this.limits = limits;
        base = new BaseWatch(model.drive(), limits, period, now.base());
        outAtStart = new double[model.joints().size()];
        begin(now);
    }

    /**
     * Commands begin, at first or after a stop. What is out of its limits by now, out of which the
     * commands are to bring it, is a reason to stop only once it gets worse.
     */
    void begin(Telemetry now) {
        silent = 0;
        strained = 0;
        pressed = 0;
        fast = 0;
        out = 0;
        for (int i = 0; i < outAtStart.length; i++) {
            outAtStart[i] = Math.max(0, beyond(i, now));
        }
        base.begin(now.base());
    }

    /** A tick begins. */
    Optional<Text> heartbeat(boolean commanded) {
        everCommanded |= commanded;
        silent = commanded || !everCommanded ? 0 : silent + 1;
        return silent >= limits.heartbeatTicks()
                ? Optional.of(new Text("no command came in time (lost heartbeat)", "指令中断（心跳丢失）"))
                : Optional.empty();
    }

    /** A tick has passed, in which the base was to move so. */
    Optional<Text> look(Telemetry t, Command.BaseVelocity told) {
        // all are asked, since each counts its own ticks
        Optional<Text> effort = effort(t);
        Optional<Text> force = force(t);
        Optional<Text> speed = speed(t);
        Optional<Text> range = range(t);
        Optional<Text> drive = base.look(t, told);
        return force.or(() -> effort).or(() -> drive).or(() -> speed).or(() -> range);
    }

    private Optional<Text> effort(Telemetry t) {
        String at = null;
        for (int i = 0; i < outAtStart.length; i++) {
            double most = model.joints().get(i).maxEffort();
            if (most > 0 && Math.abs(t.effort()[i]) >= AT_LIMIT * most) {
                at = model.joints().get(i).name();
            }
        }
        // a noisy reading under the limit now and then does not end the strain
        strained = at == null ? Math.max(0, strained - RELIEF) : strained + 1;
        return strained < limits.effortTicks()
                ? Optional.empty()
                : Optional.of(
                        new Text(
                                "joint " + at + " stays at its torque limit",
                                "关节 " + at + " 持续达到力矩上限"));
    }

    private Optional<Text> force(Telemetry t) {
        String at = null;
        for (BodyFacts.Effector e : model.facts().effectors()) {
            Telemetry.EffectorState s = t.effectors().get(e.name());
            if (s != null && s.force() > limits.effectorForce()) {
                at = e.name();
            }
        }
        pressed = at == null ? 0 : pressed + 1;
        return pressed < limits.forceTicks()
                ? Optional.empty()
                : Optional.of(new Text("too much force at " + at, at + " 受力过大"));
    }

    private Optional<Text> speed(Telemetry t) {
        String at = null;
        for (int i = 0; i < outAtStart.length; i++) {
            double most = limits.overspeed() * model.joints().get(i).maxVelocity();
            if (most > 0 && Math.abs(t.velocity()[i]) > most) {
                at = model.joints().get(i).name();
            }
        }
        fast = at == null ? 0 : fast + 1;
        return fast < limits.speedTicks()
                ? Optional.empty()
                : Optional.of(
                        new Text(
                                "joint " + at + " moves faster than it may",
                                "关节 " + at + " 运动速度超过上限"));
    }

    private Optional<Text> range(Telemetry t) {
        String at = null;
        for (int i = 0; i < outAtStart.length; i++) {
            if (beyond(i, t) > Math.max(limits.positionSlack(), outAtStart[i]) + PUSHED) {
                at = model.joints().get(i).name();
            }
        }
        out = at == null ? 0 : out + 1;
        return out < limits.speedTicks()
                ? Optional.empty()
                : Optional.of(
                        new Text("joint " + at + " is out of its range", "关节 " + at + " 超出运动范围"));
    }

    private double beyond(int joint, Telemetry t) {
        RobotModel.JointInfo j = model.joints().get(joint);
        double p = t.position()[joint];
        return Math.max(j.lower() - p, p - j.upper());
    }
}
