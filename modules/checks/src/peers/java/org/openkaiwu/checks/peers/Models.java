package org.openkaiwu.checks.peers;

import java.nio.file.Path;
import java.util.Locale;
import org.openkaiwu.body.Compiler;
import org.openkaiwu.body.Machine;
import org.openkaiwu.body.mjcf.MjcfReader;
import org.openkaiwu.math.RandomStream;

/** The three models that every engine is given; our own, made up for this comparison. */
final class Models {
    private static final String HEAD =
            """
            <mujoco>
              <option timestep="0.002" integrator="implicitfast" cone="elliptic" impratio="20"/>
              <default><geom condim="4" friction="0.8 0.01 0.0001" solref="0.004 1" solimp="0.95 0.99 0.001"/></default>
              <worldbody><geom type="plane" size="0 0 1"/>
            """;

    private Models() {}

    /** Boxes of 10 cm and 1 kg in loose layers above the floor. */
    static Machine pile(int boxes) {
        RandomStream random = RandomStream.of(7, "pile");
        StringBuilder s = new StringBuilder(HEAD);
        for (int i = 0; i < boxes; i++) {
            double x = (i % 5 - 2) * 0.13 + 0.04 * (random.nextDouble() - 0.5);
            double y = (i / 5 % 5 - 2) * 0.13 + 0.04 * (random.nextDouble() - 0.5);
            double z = 0.06 + i / 25 * 0.13;
            s.append(
                    String.format(
                            Locale.ROOT,
                            "<body name='box%d' pos='%.4f %.4f %.4f'><freejoint/><geom type='box' size='.05 .05 .05'/></body>%n",
                            i,
                            x,
                            y,
                            z));
        }
        return compile(s + "</worldbody></mujoco>");
    }

    /** Six hinges and two fingers around a cube of 4 cm and 0.1 kg that stands on the floor. */
    static Machine arm() {
        return compile(
                HEAD
                        + """
                        <body name="column" pos="0 0 0"><joint axis="0 0 1"/>
                          <geom type="capsule" fromto="0 0 .15 0 0 .45" size=".06" density="1000"/>
                          <body name="upper" pos="0 0 .5"><joint axis="0 1 0"/>
                            <geom type="box" pos=".15 0 .1" size=".14 .03 .03" density="1500"/>
                            <body name="fore" pos=".3 0 .2"><joint axis="0 1 0"/>
                              <geom type="box" pos=".1 0 0" size=".1 .03 .03" density="1500"/>
                              <body name="roll" pos=".2 0 0"><joint axis="1 0 0"/>
                                <geom type="box" pos="0 0 -.05" size=".03 .03 .05" density="1500"/>
                                <body name="pitch" pos="0 0 -.25"><joint axis="0 1 0"/>
                                  <geom type="box" pos="0 0 .06" size=".03 .03 .08" density="1500"/>
                                  <body name="hand" pos="0 0 -.15"><joint axis="0 0 1"/>
                                    <geom type="box" pos="0 0 -.02" size=".03 .08 .02" density="1500"/>
                                    <body name="left" pos="0 .035 -.27"><joint type="slide" axis="0 1 0"/>
                                      <geom type="box" pos="0 0 .08" size=".015 .008 .1" density="1500"/></body>
                                    <body name="right" pos="0 -.035 -.27"><joint type="slide" axis="0 -1 0"/>
                                      <geom type="box" pos="0 0 .08" size=".015 .008 .1" density="1500"/></body>
                                  </body></body></body></body></body></body>
                        <body name="cube" pos=".5 0 .02"><freejoint/>
                          <geom type="box" size=".02 .02 .02" mass=".1"/></body>
                        </worldbody></mujoco>
                        """);
    }

    /** A free body with 29 hinges, as many as the small humanoids of the market; 35 kg. */
    static Machine humanoid() {
        StringBuilder s = new StringBuilder(HEAD);
        s.append(
                "<body name='pelvis' pos='0 0 1'><freejoint/><geom type='box' size='.08 .1 .05' mass='4'/>");
        open(s, "waist_yaw", "0 0 .06", "0 0 1", "box' size='.05 .05 .02", "0 0 .02", 0.7);
        open(s, "waist_roll", "0 0 .05", "1 0 0", "box' size='.05 .05 .02", "0 0 .02", 0.7);
        open(s, "torso", "0 0 .05", "0 1 0", "box' size='.08 .12 .16", "0 0 .18", 9);
        for (int side = 1; side >= -1; side -= 2) {
            String n = side > 0 ? "left_" : "right_";
            open(
                    s,
                    n + "shoulder_pitch",
                    "0 " + 0.16 * side + " .28",
                    "0 1 0",
                    "box' size='.03 .03 .03",
                    "0 0 0",
                    0.7);
            open(
                    s,
                    n + "shoulder_roll",
                    "0 " + 0.05 * side + " 0",
                    "1 0 0",
                    "box' size='.03 .02 .03",
                    "0 0 0",
                    0.6);
            open(
                    s,
                    n + "shoulder_yaw",
                    "0 0 -.06",
                    "0 0 1",
                    "capsule' size='.03 .05",
                    "0 0 -.06",
                    0.9);
            open(s, n + "elbow", "0 0 -.16", "0 1 0", "capsule' size='.025 .04", "0 0 -.05", 0.7);
            open(
                    s,
                    n + "wrist_roll",
                    "0 0 -.11",
                    "0 0 1",
                    "box' size='.02 .02 .02",
                    "0 0 -.02",
                    0.3);
            open(
                    s,
                    n + "wrist_pitch",
                    "0 0 -.05",
                    "0 1 0",
                    "box' size='.02 .02 .02",
                    "0 0 -.02",
                    0.3);
            open(
                    s,
                    n + "wrist_yaw",
                    "0 0 -.05",
                    "1 0 0",
                    "box' size='.03 .02 .05",
                    "0 0 -.05",
                    0.4);
            s.append("</body>".repeat(7));
        }
        s.append("</body>".repeat(3));
        for (int side = 1; side >= -1; side -= 2) {
            String n = side > 0 ? "left_" : "right_";
            open(
                    s,
                    n + "hip_pitch",
                    "0 " + 0.09 * side + " -.06",
                    "0 1 0",
                    "box' size='.04 .03 .04",
                    "0 0 0",
                    1);
            open(s, n + "hip_roll", "0 0 -.06", "1 0 0", "box' size='.04 .03 .02", "0 0 0", 1);
            open(s, n + "hip_yaw", "0 0 -.05", "0 0 1", "capsule' size='.05 .1", "0 0 -.14", 2);
            open(s, n + "knee", "0 0 -.3", "0 1 0", "capsule' size='.04 .1", "0 0 -.13", 1.6);
            open(s, n + "ankle_pitch", "0 0 -.29", "0 1 0", "box' size='.02 .02 .02", "0 0 0", 0.4);
            open(
                    s,
                    n + "ankle_roll",
                    "0 0 -.04",
                    "1 0 0",
                    "box' size='.1 .04 .015",
                    ".03 0 -.02",
                    0.6);
            s.append("</body>".repeat(6));
        }
        return compile(s + "</body></worldbody></mujoco>");
    }

    private static void open(
            StringBuilder s,
            String name,
            String pos,
            String axis,
            String shape,
            String at,
            double mass) {
        s.append("<body name='" + name + "' pos='" + pos + "'><joint axis='" + axis + "'/>");
        s.append("<geom type='" + shape + "' pos='" + at + "' mass='" + mass + "'/>\n");
    }

    private static Machine compile(String mjcf) {
        return Compiler.compile(MjcfReader.read(mjcf, Path.of(".")));
    }
}
