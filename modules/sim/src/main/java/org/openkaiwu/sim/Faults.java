package org.openkaiwu.sim;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
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
    private final Map<String, Double> pressed = new TreeMap<>();
    private boolean fenced;
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

    /** The force sensor of that effector reads so much more, N. */
    public void press(String effector, double force) {
        pressed.put(effector, force);
    }

    /** The fence has moved: wherever the robot is or goes, it is outside. */
    public void fence(boolean on) {
        fenced = on;
    }

    double pressing(String effector) {
        return pressed.getOrDefault(effector, 0.0);
    }

    boolean isFenced() {
        return fenced;
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
