package org.openkaiwu.motion;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.openkaiwu.math.Pose;
import org.openkaiwu.math.Vec3;

class ArmPlannerTest {
    private static final double[] START = {0.8, 0.9, 1.0, 0, 0.5, 0};
    private static final Vec3 DOWN = new Vec3(0, 0, -1);
    private static final Timing TIMING =
            new Timing(
                    new double[] {2, 2, 2, 3, 3, 3},
                    new double[] {6, 6, 6, 9, 9, 9},
                    new double[] {60, 60, 60, 90, 90, 90},
                    0.1);

    private static Obstacle wall() {
        return new Obstacle(
                "wall", new Solid.Box(new Vec3(0.25, 0.02, 0.25)), Pose.at(0.55, 0, 0.25));
    }

    @Test
    void goesToAToolGoalAroundAWallAndDownALine() {
        ArmModel arm = Arms.sixAxis();
        PlanningScene scene = new PlanningScene(arm, 0.01, 0);
        scene.obstacles(List.of(wall()));
        double[] effort = {200, 200, 100, 30, 30, 20};
        ArmPlanner planner = new ArmPlanner(arm, scene, TIMING, effort, 1);
        ToolGoal above = new ToolGoal.Approach(new Vec3(0.4, -0.3, 0.25), DOWN, Vec3.Z);
        ArmPlanner.Plan plan = planner.toTool(START, above, Ik.Options.DEFAULT);
        assertThat(plan.outcome()).isEqualTo(ArmPlanner.Outcome.PLANNED);
        assertThat(arm.toolPose(plan.end()).p().distance(above.position())).isLessThan(2e-4);
        double[] q = new double[6];
        plan.trajectory().position(0, q);
        assertThat(q).containsExactly(START);
        plan.trajectory().position(plan.trajectory().duration(), q);
        assertThat(q).containsExactly(plan.end());
        ToolGoal low = new ToolGoal.Approach(new Vec3(0.4, -0.3, 0.12), DOWN, Vec3.Z);
        assertThat(planner.line(plan.end(), low, 1e-4, 1e-3).ok()).isTrue();
        scene.obstacles(
                List.of(
                        wall(),
                        new Obstacle(
                                "brick",
                                new Solid.Box(new Vec3(0.05, 0.05, 0.05)),
                                Pose.at(0.4, -0.3, 0.08))));
        ArmPlanner.Plan cut = planner.line(plan.end(), low, 1e-4, 1e-3);
        assertThat(cut.outcome()).isEqualTo(ArmPlanner.Outcome.LINE_ENDS);
        assertThat(cut.contacts()).extracting(PlanningScene.Contact::second).containsOnly("brick");
        assertThat(planner.toTool(START, low, Ik.Options.DEFAULT).outcome())
                .isEqualTo(ArmPlanner.Outcome.GOAL_BLOCKED);
    }

    @Test
    void saysWhyNot() {
        ArmModel arm = Arms.sixAxis();
        PlanningScene scene = new PlanningScene(arm, 0.01, 0);
        ArmPlanner planner = new ArmPlanner(arm, scene, TIMING, null, 1);
        ToolGoal far = new ToolGoal.Point(new Vec3(2, 0, 0.35));
        ArmPlanner.Plan plan = planner.toTool(START, far, Ik.Options.DEFAULT);
        assertThat(plan.outcome()).isEqualTo(ArmPlanner.Outcome.OUT_OF_REACH);
        // Shoulder at 0.05, 0.35; 0.4 + 0.4 + 0.18 from there.
        assertThat(plan.missing()).isBetween(0.95, 1.0);
        double[] weak = {200, 2, 2, 30, 30, 20};
        ArmPlanner feeble = new ArmPlanner(arm, scene, TIMING, weak, 1);
        feeble.load(1);
        assertThat(feeble.toJoints(START, new double[] {0, 1.2, 0.2, 0, 0.5, 0}).outcome())
                .isEqualTo(ArmPlanner.Outcome.TOO_HEAVY);
    }

    @Test
    void freesItselfFromALightTouch() {
        ArmModel arm = Arms.sixAxis();
        PlanningScene scene = new PlanningScene(arm, 0.01, 0);
        Pose tool = arm.toolPose(START);
        Obstacle near =
                new Obstacle(
                        "cup",
                        new Solid.Sphere(0.02),
                        new Pose(tool.p().plus(new Vec3(0.045, 0, 0)), tool.q()));
        scene.obstacles(List.of(near));
        assertThat(scene.valid(START)).isFalse();
        ArmPlanner planner = new ArmPlanner(arm, scene, TIMING, null, 1);
        double[] to = {-0.5, 0.5, 1.0, 0, 0.5, 0};
        assertThat(planner.toJoints(START, to).ok()).isTrue();
    }

    @Test
    void trackerFollowsWaitsBrakesAndNoticesABlock() {
        Trajectory t =
                new Timing(new double[] {1}, new double[] {4}, new double[] {40}, 0.1)
                        .along(new double[][] {{0}, {2}});
        double[] p = new double[1];
        double[] v = new double[1];
        double[] q = new double[1];
        Tracker tracker = new Tracker(0.05, 1);
        tracker.start(t);
        double time = 0;
        while (tracker.tick(0.01, q, p, v) == Tracker.Status.MOVING && time < 10) {
            // A joint that follows with a lag of 20 ms.
            q[0] += 0.5 * (p[0] - q[0]);
            time += 0.01;
        }
        assertThat(tracker.status()).isEqualTo(Tracker.Status.DONE);
        assertThat(time).isLessThan(t.duration() + 0.2);
        tracker.start(t);
        q[0] = 0;
        for (int k = 0; k < 300; k++) {
            if (k == 100) {
                tracker.brake();
            }
            tracker.tick(0.01, q, p, v);
            q[0] = p[0];
        }
        assertThat(tracker.status()).isEqualTo(Tracker.Status.STOPPED);
        assertThat(q[0]).isBetween(0.5, 1.2);
        tracker.start(t);
        q[0] = 0;
        for (int k = 0; k < 400 && tracker.tick(0.01, q, p, v) == Tracker.Status.MOVING; k++) {
            q[0] = Math.min(p[0], 0.5);
        }
        assertThat(tracker.status()).isEqualTo(Tracker.Status.BLOCKED);
        assertThat(p[0]).isLessThan(0.75);
    }
}
