/** Inverse kinematics, planning, timing. */
module org.openkaiwu.motion {
    requires transitive org.openkaiwu.dynamics;
    requires transitive org.openkaiwu.collision;

    exports org.openkaiwu.motion;
}
