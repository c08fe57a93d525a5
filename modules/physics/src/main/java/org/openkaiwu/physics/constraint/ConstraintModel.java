package org.openkaiwu.physics.constraint;

import org.openkaiwu.body.Machine;
import org.openkaiwu.dynamics.Tree;

/**
 * What the constraint stage reads of a model, shared by all worlds: the machine, its index arrays,
 * and the inverse weights that were measured at {@code qpos0}. The arrays are kept, not copied.
 *
 * @param machine the machine
 * @param tree its index arrays
 * @param bodyInvweight0 mean translational and rotational inverse inertia. Shape nbody x 2
 * @param dofInvweight0 diagonal of the inverse inertia. Shape nv
 * @param tendonInvweight0 {@code J M^-1 J'} of the tendons. Shape ntendon
 * @param tendonLength0 length at {@code qpos0}, m or rad. Shape ntendon
 * @param meaninertia mean of the diagonal of M at {@code qpos0}
 * @param solvers lent to the worlds
 */
public record ConstraintModel(
        Machine machine,
        Tree tree,
        double[] bodyInvweight0,
        double[] dofInvweight0,
        double[] tendonInvweight0,
        double[] tendonLength0,
        double meaninertia,
        Solvers solvers) {}
