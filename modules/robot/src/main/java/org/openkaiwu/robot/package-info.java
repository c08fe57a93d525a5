/**
 * The seam between a brain and a machine, simulated or real.
 *
 * <p>A {@link org.openkaiwu.robot.Robot} takes one {@link org.openkaiwu.robot.Command} a tick and
 * gives one {@link org.openkaiwu.robot.Telemetry}. Nobody above this room holds a bare Robot: they
 * hold a {@link org.openkaiwu.robot.Guard}, which checks every command. The world frame of a run is
 * fixed at its start (the map's frame for a robot that moves about).
 */
package org.openkaiwu.robot;
