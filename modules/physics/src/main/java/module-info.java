/** The model, the world and its step. */
module org.openkaiwu.physics {
    requires transitive org.openkaiwu.dynamics;
    requires transitive org.openkaiwu.collision;
    requires static jdk.incubator.vector;

    exports org.openkaiwu.physics;
    exports org.openkaiwu.physics.constraint;
    exports org.openkaiwu.physics.render;
}
