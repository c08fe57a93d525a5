package org.openkaiwu.physics.constraint;

import org.openkaiwu.collision.ContactBuffer;
import org.openkaiwu.dynamics.TreeData;

/**
 * What the constraint stage reads of one world: references to the world's own arrays, bound once.
 * Only {@link ContactBuffer#efcAddress}, {@link ContactBuffer#mu} and {@link ContactBuffer#exclude}
 * are written.
 */
public final class ConstraintInput {
    /** Configuration, velocity, frames, motion axes, inertia matrix and its factor. */
    public TreeData data;

    /** Contacts of the configuration. */
    public ContactBuffer contacts;

    /**
     * Matrix that takes the place of M, in its layout: the effective inertia of the discrete
     * integrator. Null: M itself. Shape of {@code data.qM}
     */
    public double[] metric;

    /** Equality is switched on. Shape neq. */
    public boolean[] eqActive = new boolean[0];

    /** Tendon lengths. Shape ntendon. */
    public double[] tenLength = new double[0];

    /** Where the Jacobian of a tendon begins. Shape ntendon + 1. */
    public int[] tenJRowadr = {0};

    /** Dofs of the tendon Jacobians, ascending within a tendon. */
    public int[] tenJColind = new int[0];

    /** Tendon Jacobians, sparse rows. */
    public double[] tenJ = new double[0];

    /** Acceleration without constraints. Shape nv. */
    public double[] qaccSmooth = new double[0];

    /** Force without constraints: {@code M qaccSmooth}. Shape nv. */
    public double[] qfrcSmooth = new double[0];

    /** Where the solver may start; not written. Shape nv. */
    public double[] qaccWarmstart = new double[0];

    /** The first {@code ntree} say which trees sleep; null when none does. Shape ntree. */
    public boolean[] treeAsleep;
}
