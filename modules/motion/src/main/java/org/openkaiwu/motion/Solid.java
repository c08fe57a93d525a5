package org.openkaiwu.motion;

import java.util.List;
import org.openkaiwu.math.InputException;
import org.openkaiwu.math.Pose;
import org.openkaiwu.math.Vec3;

/** A solid in its own frame, as a planner sees it; half sizes and radii in m. */
public sealed interface Solid {
    /** Box of the given half sizes about the origin. */
    record Box(Vec3 half) implements Solid {
        public Box {
            positive(half.x(), half.y(), half.z());
        }
    }

    /** Upright cylinder about the origin, flat ends. */
    record Cylinder(double radius, double halfHeight) implements Solid {
        public Cylinder {
            positive(radius, halfHeight);
        }
    }

    /** Upright cylinder with round ends; {@code halfLength} is that of the cylindrical part. */
    record Capsule(double radius, double halfLength) implements Solid {
        public Capsule {
            positive(radius, halfLength);
        }
    }

    /** Sphere about the origin. */
    record Sphere(double radius) implements Solid {
        public Sphere {
            positive(radius);
        }
    }

    /** A part of a compound, with the pose of its frame in the compound's. */
    record Part(Solid solid, Pose pose) {}

    /** Several solids that move together. */
    record Compound(List<Part> parts) implements Solid {}

    private static void positive(double... sizes) {
        for (double s : sizes) {
            if (!(s >= 0) || Double.isInfinite(s)) {
                throw new InputException("solid", "sizes must be finite and not negative: " + s);
            }
        }
    }
}
