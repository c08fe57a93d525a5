package org.openkaiwu.body.file;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.openkaiwu.body.Spec;
import org.openkaiwu.body.infer.BodyFacts;
import org.openkaiwu.math.Problem;

/**
 * Speed drives of wheels that their joints' own damping outweighs: such a wheel turns at a part of
 * the speed that it is told, and a base on it drifts instead of standing while others turn.
 */
final class WheelDrives {
    /** A drive is this many times stronger than the damping that it works against. */
    private static final double FIRM = 20;

    /** Weaker than this in the same measure is made firmer. */
    private static final double WEAK = 8;

    private static final double GRAVITY = 9.81;

    /** Friction of a tyre that is turned on its spot: with more, a wide one kicks the base. */
    private static final double TYRE = 1;

    private WheelDrives() {}

    /** Steered wheels whose tyres stick to the floor like glue get those of rubber. */
    static void tyres(BodyFacts facts, Map<String, Spec.Body> bodies, List<Problem> notes) {
        boolean changed = false;
        for (BodyFacts.Wheel w : facts.wheels()) {
            for (Spec.Body b : bodies.values()) {
                boolean own = b.joints.stream().anyMatch(j -> j.name.equals(w.joint()));
                if (!own || w.steer().isEmpty()) {
                    continue;
                }
                for (Spec.Geom g : b.geoms) {
                    if (g.friction[0] > TYRE) {
                        g.friction = new double[] {TYRE, 0.005, 1e-4};
                        changed = true;
                    }
                }
            }
        }
        if (changed) {
            notes.add(
                    new Problem(
                            Problem.Severity.NOTE,
                            "wheels",
                            "steered wheels are taken to have friction 1: with more they kick the"
                                    + " base when they turn on their spot"));
        }
    }

    /** Raises gains; {@code mass} of the machine, kg. */
    static void firm(
            Spec spec,
            BodyFacts facts,
            double mass,
            Map<String, Spec.Joint> joints,
            List<Problem> notes) {
        List<String> changed = new ArrayList<>();
        for (BodyFacts.Wheel w : facts.wheels()) {
            for (Spec.Actuator a : spec.actuators) {
                Spec.Joint joint = joints.get(w.joint());
                boolean own = a.trntype == 0 && a.target.equals(w.joint()) && joint != null;
                boolean speed = a.biastype == 1 && a.biasprm[1] == 0 && a.biasprm[2] < 0;
                if (!w.driven() || !own || !speed || a.gaintype != 0 || a.dyntype != 0) {
                    continue;
                }
                double gear = a.gear[0] == 0 ? 1 : a.gear[0];
                double has = -a.biasprm[2] * gear * gear;
                if (has < WEAK * joint.damping[0]) {
                    // it also gets the base going: half its weight's thrust at 2 rad/s too slow
                    double push = 0.25 * mass * GRAVITY * w.radius();
                    double by = Math.max(FIRM * joint.damping[0], push) / has;
                    a.gainprm[0] *= by;
                    a.biasprm[2] *= by;
                    changed.add(a.name);
                }
            }
        }
        if (!changed.isEmpty()) {
            notes.add(
                    new Problem(
                            Problem.Severity.NOTE,
                            "actuators",
                            "wheels would turn slower than told against their joints' damping;"
                                    + " gains are raised: "
                                    + String.join(", ", changed)));
        }
    }
}
