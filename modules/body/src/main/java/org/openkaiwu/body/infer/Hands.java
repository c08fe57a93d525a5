package org.openkaiwu.body.infer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.openkaiwu.body.infer.BodyFacts.EffectorKind;
import org.openkaiwu.math.Pose;
import org.openkaiwu.math.Vec3;

/**
 * Finds hands: groups far out on a limb whose moving parts are all small, and that either come in
 * twos or more, or close against the group they sit on.
 */
final class Hands {
    /** A finger's largest extent, m. */
    private static final double LONGEST_FINGER = 0.3;

    /** A hand before it is measured. */
    record Hand(int palm, List<Integer> fingers, List<Integer> joints, EffectorKind kind) {
        /** The body that most fingers hang on. */
        int body(Groups groups) {
            int first = groups.root[fingers.getFirst()];
            int body = groups.machine.bodyParentid[first];
            while (groups.of[body] != palm) {
                body = groups.machine.bodyParentid[body];
            }
            return body;
        }
    }

    private final Groups groups;
    private final Surfaces surfaces;
    private final Drives drives;
    private final Pose[] poses;
    final List<Hand> hands = new ArrayList<>();

    /** Groups that belong to hands, palms not included. */
    final Set<Integer> parts = new LinkedHashSet<>();

    Hands(
            Groups groups,
            Surfaces surfaces,
            Drives drives,
            Set<Integer> taken,
            List<Integer> bases) {
        this.groups = groups;
        this.surfaces = surfaces;
        this.drives = drives;
        this.poses = groups.poses(groups.rest);
        for (int base : bases) {
            search(base, base, taken);
        }
    }

    private void search(int base, int group, Set<Integer> taken) {
        List<Integer> fingers =
                groups.children.get(group).stream()
                        .filter(c -> !taken.contains(c) && !groups.free(c))
                        .toList();
        Hand hand = hand(base, group, fingers);
        if (hand != null) {
            hands.add(hand);
            fingers.forEach(f -> parts.addAll(groups.subtree(f)));
            return;
        }
        fingers.forEach(f -> search(base, f, taken));
    }

    private Hand hand(int base, int palm, List<Integer> fingers) {
        if (fingers.isEmpty()) {
            return null;
        }
        List<Integer> carried = groups.chain(base, palm);
        double length = length(carried);
        boolean alone = carried.isEmpty();
        double limit = alone ? LONGEST_FINGER : Math.min(LONGEST_FINGER, 0.8 * length);
        if (alone && (fingers.size() < 2 || extent(List.of(base), true) > 0.4)) {
            return null;
        }
        if (!alone && carried.size() < 2) {
            return null;
        }
        List<Integer> joints = new ArrayList<>();
        for (int f : fingers) {
            if (size(f) > limit || deepest(f) > 6) {
                return null;
            }
            groups.subtree(f).forEach(g -> joints.addAll(groups.joints(g)));
        }
        joints.removeIf(j -> !drives.active(j));
        if (joints.isEmpty()) {
            return null;
        }
        if (fingers.size() == 1) {
            return single(palm, fingers.getFirst(), joints);
        }
        if (fingers.stream().noneMatch(f -> touches(f))) {
            return null;
        }
        return new Hand(palm, fingers, joints, kind(fingers, joints));
    }

    /** One moving part: a jaw against the palm, or a slider that moves two coupled fingers. */
    private Hand single(int palm, int child, List<Integer> joints) {
        List<Integer> below = groups.children.get(child);
        if (below.size() >= 2) {
            int drive = groups.joints(child).getFirst();
            boolean coupled =
                    below.stream()
                            .flatMap(f -> groups.joints(f).stream())
                            .allMatch(j ->
                                    drives.follows[j] >= 0
                                            && drives.master(j) == drives.master(drive));
            return coupled ? new Hand(palm, below, joints, kind(below, joints)) : null;
        }
        if (!below.isEmpty() || groups.joints(child).size() != 1) {
            return null;
        }
        return new Jaw(groups, surfaces, palm, child).closes()
                ? new Hand(palm, List.of(child), joints, EffectorKind.JAW)
                : null;
    }

    /**
     * Two fingers, or more that all turn about one direction: a gripper. Else a hand with fingers.
     */
    private EffectorKind kind(List<Integer> fingers, List<Integer> joints) {
        if (fingers.size() == 2) {
            long most = fingers.stream().mapToLong(f -> active(f)).max().orElse(0);
            return most >= 3 ? EffectorKind.HAND : EffectorKind.PARALLEL_GRIPPER;
        }
        List<Vec3> axes = new ArrayList<>();
        for (int j : joints) {
            if (groups.hinge(j)) {
                axes.add(groups.axis(j, poses));
            }
        }
        boolean parallel = axes.stream().allMatch(a -> Math.abs(a.dot(axes.getFirst())) > 0.985);
        return parallel ? EffectorKind.PARALLEL_GRIPPER : EffectorKind.HAND;
    }

    private long active(int finger) {
        return groups.subtree(finger).stream()
                .flatMap(g -> groups.joints(g).stream())
                .filter(j -> drives.active(j) && groups.hinge(j))
                .count();
    }

    private boolean touches(int finger) {
        return groups.subtree(finger).stream()
                .flatMap(g -> groups.bodies.get(g).stream())
                .anyMatch(b -> !surfaces.of(b).isEmpty());
    }

    private double length(List<Integer> joints) {
        double sum = 0;
        for (int i = 1; i < joints.size(); i++) {
            Vec3 a = groups.anchor(joints.get(i - 1), poses);
            sum += a.distance(groups.anchor(joints.get(i), poses));
            if (groups.slide(joints.get(i)) && groups.range(joints.get(i)) < 5) {
                sum += groups.range(joints.get(i));
            }
        }
        if (!joints.isEmpty()) {
            // the first link counts from where it stands
            int g = groups.of[groups.machine.jntBodyid[joints.getFirst()]];
            Vec3 top = poses[groups.root[g]].p();
            int up = groups.machine.bodyParentid[groups.root[g]];
            sum += top.distance(poses[up].p());
        }
        return sum;
    }

    /** Largest distance of the subtree's surface from its joint. */
    private double size(int finger) {
        Vec3 from = groups.anchor(groups.joints(finger).getFirst(), poses);
        return surfaces.world(groups, groups.subtree(finger), poses, false).stream()
                .mapToDouble(from::distance)
                .max()
                .orElse(0);
    }

    private int deepest(int finger) {
        return groups.leaves(finger).stream()
                .mapToInt(l -> groups.chain(groups.parent[finger], l).size())
                .max()
                .orElse(0);
    }

    private double extent(List<Integer> roots, boolean below) {
        List<Integer> all = new ArrayList<>();
        roots.forEach(r -> all.addAll(below ? groups.subtree(r) : List.of(r)));
        List<Vec3> points = surfaces.world(groups, all, poses, false);
        double most = 0;
        for (Comparator<Vec3> by :
                List.of(
                        Comparator.comparingDouble(Vec3::x),
                        Comparator.comparingDouble(Vec3::y),
                        Comparator.comparingDouble(Vec3::z))) {
            if (!points.isEmpty()) {
                Vec3 lo = points.stream().min(by).orElseThrow();
                Vec3 hi = points.stream().max(by).orElseThrow();
                most =
                        Math.max(
                                most,
                                Math.max(
                                        Math.abs(hi.x() - lo.x()),
                                        Math.max(
                                                Math.abs(hi.y() - lo.y()),
                                                Math.abs(hi.z() - lo.z()))));
            }
        }
        return most;
    }
}
