package org.openkaiwu.collision;

import org.openkaiwu.body.Machine;
import org.openkaiwu.body.MeshAsset;
import org.openkaiwu.math.InputException;

/**
 * A shape to measure distances with, of a machine's geom or free-standing. Immutable; poses are
 * given with each question. Lengths in m; axes as in {@code geom_size}: a capsule and a cylinder
 * lie along z, a plane's z is up.
 */
public final class ConvexShape {
    private final Solid solid = new Solid();

    private ConvexShape() {}

    /** A ball. */
    public static ConvexShape sphere(double radius) {
        return primitive(Solid.SPHERE, radius, 0, 0, radius);
    }

    /** A capsule: all points within {@code radius} of a segment of the given half length. */
    public static ConvexShape capsule(double radius, double halfLength) {
        return primitive(Solid.CAPSULE, radius, halfLength, 0, radius + halfLength);
    }

    /** A cylinder. */
    public static ConvexShape cylinder(double radius, double halfLength) {
        double r = Math.sqrt(radius * radius + halfLength * halfLength);
        return primitive(Solid.CYLINDER, radius, halfLength, 0, r);
    }

    /** An ellipsoid of the given half axes. */
    public static ConvexShape ellipsoid(double x, double y, double z) {
        return primitive(Solid.ELLIPSOID, x, y, z, Math.max(x, Math.max(y, z)));
    }

    /** A box of the given half sizes. */
    public static ConvexShape box(double x, double y, double z) {
        return primitive(Solid.BOX, x, y, z, Math.sqrt(x * x + y * y + z * z));
    }

    /** The half space below z = 0. */
    public static ConvexShape halfSpace() {
        return primitive(Solid.PLANE, 0, 0, 0, 0);
    }

    /**
     * The convex hull of points.
     *
     * @param points x y z of each, m; at least one
     */
    public static ConvexShape hull(double[] points) {
        if (points.length < 3 || points.length % 3 != 0) {
            throw new InputException(
                    "convex hull", "needs x y z of at least one point, got " + points.length);
        }
        double r2 = 0;
        for (int i = 0; i < points.length; i += 3) {
            double x = points[i];
            double y = points[i + 1];
            double z = points[i + 2];
            double d2 = x * x + y * y + z * z;
            if (!(d2 < Double.MAX_VALUE)) {
                throw new InputException("convex hull", "point " + i / 3 + " is not finite");
            }
            r2 = Math.max(r2, d2);
        }
        ConvexShape s = primitive(Solid.MESH, 0, 0, 0, Math.sqrt(r2) * (1 + 1e-6));
        s.solid.hull =
                new Hull(
                        new MeshAsset(
                                "",
                                points.clone(),
                                new int[0],
                                new int[0],
                                new int[0],
                                new int[0][],
                                new double[3],
                                new double[] {1, 0, 0, 0}));
        return s;
    }

    /**
     * The shapes of all geoms of a machine, in order; those of one mesh share its hull.
     *
     * @throws InputException for signed distance fields
     */
    public static ConvexShape[] of(Machine m) {
        GeomShapes shapes = new GeomShapes(m);
        ConvexShape[] all = new ConvexShape[m.ngeom];
        for (int g = 0; g < m.ngeom; g++) {
            all[g] = new ConvexShape();
            shapes.shape(all[g].solid, g);
            if (all[g].solid.type == Solid.SDF) {
                throw new InputException(
                        "geom " + g,
                        "distances to signed distance fields are not known; use a mesh");
            }
        }
        return all;
    }

    private static ConvexShape primitive(int type, double x, double y, double z, double rbound) {
        if (!(x >= 0 && y >= 0 && z >= 0 && x + y + z < Double.MAX_VALUE)) {
            throw new InputException(
                    "shape", "sizes must be finite and not negative: " + x + " " + y + " " + z);
        }
        ConvexShape s = new ConvexShape();
        s.solid.type = type;
        s.solid.sx = x;
        s.solid.sy = y;
        s.solid.sz = z;
        s.solid.rbound = rbound;
        return s;
    }

    /** Radius of a sphere about the origin that holds the shape, m; 0 for a half space. */
    public double radius() {
        return solid.rbound;
    }

    void copyTo(Solid s) {
        s.copy(solid);
    }
}
