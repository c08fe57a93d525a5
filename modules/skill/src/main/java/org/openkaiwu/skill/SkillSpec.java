package org.openkaiwu.skill;

import java.util.List;
import java.util.Set;
import org.openkaiwu.body.infer.BodyFacts.Ability;
import org.openkaiwu.math.Text;

/**
 * What a skill is, as data: a planner and a person read it, the executor checks it.
 *
 * @param name stable name
 * @param summary what it does
 * @param parameters in order
 * @param needs abilities that the body must have
 * @param before what must hold before, e.g. {@code seen(object)}
 * @param after what holds after, checked on evidence, e.g. {@code held_by(object, robot)}
 * @param failures codes that it can fail with
 * @param cost rough seconds, for choosing between plans
 */
public record SkillSpec(
        String name,
        Text summary,
        List<Parameter> parameters,
        Set<Ability> needs,
        List<String> before,
        List<String> after,
        List<String> failures,
        double cost) {

    /** A typed parameter. */
    public record Parameter(String name, Type type, boolean optional) {}

    /** What an argument names. */
    public enum Type {
        THING,
        PLACE,
        THING_OR_PLACE,
        PERSON,
        EFFECTOR,
        WORD
    }
}
