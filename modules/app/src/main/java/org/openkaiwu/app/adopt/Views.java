package org.openkaiwu.app.adopt;

import java.util.List;
import org.openkaiwu.body.Machine;
import org.openkaiwu.collision.Ray;
import org.openkaiwu.dynamics.TreeData;
import org.openkaiwu.math.Pose;
import org.openkaiwu.math.Quat;
import org.openkaiwu.math.Vec3;

/** Which points a camera sees past the machine itself. */
final class Views {
    /** A thing of this size must fill this many pixels, m. */
    private static final double THING = 0.03;

    private static final double PIXELS = 11;

    private final Machine m;
    private final Ray ray;
    private final double[] from = new double[3];
    private final double[] dir = new double[3];

    Views(Machine machine) {
        m = machine;
        ray = new Ray(machine);
    }

    /** Pose of one of the machine's cameras: it looks along -z, y up. */
    Pose camera(int c, TreeData tree) {
        int b = m.camBodyid[c];
        return new Pose(Vec3.of(tree.xpos, 3 * b), Quat.of(tree.xquat, 4 * b))
                .times(new Pose(Vec3.of(m.camPos, 3 * c), Quat.of(m.camQuat, 4 * c)));
    }

    /** Share of the points that one of the machine's cameras sees. */
    double share(int c, TreeData tree, List<Vec3> points) {
        int height = Math.max(1, m.camResolution[2 * c + 1]);
        double aspect = (double) m.camResolution[2 * c] / height;
        double tan = StrictMath.tan(Math.toRadians(m.camFovy[c]) / 2);
        return share(camera(c, tree), tan, aspect, height, m.camBodyid[c], tree, points);
    }

    /**
     * Share of the points that a camera sees.
     *
     * @param tan tangent of half the vertical field of view
     * @param aspect width by height
     * @param height picture rows
     * @param carrier body that does not hide anything from it, or -1
     */
    double share(
            Pose camera,
            double tan,
            double aspect,
            int height,
            int carrier,
            TreeData tree,
            List<Vec3> points) {
        int seen = 0;
        for (Vec3 p : points) {
            Vec3 local = camera.inverse().transform(p);
            double depth = -local.z();
            boolean inside =
                    depth > 0.05
                            && Math.abs(local.y()) < 0.97 * depth * tan
                            && Math.abs(local.x()) < 0.97 * depth * tan * aspect;
            boolean large = THING / Math.max(1e-9, depth) * height / (2 * tan) > PIXELS;
            if (inside && large && !hidden(camera.p(), p, carrier, tree)) {
                seen++;
            }
        }
        return (double) seen / points.size();
    }

    private boolean hidden(Vec3 eye, Vec3 p, int carrier, TreeData tree) {
        Vec3 d = p.minus(eye);
        System.arraycopy(eye.toArray(), 0, from, 0, 3);
        System.arraycopy(d.toArray(), 0, dir, 0, 3);
        double hit = ray.cast(tree.geomXpos, tree.geomXmat, from, 0, dir, 0, null, true, carrier);
        return hit >= 0 && hit < 1;
    }

    /** A camera pose at a point that looks at another, its picture upright. */
    static Pose looking(Vec3 eye, Vec3 target) {
        Vec3 back = eye.minus(target).unit();
        Vec3 right = Vec3.Z.cross(back);
        right = right.norm() < 1e-3 ? Vec3.Y.times(-1) : right.unit();
        return new Pose(eye, Quat.fromAxes(right, back.cross(right), back));
    }
}
