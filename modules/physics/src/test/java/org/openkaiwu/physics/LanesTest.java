package org.openkaiwu.physics;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openkaiwu.body.Compiler;
import org.openkaiwu.body.mjcf.MjcfReader;
import org.openkaiwu.math.RandomStream;
import org.openkaiwu.physics.constraint.LaneStage;

/** Worlds whose constraints are solved in vector lanes are the worlds alone, to the bit. */
class LanesTest {
    private static final int STEPS = 80;

    @BeforeAll
    static void shouldHaveLanes() {
        assertThat(LaneStage.available()).isTrue();
    }

    /** A creature with all kinds of rows on uneven ground; its parameters follow the seed. */
    private static Model model(String cone, int condim, String integrator, int seed) {
        RandomStream r = RandomStream.of(seed, "lanes");
        String xml =
                """
                <mujoco>
                  <option cone="%s" integrator="%s" impratio="3"/>
                  <default>
                    <geom friction="%f 0.01 0.002" condim="%d"/>
                    <joint damping="0.1" armature="0.01" frictionloss="%f"/>
                  </default>
                  <worldbody>
                    <geom type="plane" size="3 3 .1"/>
                    <geom type="box" size=".2 .2 .05" pos=".3 .1 0" euler="10 20 0"/>
                    <body name="trunk" pos="0 0 .35"><freejoint/>
                      <geom type="box" size=".15 .1 .05" mass="%f"/>
                      <body pos=".15 .1 0"><joint name="a" axis="0 1 0" range="-60 60" limited="true"/>
                        <geom type="capsule" fromto="0 0 0 0 0 -.2" size=".03"/>
                        <body name="foot" pos="0 0 -.2"><joint name="b" axis="0 1 0" range="-20 90" limited="true"/>
                          <geom type="capsule" fromto="0 0 0 0 0 -.15" size=".02"/><site name="s1"/></body></body>
                      <body pos="-.15 -.1 0"><joint name="c" type="ball" range="0 50" limited="true"/>
                        <geom type="capsule" fromto="0 0 0 0 0 -.3" size=".03" condim="1"/>
                        <body name="end" pos="0 0 -.3"><joint name="d" type="slide" axis="0 0 1" range="-.05 .05" limited="true"/>
                          <geom type="sphere" size=".04"/><site name="s2"/></body></body>
                    </body>
                  </worldbody>
                  <equality><joint joint1="a" joint2="b" polycoef="0 .5 0 0 0"/></equality>
                  <tendon><spatial name="t" range="0 .45" limited="true" frictionloss=".1"><site site="s1"/><site site="s2"/></spatial></tendon>
                  <sensor><accelerometer site="s1"/><framelinvel objtype="site" objname="s2"/></sensor>
                  <actuator><motor joint="a" gear="8"/><motor joint="b" gear="5"/><motor joint="d" gear="20"/></actuator>
                </mujoco>
                """
                        .formatted(
                                cone,
                                integrator,
                                r.uniform(0.3, 1.2),
                                condim,
                                r.uniform(0.05, 0.2),
                                r.uniform(2, 5));
        return new Model(Compiler.compile(MjcfReader.read(xml, Path.of("."))));
    }

    private static World start(Model model, int seed) {
        World w = new World(model);
        RandomStream r = RandomStream.of(seed, "start");
        w.qpos[2] += r.uniform(0, 0.2);
        for (int i = 0; i < w.qvel.length; i++) {
            w.qvel[i] = r.uniform(-1, 1);
        }
        return w;
    }

    private static void drive(RandomStream r, World w) {
        for (int i = 0; i < w.ctrl.length; i++) {
            w.ctrl[i] = r.uniform(-1, 1);
        }
    }

    private static void shouldBeSame(World x, World alone) {
        assertThat(x.time).isEqualTo(alone.time);
        assertThat(x.qpos).containsExactly(alone.qpos);
        assertThat(x.qvel).containsExactly(alone.qvel);
        assertThat(x.qacc).containsExactly(alone.qacc);
        assertThat(x.qfrcConstraint).containsExactly(alone.qfrcConstraint);
        assertThat(x.tree.xmat).containsExactly(alone.tree.xmat);
        assertThat(x.tree.geomXpos).containsExactly(alone.tree.geomXpos);
        assertThat(x.tree.siteXmat).containsExactly(alone.tree.siteXmat);
        assertThat(x.tree.subtreeCom).containsExactly(alone.tree.subtreeCom);
        assertThat(x.tree.cinert).containsExactly(alone.tree.cinert);
        assertThat(x.tree.crb).containsExactly(alone.tree.crb);
        assertThat(x.tree.cdofDot).containsExactly(alone.tree.cdofDot);
        assertThat(x.tree.cacc).containsExactly(alone.tree.cacc);
        assertThat(x.tree.qLD).containsExactly(alone.tree.qLD);
        assertThat(x.tree.qfrcBias).containsExactly(alone.tree.qfrcBias);
        assertThat(x.sensordata).containsExactly(alone.sensordata);
        assertThat(x.constraints.iterations()).isEqualTo(alone.constraints.iterations());
        assertThat(x.constraints.rows.nefc).isEqualTo(alone.constraints.rows.nefc);
        for (int i = 0; i < alone.constraints.rows.nefc; i++) {
            assertThat(x.constraints.rows.force[i]).isEqualTo(alone.constraints.rows.force[i]);
            assertThat(x.constraints.rows.state[i]).isEqualTo(alone.constraints.rows.state[i]);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "pyramidal,3,Euler",
        "pyramidal,6,implicitfast",
        "elliptic,3,implicit",
        "elliptic,4,Euler",
        "elliptic,6,RK4"
    })
    void shouldBeTheWorldsAloneWhateverTheirParameters(String cone, int condim, String integrator) {
        int n = LaneStage.width() + 3;
        World[] alone = new World[n];
        RandomStream[] random = new RandomStream[n];
        long rows = 0;
        try (Batch batch = new Batch(1, true)) {
            for (int i = 0; i < n; i++) {
                Model model = model(cone, condim, integrator, i);
                batch.add(start(model, i));
                alone[i] = start(model, i);
                random[i] = RandomStream.of(i, "drive");
                RandomStream r = RandomStream.of(i, "drive");
                for (int k = 0; k < STEPS; k++) {
                    drive(r, alone[i]);
                    alone[i].step();
                    rows += alone[i].constraints.rows.nefc;
                }
            }
            assertThat(rows).isGreaterThan(5L * n * STEPS);
            batch.step(STEPS, (i, w) -> drive(random[i], w));
            for (int i = 0; i < n; i++) {
                shouldBeSame(batch.get(i), alone[i]);
            }
        }
    }

    @Test
    void shouldLetWorldsJoinAndLeaveAndStopAndReset() {
        Model model = model("elliptic", 3, "Euler", 5);
        World[] alone = new World[5];
        for (int i = 0; i < 5; i++) {
            alone[i] = start(model, i);
        }
        try (Batch batch = new Batch(1, true)) {
            for (int i = 0; i < 4; i++) {
                batch.add(start(model, i));
            }
            batch.step(40);
            World gone = batch.remove(1);
            batch.add(start(model, 4));
            batch.get(0).qvel[3] = Double.NaN;
            batch.get(2).onInstability = World.Instability.STOP;
            batch.get(2).qvel[3] = Double.NaN;
            batch.step(30);
            step(alone[1], 40);
            shouldBeSame(gone, alone[1]);
            step(alone[0], 40);
            alone[0].qvel[3] = Double.NaN;
            step(alone[0], 30);
            shouldBeSame(batch.get(0), alone[0]);
            assertThat(batch.get(0).warnings[World.Warning.BAD_QVEL.ordinal()]).isEqualTo(1);
            step(alone[3], 70);
            shouldBeSame(batch.get(1), alone[3]);
            assertThat(batch.get(2).stopped).isTrue();
            step(alone[4], 30);
            shouldBeSame(batch.get(3), alone[4]);
        }
    }

    private static void step(World w, int n) {
        for (int k = 0; k < n; k++) {
            w.step();
        }
    }

    @Test
    void shouldStepDifferentRobotsSideBySide() {
        Model model = model("elliptic", 3, "Euler", 5);
        Model box =
                new Model(
                        Compiler.compile(
                                MjcfReader.read(
                                        "<mujoco><worldbody><geom type='plane' size='1 1 1'/><body"
                                                + " pos='0 0 .2'><freejoint/><geom type='box' size='.1"
                                                + " .1 .1'/></body></worldbody></mujoco>",
                                        Path.of("."))));
        try (Batch batch = new Batch(2, true)) {
            for (int i = 0; i < 6; i++) {
                batch.add(i % 3 == 0 ? new World(box) : start(model, i));
            }
            batch.step(100);
            for (int i = 0; i < 6; i++) {
                World w = i % 3 == 0 ? new World(box) : start(model, i);
                step(w, 100);
                shouldBeSame(batch.get(i), w);
            }
        }
    }
}
