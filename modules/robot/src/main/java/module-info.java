/** The seam between a brain and a machine, and its guard. */
module org.openkaiwu.robot {
    requires transitive org.openkaiwu.body;

    exports org.openkaiwu.robot;
}
