package org.openkaiwu.skill;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.openkaiwu.body.infer.BodyFacts.Ability;
import org.openkaiwu.math.Text;

/** Short skills of the hands: hand over, open, go home. */
public final class HandSkills {
    private HandSkills() {}

    /** Lay a held thing into a person's hand. */
    public static Skill handOver(Skill place) {
        return Skill.of(
                new SkillSpec(
                        "hand_over",
                        new Text("Give a held thing to a person.", "把手里的物体交给人。"),
                        List.of(
                                new SkillSpec.Parameter("object", SkillSpec.Type.THING, false),
                                new SkillSpec.Parameter("person", SkillSpec.Type.PERSON, false)),
                        Set.of(Ability.GRASP),
                        List.of("seen(person)", "held_by(object, robot)", "near(robot, person)"),
                        List.of("held_by(object, person)"),
                        List.of("not_held", "no_room", "out_of_reach"),
                        8),
                call ->
                        Nodes.sequence(
                                "hand over",
                                place.node(
                                        new SkillCall(
                                                "place",
                                                Map.of(
                                                        "relation",
                                                        "in",
                                                        "object",
                                                        call.arg("object"),
                                                        "target",
                                                        call.arg("person")))),
                                Nodes.leaf(
                                        "taken",
                                        a -> {
                                            a.tracker()
                                                    .give(call.arg("object"), call.arg("person"));
                                            return Status.SUCCESS;
                                        })));
    }

    /** Take every arm to its rest position. */
    public static Skill home() {
        return Skill.of(
                new SkillSpec(
                        "home",
                        new Text("Return the arms to rest.", "手臂回到休息位置。"),
                        List.of(),
                        Set.of(Ability.REACH),
                        List.of(),
                        List.of("home(robot)"),
                        List.of("blocked"),
                        5),
                call -> Nodes.lazy("home", HandSkills::homeAll));
    }

    static Node homeAll(Agent agent) {
        List<Node> nodes = new ArrayList<>();
        for (Hand h : agent.embodiment().pushers()) {
            nodes.add(Nodes.lazy("home " + h.name(), a -> homeOne(a, h)));
        }
        return Nodes.sequence("arms home", nodes);
    }

    /** One arm to its rest position. */
    static Node homeOne(Agent agent, Hand hand) {
        return ArmMotion.transit(agent, hand, Workspace.scene(agent, hand), List.of(hand.home()))
                .map(t -> ArmMotion.follow("home", hand, t))
                .orElseGet(() ->
                        Nodes.leaf(
                                "blocked",
                                a ->
                                        Status.failure(
                                                "blocked",
                                                "I find no free way home for " + hand.name() + ".",
                                                "找不到让" + hand.name() + "回位的无碰路径。")));
    }
}
