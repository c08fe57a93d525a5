/** Understanding, goals, planning, dialogue. */
module org.openkaiwu.brain {
    requires transitive org.openkaiwu.skill;
    requires tools.jackson.databind;
    requires tools.jackson.dataformat.yaml;

    exports org.openkaiwu.brain;
    exports org.openkaiwu.brain.language;
    exports org.openkaiwu.brain.plan;
}
