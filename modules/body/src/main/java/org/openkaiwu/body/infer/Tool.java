package org.openkaiwu.body.infer;

import java.util.List;
import org.openkaiwu.body.Machine;
import org.openkaiwu.math.Pose;
import org.openkaiwu.math.Vec3;

/** The bare end of an arm: where it can touch and push. */
final class Tool {
    final Vec3 point;
    final Vec3 approach;
    final Vec3 closing;
    final boolean suction;

    Tool(Groups groups, Surfaces surfaces, int group, int tipBody) {
        Machine m = groups.machine;
        Pose[] poses = groups.poses(groups.rest);
        Pose tip = poses[tipBody];
        int joint = groups.joints(group).getLast();
        Vec3 anchor = groups.anchor(joint, poses);
        Vec3 axis = groups.axis(joint, poses);
        List<Vec3> surface = surfaces.world(groups, List.of(group), poses, false);
        List<Integer> chain = groups.chain(0, group);
        Vec3 before = chain.size() > 1 ? groups.anchor(chain.get(chain.size() - 2), poses) : anchor;
        Vec3 direction = outward(anchor.minus(before), axis, groups.hinge(joint), surface, anchor);
        double far = Math.max(0, tip.p().minus(anchor).dot(direction));
        for (Vec3 p : surface) {
            far = Math.max(far, p.minus(anchor).dot(direction));
        }
        point = tip.inverse().transform(anchor.plus(direction.times(far)));
        approach = tip.q().inverse().rotate(direction).unit();
        Vec3 beside = Math.abs(approach.y()) < 0.9 ? Vec3.Y : Vec3.X;
        closing = beside.minus(approach.times(beside.dot(approach))).unit();
        suction = adheres(m, groups, group) || groups.named(group, "suction", "vacuum");
    }

    /**
     * Along the last joint's axis, onwards from the joint before it or, where that says nothing, to
     * the side where more of the part lies; for a part that does not lie along the axis, towards
     * its middle.
     */
    private static Vec3 outward(
            Vec3 link, Vec3 axis, boolean hinge, List<Vec3> surface, Vec3 anchor) {
        if (hinge && link.norm() > 0.02 && Math.abs(link.unit().dot(axis)) > 0.7) {
            return axis.times(Math.signum(link.dot(axis)));
        }
        Vec3 middle = Vec3.ZERO;
        double ahead = 0;
        double behind = 0;
        double beside = 0;
        for (Vec3 p : surface) {
            Vec3 d = p.minus(anchor);
            double along = d.dot(axis);
            middle = middle.plus(d.times(1.0 / surface.size()));
            ahead = Math.max(ahead, along);
            behind = Math.max(behind, -along);
            beside = Math.max(beside, d.minus(axis.times(along)).norm());
        }
        if (middle.norm() < 1e-4) {
            return link.norm() > 1e-4 ? link.unit() : axis;
        }
        if (hinge && Math.abs(middle.unit().dot(axis)) > 0.7
                || hinge && Math.max(ahead, behind) > 1.5 * beside) {
            return axis.times(ahead >= behind ? 1 : -1);
        }
        return middle.unit();
    }

    private static boolean adheres(Machine m, Groups groups, int group) {
        for (int a = 0; a < m.nactuator; a++) {
            if (m.actuatorTrntype[a] == 5 && groups.of[m.actuatorTrnid[2 * a]] == group) {
                return true;
            }
        }
        return false;
    }
}
