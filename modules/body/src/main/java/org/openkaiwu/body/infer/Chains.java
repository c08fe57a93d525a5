package org.openkaiwu.body.infer;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.openkaiwu.body.infer.BodyFacts.LimbKind;
import org.openkaiwu.math.Pose;
import org.openkaiwu.math.Vec3;

/** Cuts the tree into chains between branchings and says what each one is. */
final class Chains {
    /** Upright slides with a longer stroke are lifts, m. */
    private static final double LIFT_STROKE = 0.1;

    /** A chain with its joints in order; {@code end} is its last group. */
    static final class Chain {
        final int start;
        final int end;
        final List<Integer> joints;
        final boolean leaf;
        LimbKind kind = LimbKind.OTHER;
        Hands.Hand hand;
        BodyFacts.Side side = BodyFacts.Side.CENTRE;

        Chain(int start, int end, List<Integer> joints, boolean leaf) {
            this.start = start;
            this.end = end;
            this.joints = joints;
            this.leaf = leaf;
        }
    }

    private final Groups groups;
    private final Surfaces surfaces;
    private final Drives drives;
    private final Set<Integer> wheels;
    private final Hands hands;
    private final Pose[] poses;
    final List<Chain> chains = new ArrayList<>();

    Chains(
            Groups groups,
            Surfaces surfaces,
            Drives drives,
            Set<Integer> wheels,
            Hands hands,
            List<Integer> bases) {
        this.groups = groups;
        this.surfaces = surfaces;
        this.drives = drives;
        this.wheels = wheels;
        this.hands = hands;
        this.poses = groups.poses(groups.rest);
        for (int base : bases) {
            for (int child : next(base)) {
                walk(base, child);
            }
        }
        splitLifts();
        for (Chain c : chains) {
            c.hand = hands.hands.stream().filter(h -> h.palm() == c.end).findFirst().orElse(null);
        }
        legs(bases);
        chains.stream().filter(c -> c.kind == LimbKind.OTHER).forEach(this::classify);
    }

    /** Children that continue limbs: no wheels, no fingers, no idle add-ons, no free bodies. */
    private List<Integer> next(int group) {
        return groups.children.get(group).stream()
                .filter(c -> !wheels.contains(c) && !hands.parts.contains(c) && !groups.free(c))
                .filter(c -> !idle(c))
                .toList();
    }

    private boolean idle(int group) {
        return groups.subtree(group).stream()
                .allMatch(g -> groups.joints(g).stream().noneMatch(drives::active));
    }

    private void walk(int from, int first) {
        int g = first;
        List<Integer> after = next(g);
        while (after.size() == 1) {
            g = after.getFirst();
            after = next(g);
        }
        chains.add(new Chain(from, g, groups.chain(from, g), after.isEmpty()));
        for (int child : after) {
            walk(g, child);
        }
    }

    /** Upright slides at a chain's beginning become chains of their own when more follows. */
    private void splitLifts() {
        for (int i = 0; i < chains.size(); i++) {
            Chain c = chains.get(i);
            int n = 0;
            while (n < c.joints.size() && lifts(c.joints.get(n))) {
                n++;
            }
            if (n == 0 || c.leaf && c.joints.size() - n < 2) {
                continue;
            }
            int middle = groups.of[groups.machine.jntBodyid[c.joints.get(n - 1)]];
            Chain lift = new Chain(c.start, middle, c.joints.subList(0, n), false);
            lift.kind = LimbKind.LIFT;
            chains.set(i, lift);
            if (n < c.joints.size()) {
                List<Integer> rest = c.joints.subList(n, c.joints.size());
                chains.add(i + 1, new Chain(middle, c.end, rest, c.leaf));
            }
        }
    }

    private boolean lifts(int joint) {
        return groups.slide(joint)
                && Math.abs(groups.axis(joint, poses).z()) > 0.95
                && groups.range(joint) >= LIFT_STROKE
                && !Double.isInfinite(groups.range(joint));
    }

    /**
     * Chains of three hinges or more that end at the machine's lowest points and begin in the lower
     * part of the trunk; two at least.
     */
    private void legs(List<Integer> bases) {
        if (!wheels.isEmpty()) {
            return;
        }
        double[] whole =
                span(
                        groups.subtree(0).stream()
                                .filter(g -> g != 0 || !bases.equals(List.of(0)))
                                .toList());
        List<Integer> trunk = new ArrayList<>(bases);
        chains.stream().filter(c -> !c.leaf).forEach(c -> trunk.add(c.end));
        double[] body = span(trunk);
        double lowest = Double.POSITIVE_INFINITY;
        for (Chain c : chains) {
            lowest = Math.min(lowest, c.leaf ? bottom(c.end) : Double.POSITIVE_INFINITY);
        }
        double height = Math.max(whole[1], body[1]) - Math.min(lowest, body[0]);
        List<Chain> found = new ArrayList<>();
        for (Chain c : chains) {
            double top = groups.anchor(c.joints.getFirst(), poses).z();
            boolean low = bottom(c.end) < lowest + 0.08 * height && lowest < body[0] - 0.1 * height;
            boolean down = top - bottom(c.end) > 0.25 * height;
            boolean underneath = top <= body[0] + 0.65 * (body[1] - body[0]) + 0.02;
            long hinges = c.joints.stream().filter(groups::hinge).count();
            if (c.leaf && c.hand == null && hinges >= 2 && low && down && underneath) {
                found.add(c);
            }
        }
        if (found.size() >= 2) {
            found.forEach(c -> c.kind = LimbKind.LEG);
        }
    }

    private double bottom(int group) {
        return span(List.of(group))[0];
    }

    /** Lowest and highest z of surfaces; zero heights when there are none. */
    private double[] span(List<Integer> which) {
        double lo = Double.POSITIVE_INFINITY;
        double hi = Double.NEGATIVE_INFINITY;
        for (Vec3 p : surfaces.world(groups, which, poses, false)) {
            lo = Math.min(lo, p.z());
            hi = Math.max(hi, p.z());
        }
        for (int g : lo > hi ? which : List.<Integer>of()) {
            double z = poses[groups.root[g]].p().z();
            lo = Math.min(lo, z);
            hi = Math.max(hi, z);
        }
        return new double[] {lo, hi};
    }

    private void classify(Chain c) {
        int n = c.joints.size();
        if (!c.leaf) {
            return;
        }
        if (c.hand == null && n <= 3 && head(c)) {
            c.kind = LimbKind.HEAD;
        } else if (n >= 3) {
            c.kind = LimbKind.ARM;
        }
    }

    /** Short, hinges only, and it carries a camera, is called a head, or sits on top amid arms. */
    private boolean head(Chain c) {
        if (!c.joints.stream().allMatch(groups::hinge)) {
            return false;
        }
        Vec3 from = groups.anchor(c.joints.getFirst(), poses);
        double size =
                surfaces.world(groups, List.of(c.end), poses, false).stream()
                        .mapToDouble(from::distance)
                        .max()
                        .orElse(0);
        if (size > 0.5) {
            return false;
        }
        for (int k = 0; k < groups.machine.ncam; k++) {
            if (groups.of[groups.machine.camBodyid[k]] == c.end && groups.machine.camMode[k] == 0) {
                return true;
            }
        }
        if (groups.named(c.end, "head", "neck", "camera", "kinect", "pan", "tilt")) {
            return true;
        }
        double top = span(List.of(c.end))[1];
        List<Chain> others =
                chains.stream().filter(o -> o != c && o.leaf && o.joints.size() >= 3).toList();
        return n(c) <= 2
                && others.size() >= 2
                && others.stream()
                        .allMatch(o -> groups.anchor(o.joints.getFirst(), poses).z() < top);
    }

    private static int n(Chain c) {
        return c.joints.size();
    }
}
