package org.openkaiwu.skill;

import java.util.ArrayList;
import java.util.List;
import org.openkaiwu.body.Machine;
import org.openkaiwu.body.infer.BodyFacts;
import org.openkaiwu.math.Pose;
import org.openkaiwu.math.Quat;
import org.openkaiwu.math.Vec3;
import org.openkaiwu.motion.ArmModel;
import org.openkaiwu.robot.RobotModel;
import org.openkaiwu.robot.Telemetry;

/**
 * An effector with the chain that carries it. The tool frame stands between the fingers: z out of
 * the hand (approach), x along the closing direction.
 */
public final class Hand {
    private final RobotModel model;
    private final BodyFacts.Effector effector;
    private final ArmModel arm;
    private final int[] commanded;

    Hand(RobotModel model, BodyFacts.Effector effector) {
        this.model = model;
        this.effector = effector;
        List<String> joints = chain(model, effector);
        arm = ArmModel.of(model.machine(), joints, effector.body(), toolFrame(effector));
        commanded = joints.stream().mapToInt(model::indexOf).toArray();
        for (int i = 0; i < commanded.length; i++) {
            RobotModel.JointInfo j = model.joints().get(commanded[i]);
            double[] lower = arm.lower();
            double[] upper = arm.upper();
            arm.limit(i, Math.max(lower[i], j.lower()), Math.min(upper[i], j.upper()));
        }
    }

    /** Commanded joints on the way from the root to the palm, root first. */
    private static List<String> chain(RobotModel model, BodyFacts.Effector effector) {
        Machine m = model.machine();
        List<String> joints = new ArrayList<>();
        int b = Machine.indexOf(m.bodyName, effector.body());
        for (; b > 0; b = m.bodyParentid[b]) {
            for (int k = m.bodyJntnum[b] - 1; k >= 0; k--) {
                String name = m.jntName[m.bodyJntadr[b] + k];
                if (model.indexOf(name) >= 0 && !effector.joints().contains(name)) {
                    joints.addFirst(name);
                }
            }
        }
        return joints;
    }

    private static Pose toolFrame(BodyFacts.Effector e) {
        Vec3 z = e.approach().unit();
        Vec3 x = e.closing().minus(z.times(z.dot(e.closing()))).unit();
        return new Pose(e.graspPoint(), Quat.fromAxes(x, z.cross(x), z));
    }

    public String name() {
        return effector.name();
    }

    /** Bodies of palm and fingers: what may touch a thing that is gripped. */
    public List<String> bodies() {
        Machine m = model.machine();
        int palm = Machine.indexOf(m.bodyName, effector.body());
        List<String> out = new ArrayList<>();
        for (int b = 1; b < m.nbody; b++) {
            for (int a = b; a > 0; a = m.bodyParentid[a]) {
                if (a == palm) {
                    out.add(m.bodyName[b]);
                    break;
                }
            }
        }
        return out;
    }

    /**
     * Bodies that close on a thing: the moving fingers, and the palm where only one side moves and
     * the other finger is part of it.
     */
    public List<String> fingers() {
        Machine m = model.machine();
        List<String> out = new ArrayList<>();
        int sides = 0;
        for (int b = 1; b < m.nbody; b++) {
            boolean moves = out.contains(m.bodyName[m.bodyParentid[b]]);
            for (int k = 0; k < m.bodyJntnum[b] && !moves; k++) {
                moves = effector.joints().contains(m.jntName[m.bodyJntadr[b] + k]);
                sides += moves ? 1 : 0;
            }
            if (moves) {
                out.add(m.bodyName[b]);
            }
        }
        return sides >= 2 ? out : bodies();
    }

    public BodyFacts.Effector effector() {
        return effector;
    }

    /** Widest thing that goes between the fingers, m. */
    public double aperture() {
        return effector.aperture();
    }

    /** What the drive of the fingers can do. */
    public RobotModel.Hand drive() {
        return model.hands().getOrDefault(effector.name(), new RobotModel.Hand(20, 10, 1));
    }

    /** Where the middle of a gripped thing of that width comes to lie in the tool frame, m. */
    public Vec3 middle(double width) {
        return arm.tool().q().inverse().rotate(drive().shift(width));
    }

    /** The chain, at the base pose and posture of a telemetry. */
    public ArmModel arm(Telemetry t) {
        arm.posture(model.configuration(t));
        arm.base(t.base());
        return arm;
    }

    /** The same, but with the fingers opened so far, 0..1, whatever they are now. */
    ArmModel arm(Telemetry t, double opening) {
        Machine m = model.machine();
        double[] qpos = model.configuration(t);
        for (int k = 0; k < effector.joints().size(); k++) {
            int j = Machine.indexOf(m.jntName, effector.joints().get(k));
            double closed = effector.closedPosition()[k];
            if (j >= 0) {
                qpos[m.jntQposadr[j]] = closed + opening * (effector.openPosition()[k] - closed);
            }
        }
        arm.posture(qpos);
        arm.base(t.base());
        return arm;
    }

    /** Opening, 0..1, at which something of a width goes between the fingers. */
    double openingFor(double width) {
        return Math.clamp(width / Math.max(0.01, aperture()), 0, 1);
    }

    /** The chain as it was last set. */
    public ArmModel arm() {
        return arm;
    }

    /** Positions in {@link RobotModel#joints} of the chain's variables. */
    public int[] commanded() {
        return commanded;
    }

    /** Positions of the chain's variables as measured. */
    public double[] position(Telemetry t) {
        double[] q = new double[commanded.length];
        for (int i = 0; i < q.length; i++) {
            q[i] = t.position()[commanded[i]];
        }
        return q;
    }

    /** Pose of the tool in the map, as measured. */
    public Pose toolPose(Telemetry t) {
        return arm(t).toolPose(position(t));
    }

    /** Rest position of the chain's variables. */
    public double[] home() {
        double[] q = new double[commanded.length];
        for (int i = 0; i < q.length; i++) {
            q[i] = model.home()[commanded[i]];
        }
        return q;
    }
}
