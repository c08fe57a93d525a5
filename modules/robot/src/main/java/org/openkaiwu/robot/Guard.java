package org.openkaiwu.robot;

import java.util.List;
import java.util.Optional;
import org.openkaiwu.math.Text;

/**
 * The only way to a robot: every command passes it.
 *
 * <p>Targets a little beyond a limit are clamped, and targets that would need more than a joint's
 * velocity are reached more slowly; a command that is far off, a joint that is measured too fast or
 * out of its range, a torque that stays at its limit, a force at an effector, a base that tilts or
 * does not move as told, a {@link Check} or a missing heartbeat stops the robot. A stop latches:
 * the robot brakes, {@link #state} says {@link State#STOPPED} only once it is measured to be at
 * rest, and after {@link #clear} nothing moves until a new command comes.
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

    /** A stop brakes a joint so many times harder than its usual acceleration. */
    public static final double JOINT_BRAKE = 2;

    /**
     * A stop brakes a base so many times harder than its usual acceleration; more would lift the
     * wheels of a tall machine on its way sideways.
     */
    public static final double BASE_BRAKE = 1.5;

    private final Robot robot;
    private final RobotModel model;
    private final List<Check> checks;
    private final Targets targets;
    private final CommandRules rules;
    private final Watch watch;
    private final Brake brake;

    private State state = State.ACTIVE;
    private Text reason;
    private Command sent;
    private boolean commanded;
    private int stops;

    public Guard(Robot robot, GuardLimits limits, List<Check> checks) {
        this.robot = robot;
        this.model = robot.model();
        this.checks = List.copyOf(checks);
        Telemetry now = robot.telemetry();
        targets = new Targets(now.position());
        rules = new CommandRules(model, limits, robot.period());
        watch = new Watch(model, limits, robot.period(), now);
        brake = new Brake(model, limits, robot.period(), targets);
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
        return rules.limited();
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
        Optional<Text> wrong = rules.refuse(command);
        if (wrong.isPresent()) {
            return violate(wrong.get());
        }
        if (state == State.CLEARED) {
            state = State.ACTIVE;
            reason = null;
            watch.begin(robot.telemetry());
        }
        Command next = rules.shape(command, targets);
        Optional<Text> refused = checked(next);
        if (refused.isPresent()) {
            return violate(refused.get());
        }
        targets.take(next, robot.period());
        robot.command(next);
        sent = next;
        commanded = true;
        return Optional.empty();
    }

    /** Lets one period pass, watches commands and sensors, and brakes when stopped. */
    public void tick() {
        if (state == State.ACTIVE) {
            watch.heartbeat(commanded)
                    // the last command goes on: where it leads by now is asked again
                    .or(() -> commanded || sent == null ? Optional.empty() : checked(sent))
                    .ifPresent(this::violate);
        }
        if (state != State.ACTIVE) {
            robot.command(brake.next());
        }
        robot.tick();
        commanded = false;
        Telemetry t = robot.telemetry();
        switch (state) {
            case ACTIVE -> watch.look(t, targets.base).ifPresent(this::violate);
            case STOPPING, STOPPED -> state = brake.rests(t) ? State.STOPPED : State.STOPPING;
            case CLEARED -> {}
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

    private Optional<Text> checked(Command next) {
        Telemetry now = robot.telemetry();
        for (Check check : checks) {
            Optional<Text> refused = check.refuse(model, now, next);
            if (refused.isPresent()) {
                return refused;
            }
        }
        return Optional.empty();
    }

    private Optional<Text> violate(Text why) {
        stops++;
        latch(why);
        return Optional.of(why);
    }

    private void latch(Text why) {
        reason = why;
        state = State.STOPPING;
        brake.begin(robot.telemetry());
    }
}
