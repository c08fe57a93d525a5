package org.openkaiwu.sim;

import java.util.List;
import java.util.Map;
import org.openkaiwu.math.Text;

/**
 * What {@code bodies/<name>/body.yaml} says beside the machine file. Only {@code title} and {@code
 * file} must be there; what is left out (null) follows from the machine.
 *
 * @param title what people call it
 * @param file machine file beside the sheet (MJCF or URDF)
 * @param sources where the figures come from
 * @param mount {@code table}: stands on a table top; {@code floor}: stands on the floor
 * @param home rest positions by joint, rad or m; joints left out rest at the machine's qpos0
 * @param limits speeds and accelerations
 * @param drive how the base moves
 * @param limbs replaces the inferred limbs
 * @param effectors replaces the inferred effectors, by name
 * @param work where it likes to work
 */
public record BodySheet(
        Text title,
        String file,
        List<String> sources,
        String mount,
        Map<String, Double> home,
        Limits limits,
        DriveData drive,
        List<LimbData> limbs,
        Map<String, EffectorData> effectors,
        Work work) {

    /**
     * Speeds and accelerations of joints, rad and m.
     *
     * @param velocity of joints without an entry
     * @param acceleration of joints without an entry
     * @param joints by joint name
     */
    public record Limits(double velocity, double acceleration, Map<String, JointLimit> joints) {}

    /** Of one joint; null: as the others. */
    public record JointLimit(Double velocity, Double acceleration, Double effort) {}

    /**
     * A moving base.
     *
     * @param kind {@code differential} or {@code omni}
     * @param maxSpeed m/s
     * @param maxTurn rad/s
     * @param maxAcceleration m/s^2
     * @param maxTurnAcceleration rad/s^2
     * @param radius of a circle about the base frame that holds the base, m
     * @param wheels driven wheels
     */
    public record DriveData(
            String kind,
            double maxSpeed,
            double maxTurn,
            double maxAcceleration,
            double maxTurnAcceleration,
            double radius,
            List<WheelData> wheels) {}

    /**
     * A driven wheel.
     *
     * @param joint rolling joint
     * @param steer steering joint or null
     * @param radius m
     * @param at x and y of its axis or steering axis in the base frame, m
     * @param sign +1 when positive joint velocity drives forward, else -1
     */
    public record WheelData(String joint, String steer, double radius, double[] at, double sign) {}

    /** A limb as in {@code BodyFacts.Limb}; kind and side in lower case. */
    public record LimbData(
            String name,
            List<String> joints,
            String tip,
            String side,
            String kind,
            double reach,
            double payload) {}

    /**
     * An effector as in {@code BodyFacts.Effector}, and its drive.
     *
     * @param limb limb that carries it
     * @param kind {@code parallel_gripper} or {@code jaw}
     * @param palm body name
     * @param joints finger joints
     * @param open their positions when open
     * @param closed their positions when closed
     * @param aperture m
     * @param grasp point between the pads in the palm's frame, m
     * @param approach unit vector out of the hand, palm's frame
     * @param closing unit vector along which the fingers close, palm's frame
     * @param actuator actuator that drives it
     * @param forceScale actuator force (N or N m) for 1 N at each pad
     * @param maxForce N at a pad
     * @param usualForce N at a pad
     * @param seconds time from open to closed
     * @param shifts rows of width, x, y, z as in {@code RobotModel.Hand}; null: none
     */
    public record EffectorData(
            String limb,
            String kind,
            String palm,
            List<String> joints,
            double[] open,
            double[] closed,
            double aperture,
            double[] grasp,
            double[] approach,
            double[] closing,
            String actuator,
            double forceScale,
            double maxForce,
            double usualForce,
            double seconds,
            double[][] shifts) {}

    /**
     * Where a body likes to work, in the frame of its base (fixed: the machine's frame), x to the
     * front: a ring sector about {@code centre} whose middle lies in the direction {@code heading}.
     *
     * @param centre x and y, m
     * @param near smallest radius, m
     * @param far largest radius, m
     * @param angle half angle about the front, rad
     * @param height of the surface over the floor, or over the mounting face for {@code mount:
     *     table}, m
     * @param edge distance of the table's near edge from the base frame, m (floor mounts)
     * @param heading direction of the work from the front, rad to the left; null: 0
     */
    public record Work(
            double[] centre,
            double near,
            double far,
            double angle,
            double height,
            double edge,
            Double heading) {
        /** Direction of the work from the front, rad to the left. */
        public double towards() {
            return heading == null ? 0 : heading;
        }
    }
}
