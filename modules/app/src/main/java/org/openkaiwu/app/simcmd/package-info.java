/**
 * The {@code kaiwu sim} commands: the physics engine by itself. {@link
 * org.openkaiwu.app.simcmd.Reference} reads reference numbers, {@link
 * org.openkaiwu.app.simcmd.Fidelity} compares an engine run with them, {@link
 * org.openkaiwu.app.simcmd.FidelityTable} writes the table.
 */
package org.openkaiwu.app.simcmd;
