package org.openkaiwu.sim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openkaiwu.math.Pose;

/** Grasps hold by friction, and only by friction. */
class GraspTest {
    /** A seed whose spot every body of the test reaches without a planner. */
    private static final long SEED = 2;

    /**
     * A seed whose spot lets every hand of the test close on what slips away without being wedged.
     */
    private static final long DROPPED = 5;

    @ParameterizedTest
    @ValueSource(strings = {"so101", "ur5_gripper", "panda", "realman_lift", "ffw_sg2"})
    void shouldHoldACubeThatIsLiftedAndShaken(String body) {
        Rig rig = new Rig(body, Rig.cube(0.04, 0.05), SEED, new Faults());
        double before = rig.thing().p().z();
        rig.pick(rig.run.robot().model().hands().get(rig.hand.name()).usualForce());
        assertThat(rig.thing().p().z() - before).isBetween(0.08, 0.12);
        assertThat(rig.run.truth().objects().get("thing").heldBy()).contains(rig.hand.name());
        assertThat(rig.run.robot().telemetry().effectors().get(rig.hand.name()).gripping())
                .isTrue();
        Pose held = rig.inHand();
        rig.hold(10);
        rig.shake(0.06, 1.5, 2);
        assertThat(rig.inHand().p().distance(held.p())).isLessThan(0.005);
        assertThat(rig.run.statistics().limitViolations()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"so101", "panda"})
    void shouldDropItWithoutFriction(String body) {
        Rig rig = new Rig(body, Rig.cube(0.04, 0.05), DROPPED, new Faults(true));
        double before = rig.thing().p().z();
        rig.pick(5);
        rig.hold(1);
        // the hand went up all the way, and the thing did not
        assertThat(rig.inHand().p().norm()).isGreaterThan(0.14);
        assertThat(rig.thing().p().z() - before).isLessThan(0.03);
        assertThat(rig.run.robot().violations()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"so101", "ffw_sg2"})
    void shouldDropItWithAnOpenHand(String body) {
        Rig rig = new Rig(body, Rig.cube(0.04, 0.05), SEED, new Faults());
        double before = rig.thing().p().z();
        rig.pick(15);
        rig.run.faults().openHand(rig.hand.name());
        rig.hold(1.5);
        assertThat(rig.thing().p().z() - before).isLessThan(0.03);
        assertThat(rig.run.truth().objects().get("thing").heldBy()).isEmpty();
    }
}
