package org.openkaiwu.brain.plan;

import java.util.List;
import java.util.stream.Collectors;
import org.openkaiwu.math.Text;
import org.openkaiwu.skill.SkillCall;

/**
 * Skills in order, or why there are none.
 *
 * @param calls in order; empty when everything holds already or when {@code refusal} says why not
 * @param refusal reason why no plan exists; null when there is one
 */
public record Plan(List<SkillCall> calls, Text refusal) {
    static Plan refused(String en, String zh) {
        return new Plan(List.of(), new Text(en, zh));
    }

    public boolean possible() {
        return refusal == null;
    }

    /** The plan in one line. */
    public String line() {
        return calls.stream().map(SkillCall::toString).collect(Collectors.joining(" → "));
    }
}
