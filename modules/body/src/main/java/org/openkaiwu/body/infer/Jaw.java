package org.openkaiwu.body.infer;

import java.util.List;
import org.openkaiwu.math.Pose;
import org.openkaiwu.math.Vec3;

/** Decides whether one moving part closes like a jaw against the part that carries it. */
final class Jaw {
    private final Groups groups;
    private final Surfaces surfaces;
    private final int palm;
    private final int child;

    Jaw(Groups groups, Surfaces surfaces, int palm, int child) {
        this.groups = groups;
        this.surfaces = surfaces;
        this.palm = palm;
        this.child = child;
    }

    /** The tip meets the palm at one end of the range and is well away from it at the other. */
    boolean closes() {
        int joint = groups.joints(child).getFirst();
        boolean slides = groups.slide(joint);
        if (!groups.machine.jntLimited[joint]
                || !slides && groups.range(joint) > 3.5
                || !slides && !groups.hinge(joint)) {
            return false;
        }
        double[] atEnds = {tipGap(joint, 0), tipGap(joint, 1)};
        double closed = Math.min(atEnds[0], atEnds[1]);
        double open = Math.max(atEnds[0], atEnds[1]);
        return closed < 0.015 && open > 0.02 && open > 2 * closed;
    }

    /** Distance of the far fifth of the moving part from the palm at one end of the range. */
    private double tipGap(int joint, int end) {
        double[] q = groups.rest.clone();
        q[groups.machine.jntQposadr[joint]] = groups.machine.jntRange[2 * joint + end];
        Pose[] poses = groups.poses(q);
        Vec3 anchor = groups.anchor(joint, poses);
        Vec3 axis = groups.axis(joint, poses);
        List<Vec3> moving = surfaces.world(groups, List.of(child), poses, false);
        List<Vec3> fixed = surfaces.world(groups, List.of(palm), poses, false);
        double far = moving.stream().mapToDouble(p -> out(p, anchor, axis)).max().orElse(0);
        double gap = Double.POSITIVE_INFINITY;
        for (Vec3 p : moving) {
            if (out(p, anchor, axis) > 0.8 * far) {
                for (Vec3 f : fixed) {
                    gap = Math.min(gap, p.distance(f));
                }
            }
        }
        return gap;
    }

    private static double out(Vec3 p, Vec3 anchor, Vec3 axis) {
        Vec3 d = p.minus(anchor);
        return d.minus(axis.times(d.dot(axis))).norm();
    }
}
