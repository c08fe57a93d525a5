package org.openkaiwu.physics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openkaiwu.body.Compiler;
import org.openkaiwu.body.mjcf.MjcfReader;

/** Worlds in a batch do what they do alone, to the bit. */
class BatchTest {
    private static Model model(double mass, double friction) {
        String xml =
                """
                <mujoco>
                  <worldbody>
                    <geom type="plane" size="2 2 .1"/>
                    <body pos="0 0 .3" euler="20 30 0"><freejoint/><geom type="box" size=".1 .1 .1" mass="%f" friction="%f"/></body>
                    <body pos="0 .5 .3"><joint name="j" axis="0 1 0" damping=".1"/><geom type="capsule" fromto="0 0 0 .2 0 0" size=".03"/></body>
                  </worldbody>
                  <actuator><motor joint="j"/></actuator>
                </mujoco>
                """
                        .formatted(mass, friction);
        return new Model(Compiler.compile(MjcfReader.read(xml, Path.of("."))));
    }

    private static void drive(int seed, World w) {
        w.ctrl[0] = 0.1 * (seed % 5) - 0.2 + 0.05 * w.qvel[0];
    }

    private static World start(int seed) {
        World w = new World(model(1 + 0.1 * seed, 0.3 + 0.05 * seed));
        w.qvel[0] = 0.2 * seed;
        return w;
    }

    private static World alone(int seed, int steps) {
        World w = start(seed);
        for (int k = 0; k < steps; k++) {
            drive(seed, w);
            w.step();
        }
        return w;
    }

    @Test
    void shouldBeTheWorldsAloneWithAnyNumberOfThreads() {
        List<World> twins = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            twins.add(alone(i, 300));
        }
        for (int threads = 1; threads <= 3; threads++) {
            try (Batch batch = new Batch(threads)) {
                for (int i = 0; i < 7; i++) {
                    assertThat(batch.add(start(i))).isEqualTo(i);
                }
                batch.step(100, BatchTest::drive);
                batch.step(200, BatchTest::drive);
                for (int i = 0; i < 7; i++) {
                    assertThat(batch.get(i).contacts.count).isPositive();
                    assertThat(batch.get(i).qpos).containsExactly(twins.get(i).qpos);
                    assertThat(batch.get(i).qvel).containsExactly(twins.get(i).qvel);
                }
            }
        }
    }

    @Test
    void shouldLetWorldsJoinAndLeave() {
        try (Batch batch = new Batch(2)) {
            World first = start(0);
            World second = start(1);
            batch.add(first);
            batch.add(second);
            batch.step(10);
            assertThat(batch.remove(0)).isSameAs(first);
            assertThat(batch.get(0)).isSameAs(second);
            batch.add(start(2));
            batch.step(5);
            assertThat(batch.size()).isEqualTo(2);
            assertThat(first.time).isEqualTo(sum(10));
            assertThat(second.time).isEqualTo(sum(15));
        }
    }

    private static double sum(int steps) {
        double t = 0;
        for (int k = 0; k < steps; k++) {
            t += 0.002;
        }
        return t;
    }

    @Test
    void shouldReportAFailureAndStepTheOthers() {
        try (Batch batch = new Batch(2)) {
            for (int i = 0; i < 4; i++) {
                batch.add(start(i));
            }
            assertThatThrownBy(() ->
                            batch.step(
                                    3,
                                    (i, w) -> {
                                        if (i == 1) {
                                            throw new IllegalStateException("policy");
                                        }
                                    }))
                    .hasMessage("policy");
            assertThat(batch.get(1).time).isZero();
            assertThat(batch.get(3).time).isEqualTo(sum(3));
            batch.step(1);
            assertThat(batch.get(1).time).isEqualTo(0.002);
        }
        Batch closed = new Batch(1);
        closed.close();
        assertThatThrownBy(() -> closed.step(1)).hasMessageContaining("closed");
    }
}
