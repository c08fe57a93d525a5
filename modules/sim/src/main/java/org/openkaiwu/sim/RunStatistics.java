package org.openkaiwu.sim;

import org.openkaiwu.body.Machine;
import org.openkaiwu.collision.ContactBuffer;
import org.openkaiwu.physics.World;
import org.openkaiwu.physics.constraint.ContactForces;
import org.openkaiwu.robot.RobotModel;

/** What a run has been through, measured in physics at every step. */
public final class RunStatistics {
    /** A joint this far beyond its range is a violation, rad or m. */
    private static final double RANGE_SLACK = 0.02;

    /** A joint this much faster than its limit is a violation. */
    private static final double SPEED_SLACK = 1.5;

    private final World world;
    private final Owners owners;
    private final int[] joint;
    private final double[] maxVelocity;
    private final double[] begin;
    private final boolean[] beyond;
    private final double[] wrench = new double[6];
    private boolean running;
    private int limitViolations;
    private double maxContactForce;
    private double maxJointMotion;

    RunStatistics(World world, Owners owners, RobotModel model) {
        this.world = world;
        this.owners = owners;
        int n = model.joints().size();
        joint = new int[n];
        maxVelocity = new double[n];
        for (int i = 0; i < n; i++) {
            joint[i] = Machine.indexOf(world.machine.jntName, model.joints().get(i).name());
            maxVelocity[i] = model.joints().get(i).maxVelocity();
        }
        begin = new double[n];
        beyond = new boolean[n];
    }

    /** From now on everything counts. */
    void start() {
        running = true;
        for (int i = 0; i < joint.length; i++) {
            begin[i] = world.qpos[world.machine.jntQposadr[joint[i]]];
        }
    }

    /** Looks at the world after a step. */
    void step() {
        if (!running) {
            return;
        }
        Machine m = world.machine;
        for (int i = 0; i < joint.length; i++) {
            int j = joint[i];
            double q = world.qpos[m.jntQposadr[j]];
            double v = Math.abs(world.qvel[m.jntDofadr[j]]);
            boolean out =
                    m.jntLimited[j]
                            && (q < m.jntRange[2 * j] - RANGE_SLACK
                                    || q > m.jntRange[2 * j + 1] + RANGE_SLACK);
            out |= v > SPEED_SLACK * maxVelocity[i];
            if (out && !beyond[i]) {
                limitViolations++;
            }
            beyond[i] = out;
            maxJointMotion = Math.max(maxJointMotion, Math.abs(q - begin[i]));
        }
        contacts(m);
    }

    private void contacts(Machine m) {
        ContactBuffer c = world.contacts;
        for (int k = 0; k < c.count; k++) {
            Owners.Kind a = owners.kind(m.geomBodyid[c.geom1[k]]);
            Owners.Kind b = owners.kind(m.geomBodyid[c.geom2[k]]);
            boolean robot = (a == Owners.Kind.ROBOT) != (b == Owners.Kind.ROBOT);
            if (robot && a != Owners.Kind.FLOOR && b != Owners.Kind.FLOOR) {
                ContactForces.wrench(world.constraints.rows, c, k, wrench);
                double f =
                        Math.sqrt(
                                wrench[0] * wrench[0]
                                        + wrench[1] * wrench[1]
                                        + wrench[2] * wrench[2]);
                maxContactForce = Math.max(maxContactForce, f);
            }
        }
    }

    /** Times that a joint left its range or went too fast. */
    public int limitViolations() {
        return limitViolations;
    }

    /** Largest force of one contact between the robot and a thing, place or person, N. */
    public double maxContactForce() {
        return maxContactForce;
    }

    /** Largest distance of a joint from where it was at the start, rad or m. */
    public double maxJointMotion() {
        return maxJointMotion;
    }
}
