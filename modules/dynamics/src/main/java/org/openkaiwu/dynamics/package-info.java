/**
 * Kinematics and dynamics of a {@link org.openkaiwu.body.Machine}, on flat arrays.
 *
 * <p>A {@link org.openkaiwu.dynamics.TreeData} holds one configuration and what is computed from
 * it; a {@link org.openkaiwu.dynamics.Tree} the index arrays, shared. The algorithms are static
 * methods {@code run(machine, data)}, in this order: {@link org.openkaiwu.dynamics.Kinematics}
 * (frames), {@link org.openkaiwu.dynamics.ComPos} (mass centres, motion axes), {@link
 * org.openkaiwu.dynamics.Crb} and {@link org.openkaiwu.dynamics.FactorM} (inertia matrix), {@link
 * org.openkaiwu.dynamics.ComVel} (velocities), {@link org.openkaiwu.dynamics.Rne} (bias forces,
 * inverse dynamics). {@link org.openkaiwu.dynamics.Jacobian} and {@link
 * org.openkaiwu.dynamics.Velocity} answer for points fixed to bodies, {@link
 * org.openkaiwu.dynamics.Integrate} adds and subtracts configurations.
 *
 * <pre>{@code
 * TreeData d = new TreeData(machine);
 * d.qpos[0] = 0.3;
 * Kinematics.run(machine, d);
 * ComPos.run(machine, d);
 * Jacobian.site(machine, d, site, jacp, jacr);
 * }</pre>
 */
package org.openkaiwu.dynamics;
