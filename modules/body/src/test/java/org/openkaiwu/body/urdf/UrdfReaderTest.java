package org.openkaiwu.body.urdf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openkaiwu.body.Spec;
import org.openkaiwu.math.InputException;

@Timeout(20)
class UrdfReaderTest {
    private static final String ARM =
            """
            <robot name="arm">
              <material name="red"><color rgba="1 0 0 1"/></material>
              <link name="base"><visual><geometry><box size="0.2 0.4 0.6"/></geometry>
                <material name="red"/></visual>
                <collision name="hull"><origin xyz="0 0 0.3" rpy="0 0 1.5707963267948966"/>
                  <geometry><cylinder radius="0.1" length="0.5"/></geometry></collision></link>
              <link name="upper"><inertial><origin xyz="0 0 0.1"/><mass value="2"/>
                <inertia ixx="0.1" iyy="0.1" izz="0.05" ixy="0" ixz="0" iyz="0"/></inertial></link>
              <link name="slide"><collision><geometry><sphere radius="0.05"/></geometry>
                </collision></link>
              <link name="tip"/>
              <joint name="turn" type="revolute"><parent link="base"/><child link="upper"/>
                <origin xyz="0 0 1" rpy="0.1 0.2 0.3"/><axis xyz="0 0 2"/>
                <limit lower="-1" upper="2" effort="30" velocity="1.5"/>
                <dynamics damping="0.7" friction="0.2"/></joint>
              <joint name="push" type="prismatic"><parent link="upper"/><child link="slide"/>
                <axis xyz="1 0 0"/><limit lower="0" upper="0.1" effort="5" velocity="0.1"/>
                <mimic joint="turn" multiplier="0.5" offset="0.01"/></joint>
              <joint name="end" type="fixed"><parent link="slide"/><child link="tip"/></joint>
            </robot>
            """;

    @TempDir Path folder;

    @Test
    void readsLinksJointsLimitsShapes() throws IOException {
        Spec spec = read(ARM);
        assertThat(spec.name).isEqualTo("arm");
        Spec.Body base = spec.world.bodies.getFirst();
        assertThat(base.name).isEqualTo("base");
        Spec.Geom visual = base.geoms.get(0);
        assertThat(visual.visualOnly).isTrue();
        assertThat(visual.rgba).containsExactly(1, 0, 0, 1);
        assertThat(visual.size).containsExactly(0.1, 0.2, 0.3);
        Spec.Geom hull = base.geoms.get(1);
        assertThat(hull.name).isEqualTo("hull");
        assertThat(hull.size).containsExactly(0.1, 0.25, 0);
        assertThat(hull.quat[3]).isCloseTo(Math.sqrt(0.5), within(1e-15));

        Spec.Body upper = base.bodies.getFirst();
        Spec.Joint turn = upper.joints.getFirst();
        assertThat(turn.axis).containsExactly(0, 0, 1);
        assertThat(turn.range).containsExactly(-1, 2);
        assertThat(turn.actuatorfrcrange).containsExactly(-30, 30);
        assertThat(turn.velocity).isEqualTo(1.5);
        assertThat(turn.damping[0]).isEqualTo(0.7);
        assertThat(turn.frictionloss).isEqualTo(0.2);
        // fixed axes: Rz(0.3) Ry(0.2) Rx(0.1)
        assertThat(upper.quat[0]).isCloseTo(0.9833474432563558, within(1e-15));
        assertThat(upper.quat[1]).isCloseTo(0.034270798550482096, within(1e-15));
        assertThat(upper.quat[2]).isCloseTo(0.10602051106179562, within(1e-15));
        assertThat(upper.quat[3]).isCloseTo(0.1435721750273919, within(1e-15));

        Spec.Equality mimic = spec.equalities.getFirst();
        assertThat(mimic.obj1).isEqualTo("push");
        assertThat(mimic.obj2).isEqualTo("turn");
        assertThat(mimic.polycoef).containsExactly(0.01, 0.5, 0, 0, 0);
        assertThat(upper.bodies.getFirst().bodies.getFirst().joints).isEmpty();
    }

    @Test
    void planarAndFloatingJoints() throws IOException {
        Spec spec =
                read(
                        """
                        <robot name="r"><link name="world"/><link name="a"/><link name="b"/>
                        <joint name="f" type="floating"><parent link="world"/><child link="a"/></joint>
                        <joint name="p" type="planar"><parent link="a"/><child link="b"/>
                          <axis xyz="0 0 1"/></joint></robot>
                        """);
        Spec.Body a = spec.world.bodies.getFirst();
        assertThat(a.joints.getFirst().type).isZero();
        assertThat(a.bodies.getFirst().joints)
                .extracting(j -> j.name)
                .containsExactly("p_TX", "p_TY", "p_RZ");
        assertThat(spec.problems).anyMatch(p -> p.message().contains("no mass"));
    }

    @Test
    void flawsAreReportedAndSurvived() throws IOException {
        Spec spec =
                read(
                        """
                        <robot name="r"><link name="a"><visual><geometry>
                            <mesh filename="package://lost/mesh.stl"/></geometry></visual></link>
                          <link name="b"><inertial><mass value="1"/>
                            <inertia ixx="1" iyy="0.1" izz="0.1" ixy="0" ixz="0" iyz="0"/></inertial></link>
                          <link name="c"><inertial><mass value="1"/>
                            <inertia ixx="0" iyy="0" izz="0" ixy="0" ixz="0" iyz="0"/></inertial></link>
                          <joint name="j" type="continuous"><parent link="a"/><child link="b"/></joint>
                          <joint name="k" type="revolute"><parent link="b"/><child link="c"/>
                            <axis xyz="0 0 0"/><limit lower="1" upper="-1"/></joint></robot>
                        """);
        assertThat(spec.problems)
                .extracting(p -> p.message())
                .anyMatch(m ->
                        m.contains("mesh \"package://lost/mesh.stl\" of link \"a\" is not found"))
                .anyMatch(m -> m.contains("break the triangle inequality"))
                .anyMatch(m -> m.contains("mass but no inertia"))
                .anyMatch(m -> m.contains("axis of length 0"))
                .anyMatch(m -> m.contains("needs lower <= upper"));
        Spec.Body b = spec.world.bodies.getFirst().bodies.getFirst();
        assertThat(b.inertial.diag[0]).isCloseTo(0.4, within(1e-12));
        assertThat(b.inertial.diag[2]).isEqualTo(b.inertial.diag[0]);
        assertThat(spec.problems).anyMatch(p -> p.where().matches("robot.urdf:2"));
    }

    @Test
    void packagesResolveUpwards() throws IOException {
        Path below = Files.createDirectories(folder.resolve("pkg/urdf/deep"));
        Files.createDirectories(folder.resolve("pkg/meshes"));
        Files.writeString(
                folder.resolve("pkg/meshes/a.obj"), "v 0 0 0\nv 1 0 0\nv 0 1 0\nf 1 2 3\n");
        Path file = below.resolve("r.urdf");
        Files.writeString(
                file,
                """
                <robot name="r"><link name="a"><visual><geometry>
                <mesh filename="package://any_name/meshes/a.obj" scale="1 2 3"/></geometry></visual>
                <visual><geometry><mesh filename="../../meshes/a.obj" scale="1 2 3"/></geometry>
                </visual></link></robot>
                """);
        Spec spec = UrdfReader.read(file);
        assertThat(spec.problems).isEmpty();
        assertThat(spec.world.bodies.getFirst().geoms).hasSize(2);
        assertThat(spec.meshes.getFirst().scale).containsExactly(1, 2, 3);
    }

    @Test
    void srdfBesideGivesExclusions() throws IOException {
        Files.writeString(
                folder.resolve("robot.srdf"),
                """
                <robot name="arm"><group name="g"><chain base_link="base" tip_link="tip"/></group>
                <group_state name="home" group="g"><joint name="turn" value="0.5"/></group_state>
                <end_effector name="hand" parent_link="slide" group="g"/>
                <disable_collisions link1="base" link2="slide" reason="Never"/>
                <disable_collisions link1="slide" link2="base" reason="Never"/></robot>
                """);
        Spec spec = read(ARM);
        assertThat(spec.excludes).hasSize(1);
        Srdf srdf = SrdfReader.read(folder.resolve("robot.srdf"));
        assertThat(srdf.groups().get("g").chains()).containsExactly(new Srdf.Chain("base", "tip"));
        assertThat(srdf.states().getFirst().joints()).containsEntry("turn", 0.5);
        assertThat(
                        UrdfReader.read(folder.resolve("robot.urdf"), UrdfReader.Dialect.MUJOCO)
                                .excludes)
                .isEmpty();
    }

    @Test
    void errorsNameFileLineAndRemedy() {
        assertThatThrownBy(
                        () -> read(ARM.replace("<child link=\"slide\"/>", "<child link=\"x\"/>")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("robot.urdf:16")
                .hasMessageContaining("names the child link \"x\", which is not in the file");
        assertThatThrownBy(() ->
                        read(
                                ARM.replace(
                                        "link=\"slide\"/><child link=\"tip\"",
                                        "link=\"tip\"/><child link=\"tip\"")))
                .hasMessageContaining("circle");
        assertThatThrownBy(() -> read("<robot name='r'><link name='a'/><link name='a'/></robot>"))
                .hasMessageContaining("\"a\" is there twice");
        assertThatThrownBy(() -> read(ARM.replace("0.1 0.2 0.3", "0.1 0.2")))
                .hasMessageContaining("attribute \"rpy\" needs 3 numbers, has 2");
        assertThatThrownBy(() -> read("<mujoco/>")).hasMessageContaining("not the root of a URDF");
        assertThatThrownBy(() -> read(ARM.substring(0, 900)))
                .hasMessageContaining("no well-formed XML");
    }

    @Test
    void hostileFilesAreRefusedQuickly() {
        assertThatThrownBy(() ->
                        read(
                                "<!DOCTYPE robot [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>"
                                        + "<robot name='&x;'/>"))
                .hasMessageContaining("DOCTYPE");
        String deep = "<a>".repeat(100_000);
        assertThatThrownBy(() -> read("<robot>" + deep)).isInstanceOf(InputException.class);
        StringBuilder wide = new StringBuilder("<robot name='w'>");
        for (int i = 0; i < 25_000; i++) {
            wide.append("<link name='l").append(i).append("'/>");
        }
        assertThatThrownBy(() -> read(wide + "</robot>"))
                .hasMessageContaining("more than 20000 links");
        StringBuilder chain = new StringBuilder("<robot name='w'><link name='l0'/>");
        for (int i = 1; i < 5000; i++) {
            chain.append("<link name='l").append(i).append("'/><joint name='j").append(i);
            chain.append("' type='fixed'><parent link='l")
                    .append(i - 1)
                    .append("'/><child link='l");
            chain.append(i).append("'/></joint>");
        }
        assertThatThrownBy(() -> read(chain + "</robot>")).hasMessageContaining("nested");
    }

    @Test
    void mutatedFilesGiveInputExceptionsOnly() throws IOException {
        Random random = new Random(2);
        byte[] seed = ARM.getBytes(StandardCharsets.UTF_8);
        for (int round = 0; round < 3000; round++) {
            byte[] bytes = seed.clone();
            for (int k = 0; k <= random.nextInt(6); k++) {
                int at = random.nextInt(bytes.length);
                if (random.nextBoolean()) {
                    bytes[at] = (byte) random.nextInt(256);
                } else {
                    int from = random.nextInt(bytes.length - 20);
                    System.arraycopy(seed, from, bytes, Math.min(at, seed.length - 20), 20);
                }
            }
            Path file = folder.resolve("fuzz.urdf");
            Files.write(
                    file,
                    random.nextInt(4) == 0
                            ? Arrays.copyOf(bytes, random.nextInt(bytes.length))
                            : bytes);
            try {
                UrdfReader.read(file);
            } catch (InputException e) {
                assertThat(e.getMessage()).startsWith("fuzz.urdf");
            }
        }
    }

    private Spec read(String text) throws IOException {
        Path file = folder.resolve("robot.urdf");
        Files.writeString(file, text);
        return UrdfReader.read(file);
    }
}
