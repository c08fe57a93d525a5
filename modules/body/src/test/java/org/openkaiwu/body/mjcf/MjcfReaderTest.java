package org.openkaiwu.body.mjcf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openkaiwu.body.Attach;
import org.openkaiwu.body.Compiler;
import org.openkaiwu.body.Machine;
import org.openkaiwu.body.Spec;
import org.openkaiwu.math.InputException;

class MjcfReaderTest {
    @TempDir Path dir;

    private Machine compile(String inside) {
        return Compiler.compile(read("<mujoco>" + inside + "</mujoco>"));
    }

    private Spec read(String xml) {
        return MjcfReader.read(xml, dir);
    }

    private static final String ARM =
            """
            <mujoco model="arm">
              <compiler angle="radian"/>
              <default><joint damping="0.5"/>
                <default class="hand"><joint type="slide" axis="0 1 0"/></default></default>
              <worldbody>
                <geom name="floor" type="plane" size="1 1 .1"/>
                <body name="upper" pos="0 0 1">
                  <joint name="shoulder" axis="0 1 0" range="-1 1"/>
                  <geom name="bone" type="capsule" fromto="0 0 0 .4 0 0" size=".05"/>
                  <body name="lower" pos=".4 0 0">
                    <joint name="grip" class="hand" range="0 .1"/>
                    <geom name="finger" type="box" size=".1 .02 .03"/>
                    <site name="tip" pos=".1 0 0"/>
                  </body>
                </body>
              </worldbody>
              <actuator><position name="servo" joint="shoulder" kp="50" kv="2" inheritrange="1"/></actuator>
              <sensor><jointpos name="angle" joint="shoulder"/><framepos objtype="site" objname="tip"/></sensor>
              <keyframe><key name="up" qpos="0.3 0.05" ctrl="0.3"/></keyframe>
            </mujoco>
            """;

    @Test
    void treeLimitsActuatorsAndKeysAreThere() {
        Machine m = Compiler.compile(read(ARM));
        assertThat(m.nbody).isEqualTo(3);
        assertThat(m.nq).isEqualTo(2);
        assertThat(m.jntType).containsExactly(3, 2);
        assertThat(m.jntLimited).containsExactly(true, true);
        assertThat(m.dofDamping).containsExactly(0.5, 0.5);
        assertThat(m.dofParentid).containsExactly(-1, 0);
        assertThat(m.actuatorCtrlrange).containsExactly(-1, 1);
        assertThat(m.actuatorBiasprm).startsWith(0, -50, -2);
        assertThat(m.sensorAdr).containsExactly(0, 1);
        assertThat(m.nsensordata).isEqualTo(4);
        assertThat(m.keyQpos[0]).containsExactly(0.3, 0.05);
        double capsule = 1000 * Math.PI * (0.05 * 0.05 * 0.4 + 4.0 / 3 * 0.05 * 0.05 * 0.05);
        assertThat(m.bodyMass[1]).isCloseTo(capsule, within(1e-12));
        assertThat(m.bodyMass[2]).isCloseTo(1000 * 8 * 0.1 * 0.02 * 0.03, within(1e-12));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"sphere|.3", "box|.1 .2 .3", "cylinder|.1 .2", "ellipsoid|.1 .2 .3"})
    void inertiaOfSolidsMatchesClosedForms(String type, String size) {
        Machine m =
                compile(
                        "<worldbody><body><freejoint/><geom type='"
                                + type
                                + "' size='"
                                + size
                                + "' mass='2'/></body></worldbody>");
        double[] s = m.geomSize;
        double[] want =
                switch (type) {
                    case "sphere" -> {
                        double i = 0.4 * 2 * s[0] * s[0];
                        yield new double[] {i, i, i};
                    }
                    case "cylinder" -> {
                        double side = 2 * (3 * s[0] * s[0] + 4 * s[1] * s[1]) / 12;
                        yield new double[] {side, side, s[0] * s[0]};
                    }
                    default -> {
                        double k = type.equals("box") ? 3 : 5;
                        yield new double[] {
                            2 * (s[1] * s[1] + s[2] * s[2]) / k,
                            2 * (s[0] * s[0] + s[2] * s[2]) / k,
                            2 * (s[0] * s[0] + s[1] * s[1]) / k
                        };
                    }
                };
        for (int i = 0; i < 3; i++) {
            assertThat(m.bodyInertia[3 + i]).isCloseTo(want[i], within(1e-14));
        }
    }

    @Test
    void aCubeAsMeshWeighsAndTurnsLikeABox() {
        String cube =
                "<asset><mesh name='c' inertia='%s' vertex='0 0 0 1 0 0 0 1 0 1 1 0 0 0 1 1 0 1 0 1 1 1 1 1'/></asset>"
                        + "<worldbody><body pos='1 0 0'><freejoint/><geom type='mesh' mesh='c' density='3'/></body></worldbody>";
        for (String kind : new String[] {"convex", "exact", "legacy"}) {
            Machine m = compile(cube.formatted(kind));
            assertThat(m.bodyMass[1]).isCloseTo(3, within(1e-9));
            assertThat(m.bodyInertia[3]).isCloseTo(0.5, within(1e-9));
            for (int i = 3; i < 6; i++) {
                assertThat(m.bodyIpos[i]).isCloseTo(0.5, within(1e-12));
            }
            assertThat(m.meshes[0].hullVertices()).hasSize(8);
        }
        Machine shell = compile(cube.formatted("shell"));
        assertThat(shell.bodyMass[1]).isCloseTo(18, within(1e-9));
        assertThat(shell.bodyInertia[3]).isCloseTo(18 * 5.0 / 18, within(1e-9));
    }

    @Test
    void everyNotationOfAnOrientationMeansTheSame() {
        String[] same = {
            "quat='0.7071067811865476 0 0 0.7071067811865476'",
            "axisangle='0 0 2 90'",
            "euler='0 0 90'",
            "xyaxes='0 1 0 -1 0 0'"
        };
        for (String s : same) {
            Machine m = compile("<worldbody><body " + s + "><geom size='1'/></body></worldbody>");
            assertThat(m.bodyQuat[4]).isCloseTo(Math.sqrt(0.5), within(1e-12));
            assertThat(m.bodyQuat[7]).isCloseTo(Math.sqrt(0.5), within(1e-12));
        }
    }

    @Test
    void replicasHaveNumberedNamesAndTakeTendonsAlong() {
        Machine m =
                compile(
                        """
                        <worldbody><site name="top" pos="0 0 1"/>
                          <replicate count="3" offset=".5 0 0"><body name="b"><freejoint/><geom size=".1"/><site name="s"/></body></replicate>
                        </worldbody>
                        <tendon><spatial name="t"><site site="top"/><site site="s"/></spatial></tendon>
                        <actuator><motor name="m" tendon="t"/></actuator>
                        """);
        assertThat(m.bodyName).containsExactly("world", "b0", "b1", "b2");
        assertThat(m.tendonName).containsExactly("t0", "t1", "t2");
        assertThat(m.actuatorName).containsExactly("m0", "m1", "m2");
        assertThat(m.bodyPos[9]).isEqualTo(1.0);
    }

    @Test
    void aRobotIsAttachedToASceneWithEverythingThatSpeaksOfIt() {
        Spec scene =
                read(
                        "<mujoco><worldbody><body name='table' pos='1 0 0'><geom type='box' size='.5 .5 .4'/></body>"
                                + "<body name='ball' pos='0 0 3'><freejoint/><geom size='.1'/></body></worldbody>"
                                + "<keyframe><key name='start' qpos='0 0 2 1 0 0 0'/></keyframe></mujoco>");
        Attach attach =
                new Attach(
                        scene,
                        scene.world.bodies.get(0),
                        new double[] {0, 0, 0.4},
                        new double[] {1, 0, 0, 0},
                        "r/");
        attach.world(read(ARM));
        Machine m = Compiler.compile(scene);
        assertThat(m.bodyName).containsExactly("world", "table", "r/upper", "r/lower", "ball");
        assertThat(m.bodyParentid).containsExactly(0, 0, 1, 2, 0);
        assertThat(m.bodyPos[8]).isEqualTo(1.4);
        assertThat(m.actuatorName).containsExactly("r/servo");
        assertThat(m.sensorName).containsExactly("r/angle", "");
        assertThat(m.keyName).containsExactly("start", "r/up");
        assertThat(m.keyQpos[0]).containsExactly(0, 0, 0, 0, 2, 1, 0, 0, 0);
        assertThat(m.keyQpos[1]).containsExactly(0.3, 0.05, 0, 0, 3, 1, 0, 0, 0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "<worldbody><body><geom radius='1'/></body></worldbody>|<geom> does not know the attribute \"radius\"",
                "<worldbody><ball/></worldbody>|<ball> is unknown inside <worldbody>; there may be: attach, body,",
                "<worldbody><geom type='ball'/></worldbody>|attribute \"type\" is \"ball\"; allowed: plane, hfield, sphere",
                "<worldbody><geom size='1 x'/></worldbody>|attribute \"size\": \"x\" is no number",
                "<worldbody><geom size='1 2 3 4'/></worldbody>|attribute \"size\" needs at most 3 numbers, has 4",
                "<worldbody><geom size='nan'/></worldbody>|attribute \"size\": \"nan\" is no number",
                "<worldbody><geom size='1' pos='1 2'/></worldbody>|attribute \"pos\" needs 3 numbers, has 2",
                "<worldbody><geom/></worldbody>|size[0] of a sphere must be positive, it is 0.0",
                "<worldbody><geom type='sphere' size='1' fromto='0 0 0 1 0 0'/></worldbody>|fromto needs a capsule",
                "<worldbody><geom type='box' size='1' quat='1 0 0 0' euler='0 0 1'/></worldbody>|has both \"quat\" and \"euler\"",
                "<worldbody><body><joint/></body></worldbody>|moves but has no mass or inertia",
                "<worldbody><joint/></worldbody>|is not allowed in the world body",
                "<worldbody><body name='a'/><body name='a'/></worldbody>|this name is used twice",
                "<worldbody><body childclass='x'/></worldbody>|there is no default class \"x\"",
                "<worldbody><geom type='mesh' mesh='x'/></worldbody>|there is no mesh 'x'",
                "<worldbody><replicate count='99999999'/></worldbody>|count must be 0 to 100000",
                "<actuator><motor joint='x'/></actuator>|there is no joint 'x'",
                "<actuator><motor/></actuator>|names no target",
                "<worldbody><body><inertial pos='0 0 0' mass='1' diaginertia='1 1 3'/><joint/></body></worldbody>|breaks A + B >= C",
                "<keyframe><key qpos='1'/></keyframe>|qpos needs 0 numbers, has 1",
                "<compiler coordinate='global'/>|no longer supported",
                "<option timestep='0'/>|timestep must be positive",
                "<include file='none.xml'/>|there is no file \"none.xml\"",
                "<worldbody><flexcomp name='x'/></worldbody>|rigid bodies only"
            })
    void aWrongModelIsRefusedWithFileLineAndReason(String inside, String message) {
        assertThatThrownBy(() -> compile(inside))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("model.xml:1")
                .hasMessageContaining(message);
    }

    @Test
    void autolimitsOffAsksForTheSwitch() {
        assertThatThrownBy(() ->
                        compile(
                                "<compiler autolimits='false'/><worldbody><body><joint range='0 1'/>"
                                        + "<geom size='1'/></body></worldbody>"))
                .hasMessageContaining("range is given without limited while autolimits is off");
    }

    @Test
    void includesMayNotCircle() throws IOException {
        Files.writeString(dir.resolve("a.xml"), "<mujoco><include file='b.xml'/></mujoco>");
        Files.writeString(dir.resolve("b.xml"), "<mujoco><include file='a.xml'/></mujoco>");
        assertThatThrownBy(() -> MjcfReader.read(dir.resolve("a.xml")))
                .isInstanceOf(InputException.class)
                .hasMessage("b.xml:1: <include> includes \"a.xml\" a second time");
        Files.writeString(
                dir.resolve("self.xml"),
                "<mujoco><asset><model name='m' file='self.xml'/></asset></mujoco>");
        assertThatThrownBy(() -> MjcfReader.read(dir.resolve("self.xml")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("does one name itself?");
    }

    @Test
    void bombsAndDeepNestsEndQuickly() {
        String bomb =
                "<!DOCTYPE m [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]><mujoco model='&b;'/>";
        String external =
                "<!DOCTYPE m [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><mujoco model='&x;'/>";
        String deep = "<mujoco><worldbody>" + "<body>".repeat(100_000);
        String many =
                "<mujoco><worldbody>"
                        + "<replicate count='1000'>".repeat(4)
                        + "<geom size='1'/>"
                        + "</replicate>".repeat(4)
                        + "</worldbody></mujoco>";
        for (String xml : new String[] {bomb, external, deep, many, "", "<mujoco"}) {
            org.junit.jupiter.api.Assertions.assertTimeoutPreemptively(
                    Duration.ofSeconds(10),
                    () -> assertThatThrownBy(() -> read(xml)).isInstanceOf(InputException.class));
        }
    }

    @Test
    void damagedModelsEndInAMessageNeverInACrash() {
        SplittableRandom random = new SplittableRandom(1);
        int refused = 0;
        for (int i = 0; i < 500; i++) {
            StringBuilder b = new StringBuilder(ARM);
            for (int k = 0; k < 1 + i % 5; k++) {
                int at = random.nextInt(b.length());
                switch (random.nextInt(3)) {
                    case 0 -> b.setCharAt(at, (char) (32 + random.nextInt(95)));
                    case 1 -> b.delete(at, Math.min(b.length(), at + 1 + random.nextInt(9)));
                    default -> b.insert(at, b.substring(at, Math.min(b.length(), at + 9)));
                }
            }
            try {
                Compiler.compile(read(b.toString()));
            } catch (InputException e) {
                assertThat(e.getMessage()).isNotBlank();
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(100);
    }
}
