package org.openkaiwu.physics.constraint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.openkaiwu.physics.World;

/** Two fingers hold a box by friction alone. */
class GraspTest {
    private static String scene(double friction) {
        return """
        <mujoco>
          <option timestep="0.002" integrator="implicitfast" cone="elliptic" impratio="20"/>
          <default>
            <default class="pad">
              <geom type="box" size=".008 .004 .01" mass=".01" condim="4" friction="%s .01 .0001"
                solref=".004 1" solimp=".95 .99 .001" priority="1"/>
            </default>
          </default>
          <worldbody>
            <geom type="plane" size="2 2 .1"/>
            <body name="hand" pos="0 0 .02">
              <joint name="lift" type="slide" axis="0 0 1" damping="50"/>
              <geom type="box" size=".02 .06 .01" pos="0 0 .08" mass=".5" contype="0"
                conaffinity="0"/>
              <body name="left" pos="0 .05 0">
                <joint name="left" type="slide" axis="0 -1 0" range="0 .05" damping="5"
                  armature=".1"/>
                <geom class="pad" pos="-.009 0 0"/>
                <geom class="pad" pos=".009 0 0"/>
              </body>
              <body name="right" pos="0 -.05 0">
                <joint name="right" type="slide" axis="0 1 0" range="0 .05" damping="5"
                  armature=".1"/>
                <geom class="pad" pos="-.009 0 0"/>
                <geom class="pad" pos=".009 0 0"/>
              </body>
            </body>
            <body name="box" pos="0 0 .02">
              <freejoint/>
              <geom type="box" size=".02 .02 .02" mass=".1" friction="%s .01 .0001"/>
            </body>
          </worldbody>
          <equality>
            <joint joint1="left" joint2="right" solref=".005 1"/>
          </equality>
          <actuator>
            <position joint="lift" kp="2000" kv="100" ctrlrange="0 .3"/>
            <motor joint="left" ctrlrange="0 30"/>
            <motor joint="right" ctrlrange="0 30"/>
          </actuator>
        </mujoco>
        """
                .formatted(friction, friction);
    }

    /** Closes, lifts by 10 cm, holds and shakes. */
    private static World lift(double friction) {
        World w = Scenes.world(scene(friction));
        w.ctrl[1] = 15;
        w.ctrl[2] = 15;
        Scenes.run(w, 0.5);
        for (int i = 0; i < 500; i++) {
            w.ctrl[0] = 0.1 * Math.min(1, i / 400.0);
            w.step();
        }
        return w;
    }

    @Test
    void holdsWhileShaken() {
        World w = lift(1);
        int box = 3;
        double start = w.qpos[box + 2] - w.qpos[0];
        double startX = w.qpos[box];
        assertThat(w.qpos[box + 2]).isGreaterThan(0.11);
        Scenes.run(w, 3);
        double creep = w.qpos[box + 2] - w.qpos[0] - start;
        assertThat(Math.abs(creep)).isLessThan(1e-3);
        double h = w.machine.option.timestep;
        for (int i = 0; i < 1000; i++) {
            w.ctrl[0] = 0.1 + 0.01 * StrictMath.sin(2 * Math.PI * 3 * i * h);
            w.step();
        }
        double slip = w.qpos[box + 2] - w.qpos[0] - start;
        assertThat(Math.abs(slip)).isLessThan(3e-3);
        assertThat(Math.abs(w.qpos[box] - startX)).isLessThan(1e-3);
    }

    @Test
    void dropsWithoutFriction() {
        World w = lift(1e-4);
        assertThat(w.qpos[5]).isLessThan(0.03);
    }

    @Test
    void dropsWhenOpened() {
        World w = lift(1);
        w.ctrl[1] = -5;
        w.ctrl[2] = -5;
        Scenes.run(w, 1);
        assertThat(w.qpos[5]).isLessThan(0.03);
    }
}
