/** Kinematics, dynamics, Jacobians. */
module org.openkaiwu.dynamics {
    requires transitive org.openkaiwu.body;
    requires static jdk.incubator.vector;

    exports org.openkaiwu.dynamics;
}
