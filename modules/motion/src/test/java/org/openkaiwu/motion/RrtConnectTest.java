package org.openkaiwu.motion;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RrtConnectTest {
    private static final JointSpace SQUARE =
            new JointSpace(new double[] {0, 0}, new double[] {10, 10}, new double[] {1, 1}, 0.05);

    /** A wall at x = 5, 1 thick, with a gap 0.3 wide at y = 9. */
    private static boolean wall(double[] q) {
        return Math.abs(q[0] - 5) > 0.5 || Math.abs(q[1] - 9) < 0.15;
    }

    /** The wall as thin as the edge resolution may make it. */
    private static boolean thinWall(double[] q) {
        return Math.abs(q[0] - 5) > 0.45 || Math.abs(q[1] - 9) < 0.2;
    }

    @Test
    void findsTheGapInAWall() {
        RrtConnect planner = new RrtConnect(SQUARE, 1, 20000);
        double[] start = {1, 1};
        double[] goal = {9, 1};
        double[] scratch = new double[2];
        for (int seed = 0; seed < 20; seed++) {
            PlanResult r = planner.plan(start, goal, RrtConnectTest::wall, seed);
            assertThat(r.solved()).as("seed %d", seed).isTrue();
            assertThat(r.path()[0]).containsExactly(start);
            assertThat(r.path()[r.path().length - 1]).containsExactly(goal);
            Shortcut shortcut = new Shortcut(SQUARE);
            double[][] shorter = shortcut.shorten(r.path(), RrtConnectTest::wall, 200, seed);
            for (int i = 1; i < shorter.length; i++) {
                assertThat(
                                SQUARE.edge(
                                        shorter[i - 1],
                                        shorter[i],
                                        RrtConnectTest::thinWall,
                                        scratch))
                        .isTrue();
            }
            assertThat(shortcut.length(shorter)).isLessThanOrEqualTo(shortcut.length(r.path()));
            // The shortest way round is 4.5 + 1 + 4.5 wide and 7.85 up and down.
            assertThat(shortcut.length(shorter)).isLessThan(1.25 * (2 * Math.hypot(3.5, 7.85) + 1));
        }
    }

    @Test
    void isTheSameForTheSameSeed() {
        double[] start = {1, 1};
        double[] goal = {9, 1};
        PlanResult a = new RrtConnect(SQUARE, 1, 20000).plan(start, goal, RrtConnectTest::wall, 7);
        PlanResult b = new RrtConnect(SQUARE, 1, 20000).plan(start, goal, RrtConnectTest::wall, 7);
        assertThat(a.path()).isDeepEqualTo(b.path());
        assertThat(a.iterations()).isEqualTo(b.iterations());
    }

    @Test
    void saysWhatIsBlocked() {
        RrtConnect planner = new RrtConnect(SQUARE, 1, 500);
        double[] inWall = {5, 5};
        double[] free = {1, 1};
        assertThat(planner.plan(inWall, free, RrtConnectTest::wall, 1).outcome())
                .isEqualTo(PlanResult.Outcome.START_BLOCKED);
        assertThat(planner.plan(free, inWall, RrtConnectTest::wall, 1).outcome())
                .isEqualTo(PlanResult.Outcome.GOAL_BLOCKED);
        Validity closed = q -> Math.abs(q[0] - 5) > 0.5;
        assertThat(planner.plan(free, new double[] {9, 1}, closed, 1).outcome())
                .isEqualTo(PlanResult.Outcome.NOT_FOUND);
        assertThat(
                        planner.plan(
                                        free,
                                        List.of(inWall, new double[] {2, 2}),
                                        RrtConnectTest::wall,
                                        1)
                                .solved())
                .isTrue();
    }
}
