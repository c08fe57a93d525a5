package org.openkaiwu.skill;

/** A typed operation of a robot. */
public interface Skill {
    SkillSpec spec();

    /** A tree that performs the call; made anew for every call. */
    Node node(SkillCall call);
}
