package org.openkaiwu.body.infer;

import java.util.List;
import java.util.Set;
import org.openkaiwu.math.Vec3;

/**
 * What follows from a machine's tree alone.
 *
 * @param base kind of base
 * @param limbs arms, legs, heads, lift columns: chains from the trunk outwards
 * @param effectors what the limbs end in
 * @param feet bodies that the machine stands on
 * @param wheels joints that roll the machine
 * @param cameras camera names
 * @param abilities what the machine can do, and what it can't with the reason
 * @param totalReach longest distance from a limb's root to its tip, m
 */
public record BodyFacts(
        Base base,
        List<Limb> limbs,
        List<Effector> effectors,
        List<String> feet,
        List<Wheel> wheels,
        List<String> cameras,
        Set<Ability> abilities,
        double totalReach) {

    /** How the machine stands. */
    public enum Base {
        FIXED,
        WHEELED,
        FLOATING
    }

    /** What a chain is. */
    public enum LimbKind {
        ARM,
        LEG,
        HEAD,
        LIFT,
        FINGER,
        OTHER
    }

    /** Left or right half of the machine, or neither. */
    public enum Side {
        LEFT,
        RIGHT,
        CENTRE
    }

    /** What a limb ends in. */
    public enum EffectorKind {
        PARALLEL_GRIPPER,
        JAW,
        HAND,
        SUCTION,
        BARE
    }

    /** What a machine can do. */
    public enum Ability {
        GRASP,
        PUSH,
        REACH,
        LIFT_COLUMN,
        DRIVE,
        LOOK,
        WALK,
        FLY
    }

    /**
     * A chain of joints.
     *
     * @param name unique name
     * @param joints joint names from root to tip, without the effector's own
     * @param tip body name of the last link (or of the effector's palm)
     * @param side half of the machine
     * @param kind what it is
     * @param reach longest distance from the first joint to the tip, m
     * @param payload mass that the actuators can hold at full reach, kg; NaN when no limits are
     *     known
     */
    public record Limb(
            String name,
            List<String> joints,
            String tip,
            Side side,
            LimbKind kind,
            double reach,
            double payload) {}

    /**
     * What a limb ends in.
     *
     * @param name unique name
     * @param limb limb that carries it
     * @param kind what it is
     * @param body palm body name
     * @param joints finger joints (moving fingers, coupled ones included)
     * @param aperture widest opening between the fingers, m; 0 when bare
     * @param graspPoint point between the finger pads in the palm body's frame, m
     * @param approach unit vector in the palm body's frame that points out of the hand
     * @param closing unit vector in the palm body's frame along which the fingers close
     * @param openPosition finger joint positions when open
     * @param closedPosition finger joint positions when closed
     */
    public record Effector(
            String name,
            String limb,
            EffectorKind kind,
            String body,
            List<String> joints,
            double aperture,
            Vec3 graspPoint,
            Vec3 approach,
            Vec3 closing,
            double[] openPosition,
            double[] closedPosition) {}

    /**
     * A driven or passive wheel.
     *
     * @param joint rolling joint
     * @param steer steering joint, or empty
     * @param radius m
     * @param centre in the base frame at qpos0, m
     * @param driven an actuator turns it
     */
    public record Wheel(String joint, String steer, double radius, Vec3 centre, boolean driven) {}
}
