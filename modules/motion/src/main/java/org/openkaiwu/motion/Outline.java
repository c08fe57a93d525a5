package org.openkaiwu.motion;

import java.util.Collection;
import org.openkaiwu.body.Machine;
import org.openkaiwu.math.Pose;
import org.openkaiwu.math.Quat;
import org.openkaiwu.math.Vec3;

/** Where bodies of a machine end in a direction: with what they touch when they go that way. */
public final class Outline {
    /** The directions about one whose ends are averaged are off it by this, rad: a face has one. */
    private static final double ABOUT = 0.1;

    /** Bodies that end this much before the farthest do not count, m. */
    private static final double LEVEL = 0.003;

    private Outline() {}

    /**
     * The middle of the ends of bodies in a direction.
     *
     * @param arm whose tool frame counts; its posture says how the bodies are to each other
     * @param bodies by name; of those that end equally far the middle is taken
     * @param direction in the tool frame
     * @return in the tool frame, m
     */
    public static Vec3 end(ArmModel arm, Collection<String> bodies, Vec3 direction) {
        Machine m = arm.machine();
        Frames frames = new Frames(m, arm.baseBody());
        System.arraycopy(arm.configuration(), 0, frames.qpos, 0, frames.qpos.length);
        frames.base(Pose.IDENTITY);
        frames.update();
        Pose tool =
                new Pose(Vec3.of(frames.xpos, 3 * arm.tip()), Quat.of(frames.xquat, 4 * arm.tip()))
                        .times(arm.tool());
        Vec3 d = tool.q().rotate(direction).unit();
        double farthest = Double.NEGATIVE_INFINITY;
        Vec3 sum = Vec3.ZERO;
        int n = 0;
        for (String name : bodies) {
            Vec3 end = end(m, frames, Machine.indexOf(m.bodyName, name), d);
            if (end == null) {
                continue;
            }
            double far = end.dot(d);
            if (far > farthest + LEVEL) {
                sum = Vec3.ZERO;
                n = 0;
            }
            if (far > farthest - LEVEL) {
                sum = sum.plus(end);
                n++;
            }
            farthest = Math.max(farthest, far);
        }
        return n == 0 ? Vec3.ZERO : tool.inverse().transform(sum.times(1.0 / n));
    }

    /** Of one body; null: it is not solid. */
    private static Vec3 end(Machine m, Frames frames, int body, Vec3 d) {
        Vec3 across = d.cross(Math.abs(d.z()) < 0.9 ? Vec3.Z : Vec3.X).unit();
        Vec3 other = d.cross(across);
        Vec3 sum = Vec3.ZERO;
        int n = 0;
        for (double a : new double[] {-ABOUT, ABOUT}) {
            for (Vec3 side : new Vec3[] {across, other}) {
                Vec3 end = support(m, frames, body, d.plus(side.times(a)).unit());
                if (end == null) {
                    return null;
                }
                sum = sum.plus(end);
                n++;
            }
        }
        Vec3 middle = sum.times(1.0 / n);
        Vec3 end = support(m, frames, body, d);
        return end == null ? null : middle.plus(d.times(end.minus(middle).dot(d)));
    }

    private static Vec3 support(Machine m, Frames frames, int body, Vec3 d) {
        Vec3 best = null;
        double[] out = new double[3];
        for (int g = 0; g < m.ngeom; g++) {
            boolean solid = m.geomContype[g] != 0 || m.geomConaffinity[g] != 0;
            Convex c = m.geomBodyid[g] == body && solid ? Convex.ofGeom(m, g) : null;
            if (c == null) {
                continue;
            }
            c.place(frames.xpos, 3 * body, frames.xquat, 4 * body);
            c.support(d.toArray(), 1, out);
            Vec3 end = Vec3.of(out, 0).plus(d.times(c.radius));
            if (best == null || end.dot(d) > best.dot(d)) {
                best = end;
            }
        }
        return best;
    }
}
