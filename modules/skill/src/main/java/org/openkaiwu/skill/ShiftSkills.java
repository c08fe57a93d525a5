package org.openkaiwu.skill;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.openkaiwu.body.infer.BodyFacts.Ability;
import org.openkaiwu.math.Text;
import org.openkaiwu.math.Vec3;
import org.openkaiwu.perception.Belief;

/** Carries things to points: some way off from where they are, and to each other's places. */
public final class ShiftSkills {
    /**
     * Distances and number of directions at which a place is looked for to set a thing aside, m.
     */
    private static final double[] ASIDE = {0.1, 0.14, 0.19, 0.25, 0.32};

    private static final int DIRECTIONS = 12;

    /** A thing this near to a point is there, m. */
    private static final double THERE = 0.04;

    private ShiftSkills() {}

    /** Move a thing some way, carried. */
    public static Skill shift(Skill pick, Skill place) {
        return Skill.of(
                new SkillSpec(
                        "shift",
                        new Text("Carry a thing some way.", "把物体拿起来挪一段距离。"),
                        List.of(
                                new SkillSpec.Parameter("object", SkillSpec.Type.THING, false),
                                new SkillSpec.Parameter("by", SkillSpec.Type.WORD, false)),
                        Set.of(Ability.GRASP),
                        List.of(
                                "seen(object)",
                                "near(robot, object)",
                                "clear(object)",
                                "graspable(object)",
                                "hand_free"),
                        List.of("moved(object, by)"),
                        List.of("off_edge", "no_room", "out_of_reach", "blocked", "misplaced"),
                        14),
                call ->
                        Nodes.lazy(
                                "shift " + call.arg("object"),
                                a -> carry(a, pick, place, call.arg("object"), call.arg("by"))));
    }

    private static Node carry(Agent agent, Skill pick, Skill place, String label, String by) {
        Belief belief = agent.belief();
        Vec3 goal = Footing.foot(belief, label).plus(Footing.shift(belief, by));
        if (!Footing.bears(belief, label, goal)) {
            return offEdge(label);
        }
        return Nodes.sequence("shift", pick(pick, label), put(place, label, List.of(goal)));
    }

    static Node offEdge(String label) {
        return Nodes.leaf(
                "off edge",
                a ->
                        Status.failure(
                                "off_edge",
                                "That would bring " + label + " over the edge.",
                                "这样" + label + "会到边缘以外。"));
    }

    private static Node pick(Skill pick, String label) {
        return pick.node(new SkillCall("pick", Map.of("object", label)));
    }

    private static Node put(Skill place, String label, List<Vec3> feet) {
        String points = String.join(";", feet.stream().map(Footing::text).toList());
        return place.node(
                new SkillCall(
                        "place",
                        Map.of("relation", "at_point", "object", label, "target", points)));
    }

    /** Let two things change places, by way of a free spot. */
    public static Skill swap(Skill pick, Skill place) {
        return Skill.of(
                new SkillSpec(
                        "swap",
                        new Text("Let two things change places.", "对调两个物体的位置。"),
                        List.of(
                                new SkillSpec.Parameter("object", SkillSpec.Type.THING, false),
                                new SkillSpec.Parameter("other", SkillSpec.Type.THING, false)),
                        Set.of(Ability.GRASP),
                        List.of(
                                "seen(object)",
                                "seen(other)",
                                "near(robot, other)",
                                "near(robot, object)",
                                "clear(object)",
                                "clear(other)",
                                "graspable(object)",
                                "graspable(other)",
                                "hand_free"),
                        List.of("swapped(object, other)"),
                        List.of("no_room", "out_of_reach", "blocked", "misplaced"),
                        40),
                call ->
                        Nodes.lazy(
                                "swap",
                                a ->
                                        exchange(
                                                a,
                                                pick,
                                                place,
                                                call.arg("object"),
                                                call.arg("other"))));
    }

    private static Node exchange(Agent agent, Skill pick, Skill place, String a, String b) {
        Belief belief = agent.belief();
        Vec3 footA = Footing.foot(belief, a);
        Vec3 footB = Footing.foot(belief, b);
        List<Vec3> aside = aside(belief, a, b, footA);
        if (aside.isEmpty()) {
            return Nodes.leaf(
                    "no room",
                    x ->
                            Status.failure(
                                    "no_room",
                                    "I find no free spot to set " + a + " aside.",
                                    "找不到暂放" + a + "的空位。"));
        }
        return Nodes.sequence(
                "swap",
                pick(pick, a),
                put(place, a, aside),
                pick(pick, b),
                put(place, b, List.of(footA)),
                pick(pick, a),
                put(place, a, List.of(footB)),
                Nodes.leaf("swapped?", x -> swapped(x, a, footB, b, footA)));
    }

    /** Free spots near a thing that leave room for both where they are to go. */
    private static List<Vec3> aside(Belief belief, String label, String other, Vec3 foot) {
        Belief.Thing own = belief.things().get(label);
        double room = Footing.radius(own) + Footing.radius(belief.things().get(other)) + 0.02;
        List<Vec3> out = new ArrayList<>();
        for (double d : ASIDE) {
            for (int k = 0; k < DIRECTIONS && d >= room; k++) {
                double angle = 2 * Math.PI * k / DIRECTIONS;
                Vec3 p =
                        foot.plus(
                                new Vec3(d * StrictMath.cos(angle), d * StrictMath.sin(angle), 0));
                boolean free = Footing.inTheWay(belief, label, at(own, p), at(own, p)).isEmpty();
                if (free && Footing.bears(belief, label, p)) {
                    out.add(p);
                }
            }
        }
        return out;
    }

    private static Vec3 at(Belief.Thing t, Vec3 foot) {
        return new Vec3(foot.x(), foot.y(), t.pose().p().z());
    }

    private static Status swapped(Agent agent, String a, Vec3 toA, String b, Vec3 toB) {
        boolean done = near(agent.belief(), a, toA) && near(agent.belief(), b, toB);
        return done
                ? Status.SUCCESS
                : Status.failure(
                        "misplaced", "They did not end up where they should.", "它们没有放到应在的位置。");
    }

    private static boolean near(Belief belief, String label, Vec3 foot) {
        return Footing.flat(Footing.foot(belief, label).minus(foot)).norm() < THERE;
    }
}
