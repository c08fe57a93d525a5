package org.openkaiwu.robot;

import java.util.Map;
import org.openkaiwu.math.Vec3;

/** Brings a robot to rest from whatever it does, and knows when it is at rest. */
final class Brake {
    private final RobotModel model;
    private final GuardLimits limits;
    private final double period;
    private final Targets targets;
    private int resting;
    private Vec3 up;

    Brake(RobotModel model, GuardLimits limits, double period, Targets targets) {
        this.model = model;
        this.limits = limits;
        this.period = period;
        this.targets = targets;
    }

    /**
     * Braking begins where the robot is, not where it was told to be, so that a blocked joint or
     * base stops pressing.
     */
    void begin(Telemetry t) {
        resting = 0;
        for (int i = 0; i < targets.position.length; i++) {
            double most = model.joints().get(i).maxVelocity();
            targets.position[i] = t.position()[i];
            targets.speed[i] = Math.clamp(t.velocity()[i], -most, most);
        }
        Command.BaseVelocity told = targets.base;
        Command.BaseVelocity is = t.baseVelocity();
        double square = told.forward() * told.forward() + told.left() * told.left();
        double along = told.forward() * is.forward() + told.left() * is.left();
        double share = square > 0 ? Math.clamp(along / square, 0, 1) : 0;
        targets.base =
                new Command.BaseVelocity(
                        share * told.forward(),
                        share * told.left(),
                        told.turn() * is.turn() <= 0
                                ? 0
                                : Math.copySign(
                                        Math.min(Math.abs(told.turn()), Math.abs(is.turn())),
                                        told.turn()));
    }

    /** The next command: velocities ramp down to zero; the fingers keep what they hold. */
    Command next() {
        for (int i = 0; i < targets.position.length; i++) {
            RobotModel.JointInfo j = model.joints().get(i);
            double most = Guard.JOINT_BRAKE * j.maxAcceleration() * period;
            targets.speed[i] -= Math.clamp(targets.speed[i], -most, most);
            double at = targets.position[i];
            double next = at + targets.speed[i] * period;
            if (next < j.lower() && next < at || next > j.upper() && next > at) {
                targets.speed[i] = 0;
            } else {
                targets.position[i] = next;
            }
        }
        RobotModel.Drive d = model.drive();
        double most = Guard.BASE_BRAKE * d.maxAcceleration() * period;
        double mostTurn = Guard.BASE_BRAKE * d.maxTurnAcceleration() * period;
        Command.BaseVelocity b = targets.base;
        targets.base =
                new Command.BaseVelocity(
                        b.forward() - Math.clamp(b.forward(), -most, most),
                        b.left() - Math.clamp(b.left(), -most, most),
                        b.turn() - Math.clamp(b.turn(), -mostTurn, mostTurn));
        return new Command(
                targets.position.clone(),
                targets.speed.clone(),
                targets.base,
                Map.copyOf(targets.grip));
    }

    /** Whether the robot has been measured to be at rest for long enough; asked once a tick. */
    boolean rests(Telemetry t) {
        resting = still(t) ? resting + 1 : 0;
        return resting >= limits.restTicks();
    }

    private boolean still(Telemetry t) {
        // a machine that rocks after braking is not at rest yet
        Vec3 now = t.base().q().rotate(Vec3.Z);
        boolean rocks = up != null && now.distance(up) > limits.restVelocity() * period;
        up = now;
        for (double v : t.velocity()) {
            if (Math.abs(v) > limits.restVelocity()) {
                return false;
            }
        }
        Command.BaseVelocity b = t.baseVelocity();
        return !rocks
                && Math.abs(b.forward()) <= limits.restVelocity()
                && Math.abs(b.left()) <= limits.restVelocity()
                && Math.abs(b.turn()) <= limits.restVelocity();
    }
}
