package org.openkaiwu.skill;

import java.util.List;
import java.util.Optional;

/**
 * A node of a behaviour tree. It is ticked until it returns something else than RUNNING; afterwards
 * it is not ticked again unless it was {@linkplain #reset() reset}.
 */
public abstract class Node {
    private final String name;
    private Optional<Status> last = Optional.empty();

    protected Node(String name) {
        this.name = name;
    }

    public final String name() {
        return name;
    }

    /** Result of the last tick; empty when idle. */
    public final Optional<Status> last() {
        return last;
    }

    /** Children, in order; empty for a leaf. */
    public List<Node> children() {
        return List.of();
    }

    /** One tick. */
    public final Status tick(Agent agent) {
        Status s = run(agent);
        last = Optional.of(s);
        return s;
    }

    /** Back to idle, children too. */
    public final void reset() {
        last = Optional.empty();
        onReset();
        children().forEach(Node::reset);
    }

    /** The work of one tick. */
    protected abstract Status run(Agent agent);

    /** Clears what the node remembers. */
    protected void onReset() {}
}
