package org.openkaiwu.brain.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.openkaiwu.body.infer.BodyFacts;
import org.openkaiwu.body.infer.BodyFacts.Ability;
import org.openkaiwu.brain.Goal;
import org.openkaiwu.brain.Goal.Literal;
import org.openkaiwu.math.Pose;
import org.openkaiwu.math.Vec3;
import org.openkaiwu.perception.Belief;
import org.openkaiwu.perception.Catalogue;
import org.openkaiwu.perception.Names;
import org.openkaiwu.perception.Shape;
import org.openkaiwu.perception.WorldMap;
import org.openkaiwu.skill.SkillCall;
import org.openkaiwu.skill.SkillLibrary;

class PlannerTest {
    private static final Names NAMES = new Names(List.of("x"), List.of("某"));

    private static Catalogue.Entry entry(String id) {
        return new Catalogue.Entry(
                id,
                "block",
                "",
                "",
                NAMES,
                new Shape.Box(new Vec3(.02, .02, .02)),
                new Vec3(.04, .04, .04),
                .05,
                Optional.empty(),
                Optional.of(new Catalogue.Surface(.02, .04, .04)),
                true,
                false);
    }

    private static Belief.Thing on(String id, String support) {
        return new Belief.Thing(
                entry(id), Pose.at(0, 0, 0), 1, 0, Optional.of(support), false, Optional.empty());
    }

    /** a stands on b, b and c on the table; a second table exists. */
    private static Belief belief() {
        Map<String, Belief.Thing> things = new LinkedHashMap<>();
        things.put("a", on("a", "b"));
        things.put("b", on("b", "table"));
        things.put("c", on("c", "table"));
        Map<String, Catalogue.Entry> entries = new LinkedHashMap<>();
        List.of("a", "b", "c", "d").forEach(id -> entries.put(id, entry(id)));
        WorldMap map = new WorldMap(List.of(place("table"), place("shelf")));
        return new Belief(0, Pose.IDENTITY, things, map, new Catalogue(entries));
    }

    private static WorldMap.Place place(String id) {
        return new WorldMap.Place(
                id,
                "table",
                "",
                NAMES,
                "",
                Pose.IDENTITY,
                Optional.of(new Shape.Box(new Vec3(.5, .5, .2))),
                new Vec3(1, 1, .4),
                List.of(new WorldMap.SurfaceAt(new Vec3(0, 0, .4), 1, 1)),
                Optional.empty());
    }

    private static Planner planner(Ability... abilities) {
        BodyFacts facts =
                new BodyFacts(
                        BodyFacts.Base.FIXED,
                        List.of(),
                        List.of(
                                new BodyFacts.Effector(
                                        "hand",
                                        "arm",
                                        BodyFacts.EffectorKind.JAW,
                                        "palm",
                                        List.of(),
                                        .08,
                                        Vec3.ZERO,
                                        Vec3.Z,
                                        Vec3.X,
                                        new double[0],
                                        new double[0])),
                        List.of(),
                        List.of(),
                        List.of(),
                        Set.of(abilities),
                        1);
        return new Planner(SkillLibrary.standard().specs(), facts);
    }

    private static Goal.Step step(Literal... literals) {
        return new Goal.Step(List.of(literals), List.of());
    }

    private static Plan plan(Goal.Step step, boolean near, Ability... abilities) {
        return planner(abilities).plan(step, belief(), id -> near);
    }

    @Test
    void picksAndPlaces() {
        Plan p = plan(step(new Literal("on", "c", "shelf")), true, Ability.GRASP);
        assertThat(p.line()).isEqualTo("pick(c) → place(on, c, shelf)");
    }

    @Test
    void doesNothingThatIsAlreadyTrue() {
        Plan p = plan(step(new Literal("on", "c", "table")), true, Ability.GRASP);
        assertThat(p.possible()).isTrue();
        assertThat(p.calls()).isEmpty();
    }

    @Test
    void setsAsideWhatStandsOnTheThing() {
        Plan p = plan(step(new Literal("on", "b", "shelf")), true, Ability.GRASP);
        assertThat(p.line())
                .isEqualTo("pick(a) → place(on, a, table) → pick(b) → place(on, b, shelf)");
    }

    @Test
    void buildsATowerFromBelow() {
        Plan p =
                plan(
                        step(new Literal("on", "a", "c"), new Literal("on", "c", "shelf")),
                        true,
                        Ability.GRASP);
        assertThat(p.line()).isEqualTo("pick(c) → place(on, c, shelf) → pick(a) → place(on, a, c)");
    }

    @Test
    void drivesWhereItMust() {
        Plan p =
                plan(
                        step(new Literal("on", "c", "shelf")),
                        false,
                        Ability.GRASP,
                        Ability.DRIVE,
                        Ability.LOOK);
        assertThat(p.refusal()).isNull();
        assertThat(p.line())
                .isEqualTo("approach(c) → pick(c) → approach(shelf) → place(on, c, shelf)");
    }

    @Test
    void looksForWhatWasNotSeen() {
        Plan p = plan(step(new Literal("on", "d", "shelf")), true, Ability.GRASP, Ability.LOOK);
        assertThat(p.line()).isEqualTo("find(d) → pick(d) → place(on, d, shelf)");
    }

    @Test
    void refusesWhatTheBodyCannotDo() {
        Plan p = plan(step(new Literal("on", "c", "shelf")), true, Ability.DRIVE);
        assertThat(p.possible()).isFalse();
        assertThat(p.refusal().en()).contains("cannot grasp");
        assertThat(p.refusal().zh()).contains("抓取");
    }

    @Test
    void foreseesWhatStepsAfterTheFirstWillNeed() {
        Planner planner = planner(Ability.GRASP, Ability.REACH, Ability.LOOK);
        Goal.Step first = new Goal.Step(List.of(new Literal("on", "c", "b")), List.of());
        Goal.Step then = new Goal.Step(List.of(new Literal("on", "c", "shelf")), List.of());
        Planner.World near = id -> true;
        List<SkillCall> now = planner.plan(first, belief(), near).calls();
        List<SkillCall> all = planner.outlook(List.of(first, then), belief(), near);
        assertThat(all.subList(0, now.size())).isEqualTo(now);
        assertThat(all.subList(now.size(), all.size()))
                .extracting(SkillCall::toString)
                .containsExactly("pick(c)", "place(on, c, shelf)");
    }

    @Test
    void refusesWhatALaterStepNeedsAndTheBodyLacksBeforeTheFirst() {
        Planner planner = planner(Ability.DRIVE, Ability.LOOK);
        Goal.Step first = step(new Literal("at", "robot", "shelf"));
        Goal.Step then = step(new Literal("held_by", "c", "robot"));
        Planner.World far = id -> false;
        assertThat(planner.beyond(List.of(first), belief(), far)).isEmpty();
        assertThat(planner.beyond(List.of(first, then), belief(), far).orElseThrow().en())
                .contains("cannot grasp");
    }

    @Test
    void putsBetweenTwoThingsInOneGo() {
        Plan p = plan(step(new Literal("between_b", "a", "c")), true, Ability.GRASP);
        assertThat(p.line()).isEqualTo("pick(a) → place(between_b, a, c)");
    }
}
