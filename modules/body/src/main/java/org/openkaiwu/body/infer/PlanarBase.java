package org.openkaiwu.body.infer;

import java.util.List;
import org.openkaiwu.math.Pose;

/** A base that glides: two level slides and perhaps an upright hinge at the root of the tree. */
final class PlanarBase {
    private final Groups groups;
    boolean found;

    PlanarBase(Groups groups) {
        this.groups = groups;
    }

    /** The group that the glide ends in, or the base itself. */
    int end(int base) {
        Pose[] poses = groups.poses(groups.rest);
        int slides = 0;
        int g = base;
        while (true) {
            List<Integer> after =
                    groups.children.get(g).stream().filter(c -> !groups.free(c)).toList();
            if (after.size() != 1) {
                break;
            }
            int n = 0;
            boolean glides = true;
            for (int j : groups.joints(after.getFirst())) {
                double up = Math.abs(groups.axis(j, poses).z());
                boolean far = groups.range(j) > 1;
                boolean slide = groups.slide(j) && up < 0.1 && far;
                boolean turn =
                        groups.hinge(j)
                                && up > 0.99
                                && (slides + n == 2 || far && slides == 0 && n == 0);
                n += slide ? 1 : 0;
                glides &= slide || turn && slides + n == 2;
            }
            if (!glides) {
                break;
            }
            slides += n;
            g = after.getFirst();
        }
        if (slides < 2) {
            return base;
        }
        found = true;
        return g;
    }
}
