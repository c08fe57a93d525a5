/** Rotations, spatial vectors, small solvers, seeded streams, problem reports. */
module org.openkaiwu.math {
    requires static jdk.incubator.vector;

    exports org.openkaiwu.math;
}
