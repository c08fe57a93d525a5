package org.openkaiwu.body.infer;

import java.util.List;
import org.openkaiwu.math.Pose;
import org.openkaiwu.math.Quat;
import org.openkaiwu.math.RandomStream;
import org.openkaiwu.math.Vec3;

/** How far a chain reaches and what it can hold there. */
final class Reach {
    private static final double GRAVITY = 9.81;
    private static final int STARTS = 12;
    private static final int ROUNDS = 30;

    private final Groups groups;
    private final Drives drives;
    private final List<Integer> joints;
    private final int tipBody;
    private final Vec3 tipLocal;

    /** Longest distance from the first joint to the tip, m. */
    final double reach;

    /** The posture of it. */
    private double[] far;

    Reach(Groups groups, Drives drives, List<Integer> joints, int tipBody, Vec3 tipLocal) {
        this.groups = groups;
        this.drives = drives;
        this.joints = joints;
        this.tipBody = tipBody;
        this.tipLocal = tipLocal;
        this.reach = longest();
    }

    /** Raises the distance one joint at a time, from several starts with a fixed seed. */
    private double longest() {
        RandomStream random = RandomStream.of(1, "reach");
        double best = 0;
        far = groups.rest.clone();
        for (int s = 0; s < STARTS; s++) {
            double[] q = groups.rest.clone();
            for (int j : joints) {
                if (s > 0 && groups.machine.jntType[j] >= 2) {
                    double lo = low(j);
                    q[groups.machine.jntQposadr[j]] = lo + random.nextDouble() * (high(j) - lo);
                }
            }
            double d = climb(q);
            if (d > best + 1e-9) {
                best = d;
                far = q;
            }
        }
        return best;
    }

    private double climb(double[] q) {
        double d = distance(q);
        for (int round = 0; round < ROUNDS; round++) {
            double before = d;
            for (int j : joints) {
                d = improve(q, j, d);
            }
            if (d - before < 1e-6) {
                break;
            }
        }
        return d;
    }

    /** A hinge: a + b cos(angle - phase) from three samples; a slide: an end of its range. */
    private double improve(double[] q, int j, double now) {
        int at = groups.machine.jntQposadr[j];
        if (groups.machine.jntType[j] < 2) {
            return now;
        }
        double old = q[at];
        double best = old;
        double most = now;
        double[] candidates = {low(j), high(j), groups.hinge(j) ? crest(q, j) : old};
        for (double c : candidates) {
            q[at] = c;
            double d = distance(q);
            if (d > most + 1e-12) {
                most = d;
                best = c;
            }
        }
        q[at] = best;
        return most;
    }

    private double crest(double[] q, int j) {
        int at = groups.machine.jntQposadr[j];
        double[] f = new double[3];
        for (int i = 0; i < 3; i++) {
            q[at] = 2 * Math.PI * i / 3;
            double d = distance(q);
            f[i] = d * d;
        }
        double c = (2 * f[0] - f[1] - f[2]) / 3;
        double s = (f[1] - f[2]) / Math.sqrt(3);
        double angle = StrictMath.atan2(s, c);
        while (angle < low(j) - 1e-12) {
            angle += 2 * Math.PI;
        }
        return Math.clamp(angle, low(j), high(j));
    }

    private double low(int j) {
        boolean limited = groups.machine.jntLimited[j];
        return limited ? groups.machine.jntRange[2 * j] : groups.hinge(j) ? -Math.PI : 0;
    }

    private double high(int j) {
        boolean limited = groups.machine.jntLimited[j];
        return limited ? groups.machine.jntRange[2 * j + 1] : groups.hinge(j) ? Math.PI : 0;
    }

    private double distance(double[] q) {
        Pose[] poses = groups.poses(q);
        return groups.anchor(joints.getFirst(), poses).distance(poses[tipBody].transform(tipLocal));
    }

    /**
     * Mass that every hinge of the chain can hold at the far posture, stretched out level, beside
     * the chain's own weight; slides must lift it. Hinges that stay upright carry no weight. NaN
     * when no drive's limit is known.
     *
     * @param moving all bodies that the chain carries
     */
    double payload(List<Integer> moving) {
        double least = Double.POSITIVE_INFINITY;
        Pose[] poses = groups.poses(far);
        Vec3 tip = poses[tipBody].transform(tipLocal);
        boolean turned = false;
        for (int j : joints) {
            boolean upright = !turned && Math.abs(groups.axis(j, poses).z()) > 0.99;
            turned |= groups.hinge(j) && !upright;
            double limit = drives.effort(j);
            if (Double.isNaN(limit) || groups.hinge(j) && upright) {
                continue;
            }
            Vec3 anchor = groups.anchor(j, poses);
            Vec3 axis = groups.axis(j, poses);
            double own = 0;
            for (int b : moving) {
                if (below(b, groups.machine.jntBodyid[j])) {
                    Vec3 centre = poses[b].transform(Vec3.of(groups.machine.bodyIpos, 3 * b));
                    double lever = groups.slide(j) ? 1 : lever(centre, anchor, axis);
                    own +=
                            groups.machine.bodyMass[b]
                                    * (1 - groups.machine.bodyGravcomp[b])
                                    * lever;
                }
            }
            if (groups.slide(j)) {
                if (upright) {
                    least = Math.min(least, limit / GRAVITY - own);
                }
            } else {
                double lever = lever(tip, anchor, axis);
                if (lever > 0.02) {
                    least = Math.min(least, (limit / GRAVITY - own) / lever);
                }
            }
        }
        return Double.isInfinite(least) ? Double.NaN : Math.max(0, least);
    }

    private static double lever(Vec3 p, Vec3 anchor, Vec3 axis) {
        Vec3 d = p.minus(anchor);
        return d.minus(axis.times(d.dot(axis))).norm();
    }

    private boolean below(int body, int ancestor) {
        int b = body;
        while (b > ancestor) {
            b = groups.machine.bodyParentid[b];
        }
        return b == ancestor;
    }

    /** Heading that a chain's tip points to at rest, seen from its first joint. */
    static Vec3 heading(Groups groups, List<Integer> joints, int tipBody, Pose[] poses) {
        Vec3 d = poses[tipBody].p().minus(groups.anchor(joints.getFirst(), poses));
        return new Vec3(d.x(), d.y(), 0);
    }

    /** Viewing direction of a camera. */
    static Vec3 view(Quat camera) {
        return camera.rotate(new Vec3(0, 0, -1));
    }
}
