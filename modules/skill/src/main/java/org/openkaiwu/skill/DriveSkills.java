package org.openkaiwu.skill;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.openkaiwu.body.infer.BodyFacts.Ability;
import org.openkaiwu.math.Text;
import org.openkaiwu.math.Vec3;
import org.openkaiwu.perception.Belief;
import org.openkaiwu.perception.WorldMap;
import org.openkaiwu.robot.RobotModel;

/** Skills of the base: go to a place, come near a thing, look for a thing. */
public final class DriveSkills {
    private DriveSkills() {}

    /** Go to a place, thing or person. */
    public static Skill goTo() {
        return Skill.of(
                new SkillSpec(
                        "go_to",
                        new Text("Go to a place.", "去一个地方。"),
                        List.of(place("place")),
                        Set.of(Ability.DRIVE),
                        List.of("seen(place)"),
                        List.of("at(robot, place)"),
                        List.of("no_room", "no_way", "stuck"),
                        20),
                call -> toStand(call.arg("place")));
    }

    /** Drives to where one stands at a place, thing or person. */
    static Node toStand(String id) {
        return drive("go to " + id, id, a -> Ground.at(a, id));
    }

    /** Come so near to a thing or place that a hand reaches it. */
    public static Skill approach() {
        return Skill.of(
                new SkillSpec(
                        "approach",
                        new Text("Come within reach of a thing or place.", "靠近到够得着的地方。"),
                        List.of(place("target")),
                        Set.of(Ability.DRIVE),
                        List.of("seen(target)"),
                        List.of("near(robot, target)"),
                        List.of("no_room", "no_way", "stuck"),
                        15),
                call ->
                        drive(
                                "approach " + call.arg("target"),
                                call.arg("target"),
                                a ->
                                        Ground.reaching(
                                                a,
                                                Ground.handles(
                                                        a.belief(),
                                                        call.arg("target"),
                                                        a.telemetry().base().p()))));
    }

    /** Look for a thing: here, and, for a robot that drives, at every table and shelf. */
    public static Skill find() {
        return Skill.of(
                new SkillSpec(
                        "find",
                        new Text("Look for a thing.", "寻找一个物体。"),
                        List.of(new SkillSpec.Parameter("object", SkillSpec.Type.THING, false)),
                        Set.of(Ability.LOOK),
                        List.of(),
                        List.of("seen(object)", "found(object)"),
                        List.of("not_seen"),
                        30),
                call -> search(call.arg("object")));
    }

    private static SkillSpec.Parameter place(String name) {
        return new SkillSpec.Parameter(name, SkillSpec.Type.THING_OR_PLACE, false);
    }

    private static Node drive(
            String name, String id, Function<Agent, Optional<Ground.Stand>> where) {
        return Nodes.retry(
                name,
                2,
                Set.of("no_room"),
                Nodes.lazy(
                        name,
                        a ->
                                where.apply(a)
                                        .map(s -> Driving.to(a, id, s))
                                        .orElseGet(() ->
                                                fail(
                                                        "no_room",
                                                        "I find no place to stand at " + id + ".",
                                                        "在" + id + "旁找不到可站的位置。"))));
    }

    private static Node fail(String code, String en, String zh) {
        return Nodes.leaf(code, a -> Status.failure(code, en, zh));
    }

    private static Node search(String label) {
        return Nodes.sequence(
                "find " + label,
                Nodes.pause("look", 0.5),
                Nodes.lazy(
                        "search",
                        a -> seen(a, label) ? Nodes.succeed("seen") : elsewhere(a, label)));
    }

    static boolean seen(Agent agent, String label) {
        return agent.belief().things().containsKey(label);
    }

    private static Node elsewhere(Agent agent, String label) {
        List<Node> tries = new ArrayList<>();
        if (agent.model().drive().kind() != RobotModel.DriveKind.FIXED) {
            tries.add(
                    Nodes.sequence(
                            "turn about",
                            Nodes.lazy("draw in the arms", Driving::drawIn),
                            Nodes.lazy(
                                    "turn",
                                    a ->
                                            ArmSweep.turnsAbout(a)
                                                    ? turnAbout(label)
                                                    : Nodes.succeed("no room to turn")),
                            check(label)));
            List<Node> again = new ArrayList<>();
            for (WorldMap.Place p : byDistance(agent)) {
                Vec3[] stood = {p.pose().p()};
                tries.add(
                        Nodes.sequence(
                                "look at " + p.id(),
                                toStand(p.id()),
                                Nodes.leaf("here", a -> note(a, stood)),
                                Nodes.pause("look", 0.5),
                                check(label)));
                again.add(
                        Nodes.sequence(
                                "look at " + p.id() + " again",
                                drive(
                                        "go round " + p.id(),
                                        p.id(),
                                        a -> Ground.across(a, p, stood[0])),
                                Nodes.pause("look", 0.5),
                                Nodes.lazy("look about", a -> Gaze.about(a, label)),
                                check(label)));
            }
            // What is small, far, behind another thing or close before the robot may be missed.
            tries.addAll(again.reversed());
        }
        for (Hand hand : agent.embodiment().hands()) {
            tries.add(
                    Nodes.lazy(
                            "look with " + hand.name(),
                            a ->
                                    Nodes.sequence(
                                            "look",
                                            LookingAround.with(a, hand, label),
                                            check(label))));
        }
        tries.add(check(label));
        return Nodes.fallback("look elsewhere", tries.toArray(Node[]::new));
    }

    private static Status note(Agent agent, Vec3[] where) {
        where[0] = agent.telemetry().base().p();
        return Status.SUCCESS;
    }

    static List<WorldMap.Place> byDistance(Agent agent) {
        Vec3 here = agent.telemetry().base().p();
        return agent.belief().map().places().stream()
                .filter(p -> !p.surfaces().isEmpty())
                .sorted(Comparator.comparingDouble(p -> p.pose().p().minus(here).norm()))
                .toList();
    }

    private static Node check(String label) {
        return Nodes.leaf(
                "seen?",
                a ->
                        seen(a, label)
                                ? Status.SUCCESS
                                : Status.failure(
                                        "not_seen",
                                        "I looked and did not see " + label + ".",
                                        "我找过了，没看到" + label + "。"));
    }

    /** One turn on the spot, or less when the thing comes into view. */
    private static Node turnAbout(String label) {
        double[] turned = {0, Double.NaN};
        return Nodes.leaf(
                "turn",
                a -> {
                    double yaw = a.telemetry().base().q().yaw();
                    if (!Double.isNaN(turned[1])) {
                        turned[0] += Math.abs(Math.IEEEremainder(yaw - turned[1], 2 * Math.PI));
                    }
                    turned[1] = yaw;
                    if (seen(a, label) || turned[0] > 2 * Math.PI) {
                        return Status.SUCCESS;
                    }
                    a.drive(0, 0, 0.6 * a.model().drive().maxTurn());
                    return Status.RUNNING;
                });
    }

    /** Whether a thing or place can be handled from where the robot stands. */
    public static boolean inReach(Agent agent, String id) {
        if (agent.model().drive().kind() == RobotModel.DriveKind.FIXED) {
            return true;
        }
        Belief belief = agent.belief();
        return Ground.handles(belief, id, agent.telemetry().base().p()).stream()
                .anyMatch(p -> Ground.inReach(agent, p));
    }
}
