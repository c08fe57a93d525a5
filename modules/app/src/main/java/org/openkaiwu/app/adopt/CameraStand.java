package org.openkaiwu.app.adopt;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.openkaiwu.body.Machine;
import org.openkaiwu.body.Spec;
import org.openkaiwu.body.file.BodyFile;
import org.openkaiwu.body.infer.BodyFacts;
import org.openkaiwu.body.infer.BodyFacts.LimbKind;
import org.openkaiwu.dynamics.TreeData;
import org.openkaiwu.math.Pose;
import org.openkaiwu.math.Problem;
import org.openkaiwu.math.Vec3;

/**
 * Makes a body see its work area: turns its head there, and where no camera of the file sees it
 * puts one on a stand (or, for a base that drives, on a mast), so that nothing of the machine is in
 * the way while it rests.
 */
final class CameraStand {
    /** Share of the area that suffices. */
    private static final double ENOUGH = 0.93;

    /** Worth of a steep view against one of the whole area. */
    private static final double HIDING = 0.12;

    private static final double FOV = Math.toRadians(62);
    private static final int[] PICTURE = {1280, 960};
    private static final double[] ELEVATIONS = {1.2, 1.05, 1.35, 0.9, 0.7};

    private final BodyFile body;
    private final Machine m;
    private final Workplace place;
    private final Shell shell;
    private final Views views;
    private final List<Vec3> points;

    CameraStand(BodyFile body, Workplace place) {
        this.body = body;
        this.m = body.machine();
        this.place = place;
        shell = new Shell(m);
        views = new Views(m);
        points = new ArrayList<>(place.area().points(place.height() + 0.02));
        points.addAll(place.area().points(place.height() + 0.1));
    }

    /** Turns heads; adds a camera to the description where none sees enough. */
    Optional<Problem> look(Spec spec) {
        for (BodyFacts.Limb l : body.facts().limbs()) {
            if (l.kind() == LimbKind.HEAD) {
                turn(l);
            }
        }
        if (best(shell.at(place.qpos())) >= ENOUGH) {
            return Optional.empty();
        }
        return Optional.of(add(spec));
    }

    private double best(TreeData tree) {
        double most = 0;
        for (int c = 0; c < m.ncam; c++) {
            most = Math.max(most, views.share(c, tree, points));
        }
        return most;
    }

    /** The head's joints, on a grid, to where the cameras see most. */
    private void turn(BodyFacts.Limb head) {
        int[] joints =
                head.joints().stream().mapToInt(j -> Machine.indexOf(m.jntName, j)).toArray();
        if (joints.length > 2 || m.ncam == 0) {
            return;
        }
        int steps = 13;
        int all = joints.length == 1 ? steps : steps * steps;
        double most = best(shell.at(place.qpos()));
        for (int k = 0; k < all; k++) {
            double[] q = place.qpos();
            double[] at = new double[joints.length];
            for (int i = 0; i < joints.length; i++) {
                int j = joints[i];
                double part = (double) (i == 0 ? k % steps : k / steps) / (steps - 1);
                double lo = Math.max(-2.2, m.jntRange[2 * j]);
                double hi = Math.min(2.2, m.jntRange[2 * j + 1]);
                at[i] = lo + (0.02 + 0.96 * part) * (hi - lo);
                q[m.jntQposadr[j]] = at[i];
            }
            double share = best(shell.at(q));
            if (share > most + 0.01) {
                most = share;
                for (int i = 0; i < joints.length; i++) {
                    place.home().put(m.jntName[joints[i]], at[i]);
                }
            }
        }
    }

    private Problem add(Spec spec) {
        boolean fixed = body.facts().base() == BodyFacts.Base.FIXED;
        TreeData tree = shell.at(place.qpos());
        Pose camera = null;
        double most = Double.NEGATIVE_INFINITY;
        for (Pose p : fixed ? around() : masts()) {
            double tan = StrictMath.tan(FOV / 2);
            double aspect = (double) PICTURE[0] / PICTURE[1];
            double share = views.share(p, tan, aspect, PICTURE[1], -1, tree, points);
            // from low down things hide each other
            Vec3 from = p.p().minus(middle());
            double slope = Math.hypot(from.x(), from.y()) / Math.max(0.1, from.z());
            double good = share - 0.05 * from.norm() - HIDING * slope;
            if (good > most + 1e-6) {
                most = good;
                camera = p;
            }
        }
        Spec.Body carrier = spec.world;
        Pose at = camera;
        if (!fixed) {
            int base = place.baseBody();
            carrier = find(spec.world, m.bodyName[base]);
            at = Arm.basePose(m, base).inverse().times(camera);
        }
        Spec.Camera c = new Spec.Camera();
        c.name = free(spec.world, fixed ? "stand_camera" : "mast_camera");
        c.fovy = Math.toDegrees(FOV);
        c.resolution = PICTURE.clone();
        c.pos = at.p().toArray();
        c.quat = at.q().toArray();
        carrier.add(free(spec.world, fixed ? "camera_stand" : "camera_mast")).cameras.add(c);
        return new Problem(
                Problem.Severity.NOTE,
                "cameras",
                String.format(
                        Locale.ROOT,
                        "%s; one on a %s at %.2f %.2f %.2f m is assumed",
                        m.ncam == 0 ? "the file has none" : "none of the file sees the work area",
                        fixed ? "stand" : "mast",
                        at.p().x(),
                        at.p().y(),
                        at.p().z()));
    }

    private static Spec.Body find(Spec.Body from, String name) {
        if (from.name.equals(name)) {
            return from;
        }
        for (Spec.Body b : from.bodies) {
            Spec.Body found = find(b, name);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private Vec3 middle() {
        Vec3 sum = Vec3.ZERO;
        for (Vec3 p : points) {
            sum = sum.plus(p.times(1.0 / points.size()));
        }
        return sum;
    }

    /** Poses about the area, far enough to see it whole. */
    private List<Pose> around() {
        List<Pose> out = new ArrayList<>();
        Vec3 middle = middle();
        double radius = points.stream().mapToDouble(middle::distance).max().orElse(0.3) + 0.05;
        double base = (radius + 0.02) / StrictMath.sin(FOV / 2);
        for (double elevation : ELEVATIONS) {
            for (int k = 0; k < 24; k++) {
                double a = 2 * Math.PI * k / 24;
                for (double d : new double[] {0.9 * base, 1.1 * base}) {
                    Vec3 eye =
                            middle.plus(
                                    new Vec3(
                                            d * StrictMath.cos(elevation) * StrictMath.cos(a),
                                            d * StrictMath.cos(elevation) * StrictMath.sin(a),
                                            d * StrictMath.sin(elevation)));
                    out.add(Views.looking(eye, middle));
                }
            }
        }
        return out;
    }

    /** A name that no body or camera of the file has. */
    private static String free(Spec.Body world, String wish) {
        String name = wish;
        for (int k = 2; taken(world, name); k++) {
            name = wish + "_" + k;
        }
        return name;
    }

    private static boolean taken(Spec.Body b, String name) {
        return b.name.equals(name)
                || b.cameras.stream().anyMatch(c -> c.name.equals(name))
                || b.bodies.stream().anyMatch(c -> taken(c, name));
    }

    /** Poses over the base. */
    private List<Pose> masts() {
        List<Pose> out = new ArrayList<>();
        Vec3 middle = middle();
        for (double up : new double[] {0.7, 0.55, 0.85, 1.0, 0.4}) {
            for (double x : new double[] {0, 0.15, -0.15, 0.3}) {
                for (double y : new double[] {0, 0.2, -0.2, 0.35, -0.35}) {
                    Vec3 eye = new Vec3(x, y, place.height() + up);
                    out.add(Views.looking(eye, middle));
                }
            }
        }
        return out;
    }
}
