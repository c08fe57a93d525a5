package org.openkaiwu.robot;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.openkaiwu.body.infer.BodyFacts;
import org.openkaiwu.math.Text;
import org.openkaiwu.math.Vec3;

/**
 * The only way to a robot: every command passes it.
 *
 * <p>Targets a little beyond a limit are clamped, and targets that would need more than a joint's
 * velocity are reached more slowly; a command that is far off, a torque that stays at its limit, a
 * force at an effector, a {@link Check} or a missing heartbeat stops the robot. A stop latches: the
 * robot brakes, {@link #state} says {@link State#STOPPED} only once it is measured to be at rest,
 * and after {@link #clear} nothing moves until a new command comes.
 */
public final class Guard {
    /** What the guard is doing. */
    public enum State {
        /** Commands pass. */
        ACTIVE,
        /** A stop was called and the robot still moves. */
        STOPPING,
        /** Stopped and at rest. */
        STOPPED,
        /** Cleared after a stop; holds still until the next command. */
        CLEARED
    }

    /**
     * A stopping base brakes so many times harder than it speeds up; more would lift the wheels of
     * a tall machine on its way sideways.
     */
    private static final double BASE_BRAKE = 1.5;

    private final Robot robot;
    private final RobotModel model;
    private final GuardLimits limits;
    private final List<Check> checks;

    private final double[] target;
    private final double[] speed;
    private Command.BaseVelocity base = Command.BaseVelocity.ZERO;
    private final Map<String, Command.Grip> grip = new TreeMap<>();

    private State state = State.ACTIVE;
    private Text reason;
    private Command sent;
    private boolean commanded;
    private boolean everCommanded;
    private int silent;
    private int strained;
    private int pressed;
    private int resting;
    private Vec3 up;
    private int stops;
    private int limited;

    public Guard(Robot robot, GuardLimits limits, List<Check> checks) {
        this.robot = robot;
        this.model = robot.model();
        this.limits = limits;
        this.checks = List.copyOf(checks);
        this.target = robot.telemetry().position().clone();
        this.speed = new double[target.length];
    }

    public RobotModel model() {
        return model;
    }

    /** Seconds between two commands. */
    public double period() {
        return robot.period();
    }

    /** The newest state; {@link Telemetry#stopped} is true from a stop until the next command. */
    public Telemetry telemetry() {
        Telemetry t = robot.telemetry();
        if (state == State.ACTIVE || t.stopped()) {
            return t;
        }
        return new Telemetry(
                t.time(),
                t.position(),
                t.velocity(),
                t.effort(),
                t.base(),
                t.baseVelocity(),
                t.effectors(),
                t.sightings(),
                true);
    }

    public State state() {
        return state;
    }

    /** Why the robot was stopped; empty when it was not, or when a new command runs. */
    public Optional<Text> reason() {
        return Optional.ofNullable(reason);
    }

    /** Stops so far, of whatever cause but {@link #stop}. */
    public int violations() {
        return stops;
    }

    /** The newest command that passed, as the robot got it; empty before the first. */
    public Optional<Command> sent() {
        return Optional.ofNullable(sent);
    }

    /** Targets that were clamped or slowed so far. */
    public int limited() {
        return limited;
    }

    /**
     * Checks a command and passes it on.
     *
     * @return why it was refused, or empty
     */
    public Optional<Text> command(Command command) {
        if (state == State.STOPPING || state == State.STOPPED) {
            return Optional.of(reason);
        }
        Optional<Text> wrong = malformed(command);
        if (wrong.isEmpty()) {
            wrong = outOfRange(command);
        }
        if (wrong.isPresent()) {
            return violate(wrong.get());
        }
        if (state == State.CLEARED) {
            state = State.ACTIVE;
            reason = null;
            restart();
        }
        Command next = shape(command);
        Telemetry now = robot.telemetry();
        for (Check check : checks) {
            Optional<Text> refused = check.refuse(model, now, next);
            if (refused.isPresent()) {
                return violate(refused.get());
            }
        }
        accept(next);
        robot.command(next);
        sent = next;
        commanded = true;
        everCommanded = true;
        return Optional.empty();
    }

    /** Lets one period pass, watches heartbeat, effort and force, and brakes when stopped. */
    public void tick() {
        switch (state) {
            case ACTIVE -> watchHeartbeat();
            case STOPPING, STOPPED, CLEARED -> {}
        }
        if (state != State.ACTIVE) {
            brake();
        }
        robot.tick();
        commanded = false;
        Telemetry t = robot.telemetry();
        if (state == State.ACTIVE) {
            watchEffort(t);
            watchForce(t);
        } else if (state == State.STOPPING) {
            resting = atRest(t) ? resting + 1 : 0;
            if (resting >= limits.restTicks()) {
                state = State.STOPPED;
            }
        } else if (state == State.STOPPED && !atRest(t)) {
            resting = 0;
            state = State.STOPPING;
        }
    }

    /** Stops the robot for an outside reason (a person, a supervisor). */
    public void stop(Text why) {
        if (state == State.STOPPING || state == State.STOPPED) {
            return;
        }
        latch(why);
    }

    /**
     * Takes a stop back; the robot holds still until the next command.
     *
     * @return false when the robot has not come to rest yet, and nothing changed
     */
    public boolean clear() {
        if (state != State.STOPPED) {
            return state == State.CLEARED || state == State.ACTIVE;
        }
        state = State.CLEARED;
        return true;
    }

    private Optional<Text> malformed(Command c) {
        int n = model.joints().size();
        if (c.position().length != n || c.velocity().length != n) {
            return Optional.of(
                    new Text(
                            "the command has "
                                    + c.position().length
                                    + " joint targets, the robot "
                                    + n
                                    + " joints",
                            "指令含 " + c.position().length + " 个关节目标，机器人有 " + n + " 个关节"));
        }
        boolean bad = !finite(c.base());
        for (int i = 0; i < n; i++) {
            bad |= Double.isInfinite(c.position()[i]) || !Double.isFinite(c.velocity()[i]);
        }
        for (Command.Grip g : c.grip().values()) {
            bad |= !Double.isFinite(g.opening()) || !(g.force() >= 0);
        }
        return bad
                ? Optional.of(new Text("the command holds no finite number", "指令含有非有限数值"))
                : Optional.empty();
    }

    private static boolean finite(Command.BaseVelocity b) {
        return Double.isFinite(b.forward())
                && Double.isFinite(b.left())
                && Double.isFinite(b.turn());
    }

    private Optional<Text> outOfRange(Command c) {
        for (int i = 0; i < target.length; i++) {
            RobotModel.JointInfo j = model.joints().get(i);
            double p = c.position()[i];
            double beyond = Math.max(j.lower() - p, p - j.upper());
            if (beyond > limits.positionSlack()) {
                return Optional.of(
                        new Text(
                                String.format(
                                        java.util.Locale.ROOT,
                                        "joint %s was sent to %.3f, its range is %.3f to %.3f",
                                        j.name(),
                                        p,
                                        j.lower(),
                                        j.upper()),
                                String.format(
                                        java.util.Locale.ROOT,
                                        "关节 %s 的目标 %.3f 超出范围 %.3f 到 %.3f",
                                        j.name(),
                                        p,
                                        j.lower(),
                                        j.upper())));
            }
        }
        return Optional.empty();
    }

    /** Fills in kept targets, clamps to the limits and slows to the joints' velocities. */
    private Command shape(Command c) {
        int n = target.length;
        double dt = robot.period();
        double[] p = new double[n];
        double[] v = new double[n];
        for (int i = 0; i < n; i++) {
            RobotModel.JointInfo j = model.joints().get(i);
            double wish = Double.isNaN(c.position()[i]) ? target[i] : c.position()[i];
            double inside =
                    Math.clamp(
                            wish, Math.min(j.lower(), target[i]), Math.max(j.upper(), target[i]));
            // speeds up no faster than a servo follows without overshoot; slows down at once
            double gained = Math.abs(speed[i]) + 3 * j.maxAcceleration() * dt;
            double most = Math.min(j.maxVelocity(), gained) * dt;
            double step = Math.clamp(inside - target[i], -most, most);
            if (Math.abs(target[i] + step - wish) > 1e-9) {
                limited++;
            }
            p[i] = target[i] + step;
            v[i] = Math.clamp(c.velocity()[i], -j.maxVelocity(), j.maxVelocity());
        }
        return new Command(p, v, slowed(c.base()), shaped(c.grip()));
    }

    private Command.BaseVelocity slowed(Command.BaseVelocity b) {
        RobotModel.Drive d = model.drive();
        double left = d.kind() == RobotModel.DriveKind.OMNI ? b.left() : 0;
        double speed = Math.sqrt(b.forward() * b.forward() + left * left);
        double scale = speed > d.maxSpeed() ? d.maxSpeed() / speed : 1;
        double turn = Math.clamp(b.turn(), -d.maxTurn(), d.maxTurn());
        if (scale < 1 || turn != b.turn() || left != b.left()) {
            limited++;
        }
        return new Command.BaseVelocity(b.forward() * scale, left * scale, turn);
    }

    private Map<String, Command.Grip> shaped(Map<String, Command.Grip> wish) {
        Map<String, Command.Grip> out = new TreeMap<>(grip);
        wish.forEach((name, g) -> {
            RobotModel.Hand hand = model.hands().get(name);
            if (hand != null) {
                out.put(
                        name,
                        new Command.Grip(
                                Math.clamp(g.opening(), 0, 1),
                                Math.min(g.force(), hand.maxForce())));
            }
        });
        return out;
    }

    private void accept(Command c) {
        double dt = robot.period();
        for (int i = 0; i < target.length; i++) {
            speed[i] = (c.position()[i] - target[i]) / dt;
            target[i] = c.position()[i];
        }
        base = c.base();
        grip.putAll(c.grip());
    }

    /** After a stop the targets begin where the robot is. */
    private void restart() {
        silent = 0;
        strained = 0;
        pressed = 0;
    }

    private void watchHeartbeat() {
        silent = commanded || !everCommanded ? 0 : silent + 1;
        if (silent >= limits.heartbeatTicks()) {
            violate(new Text("no command came in time (lost heartbeat)", "指令中断（心跳丢失）"));
        }
    }

    private void watchEffort(Telemetry t) {
        String at = null;
        for (int i = 0; i < target.length; i++) {
            double most = model.joints().get(i).maxEffort();
            if (most > 0 && Math.abs(t.effort()[i]) >= 0.98 * most) {
                at = model.joints().get(i).name();
            }
        }
        strained = at == null ? 0 : strained + 1;
        if (strained >= limits.effortTicks()) {
            violate(
                    new Text(
                            "joint " + at + " stays at its torque limit",
                            "关节 " + at + " 持续达到力矩上限"));
        }
    }

    private void watchForce(Telemetry t) {
        String at = null;
        for (BodyFacts.Effector e : model.facts().effectors()) {
            Telemetry.EffectorState s = t.effectors().get(e.name());
            if (s != null && s.force() > limits.effectorForce()) {
                at = e.name();
            }
        }
        pressed = at == null ? 0 : pressed + 1;
        if (pressed >= limits.forceTicks()) {
            violate(new Text("too much force at " + at, at + " 受力过大"));
        }
    }

    private Optional<Text> violate(Text why) {
        stops++;
        latch(why);
        return Optional.of(why);
    }

    private void latch(Text why) {
        reason = why;
        state = State.STOPPING;
        resting = 0;
        brakeFrom(robot.telemetry());
    }

    /**
     * Braking begins where the robot is, not where it was told to be, so that a blocked joint stops
     * pressing.
     */
    private void brakeFrom(Telemetry t) {
        for (int i = 0; i < target.length; i++) {
            double most = model.joints().get(i).maxVelocity();
            target[i] = t.position()[i];
            speed[i] = Math.clamp(t.velocity()[i], -most, most);
        }
    }

    /** Ramps the last commanded velocities down to zero; the fingers keep what they hold. */
    private void brake() {
        double dt = robot.period();
        for (int i = 0; i < target.length; i++) {
            RobotModel.JointInfo j = model.joints().get(i);
            double most = 2 * j.maxAcceleration() * dt;
            speed[i] -= Math.clamp(speed[i], -most, most);
            double next = target[i] + speed[i] * dt;
            if (next < j.lower() && next < target[i] || next > j.upper() && next > target[i]) {
                speed[i] = 0;
            } else {
                target[i] = next;
            }
        }
        RobotModel.Drive d = model.drive();
        double most = BASE_BRAKE * d.maxAcceleration() * dt;
        double mostTurn = BASE_BRAKE * d.maxTurnAcceleration() * dt;
        base =
                new Command.BaseVelocity(
                        base.forward() - Math.clamp(base.forward(), -most, most),
                        base.left() - Math.clamp(base.left(), -most, most),
                        base.turn() - Math.clamp(base.turn(), -mostTurn, mostTurn));
        robot.command(new Command(target.clone(), speed.clone(), base, Map.copyOf(grip)));
    }

    private boolean atRest(Telemetry t) {
        // a machine that rocks after braking is not at rest yet
        Vec3 now = t.base().q().rotate(Vec3.Z);
        boolean rocks = up != null && now.distance(up) > limits.restVelocity() * robot.period();
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
