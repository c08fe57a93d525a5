package org.openkaiwu.physics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.openkaiwu.body.Compiler;
import org.openkaiwu.body.Machine;
import org.openkaiwu.body.Options.Integrator;
import org.openkaiwu.body.mjcf.MjcfReader;

/** Inverse dynamics, derivatives of a step, saved states, and worlds whose numbers run away. */
class StepToolsTest {
    private static final String TUMBLING =
            """
            <mujoco>
              <worldbody>
                <geom type="plane" size="2 2 .1"/>
                <body name="cube" pos="0 0 .15" euler="20 30 0"><freejoint/><geom type="box" size=".1 .1 .1"/></body>
                <body name="arm" pos="0 .5 .3">
                  <joint name="shoulder" axis="0 1 0" damping=".1" range="-60 60" frictionloss=".05"/>
                  <geom type="capsule" fromto="0 0 0 .2 0 0" size=".03"/>
                </body>
              </worldbody>
              <actuator><motor joint="shoulder" gear="2" ctrlrange="-1 1"/></actuator>
            </mujoco>
            """;

    private static Machine compile(String xml) {
        return Compiler.compile(MjcfReader.read(xml, Path.of(".")));
    }

    private static World tumbling(Integrator integrator) {
        Machine m = compile(TUMBLING);
        m.option.integrator = integrator;
        m.option.tolerance = 0;
        World w = new World(new Model(m));
        w.ctrl[0] = 0.4;
        for (int i = 0; i < 100; i++) {
            w.step();
        }
        return w;
    }

    @Test
    void shouldFindTheForcesThatForwardWasGiven() {
        for (Integrator integrator : Integrator.values()) {
            World w = tumbling(integrator);
            w.qfrcApplied[1] = 0.3;
            w.qfrcApplied[6] = -0.2;
            w.forward();
            assertThat(w.contacts.count).isPositive();
            double[] forces = w.qfrcConstraint.clone();
            w.inverse();
            for (int i = 0; i < w.machine.nv; i++) {
                double given = w.qfrcApplied[i] + w.qfrcActuator[i];
                assertThat(w.qfrcInverse[i])
                        .as("dof %d, %s", i, integrator)
                        .isCloseTo(given, within(1e-8));
                assertThat(w.qfrcConstraint[i]).isCloseTo(forces[i], within(1e-8));
            }
        }
    }

    @Test
    void shouldDifferentiateALinearStepExactly() {
        String xml =
                """
                <mujoco>
                  <option timestep="0.01" gravity="0 0 0"><flag eulerdamp="disable"/></option>
                  <worldbody>
                    <body><joint name="x" type="slide" axis="1 0 0" stiffness="8" damping="3"/><geom size=".1" mass="2"/></body>
                  </worldbody>
                  <actuator><motor joint="x" gear="5" ctrlrange="-1 1"/></actuator>
                </mujoco>
                """;
        World w = new World(new Model(compile(xml)));
        w.qpos[0] = 0.2;
        w.qvel[0] = -0.4;
        w.ctrl[0] = 1;
        StepDerivatives d = new StepDerivatives(w);
        d.compute(1e-6, true);
        double h = 0.01;
        double[] velocity = {-h * 8 / 2, 1 - h * 3 / 2};
        assertThat(d.a[2]).isCloseTo(velocity[0], within(1e-9));
        assertThat(d.a[3]).isCloseTo(velocity[1], within(1e-9));
        assertThat(d.a[0]).isCloseTo(1 + h * velocity[0], within(1e-9));
        assertThat(d.a[1]).isCloseTo(h * velocity[1], within(1e-9));
        // the control is at the end of its range and was moved inward
        assertThat(d.b[1]).isCloseTo(h * 5 / 2, within(1e-9));
        assertThat(d.b[0]).isCloseTo(h * h * 5 / 2, within(1e-9));
        assertThat(w.qpos[0]).isEqualTo(0.2);
        assertThat(w.ctrl[0]).isEqualTo(1);
    }

    @Test
    void shouldPredictANearbyStepInContact() {
        World w = tumbling(Integrator.EULER);
        StepDerivatives d = new StepDerivatives(w);
        d.compute(1e-6, true);
        double[] start = new double[w.stateSize()];
        w.saveState(start);
        w.step();
        double before = w.qvel[2];
        w.restoreState(start);
        double small = 1e-5;
        w.qvel[2] += small;
        w.qvel[6] -= small;
        w.step();
        int nv = w.machine.nv;
        double change = d.a[(nv + 2) * d.nx + nv + 2] - d.a[(nv + 2) * d.nx + nv + 6];
        assertThat((w.qvel[2] - before) / small).isCloseTo(change, within(1e-3));
    }

    @Test
    void shouldContinueToTheBitInTheMiddleOfAContact() {
        World one = tumbling(Integrator.EULER);
        assertThat(one.contacts.count).isPositive();
        double[] saved = new double[one.stateSize()];
        one.saveState(saved);
        World two = new World(one.model);
        for (int i = 0; i < 20; i++) {
            two.step();
        }
        two.restoreState(saved);
        for (int i = 0; i < 300; i++) {
            one.step();
            two.step();
            assertThat(two.qpos).as("step %d", i).containsExactly(one.qpos);
        }
        assertThat(two.qvel).containsExactly(one.qvel);
    }

    @Test
    void shouldStopAndNameWhatRanAway() {
        World w = tumbling(Integrator.EULER);
        w.onInstability = World.Instability.STOP;
        double time = w.time;
        w.qvel[6] = 1e12;
        w.step();
        w.step();
        assertThat(w.stopped).isTrue();
        assertThat(w.time).isEqualTo(time);
        assertThat(w.warnings[World.Warning.BAD_QVEL.ordinal()]).isEqualTo(1);
        assertThat(w.warningText(World.Warning.BAD_QVEL))
                .contains("t = 0.2", "velocity", "joint shoulder", "body arm");
        assertThat(w.warningText(World.Warning.BAD_QPOS)).isEmpty();
        w.reset();
        w.step();
        assertThat(w.time).isPositive();
    }

    @Test
    void shouldResetWhatRanAwayAndGoOn() {
        World w = tumbling(Integrator.EULER);
        w.qpos[2] = Double.NaN;
        w.step();
        assertThat(w.stopped).isFalse();
        assertThat(w.time).isEqualTo(w.machine.option.timestep);
        assertThat(w.warningText(World.Warning.BAD_QPOS)).contains("body cube");
    }

    @Test
    void shouldKeepAHeapOfOverlappingBodiesWithinBounds() {
        StringBuilder xml = new StringBuilder("<mujoco><worldbody>");
        for (int i = 0; i < 160; i++) {
            xml.append(
                    "<body pos='%f 0 0'><freejoint/><geom size='.1'/></body>".formatted(i * 1e-4));
        }
        World w = new World(new Model(compile(xml + "</worldbody></mujoco>")));
        w.step();
        assertThat(w.contacts.count).isBetween(9_900, 10_000);
        assertThat(w.contacts.dropped).isEqualTo(160 * 159 / 2 - w.contacts.count);
        assertThat(w.warningText(World.Warning.CONTACT_FULL)).contains("10000 contacts", "body ");
        for (double v : w.qvel) {
            assertThat(v).isFinite();
        }
    }
}
