package org.openkaiwu.skill;

import java.util.Map;

/**
 * A skill with its arguments.
 *
 * @param skill name of the skill
 * @param args identifiers by parameter name, in the skill's order
 */
public record SkillCall(String skill, Map<String, String> args) {
    public String arg(String name) {
        return args.getOrDefault(name, "");
    }

    @Override
    public String toString() {
        return skill + "(" + String.join(", ", args.values()) + ")";
    }
}
