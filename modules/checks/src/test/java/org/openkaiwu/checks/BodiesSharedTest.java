package org.openkaiwu.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openkaiwu.body.Compiler;
import org.openkaiwu.body.Machine;
import org.openkaiwu.body.Spec;
import org.openkaiwu.body.mjcf.MjcfReader;
import org.openkaiwu.body.urdf.UrdfReader;
import org.openkaiwu.dynamics.Kinematics;
import org.openkaiwu.dynamics.TreeData;
import org.openkaiwu.math.Pose;
import org.openkaiwu.math.Quat;
import org.openkaiwu.math.RandomStream;
import org.openkaiwu.math.Vec3;
import org.openkaiwu.sim.Bodies;

/** The shipped bodies move as the makers' own descriptions say. */
class BodiesSharedTest {
    private static final Path SHARED = Path.of(System.getProperty("kaiwu.shared", "../shared"));
    private static final Path ROOT = Path.of(System.getProperty("kaiwu.root", "."));

    @ParameterizedTest
    @CsvSource({
        "so101, so101/so101_new_calib.xml, base, 6",
        "ur5_gripper, ur5/ur5.urdf, base_link, 6",
        "panda, franka_panda/mjcf/panda.xml, link0, 9",
        "realman_lift, realman_dual_rm65b/urdf/dual_rm_65b_description.urdf, platform_base_link, 17",
        "ffw_sg2, robotis_ffw_sg2/ffw_sg2.xml, base_link, 31",
        "turtlebot3, turtlebot3/mjcf/turtlebot3_burger.xml, base, 2"
    })
    void shouldHaveTheMakersKinematics(String name, String file, String anchor, int atLeast) {
        Path path = SHARED.resolve("robots").resolve(file);
        assumeTrue(Files.isRegularFile(path), "no reference files");
        Machine ours = Bodies.load(ROOT, name).model().machine();
        Spec spec = file.endsWith(".urdf") ? UrdfReader.read(path) : MjcfReader.read(path);
        Machine theirs = Compiler.compile(spec);
        TreeData a = new TreeData(ours);
        TreeData b = new TreeData(theirs);
        List<int[]> joints = shared(ours.jntName, theirs.jntName);
        joints.removeIf(j -> ours.jntType[j[0]] == 0);
        assertThat(joints).hasSizeGreaterThanOrEqualTo(atLeast);
        List<int[]> bodies = shared(ours.bodyName, theirs.bodyName);
        int baseA = Machine.indexOf(ours.bodyName, anchor);
        int baseB = Machine.indexOf(theirs.bodyName, anchor);
        assertThat(Math.min(baseA, baseB)).isGreaterThan(0);
        for (int[] j : joints) {
            assertThat(theirs.jntType[j[1]]).isEqualTo(ours.jntType[j[0]]);
            if (theirs.jntLimited[j[1]]) {
                for (int k = 0; k < 2; k++) {
                    assertThat(ours.jntRange[2 * j[0] + k])
                            .as(ours.jntName[j[0]])
                            .isCloseTo(
                                    theirs.jntRange[2 * j[1] + k],
                                    org.assertj.core.data.Offset.offset(1e-6));
                }
            }
        }
        RandomStream random = RandomStream.of(1, name);
        for (int trial = 0; trial < 20; trial++) {
            for (int[] j : joints) {
                double q = random.uniform(-1, 1) * (ours.jntType[j[0]] == 2 ? 0.1 : 2);
                a.qpos[ours.jntQposadr[j[0]]] = q;
                b.qpos[theirs.jntQposadr[j[1]]] = q;
            }
            Kinematics.run(ours, a);
            Kinematics.run(theirs, b);
            for (int[] body : bodies) {
                Pose x = pose(a, baseA).inverse().times(pose(a, body[0]));
                Pose y = pose(b, baseB).inverse().times(pose(b, body[1]));
                assertThat(x.p().distance(y.p())).as(ours.bodyName[body[0]]).isLessThan(1e-6);
                assertThat(x.q().angleTo(y.q())).as(ours.bodyName[body[0]]).isLessThan(2e-6);
            }
        }
    }

    private static Pose pose(TreeData d, int b) {
        return new Pose(Vec3.of(d.xpos, 3 * b), Quat.of(d.xquat, 4 * b).unit());
    }

    private static List<int[]> shared(String[] ours, String[] theirs) {
        List<int[]> list = new ArrayList<>();
        for (int i = 0; i < ours.length; i++) {
            int k = ours[i].isEmpty() ? -1 : Machine.indexOf(theirs, ours[i]);
            if (k >= 0 && !ours[i].equals("world")) {
                list.add(new int[] {i, k});
            }
        }
        return list;
    }
}
