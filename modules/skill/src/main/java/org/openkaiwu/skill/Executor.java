package org.openkaiwu.skill;

import java.util.Optional;
import org.openkaiwu.math.Text;

/** Runs a tree to its end, tick by tick. */
public final class Executor {
    /** Called after each tick, e.g. to record or to show it. */
    public interface Watcher {
        /** The tick that just ended; {@code running} is the tree. */
        void ticked(Agent agent, Node running);

        /** Asked before each tick: a reason to stop, from outside. */
        default Optional<Text> stop() {
            return Optional.empty();
        }
    }

    private final Agent agent;
    private final Watcher watcher;

    public Executor(Agent agent, Watcher watcher) {
        this.agent = agent;
        this.watcher = watcher;
    }

    /**
     * Ticks the tree until it ends or {@code limit} seconds have passed.
     *
     * @return how it ended; never RUNNING
     */
    public Status run(Node tree, double limit) {
        double end = agent.telemetry().time() + limit;
        while (true) {
            agent.sense();
            Optional<Text> stop = watcher.stop();
            if (stop.isPresent()) {
                return new Status.Failure("stopped", stop.get());
            }
            Status s = tree.tick(agent);
            Optional<Text> refused = agent.act();
            watcher.ticked(agent, tree);
            if (refused.isPresent()) {
                return new Status.Failure("guard", refused.get());
            }
            if (!(s instanceof Status.Running)) {
                return s;
            }
            if (agent.telemetry().time() >= end) {
                return Status.failure(
                        "timeout",
                        "It took longer than " + (int) limit + " s.",
                        "超过了 " + (int) limit + " 秒。");
            }
        }
    }
}
