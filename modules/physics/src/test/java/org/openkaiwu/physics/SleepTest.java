package org.openkaiwu.physics;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.openkaiwu.body.Compiler;
import org.openkaiwu.body.mjcf.MjcfReader;

/** Trees at rest fall asleep and are woken by what concerns them. */
class SleepTest {
    private static final int LOWER = 0;
    private static final int UPPER = 1;
    private static final int APART = 2;
    private static final int ARM = 3;

    private static final String PILE =
            """
            <mujoco>
              <option timestep="0.004"><flag sleep="enable"/></option>
              <worldbody>
                <geom type="plane" size="5 5 1"/>
                <body pos="0 0 .05"><freejoint/><geom type="box" size=".05 .05 .05"/></body>
                <body pos="0 0 .15"><freejoint/><geom type="box" size=".05 .05 .05"/></body>
                <body pos="1 0 .05"><freejoint/><geom type="box" size=".05 .05 .05"/></body>
                <body pos="2 0 1"><joint name="hinge" axis="0 1 0" damping="1"/>
                  <geom type="capsule" fromto="0 0 0 0 0 -.3" size=".02"/></body>
              </worldbody>
              <actuator><motor joint="hinge"/></actuator>
              <sensor><touch name="pressed" site="pad"/></sensor>
            </mujoco>
            """
                    .replace(
                            "<body pos=\"1 0 .05\"><freejoint/>",
                            "<body pos=\"1 0 .05\"><freejoint/>"
                                    + "<site name=\"pad\" size=\".06 .06 .06\" type=\"box\"/>");

    private static World world(String xml) {
        World w = new World(new Model(Compiler.compile(MjcfReader.read(xml, Path.of(".")))));
        w.reset();
        return w;
    }

    private static World resting() {
        World w = world(PILE);
        for (int i = 0; i < 500; i++) {
            w.step();
        }
        return w;
    }

    @Test
    void shouldSleepTogetherButNotWhatIsDriven() {
        World w = resting();
        assertThat(w.asleep(LOWER)).isTrue();
        assertThat(w.asleep(UPPER)).isTrue();
        assertThat(w.asleep(APART)).isTrue();
        assertThat(w.asleep(ARM)).isFalse();
        assertThat(w.contacts.count).isZero();
        double height = w.qpos[9];
        double pressed = w.sensordata[0];
        assertThat(pressed).isGreaterThan(5);
        for (int i = 0; i < 100; i++) {
            w.step();
        }
        assertThat(w.qpos[9]).isEqualTo(height);
        assertThat(w.sensordata[0]).isEqualTo(pressed);
    }

    @Test
    void shouldWakeOnForceMotionAndNewPose() {
        World w = resting();
        w.xfrcApplied[6 * 2] = 1;
        w.step();
        assertThat(w.asleep(UPPER)).isFalse();
        assertThat(w.asleep(LOWER)).as("what it stands on").isFalse();
        assertThat(w.asleep(APART)).isTrue();

        World given = resting();
        given.qvel[12] = 0.5;
        given.step();
        assertThat(given.asleep(APART)).isFalse();
        assertThat(given.qpos[14]).isGreaterThan(1.0);

        World lifted = resting();
        lifted.qpos[16] += 0.1;
        double height = lifted.qpos[16];
        lifted.step();
        lifted.step();
        assertThat(lifted.asleep(APART)).isFalse();
        assertThat(lifted.qpos[16]).isLessThan(height);
    }

    @Test
    void shouldWakeWhatIsTouched() {
        World w = resting();
        // the box that stands apart slides into the pile
        w.qvel[12] = -4;
        boolean woken = false;
        for (int i = 0; i < 400 && !woken; i++) {
            w.step();
            woken = !w.asleep(LOWER);
        }
        assertThat(woken).isTrue();
        assertThat(w.asleep(UPPER)).isFalse();
        for (int i = 0; i < 1500; i++) {
            w.step();
        }
        assertThat(w.asleep(LOWER) && w.asleep(UPPER) && w.asleep(APART)).isTrue();
    }

    @Test
    void shouldGoOnToTheBitFromASavedSleep() {
        World w = resting();
        double[] kept = new double[w.stateSize()];
        w.saveState(kept);
        World other = new World(w.model);
        other.restoreState(kept);
        w.ctrl[0] = 0.5;
        other.ctrl[0] = 0.5;
        for (int i = 0; i < 50; i++) {
            w.step();
            other.step();
        }
        assertThat(other.asleep(APART)).isTrue();
        assertThat(other.qpos).isEqualTo(w.qpos);
        assertThat(other.qvel).isEqualTo(w.qvel);
    }

    @Test
    void shouldFollowTheWordOfTheFile() {
        World w =
                world(
                        PILE.replace(
                                        "<body pos=\"0 0 .05\">",
                                        "<body pos=\"0 0 .05\" sleep=\"never\">")
                                .replace(
                                        "<body pos=\"1 0 .05\">",
                                        "<body pos=\"1 0 .3\" sleep=\"init\">"));
        assertThat(w.asleep(APART)).isTrue();
        for (int i = 0; i < 500; i++) {
            w.step();
        }
        assertThat(w.asleep(APART)).as("asleep in the air from the start").isTrue();
        assertThat(w.qpos[16]).isEqualTo(0.3);
        assertThat(w.asleep(LOWER)).isFalse();
        assertThat(w.asleep(UPPER)).as("stands on what never sleeps").isFalse();
    }

    @Test
    void shouldStayAwakeWithoutTheFlag() {
        World w = world(PILE.replace("<flag sleep=\"enable\"/>", ""));
        for (int i = 0; i < 500; i++) {
            w.step();
        }
        assertThat(w.asleep(APART)).isFalse();
        assertThat(w.contacts.count).isEqualTo(12);
    }
}
