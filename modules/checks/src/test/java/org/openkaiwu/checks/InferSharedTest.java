package org.openkaiwu.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.openkaiwu.body.file.BodyFile;
import org.openkaiwu.body.infer.BodyFacts;
import org.openkaiwu.checks.golden.GoldenFile;

/** What is inferred from the published files of seventeen robots. */
class InferSharedTest {
    /** Base; limbs as kind x joints (sorted); effector kinds; feet; driven of all wheels. */
    private static final Map<String, String> EXPECTED =
            new TreeMap<>(
                    Map.ofEntries(
                            Map.entry("so101/so101_new_calib.xml", "FIXED [ARM5] [JAW] 0 0/0"),
                            Map.entry("so101/so101_old_calib.urdf", "FIXED [ARM5] [JAW] 0 0/0"),
                            Map.entry(
                                    "franka_panda/mjcf/panda.xml",
                                    "FIXED [ARM7] [PARALLEL_GRIPPER] 0 0/0"),
                            Map.entry(
                                    "franka_panda/panda.urdf",
                                    "FIXED [ARM7] [PARALLEL_GRIPPER] 0 0/0"),
                            Map.entry("ur5/ur5.urdf", "FIXED [ARM6] [BARE] 0 0/0"),
                            Map.entry(
                                    "robotis_ffw_sg2/ffw_sg2.xml",
                                    "WHEELED [ARM7, ARM7, HEAD2, LIFT1]"
                                            + " [PARALLEL_GRIPPER, PARALLEL_GRIPPER] 0 3/3"),
                            Map.entry("realman_rm65/urdf/RM65-B.urdf", "FIXED [ARM6] [BARE] 0 0/0"),
                            Map.entry("realman_rm75/urdf/RM75-B.urdf", "FIXED [ARM7] [BARE] 0 0/0"),
                            Map.entry(
                                    "realman_dual_rm65b/urdf/dual_rm_65b_description.urdf",
                                    "WHEELED [ARM6, ARM6, HEAD2, LIFT1] [BARE, BARE] 0 2/6"),
                            Map.entry(
                                    "turtlebot3/urdf/turtlebot3_burger.urdf",
                                    "WHEELED [] [] 0 2/2"),
                            Map.entry(
                                    "turtlebot3/mjcf/turtlebot3_waffle_pi.xml",
                                    "WHEELED [] [] 0 2/2"),
                            Map.entry(
                                    "unitree_g1/g1.xml",
                                    "FLOATING [ARM7, ARM7, LEG6, LEG6, OTHER3] [BARE, BARE] 2 0/0"),
                            Map.entry(
                                    "unitree_g1/g1_29dof_rev_1_0.urdf",
                                    "FLOATING [ARM7, ARM7, LEG6, LEG6, OTHER3] [BARE, BARE] 2 0/0"),
                            Map.entry(
                                    "unitree_go2/go2.xml",
                                    "FLOATING [LEG3, LEG3, LEG3, LEG3] [] 4 0/0"),
                            Map.entry(
                                    "booster_t1/t1.xml",
                                    "FLOATING [ARM4, ARM4, HEAD2, LEG6, LEG6, OTHER1]"
                                            + " [BARE, BARE] 2 0/0"),
                            Map.entry(
                                    "xhumanoid_tienkung2_lite/mjcf/tienkung.xml",
                                    "FLOATING [ARM4, ARM4, LEG6, LEG6] [BARE, BARE] 2 0/0"),
                            Map.entry("fetch/fetch.urdf", "FIXED [ARM7, LIFT1] [BARE] 0 0/0"),
                            Map.entry(
                                    "shadow_hand/scene_right.xml",
                                    "FIXED [FINGER4, FINGER4, FINGER4, FINGER5, FINGER5, OTHER2]"
                                            + " [HAND] 0 0/0"),
                            Map.entry(
                                    "aloha/aloha.xml",
                                    "FIXED [ARM6, ARM6] [PARALLEL_GRIPPER, PARALLEL_GRIPPER]"
                                            + " 0 0/0"),
                            Map.entry(
                                    "hello_robot_stretch_3/scene.xml",
                                    "WHEELED [ARM7, HEAD2, LIFT1] [PARALLEL_GRIPPER] 0 2/2"),
                            Map.entry("skydio_x2/x2.xml", "FLOATING [] [] 0 0/0")));

    @Test
    void everyRobotIsWhatItIs() {
        Path robots = GoldenFile.shared().resolve("robots");
        List<String> wrong = new ArrayList<>();
        EXPECTED.forEach((file, expected) -> {
            String found = summary(BodyFile.read(robots.resolve(file)).facts());
            if (!found.equals(expected)) {
                wrong.add(file + ": " + found + ", expected " + expected);
            }
        });
        assertThat(wrong).isEmpty();
    }

    @Test
    void handsAreMeasuredRight() {
        Path robots = GoldenFile.shared().resolve("robots");
        BodyFacts.Effector panda =
                BodyFile.read(robots.resolve("franka_panda/mjcf/panda.xml"))
                        .facts()
                        .effectors()
                        .getFirst();
        assertThat(panda.aperture()).isCloseTo(0.08, within(0.005));
        assertThat(panda.approach().z()).isCloseTo(1, within(1e-6));
        assertThat(Math.abs(panda.closing().y())).isCloseTo(1, within(1e-6));
        assertThat(panda.graspPoint().z()).isCloseTo(0.1034, within(0.005));
        BodyFacts.Effector rh =
                BodyFile.read(robots.resolve("robotis_ffw_sg2/ffw_sg2.xml"))
                        .facts()
                        .effectors()
                        .getFirst();
        assertThat(rh.aperture()).isCloseTo(0.106, within(0.005));
        assertThat(rh.approach().z()).isCloseTo(-1, within(1e-6));
    }

    private static String summary(BodyFacts f) {
        List<String> limbs =
                f.limbs().stream().map(l -> l.kind().name() + l.joints().size()).sorted().toList();
        List<String> hands = f.effectors().stream().map(e -> e.kind().name()).sorted().toList();
        long driven = f.wheels().stream().filter(BodyFacts.Wheel::driven).count();
        return f.base()
                + " "
                + limbs
                + " "
                + hands
                + " "
                + f.feet().size()
                + " "
                + driven
                + "/"
                + f.wheels().size();
    }
}
