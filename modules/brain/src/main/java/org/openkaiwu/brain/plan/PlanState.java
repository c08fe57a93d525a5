package org.openkaiwu.brain.plan;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.openkaiwu.brain.Goal.Literal;
import org.openkaiwu.perception.Belief;

/**
 * The facts that a planner reasons with: what is believed now, changed by the skills planned so
 * far. Literals are those of {@link org.openkaiwu.brain.Goal.Literal} and, between skills, {@code
 * seen(x)}, {@code near(robot, x)}, {@code clear(x)}, {@code hand_free}.
 */
final class PlanState {
    private static final Set<String> SUPPORTING = Set.of("on", "in");

    private final Set<Literal> facts = new LinkedHashSet<>();
    private final Planner.World world;
    private final int hands;

    private PlanState(Planner.World world, int hands) {
        this.world = world;
        this.hands = hands;
    }

    static PlanState of(Belief belief, Planner.World world, int hands) {
        PlanState s = new PlanState(world, hands);
        for (Map.Entry<String, Belief.Thing> e : belief.things().entrySet()) {
            s.facts.add(new Literal("seen", e.getKey(), ""));
            Belief.Thing t = e.getValue();
            t.support()
                    .ifPresent(id ->
                            s.facts.add(new Literal(t.inside() ? "in" : "on", e.getKey(), id)));
            t.heldBy()
                    .ifPresent(h ->
                            s.facts.add(
                                    new Literal(
                                            "held_by",
                                            e.getKey(),
                                            belief.things().containsKey(h) ? h : "robot")));
        }
        belief.map().places().forEach(p -> s.facts.add(new Literal("seen", p.id(), "")));
        for (String id : new TreeMap<>(belief.catalogue().entries()).keySet()) {
            if (world.near(id)) {
                s.facts.add(new Literal("near", "robot", id));
            }
        }
        belief.map().places().stream()
                .filter(p -> world.near(p.id()))
                .forEach(p -> s.facts.add(new Literal("near", "robot", p.id())));
        return s;
    }

    PlanState copy() {
        PlanState s = new PlanState(world, hands);
        s.facts.addAll(facts);
        return s;
    }

    /** Takes over the facts of another. */
    void become(PlanState other) {
        facts.clear();
        facts.addAll(other.facts);
    }

    boolean holds(Literal l) {
        return switch (l.predicate()) {
            case "clear" -> onTopOf(l.object()).isEmpty();
            case "hand_free" -> hands == 0 || held() < hands;
            case "graspable" -> world.graspable(l.object());
            default -> facts.contains(l);
        };
    }

    /** Something that stands on the thing, if any. */
    Optional<String> onTopOf(String id) {
        return facts.stream()
                .filter(f -> f.predicate().equals("on") && f.target().equals(id))
                .map(Literal::object)
                .findFirst();
    }

    /** What the thing stands on or in. */
    Optional<String> supportOf(String id) {
        return facts.stream()
                .filter(f -> SUPPORTING.contains(f.predicate()) && f.object().equals(id))
                .map(Literal::target)
                .findFirst();
    }

    private int held() {
        return facts.stream()
                .filter(f -> f.predicate().equals("held_by") && f.target().equals("robot"))
                .mapToInt(f -> world.hands(f.object()))
                .sum();
    }

    /** Applies the effects of a literal that becomes true. */
    void add(Literal l) {
        switch (l.predicate()) {
            case "held_by" -> {
                facts.removeIf(f ->
                        f.object().equals(l.object())
                                && (SUPPORTING.contains(f.predicate())
                                        || f.predicate().equals("held_by")));
                facts.add(l);
            }
            case "at" -> {
                moved();
                facts.add(l);
            }
            case "near" -> {
                moved();
                facts.add(l);
                facts.add(new Literal("at", "robot", l.target()));
            }
            case "hand_free", "clear", "graspable" -> {}
            default -> {
                if (!l.object().equals("robot") && !l.predicate().equals("seen")) {
                    facts.removeIf(
                            f -> f.object().equals(l.object()) && f.predicate().equals("held_by"));
                }
                facts.add(l);
            }
        }
    }

    private void moved() {
        facts.removeIf(f ->
                f.object().equals("robot")
                        && (f.predicate().equals("near") || f.predicate().equals("at")));
    }

    boolean reachable(String id) {
        return world.near(id);
    }
}
