/** Shapes, distance, contact manifolds. */
module org.openkaiwu.collision {
    requires transitive org.openkaiwu.body;

    exports org.openkaiwu.collision;
}
