package org.openkaiwu.sim;

import org.openkaiwu.body.Machine;
import org.openkaiwu.math.Pose;
import org.openkaiwu.math.Quat;
import org.openkaiwu.math.Vec3;
import org.openkaiwu.physics.World;
import org.openkaiwu.robot.Command.BaseVelocity;

/**
 * The drive of a wheeled base: a base velocity becomes wheel speeds and steering angles; the wheels
 * roll by friction in physics.
 *
 * <p>A wheel at (x, y) of a base that moves with (vx, vy, w) must roll with (vx - w y, vy + w x).
 */
final class BaseDrive {
    /** Under this speed a steered wheel keeps its direction, m/s. */
    private static final double CRAWL = 0.004;

    /** So little beyond a quarter turn a wheel stays there, rad, instead of turning right about. */
    private static final double QUARTER = 0.25;

    /** A wheel that must be turned by more than this is turned while the base stands, rad. */
    private static final double FLIP = 1;

    /** Wheels that are turned while the base stands are there within this, rad. */
    private static final double TURNED = 0.15;

    /** How fast wheels are steered, rad/s: a tyre scrubs as it is turned, and faster ones kick. */
    private static final double STEERS = 6;

    private final World world;
    private final BodySheet.DriveData data;
    private final int root;
    private final int rootQpos;
    private final int rootDof;
    private final int[] rollControl;
    private final int[] steerControl;
    private final int[] steerQpos;
    private final double[] steer;
    private BaseVelocity goal = BaseVelocity.ZERO;
    private double vx;
    private double vy;
    private double w;

    /** The base stands, or brakes in order to stand, until its wheels have been turned. */
    private boolean turning;

    BaseDrive(World world, BodySheet.DriveData data, int root) {
        this.world = world;
        this.data = data;
        this.root = root;
        Machine m = world.machine;
        int j = m.bodyJntadr[root];
        rootQpos = m.jntQposadr[j];
        rootDof = m.jntDofadr[j];
        int n = data.wheels().size();
        rollControl = new int[n];
        steerControl = new int[n];
        steerQpos = new int[n];
        steer = new double[n];
        for (int i = 0; i < n; i++) {
            BodySheet.WheelData wheel = data.wheels().get(i);
            rollControl[i] = control(m, wheel.joint());
            steerControl[i] = wheel.steer() == null ? -1 : control(m, wheel.steer());
            steerQpos[i] =
                    wheel.steer() == null
                            ? -1
                            : m.jntQposadr[Machine.indexOf(m.jntName, wheel.steer())];
        }
    }

    private static int control(Machine m, String joint) {
        int j = Machine.indexOf(m.jntName, joint);
        for (int a = 0; a < m.nactuator; a++) {
            if (m.actuatorTrntype[a] == 0 && m.actuatorTrnid[2 * a] == j) {
                return m.actuatorCtrladr[a];
            }
        }
        throw new org.openkaiwu.math.InputException(
                "body.yaml", "drive: no actuator turns '" + joint + "'");
    }

    void command(BaseVelocity v) {
        goal = v;
    }

    /** Writes the controls of the next physics step of {@code dt} seconds. */
    void drive(double dt) {
        turning = mustTurn();
        ramp(turning ? BaseVelocity.ZERO : goal, dt);
        boolean stands = turning && rolls(vx, vy, w) < CRAWL;
        for (int i = 0; i < rollControl.length; i++) {
            BodySheet.WheelData wheel = data.wheels().get(i);
            double x = vx - w * wheel.at()[1];
            double y = vy + w * wheel.at()[0];
            double speed = x;
            if (steerControl[i] >= 0) {
                if (stands) {
                    steer[i] = direction(i, goal);
                    speed = 0;
                } else {
                    speed = rolling(i, x, y);
                }
                double step = STEERS * dt;
                double at = world.ctrl[steerControl[i]];
                world.ctrl[steerControl[i]] = at + Math.clamp(steer[i] - at, -step, step);
            }
            world.ctrl[rollControl[i]] = wheel.sign() * speed / wheel.radius();
        }
    }

    /** Changes the velocity towards another on a straight line, so that it does not swerve. */
    private void ramp(BaseVelocity to, double dt) {
        double dx = to.forward() - vx;
        double dy = to.left() - vy;
        double dw = to.turn() - w;
        double part =
                Math.min(
                        part(StrictMath.hypot(dx, dy), 2 * data.maxAcceleration() * dt),
                        part(Math.abs(dw), 2 * data.maxTurnAcceleration() * dt));
        vx += part * dx;
        vy += part * dy;
        w += part * dw;
    }

    private static double part(double change, double most) {
        return change > most ? most / change : 1;
    }

    /**
     * Whether a wheel stands so far from where the goal wants it that the base must wait for it.
     */
    private boolean mustTurn() {
        if (rolls(goal.forward(), goal.left(), goal.turn()) < CRAWL) {
            return false;
        }
        double most = 0;
        for (int i = 0; i < steer.length; i++) {
            if (steerControl[i] >= 0) {
                most = Math.max(most, Math.abs(direction(i, goal) - world.qpos[steerQpos[i]]));
            }
        }
        return most > (turning ? TURNED : FLIP);
    }

    /** The fastest wheel's speed, m/s. */
    private double rolls(double forward, double left, double turn) {
        double most = 0;
        for (BodySheet.WheelData wheel : data.wheels()) {
            double x = forward - turn * wheel.at()[1];
            double y = left + turn * wheel.at()[0];
            most = Math.max(most, Math.sqrt(x * x + y * y));
        }
        return most;
    }

    /** Where a steered wheel must point for a velocity of the base; as it is for hardly any. */
    private double direction(int i, BaseVelocity v) {
        double[] at = data.wheels().get(i).at();
        double x = v.forward() - v.turn() * at[1];
        double y = v.left() + v.turn() * at[0];
        return x * x + y * y > CRAWL * CRAWL ? nearest(i, StrictMath.atan2(y, x)) : steer[i];
    }

    /** The wheel may run backwards, so it never has to turn by more than a quarter. */
    private double nearest(int i, double angle) {
        double a = angle;
        if (a > Math.PI / 2) {
            a -= Math.PI;
        } else if (a < -Math.PI / 2) {
            a += Math.PI;
        }
        boolean other = Math.abs(a - steer[i]) > Math.PI - QUARTER;
        return other ? Math.copySign(Math.PI / 2, steer[i]) : a;
    }

    /** Turns a wheel towards a velocity; the rolling speed that fits its direction now. */
    private double rolling(int i, double x, double y) {
        if (x * x + y * y <= CRAWL * CRAWL) {
            return 0;
        }
        steer[i] = nearest(i, StrictMath.atan2(y, x));
        double now = world.qpos[steerQpos[i]];
        return x * StrictMath.cos(now) + y * StrictMath.sin(now);
    }

    Pose pose() {
        return new Pose(Vec3.of(world.tree.xpos, 3 * root), Quat.of(world.tree.xquat, 4 * root));
    }

    /** Velocity in the base frame. */
    BaseVelocity velocity() {
        Vec3 world3 = Vec3.of(world.qvel, rootDof);
        Vec3 local = Quat.of(world.qpos, rootQpos + 3).unit().inverse().rotate(world3);
        return new BaseVelocity(local.x(), local.y(), world.qvel[rootDof + 5]);
    }
}
