package org.openkaiwu.perception;

import org.openkaiwu.math.Pose;
import org.openkaiwu.math.Vec3;

/** A solid in its own frame, as a belief holds it; half sizes and radii in m. */
public sealed interface Shape {
    /** Box of the given half sizes about the origin. */
    record Box(Vec3 half) implements Shape {}

    /** Upright cylinder about the origin. */
    record Cylinder(double radius, double halfHeight) implements Shape {}

    /** Sphere about the origin. */
    record Sphere(double radius) implements Shape {}

    /** Ellipsoid of the given half axes about the origin. */
    record Ellipsoid(Vec3 half) implements Shape {}

    /** A part of a compound, with the pose of its frame in the compound's. */
    record Part(Shape shape, Pose pose) {}

    /** Several solids that move together (a tray with rims, a bowl). */
    record Compound(java.util.List<Part> parts) implements Shape {}
}
