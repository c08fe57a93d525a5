package org.openkaiwu.motion;

/** Says whether a configuration may be occupied: within limits, touching nothing forbidden. */
@FunctionalInterface
public interface Validity {
    /** Everything is allowed. */
    Validity ALWAYS = q -> true;

    /**
     * Asks for one configuration.
     *
     * @param q joint positions, rad or m; not kept and not written
     */
    boolean valid(double[] q);
}
