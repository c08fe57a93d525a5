/**
 * Scenes made live.
 *
 * <p>{@link org.openkaiwu.sim.Bodies} reads a shipped body, {@link org.openkaiwu.sim.SceneData} a
 * scene; {@link org.openkaiwu.sim.SceneBuilder} fits the scene to the body and makes a {@link
 * org.openkaiwu.sim.Scenario}: a physics world, a guarded robot in it, the truth and a judge.
 *
 * <pre>{@code
 * NamedBody body = Bodies.load(root, "so101");
 * SceneData scene = SceneData.load(root, "tabletop");
 * Scenario run = SceneBuilder.build(scene, body, 1);
 * run.robot().command(Command.keep(run.robot().model().joints().size()));
 * run.robot().tick();
 * boolean done = run.judge().holds("in", "red_cube", "tray");
 * }</pre>
 *
 * The map frame of a scenario has its origin on the floor under the place where the robot starts, x
 * to the robot's front, z up.
 */
package org.openkaiwu.sim;
