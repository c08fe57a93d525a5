package org.openkaiwu.brain.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.openkaiwu.body.infer.BodyFacts;
import org.openkaiwu.brain.Goal;
import org.openkaiwu.brain.Goal.Literal;
import org.openkaiwu.brain.SettingOfBelief;
import org.openkaiwu.brain.language.Speech;
import org.openkaiwu.brain.language.Words;
import org.openkaiwu.math.Text;
import org.openkaiwu.perception.Belief;
import org.openkaiwu.skill.SkillCall;
import org.openkaiwu.skill.SkillSpec;

/**
 * Plans one step of a goal over the skills' conditions: for each literal that does not hold, the
 * cheapest skill whose effects say it, then in turn what that skill needs. What holds already is
 * not done again; what stands on a thing that must move is set aside first. Not thread-safe.
 */
public final class Planner {
    private static final Pattern FORM =
            Pattern.compile("(\\w+)(?:\\{([^}]*)\\})?(?:\\(([^)]*)\\))?");
    private static final int MAX_DEPTH = 12;

    private final List<SkillSpec> skills;
    private final BodyFacts facts;
    private Speech speech;

    public Planner(List<SkillSpec> skills, BodyFacts facts) {
        this.skills = List.copyOf(skills);
        this.facts = facts;
    }

    /** What can be handled from here. */
    public interface World {
        /** Whether the robot could handle the thing or place from where it stands. */
        boolean near(String id);

        /** Whether a hand may be tried on the thing; false when it is too big or too heavy. */
        default boolean graspable(String id) {
            return true;
        }

        /** How many hands the thing takes up while it is held. */
        default int hands(String id) {
            return 1;
        }
    }

    /** Thrown inside when a condition cannot be met. */
    private static final class Impossible extends Exception {
        private final transient Text reason;

        Impossible(String en, String zh) {
            super(en);
            reason = new Text(en, zh);
        }
    }

    /** Plans a step of a goal from what is believed. */
    public Plan plan(Goal.Step step, Belief belief, World world) {
        speech = new Speech(Words.standard(), SettingOfBelief.of(belief, true));
        PlanState state = PlanState.of(belief, world, hands());
        List<SkillCall> calls = new ArrayList<>();
        try {
            for (Literal l : ordered(step.literals())) {
                achieve(l, state, belief, calls, 0);
            }
        } catch (Impossible e) {
            return new Plan(List.of(), e.reason);
        }
        for (Literal l : step.avoid()) {
            if (state.holds(l)) {
                return Plan.refused(
                        "My plan would " + en(l) + ", which must not be.",
                        "这样做的结果会违反要求：" + zh(l) + "。");
            }
        }
        return new Plan(List.copyOf(calls), null);
    }

    /**
     * What is likely to be done for steps that follow each other, as far as it can be foreseen; the
     * calls for the first step are those of its {@link #plan}.
     */
    public List<SkillCall> outlook(List<Goal.Step> steps, Belief belief, World world) {
        speech = new Speech(Words.standard(), SettingOfBelief.of(belief, true));
        PlanState state = PlanState.of(belief, world, hands());
        List<SkillCall> calls = new ArrayList<>();
        for (Goal.Step step : steps) {
            int before = calls.size();
            try {
                for (Literal l : ordered(step.literals())) {
                    achieve(l, state, belief, calls, 0);
                }
            } catch (Impossible e) {
                return List.copyOf(calls.subList(0, before));
            }
        }
        return List.copyOf(calls);
    }

    /** Why this body can't do one of these steps, wherever it goes first; empty when it can. */
    public Optional<Text> beyond(List<Goal.Step> steps, Belief belief, World world) {
        speech = new Speech(Words.standard(), SettingOfBelief.of(belief, true));
        PlanState state = PlanState.of(belief, world, hands());
        for (Goal.Step step : steps) {
            for (Literal l : step.literals()) {
                List<SkillSpec> fitting =
                        skills.stream().filter(s -> bind(s, l).isPresent()).toList();
                if (state.holds(l) || fitting.isEmpty()) {
                    continue;
                }
                if (fitting.stream().noneMatch(this::able)) {
                    return Optional.of(cannot(fitting.getFirst(), l).reason);
                }
                if (fitting.stream().allMatch(Planner::byHand) && !world.graspable(l.object())) {
                    return Optional.of(unwieldy(l.object()).reason);
                }
            }
        }
        return Optional.empty();
    }

    private int hands() {
        return (int)
                facts.effectors().stream()
                        .filter(e -> e.kind() != BodyFacts.EffectorKind.BARE)
                        .count();
    }

    /** Supports before what is put on them; what is held at the end comes last. */
    private static List<Literal> ordered(List<Literal> literals) {
        List<Literal> rest = new ArrayList<>(literals);
        List<Literal> out = new ArrayList<>();
        while (!rest.isEmpty()) {
            Literal next =
                    rest.stream()
                            .filter(l ->
                                    rest.stream()
                                            .noneMatch(
                                                    o -> o != l && o.object().equals(l.target())))
                            .min(Comparator.comparingInt(l -> isHeld(l) ? 1 : 0))
                            .orElse(rest.getFirst());
            rest.remove(next);
            out.add(next);
        }
        return out;
    }

    private static boolean isHeld(Literal l) {
        return l.predicate().equals("held_by") && l.target().equals("robot");
    }

    private void achieve(
            Literal goal, PlanState state, Belief belief, List<SkillCall> calls, int depth)
            throws Impossible {
        if (state.holds(goal)) {
            return;
        }
        if (depth > MAX_DEPTH) {
            throw new Impossible("I found no way to " + en(goal) + ".", "我找不到办法来" + zh(goal) + "。");
        }
        if (goal.predicate().equals("clear")) {
            setAside(goal.object(), state, belief, calls, depth);
            return;
        }
        if (goal.predicate().equals("graspable")) {
            throw unwieldy(goal.object());
        }
        List<SkillSpec> fitting =
                skills.stream()
                        .filter(s -> bind(s, goal).isPresent())
                        .sorted(Comparator.comparingDouble(s -> s.cost() + (able(s) ? 0 : 1e6)))
                        .toList();
        if (fitting.isEmpty()) {
            throw new Impossible(
                    "I have no skill to " + en(goal) + ".", "我没有能做这件事的技能：" + zh(goal) + "。");
        }
        Impossible first = null;
        for (SkillSpec spec : fitting) {
            PlanState before = state.copy();
            int size = calls.size();
            try {
                if (!able(spec)) {
                    throw cannot(spec, goal);
                }
                use(spec, goal, state, belief, calls, depth);
                return;
            } catch (Impossible e) {
                first = first == null ? e : first;
                state.become(before);
                calls.subList(size, calls.size()).clear();
            }
        }
        throw first;
    }

    /** Meets a skill's conditions and then calls it. */
    private void use(
            SkillSpec spec,
            Literal goal,
            PlanState state,
            Belief belief,
            List<SkillCall> calls,
            int depth)
            throws Impossible {
        Map<String, String> args = bind(spec, goal).orElseThrow();
        // A condition met early can be undone by meeting a later one (driving away): check again.
        for (int round = 0; round < 3; round++) {
            for (String condition : spec.before()) {
                achieve(literal(condition, args), state, belief, calls, depth + 1);
            }
        }
        calls.add(new SkillCall(spec.name(), args));
        for (String effect : spec.after()) {
            state.add(literal(effect, args));
        }
    }

    /** Moves what stands on a thing to the nearest place that can bear it. */
    private void setAside(
            String under, PlanState state, Belief belief, List<SkillCall> calls, int depth)
            throws Impossible {
        String top = state.onTopOf(under).orElseThrow();
        String place =
                belief.map().places().stream()
                        .filter(p -> !p.surfaces().isEmpty())
                        .map(p -> p.id())
                        .filter(state::reachable)
                        .findFirst()
                        .orElseThrow(() ->
                                new Impossible(
                                        "There is no place to set the "
                                                + speech.name(top, Text.Language.EN)
                                                + " aside.",
                                        "没有地方可以先放" + speech.name(top, Text.Language.ZH) + "。"));
        achieve(new Literal("on", top, place), state, belief, calls, depth + 1);
    }

    /** Whether the object of a skill must be in a hand for it, before or while it is done. */
    private static boolean byHand(SkillSpec s) {
        return s.before().contains("graspable(object)")
                || s.before().contains("held_by(object, robot)");
    }

    private Impossible unwieldy(String object) {
        return new Impossible(
                "The "
                        + speech.name(object, Text.Language.EN)
                        + " is too big or too heavy for my hand.",
                speech.name(object, Text.Language.ZH) + "太大或太重，我抓不起来。");
    }

    private boolean able(SkillSpec s) {
        return facts.abilities().containsAll(s.needs());
    }

    private Impossible cannot(SkillSpec spec, Literal goal) {
        String list = AbilityNames.en(spec, facts);
        return new Impossible(
                "This body cannot " + list + ", which it would have to do to " + en(goal) + ".",
                "这个本体不具备" + AbilityNames.zh(spec, facts) + "能力，无法完成：" + zh(goal) + "。");
    }

    /** Arguments of a skill that make one of its effects equal to the goal. */
    private static Optional<Map<String, String>> bind(SkillSpec spec, Literal goal) {
        for (String effect : spec.after()) {
            Matcher m = FORM.matcher(effect);
            if (!m.matches()) {
                continue;
            }
            String predicate = m.group(1);
            String[] names = m.group(3) == null ? new String[0] : m.group(3).split("\\s*,\\s*");
            Set<String> some = m.group(2) == null ? Set.of() : Set.of(m.group(2).split("\\s+"));
            Map<String, String> args = new LinkedHashMap<>();
            boolean relation = predicate.equals("relation");
            if (relation) {
                boolean any = m.group(2) == null;
                if (goal.object().equals("robot")
                        || !(any ? placement(goal.predicate()) : some.contains(goal.predicate()))) {
                    continue;
                }
                args.put("relation", goal.predicate());
            } else if (!predicate.equals(goal.predicate())) {
                continue;
            }
            String[] values = {goal.object(), goal.target()};
            boolean fits = true;
            for (int i = 0; i < names.length && fits; i++) {
                boolean parameter = spec.parameters().stream().anyMatch(isNamed(names[i]));
                if (parameter) {
                    args.put(names[i], values[i]);
                } else {
                    fits = names[i].equals(values[i]);
                }
            }
            if (fits) {
                return Optional.of(args);
            }
        }
        return Optional.empty();
    }

    private static java.util.function.Predicate<SkillSpec.Parameter> isNamed(String name) {
        return p -> p.name().equals(name);
    }

    /** Relations that setting a thing down can bring about. */
    private static final Set<String> PLACEMENTS =
            Set.of(
                    "on",
                    "in",
                    "beside",
                    "left_of",
                    "right_of",
                    "front_of",
                    "behind",
                    "near",
                    "between",
                    "stacked",
                    "under");

    /** A relation, with the distance, the part of a face or the second thing asked for, if any. */
    private static boolean placement(String predicate) {
        return predicate.startsWith("between_")
                || PLACEMENTS.contains(
                        predicate.replaceFirst("_([\\d.]+|left|right|front|back|middle)$", ""));
    }

    private static Literal literal(String form, Map<String, String> args) {
        Matcher m = FORM.matcher(form);
        if (!m.matches()) {
            throw new IllegalArgumentException("not a condition: " + form);
        }
        String[] names = m.group(3) == null ? new String[0] : m.group(3).split("\\s*,\\s*");
        String predicate =
                m.group(1).equals("relation") ? args.getOrDefault("relation", "on") : m.group(1);
        String object = names.length > 0 ? args.getOrDefault(names[0], names[0]) : "";
        String target = names.length > 1 ? args.getOrDefault(names[1], names[1]) : "";
        return new Literal(predicate, object, target);
    }

    private String en(Literal l) {
        return speech.literal(l, Text.Language.EN);
    }

    private String zh(Literal l) {
        return speech.literal(l, Text.Language.ZH);
    }
}
