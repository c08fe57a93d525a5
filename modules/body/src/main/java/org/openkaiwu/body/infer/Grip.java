package org.openkaiwu.body.infer;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.openkaiwu.body.Machine;
import org.openkaiwu.body.infer.BodyFacts.EffectorKind;
import org.openkaiwu.math.Pose;
import org.openkaiwu.math.Vec3;

/**
 * Measures a hand: moves its fingers through their ranges and looks where their surfaces come
 * together.
 */
final class Grip {
    /** Surface this close to the nearest contact counts as pad, m. */
    private static final double PAD = 0.004;

    private static final int STEPS = 40;

    /** Points of a side that are compared while the fingers move. */
    private static final int MOST = 600;

    private final Groups groups;
    private final Surfaces surfaces;
    private final Drives drives;
    private final Hands.Hand hand;

    /** Body in whose frame the results are. */
    private final int palmBody;

    /** Groups of the two sides; the second is the palm for a jaw. */
    private final List<Integer> sideA = new ArrayList<>();

    private final List<Integer> sideB = new ArrayList<>();

    double[] open;
    double[] closed;
    double aperture;
    Vec3 graspPoint = Vec3.ZERO;
    Vec3 approach = Vec3.Z;
    Vec3 closing = Vec3.Y;

    Grip(Groups groups, Surfaces surfaces, Drives drives, Hands.Hand hand) {
        this.groups = groups;
        this.surfaces = surfaces;
        this.drives = drives;
        this.hand = hand;
        this.palmBody = hand.body(groups);
        sides();
        postures();
        measure();
    }

    /** Leaf groups of fingers, split in two by where they are. */
    private void sides() {
        List<Integer> tips = new ArrayList<>();
        for (int f : hand.fingers()) {
            for (int leaf : groups.leaves(f)) {
                int g = leaf;
                while (g != f && surfaceless(g)) {
                    g = groups.parent[g];
                }
                if (!surfaceless(g) && !tips.contains(g)) {
                    tips.add(g);
                }
            }
        }
        if (hand.kind() == EffectorKind.JAW || tips.size() < 2) {
            sideA.addAll(tips);
            sideB.add(hand.palm());
            return;
        }
        Pose[] poses = groups.poses(groups.rest);
        List<Vec3> centres = new ArrayList<>();
        for (int t : tips) {
            centres.add(centre(surfaces.world(groups, List.of(t), poses, true)));
        }
        int a = 0;
        int b = 1;
        if (hand.kind() == EffectorKind.HAND) {
            a = thumb(centres);
            b = a == 0 ? 1 : 0;
        } else {
            for (int i = 0; i < tips.size(); i++) {
                for (int k = i + 1; k < tips.size(); k++) {
                    if (centres.get(i).distance(centres.get(k))
                            > centres.get(a).distance(centres.get(b)) + 1e-9) {
                        a = i;
                        b = k;
                    }
                }
            }
        }
        for (int i = 0; i < tips.size(); i++) {
            boolean nearA =
                    hand.kind() == EffectorKind.HAND
                            ? i == a
                            : centres.get(i).distance(centres.get(a))
                                    < centres.get(i).distance(centres.get(b));
            (i == a || nearA && i != b ? sideA : sideB).add(tips.get(i));
        }
    }

    private boolean surfaceless(int g) {
        return groups.bodies.get(g).stream().allMatch(b -> surfaces.of(b).isEmpty());
    }

    /** The fingertip that is farthest from all others. */
    private static int thumb(List<Vec3> centres) {
        int best = 0;
        double most = -1;
        for (int i = 0; i < centres.size(); i++) {
            double nearest = Double.POSITIVE_INFINITY;
            for (int k = 0; k < centres.size(); k++) {
                if (k != i) {
                    nearest = Math.min(nearest, centres.get(i).distance(centres.get(k)));
                }
            }
            if (nearest > most) {
                most = nearest;
                best = i;
            }
        }
        return best;
    }

    private static Vec3 centre(List<Vec3> points) {
        Vec3 sum = Vec3.ZERO;
        for (Vec3 p : points) {
            sum = sum.plus(p);
        }
        return points.isEmpty() ? sum : sum.times(1.0 / points.size());
    }

    /** Open and closed positions of the joints that lead, found one joint at a time. */
    private void postures() {
        Machine m = groups.machine;
        double[] q = groups.rest.clone();
        drives.settle(q);
        Set<Integer> leaders = new LinkedHashSet<>();
        hand.joints().forEach(j -> leaders.add(drives.master(j)));
        double[] wide = q.clone();
        double[] narrow = q.clone();
        for (int j : leaders) {
            if (!m.jntLimited[j] || m.jntType[j] < 2) {
                continue;
            }
            double atLow = separation(q, j, m.jntRange[2 * j]);
            double atHigh = separation(q, j, m.jntRange[2 * j + 1]);
            int wideEnd = atHigh > atLow ? 1 : 0;
            if (hand.kind() == EffectorKind.HAND) {
                // fingers rest open; curling brings tips nearer
                if (Math.abs(atHigh - atLow) > 0.01) {
                    narrow[m.jntQposadr[j]] = m.jntRange[2 * j + 1 - wideEnd];
                }
                continue;
            }
            wide[m.jntQposadr[j]] = m.jntRange[2 * j + wideEnd];
            narrow[m.jntQposadr[j]] = m.jntRange[2 * j + 1 - wideEnd];
        }
        drives.settle(wide);
        drives.settle(narrow);
        open = wide;
        closed = hand.kind() == EffectorKind.HAND ? narrow : firstTouch(wide, narrow);
    }

    private double separation(double[] q, int joint, double value) {
        double[] moved = q.clone();
        moved[groups.machine.jntQposadr[joint]] = value;
        drives.settle(moved);
        Pose[] poses = groups.poses(moved);
        Vec3 a = centre(surfaces.world(groups, sideA, poses, true));
        if (hand.kind() == EffectorKind.JAW) {
            return gap(thinned(far(poses)), thinned(nearSide(poses)));
        }
        return a.distance(centre(surfaces.world(groups, sideB, poses, true)));
    }

    /** Posture on the way from open to narrow where the sides first touch, or the narrow one. */
    private double[] firstTouch(double[] wide, double[] narrow) {
        for (int i = 1; i <= STEPS; i++) {
            double[] q = between(wide, narrow, (double) i / STEPS);
            Pose[] poses = groups.poses(q);
            if (gap(thinned(far(poses)), thinned(nearSide(poses))) < 0.0015) {
                return q;
            }
        }
        return narrow;
    }

    private static List<Vec3> thinned(List<Vec3> points) {
        int step = 1 + points.size() / MOST;
        List<Vec3> some = new ArrayList<>();
        for (int i = 0; i < points.size(); i += step) {
            some.add(points.get(i));
        }
        return some;
    }

    private double[] between(double[] a, double[] b, double t) {
        double[] q = a.clone();
        for (int i = 0; i < q.length; i++) {
            q[i] = a[i] + t * (b[i] - a[i]);
        }
        drives.settle(q);
        return q;
    }

    /** Side A without what is close to its hinge, where jaws always nearly touch. */
    private List<Vec3> far(Pose[] poses) {
        List<Vec3> all = surfaces.world(groups, sideA, poses, true);
        if (hand.kind() != EffectorKind.JAW) {
            return all;
        }
        int joint = groups.joints(sideA.getFirst()).getFirst();
        if (!groups.hinge(joint)) {
            return all;
        }
        Vec3 anchor = groups.anchor(joint, poses);
        double most = all.stream().mapToDouble(anchor::distance).max().orElse(0);
        return all.stream().filter(p -> anchor.distance(p) > 0.6 * most).toList();
    }

    private List<Vec3> nearSide(Pose[] poses) {
        return surfaces.world(groups, sideB, poses, true);
    }

    private static double gap(List<Vec3> a, List<Vec3> b) {
        double least = Double.POSITIVE_INFINITY;
        for (Vec3 p : a) {
            for (Vec3 o : b) {
                double x = p.x() - o.x();
                double y = p.y() - o.y();
                double z = p.z() - o.z();
                least = Math.min(least, x * x + y * y + z * z);
            }
        }
        return Math.sqrt(least);
    }

    private void measure() {
        Pose[] shut = groups.poses(closed);
        Pose palm = shut[palmBody];
        List<Vec3> a = far(shut);
        List<Vec3> b = nearSide(shut);
        if (a.isEmpty() || b.isEmpty()) {
            return;
        }
        double least = gap(thinned(a), thinned(b));
        List<Vec3> padA = pads(a, b, least);
        List<Vec3> padB = pads(b, padA, least);
        Pose[] wide = groups.poses(open);
        Vec3 a0 = centre(padA);
        Vec3 b0 = centre(padB);
        Vec3 a1 = carried(a0, sideA, shut, wide);
        Vec3 b1 = carried(b0, sideB, shut, wide);
        Pose palmWide = wide[palmBody];
        aperture = a1.distance(b1);
        // half way a jaw has turned half way too
        Pose[] half = groups.poses(between(closed, open, 0.35));
        Pose palmHalf = half[palmBody];
        Vec3 aHalf = palmHalf.inverse().transform(carried(a0, sideA, shut, half));
        Vec3 bHalf = palmHalf.inverse().transform(carried(b0, sideB, shut, half));
        Vec3 apart = aHalf.minus(bHalf);
        closing =
                snapped(
                        apart.norm() > 1e-4
                                ? apart.unit()
                                : palmWide.q().inverse().rotate(a1.minus(b1)).unit());
        Vec3 middle = aHalf.plus(bHalf).times(0.5);
        approach = outward(palm, middle, shut);
        graspPoint = middle.plus(approach.times(towardsTip(palm, padA, padB, middle)));
    }

    private static List<Vec3> pads(List<Vec3> of, List<Vec3> to, double least) {
        double limit = (least + PAD) * (least + PAD);
        List<Vec3> near = new ArrayList<>();
        for (Vec3 p : of) {
            for (Vec3 o : to) {
                Vec3 d = p.minus(o);
                if (d.dot(d) <= limit) {
                    near.add(p);
                    break;
                }
            }
        }
        return near;
    }

    /** Where a point that sits on the first group of a side is in another posture. */
    private Vec3 carried(Vec3 p, List<Integer> side, Pose[] from, Pose[] to) {
        int body = groups.root[nearest(p, side, from)];
        return to[body].transform(from[body].inverse().transform(p));
    }

    private int nearest(Vec3 p, List<Integer> side, Pose[] poses) {
        int best = side.getFirst();
        double least = Double.POSITIVE_INFINITY;
        for (int g : side) {
            double d = gap(List.of(p), surfaces.world(groups, List.of(g), poses, true));
            if (d < least) {
                least = d;
                best = g;
            }
        }
        return best;
    }

    /** From the wrist to the pads, square to the closing direction; in the palm's frame. */
    private Vec3 outward(Pose palm, Vec3 middle, Pose[] poses) {
        Vec3 from = Vec3.ZERO;
        List<Integer> wrist = groups.joints(hand.palm());
        if (!wrist.isEmpty() && hand.palm() != 0) {
            int j = wrist.getLast();
            from = palm.inverse().transform(groups.anchor(j, poses));
            Vec3 axis = palm.q().inverse().rotate(groups.axis(j, poses));
            Vec3 out = middle.minus(from);
            double along = out.unit().dot(axis);
            if (groups.hinge(j) && Math.abs(along) > 0.8) {
                return square(axis.times(Math.signum(along)));
            }
        }
        return square(middle.minus(from));
    }

    private Vec3 square(Vec3 v) {
        Vec3 s = v.minus(closing.times(v.dot(closing)));
        if (s.norm() < 1e-6) {
            s = Math.abs(closing.z()) < 0.9 ? closing.cross(Vec3.Z) : closing.cross(Vec3.X);
        }
        return snapped(s.unit());
    }

    /** The axis of the palm's frame within 3 degrees, or the vector itself. */
    private static Vec3 snapped(Vec3 v) {
        for (Vec3 axis : List.of(Vec3.X, Vec3.Y, Vec3.Z)) {
            double c = v.dot(axis);
            if (Math.abs(c) > 0.9986) {
                return axis.times(Math.signum(c));
            }
        }
        return v;
    }

    /** How far the grasp is moved from the pads' middle towards the tips, m. */
    private double towardsTip(Pose palm, List<Vec3> padA, List<Vec3> padB, Vec3 middle) {
        Vec3 axis = palm.q().rotate(approach);
        Vec3 origin = palm.transform(middle);
        double most = 0;
        for (List<Vec3> pad : List.of(padA, padB)) {
            for (Vec3 p : pad) {
                most = Math.max(most, p.minus(origin).dot(axis));
            }
        }
        return Math.max(0, Math.min(most - 0.012, 0.5 * most));
    }

    double[] values(double[] q, List<Integer> joints) {
        return joints.stream().mapToDouble(j -> q[groups.machine.jntQposadr[j]]).toArray();
    }
}
