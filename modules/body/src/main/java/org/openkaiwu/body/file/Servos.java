package org.openkaiwu.body.file;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.openkaiwu.body.Machine;
import org.openkaiwu.body.Spec;
import org.openkaiwu.body.infer.BodyFacts;
import org.openkaiwu.body.infer.BodyFacts.LimbKind;
import org.openkaiwu.math.Problem;
import org.openkaiwu.math.Vec3;

/** Chooses drives and gains from effort limits and the mass that each joint moves. */
final class Servos {
    /** Deflection at which a servo gives its whole effort, rad and m. */
    private static final double HINGE_GIVE = 0.02;

    private static final double SLIDE_GIVE = 0.004;

    /** Fastest servo, rad/s. */
    private static final double FASTEST = 60;

    /** Slowest servo that will do, rad/s, and how much friction may deflect one, rad. */
    private static final double SLOWEST = 14;

    private static final double FRICTION_GIVE = 0.004;

    /** Part of the critical damping that will do. */
    private static final double DAMPED = 0.4;

    private static final double GRAVITY = 9.81;

    private final Spec spec;
    private final Machine m;
    private final BodyFacts facts;
    private final Map<String, Spec.Joint> joints;
    private final List<Problem> notes;

    Servos(BodyFile body, Map<String, Spec.Joint> joints, List<Problem> notes) {
        this.spec = body.spec();
        this.m = body.machine();
        this.facts = body.facts();
        this.joints = joints;
        this.notes = notes;
    }

    private void note(String where, String message) {
        notes.add(new Problem(Problem.Severity.NOTE, where, message));
    }

    /** Drives for every limb, wheel and hand. */
    void all() {
        Set<String> driven = new LinkedHashSet<>();
        for (BodyFacts.Limb l : facts.limbs()) {
            if (l.kind() != LimbKind.FINGER) {
                driven.addAll(l.joints());
            }
        }
        for (BodyFacts.Wheel w : facts.wheels()) {
            if (w.driven()) {
                wheel(w);
                if (!w.steer().isEmpty()) {
                    driven.add(w.steer());
                }
            }
        }
        Set<String> followers = followers();
        driven.stream().filter(j -> !followers.contains(j)).forEach(this::servo);
        facts.effectors().forEach(e -> hand(e, followers));
        note(
                "actuators",
                "the file has none: position servos with full effort at a deflection of "
                        + HINGE_GIVE
                        + " rad or "
                        + SLIDE_GIVE
                        + " m are assumed, critically damped for the stretched limb");
    }

    private Set<String> followers() {
        Set<String> all = new LinkedHashSet<>();
        spec.equalities.stream()
                .filter(e -> e.type == 2 && e.active && !e.obj2.isEmpty())
                .forEach(e -> all.add(e.obj1));
        return all;
    }

    /** Leading finger joints; two free fingers are coupled. */
    private void hand(BodyFacts.Effector e, Set<String> followers) {
        List<String> leaders = new ArrayList<>(e.joints());
        leaders.removeAll(followers);
        if (leaders.size() == 2 && e.kind() == BodyFacts.EffectorKind.PARALLEL_GRIPPER) {
            int a = e.joints().indexOf(leaders.get(0));
            int b = e.joints().indexOf(leaders.get(1));
            double way = e.openPosition()[a] - e.closedPosition()[a];
            double other = e.openPosition()[b] - e.closedPosition()[b];
            Spec.Equality couple = new Spec.Equality();
            couple.name = leaders.get(1) + "_coupling";
            couple.type = 2;
            couple.obj1 = leaders.get(1);
            couple.obj2 = leaders.get(0);
            double factor = way == 0 ? 1 : other / way;
            couple.polycoef =
                    new double[] {
                        e.openPosition()[b] - factor * e.openPosition()[a], factor, 0, 0, 0
                    };
            spec.equalities.add(couple);
            note("effector \"" + e.name() + "\"", "its two fingers are taken to be coupled");
            leaders.remove(1);
        }
        leaders.forEach(this::servo);
    }

    private void wheel(BodyFacts.Wheel w) {
        Spec.Joint joint = joints.get(w.joint());
        double effort = joint.effort;
        if (Double.isNaN(effort)) {
            effort = Math.max(0.2, 0.5 * m.mass() * GRAVITY * w.radius());
            assumed(joint, effort);
        }
        joint.armature = Math.max(joint.armature, 0.002 * effort);
        Spec.Actuator a = new Spec.Actuator();
        a.name = joint.name;
        a.target = joint.name;
        a.biastype = 1;
        double kv = effort / 2;
        a.gainprm[0] = kv;
        a.biasprm[2] = -kv;
        a.forcerange = new double[] {-effort, effort};
        double fastest = Double.isNaN(joint.velocity) ? 1 / w.radius() : joint.velocity;
        a.ctrlrange = new double[] {-fastest, fastest};
        spec.actuators.add(a);
    }

    private void assumed(Spec.Joint joint, double effort) {
        note(
                "joint \"" + joint.name + "\"",
                String.format(
                        Locale.ROOT,
                        "has no effort limit; %.3g %s are assumed",
                        effort,
                        joint.type == 2 ? "N" : "N m"));
    }

    private void servo(String name) {
        Spec.Joint joint = joints.get(name);
        int j = Machine.indexOf(m.jntName, name);
        if (joint == null || j < 0 || joint.type < 2) {
            return;
        }
        double[] load = load(j);
        double effort = joint.effort;
        if (Double.isNaN(effort)) {
            effort = Math.max(joint.type == 2 ? 20 : 0.5, 2 * load[1]);
            assumed(joint, effort);
        }
        double own = joint.type == 2 ? 0.002 * effort : 0.005 + 2e-5 * effort * effort;
        joint.armature = Math.max(joint.armature, Math.max(own, 0.02 * load[0]));
        double inertia = load[0] + joint.armature;
        double give = joint.type == 2 ? SLIDE_GIVE : HINGE_GIVE;
        double kp = Math.min(effort / give, FASTEST * FASTEST * inertia);
        Spec.Actuator a = position(joint, kp, 2 * Math.sqrt(kp * inertia));
        a.forcerange = new double[] {-effort, effort};
        spec.actuators.add(a);
    }

    private static Spec.Actuator position(Spec.Joint joint, double kp, double kv) {
        Spec.Actuator a = new Spec.Actuator();
        a.name = joint.name;
        a.target = joint.name;
        a.biastype = 1;
        a.gainprm[0] = kp;
        a.biasprm[1] = -kp;
        a.biasprm[2] = -kv;
        if (joint.limited != Spec.Auto.FALSE && joint.range[0] < joint.range[1]) {
            a.ctrlrange = joint.range.clone();
        }
        return a;
    }

    /** Inertia (kg m^2 or kg) and weight (N m or N) that a joint moves at most, limb stretched. */
    private double[] load(int j) {
        double inertia = 0;
        double weight = 0;
        double[] reach = new double[m.nbody];
        int top = m.jntBodyid[j];
        for (int b = top; b < m.nbody; b++) {
            if (b != top) {
                int up = m.bodyParentid[b];
                if (up < top || up != top && reach[up] == 0) {
                    continue;
                }
                reach[b] = reach[up] + Vec3.of(m.bodyPos, 3 * b).norm() + 1e-9;
            }
            double arm = reach[b] + Vec3.of(m.bodyIpos, 3 * b).norm();
            boolean slides = m.jntType[j] == 2;
            inertia +=
                    m.bodyMass[b] * (slides ? 1 : arm * arm) + (slides ? 0 : m.bodyInertia[3 * b]);
            weight += m.bodyMass[b] * GRAVITY * (slides ? 1 : arm);
        }
        return new double[] {inertia, weight};
    }

    /** A tendon that drives several joints of an arm is replaced by a servo on each of them. */
    void untieArms() {
        Set<String> arm = new LinkedHashSet<>();
        facts.limbs().stream()
                .filter(l -> l.kind() == LimbKind.ARM)
                .forEach(l -> arm.addAll(l.joints()));
        for (Spec.Actuator a : List.copyOf(spec.actuators)) {
            if (a.trntype != 3) {
                continue;
            }
            Spec.Tendon tendon =
                    spec.tendons.stream()
                            .filter(t -> t.name.equals(a.target) && !t.spatial)
                            .findFirst()
                            .orElse(null);
            if (tendon == null || !tendon.path.stream().allMatch(w -> arm.contains(w.object))) {
                continue;
            }
            untie(a, tendon);
        }
    }

    private void untie(Spec.Actuator a, Spec.Tendon tendon) {
        Set<String> tied = new LinkedHashSet<>();
        tendon.path.forEach(w -> tied.add(w.object));
        spec.equalities.removeIf(
                e -> e.type == 2 && tied.contains(e.obj1) && tied.contains(e.obj2));
        int at = spec.actuators.indexOf(a);
        spec.actuators.remove(a);
        for (Spec.Wrap w : tendon.path) {
            Spec.Joint joint = joints.get(w.object);
            double share = Math.max(1, tendon.path.size());
            double kp = Math.max(1000, share * Math.abs(a.biasprm[1]));
            double[] load = load(Machine.indexOf(m.jntName, joint.name));
            double kv = 2 * Math.sqrt(kp * (load[0] + joint.armature));
            Spec.Actuator own = position(joint, kp, kv);
            own.forcerange = a.forcerange.clone();
            own.forcelimited = a.forcelimited;
            spec.actuators.add(at++, own);
        }
        for (Spec.Key key : spec.keys) {
            key.ctrl = null;
        }
        note(
                "actuator \"" + a.name + "\"",
                "it moves "
                        + tied.size()
                        + " joints by a tendon; each joint gets a servo of its own");
    }

    /** Servos too soft or too little damped to hold a position are made firmer. */
    void firmArms() {
        List<String> changed = new ArrayList<>();
        for (BodyFacts.Limb l : facts.limbs()) {
            boolean placed =
                    l.kind() == LimbKind.ARM
                            || l.kind() == LimbKind.LIFT
                            || l.kind() == LimbKind.HEAD;
            for (String name : placed ? l.joints() : List.<String>of()) {
                spec.actuators.stream()
                        .filter(a -> a.trntype == 0 && a.target.equals(name))
                        .filter(a -> firm(a, joints.get(name)))
                        .forEach(a -> changed.add(a.name));
            }
        }
        if (!changed.isEmpty()) {
            note(
                    "actuators",
                    "too soft to hold a position under friction, or little damped; gains are"
                            + " raised: "
                            + String.join(", ", changed));
        }
    }

    private boolean firm(Spec.Actuator a, Spec.Joint joint) {
        if (a.gaintype != 0 || a.biastype != 1 || a.dyntype != 0 || a.biasprm[1] >= 0) {
            return false;
        }
        double gear = a.gear[0] == 0 ? 1 : a.gear[0];
        double inertia = load(Machine.indexOf(m.jntName, joint.name))[0] + joint.armature;
        double kp = -a.biasprm[1] * gear * gear;
        double give = joint.type == 2 ? FRICTION_GIVE / 4 : FRICTION_GIVE;
        double wanted = Math.max(SLOWEST * SLOWEST * inertia, joint.frictionloss / give);
        double firmer = Math.max(kp, wanted);
        double kv = -a.biasprm[2] * gear * gear;
        double critical = 2 * Math.sqrt(firmer * inertia);
        boolean stiff = firmer <= 1.05 * kp;
        boolean damped = kv + joint.damping[0] >= DAMPED * critical;
        if (stiff && damped) {
            return false;
        }
        double f = firmer / kp;
        a.gainprm[0] *= f;
        a.biasprm[0] *= f;
        a.biasprm[1] *= f;
        if (kv + joint.damping[0] < critical) {
            a.biasprm[2] = -Math.max(0, critical - joint.damping[0]) / (gear * gear);
        }
        return true;
    }
}
