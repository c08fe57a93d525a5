package org.openkaiwu.app.body;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openkaiwu.body.Machine;
import org.openkaiwu.body.file.BodyFile;
import org.openkaiwu.body.infer.BodyFacts;
import org.openkaiwu.body.infer.BodyFacts.LimbKind;
import org.openkaiwu.math.Pose;
import org.openkaiwu.math.Quat;
import org.openkaiwu.math.Vec3;
import org.openkaiwu.motion.ArmModel;
import org.openkaiwu.motion.Ik;
import org.openkaiwu.motion.ToolGoal;

/** Where a body works and how it rests there: found by inverse kinematics over a grid. */
final class Workplace {
    private static final Vec3 DOWN = new Vec3(0, 0, -1);

    /** Height of the tool over the surface while resting, as a part of the reach. */
    private static final double REST_HEIGHT = 0.2;

    final boolean onTable;
    Vec3 centre = Vec3.ZERO;
    double near = 0.3;
    double far = 0.5;
    double angle = 0.8;
    double height;
    double edge = 0.3;
    final Map<String, Double> home = new LinkedHashMap<>();

    private final Machine m;

    Workplace(BodyFile body) {
        m = body.machine();
        BodyFacts facts = body.facts();
        List<BodyFacts.Limb> arms =
                facts.limbs().stream().filter(l -> l.kind() == LimbKind.ARM).toList();
        double shoulder =
                arms.isEmpty()
                        ? 0
                        : arm(facts, arms.getFirst()).shoulder(zero(arms.getFirst())).z();
        onTable = facts.base() == BodyFacts.Base.FIXED && shoulder < 0.45 && !arms.isEmpty();
        for (BodyFacts.Limb l : facts.limbs()) {
            if (l.kind() == LimbKind.LIFT && l.joints().size() == 1) {
                int j = Machine.indexOf(m.jntName, l.joints().getFirst());
                double middle = (m.jntRange[2 * j] + m.jntRange[2 * j + 1]) / 2;
                home.put(l.joints().getFirst(), Sheet.rounded(middle));
            }
        }
        if (!arms.isEmpty()) {
            height = onTable ? 0 : Math.clamp(shoulder - 0.3, 0.3, 0.9);
            survey(facts, arms);
        }
    }

    private ArmModel arm(BodyFacts facts, BodyFacts.Limb limb) {
        BodyFacts.Effector e =
                facts.effectors().stream()
                        .filter(x -> x.limb().equals(limb.name()))
                        .findFirst()
                        .orElse(null);
        Pose tool = Pose.IDENTITY;
        if (e != null) {
            Vec3 z = e.approach().unit();
            Vec3 x = e.closing().minus(z.times(z.dot(e.closing()))).unit();
            tool = new Pose(e.graspPoint(), Quat.fromAxes(x, z.cross(x), z));
        }
        ArmModel arm = ArmModel.of(m, limb.joints(), limb.tip(), tool);
        double[] qpos = m.qpos0.clone();
        home.forEach((joint, value) -> {
            int j = Machine.indexOf(m.jntName, joint);
            qpos[m.jntQposadr[j]] = value;
        });
        arm.posture(qpos);
        return arm;
    }

    private double[] zero(BodyFacts.Limb limb) {
        double[] q = new double[limb.joints().size()];
        for (int i = 0; i < q.length; i++) {
            int j = Machine.indexOf(m.jntName, limb.joints().get(i));
            q[i] =
                    m.jntLimited[j]
                            ? Math.clamp(
                                    m.qpos0[m.jntQposadr[j]],
                                    m.jntRange[2 * j],
                                    m.jntRange[2 * j + 1])
                            : 0;
        }
        return q;
    }

    /** Radii in front that the first arm reaches from above; all arms rest over the middle. */
    private void survey(BodyFacts facts, List<BodyFacts.Limb> arms) {
        BodyFacts.Limb first = arms.getFirst();
        ArmModel arm = arm(facts, first);
        Vec3 shoulder = arm.shoulder(zero(first));
        boolean several = facts.base() == BodyFacts.Base.WHEELED;
        centre = several ? Vec3.ZERO : new Vec3(shoulder.x(), shoulder.y(), 0);
        Ik ik = new Ik(arm);
        double reach = Math.max(0.2, first.reach());
        List<Double> reached = new ArrayList<>();
        double[] seed = zero(first);
        double forward = several ? shoulder.x() : 0;
        for (int i = 2; i <= 20; i++) {
            double r = forward + reach * i / 20;
            double side = several && arms.size() > 1 ? shoulder.y() : 0;
            boolean low = solve(ik, r, side, height + 0.02, seed) != null;
            double[] q = solve(ik, r, side, height + 0.12 * reach, seed);
            if (low && q != null) {
                reached.add(r);
                seed = q;
            } else if (!reached.isEmpty()) {
                break;
            }
        }
        if (reached.size() >= 3) {
            double span = reached.getLast() - reached.getFirst();
            near = reached.getFirst() + 0.15 * span;
            far = reached.getLast() - 0.12 * span;
        } else {
            near = forward + 0.4 * reach;
            far = forward + 0.65 * reach;
        }
        angle = several ? 0.5 : 0.8;
        edge = Math.max(0.05, near - 0.1);
        for (BodyFacts.Limb l : arms) {
            rest(facts, l, reach);
        }
    }

    private double[] solve(Ik ik, double r, double side, double z, double[] seed) {
        Vec3 at = new Vec3(centre.x() + r, centre.y() + side, z);
        ToolGoal goal = new ToolGoal.Approach(at, DOWN, Vec3.Z);
        Ik.Result result = ik.solve(goal, seed, Ik.Options.DEFAULT);
        return result.found() ? result.best().q() : null;
    }

    private void rest(BodyFacts facts, BodyFacts.Limb limb, double reach) {
        ArmModel arm = arm(facts, limb);
        double side =
                facts.limbs().stream().filter(l -> l.kind() == LimbKind.ARM).count() > 1
                        ? arm.shoulder(zero(limb)).y()
                        : 0;
        Ik ik = new Ik(arm);
        for (double up = REST_HEIGHT; up < 0.5; up += 0.1) {
            double[] q =
                    solve(ik, near + 0.3 * (far - near), side, height + up * reach, zero(limb));
            if (q != null) {
                for (int i = 0; i < q.length; i++) {
                    home.put(limb.joints().get(i), Sheet.rounded(q[i]));
                }
                return;
            }
        }
    }

    /** Where a wheel stands in the frame of the base. */
    static Vec3 wheelAt(Machine m, BodyFacts.Wheel w) {
        return w.centre();
    }

    /** +1 when a positive turn of the wheel drives forward (x). */
    static double wheelSign(Machine m, BodyFacts.Wheel w) {
        int j = Machine.indexOf(m.jntName, w.joint());
        Quat q = Quat.IDENTITY;
        int b = m.jntBodyid[j];
        for (; m.bodyParentid[b] > 0; b = m.bodyParentid[b]) {
            q = Quat.of(m.bodyQuat, 4 * b).times(q);
        }
        Vec3 axis = q.rotate(Vec3.of(m.jntAxis, 3 * j));
        return axis.y() >= 0 ? 1 : -1;
    }
}
