package org.openkaiwu.skill;

import java.util.List;

/**
 * Does something with a thing between two hands; when it is lost, it is no longer believed there.
 */
final class ClaspHeld extends Node {
    private final String label;
    private final Node work;

    ClaspHeld(String label, Node work) {
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
        Status s = work.tick(agent);
        if (s instanceof Status.Failure f && f.code().equals("dropped")) {
            agent.holdingOf(label).ifPresent(h -> agent.letGo(h.effector()));
            return Gripped.lost(label);
        }
        return s;
    }
}
