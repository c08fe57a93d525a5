/**
 * Soft constraints and their solvers, as MuJoCo 3.14 defines them.
 *
 * <p>A step goes through the files in this order: {@link org.openkaiwu.physics.constraint.RowMaker}
 * turns equalities, friction loss, limits and contacts into the rows of {@link
 * org.openkaiwu.physics.constraint.Rows}; {@link org.openkaiwu.physics.constraint.Impedance} gives
 * them stiffness, damping and regularization; {@link org.openkaiwu.physics.constraint.Reference}
 * the reference acceleration; {@link org.openkaiwu.physics.constraint.Islands} splits them into
 * independent {@link org.openkaiwu.physics.constraint.Problem}s, which {@link
 * org.openkaiwu.physics.constraint.PrimalSolver} (Newton, conjugate gradients) or {@link
 * org.openkaiwu.physics.constraint.DualSolver} (projected Gauss-Seidel, no-slip) solve. {@link
 * org.openkaiwu.physics.constraint.ConstraintStage} is the door.
 *
 * <p>What is solved, with a the acceleration and s the convex cost of the rows (E. Todorov, "Convex
 * and analytically-invertible dynamics with contacts and constraints", ICRA 2014):
 *
 * <pre>min over a:  1/2 (a - a_smooth)' M (a - a_smooth) + s(J a - aref)</pre>
 */
package org.openkaiwu.physics.constraint;
