package org.openkaiwu.skill;

import java.util.List;
import java.util.Optional;
import org.openkaiwu.robot.Telemetry;

/** Does something with a held thing, and fails as soon as the hand has lost it. */
final class Gripped extends Node {
    /** Fingers that have closed by so much more than when they gripped hold nothing. */
    private static final double CLOSED = 0.08;

    /** Time without the fingers being stopped by anything, s. */
    private static final double TIME = 0.4;

    private final String label;
    private final Node work;
    private double loose;

    Gripped(String label, Node work) {
        super("hold " + label);
        this.label = label;
        this.work = work;
    }

    @Override
    public List<Node> children() {
        return List.of(work);
    }

    @Override
    protected Status run(Agent agent) {
        Optional<Agent.Holding> holding = agent.holdingOf(label);
        if (holding.isPresent()) {
            Telemetry.EffectorState e = agent.telemetry().effectors().get(holding.get().effector());
            loose = e.gripping() ? 0 : loose + agent.period();
            if (loose > TIME || e.opening() < holding.get().opening() - CLOSED) {
                agent.letGo(holding.get().effector());
                agent.tracker().forget(label);
                return lost(label);
            }
        }
        return work.tick(agent);
    }

    /** What a thing that left the hand on the way is told as. */
    static Status lost(String label) {
        return Status.failure(
                "dropped", "I lost hold of " + label + " on the way.", label + "在途中掉了。");
    }

    @Override
    protected void onReset() {
        loose = 0;
    }
}
