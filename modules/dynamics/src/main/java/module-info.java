/** Kinematics, dynamics, Jacobians. */
module org.openkaiwu.dynamics {
    requires transitive org.openkaiwu.body;

    exports org.openkaiwu.dynamics;
}
