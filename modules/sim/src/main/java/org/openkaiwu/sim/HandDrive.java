package org.openkaiwu.sim;

import org.openkaiwu.body.Machine;
import org.openkaiwu.body.infer.BodyFacts;
import org.openkaiwu.collision.ContactBuffer;
import org.openkaiwu.physics.World;
import org.openkaiwu.physics.constraint.ContactForces;
import org.openkaiwu.robot.Command;
import org.openkaiwu.robot.Telemetry;

/**
 * The drive of one effector: a position servo whose force is limited to what the command allows, as
 * the drives of real grippers do it.
 */
final class HandDrive {
    /** Slower than this an effector stands, 1/s. */
    private static final double STILL = 0.08;

    /** It must stand for this long before that counts: fingers need time to start, s. */
    private static final double STANDS = 0.12;

    /** Short of its target by this much it is blocked. */
    private static final double BLOCKED = 0.03;

    private final World world;
    final String name;
    private final double forceScale;
    private final double speed;
    private final int actuator;
    private final int control;

    /** Joints whose weighted sum is the actuator's length. */
    private final int[] joints;

    private final double[] weights;
    private final double open;
    private final double closed;
    private final boolean[] fingers;
    private final double[] wrench = new double[6];

    private double goal;
    private double limit;
    private double target;
    private double lastOpening;
    private double rate;
    private double stands;

    HandDrive(World world, BodyFacts.Effector e, BodySheet.EffectorData data) {
        this.world = world;
        name = e.name();
        forceScale = data.forceScale();
        speed = 1 / data.seconds();
        Machine m = world.machine;
        actuator = Machine.indexOf(m.actuatorName, data.actuator());
        control = m.actuatorCtrladr[actuator];
        int t = m.actuatorTrnid[2 * actuator];
        if (m.actuatorTrntype[actuator] == 3) {
            joints = new int[m.tendonNum[t]];
            weights = new double[joints.length];
            for (int i = 0; i < joints.length; i++) {
                joints[i] = m.wrapObjid[m.tendonAdr[t] + i];
                weights[i] = m.wrapPrm[m.tendonAdr[t] + i];
            }
        } else {
            joints = new int[] {t};
            weights = new double[] {m.actuatorGear[6 * actuator]};
        }
        open = length(m, e, e.openPosition());
        closed = length(m, e, e.closedPosition());
        fingers = fingers(m, e);
        limit = data.usualForce();
        goal = 1;
        target = open;
    }

    private double length(Machine m, BodyFacts.Effector e, double[] at) {
        double sum = 0;
        for (int i = 0; i < joints.length; i++) {
            int k = e.joints().indexOf(m.jntName[joints[i]]);
            sum += weights[i] * (k < 0 ? m.qpos0[m.jntQposadr[joints[i]]] : at[k]);
        }
        return sum;
    }

    /** Bodies of the hand: the palm and everything that moves with it. */
    private static boolean[] fingers(Machine m, BodyFacts.Effector e) {
        boolean[] in = new boolean[m.nbody];
        int palm = Machine.indexOf(m.bodyName, e.body());
        for (int b = 1; b < m.nbody; b++) {
            in[b] = b == palm || in[m.bodyParentid[b]];
        }
        return in;
    }

    /** Whether a body is the palm or a finger. */
    boolean has(int body) {
        return fingers[body];
    }

    void command(Command.Grip g) {
        if (g.opening() != goal) {
            stands = 0;
        }
        goal = g.opening();
        limit = g.force();
    }

    /** Opens fully, whatever was commanded. */
    void giveWay() {
        goal = 1;
    }

    /** Writes the control of the next physics step of {@code dt} seconds. */
    void drive(double dt) {
        Machine m = world.machine;
        double gain = m.actuatorGainprm[10 * actuator];
        double b0 = world.model.actuatorBiasprm[10 * actuator];
        double b1 = world.model.actuatorBiasprm[10 * actuator + 1];
        double stiffness = b1 == 0 ? gain : -b1;
        double force = limit * forceScale;
        double wish = closed + goal * (open - closed);
        if (goal <= 0) {
            // on towards where the whole force is there even for a thin sheet
            wish += Math.copySign(force / Math.abs(stiffness), closed - open);
        }
        double most = speed * Math.abs(open - closed) * dt;
        double move = Math.clamp(wish - target, -most, most);
        target += move;
        double length = now();
        // The limit is on the drive's whole force, its own damping included.
        double b2 = world.model.actuatorBiasprm[10 * actuator + 2];
        double rateNow = lengthRate();
        double pull =
                Math.clamp(
                        stiffness * (target - length) + b2 * (rateNow - move / dt), -force, force);
        world.ctrl[control] = (pull - b0 - b1 * length - b2 * rateNow) / gain;
    }

    private double lengthRate() {
        Machine m = world.machine;
        double sum = 0;
        for (int i = 0; i < joints.length; i++) {
            sum += weights[i] * world.qvel[m.jntDofadr[joints[i]]];
        }
        return sum;
    }

    private double now() {
        Machine m = world.machine;
        double sum = 0;
        for (int i = 0; i < joints.length; i++) {
            sum += weights[i] * world.qpos[m.jntQposadr[joints[i]]];
        }
        return sum;
    }

    private double opening() {
        return Math.clamp((now() - closed) / (open - closed), 0, 1);
    }

    /** Measures the rate of opening over a tick. */
    void measure(double period) {
        double o = opening();
        rate = (o - lastOpening) / period;
        lastOpening = o;
        stands = Math.abs(rate) < STILL ? stands + period : 0;
    }

    /** What the hand says of itself; the force sensor reads {@code extra} N more than there is. */
    Telemetry.EffectorState state(double extra) {
        double shortBy = lastOpening - goal;
        boolean blocked = shortBy > BLOCKED && stands >= STANDS && atForce();
        return new Telemetry.EffectorState(lastOpening, contactForce() + extra, blocked);
    }

    private boolean atForce() {
        return Math.abs(world.actuatorForce[world.machine.actuatorOutadr[actuator]])
                > 0.5 * limit * forceScale;
    }

    /** Sum of the forces of the contacts between the hand and everything that is not of it, N. */
    private double contactForce() {
        ContactBuffer c = world.contacts;
        double sum = 0;
        for (int k = 0; k < c.count; k++) {
            boolean a = fingers[world.machine.geomBodyid[c.geom1[k]]];
            boolean b = fingers[world.machine.geomBodyid[c.geom2[k]]];
            if (a != b) {
                ContactForces.wrench(world.constraints.rows, c, k, wrench);
                sum +=
                        Math.sqrt(
                                wrench[0] * wrench[0]
                                        + wrench[1] * wrench[1]
                                        + wrench[2] * wrench[2]);
            }
        }
        return sum;
    }
}
