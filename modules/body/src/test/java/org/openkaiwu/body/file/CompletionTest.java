package org.openkaiwu.body.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openkaiwu.body.Spec;
import org.openkaiwu.math.Problem;

class CompletionTest {
    @TempDir private Path folder;

    private static final String CART =
            """
            <mujoco model="cart"><worldbody><body name="base" pos="0 0 0.4"><freejoint name="f"/>
              <geom type="box" size="0.2 0.15 0.05" mass="20"/>
              %s %s
              <body name="ball" pos="-0.18 0 -0.1"><joint type="ball"/>
                <geom type="sphere" size="0.05" mass="0.2"/></body>
            </body></worldbody>
            <actuator><velocity name="l" joint="left_wheel" kv="%3$s"/>
              <velocity name="r" joint="right_wheel" kv="%3$s"/></actuator></mujoco>
            """;

    private static String wheel(String side, double y) {
        return """
        <body name="%1$s_wheel_link" pos="0.1 %2$s -0.05"><joint name="%1$s_wheel" axis="0 1 0"
          damping="2"/><geom type="cylinder" size="0.1 0.02" zaxis="0 1 0" mass="1"/></body>
        """
                .formatted(side, y);
    }

    private BodyFile read(String text) throws IOException {
        Path file = folder.resolve("robot.xml");
        Files.writeString(file, text);
        return BodyFile.read(file);
    }

    private BodyFile cart(String gain) throws IOException {
        return read(CART.formatted(wheel("left", .2), wheel("right", -.2), gain));
    }

    @Test
    void shouldStandOnItsWheelsWhereTheFileLetsItFall() throws IOException {
        BodyFile body = cart("100");
        List<Problem> notes = Completion.complete(body);
        assertThat(body.spec().world.bodies.getFirst().pos[2]).isCloseTo(.15, within(1e-9));
        assertThat(notes).anyMatch(p -> p.message().contains("0.250 m off the floor"));
    }

    @Test
    void shouldDriveWheelsHarderThanTheirDampingBrakes() throws IOException {
        BodyFile weak = cart("1");
        Completion.complete(weak);
        Spec.Actuator a = weak.spec().actuators.getFirst();
        assertThat(a.gainprm[0]).isGreaterThanOrEqualTo(40);
        assertThat(-a.biasprm[2]).isCloseTo(a.gainprm[0], within(1e-9));
        BodyFile firm = cart("100");
        Completion.complete(firm);
        assertThat(firm.spec().actuators.getFirst().gainprm[0]).isEqualTo(100);
    }

    @Test
    void shouldLetSteeredWheelsTurnOnTheirSpot() throws IOException {
        String sticky = "type=\"cylinder\" friction=\"5 1 0.3\"";
        String steered =
                "<body name=\"%s_fork\"><joint name=\"%s_steer\" axis=\"0 0 1\"/>"
                        + "<inertial mass=\"0.1\" pos=\"0 0 0\" diaginertia=\"1e-3 1e-3 1e-3\"/>%s</body>";
        String[] sides = new String[2];
        for (int i = 0; i < 2; i++) {
            String side = i == 0 ? "left" : "right";
            String wheel = wheel(side, i == 0 ? .2 : -.2).replace("type=\"cylinder\"", sticky);
            String at = "pos=\"0.1 " + (i == 0 ? .2 : -.2) + " -0.05\"";
            sides[i] =
                    steered.formatted(side, side, wheel.replace(at, ""))
                            .replace("_fork\"", "_fork\" " + at);
        }
        BodyFile body = read(CART.formatted(sides[0], sides[1], "100"));
        assertThat(body.facts().wheels()).anyMatch(w -> !w.steer().isEmpty());
        Completion.complete(body);
        Spec.Body fork = body.spec().world.bodies.getFirst().bodies.getFirst();
        assertThat(fork.bodies.getFirst().geoms.getFirst().friction[0]).isEqualTo(1);
    }

    private static final String HAND =
            """
            <mujoco model="arm"><worldbody><body name="base">
              <geom type="cylinder" size="0.05 0.05" mass="2"/>
              <body name="upper" pos="0 0 0.1"><joint name="j1" axis="0 0 1" range="-2 2"/>
                <geom type="capsule" size="0.03" fromto="0 0 0 0.3 0 0" mass="1"/>
              <body name="lower" pos="0.3 0 0"><joint name="j2" axis="0 1 0" range="-2 2"/>
                <geom type="capsule" size="0.03" fromto="0 0 0 0.2 0 0" mass="1"/>
              <body name="palm" pos="0.2 0 0"><joint name="j3" axis="1 0 0" range="-2 2"/>
                <geom type="box" size="0.02 0.05 0.02" pos="0.02 0 0" mass="0.3"/>
                %s %s
              </body></body></body></body></worldbody>
            <equality><joint joint1="right_slide" joint2="left_slide"/>%s</equality>
            <actuator><position joint="j1" kp="100"/><position joint="j2" kp="100"/>
              <position joint="j3" kp="100"/><position joint="left_slide" kp="1000"/></actuator>
            </mujoco>
            """;

    private static String finger(String side, int sign) {
        return """
        <body name="%1$s_finger" pos="0.04 %2$s 0"><joint name="%1$s_slide" type="slide"
          axis="0 %3$d 0" range="0 0.04"/><geom type="box" size="0.03 0.005 0.01"
          pos="0.03 0 0" mass="0.05"/>
          <body name="%1$s_tip" pos="0.07 0 0"><joint name="%1$s_give" axis="0 0 1" stiffness="1"
            damping="0.01"/><geom type="box" size="0.01 0.005 0.01" mass="0.005"/></body></body>
        """
                .formatted(side, sign * .006, sign);
    }

    private TreeMap<String, Double> stiffness(String more) throws IOException {
        BodyFile body = read(HAND.formatted(finger("left", 1), finger("right", -1), more));
        assertThat(body.facts().effectors()).isNotEmpty();
        Completion.complete(body);
        TreeMap<String, Double> out = new TreeMap<>();
        collect(body.spec().world, out);
        return out;
    }

    private static void collect(Spec.Body b, TreeMap<String, Double> out) {
        b.joints.forEach(j -> out.put(j.name, j.stiffness[0]));
        b.bodies.forEach(c -> collect(c, out));
    }

    @Test
    void shouldStiffenSpringsOfFingertips() throws IOException {
        assertThat(stiffness("").get("left_give")).isGreaterThan(10);
    }

    @Test
    void shouldLeaveSpringsOfLinkagesAlone() throws IOException {
        String tied = "<connect body1='left_tip' body2='palm' anchor='0 0 0'/>";
        assertThat(stiffness(tied).get("left_give")).isEqualTo(1);
    }
}
