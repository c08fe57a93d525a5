package org.openkaiwu.body.file;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openkaiwu.body.Machine;
import org.openkaiwu.body.Options;
import org.openkaiwu.body.Spec;
import org.openkaiwu.body.infer.BodyFacts;
import org.openkaiwu.body.infer.BodyFacts.Base;
import org.openkaiwu.body.infer.BodyFacts.EffectorKind;
import org.openkaiwu.body.infer.BodyFacts.LimbKind;
import org.openkaiwu.body.infer.FixedFingers;
import org.openkaiwu.math.Pose;
import org.openkaiwu.math.Problem;
import org.openkaiwu.math.Problem.Severity;
import org.openkaiwu.math.Quat;
import org.openkaiwu.math.Vec3;

/**
 * Adds what a robot file leaves open and a running machine needs: a base that can move, drives with
 * gains, coupled fingers, fingers that a file has welded, gravity compensation, cameras. Each
 * assumption is returned as a note.
 */
public final class Completion {
    private final Spec spec;
    private final Map<String, Spec.Body> bodies = new LinkedHashMap<>();
    private final Map<String, Spec.Body> parents = new LinkedHashMap<>();
    private final Map<String, Spec.Joint> joints = new LinkedHashMap<>();
    private final List<Problem> notes = new ArrayList<>();
    private BodyFile body;

    private Completion(BodyFile body) {
        this.body = body;
        this.spec = body.spec();
        index();
    }

    /**
     * Completes the description of {@code body} in place; compile it anew afterwards.
     *
     * @return the assumptions made
     */
    public static List<Problem> complete(BodyFile body) {
        Completion c = new Completion(body);
        c.run();
        return List.copyOf(c.notes);
    }

    private void run() {
        fingers();
        base();
        Servos servos = new Servos(body, joints, notes);
        if (spec.actuators.isEmpty()) {
            servos.all();
        } else {
            servos.untieArms();
            servos.firmArms();
            double mass = body.machine().mass();
            WheelDrives.firm(spec, body.facts(), mass, joints, notes);
        }
        new GripDrives(spec, joints, notes).firm(body.facts());
        new SoftTips(spec, bodies, notes).firm(body.facts());
        pads();
        WheelDrives.tyres(body.facts(), bodies, notes);
        gravity();
        cameras();
        pictures(spec.world);
        // what reading forgave must be forgiven to the file that is written
        spec.compiler.balanceinertia |= spec.compiler.lenient;
        spec.option.integrator = Options.Integrator.IMPLICITFAST;
        spec.option.cone = Options.Cone.ELLIPTIC;
        spec.option.impratio = Math.max(spec.option.impratio, 10);
    }

    private void index() {
        bodies.clear();
        joints.clear();
        index(spec.world);
    }

    private void index(Spec.Body b) {
        bodies.put(b.name, b);
        b.joints.forEach(j -> joints.put(j.name, j));
        for (Spec.Body child : b.bodies) {
            parents.put(child.name, b);
            index(child);
        }
    }

    private void note(String where, String message) {
        notes.add(new Problem(Severity.NOTE, where, message));
    }

    /** Welded finger pairs are freed; a rigid hand is replaced by a gripper. */
    private void fingers() {
        boolean changed = false;
        for (BodyFacts.Effector e : body.facts().effectors()) {
            if (e.kind() != EffectorKind.BARE || !body.facts().feet().isEmpty()) {
                continue;
            }
            FixedFingers pair = FixedFingers.of(body.machine(), e).orElse(null);
            String name = e.body().toLowerCase(Locale.ROOT);
            if (pair != null) {
                Grippers.free(spec, bodies, pair);
                note(
                        "body \"" + pair.palm() + "\"",
                        String.format(
                                Locale.ROOT,
                                "its two fingers are fixed in the file; they are taken to slide,"
                                        + " opening %.3f m",
                                pair.gap()));
                changed = true;
            } else if (name.contains("hand") || name.contains("gripper")) {
                Grippers.fit(spec, bodies.get(e.body()), e);
                note(
                        "body \"" + e.body() + "\"",
                        "the hand in the file has no joints; a parallel gripper that opens"
                                + " 0.085 m takes its place");
                changed = true;
            }
        }
        if (changed) {
            index();
            body = BodyFile.of(spec);
        }
    }

    /** Fingers, and a palm that a jaw closes on, hold by firm pads. */
    private void pads() {
        for (BodyFacts.Effector e : body.facts().effectors()) {
            boolean jaw = e.kind() == EffectorKind.JAW;
            if (!jaw && e.kind() != EffectorKind.PARALLEL_GRIPPER) {
                continue;
            }
            for (Spec.Body b : bodies.values()) {
                if (b.joints.stream().anyMatch(j -> e.joints().contains(j.name))) {
                    Grippers.pads(b);
                }
            }
            if (jaw) {
                Grippers.own(bodies.get(e.body()));
            }
            note(
                    "effector \"" + e.name() + "\"",
                    "its fingers are taken to have firm pads with friction 1 or more");
        }
    }

    /** A wheeled machine stands with its wheels on the floor, its base free. */
    private void base() {
        BodyFacts facts = body.facts();
        if (facts.base() != Base.WHEELED || facts.wheels().isEmpty()) {
            return;
        }
        Spec.Body root = root(facts.wheels().getFirst().joint());
        if (root == null) {
            return;
        }
        double lowest = Double.POSITIVE_INFINITY;
        for (BodyFacts.Wheel w : facts.wheels()) {
            lowest = Math.min(lowest, w.centre().z() - w.radius());
        }
        if (!root.joints.isEmpty()) {
            stand(root, -lowest);
            return;
        }
        Vec3 forward = forward();
        Spec.Body base = root;
        if (forward.x() < 0.99) {
            // x is forward for whoever drives
            base = new Spec.Body();
            base.name = bodies.containsKey("base") ? "base_frame" : "base";
            spec.world.bodies.set(spec.world.bodies.indexOf(root), base);
            base.bodies.add(root);
            root.pos = new double[3];
            root.quat = Quat.yaw(-StrictMath.atan2(forward.y(), forward.x())).toArray();
            note(
                    "body \"" + root.name + "\"",
                    "it drives along ("
                            + (int) forward.x()
                            + ", "
                            + (int) forward.y()
                            + "); a base frame with x to the front is put over it");
        }
        base.pos = new double[] {0, 0, -lowest};
        Spec.Joint free = new Spec.Joint();
        free.name = "base_free";
        free.type = 0;
        base.joints.add(free);
        note(
                "body \"" + root.name + "\"",
                "the file fixes the root; the base is taken to stand free on its wheels");
        index();
        body = BodyFile.of(spec);
    }

    /** A file may put its free base above the floor, to fall onto it: it stands there at once. */
    private void stand(Spec.Body root, double z) {
        boolean free = root.joints.size() == 1 && root.joints.getFirst().type == 0;
        if (!free || Math.abs(root.pos[2] - z) < OFF_FLOOR) {
            return;
        }
        note(
                "body \"" + root.name + "\"",
                String.format(
                        Locale.ROOT,
                        "its wheels are %.3f m off the floor in the file; it is taken to stand on"
                                + " them",
                        root.pos[2] - z));
        root.pos[2] = z;
        index();
        body = BodyFile.of(spec);
    }

    /** Wheels nearer to the floor than this settle by themselves, m. */
    private static final double OFF_FLOOR = 0.005;

    /** Where the machine drives: square to its wheels' axes, right and left as its arms say. */
    private Vec3 forward() {
        Machine m = body.machine();
        BodyFacts.Wheel wheel =
                body.facts().wheels().stream()
                        .filter(w -> w.driven() && w.steer().isEmpty())
                        .findFirst()
                        .orElse(null);
        if (wheel == null) {
            return Vec3.X;
        }
        Vec3 axis = Vec3.ZERO;
        Map<String, Vec3> anchors = new LinkedHashMap<>();
        Pose[] poses = new Pose[m.nbody];
        poses[0] = Pose.IDENTITY;
        for (int b = 1; b < m.nbody; b++) {
            Pose own = new Pose(Vec3.of(m.bodyPos, 3 * b), Quat.of(m.bodyQuat, 4 * b));
            poses[b] = poses[m.bodyParentid[b]].times(own);
        }
        for (int j = 0; j < m.njnt; j++) {
            Pose at = poses[m.jntBodyid[j]];
            anchors.put(m.jntName[j], at.transform(Vec3.of(m.jntPos, 3 * j)));
            if (m.jntName[j].equals(wheel.joint())) {
                axis = at.q().rotate(Vec3.of(m.jntAxis, 3 * j));
            }
        }
        if (Math.abs(axis.y()) > Math.abs(axis.x())) {
            return Vec3.X;
        }
        double left = 1;
        for (BodyFacts.Limb l : body.facts().limbs()) {
            double x = anchors.get(l.joints().getFirst()).x();
            if (l.side() == BodyFacts.Side.LEFT) {
                left = -Math.signum(x);
            }
        }
        return new Vec3(0, left, 0);
    }

    private Spec.Body root(String joint) {
        for (Spec.Body top : spec.world.bodies) {
            if (holds(top, joint)) {
                return top;
            }
        }
        return null;
    }

    private static boolean holds(Spec.Body b, String joint) {
        return b.joints.stream().anyMatch(j -> j.name.equals(joint))
                || b.bodies.stream().anyMatch(c -> holds(c, joint));
    }

    /** Arms, heads and lifts carry themselves, as their makers' controllers do. */
    private void gravity() {
        boolean any = false;
        for (BodyFacts.Limb l : body.facts().limbs()) {
            boolean held =
                    l.kind() == LimbKind.ARM
                            || l.kind() == LimbKind.HEAD
                            || l.kind() == LimbKind.LIFT;
            if (!held) {
                continue;
            }
            for (Spec.Body b : bodies.values()) {
                if (b.joints.stream().anyMatch(j -> j.name.equals(l.joints().getFirst()))) {
                    any |= compensate(b);
                }
            }
        }
        if (any) {
            note("limbs", "gravity is compensated, as the makers' controllers do it");
        }
    }

    private static boolean compensate(Spec.Body b) {
        boolean changed = b.gravcomp == 0;
        if (changed) {
            b.gravcomp = 1;
        }
        for (Spec.Body child : b.bodies) {
            changed |= compensate(child);
        }
        return changed;
    }

    /** Camera bodies get a camera that looks along their optical frame. */
    private void cameras() {
        for (String name : body.facts().cameras()) {
            Spec.Body at = bodies.get(name);
            boolean known = at == null || hasCamera(spec.world);
            if (known) {
                continue;
            }
            Spec.Body optical = optical(at);
            Spec.Camera camera = new Spec.Camera();
            camera.name = name;
            camera.fovy = 58;
            camera.resolution = new int[] {640, 480};
            // optical frames: z forward, y down; else x forward, z up
            camera.quat =
                    optical == null
                            ? new double[] {0.5, 0.5, -0.5, -0.5}
                            : new double[] {0, 1, 0, 0};
            (optical == null ? at : optical).cameras.add(camera);
            note(
                    "body \"" + name + "\"",
                    "a colour camera of 58 degrees is assumed, looking along "
                            + (optical == null ? "x" : "z of " + optical.name));
        }
    }

    /** Cameras of a file that states no picture size get a usual one. */
    private void pictures(Spec.Body b) {
        for (Spec.Camera c : b.cameras) {
            if (c.resolution[0] < 16 || c.resolution[1] < 16) {
                c.resolution = new int[] {640, 480};
                note("camera \"" + c.name + "\"", "has no picture size; 640 x 480 is assumed");
            }
        }
        b.bodies.forEach(this::pictures);
    }

    private static boolean hasCamera(Spec.Body b) {
        return !b.cameras.isEmpty() || b.bodies.stream().anyMatch(Completion::hasCamera);
    }

    private static Spec.Body optical(Spec.Body b) {
        for (Spec.Body child : b.bodies) {
            String name = child.name.toLowerCase(Locale.ROOT);
            if (name.contains("optical") && !name.contains("depth")) {
                return child;
            }
            Spec.Body below = optical(child);
            if (below != null) {
                return below;
            }
        }
        return null;
    }
}
