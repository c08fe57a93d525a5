package org.openkaiwu.skill;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.openkaiwu.body.infer.BodyFacts.Ability;
import org.openkaiwu.math.Text;
import org.openkaiwu.perception.WorldMap;

/** Looking at what is somewhere: at a table, a shelf, or at all the furniture of a room. */
final class Inspecting {
    private static final double LONG_ENOUGH = 0.5;

    private Inspecting() {}

    /** Look at what is at a place, or whether a thing is there. */
    static Skill inspect() {
        return Skill.of(
                new SkillSpec(
                        "inspect",
                        new Text("Look at what is at a place.", "查看一个地方有什么。"),
                        List.of(
                                new SkillSpec.Parameter("object", SkillSpec.Type.THING, true),
                                new SkillSpec.Parameter("place", SkillSpec.Type.PLACE, false)),
                        Set.of(Ability.LOOK, Ability.DRIVE),
                        List.of(),
                        List.of("inspected(robot, place)", "looked_for(object, place)"),
                        List.of("no_room", "no_way", "stuck"),
                        20),
                call ->
                        Nodes.lazy(
                                "inspect " + call.arg("place"),
                                a ->
                                        views(
                                                a,
                                                call.args().getOrDefault("object", ""),
                                                call.arg("place"))));
    }

    private static Node views(Agent agent, String label, String place) {
        List<Node> all = new ArrayList<>();
        for (WorldMap.Place p : DriveSkills.byDistance(agent)) {
            if (p.id().equals(place)) {
                all.add(look(label));
            } else if (p.room().equals(place)) {
                all.add(
                        Nodes.lazy(
                                "look at " + p.id(),
                                a ->
                                        DriveSkills.seen(a, label)
                                                ? Nodes.succeed("seen")
                                                : Nodes.sequence(
                                                        "look at " + p.id(),
                                                        DriveSkills.toStand(p.id()),
                                                        look(label))));
            }
        }
        if (all.isEmpty()) {
            all.add(look(label));
        }
        return Nodes.sequence("look there", all);
    }

    /** Once straight, then with the head to every side, until the thing is seen. */
    private static Node look(String label) {
        return Nodes.sequence(
                "look",
                Nodes.pause("look", LONG_ENOUGH),
                Nodes.lazy("look about", a -> Gaze.about(a, label)));
    }
}
