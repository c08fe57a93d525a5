/**
 * Simulation of a machine with MuJoCo 3.14's published model of forces, soft constraints and
 * sensors. A {@link org.openkaiwu.physics.Model} is shared, a {@link org.openkaiwu.physics.World}
 * is one state; {@code world.step()} is the whole interface of a simulation.
 *
 * <p>A step goes through the files in this order: tendons, wrapping, transmission, (contacts and
 * constraint rows of the rooms beside), passive, fluid, actuation, muscle, motor, acceleration,
 * (constraint solver), sensors, integrators. Numbers are the same on every machine and every time.
 */
package org.openkaiwu.physics;
