package org.openkaiwu.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.openkaiwu.body.Machine;
import org.openkaiwu.collision.Ray;
import org.openkaiwu.math.Pose;
import org.openkaiwu.math.Quat;
import org.openkaiwu.math.RandomStream;
import org.openkaiwu.math.Vec3;
import org.openkaiwu.physics.World;
import org.openkaiwu.robot.Sighting;

/**
 * The cameras of a robot with a detector behind them: a thing or person is made out when enough of
 * it is in a camera's picture, not hidden by anything, and large enough in pixels. Its pose comes
 * with noise that grows with the square of the distance, as depth from stereo does.
 */
final class Eyes {
    /** A camera takes a picture every so many ticks. */
    private static final int EVERY = 10;

    /** Smallest part of a thing that must be seen. */
    private static final double PART = 0.2;

    /** Smallest picture of a thing, pixels across its second largest extent. */
    private static final double PIXELS = 9;

    private final World world;
    private final Owners owners;
    private final RandomStream random;
    private final Ray ray;
    private final List<Target> targets = new ArrayList<>();
    private final List<Integer> cameras = new ArrayList<>();
    private final Set<String> known = new TreeSet<>();
    private final double[] from = new double[3];
    private final double[] dir = new double[3];

    /** What can be made out: points on it in its frame, and how large it looks. */
    private record Target(
            String label,
            Owners.Kind kind,
            int index,
            Pose fixed,
            List<Vec3> points,
            double size) {}

    Eyes(World world, Owners owners, Layout layout, RandomStream random) {
        this.world = world;
        this.owners = owners;
        this.random = random;
        ray = new Ray(world.machine);
        Machine m = world.machine;
        for (int c = 0; c < m.ncam; c++) {
            if (owners.kind(m.camBodyid[c]) == Owners.Kind.ROBOT || m.camBodyid[c] == 0) {
                cameras.add(c);
            }
        }
        for (int i = 0; i < layout.things().size(); i++) {
            Layout.Thing t = layout.things().get(i);
            targets.add(
                    new Target(
                            t.id(),
                            Owners.Kind.THING,
                            i,
                            Pose.IDENTITY,
                            points(t.parts()),
                            middle(t.size())));
        }
        for (int i = 0; i < layout.people().size(); i++) {
            Layout.Person p = layout.people().get(i);
            targets.add(
                    new Target(p.id(), Owners.Kind.PERSON, i, p.pose(), points(p.parts()), 0.4));
        }
    }

    private static double middle(Vec3 s) {
        return s.x()
                + s.y()
                + s.z()
                - Math.max(s.x(), Math.max(s.y(), s.z()))
                - Math.min(s.x(), Math.min(s.y(), s.z()));
    }

    /** The middle of each part and points near its six faces. */
    private static List<Vec3> points(List<Layout.Part> parts) {
        List<Vec3> list = new ArrayList<>();
        for (Layout.Part p : parts) {
            Vec3 s =
                    switch (p.solid()) {
                        case BOX, ELLIPSOID -> p.size();
                        case CYLINDER -> new Vec3(p.size().x(), p.size().x(), p.size().y());
                        case SPHERE -> new Vec3(p.size().x(), p.size().x(), p.size().x());
                    };
            boolean small = parts.size() > 3;
            list.add(p.pose().p());
            if (!small) {
                for (int k = -1; k <= 1; k += 2) {
                    list.add(p.pose().transform(new Vec3(k * 0.9 * s.x(), 0, 0)));
                    list.add(p.pose().transform(new Vec3(0, k * 0.9 * s.y(), 0)));
                    list.add(p.pose().transform(new Vec3(0, 0, k * 0.9 * s.z())));
                }
            }
        }
        return List.copyOf(list);
    }

    boolean hasSeen(String label) {
        return known.contains(label);
    }

    /**
     * What the cameras make out at this tick.
     *
     * @param shift from true poses to poses as the robot's localisation has them
     */
    List<Sighting> look(long tick, double time, Pose shift) {
        List<Sighting> seen = new ArrayList<>();
        for (int i = 0; i < cameras.size(); i++) {
            if ((tick + i * (EVERY / Math.max(1, cameras.size()))) % EVERY != 0) {
                continue;
            }
            for (Target t : targets) {
                Sighting s = sight(cameras.get(i), t, time, shift);
                if (s != null) {
                    seen.add(s);
                    known.add(t.label());
                }
            }
        }
        return List.copyOf(seen);
    }

    private Pose pose(Target t) {
        if (t.kind() == Owners.Kind.PERSON) {
            return t.fixed();
        }
        int b = owners.thingBody[t.index()];
        return new Pose(Vec3.of(world.tree.xpos, 3 * b), Quat.of(world.tree.xquat, 4 * b));
    }

    private Sighting sight(int c, Target t, double time, Pose shift) {
        Machine m = world.machine;
        Pose camera = camera(c);
        Vec3 eye = camera.p();
        Pose pose = pose(t);
        double distance = pose.p().distance(eye);
        double tan = StrictMath.tan(Math.toRadians(m.camFovy[c]) / 2);
        int height = Math.max(2, m.camResolution[2 * c + 1]);
        if (t.size() / distance * height / (2 * tan) < PIXELS) {
            return null;
        }
        double aspect = (double) m.camResolution[2 * c] / height;
        int visible = 0;
        for (Vec3 p : t.points()) {
            if (visible(c, camera, pose.transform(p), tan, aspect, t)) {
                visible++;
            }
        }
        double part = (double) visible / t.points().size();
        // of a convex solid a camera sees about half of the points
        double share = Math.min(1, 2 * part);
        if (share < PART) {
            return null;
        }
        double sigma = 0.0008 + 0.002 * distance * distance;
        Vec3 error =
                new Vec3(random.nextNormal(), random.nextNormal(), random.nextNormal())
                        .times(sigma);
        Quat turn =
                Quat.about(
                        new Vec3(
                                0.3 * random.nextNormal(),
                                0.3 * random.nextNormal(),
                                1 + random.nextDouble()),
                        0.02 * random.nextNormal());
        Pose seen = new Pose(pose.p().plus(error), turn.times(pose.q()).unit());
        return new Sighting(t.label(), shift.times(seen), 0.4 + 0.6 * share, m.camName[c], time);
    }

    /** Pose of a camera that is fixed to its body; looks along its -z, y up. */
    private Pose camera(int c) {
        Machine m = world.machine;
        int b = m.camBodyid[c];
        return new Pose(Vec3.of(world.tree.xpos, 3 * b), Quat.of(world.tree.xquat, 4 * b))
                .times(new Pose(Vec3.of(m.camPos, 3 * c), Quat.of(m.camQuat, 4 * c)));
    }

    private boolean visible(int c, Pose camera, Vec3 point, double tan, double aspect, Target t) {
        Vec3 local = camera.inverse().transform(point);
        double depth = -local.z();
        if (depth < 0.02
                || Math.abs(local.y()) > depth * tan
                || Math.abs(local.x()) > depth * tan * aspect) {
            return false;
        }
        Vec3 eye = camera.p();
        Vec3 d = point.minus(eye);
        from[0] = eye.x();
        from[1] = eye.y();
        from[2] = eye.z();
        dir[0] = d.x();
        dir[1] = d.y();
        dir[2] = d.z();
        double hit =
                ray.cast(
                        world.tree.geomXpos,
                        world.tree.geomXmat,
                        from,
                        0,
                        dir,
                        0,
                        null,
                        true,
                        world.machine.camBodyid[c]);
        if (hit < 0) {
            return true;
        }
        int b = world.machine.geomBodyid[ray.geom];
        return owners.kind(b) == t.kind() && owners.index(b) == t.index();
    }
}
