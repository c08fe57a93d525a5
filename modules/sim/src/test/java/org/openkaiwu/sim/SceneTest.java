package org.openkaiwu.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.openkaiwu.math.InputException;
import org.openkaiwu.math.Vec3;
import org.openkaiwu.robot.Command;
import org.openkaiwu.robot.Guard;
import org.openkaiwu.robot.Telemetry;

class SceneTest {
    static Scenario build(String body, String scene, long seed) {
        return SceneBuilder.build(
                SceneData.load(Rig.root(), scene), Bodies.load(Rig.root(), body), seed);
    }

    static Stream<Arguments> pairs() {
        return Stream.of(
                Arguments.of("so101", "tabletop"),
                Arguments.of("ur5_gripper", "tabletop"),
                Arguments.of("panda", "workcell"),
                Arguments.of("realman_lift", "home"),
                Arguments.of("ffw_sg2", "tabletop"),
                Arguments.of("turtlebot3", "home"));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void shouldStandStillWithEverythingInReach(String body, String scene) {
        Scenario run = build(body, scene, 3);
        Truth before = run.truth();
        int n = run.robot().model().joints().size();
        for (int i = 0; i < 200; i++) {
            assertThat(run.robot().command(Command.keep(n))).isEmpty();
            run.robot().tick();
        }
        Truth after = run.truth();
        for (Layout.Thing t : run.layout().things()) {
            Truth.Obj a = after.objects().get(t.id());
            assertThat(a.pose().p().distance(before.objects().get(t.id()).pose().p()))
                    .as(t.id())
                    .isLessThan(1e-4);
            assertThat(a.on()).as(t.id()).contains(t.on());
            if (!scene.equals("home")) {
                BodySheet.Work w = run.body().sheet().work();
                Vec3 p = run.layout().robot().inverse().transform(a.pose().p());
                assertThat(Math.hypot(p.x() - w.centre()[0], p.y() - w.centre()[1]))
                        .as(t.id())
                        .isBetween(0.5 * w.near(), w.far() + 0.12);
            }
        }
        double[] home = run.robot().model().home();
        Telemetry t = run.robot().telemetry();
        for (int i = 0; i < n; i++) {
            assertThat(t.position()[i])
                    .isCloseTo(home[i], org.assertj.core.data.Offset.offset(2e-3));
        }
        assertThat(after.base().p().distance(before.base().p())).isLessThan(1e-4);
        assertThat(after.fallen()).isFalse();
        assertThat(run.robot().state()).isEqualTo(Guard.State.ACTIVE);
        assertThat(run.statistics().limitViolations()).isZero();
        assertThat(run.world().warnings).containsOnly(0);
    }

    @Test
    void shouldPutThingsElsewhereWithAnotherSeedAndTheSameWithTheSame() {
        Scenario a = build("panda", "tabletop", 5);
        Scenario b = build("panda", "tabletop", 5);
        Scenario c = build("panda", "tabletop", 6);
        for (Scenario run : new Scenario[] {a, b, c}) {
            for (int i = 0; i < 50; i++) {
                run.robot().tick();
            }
        }
        assertThat(Arrays.equals(a.world().qpos, b.world().qpos)).isTrue();
        assertThat(Arrays.equals(a.world().qvel, b.world().qvel)).isTrue();
        assertThat(a.robot().telemetry().position()).isEqualTo(b.robot().telemetry().position());
        assertThat(a.robot().telemetry().sightings()).isEqualTo(b.robot().telemetry().sightings());
        assertThat(c.layout().thing("apple").orElseThrow().pose())
                .isNotEqualTo(a.layout().thing("apple").orElseThrow().pose());
    }

    @Test
    void shouldSeeWhatIsInViewAndNotWhatIsFarAway() {
        Scenario table = build("so101", "tabletop", 4);
        java.util.Set<String> seen = new java.util.TreeSet<>();
        for (int i = 0; i < 20; i++) {
            table.robot().tick();
            table.robot()
                    .telemetry()
                    .sightings()
                    .forEach(s -> {
                        seen.add(s.label());
                        Vec3 truth = table.truth().objects().get(s.label()).pose().p();
                        assertThat(s.pose().p().distance(truth)).isBetween(1e-6, 0.02);
                    });
        }
        assertThat(seen).contains("red_cube", "tray", "bowl");
        Scenario home = build("realman_lift", "home", 4);
        for (int i = 0; i < 20; i++) {
            home.robot().tick();
            assertThat(home.robot().telemetry().sightings())
                    .noneMatch(s -> s.label().equals("bottle"));
        }
    }

    /** Steered wheels are turned about first, for so many seconds, before the base turns. */
    @ParameterizedTest
    @CsvSource({"turtlebot3, 0", "realman_lift, 0", "ffw_sg2, 0.3"})
    void shouldDriveAMetreAndTurnAQuarter(String body, double steers) {
        Scenario run = build(body, "home", 1);
        Guard robot = run.robot();
        double v = 0.5 * robot.model().drive().maxSpeed();
        drive(run, new Command.BaseVelocity(v, 0, 0), 1 / v);
        Vec3 p = run.truth().base().p();
        assertThat(p.x()).isBetween(0.93, 1.03);
        assertThat(Math.abs(p.y())).isLessThan(0.03);
        double w = 0.5 * robot.model().drive().maxTurn();
        drive(run, new Command.BaseVelocity(0, 0, w), Math.PI / 2 / w);
        assertThat(run.truth().base().q().yaw()).isBetween(1.45 - steers * w, 1.65);
        assertThat(run.truth().fallen()).isFalse();
    }

    /** Constant velocity with ramps that add up to the same distance, then a rest. */
    private static void drive(Scenario run, Command.BaseVelocity v, double seconds) {
        int n = run.robot().model().joints().size();
        double[] still = new double[n];
        double[] keep = Command.keep(n).position();
        int ticks = (int) Math.round(seconds / run.robot().period());
        for (int i = 0; i < ticks + 150; i++) {
            Command.BaseVelocity now = i < ticks ? v : Command.BaseVelocity.ZERO;
            run.robot().command(new Command(keep, still, now, java.util.Map.of()));
            run.robot().tick();
        }
    }

    @Test
    void shouldTellWhatABodyLacks() {
        assertThatThrownBy(() -> build("panda", "home", 1))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("can drive");
        assertThatThrownBy(() -> build("so101", "workcell", 1))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("reach");
        assertThatThrownBy(() -> SceneData.load(Rig.root(), "moon"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("tabletop");
    }
}
