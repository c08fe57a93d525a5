package org.openkaiwu.robot;

import java.util.List;
import org.openkaiwu.body.Machine;
import org.openkaiwu.body.infer.BodyFacts;

/**
 * What a brain knows of its machine.
 *
 * @param name the body's name ({@code so101})
 * @param machine the machine alone (no scene), as its file describes it; its qpos is the robot's
 *     own
 * @param facts limbs, effectors, feet, wheels, abilities
 * @param joints the commanded joints, in the order of {@link Command#position}
 * @param home rest position of {@code joints}, rad or m
 */
public record RobotModel(
        String name, Machine machine, BodyFacts facts, List<JointInfo> joints, double[] home) {

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

    /** Position of a joint in {@link #joints}, or -1. */
    public int indexOf(String joint) {
        for (int i = 0; i < joints.size(); i++) {
            if (joints.get(i).name().equals(joint)) {
                return i;
            }
        }
        return -1;
    }
}
