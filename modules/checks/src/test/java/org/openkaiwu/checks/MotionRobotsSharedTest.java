package org.openkaiwu.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openkaiwu.body.Compiler;
import org.openkaiwu.body.Machine;
import org.openkaiwu.body.infer.BodyFacts;
import org.openkaiwu.body.infer.Infer;
import org.openkaiwu.body.mjcf.MjcfReader;
import org.openkaiwu.body.urdf.UrdfReader;
import org.openkaiwu.math.Pose;
import org.openkaiwu.math.Quat;
import org.openkaiwu.math.RandomStream;
import org.openkaiwu.math.Vec3;
import org.openkaiwu.motion.ArmModel;
import org.openkaiwu.motion.ArmPlanner;
import org.openkaiwu.motion.Ik;
import org.openkaiwu.motion.Obstacle;
import org.openkaiwu.motion.PlanningScene;
import org.openkaiwu.motion.Solid;
import org.openkaiwu.motion.Timing;
import org.openkaiwu.motion.ToolGoal;

/** Inverse kinematics and planning on makers' files as they are, limbs inferred from the tree. */
class MotionRobotsSharedTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "so101/so101_new_calib.xml",
                "franka_panda/panda.urdf",
                "franka_panda/mjcf/panda.xml",
                "ur5/ur5.urdf",
                "realman_rm65/urdf/RM65-B.urdf",
                "realman_rm75/urdf/RM75-B.urdf",
                "robotis_ffw_sg2/ffw_sg2.xml",
                "fetch/fetch.urdf",
                "aloha/aloha.xml"
            })
    void armsReachAndPlan(String name) {
        Path root = Path.of(System.getProperty("kaiwu.shared", "../../../shared"));
        Path file = root.resolve("robots").resolve(name);
        assumeTrue(Files.isRegularFile(file), "no " + name + " here");
        Machine m =
                Compiler.compile(
                        name.endsWith(".urdf") ? UrdfReader.read(file) : MjcfReader.read(file));
        BodyFacts facts = Infer.facts(m);
        BodyFacts.Limb limb =
                facts.limbs().stream()
                        .filter(l -> l.kind() == BodyFacts.LimbKind.ARM)
                        .findFirst()
                        .orElseThrow();
        ArmModel arm = ArmModel.of(m, limb.joints(), limb.tip(), tool(facts, limb));
        double[] qpos = m.nkey > 0 ? m.keyQpos[0] : m.qpos0;
        arm.posture(qpos);
        int solved = roundTrips(arm, 100);
        String planned = plans(arm, qpos);
        System.out.printf(
                "%s %s: ik %d of 100; reach %.3f m; %s%n",
                name, limb.name(), solved, arm.reach(), planned);
        assertThat(solved).isGreaterThanOrEqualTo(98);
    }

    private static Pose tool(BodyFacts facts, BodyFacts.Limb limb) {
        for (BodyFacts.Effector e : facts.effectors()) {
            if (e.limb().equals(limb.name()) && e.body().equals(limb.tip())) {
                Vec3 z = e.approach();
                Vec3 y = e.closing().minus(z.times(e.closing().dot(z))).unit();
                return new Pose(e.graspPoint(), Quat.fromAxes(y.cross(z), y, z));
            }
        }
        return Pose.at(0, 0, 0.05);
    }

    private static double[] random(ArmModel arm, RandomStream random) {
        double[] lo = arm.lower();
        double[] hi = arm.upper();
        double[] q = new double[arm.size()];
        for (int i = 0; i < q.length; i++) {
            q[i] = random.uniform(lo[i], hi[i]);
        }
        return q;
    }

    private static int roundTrips(ArmModel arm, int count) {
        RandomStream random = RandomStream.of(21, "reach");
        Ik ik = new Ik(arm);
        int solved = 0;
        for (int k = 0; k < count; k++) {
            Pose goal = arm.toolPose(random(arm, random));
            double[] seed = random(arm, random);
            solved += ik.solve(new ToolGoal.Full(goal), seed, Ik.Options.DEFAULT).found() ? 1 : 0;
        }
        return solved;
    }

    /** Ten motions between random free configurations beside a post. */
    private static String plans(ArmModel arm, double[] qpos) {
        PlanningScene scene = new PlanningScene(arm, 0.004, 0.001);
        scene.learn(qpos);
        Vec3 at = arm.shoulder(arm.read(qpos));
        double reach = arm.reach();
        Solid post = new Solid.Box(new Vec3(0.03, 0.03, 0.5 * reach));
        Pose beside = Pose.at(at.x() + 0.5 * reach, at.y(), at.z());
        scene.obstacles(List.of(new Obstacle("post", post, beside)));
        double[] v = new double[arm.size()];
        double[] a = new double[arm.size()];
        double[] j = new double[arm.size()];
        Arrays.fill(v, 1.5);
        Arrays.fill(a, 6);
        Arrays.fill(j, 60);
        ArmPlanner planner = new ArmPlanner(arm, scene, new Timing(v, a, j, 0.05), null, 3);
        RandomStream random = RandomStream.of(22, "plans");
        List<double[]> free = new ArrayList<>();
        for (int k = 0; k < 20_000 && free.size() < 11; k++) {
            double[] q = random(arm, random);
            if (scene.valid(q)) {
                free.add(q);
            }
        }
        assertThat(free).hasSize(11);
        int planned = 0;
        double seconds = 0;
        long t0 = System.nanoTime();
        for (int k = 0; k < 10; k++) {
            ArmPlanner.Plan p = planner.toJoints(free.get(k), free.get(k + 1));
            if (p.ok()) {
                planned++;
                seconds += p.trajectory().duration() / 10;
            }
        }
        double ms = (System.nanoTime() - t0) / 1e7;
        // A random configuration may lie in a pocket that nothing leads out of.
        assertThat(planned).isGreaterThanOrEqualTo(8);
        return String.format("%d of 10 planned, %.0f ms each, %.1f s long", planned, ms, seconds);
    }
}
