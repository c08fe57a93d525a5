package org.openkaiwu.body.file;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openkaiwu.body.Spec;
import org.openkaiwu.body.infer.BodyFacts;
import org.openkaiwu.body.infer.BodyFacts.EffectorKind;
import org.openkaiwu.math.Problem;

/**
 * Drives of fingers that hardly press: a position drive whose stiffness, over the part of its way
 * that a thing leaves, gives less than a usual grip. Real grippers limit force, not deflection.
 */
final class GripDrives {
    /** Force at each pad that a drive must give, N. */
    private static final double GRIP = 30;

    /** Part of the way that must suffice for it. */
    private static final double PART = 0.06;

    /** Time to close against damping alone, s. */
    private static final double SLOW = 0.25;

    private final Spec spec;
    private final Map<String, Spec.Joint> joints;
    private final List<Problem> notes;

    GripDrives(Spec spec, Map<String, Spec.Joint> joints, List<Problem> notes) {
        this.spec = spec;
        this.joints = joints;
        this.notes = notes;
    }

    /** Stiffens what is too weak. */
    void firm(BodyFacts facts) {
        for (BodyFacts.Effector e : facts.effectors()) {
            boolean grips =
                    e.kind() == EffectorKind.PARALLEL_GRIPPER || e.kind() == EffectorKind.JAW;
            Spec.Actuator a = grips ? drive(e) : null;
            double way = a == null ? 0 : Math.abs(length(a, e, true) - length(a, e, false));
            if (way > 1e-6 && e.aperture() > 1e-3) {
                firm(e, a, way);
                quicken(e, a, way);
            }
        }
    }

    private void firm(BodyFacts.Effector e, Spec.Actuator a, double way) {
        boolean limited = a.forcerange[0] < a.forcerange[1];
        double most = limited ? a.forcerange[1] : Double.POSITIVE_INFINITY;
        double force = Math.min(GRIP * e.aperture() / way, most);
        boolean motor = a.biastype == 0 && a.gaintype == 0;
        double stiffness = motor ? 0 : -a.biasprm[1];
        double needed = force / (PART * way);
        if (a.dyntype != 0 || a.gaintype != 0 || stiffness >= 0.5 * needed) {
            return;
        }
        if (motor) {
            servo(a, needed);
        } else {
            double f = needed / stiffness;
            a.gainprm[0] *= f;
            a.biasprm[0] *= f;
            a.biasprm[1] *= f;
            a.biasprm[2] *= Math.sqrt(f);
        }
        notes.add(
                new Problem(
                        Problem.Severity.NOTE,
                        "actuator \"" + a.name + "\"",
                        motor
                                ? String.format(
                                        Locale.ROOT,
                                        "drives fingers by force; a position servo of stiffness"
                                                + " %.3g is taken instead",
                                        needed)
                                : String.format(
                                        Locale.ROOT,
                                        "would press with less than %.2g N on a thing; its gains"
                                                + " are raised %.3g times",
                                        stiffness * 0.3 * way * way / e.aperture(),
                                        needed / Math.max(1e-12, stiffness))));
    }

    /** Joints so damped that the fingers would take seconds to close are damped less. */
    private void quicken(BodyFacts.Effector e, Spec.Actuator a, double way) {
        boolean limited = a.forcerange[0] < a.forcerange[1];
        double grip = 0.3 * GRIP * e.aperture() / way;
        double force = limited ? Math.min(grip, 0.5 * a.forcerange[1]) : grip;
        double damping = 0;
        for (int k = 0; k < e.joints().size(); k++) {
            double rate = (e.openPosition()[k] - e.closedPosition()[k]) / way;
            Spec.Joint j = joints.get(e.joints().get(k));
            damping += j == null ? 0 : j.damping[0] * rate * rate;
        }
        double seconds = damping * way / force;
        if (seconds <= SLOW) {
            return;
        }
        for (String name : e.joints()) {
            joints.get(name).damping[0] *= SLOW / seconds;
        }
        notes.add(
                new Problem(
                        Problem.Severity.NOTE,
                        "effector \"" + e.name() + "\"",
                        String.format(
                                Locale.ROOT,
                                "would take %.1f s to close; the damping of its joints is taken"
                                        + " %.0f times smaller",
                                seconds,
                                seconds / SLOW)));
    }

    /** A servo over the fingers' way in place of a motor. */
    private static void servo(Spec.Actuator a, double stiffness) {
        a.biastype = 1;
        a.gainprm[0] = stiffness;
        a.biasprm[1] = -stiffness;
        a.biasprm[2] = -0.02 * stiffness;
        a.ctrlrange = new double[] {0, 0};
        a.ctrllimited = Spec.Auto.FALSE;
    }

    private Spec.Actuator drive(BodyFacts.Effector e) {
        return spec.actuators.stream()
                .filter(a ->
                        a.trntype == 0 && e.joints().contains(a.target)
                                || a.trntype == 3 && tendon(a, e) != null)
                .findFirst()
                .orElse(null);
    }

    private Spec.Tendon tendon(Spec.Actuator a, BodyFacts.Effector e) {
        return spec.tendons.stream()
                .filter(t -> t.name.equals(a.target) && !t.spatial)
                .filter(t -> t.path.stream().anyMatch(w -> e.joints().contains(w.object)))
                .findFirst()
                .orElse(null);
    }

    private double length(Spec.Actuator a, BodyFacts.Effector e, boolean open) {
        double[] at = open ? e.openPosition() : e.closedPosition();
        if (a.trntype == 0) {
            return a.gear[0] * at[e.joints().indexOf(a.target)];
        }
        double sum = 0;
        for (Spec.Wrap w : tendon(a, e).path) {
            int k = e.joints().indexOf(w.object);
            Spec.Joint j = joints.get(w.object);
            sum += k < 0 || j == null ? 0 : w.value * at[k];
        }
        return a.gear[0] * sum;
    }
}
