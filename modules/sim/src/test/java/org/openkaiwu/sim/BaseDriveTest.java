package org.openkaiwu.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openkaiwu.body.Machine;
import org.openkaiwu.math.Pose;
import org.openkaiwu.robot.Command;
import org.openkaiwu.robot.Command.BaseVelocity;
import org.openkaiwu.robot.Guard;

/** A base on three steered wheels that turn half round and no further. */
class BaseDriveTest {
    private Scenario run;
    private Guard robot;
    private int steer;
    private double fastest;

    @BeforeEach
    void build() {
        run =
                SceneBuilder.build(
                        SceneData.load(Rig.root(), "tabletop"),
                        Bodies.load(Rig.root(), "ffw_sg2"),
                        1,
                        new Faults());
        robot = run.robot();
        Machine m = run.world().machine;
        steer = m.jntDofadr[Machine.indexOf(m.jntName, "rear_wheel_steer_joint")];
    }

    private void drive(BaseVelocity v, int ticks) {
        int n = robot.model().joints().size();
        for (int k = 0; k < ticks; k++) {
            Command keep = Command.keep(n);
            robot.command(new Command(keep.position(), keep.velocity(), v, Map.of()));
            robot.tick();
            fastest = Math.max(fastest, Math.abs(run.world().qvel[steer]));
        }
        assertThat(robot.state()).isEqualTo(Guard.State.ACTIVE);
    }

    @Test
    void shouldSteerSlowlyEnoughNotToBeKickedByItsTyres() {
        Pose before = run.truth().base();
        drive(new BaseVelocity(0, 0.2, 0), 30);
        Pose moved = before.inverse().times(run.truth().base());
        assertThat(fastest).isBetween(2.0, 6.0);
        assertThat(moved.p().norm()).isLessThan(.01);
        assertThat(Math.abs(moved.q().yaw())).isLessThan(.02);
        drive(new BaseVelocity(0, 0.2, 0), 100);
        assertThat(before.inverse().times(run.truth().base()).p().y()).isGreaterThan(.1);
    }

    /** What it is told wavers about straight to the side: wheels do not turn right about for it. */
    @Test
    void shouldGoOnWhereItsWayWaversAboutAQuarterTurn() {
        drive(new BaseVelocity(0, -0.15, 0), 150);
        Pose before = run.truth().base();
        for (int k = 0; k < 20; k++) {
            drive(new BaseVelocity(k % 2 == 0 ? 0.008 : -0.008, -0.15, 0), 10);
        }
        assertThat(before.inverse().times(run.truth().base()).p().y()).isLessThan(-.25);
    }

    /** A standing base whose wheels must be turned about gets there, however it is told to go. */
    @Test
    void shouldFinishTurningItsWheelsWhileItsGoalWavers() {
        drive(new BaseVelocity(0, 0.15, 0), 150);
        drive(BaseVelocity.ZERO, 60);
        Pose before = run.truth().base();
        for (int k = 0; k < 20; k++) {
            drive(new BaseVelocity(k % 2 == 0 ? 0.02 : -0.02, 0.1, 0), 10);
        }
        assertThat(before.inverse().times(run.truth().base()).p().y()).isGreaterThan(.05);
    }
}
