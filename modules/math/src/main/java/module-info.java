/** Rotations, spatial vectors, small solvers, seeded streams, problem reports. */
module org.openkaiwu.math {
    exports org.openkaiwu.math;
}
