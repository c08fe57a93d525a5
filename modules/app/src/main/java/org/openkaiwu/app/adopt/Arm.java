package org.openkaiwu.app.adopt;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.openkaiwu.body.Machine;
import org.openkaiwu.body.file.BodyFile;
import org.openkaiwu.body.infer.BodyFacts;
import org.openkaiwu.body.infer.BodyFacts.EffectorKind;
import org.openkaiwu.body.infer.BodyFacts.LimbKind;
import org.openkaiwu.math.Pose;
import org.openkaiwu.math.Quat;
import org.openkaiwu.math.RandomStream;
import org.openkaiwu.math.Vec3;
import org.openkaiwu.motion.ArmModel;

/**
 * An arm as the skills use it: every joint with a position servo from the root to the palm, the
 * tool between the fingers. The machine's frame (or its base body at {@code qpos0}) is the map.
 */
final class Arm {
    final String limb;
    final String effector;
    final ArmModel model;

    /** Bodies that move with it alone. */
    final List<String> own = new ArrayList<>();

    /** Middle of every range, or {@code qpos0} where that is inside. */
    final double[] seed;

    /** Anchor of the first hinge at {@link #seed}. */
    final Vec3 shoulder;

    /** How far sliding joints before it move the shoulder up and down from there, m. */
    final double lift;

    /** How far the hand's solids go beyond the tool point along its approach, m. */
    final double beyond;

    private static final int POSTURES = 1500;

    /** Least and largest x, y, z of the tool. */
    final double[] least = {
        Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY
    };

    final double[] most = {
        Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY
    };

    private Arm(String limb, String effector, ArmModel model, double[] start) {
        this.limb = limb;
        this.effector = effector;
        this.model = model;
        double[] lower = model.lower();
        double[] upper = model.upper();
        double[] q0 = model.read(model.machine().qpos0);
        seed = new double[q0.length];
        for (int i = 0; i < seed.length; i++) {
            double margin = 0.02 * (upper[i] - lower[i]);
            boolean inside = q0[i] > lower[i] + margin && q0[i] < upper[i] - margin;
            seed[i] = inside && model.angular(i) ? q0[i] : (lower[i] + upper[i]) / 2;
        }
        shoulder = model.shoulder(seed);
        double up = 0;
        for (int i = 0; i < seed.length && !model.angular(i); i++) {
            up += rise(model, i) / 2;
        }
        lift = up;
        beyond = beyond(start);
        sample();
    }

    private double beyond(double[] start) {
        double[] qpos = start.clone();
        model.write(seed, qpos);
        Shell shell = new Shell(model.machine());
        shell.at(qpos);
        Pose tool = model.tool();
        return shell.beyond(model.tip(), tool.p(), tool.q().rotate(Vec3.Z));
    }

    /** By how much a sliding joint raises the shoulder over its range, m. */
    private double rise(ArmModel model, int i) {
        double[] q = seed.clone();
        q[i] = model.lower()[i];
        double low = model.shoulder(q).z();
        q[i] = model.upper()[i];
        return Math.abs(model.shoulder(q).z() - low);
    }

    /** The box that holds the tool in many postures. */
    private void sample() {
        RandomStream random = RandomStream.of(1, "reach");
        double[] lower = model.lower();
        double[] upper = model.upper();
        double[] q = new double[seed.length];
        for (int n = 0; n < POSTURES; n++) {
            for (int i = 0; i < q.length; i++) {
                q[i] = random.uniform(lower[i], upper[i]);
            }
            double[] at = model.toolPose(q).p().toArray();
            for (int k = 0; k < 3; k++) {
                least[k] = Math.min(least[k], at[k]);
                most[k] = Math.max(most[k], at[k]);
            }
        }
    }

    /** Half the width of what the tool reaches, m. */
    double span() {
        return Math.max(most[0] - least[0], most[1] - least[1]) / 2;
    }

    /** Whether the tool may come there at all. */
    boolean near(Vec3 at, double margin) {
        double[] p = at.toArray();
        boolean in = true;
        for (int k = 0; k < 3; k++) {
            in &= p[k] > least[k] - margin && p[k] < most[k] + margin;
        }
        return in;
    }

    /** How far the arm stretches, its lift at its best, to have the tool at a point, m. */
    double stretch(Vec3 at, double[] q) {
        Vec3 shoulder = model.shoulder(q);
        double dz = Math.max(0, Math.abs(at.z() - shoulder.z()) - 2 * lift);
        double x = at.x() - shoulder.x();
        double y = at.y() - shoulder.y();
        return Math.sqrt(x * x + y * y + dz * dz);
    }

    /** Arms with hands that can be driven; of a machine without such hands, its bare arms. */
    static List<Arm> of(BodyFile body, double[] start) {
        List<Arm> hands = new ArrayList<>();
        for (BodyFacts.Effector e : body.facts().effectors()) {
            boolean grips =
                    e.kind() == EffectorKind.PARALLEL_GRIPPER || e.kind() == EffectorKind.JAW;
            if (grips && !e.limb().isEmpty()) {
                add(
                        hands,
                        body.machine(),
                        e.limb(),
                        e.name(),
                        e.body(),
                        e.joints(),
                        tool(e),
                        start);
            }
        }
        if (!hands.isEmpty()) {
            hands.forEach(h -> h.collectOwn(hands));
            return hands;
        }
        for (BodyFacts.Limb l : body.facts().limbs()) {
            if (l.kind() == LimbKind.ARM) {
                Pose tool =
                        body.facts().effectors().stream()
                                .filter(e -> e.limb().equals(l.name()) && e.body().equals(l.tip()))
                                .findFirst()
                                .map(Arm::tool)
                                .orElse(Pose.IDENTITY);
                add(hands, body.machine(), l.name(), "", l.tip(), List.of(), tool, start);
            }
        }
        hands.forEach(h -> h.collectOwn(hands));
        return hands;
    }

    private void collectOwn(List<Arm> all) {
        Machine m = model.machine();
        List<String> mine = new ArrayList<>(model.names());
        all.stream().filter(a -> a != this).forEach(a -> mine.removeAll(a.model.names()));
        boolean[] moves = new boolean[m.nbody];
        for (int b = 1; b < m.nbody; b++) {
            moves[b] = moves[m.bodyParentid[b]];
            for (int k = 0; k < m.bodyJntnum[b]; k++) {
                moves[b] |= mine.contains(m.jntName[m.bodyJntadr[b] + k]);
            }
            if (moves[b]) {
                own.add(m.bodyName[b]);
            }
        }
    }

    private static void add(
            List<Arm> out,
            Machine m,
            String limb,
            String effector,
            String tip,
            List<String> fingers,
            Pose tool,
            double[] start) {
        List<String> joints = chain(m, tip, fingers);
        if (!joints.isEmpty()) {
            ArmModel arm = ArmModel.of(m, joints, tip, tool);
            arm.base(basePose(m, arm.baseBody()));
            out.add(new Arm(limb, effector, arm, start));
        }
    }

    /** Pose of the base body at {@code qpos0}; of a fixed machine: the identity. */
    static Pose basePose(Machine m, int base) {
        if (base == 0) {
            return Pose.IDENTITY;
        }
        int a = m.jntQposadr[m.bodyJntadr[base]];
        return new Pose(Vec3.of(m.qpos0, a), Quat.of(m.qpos0, a + 3).unit());
    }

    private static List<String> chain(Machine m, String tip, List<String> fingers) {
        Set<String> servos = new TreeSet<>();
        for (int a = 0; a < m.nactuator; a++) {
            if (m.actuatorTrntype[a] == 0 && m.actuatorBiasprm[10 * a + 1] != 0) {
                servos.add(m.jntName[m.actuatorTrnid[2 * a]]);
            }
        }
        List<String> joints = new ArrayList<>();
        for (int b = Machine.indexOf(m.bodyName, tip); b > 0; b = m.bodyParentid[b]) {
            for (int k = m.bodyJntnum[b] - 1; k >= 0; k--) {
                String name = m.jntName[m.bodyJntadr[b] + k];
                if (servos.contains(name) && !fingers.contains(name)) {
                    joints.addFirst(name);
                }
            }
        }
        return joints;
    }

    private static Pose tool(BodyFacts.Effector e) {
        Vec3 z = e.approach().norm() > 0.5 ? e.approach().unit() : Vec3.Z;
        Vec3 across = e.closing().minus(z.times(z.dot(e.closing())));
        if (across.norm() < 1e-6) {
            across = Math.abs(z.x()) < 0.9 ? Vec3.X : Vec3.Y;
            across = across.minus(z.times(z.dot(across)));
        }
        Vec3 x = across.unit();
        return new Pose(e.graspPoint(), Quat.fromAxes(x, z.cross(x), z));
    }
}
