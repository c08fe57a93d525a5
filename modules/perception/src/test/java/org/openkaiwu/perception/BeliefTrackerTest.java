package org.openkaiwu.perception;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.openkaiwu.math.Pose;
import org.openkaiwu.math.Quat;
import org.openkaiwu.math.RandomStream;
import org.openkaiwu.math.Vec3;
import org.openkaiwu.robot.Command;
import org.openkaiwu.robot.Sighting;
import org.openkaiwu.robot.Telemetry;

class BeliefTrackerTest {
    private static final Names NAMES = new Names(List.of("x"), List.of("某"));
    private static final Pose ON_TABLE = Pose.at(0.3, 0.1, 0.42);

    private final BeliefTracker tracker = new BeliefTracker(map(), catalogue());

    private static WorldMap map() {
        return new WorldMap(
                List.of(
                        new WorldMap.Place(
                                "table",
                                "table",
                                "",
                                NAMES,
                                "",
                                Pose.IDENTITY,
                                Optional.empty(),
                                new Vec3(1, 1, .4),
                                List.of(new WorldMap.SurfaceAt(new Vec3(0, 0, .4), 1, 1)),
                                Optional.empty())));
    }

    private static Catalogue catalogue() {
        Map<String, Catalogue.Entry> e = new LinkedHashMap<>();
        e.put("cube", entry("cube", new Vec3(.04, .04, .04), Optional.empty()));
        e.put(
                "bowl",
                entry(
                        "bowl",
                        new Vec3(.16, .16, .05),
                        Optional.of(
                                new Catalogue.Container(
                                        new Vec3(0, 0, .005), new Vec3(.14, .14, .04)))));
        return new Catalogue(e);
    }

    private static Catalogue.Entry entry(
            String id, Vec3 size, Optional<Catalogue.Container> inner) {
        return new Catalogue.Entry(
                id,
                id,
                "",
                "",
                NAMES,
                new Shape.Box(size.times(.5)),
                size,
                .1,
                inner,
                Optional.empty(),
                true,
                false);
    }

    private void see(double t, String label, Pose pose) {
        tracker.update(
                new Telemetry(
                        t,
                        new double[0],
                        new double[0],
                        new double[0],
                        Pose.IDENTITY,
                        Command.BaseVelocity.ZERO,
                        Map.of(),
                        List.of(new Sighting(label, pose, .9, "eye", t)),
                        false));
    }

    @Test
    void knowsNothingThatItDidNotSee() {
        assertThat(tracker.belief().things()).isEmpty();
        see(0, "ghost", ON_TABLE);
        assertThat(tracker.belief().things()).isEmpty();
    }

    @Test
    void averagesNoiseOfAThingThatStands() {
        RandomStream noise = RandomStream.of(3, "noise");
        for (int i = 0; i < 100; i++) {
            double e = 0.002 * noise.nextNormal();
            see(i * .1, "cube", Pose.at(.3 + e, .1 - e, .42));
        }
        assertThat(tracker.belief().things().get("cube").pose().p().x())
                .isCloseTo(.3, within(0.002));
        assertThat(tracker.belief().things().get("cube").support()).contains("table");
    }

    @Test
    void takesAJumpAsAMove() {
        see(0, "cube", ON_TABLE);
        see(1, "cube", Pose.at(-.2, 0, .42));
        assertThat(tracker.belief().things().get("cube").pose().p().x()).isEqualTo(-.2);
    }

    @Test
    void tellsOnFromIn() {
        see(0, "bowl", Pose.at(0, 0, .425));
        see(0, "cube", Pose.at(.01, 0, .43));
        Belief.Thing cube = tracker.belief().things().get("cube");
        assertThat(cube.support()).contains("bowl");
        assertThat(cube.inside()).isTrue();
        assertThat(tracker.belief().things().get("bowl").support()).contains("table");
    }

    @Test
    void aHeldThingFollowsItsHandAndStandsOnNothing() {
        see(0, "cube", ON_TABLE);
        tracker.hold("cube", "hand");
        tracker.carry("cube", Pose.at(0, 0, 1));
        see(1, "cube", ON_TABLE);
        Belief.Thing cube = tracker.belief().things().get("cube");
        assertThat(cube.pose().p().z()).isEqualTo(1);
        assertThat(cube.support()).isEmpty();
        assertThat(tracker.heldBy("hand")).contains("cube");
        tracker.release("cube");
        assertThat(tracker.heldBy("hand")).isEmpty();
    }

    @Test
    void aThingLetGoOutOfSightIsBelievedWhereItMustHaveFallen() {
        see(0, "bowl", Pose.at(0, 0, .425));
        see(0, "cube", ON_TABLE);
        tracker.hold("cube", "hand");
        tracker.carry("cube", new Pose(new Vec3(.03, .02, .52), Quat.about(Vec3.X, .6)));
        tracker.release("cube");
        Belief.Thing cube = tracker.belief().things().get("cube");
        assertThat(cube.support()).contains("bowl");
        assertThat(cube.inside()).isTrue();
        assertThat(cube.pose().p().z()).isCloseTo(.43, within(1e-9));
        assertThat(cube.pose().q().rotate(Vec3.Z).z()).isCloseTo(1, within(1e-9));
    }

    @Test
    void whatIsInACarriedThingGoesWithIt() {
        see(0, "bowl", Pose.at(0, 0, .425));
        see(0, "cube", Pose.at(.01, 0, .43));
        tracker.hold("bowl", "hand");
        tracker.carry("bowl", Pose.at(.3, .2, .7));
        Belief.Thing cube = tracker.belief().things().get("cube");
        assertThat(cube.pose().p().distance(new Vec3(.31, .2, .705))).isLessThan(1e-9);
        assertThat(cube.support()).contains("bowl");
        assertThat(cube.inside()).isTrue();
        tracker.release("bowl");
        cube = tracker.belief().things().get("cube");
        assertThat(cube.pose().p().z()).isCloseTo(.43, within(1e-9));
        assertThat(cube.support()).contains("bowl");
    }

    @Test
    void whatFellOutOfACarriedThingIsWhereItIsSeen() {
        see(0, "bowl", Pose.at(0, 0, .425));
        see(0, "cube", Pose.at(.01, 0, .43));
        tracker.hold("bowl", "hand");
        tracker.carry("bowl", Pose.at(.3, .2, .7));
        see(1, "cube", Pose.at(.1, .1, .42));
        tracker.carry("bowl", Pose.at(.3, .2, .8));
        assertThat(tracker.belief().things().get("cube").support()).contains("table");
    }

    @Test
    void aThingLetGoBesideAContainerIsNotBelievedInIt() {
        see(0, "bowl", Pose.at(0, 0, .425));
        see(0, "cube", ON_TABLE);
        tracker.hold("cube", "hand");
        tracker.carry("cube", Pose.at(.09, 0, .48));
        tracker.release("cube");
        assertThat(tracker.belief().things().get("cube").support()).contains("table");
    }
}
