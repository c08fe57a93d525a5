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
        double most = 2 * data.maxAcceleration() * dt;
        double mostTurn = 2 * data.maxTurnAcceleration() * dt;
        vx += Math.clamp(goal.forward() - vx, -most, most);
        vy += Math.clamp(goal.left() - vy, -most, most);
        w += Math.clamp(goal.turn() - w, -mostTurn, mostTurn);
        for (int i = 0; i < rollControl.length; i++) {
            BodySheet.WheelData wheel = data.wheels().get(i);
            double x = vx - w * wheel.at()[1];
            double y = vy + w * wheel.at()[0];
            double speed = steerControl[i] < 0 ? x : steered(i, x, y);
            world.ctrl[rollControl[i]] = wheel.sign() * speed / wheel.radius();
        }
    }

    /** Turns a steered wheel towards a velocity; the rolling speed that fits its direction now. */
    private double steered(int i, double x, double y) {
        double speed = Math.sqrt(x * x + y * y);
        if (speed > CRAWL) {
            double angle = StrictMath.atan2(y, x);
            // the wheel may run backwards, so it never has to turn by more than a quarter
            if (angle > Math.PI / 2) {
                angle -= Math.PI;
                speed = -speed;
            } else if (angle < -Math.PI / 2) {
                angle += Math.PI;
                speed = -speed;
            }
            // at a quarter both senses are possible: stay on the side where the wheel is
            if (Math.abs(Math.abs(angle) - Math.PI / 2) < 0.02 && angle * steer[i] < 0) {
                angle = -angle;
                speed = -speed;
            }
            steer[i] = angle;
        } else {
            speed = 0;
        }
        world.ctrl[steerControl[i]] = steer[i];
        double off = steer[i] - world.qpos[steerQpos[i]];
        double c = StrictMath.cos(Math.min(Math.abs(off) * 2, Math.PI / 2));
        return speed * c * c;
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
