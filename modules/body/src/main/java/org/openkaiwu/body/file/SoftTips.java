package org.openkaiwu.body.file;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.openkaiwu.body.Spec;
import org.openkaiwu.body.infer.BodyFacts;
import org.openkaiwu.body.infer.BodyFacts.EffectorKind;
import org.openkaiwu.math.Problem;

/**
 * Fingertips on springs that give way under a usual grip: what they hold turns them off it and
 * creeps out of the hand. Springs of linkages, which equalities or tendons tie, are left alone.
 */
final class SoftTips {
    /** Stiffness at which a grip of 20 N, two centimetres off, turns a tip by 1.5 degrees. */
    private static final double HINGE = 15;

    /** Stiffness at which the same grip moves a tip by a millimetre, N/m. */
    private static final double SLIDE = 20_000;

    private final Spec spec;
    private final Map<String, Spec.Body> bodies;
    private final List<Problem> notes;

    SoftTips(Spec spec, Map<String, Spec.Body> bodies, List<Problem> notes) {
        this.spec = spec;
        this.bodies = bodies;
        this.notes = notes;
    }

    /** Stiffens the springs of the hands' tips. */
    void firm(BodyFacts facts) {
        Set<String> used = used();
        for (BodyFacts.Effector e : facts.effectors()) {
            if (e.kind() != EffectorKind.PARALLEL_GRIPPER && e.kind() != EffectorKind.JAW) {
                continue;
            }
            List<String> firmed = new ArrayList<>();
            for (Spec.Body b : bodies.values()) {
                if (b.joints.stream().anyMatch(j -> e.joints().contains(j.name))) {
                    b.bodies.forEach(tip -> firm(tip, used, firmed));
                }
            }
            if (!firmed.isEmpty()) {
                notes.add(
                        new Problem(
                                Problem.Severity.NOTE,
                                "effector \"" + e.name() + "\"",
                                "its tips give way under a usual grip; their springs are taken to"
                                        + " be stiffer: "
                                        + String.join(", ", firmed)));
            }
        }
    }

    /** Names that equalities, tendons and actuators work on. */
    private Set<String> used() {
        Set<String> out = new TreeSet<>();
        spec.equalities.forEach(e -> out.addAll(List.of(e.obj1, e.obj2)));
        spec.tendons.forEach(t -> t.path.forEach(w -> out.add(w.object)));
        spec.actuators.forEach(a -> out.add(a.target));
        return out;
    }

    private static boolean tied(Spec.Body b, Set<String> used) {
        return used.contains(b.name)
                || b.joints.stream().anyMatch(j -> used.contains(j.name))
                || b.sites.stream().anyMatch(s -> used.contains(s.name))
                || b.bodies.stream().anyMatch(c -> tied(c, used));
    }

    private static void firm(Spec.Body tip, Set<String> used, List<String> firmed) {
        if (tied(tip, used)) {
            return;
        }
        for (Spec.Joint j : tip.joints) {
            double firm = j.type == 2 ? SLIDE : HINGE;
            if (j.type >= 2 && j.stiffness[0] > 0 && j.stiffness[0] < firm) {
                double by = firm / j.stiffness[0];
                j.stiffness[0] = firm;
                j.damping[0] *= by;
                firmed.add(j.name);
            }
        }
        tip.bodies.forEach(c -> firm(c, used, firmed));
    }
}
