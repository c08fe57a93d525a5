package org.openkaiwu.perception;

import java.util.Map;
import org.openkaiwu.math.Pose;
import org.openkaiwu.math.Quat;
import org.openkaiwu.math.Vec3;

/**
 * Where a thing comes to rest that is let go: straight down on the highest face under its middle,
 * flat on the side that was lowest. What a robot expects of what it has let go out of its sight.
 */
final class Falling {
    /** A face that reaches so much higher than the foot is still under it, m. */
    private static final double OVERLAP = 0.03;

    private final WorldMap map;
    private final Catalogue catalogue;
    private final Map<String, Pose> around;
    private double floor = Double.NEGATIVE_INFINITY;

    /**
     * Among things.
     *
     * @param around the others that stand there, by label, map frame
     */
    Falling(WorldMap map, Catalogue catalogue, Map<String, Pose> around) {
        this.map = map;
        this.catalogue = catalogue;
        this.around = around;
    }

    /** The pose at rest; the same as before when nothing is known to be under it. */
    Pose rest(Catalogue.Entry entry, Pose pose) {
        Quat flat = flat(entry, pose.q());
        Vec3 p = pose.p();
        double foot = p.z() - BeliefTracker.verticalHalf(entry, pose);
        for (WorldMap.Place place : map.places()) {
            Pose at = place.pose();
            place.container().ifPresent(c -> inside(at, c, p, foot));
            for (WorldMap.SurfaceAt s : place.surfaces()) {
                face(at.times(new Pose(s.centre(), Quat.IDENTITY)), s.sizeX(), s.sizeY(), p, foot);
            }
        }
        around.forEach((label, at) -> onThing(catalogue.entries().get(label), at, p, foot));
        double half = BeliefTracker.verticalHalf(entry, new Pose(p, flat));
        return floor == Double.NEGATIVE_INFINITY
                ? pose
                : new Pose(new Vec3(p.x(), p.y(), floor + half), flat);
    }

    private void onThing(Catalogue.Entry e, Pose at, Vec3 p, double foot) {
        if (e.container().isPresent()) {
            inside(at, e.container().get(), p, foot);
            return;
        }
        double top = e.surface().map(Catalogue.Surface::z).orElse(e.size().z() / 2);
        Pose face = at.times(new Pose(new Vec3(0, 0, top), Quat.IDENTITY));
        face(face, e.size().x(), e.size().y(), p, foot);
    }

    private void inside(Pose at, Catalogue.Container c, Vec3 p, double foot) {
        Vec3 bottom = c.centre().minus(new Vec3(0, 0, c.size().z() / 2));
        Pose face = at.times(new Pose(bottom, Quat.IDENTITY));
        face(face, c.size().x(), c.size().y(), p, foot);
    }

    private void face(Pose face, double sizeX, double sizeY, Vec3 p, double foot) {
        Vec3 local = face.inverse().transform(p);
        double z = face.p().z();
        if (Math.abs(local.x()) <= sizeX / 2
                && Math.abs(local.y()) <= sizeY / 2
                && z <= foot + OVERLAP) {
            floor = Math.max(floor, z);
        }
    }

    /** Turned the shortest way until one of its axes is upright, or level where only that is. */
    private static Quat flat(Catalogue.Entry entry, Quat q) {
        if (entry.shape() instanceof Shape.Sphere) {
            return q;
        }
        Vec3 up = q.inverse().rotate(Vec3.Z);
        Vec3 side = nearest(up);
        if (entry.shape() instanceof Shape.Cylinder && side.z() == 0) {
            side = new Vec3(up.x(), up.y(), 0).unit();
        }
        Vec3 axis = up.cross(side);
        double sin = axis.norm();
        return sin < 1e-9
                ? q
                : q.times(Quat.about(axis, -StrictMath.atan2(sin, up.dot(side)))).unit();
    }

    private static Vec3 nearest(Vec3 up) {
        double x = Math.abs(up.x());
        double y = Math.abs(up.y());
        double z = Math.abs(up.z());
        Vec3 axis = z >= x && z >= y ? Vec3.Z : x >= y ? Vec3.X : new Vec3(0, 1, 0);
        return axis.dot(up) < 0 ? axis.times(-1) : axis;
    }
}
