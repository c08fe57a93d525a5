package org.openkaiwu.brain.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.openkaiwu.brain.Goal;
import org.openkaiwu.perception.Belief;
import org.openkaiwu.skill.Agent;
import org.openkaiwu.skill.DriveSkills;
import org.openkaiwu.skill.SkillCall;

/**
 * What may be done otherwise after a skill has failed, before the same is tried again: what is in
 * the way of a grasp is set aside; what cannot be set down as it is gripped is laid down where it
 * came from, to be gripped another way. Each thing once a sentence.
 */
public final class Recovery {
    /** Failures of a set-down before the arm has moved for it. */
    private static final Set<String> UNPLANNED =
            Set.of("no_room", "no_way", "out_of_reach", "blocked");

    private final Agent agent;
    private final Set<String> tried = new TreeSet<>();
    private final Map<String, String> cameFrom = new TreeMap<>();

    /**
     * Calls that go before the next plan.
     *
     * @param calls what to do
     * @param outlook the same, and what is likely to follow
     */
    public record Detour(List<SkillCall> calls, List<SkillCall> outlook) {}

    /** Recoveries of one sentence. */
    public Recovery(Agent agent) {
        this.agent = agent;
    }

    /** To be told before each call, so that what is picked up can be put back. */
    public void begins(SkillCall call) {
        if (call.skill().equals("pick")) {
            support(call.arg("object")).ifPresent(s -> cameFrom.put(call.arg("object"), s));
        }
    }

    /**
     * What to do otherwise, if anything.
     *
     * @param failed the call that has just failed
     * @param code why, as the skill names it
     * @param outlook the calls that were foreseen, the failed one among them
     * @param step what is wanted; what it says must not happen to a thing keeps that thing in place
     */
    public Optional<Detour> after(
            SkillCall failed, String code, List<SkillCall> outlook, Goal.Step step) {
        String object = failed.args().getOrDefault("object", "");
        List<SkillCall> rest =
                outlook.subList(Math.max(0, outlook.indexOf(failed)), outlook.size());
        return switch (failed.skill()) {
            case "pick" -> setAside(object, rest, step);
            case "place" -> UNPLANNED.contains(code) ? layDown(object, rest) : Optional.empty();
            default -> Optional.empty();
        };
    }

    private Optional<Detour> setAside(String object, List<SkillCall> rest, Goal.Step step) {
        Optional<String> blocker =
                agent.blockerOf(object)
                        .filter(b -> step.avoid().stream().noneMatch(l -> l.object().equals(b)));
        Optional<String> under = blocker.flatMap(this::support);
        if (under.isEmpty() || !tried.add(blocker.get())) {
            return Optional.empty();
        }
        SkillCall pick = new SkillCall("pick", Map.of("object", blocker.get()));
        return Optional.of(detour(List.of(pick, place(blocker.get(), under.get())), rest));
    }

    private Optional<Detour> layDown(String object, List<SkillCall> rest) {
        String under = cameFrom.get(object);
        if (under == null || agent.holdingOf(object).isEmpty() || !tried.add(object)) {
            return Optional.empty();
        }
        List<SkillCall> again = new ArrayList<>();
        again.add(new SkillCall("pick", Map.of("object", object)));
        again.addAll(rest);
        return Optional.of(detour(List.of(place(object, under)), again));
    }

    private static Detour detour(List<SkillCall> calls, List<SkillCall> rest) {
        return new Detour(calls, Stream.concat(calls.stream(), rest.stream()).toList());
    }

    /** What a thing stands on, where that is within reach. */
    private Optional<String> support(String object) {
        return Optional.ofNullable(agent.belief().things().get(object))
                .flatMap(Belief.Thing::support)
                .filter(s -> DriveSkills.inReach(agent, s));
    }

    private SkillCall place(String object, String under) {
        boolean into =
                Optional.ofNullable(agent.belief().things().get(under))
                                .flatMap(t -> t.entry().container())
                                .isPresent()
                        || agent.belief().map().find(under).flatMap(p -> p.container()).isPresent();
        return new SkillCall(
                "place", Map.of("relation", into ? "in" : "on", "object", object, "target", under));
    }
}
