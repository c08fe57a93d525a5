/** Skills, behaviour trees, the executor. */
module org.openkaiwu.skill {
    requires transitive org.openkaiwu.motion;
    requires transitive org.openkaiwu.perception;

    exports org.openkaiwu.skill;
}
