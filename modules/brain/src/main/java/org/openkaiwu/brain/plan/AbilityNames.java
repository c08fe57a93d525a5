package org.openkaiwu.brain.plan;

import java.util.stream.Collectors;
import org.openkaiwu.body.infer.BodyFacts;
import org.openkaiwu.skill.SkillSpec;

/** Abilities in words. */
final class AbilityNames {
    private AbilityNames() {}

    /** The abilities that a skill needs and a body lacks, in Chinese. */
    static String zh(SkillSpec spec, BodyFacts facts) {
        return spec.needs().stream()
                .filter(a -> !facts.abilities().contains(a))
                .map(AbilityNames::zh)
                .collect(Collectors.joining("、"));
    }

    /** The abilities that a skill needs and a body lacks, as verbs. */
    static String en(SkillSpec spec, BodyFacts facts) {
        return spec.needs().stream()
                .filter(a -> !facts.abilities().contains(a))
                .map(AbilityNames::en)
                .collect(Collectors.joining(", "));
    }

    private static String en(BodyFacts.Ability a) {
        return switch (a) {
            case GRASP -> "grasp";
            case PUSH -> "push";
            case REACH -> "reach";
            case LIFT_COLUMN -> "raise or lower itself";
            case DRIVE -> "drive";
            case LOOK -> "look about";
            case WALK -> "walk";
            case FLY -> "fly";
        };
    }

    private static String zh(BodyFacts.Ability a) {
        return switch (a) {
            case GRASP -> "抓取";
            case PUSH -> "推动";
            case REACH -> "伸手";
            case LIFT_COLUMN -> "升降";
            case DRIVE -> "移动";
            case LOOK -> "观察";
            case WALK -> "行走";
            case FLY -> "飞行";
        };
    }
}
