package org.openkaiwu.skill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.openkaiwu.math.Pose;
import org.openkaiwu.math.Vec3;
import org.openkaiwu.perception.Belief;
import org.openkaiwu.perception.Catalogue;
import org.openkaiwu.perception.Names;
import org.openkaiwu.perception.Shape;
import org.openkaiwu.perception.WorldMap;

class SpotsTest {
    private static final Names NAMES = new Names(List.of("x"), List.of("某"));

    private static Catalogue.Entry cube(String id) {
        Vec3 size = new Vec3(.04, .04, .04);
        return new Catalogue.Entry(
                id,
                "cube",
                "",
                "",
                NAMES,
                new Shape.Box(size.times(.5)),
                size,
                .05,
                Optional.empty(),
                Optional.empty(),
                true,
                false);
    }

    /** Held cube a; cubes b at (0.3, 0) and c at (0.3, 0.08) on a table of height 0.4. */
    private static Belief belief() {
        Map<String, Belief.Thing> things = new LinkedHashMap<>();
        things.put("a", thing("a", Pose.at(0, 0, 1), Optional.empty(), Optional.of("hand")));
        things.put("b", thing("b", Pose.at(.3, 0, .42), Optional.of("table"), Optional.empty()));
        things.put("c", thing("c", Pose.at(.3, .08, .42), Optional.of("table"), Optional.empty()));
        Map<String, Catalogue.Entry> entries = new LinkedHashMap<>();
        things.forEach((k, t) -> entries.put(k, t.entry()));
        WorldMap map =
                new WorldMap(
                        List.of(
                                new WorldMap.Place(
                                        "table",
                                        "table",
                                        "",
                                        NAMES,
                                        "",
                                        Pose.at(.3, 0, 0),
                                        Optional.empty(),
                                        new Vec3(.6, .6, .4),
                                        List.of(new WorldMap.SurfaceAt(new Vec3(0, 0, .4), .6, .6)),
                                        Optional.empty())));
        return new Belief(0, Pose.IDENTITY, things, map, new Catalogue(entries));
    }

    private static Belief.Thing thing(
            String id, Pose pose, Optional<String> support, Optional<String> heldBy) {
        return new Belief.Thing(cube(id), pose, 1, 0, support, false, heldBy);
    }

    @Test
    void keepsFreeOfOtherThingsOnATable() {
        Belief b = belief();
        List<Vec3> spots = Spots.find(b, "a", "on", "table", Vec3.ZERO, 0.3);
        assertThat(spots).isNotEmpty();
        for (Vec3 s : spots) {
            assertThat(s.z()).isCloseTo(.424, within(1e-9));
            assertThat(Math.hypot(s.x() - .3, s.y())).isGreaterThan(.04);
            assertThat(Math.hypot(s.x() - .3, s.y() - .08)).isGreaterThan(.04);
            assertThat(Math.abs(s.x() - .3)).isLessThanOrEqualTo(.3 - .02 + 1e-9);
        }
    }

    @Test
    void stacksOnTheMiddle() {
        List<Vec3> spots = Spots.find(belief(), "a", "on", "b", Vec3.ZERO, 0.3);
        assertThat(spots).isNotEmpty();
        assertThat(spots.getFirst().distance(new Vec3(.3, 0, .464))).isLessThan(1e-9);
    }

    @Test
    void findsRoomOnAStackWhoseLowerThingsAreUnderIt() {
        Belief b = belief();
        Map<String, Belief.Thing> things = new LinkedHashMap<>(b.things());
        things.put("c", thing("c", Pose.at(.302, .001, .46), Optional.of("b"), Optional.empty()));
        Belief stack = new Belief(0, Pose.IDENTITY, things, b.map(), b.catalogue());
        List<Vec3> spots = Spots.find(stack, "a", "on", "c", Vec3.ZERO, 0.3);
        assertThat(spots).isNotEmpty();
        assertThat(spots.getFirst().distance(new Vec3(.302, .001, .504))).isLessThan(1e-9);
        assertThat(Spots.find(stack, "a", "on", "b", Vec3.ZERO, 0.3)).isEmpty();
    }

    @Test
    void leftIsToTheRobotsLeftAndClearOfNeighbours() {
        for (Vec3 s : Spots.find(belief(), "a", "left_of", "c", Vec3.ZERO, 0.3)) {
            assertThat(s.y()).isGreaterThan(.08 + .04);
        }
        assertThat(Spots.find(belief(), "a", "right_of", "b", Vec3.ZERO, 0.3))
                .allMatch(s -> s.y() < -.04);
    }

    @Test
    void besideAThingAtAnEdgeIsStillOnTheTable() {
        Belief b = belief();
        Map<String, Belief.Thing> things = new LinkedHashMap<>(b.things());
        things.put("b", thing("b", Pose.at(.05, 0, .42), Optional.of("table"), Optional.empty()));
        Belief edge = new Belief(0, Pose.IDENTITY, things, b.map(), b.catalogue());
        List<Vec3> spots = Spots.find(edge, "a", "beside", "b", Vec3.ZERO, 0.3);
        assertThat(spots).isNotEmpty();
        assertThat(spots).allMatch(s -> s.x() > .02);
        assertThat(Spots.find(edge, "a", "front_of", "b", Vec3.ZERO, 0.3)).isEmpty();
    }

    @Test
    void findsRoomToOneSideWhereTheStraightWayIsTaken() {
        Belief b = belief();
        // b stands straight to the right of c, and close.
        List<Vec3> spots = Spots.find(b, "a", "right_of", "c", Vec3.ZERO, 0.3);
        assertThat(spots).isNotEmpty();
        assertThat(spots)
                .allMatch(s -> Math.hypot(s.x() - .3, s.y()) > .04)
                .allMatch(s -> .08 - s.y() > Math.abs(s.x() - .3) - 1e-9);
    }

    @Test
    void saysWhereAThingComesToRestHoweverHighItIsLetGo() {
        for (Spots.Spot s : Spots.all(belief(), "a", "on", "table", Vec3.ZERO, 0.3)) {
            assertThat(s.rest().z()).isCloseTo(.42, within(1e-9));
            assertThat(s.at().z()).isGreaterThan(s.rest().z());
        }
    }

    @Test
    void imaginesAThingElsewhere() {
        Belief then = belief().imagining("a", Pose.at(.2, .1, .42));
        assertThat(then.things().get("a").heldBy()).isEmpty();
        assertThat(then.things().get("a").pose().p()).isEqualTo(new Vec3(.2, .1, .42));
        assertThat(then.things().get("b")).isEqualTo(belief().things().get("b"));
        assertThat(belief().things().get("a").heldBy()).contains("hand");
    }

    @Test
    void findsRoomBetweenTwoThings() {
        Belief b = belief();
        Map<String, Belief.Thing> things = new LinkedHashMap<>(b.things());
        things.put("d", thing("d", Pose.at(.3, .3, .42), Optional.of("table"), Optional.empty()));
        Belief three = new Belief(0, Pose.IDENTITY, things, b.map(), b.catalogue());
        List<Vec3> spots = Spots.find(three, "a", "between_d", "c", Vec3.ZERO, 0.3);
        assertThat(spots.getFirst().distance(new Vec3(.3, .19, .424))).isLessThan(1e-9);
        Belief put = three.imagining("a", Pose.at(.3, .19, .42));
        assertThat(Relations.holds(put, "a", "between_d", "c")).isTrue();
        assertThat(Relations.holds(put, "b", "between_d", "c")).isFalse();
    }

    @Test
    void leftStaysWhereItWasMeantHoweverTheRobotTurnsSince() {
        Belief b = belief();
        Pose turned = Pose.planar(0, 0, Math.PI / 2);
        Belief since = new Belief(0, turned, 0, b.things(), b.map(), b.catalogue());
        assertThat(Spots.find(since, "a", "left_of", "c", Vec3.ZERO, 0.3))
                .isEqualTo(Spots.find(b, "a", "left_of", "c", Vec3.ZERO, 0.3));
        assertThat(Relations.holds(since, "c", "left_of", "b")).isTrue();
    }
}
