package org.openkaiwu.body.infer;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.openkaiwu.math.Pose;
import org.openkaiwu.math.Vec3;

/**
 * Finds wheels: round about a level axis that turns without end, at the bottom of the machine, on
 * the base or on a steering joint of it.
 */
final class Wheels {
    private static final int SECTORS = 24;

    private final Groups groups;
    private final Surfaces surfaces;
    private final Drives drives;
    private final Pose[] poses;

    final List<BodyFacts.Wheel> wheels = new ArrayList<>();

    /** Groups of wheels, their rollers and their steering. */
    final Set<Integer> parts = new LinkedHashSet<>();

    private final List<Integer> offCentre = new ArrayList<>();

    Wheels(Groups groups, Surfaces surfaces, Drives drives, List<Integer> robot) {
        this.groups = groups;
        this.surfaces = surfaces;
        this.drives = drives;
        this.poses = groups.poses(groups.rest);
        double lowest = Double.POSITIVE_INFINITY;
        for (int g : robot) {
            if (g != 0) {
                lowest = Math.min(lowest, bottom(List.of(g)));
            }
        }
        for (int g : robot) {
            if (g != 0) {
                consider(g, lowest);
            }
        }
        if (wheels.size() == 1) {
            wheels.clear();
            parts.clear();
        }
    }

    private double bottom(List<Integer> which) {
        double z = Double.POSITIVE_INFINITY;
        for (Vec3 p : surfaces.world(groups, which, poses, false)) {
            z = Math.min(z, p.z());
        }
        return z;
    }

    private void consider(int g, double lowest) {
        List<Integer> joints = groups.joints(g);
        if (joints.size() != 1 || !groups.hinge(joints.getFirst()) || parts.contains(g)) {
            return;
        }
        int joint = joints.getFirst();
        if (groups.range(joint) < 4 * Math.PI || depth(g) > 2 || !onlyRollersBelow(g)) {
            return;
        }
        Vec3 axis = groups.axis(joint, poses);
        if (Math.abs(axis.z()) > 0.2) {
            return;
        }
        Vec3 anchor = groups.anchor(joint, poses);
        List<Vec3> points = surfaces.world(groups, groups.subtree(g), poses, false);
        double radius = round(points, anchor, axis);
        if (radius <= 0) {
            boolean called = groups.named(g, "wheel", "rad_", "tire", "tyre");
            if (!called || !points.isEmpty()) {
                return;
            }
            radius = Math.max(0.01, anchor.z() - Math.min(lowest, anchor.z()));
        }
        if (anchor.z() - radius > lowest + Math.max(0.02, 0.35 * radius)) {
            return;
        }
        add(g, joint, anchor, axis, points, radius);
    }

    /** Joints between the group and the base; a base that is free or fixed counts nothing. */
    private int depth(int g) {
        int n = 0;
        for (int at = g; at > 0 && !groups.free(at); at = groups.parent[at]) {
            n++;
        }
        return n;
    }

    private boolean onlyRollersBelow(int g) {
        return groups.children.get(g).stream()
                .allMatch(c ->
                        groups.children.get(c).isEmpty()
                                && groups.joints(c).stream()
                                        .allMatch(j ->
                                                groups.hinge(j) && !groups.machine.jntLimited[j]));
    }

    /** Radius when the points are about equally far out all around the axis; else 0. */
    private static double round(List<Vec3> points, Vec3 anchor, Vec3 axis) {
        Vec3 u = Math.abs(axis.z()) < 0.9 ? axis.cross(Vec3.Z).unit() : axis.cross(Vec3.X).unit();
        Vec3 v = axis.cross(u);
        double[] far = new double[SECTORS];
        double most = 0;
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (Vec3 p : points) {
            Vec3 d = p.minus(anchor);
            double x = d.dot(u);
            double y = d.dot(v);
            double r = StrictMath.hypot(x, y);
            int s = (int) ((StrictMath.atan2(y, x) / (2 * Math.PI) + 1) * SECTORS) % SECTORS;
            far[s] = Math.max(far[s], r);
            most = Math.max(most, r);
            low = Math.min(low, d.dot(axis));
            high = Math.max(high, d.dot(axis));
        }
        int full = 0;
        for (double r : far) {
            full += r > 0.85 * most ? 1 : 0;
        }
        boolean wheelLike = full >= SECTORS * 5 / 6 && high - low < 4 * most;
        return most > 0.005 && wheelLike ? most : 0;
    }

    private void add(int g, int joint, Vec3 anchor, Vec3 axis, List<Vec3> points, double radius) {
        double low = 0;
        double high = 0;
        boolean first = true;
        for (Vec3 p : points) {
            // the tread tells the middle; motors stick out on one side
            Vec3 d = p.minus(anchor);
            double along = d.dot(axis);
            if (d.minus(axis.times(along)).norm() > 0.9 * radius) {
                low = first ? along : Math.min(low, along);
                high = first ? along : Math.max(high, along);
                first = false;
            }
        }
        Vec3 centre = anchor.plus(axis.times((low + high) / 2));
        parts.addAll(groups.subtree(g));
        int carrier = groups.parent[g];
        String steer = "";
        if (carrier > 0 && !groups.free(carrier) && depth(carrier) > 0) {
            int s = groups.joints(carrier).getFirst();
            boolean upright = groups.hinge(s) && Math.abs(groups.axis(s, poses).z()) > 0.9;
            if (upright && parts.containsAll(groups.children.get(carrier))) {
                steer = groups.machine.jntName[s];
                parts.add(carrier);
                Vec3 off = anchor.minus(groups.anchor(s, poses));
                if (StrictMath.hypot(off.x(), off.y()) > 0.15 * radius) {
                    offCentre.add(wheels.size());
                }
            }
        }
        Pose base = poses[topBody(g)];
        wheels.add(
                new BodyFacts.Wheel(
                        groups.machine.jntName[joint],
                        steer,
                        radius,
                        base.inverse().transform(centre),
                        false));
    }

    /** The body right below the world that carries the group. */
    private int topBody(int g) {
        int b = groups.root[g];
        while (groups.machine.bodyParentid[b] > 0) {
            b = groups.machine.bodyParentid[b];
        }
        return b;
    }

    /**
     * The wheels with their drives: as the actuators say; in a file without actuators a wheel is
     * driven when it has an effort limit, and if none has, when it is no caster (its centre off its
     * steering axis).
     */
    List<BodyFacts.Wheel> withDrives() {
        boolean[] limit = new boolean[wheels.size()];
        boolean any = false;
        for (int i = 0; i < limit.length; i++) {
            limit[i] = !Double.isNaN(drives.effort(joint(i)));
            any |= limit[i];
        }
        List<BodyFacts.Wheel> all = new ArrayList<>();
        for (int i = 0; i < limit.length; i++) {
            BodyFacts.Wheel w = wheels.get(i);
            boolean caster = offCentre.contains(i);
            boolean driven =
                    drives.known ? drives.driven(joint(i)) : any ? limit[i] && !caster : !caster;
            all.add(new BodyFacts.Wheel(w.joint(), w.steer(), w.radius(), w.centre(), driven));
        }
        return all;
    }

    private int joint(int wheel) {
        return org.openkaiwu.body.Machine.indexOf(
                groups.machine.jntName, wheels.get(wheel).joint());
    }
}
