package org.openkaiwu.motion;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.openkaiwu.math.Pose;
import org.openkaiwu.math.Vec3;

class BaseTest {
    /** A room 8 x 6 m, a wall across it with a door 1 m wide at the top, a round table. */
    private static Floor room() {
        return new Floor(0.03, 1.2)
                .within(-4, -3, 4, 3)
                .add(
                        new Obstacle(
                                "wall", new Solid.Box(new Vec3(0.1, 2.4, 1)), Pose.at(0, -0.6, 1)))
                .add(new Obstacle("jamb", new Solid.Box(new Vec3(0.1, 0.1, 1)), Pose.at(0, 2.9, 1)))
                .add(new Obstacle("table", new Solid.Cylinder(0.5, 0.4), Pose.at(2, 0.5, 0.4)))
                .add(new Obstacle("lamp", new Solid.Sphere(0.3), Pose.at(-2, 0, 2)));
    }

    private static double drive(
            Floor floor,
            Footprint footprint,
            double[][] route,
            double yaw0,
            double goalYaw,
            boolean sideways) {
        BaseFollower.Limits limits = new BaseFollower.Limits(0.6, 1.2, 0.8, 2.5, sideways);
        BaseFollower follower = new BaseFollower(limits, 0.02, 0.03);
        follower.start(route, goalYaw);
        double x = route[0][0];
        double y = route[0][1];
        double yaw = yaw0;
        double[] c = new double[3];
        double[] last = new double[3];
        double dt = 0.01;
        double time = 0;
        while (follower.tick(x, y, yaw, dt, c) == BaseFollower.Status.MOVING && time < 90) {
            assertThat(Math.hypot(c[0], c[1])).isLessThanOrEqualTo(0.6 + 1e-9);
            assertThat(Math.abs(c[2])).isLessThanOrEqualTo(1.2 + 1e-9);
            assertThat(Math.hypot(c[0] - last[0], c[1] - last[1])).isLessThan(0.8 * dt + 1e-9);
            assertThat(Math.abs(c[2] - last[2])).isLessThan(2.5 * dt + 1e-9);
            if (!sideways) {
                assertThat(c[1]).isZero();
            }
            System.arraycopy(c, 0, last, 0, 3);
            x += dt * (Math.cos(yaw) * c[0] - Math.sin(yaw) * c[1]);
            y += dt * (Math.sin(yaw) * c[0] + Math.cos(yaw) * c[1]);
            yaw += dt * c[2];
            assertThat(floor.free(x, y, yaw, footprint, 0)).as("at %f %f", x, y).isTrue();
            time += dt;
        }
        assertThat(follower.status()).isEqualTo(BaseFollower.Status.ARRIVED);
        double[] end = route[route.length - 1];
        assertThat(Math.hypot(x - end[0], y - end[1])).isLessThan(0.06);
        if (!Double.isNaN(goalYaw)) {
            assertThat(Math.abs(Math.IEEEremainder(yaw - goalYaw, 2 * Math.PI))).isLessThan(0.04);
        }
        return time;
    }

    @Test
    void drivesThroughADoor() {
        for (Footprint f : List.of(Footprint.disc(0.28), Footprint.box(0.3, 0.3, 0.22))) {
            Floor floor = room();
            BasePlanner planner = new BasePlanner(floor, f, 0.04, 0.05);
            BasePlanner.Route route = planner.plan(-2, -1, 0, 3, -1.5, Math.PI / 2);
            assertThat(route.solved()).isTrue();
            assertThat(route.length()).isBetween(7.0, 9.5);
            for (boolean sideways : new boolean[] {false, true}) {
                double t = drive(floor, f, route.points(), 0, Math.PI / 2, sideways);
                assertThat(t).isLessThan(35);
            }
        }
    }

    @Test
    void leavesATableAndComesCloseToAnother() {
        Floor floor = room();
        Footprint f = Footprint.box(0.35, 0.35, 0.25);
        BasePlanner planner = new BasePlanner(floor, f, 0.05, 0.05);
        // 6 cm before the table's rim, which the outer disc would not allow.
        BasePlanner.Route route = planner.plan(2, -0.41, Math.PI / 2, -3, 0, Math.PI);
        assertThat(route.solved()).isTrue();
        route = planner.plan(-3, 0, 0, 2, -0.41, Math.PI / 2);
        assertThat(route.solved()).isTrue();
        drive(floor, Footprint.disc(0.25), route.points(), 0, Math.PI / 2, false);
    }

    @Test
    void saysWhenThereIsNoWay() {
        Floor floor = room();
        BasePlanner wide = new BasePlanner(floor, Footprint.disc(0.55), 0.04, 0.05);
        assertThat(wide.plan(-2, -1, 0, 3, -1.5, 0).outcome())
                .isEqualTo(BasePlanner.Outcome.NO_WAY);
        BasePlanner slim = new BasePlanner(floor, Footprint.disc(0.2), 0.04, 0.05);
        assertThat(slim.plan(-2, -1, 0, 2, 0.5, 0).outcome())
                .isEqualTo(BasePlanner.Outcome.GOAL_BLOCKED);
        assertThat(slim.plan(-2, -1, 0, 6, 0, 0).outcome())
                .isEqualTo(BasePlanner.Outcome.GOAL_BLOCKED);
    }

    @Test
    void noticesThatItIsStuck() {
        BaseFollower f = new BaseFollower(new BaseFollower.Limits(0.5, 1, 1, 2, false), 0.02, 0.03);
        f.start(new double[][] {{0, 0}, {3, 0}}, 0);
        double[] c = new double[3];
        double t = 0;
        while (f.tick(0.5, 0, 0, 0.01, c) == BaseFollower.Status.MOVING && t < 20) {
            t += 0.01;
        }
        assertThat(f.status()).isEqualTo(BaseFollower.Status.STUCK);
        assertThat(t).isBetween(3.0, 6.0);
        for (int k = 0; k < 100; k++) {
            f.tick(0.5, 0, 0, 0.01, c);
        }
        assertThat(c).containsExactly(0, 0, 0);
    }

    @Test
    void choosesWhereToStand() {
        ArmModel arm = Arms.mobile();
        Floor floor =
                new Floor(0.03, 1.2)
                        .add(
                                new Obstacle(
                                        "table",
                                        new Solid.Box(new Vec3(0.4, 0.6, 0.3)),
                                        Pose.at(3, 0, 0.3)));
        BasePlanner planner = new BasePlanner(floor, Footprint.box(0.25, 0.25, 0.2), 0.03, 0.05);
        StandPose chooser = new StandPose(arm, planner);
        ToolGoal grasp =
                new ToolGoal.Approach(new Vec3(2.8, 0.2, 0.65), new Vec3(0, 0, -1), Vec3.Z);
        ToolGoal above =
                new ToolGoal.Approach(new Vec3(2.8, 0.2, 0.75), new Vec3(0, 0, -1), Vec3.Z);
        List<StandPose.Stand> stands =
                chooser.find(
                        List.of(above, grasp),
                        new double[7],
                        Ik.Options.DEFAULT.effort(6, 1),
                        4,
                        null);
        assertThat(stands).isNotEmpty();
        StandPose.Stand s = stands.get(0);
        assertThat(planner.free(s.x(), s.y(), s.yaw())).isTrue();
        arm.base(Pose.planar(s.x(), s.y(), s.yaw()));
        assertThat(arm.toolPose(s.q()[1]).p().distance(grasp.position())).isLessThan(2e-4);
        assertThat(planner.plan(0, 0, 0, s.x(), s.y(), s.yaw()).solved()).isTrue();
    }
}
