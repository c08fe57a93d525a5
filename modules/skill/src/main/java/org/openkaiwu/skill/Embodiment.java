package org.openkaiwu.skill;

import java.util.ArrayList;
import java.util.List;
import org.openkaiwu.body.infer.BodyFacts;
import org.openkaiwu.robot.RobotModel;

/** The hands of a machine, each with the chain that carries it. */
public final class Embodiment {
    private final List<Hand> hands = new ArrayList<>();

    Embodiment(RobotModel model) {
        for (BodyFacts.Effector e : model.facts().effectors()) {
            if (e.kind() != BodyFacts.EffectorKind.BARE) {
                hands.add(new Hand(model, e));
            }
        }
    }

    /** Hands that can hold things. */
    public List<Hand> hands() {
        return List.copyOf(hands);
    }

    /** The hand of that name. */
    public Hand arm(String effector) {
        return hands.stream()
                .filter(h -> h.name().equals(effector))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no hand " + effector));
    }
}
