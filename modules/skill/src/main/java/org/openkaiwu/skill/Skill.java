package org.openkaiwu.skill;

import java.util.function.Function;

/** A typed operation of a robot. */
public interface Skill {
    SkillSpec spec();

    /** A tree that performs the call; made anew for every call. */
    Node node(SkillCall call);

    /** A skill from its description and the maker of its trees. */
    static Skill of(SkillSpec spec, Function<SkillCall, Node> maker) {
        return new Skill() {
            @Override
            public SkillSpec spec() {
                return spec;
            }

            @Override
            public Node node(SkillCall call) {
                return maker.apply(call);
            }
        };
    }
}
