package org.openkaiwu.robot;

import java.util.List;
import java.util.Map;
import org.openkaiwu.body.Machine;
import org.openkaiwu.body.infer.BodyFacts;
import org.openkaiwu.math.Text;
import org.openkaiwu.math.Vec3;

/**
 * What a brain knows of its machine.
 *
 * @param name the body's name ({@code so101})
 * @param title what people call it
 * @param machine the machine alone (no scene), as its file describes it; its qpos is the robot's
 *     own
 * @param facts limbs, effectors, feet, wheels, abilities
 * @param joints the commanded joints, in the order of {@link Command#position}
 * @param home rest position of {@code joints}, rad or m
 * @param drive how the base moves
 * @param hands per effector name: what its drive can do
 */
public record RobotModel(
        String name,
        Text title,
        Machine machine,
        BodyFacts facts,
        List<JointInfo> joints,
        double[] home,
        Drive drive,
        Map<String, Hand> hands) {

    /**
     * A commanded joint.
     *
     * @param name joint name in the machine
     * @param lower lower position limit, rad or m (-infinity when none)
     * @param upper upper position limit
     * @param maxVelocity rad/s or m/s
     * @param maxAcceleration rad/s^2 or m/s^2
     * @param maxEffort N m or N
     */
    public record JointInfo(
            String name,
            double lower,
            double upper,
            double maxVelocity,
            double maxAcceleration,
            double maxEffort) {}

    /** How a base can move. */
    public enum DriveKind {
        /** Does not move. */
        FIXED,
        /** Forward and turn. */
        DIFFERENTIAL,
        /** Forward, left and turn at once. */
        OMNI
    }

    /**
     * Limits of a base.
     *
     * @param kind how it can move
     * @param maxSpeed m/s along the ground
     * @param maxTurn rad/s
     * @param maxAcceleration m/s^2
     * @param maxTurnAcceleration rad/s^2
     * @param radius circle about the base frame that holds the base, m
     */
    public record Drive(
            DriveKind kind,
            double maxSpeed,
            double maxTurn,
            double maxAcceleration,
            double maxTurnAcceleration,
            double radius) {
        public static final Drive FIXED = new Drive(DriveKind.FIXED, 0, 0, 0, 0, 0);
    }

    /**
     * What the drive of an effector can do.
     *
     * @param maxForce largest force of a finger, N
     * @param usualForce force for things of a few hundred grams, N
     * @param maxSpeed change of opening (0..1) per second
     * @param shifts how the point between the fingers moves with the width of what they hold: rows
     *     of width (m), then x, y, z (m, palm's frame) to add to the effector's grasp point; widths
     *     rise; no rows: it stays
     */
    public record Hand(double maxForce, double usualForce, double maxSpeed, double[][] shifts) {
        /** A hand whose grasp point stays. */
        public Hand(double maxForce, double usualForce, double maxSpeed) {
            this(maxForce, usualForce, maxSpeed, new double[0][]);
        }

        /** What to add to the grasp point for a thing of this width, m, palm's frame. */
        public Vec3 shift(double width) {
            if (shifts.length == 0) {
                return Vec3.ZERO;
            }
            int i = 0;
            while (i < shifts.length - 2 && width > shifts[i + 1][0]) {
                i++;
            }
            double[] a = shifts[i];
            double[] b = shifts[Math.min(i + 1, shifts.length - 1)];
            double part = b == a ? 0 : Math.clamp((width - a[0]) / (b[0] - a[0]), 0, 1);
            return Vec3.of(a, 1).times(1 - part).plus(Vec3.of(b, 1).times(part));
        }
    }

    /** Position of a joint in {@link #joints}, or -1. */
    public int indexOf(String joint) {
        for (int i = 0; i < joints.size(); i++) {
            if (joints.get(i).name().equals(joint)) {
                return i;
            }
        }
        return -1;
    }

    /**
     * The machine's qpos that fits a telemetry: commanded joints as measured, fingers by their
     * opening, a free root joint by the base pose, the rest as in the machine's qpos0. For a fixed
     * base the machine's own frame stands at {@link Telemetry#base} in the map.
     */
    public double[] configuration(Telemetry telemetry) {
        double[] qpos = machine.qpos0.clone();
        if (drive.kind() != DriveKind.FIXED && machine.njnt > 0 && machine.jntType[0] == 0) {
            int a = machine.jntQposadr[0];
            System.arraycopy(telemetry.base().p().toArray(), 0, qpos, a, 3);
            System.arraycopy(telemetry.base().q().toArray(), 0, qpos, a + 3, 4);
        }
        for (int i = 0; i < joints.size(); i++) {
            set(qpos, joints.get(i).name(), telemetry.position()[i]);
        }
        for (BodyFacts.Effector e : facts.effectors()) {
            Telemetry.EffectorState s = telemetry.effectors().get(e.name());
            if (s == null) {
                continue;
            }
            for (int k = 0; k < e.joints().size(); k++) {
                double closed = e.closedPosition()[k];
                double open = e.openPosition()[k];
                set(qpos, e.joints().get(k), closed + s.opening() * (open - closed));
            }
        }
        return qpos;
    }

    private void set(double[] qpos, String joint, double value) {
        int j = Machine.indexOf(machine.jntName, joint);
        if (j >= 0) {
            qpos[machine.jntQposadr[j]] = value;
        }
    }
}
