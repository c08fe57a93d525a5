package org.openkaiwu.skill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openkaiwu.math.Pose;
import org.openkaiwu.motion.BaseFollower;

/** Where a base passes on a route. */
class SweepTest {
    private static final double[][] CORNER = {{0, 0}, {1, 0}, {1, 1}};

    private static List<Pose> along(boolean sideways) {
        BaseFollower.Limits limits = new BaseFollower.Limits(0.5, 1, 0.6, 1.5, sideways);
        List<Pose> out = new ArrayList<>();
        BaseFollower follower = new BaseFollower(limits, 0.03, 0.04);
        Pose end = Sweep.along(follower, Pose.planar(0, 0, 0), CORNER, 0, out);
        assertThat(out.getLast()).isEqualTo(end);
        return out;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldTellEveryPlaceUpToTheGoal(boolean sideways) {
        List<Pose> poses = along(sideways);
        Pose end = poses.getLast();
        assertThat(end.p().x()).isCloseTo(1, within(.04));
        assertThat(end.p().y()).isCloseTo(1, within(.04));
        assertThat(end.q().yaw()).isCloseTo(0, within(.05));
        for (int i = 1; i < poses.size(); i++) {
            assertThat(poses.get(i).p().distance(poses.get(i - 1).p())).isLessThan(.07);
        }
    }

    @Test
    void shouldTurnOnTheWayThoughTheGoalHasTheSameHeading() {
        assertThat(along(false)).anyMatch(p -> p.q().yaw() > 1);
    }
}
