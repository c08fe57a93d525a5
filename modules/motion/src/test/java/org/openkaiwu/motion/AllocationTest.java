package org.openkaiwu.motion;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openkaiwu.math.Pose;
import org.openkaiwu.math.Vec3;

/** What runs each tick, or thousands of times in a search, allocates nothing once warm. */
class AllocationTest {
    private static long bytes(Runnable work) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (int k = 0; k < 3000; k++) {
            work.run();
        }
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 3; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int k = 0; k < 1000; k++) {
                work.run();
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        return least;
    }

    @Test
    void validityAndClearance() {
        ArmModel arm = Arms.sixAxis();
        PlanningScene scene = new PlanningScene(arm, 0.01, 0);
        Solid.Box box = new Solid.Box(new Vec3(0.1, 0.1, 0.1));
        scene.obstacles(
                List.of(
                        new Obstacle("a", box, Pose.at(0.4, 0, 0.3)),
                        new Obstacle("b", new Solid.Cylinder(0.05, 0.2), Pose.at(0, 0.4, 0.3))));
        double[] q = new double[6];
        int[] step = {0};
        assertThat(
                        bytes(() -> {
                            q[0] = 0.003 * (step[0]++ % 1000);
                            q[1] = 0.8;
                            scene.valid(q);
                            scene.clearance(q, 0.2);
                        }))
                .isLessThan(1000);
    }

    @Test
    void ticks() {
        Trajectory t =
                new Timing(new double[] {1, 1}, new double[] {4, 4}, new double[] {40, 40}, 0.1)
                        .along(new double[][] {{0, 0}, {1, 0}, {1, 1}});
        Tracker tracker = new Tracker(0.05, 1);
        tracker.start(t);
        double[] p = new double[2];
        double[] v = new double[2];
        assertThat(
                        bytes(() -> {
                            if (tracker.tick(0.01, p, p, v) == Tracker.Status.DONE) {
                                tracker.start(t);
                            }
                        }))
                .isLessThan(1000);
        BaseFollower.Limits limits = new BaseFollower.Limits(0.6, 1.2, 0.8, 2.5, false);
        BaseFollower follower = new BaseFollower(limits, 0.02, 0.03);
        double[][] route = {{0, 0}, {1, 0}, {2, 1}, {4, 1}};
        follower.start(route, 1);
        double[] c = new double[3];
        double[] x = new double[3];
        assertThat(
                        bytes(() -> {
                            x[0] = (x[0] + 0.005) % 4;
                            follower.tick(x[0], x[1], x[2], 0.01, c);
                            x[1] += 0.001 * c[1];
                            x[2] += 0.001 * c[2];
                        }))
                .isLessThan(1000);
        ArmModel arm = Arms.sevenAxis();
        double[] q = {0, 0.4, 0, 0.8, 0, 0.4, 0};
        double[] pos = new double[3];
        double[] quat = new double[4];
        double[] jac = new double[42];
        ArmDynamics dynamics = new ArmDynamics(arm);
        double[] out = new double[7];
        assertThat(
                        bytes(() -> {
                            arm.jacobian(q, pos, quat, jac);
                            dynamics.effort(q, q, q, out);
                        }))
                .isLessThan(1000);
    }
}
