package org.openkaiwu.physics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.openkaiwu.body.Compiler;
import org.openkaiwu.body.Machine;
import org.openkaiwu.body.Options.Flag;
import org.openkaiwu.body.Options.Integrator;
import org.openkaiwu.body.mjcf.MjcfReader;
import org.openkaiwu.dynamics.SubtreeVel;

/** Laws of mechanics, determinism and memory of whole steps. */
class WorldTest {
    private static final String CHAIN =
            """
            <mujoco>
              <option integrator="RK4" timestep="0.001"/>
              <worldbody>
                <body pos="0 0 1">
                  <joint axis="0 1 0"/>
                  <geom type="capsule" fromto="0 0 0 .3 0 0" size=".03" contype="0" conaffinity="0"/>
                  <body pos=".3 0 0">
                    <joint axis="1 0 .5"/>
                    <geom type="capsule" fromto="0 0 0 .2 .1 0" size=".02" contype="0" conaffinity="0"/>
                  </body>
                </body>
              </worldbody>
            </mujoco>
            """;

    private static final String BUSY =
            """
            <mujoco>
              <worldbody>
                <geom type="plane" size="2 2 .1"/>
                <body pos="0 0 .11"><freejoint/><geom type="box" size=".1 .1 .1"/></body>
                <body pos="0 .5 .4">
                  <joint name="a" axis="0 1 0" damping=".1" range="-60 60"/>
                  <geom type="capsule" fromto="0 0 0 .2 0 0" size=".03"/>
                  <site name="s" pos=".1 0 .03"/>
                  <body pos=".2 0 0">
                    <joint name="b" type="ball" damping=".05"/>
                    <geom type="capsule" fromto="0 0 0 .2 0 0" size=".03"/>
                    <site name="t" pos=".1 0 .03"/>
                  </body>
                </body>
              </worldbody>
              <tendon><spatial name="w" stiffness="5" damping=".1"><site site="s"/><site site="t"/></spatial></tendon>
              <actuator>
                <position joint="a" kp="5" kv=".3"/>
                <motor tendon="w"/>
              </actuator>
              <sensor>
                <accelerometer site="t"/><force site="t"/><touch site="t"/>
                <subtreelinvel body="world"/><rangefinder site="t"/><framequat objtype="site" objname="t"/>
              </sensor>
            </mujoco>
            """;

    private static Machine compile(String xml) {
        return Compiler.compile(MjcfReader.read(xml, Path.of(".")));
    }

    @Test
    void shouldKeepTheEnergyOfAFrictionlessChain() {
        Machine m = compile(CHAIN);
        m.option.enable.add(Flag.ENERGY);
        World w = new World(new Model(m));
        w.forward();
        double start = w.energy[0] + w.energy[1];
        for (int i = 0; i < 2000; i++) {
            w.step();
        }
        w.forward();
        assertThat(w.energy[1]).isGreaterThan(0.1);
        assertThat(w.energy[0] + w.energy[1]).isCloseTo(start, within(1e-6));
    }

    @Test
    void shouldConvergeWithTheOrderOfItsIntegrator() {
        assertThat(order(Integrator.RK4)).isBetween(3.6, 4.4);
        assertThat(order(Integrator.EULER)).isBetween(0.8, 1.2);
        assertThat(order(Integrator.IMPLICIT)).isBetween(0.8, 1.2);
    }

    private static double order(Integrator integrator) {
        double[] exact = end(Integrator.RK4, 0.0005);
        double coarse = distance(end(integrator, 0.008), exact);
        double fine = distance(end(integrator, 0.004), exact);
        return StrictMath.log(coarse / fine) / StrictMath.log(2);
    }

    private static double[] end(Integrator integrator, double h) {
        Machine m = compile(CHAIN);
        m.option.integrator = integrator;
        m.option.timestep = h;
        World w = new World(new Model(m));
        for (int i = 0; i < (int) Math.round(0.4 / h); i++) {
            w.step();
        }
        return w.qpos.clone();
    }

    private static double distance(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        }
        return Math.sqrt(sum);
    }

    @Test
    void shouldKeepMomentumInFreeFlight() {
        String xml =
                """
                <mujoco>
                  <option gravity="0 0 0" integrator="RK4" timestep="0.001"/>
                  <worldbody>
                    <body name="free"><freejoint/>
                      <geom type="box" size=".1 .2 .3" contype="0" conaffinity="0"/>
                      <body pos=".2 0 0"><joint axis="0 1 0"/>
                        <geom type="box" size=".1 .1 .05" pos=".2 0 0" contype="0" conaffinity="0"/>
                      </body>
                    </body>
                  </worldbody>
                </mujoco>
                """;
        World w = new World(new Model(compile(xml)));
        double[] v = {0.3, -0.2, 0.1, 1, 2, -1, 3};
        System.arraycopy(v, 0, w.qvel, 0, v.length);
        w.forward();
        SubtreeVel.run(w.machine, w.tree);
        double[] linear = w.tree.subtreeLinvel.clone();
        double[] angular = w.tree.subtreeAngmom.clone();
        for (int i = 0; i < 1000; i++) {
            w.step();
        }
        w.forward();
        SubtreeVel.run(w.machine, w.tree);
        // Runge-Kutta advances a quaternion by the mean of its stages' velocities, as MuJoCo does:
        // second order in the step where rotations do not commute, about 2e-6 here.
        for (int k = 3; k < 6; k++) {
            assertThat(w.tree.subtreeLinvel[k]).isCloseTo(linear[k], within(1e-7));
            assertThat(w.tree.subtreeAngmom[k]).isCloseTo(angular[k], within(5e-6));
        }
    }

    @Test
    void shouldAllocateNothingInAStep() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (Integrator integrator : Integrator.values()) {
            Machine m = compile(BUSY);
            m.option.integrator = integrator;
            World w = new World(new Model(m));
            for (int i = 0; i < 3000; i++) {
                w.step();
            }
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 1000; i++) {
                w.step();
            }
            long bytes = threads.getCurrentThreadAllocatedBytes() - before;
            assertThat(bytes).as("bytes in 1000 steps, %s", integrator).isLessThan(1000);
        }
    }

    @Test
    void shouldRepeatARunToTheBit() {
        Model model = new Model(compile(BUSY));
        World one = new World(model);
        World two = new World(model);
        for (int i = 0; i < 500; i++) {
            one.ctrl[0] = 0.3;
            one.step();
        }
        two.step();
        two.reset();
        for (int i = 0; i < 500; i++) {
            two.ctrl[0] = 0.3;
            two.step();
        }
        assertThat(two.qpos).containsExactly(one.qpos);
        assertThat(two.qvel).containsExactly(one.qvel);
    }

    @Test
    void shouldContinueFromASavedState() {
        Model model = new Model(compile(BUSY));
        World one = new World(model);
        for (int i = 0; i < 200; i++) {
            one.step();
        }
        double[] saved = new double[one.stateSize()];
        one.saveState(saved);
        World two = new World(model);
        two.restoreState(saved);
        for (int i = 0; i < 100; i++) {
            one.step();
            two.step();
        }
        assertThat(two.qpos).containsExactly(one.qpos);
        assertThat(two.time).isEqualTo(one.time);
    }

    @Test
    void shouldWarnAndGoOnAfterBadNumbers() {
        World w = new World(new Model(compile(BUSY)));
        w.ctrl[0] = Double.NaN;
        w.step();
        assertThat(w.warnings[World.Warning.BAD_CTRL.ordinal()]).isEqualTo(1);
        assertThat(w.actuatorForce).doesNotContain(Double.NaN);
        w.qvel[2] = Double.POSITIVE_INFINITY;
        w.step();
        assertThat(w.warnings[World.Warning.BAD_QVEL.ordinal()]).isEqualTo(1);
        assertThat(w.time).isEqualTo(w.machine.option.timestep);
        for (double q : w.qpos) {
            assertThat(q).isFinite();
        }
    }
}
