/** Scenes made live, simulated robots, truth and judges. */
module org.openkaiwu.sim {
    requires transitive org.openkaiwu.physics;
    requires transitive org.openkaiwu.robot;
    requires tools.jackson.databind;
    requires tools.jackson.dataformat.yaml;

    exports org.openkaiwu.sim;

    opens org.openkaiwu.sim to
            tools.jackson.databind;
}
