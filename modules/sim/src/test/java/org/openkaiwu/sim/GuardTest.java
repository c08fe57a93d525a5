package org.openkaiwu.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.openkaiwu.math.Text;
import org.openkaiwu.robot.Command;
import org.openkaiwu.robot.Guard;

class GuardTest {
    private final Scenario run = SceneTest.build("panda", "workcell", 1);
    private final Guard robot = run.robot();
    private final int n = robot.model().joints().size();

    private Command to(int joint, double position) {
        Command c = Command.keep(n);
        c.position()[joint] = position;
        return c;
    }

    @Test
    void shouldStopForATargetBeyondTheRange() {
        assertThat(robot.command(to(0, 4.0))).isPresent();
        assertThat(robot.reason().orElseThrow().en()).contains("joint1");
        assertThat(robot.reason().orElseThrow().zh()).contains("关节");
        assertThat(robot.violations()).isEqualTo(1);
        assertThat(robot.command(Command.keep(n))).isPresent();
    }

    @Test
    void shouldReachAFarTargetNoFasterThanTheJointMay() {
        double most = robot.model().joints().get(0).maxVelocity();
        for (int i = 0; i < 180; i++) {
            assertThat(robot.command(to(0, 1.0))).isEmpty();
            robot.tick();
            assertThat(Math.abs(robot.telemetry().velocity()[0])).isLessThan(1.4 * most);
        }
        assertThat(robot.telemetry().position()[0])
                .isCloseTo(1.0, org.assertj.core.data.Offset.offset(0.02));
        assertThat(run.statistics().limitViolations()).isZero();
    }

    @Test
    void shouldStopWithoutHeartbeat() {
        robot.command(to(0, 0.5));
        for (int i = 0; i < 12; i++) {
            robot.tick();
        }
        assertThat(robot.state()).isNotEqualTo(Guard.State.ACTIVE);
        assertThat(robot.reason().orElseThrow().en()).contains("heartbeat");
    }

    @Test
    void shouldLatchAStopAndReportItOnlyAtRest() {
        for (int i = 0; i < 30; i++) {
            robot.command(to(0, 1.5));
            robot.tick();
        }
        assertThat(Math.abs(robot.telemetry().velocity()[0])).isGreaterThan(0.5);
        robot.stop(new Text("button", "按钮"));
        assertThat(robot.state()).isEqualTo(Guard.State.STOPPING);
        assertThat(robot.clear()).isFalse();
        int ticks = 0;
        while (robot.state() == Guard.State.STOPPING && ticks < 300) {
            robot.tick();
            ticks++;
        }
        assertThat(robot.state()).isEqualTo(Guard.State.STOPPED);
        assertThat(Math.abs(robot.telemetry().velocity()[0])).isLessThan(0.02);
        assertThat(ticks).isLessThan(100);
        assertThat(robot.clear()).isTrue();
        double at = robot.telemetry().position()[0];
        for (int i = 0; i < 50; i++) {
            robot.tick();
        }
        assertThat(robot.telemetry().position()[0])
                .isCloseTo(at, org.assertj.core.data.Offset.offset(2e-3));
        assertThat(robot.telemetry().stopped()).isTrue();
        assertThat(robot.command(to(0, at))).isEmpty();
        assertThat(robot.state()).isEqualTo(Guard.State.ACTIVE);
    }

    @Test
    void shouldRefuseNonsense() {
        Command c = Command.keep(n);
        c.position()[2] = Double.POSITIVE_INFINITY;
        assertThat(robot.command(c)).isPresent();
    }

    @Test
    void shouldRefuseToFoldIntoItself() {
        Guard arm = SceneTest.build("panda", "workcell", 1).robot();
        boolean refused = false;
        for (int i = 0; i < 600 && !refused; i++) {
            Command c =
                    new Command(
                            new double[] {0, 1.7, 0, -3.0, 0, 0, 0},
                            new double[7],
                            Command.BaseVelocity.ZERO,
                            Map.of());
            refused = arm.command(c).isPresent();
            arm.tick();
            refused |= arm.state() != Guard.State.ACTIVE;
        }
        assertThat(refused).isTrue();
    }
}
