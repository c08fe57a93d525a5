package org.openkaiwu.body.infer;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.openkaiwu.body.Machine;
import org.openkaiwu.body.infer.BodyFacts.LimbKind;
import org.openkaiwu.body.infer.BodyFacts.Side;
import org.openkaiwu.math.Pose;
import org.openkaiwu.math.Quat;
import org.openkaiwu.math.Vec3;

/**
 * Finds left and right: mirrored limbs give the sideways line; which end of it is left follows from
 * where the machine looks.
 */
final class Sides {
    private final Groups groups;
    private final List<Chains.Chain> chains;
    private final Pose[] poses;

    /** Unit vector to the left, in the world at rest. */
    Vec3 left = Vec3.Y;

    Sides(Groups groups, List<Chains.Chain> chains) {
        this.groups = groups;
        this.chains = chains;
        this.poses = groups.poses(groups.rest);
        List<Chains.Chain[]> pairs = pairs();
        if (pairs.isEmpty()) {
            return;
        }
        boolean alongY = pairs.stream().anyMatch(p -> Math.abs(between(p).y()) > 0.8);
        left = alongY ? Vec3.Y : new Vec3(-forwardY(pairs), 0, 0);
        for (Chains.Chain[] pair : pairs) {
            double d = between(pair).dot(left);
            if (Math.abs(d) > 0.8) {
                pair[0].side = d > 0 ? Side.LEFT : Side.RIGHT;
                pair[1].side = d > 0 ? Side.RIGHT : Side.LEFT;
            }
        }
    }

    private Vec3 root(Chains.Chain c) {
        return groups.anchor(c.joints.getFirst(), poses);
    }

    /** Level direction from the second to the first of a pair. */
    private Vec3 between(Chains.Chain[] pair) {
        Vec3 d = root(pair[0]).minus(root(pair[1]));
        return new Vec3(d.x(), d.y(), 0).unit();
    }

    /** Leaf chains of the same kind and length whose roots differ sideways only. */
    private List<Chains.Chain[]> pairs() {
        List<Chains.Chain[]> pairs = new ArrayList<>();
        for (int i = 0; i < chains.size(); i++) {
            for (int k = i + 1; k < chains.size(); k++) {
                Chains.Chain a = chains.get(i);
                Chains.Chain b = chains.get(k);
                Vec3 d = root(a).minus(root(b));
                double level = StrictMath.hypot(d.x(), d.y());
                boolean along = Math.max(Math.abs(d.x()), Math.abs(d.y())) > 0.95 * level;
                if (a.leaf
                        && b.leaf
                        && a.kind == b.kind
                        && a.joints.size() == b.joints.size()
                        && level > 0.01
                        && along
                        && Math.abs(d.z()) < 0.05 + 0.1 * level) {
                    pairs.add(new Chains.Chain[] {a, b});
                }
            }
        }
        return pairs;
    }

    /** +1 or -1: where a machine whose limbs are paired along x looks. */
    private double forwardY(List<Chains.Chain[]> pairs) {
        Vec3 middle = root(pairs.getFirst()[0]).plus(root(pairs.getFirst()[1])).times(0.5);
        double evidence = 0;
        Machine m = groups.machine;
        for (int c = 0; c < m.ncam; c++) {
            if (m.camMode[c] == 0 && groups.of[m.camBodyid[c]] != 0) {
                Quat q = poses[m.camBodyid[c]].q().times(Quat.of(m.camQuat, 4 * c));
                evidence += Reach.view(q).y() * 0.2;
            }
        }
        for (Chains.Chain c : chains) {
            if (c.kind == LimbKind.HEAD) {
                for (int b : groups.bodies.get(c.end)) {
                    evidence += poses[b].p().y() - root(c).y();
                }
            } else if (c.leaf) {
                evidence += poses[groups.root[c.end]].p().y() - middle.y();
            }
        }
        if (Math.abs(evidence) > 0.05) {
            return Math.signum(evidence);
        }
        return byName(pairs);
    }

    /** The names decide where the shape does not: left of +y is -x. */
    private double byName(List<Chains.Chain[]> pairs) {
        for (Chains.Chain[] pair : pairs) {
            for (int i = 0; i < 2; i++) {
                boolean saysLeft = says(pair[i], "left", "l_", "_l");
                boolean saysRight = says(pair[i], "right", "r_", "_r");
                if (saysLeft != saysRight) {
                    boolean atPlus = root(pair[i]).x() > root(pair[1 - i]).x();
                    return atPlus == saysLeft ? -1 : 1;
                }
            }
        }
        return 1;
    }

    private boolean says(Chains.Chain c, String word, String prefix, String suffix) {
        int n = 0;
        for (int j : c.joints) {
            String name = groups.machine.jntName[j].toLowerCase(Locale.ROOT);
            boolean yes =
                    name.contains(word)
                            || name.startsWith(prefix)
                            || name.contains(suffix + "_")
                            || name.endsWith(suffix);
            n += yes ? 1 : 0;
        }
        return 2 * n > c.joints.size();
    }
}
