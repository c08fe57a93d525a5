package org.openkaiwu.skill;

import java.util.ArrayList;
import java.util.List;
import org.openkaiwu.body.infer.BodyFacts;
import org.openkaiwu.robot.RobotModel;

/** The hands of a machine, each with the chain that carries it. */
public final class Embodiment {
    private final List<Hand> hands = new ArrayList<>();
    private final List<Hand> pushers = new ArrayList<>();

    Embodiment(RobotModel model) {
        for (BodyFacts.Effector e : model.facts().effectors()) {
            Hand hand = new Hand(model, e);
            pushers.add(hand);
            if (e.kind() != BodyFacts.EffectorKind.BARE) {
                hands.add(hand);
            }
        }
    }

    /** Hands that can hold things. */
    public List<Hand> hands() {
        return List.copyOf(hands);
    }

    /** All ends of arms, with a hand or without: what can push. */
    public List<Hand> pushers() {
        return List.copyOf(pushers);
    }

    /** The hand of that name. */
    public Hand arm(String effector) {
        return hands.stream()
                .filter(h -> h.name().equals(effector))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no hand " + effector));
    }
}
