package org.openkaiwu.robot;

import java.util.Optional;
import org.openkaiwu.math.Pose;
import org.openkaiwu.math.Text;
import org.openkaiwu.math.Vec3;

/**
 * Watches a base that drives: it must stay upright, and move as it is told.
 *
 * <p>What it is told is compared after a ramp of the base's own acceleration. A base that pushes
 * against something moves much less than that, one that climbs onto it tilts, and one that runs
 * into something is slowed down as no drive does it.
 */
final class BaseWatch {
    /** Slower commands than these are not watched for being blocked, m/s and rad/s. */
    private static final double CREEP = 0.04;

    private static final double CREEP_TURN = 0.1;

    /** A base that makes less of its velocity than this is blocked. */
    private static final double SHARE = 0.3;

    /** A base that tilts when commands begin may tilt so much more, rad. */
    private static final double WORSE = 0.02;

    private final RobotModel.Drive drive;
    private final GuardLimits limits;
    private final double period;
    private final Vec3 up;
    private double allowed;
    private double forward;
    private double left;
    private double turn;
    private Command.BaseVelocity last = Command.BaseVelocity.ZERO;
    private int tilted;
    private int blocked;
    private int blockedTurn;

    BaseWatch(RobotModel.Drive drive, GuardLimits limits, double period, Pose stands) {
        this.drive = drive;
        this.limits = limits;
        this.period = period;
        up = stands.q().rotate(Vec3.Z);
    }

    /** Commands begin. */
    void begin(Pose stands) {
        allowed = Math.max(limits.tilt(), tilt(stands) + WORSE);
        forward = 0;
        left = 0;
        turn = 0;
        last = Command.BaseVelocity.ZERO;
        tilted = 0;
        blocked = 0;
        blockedTurn = 0;
    }

    private double tilt(Pose base) {
        Vec3 now = base.q().rotate(Vec3.Z);
        return StrictMath.atan2(now.cross(up).norm(), now.dot(up));
    }

    /** Looks at what a tick has brought with this command. */
    Optional<Text> look(Telemetry t, Command.BaseVelocity told) {
        if (drive.kind() == RobotModel.DriveKind.FIXED) {
            return Optional.empty();
        }
        tilted = tilt(t.base()) > allowed ? tilted + 1 : 0;
        if (tilted >= limits.tiltTicks()) {
            return Optional.of(new Text("the base tilts", "底盘倾斜"));
        }
        if (struck(t.baseVelocity(), told)) {
            return Optional.of(new Text("the base ran into something", "底盘撞到了东西"));
        }
        expect(told);
        double speed = Math.sqrt(forward * forward + left * left);
        double along = forward * t.baseVelocity().forward() + left * t.baseVelocity().left();
        boolean stands = speed > CREEP && along < SHARE * speed * speed;
        blocked = stands ? blocked + 1 : 0;
        boolean keeps =
                Math.abs(turn) > CREEP_TURN && t.baseVelocity().turn() * turn < SHARE * turn * turn;
        blockedTurn = keeps ? blockedTurn + 1 : 0;
        return Math.max(blocked, blockedTurn) < limits.blockedTicks()
                ? Optional.empty()
                : Optional.of(
                        new Text(
                                "the base is blocked: it does not move as commanded",
                                "底盘受阻：没有按指令移动"));
    }

    /** Whether the base was slowed down in one tick as no drive does it. */
    private boolean struck(Command.BaseVelocity now, Command.BaseVelocity told) {
        double slower =
                (last.forward() - now.forward()) * told.forward()
                        + (last.left() - now.left()) * told.left();
        double speed = StrictMath.hypot(told.forward(), told.left());
        last = now;
        return slower > limits.shock() * period * speed;
    }

    private void expect(Command.BaseVelocity told) {
        double most = drive.maxAcceleration() * period;
        double mostTurn = drive.maxTurnAcceleration() * period;
        forward += Math.clamp(told.forward() - forward, -most, most);
        left += Math.clamp(told.left() - left, -most, most);
        turn += Math.clamp(told.turn() - turn, -mostTurn, mostTurn);
    }
}
