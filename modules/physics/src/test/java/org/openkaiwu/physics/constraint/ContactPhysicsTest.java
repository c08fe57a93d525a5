package org.openkaiwu.physics.constraint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openkaiwu.physics.World;

/** What contacts must do, whatever the numbers of another engine are. */
class ContactPhysicsTest {
    private static final double G = 9.81;

    @ParameterizedTest
    @ValueSource(strings = {"pyramidal", "elliptic"})
    void restingBoxIsCarriedByItsWeight(String cone) {
        World w = Scenes.world(Scenes.boxOnPlane("cone='" + cone + "'", "1 .005 .0001"));
        Scenes.run(w, 2);
        double[] wrench = new double[6];
        double normal = 0;
        for (int c = 0; c < w.contacts.count; c++) {
            ContactForces.wrench(w.constraints.rows, w.contacts, c, wrench);
            normal += wrench[0];
        }
        assertThat(normal).isCloseTo(G, within(1e-6));
        assertThat(w.qpos[2]).isBetween(0.0495, 0.05);
        for (double v : w.qvel) {
            assertThat(v).isCloseTo(0, within(1e-6));
        }
    }

    @ParameterizedTest
    @CsvSource({"pyramidal, 0.3", "elliptic, 0.3", "elliptic, 0.6"})
    void slidingBlockDecelerates(String cone, double mu) {
        World w =
                Scenes.world(
                        Scenes.boxOnPlane(
                                "cone='" + cone + "' timestep='0.001'", mu + " .005 .0001"));
        Scenes.run(w, 0.5);
        w.qvel[0] = 2;
        Scenes.run(w, 0.1);
        double before = w.qvel[0];
        Scenes.run(w, 0.2);
        // soft contacts rock a little
        assertThat((before - w.qvel[0]) / 0.2).isCloseTo(mu * G, within(0.06 * mu * G));
    }

    @ParameterizedTest
    @ValueSource(strings = {"pyramidal", "elliptic"})
    void forceStaysInsideTheCone(String cone) {
        double mu = 0.4;
        World w =
                Scenes.world(
                        Scenes.boxOnPlane("cone='" + cone + "'", mu + " .005 .0001")
                                .replace("<freejoint/>", "<freejoint name='f'/>"));
        double[] wrench = new double[6];
        int seen = 0;
        for (int i = 0; i < 1000; i++) {
            w.qfrcApplied[0] = 8 * StrictMath.sin(0.01 * i);
            w.qfrcApplied[1] = 5 * StrictMath.cos(0.017 * i);
            w.step();
            for (int c = 0; c < w.contacts.count; c++) {
                ContactForces.wrench(w.constraints.rows, w.contacts, c, wrench);
                double tangent =
                        cone.equals("elliptic")
                                ? Math.hypot(wrench[1], wrench[2])
                                : Math.abs(wrench[1]) + Math.abs(wrench[2]);
                assertThat(wrench[0]).isGreaterThanOrEqualTo(0);
                assertThat(tangent).isLessThanOrEqualTo(mu * wrench[0] + 1e-9);
                seen++;
            }
        }
        assertThat(seen).isGreaterThan(1000);
    }

    @Test
    void stackOfTenStays() {
        World w = Scenes.world(Scenes.stack("cone='elliptic'", 10));
        Scenes.run(w, 5);
        for (int i = 0; i < 10; i++) {
            assertThat(Math.hypot(w.qpos[7 * i], w.qpos[7 * i + 1])).isLessThan(1e-3);
            assertThat(w.qpos[7 * i + 2]).isCloseTo(0.05 + 0.1 * i, within(0.01));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"pyramidal", "elliptic"})
    void whatRestsSinksNoDeeperInAMinute(String cone) {
        World w = Scenes.world(Scenes.stack("cone='" + cone + "' timestep='0.005'", 3));
        Scenes.run(w, 5);
        double[] start = w.qpos.clone();
        double deepest = depth(w);
        Scenes.run(w, 60);
        assertThat(depth(w)).isLessThanOrEqualTo(deepest + 1e-7);
        for (int i = 0; i < start.length; i++) {
            assertThat(w.qpos[i]).isCloseTo(start[i], within(1e-4));
        }
    }

    private static double depth(World w) {
        double deepest = 0;
        for (int c = 0; c < w.contacts.count; c++) {
            deepest = Math.max(deepest, -w.contacts.dist[c]);
        }
        return deepest;
    }

    @Test
    void collidingBodiesKeepTheirMomentum() {
        World w =
                Scenes.world(
                        """
                        <mujoco>
                          <option gravity="0 0 0" cone="elliptic" tolerance="1e-14"/>
                          <worldbody>
                            <body pos="0 0 0"><freejoint/>
                              <geom type="sphere" size=".1" mass="1" condim="6"/></body>
                            <body pos=".3 .05 .02"><freejoint/>
                              <geom type="capsule" size=".08 .1" mass="3" condim="4"/></body>
                          </worldbody>
                        </mujoco>
                        """);
        w.qvel[0] = 1;
        w.qvel[5] = 4;
        w.qvel[6] = -0.5;
        double[] before = momentum(w);
        int touching = 0;
        for (int i = 0; i < 300; i++) {
            w.step();
            touching += w.contacts.count;
        }
        double[] after = momentum(w);
        assertThat(touching).isGreaterThan(5);
        for (int k = 0; k < 3; k++) {
            assertThat(after[k]).isCloseTo(before[k], within(1e-10));
        }
    }

    private static double[] momentum(World w) {
        double[] p = new double[3];
        for (int k = 0; k < 3; k++) {
            p[k] = 1 * w.qvel[k] + 3 * w.qvel[6 + k];
        }
        return p;
    }

    @ParameterizedTest
    @ValueSource(strings = {"pyramidal", "elliptic"})
    void solversAgree(String cone) {
        double[][] qacc = new double[3][];
        String[] solvers = {"Newton", "CG", "PGS"};
        World path = Scenes.world(Scenes.stack("cone='" + cone + "'", 3));
        path.qvel[0] = 0.3;
        path.qvel[10] = 1;
        Scenes.run(path, 0.1);
        for (int s = 0; s < 3; s++) {
            String option =
                    "cone='%s' solver='%s' tolerance='0' iterations='%d'"
                            .formatted(cone, solvers[s], s == 2 ? 20000 : 500);
            World w = Scenes.world(Scenes.stack(option, 3));
            System.arraycopy(path.qpos, 0, w.qpos, 0, w.qpos.length);
            System.arraycopy(path.qvel, 0, w.qvel, 0, w.qvel.length);
            w.forward();
            qacc[s] = w.qacc.clone();
        }
        for (int i = 0; i < qacc[0].length; i++) {
            assertThat(qacc[1][i]).isCloseTo(qacc[0][i], within(1e-6));
            assertThat(qacc[2][i]).isCloseTo(qacc[0][i], within(1e-4));
        }
    }

    @Test
    void islandsDoNotChangeTheAnswer() {
        String scene =
                """
                <mujoco>
                  <option tolerance="1e-14"><flag island="%s"/></option>
                  <worldbody>
                    <geom type="plane" size="5 5 .1"/>
                    <body pos="0 0 .049"><freejoint/><geom type="box" size=".05 .05 .05"/></body>
                    <body pos="1 0 .049"><freejoint/><geom type="box" size=".05 .05 .05"/></body>
                    <body pos="1 0 .148"><freejoint/><geom type="sphere" size=".05"/></body>
                    <body pos="2 0 2"><freejoint/><geom type="sphere" size=".05"/></body>
                  </worldbody>
                </mujoco>
                """;
        World on = Scenes.world(scene.formatted("enable"));
        World off = Scenes.world(scene.formatted("disable"));
        on.qvel[1] = 0.5;
        off.qvel[1] = 0.5;
        on.forward();
        off.forward();
        assertThat(on.constraints.islands()).isEqualTo(2);
        for (int i = 0; i < on.qacc.length; i++) {
            assertThat(on.qacc[i]).isCloseTo(off.qacc[i], within(1e-9));
        }
    }

    @Test
    void sameStartSameBits() {
        String scene = Scenes.stack("cone='elliptic'", 4);
        World a = Scenes.world(scene);
        World b = Scenes.world(scene);
        a.qvel[6] = 0.4;
        b.qvel[6] = 0.4;
        Scenes.run(a, 1);
        Scenes.run(b, 1);
        assertThat(a.qpos).isEqualTo(b.qpos);
    }

    @Test
    void stepsAllocateNothing() {
        World w = Scenes.world(Scenes.stack("cone='elliptic' noslip_iterations='2'", 5));
        w.qvel[6] = 0.2;
        Scenes.run(w, 2);
        com.sun.management.ThreadMXBean threads =
                (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        // buffers may still grow now and then; a quiet second must be free of it
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            Scenes.run(w, 0.5);
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertThat(least).isZero();
    }
}
