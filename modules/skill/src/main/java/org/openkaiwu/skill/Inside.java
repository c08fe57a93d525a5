package org.openkaiwu.skill;

import java.util.Optional;
import org.openkaiwu.math.Pose;
import org.openkaiwu.math.Quat;
import org.openkaiwu.math.Vec3;
import org.openkaiwu.perception.Belief;
import org.openkaiwu.perception.Catalogue;
import org.openkaiwu.perception.Shape;

/**
 * The space between the walls of a container.
 *
 * @param middle its frame in the map
 * @param size full extent, m
 */
record Inside(Pose middle, Vec3 size) {
    /** Room to the walls that errors of sight and of standing do not use up, and hardly any, m. */
    private static final double EASY = 0.01;

    private static final double TIGHT = 0.002;

    /** The space in a thing or place; empty: nothing goes in. */
    static Optional<Inside> of(Belief belief, String target) {
        Belief.Thing thing = belief.things().get(target);
        return thing != null
                ? thing.entry().container().map(c -> at(thing.pose(), c))
                : belief.map().find(target).flatMap(p -> p.container().map(c -> at(p.pose(), c)));
    }

    private static Inside at(Pose pose, Catalogue.Container c) {
        return new Inside(pose.times(new Pose(c.centre(), Quat.IDENTITY)), c.size());
    }

    /**
     * How a thing goes between the walls: 0 easily, 1 just so, 2 not without touching them.
     *
     * @param pose of the thing, map frame
     */
    int tightness(Catalogue.Entry entry, Pose pose) {
        Pose local = middle.inverse().times(pose);
        Vec3 half = half(entry, local.q());
        double room =
                Math.min(
                        size.x() / 2 - half.x() - Math.abs(local.p().x()),
                        size.y() / 2 - half.y() - Math.abs(local.p().y()));
        return room >= EASY ? 0 : room >= TIGHT ? 1 : 2;
    }

    /** Half the extent of a thing along the walls. */
    private static Vec3 half(Catalogue.Entry entry, Quat q) {
        return switch (entry.shape()) {
            case Shape.Sphere s -> new Vec3(s.radius(), s.radius(), s.radius());
            case Shape.Cylinder c -> {
                Vec3 axis = q.rotate(Vec3.Z);
                yield new Vec3(
                        disc(c.radius(), axis.x()) + Math.abs(axis.x()) * c.halfHeight(),
                        disc(c.radius(), axis.y()) + Math.abs(axis.y()) * c.halfHeight(),
                        disc(c.radius(), axis.z()) + Math.abs(axis.z()) * c.halfHeight());
            }
            case Shape.Box _, Shape.Ellipsoid _, Shape.Compound _ -> box(entry.size(), q);
        };
    }

    private static double disc(double radius, double along) {
        return radius * Math.sqrt(Math.max(0, 1 - along * along));
    }

    private static Vec3 box(Vec3 size, Quat q) {
        Vec3 x = q.rotate(Vec3.X).times(size.x() / 2);
        Vec3 y = q.rotate(new Vec3(0, 1, 0)).times(size.y() / 2);
        Vec3 z = q.rotate(Vec3.Z).times(size.z() / 2);
        return new Vec3(
                Math.abs(x.x()) + Math.abs(y.x()) + Math.abs(z.x()),
                Math.abs(x.y()) + Math.abs(y.y()) + Math.abs(z.y()),
                Math.abs(x.z()) + Math.abs(y.z()) + Math.abs(z.z()));
    }
}
