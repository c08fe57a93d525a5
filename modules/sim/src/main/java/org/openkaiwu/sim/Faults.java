package org.openkaiwu.sim;

import java.util.Set;
import java.util.TreeSet;

/**
 * Faults that a test injects into a simulated robot; none by default.
 *
 * <p>{@link #frictionless} counts when the world is built, the others at any time.
 */
public final class Faults {
    /** Pads and things have no friction. */
    public final boolean frictionless;

    private final Set<String> open = new TreeSet<>();
    private boolean deaf;
    private boolean blind;

    public Faults() {
        this(false);
    }

    public Faults(boolean frictionless) {
        this.frictionless = frictionless;
    }

    /** The drive of that effector opens, whatever is commanded. */
    public void openHand(String effector) {
        open.add(effector);
    }

    /** Commands no longer arrive; the drives keep their last targets. */
    public void deaf(boolean on) {
        deaf = on;
    }

    /** Cameras see nothing. */
    public void blind(boolean on) {
        blind = on;
    }

    boolean opens(String effector) {
        return open.contains(effector);
    }

    boolean isDeaf() {
        return deaf;
    }

    boolean isBlind() {
        return blind;
    }
}
