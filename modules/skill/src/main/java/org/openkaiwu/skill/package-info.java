/**
 * Skills, behaviour trees and the executor.
 *
 * <p>A {@link org.openkaiwu.skill.Skill} is described as data ({@link
 * org.openkaiwu.skill.SkillSpec}: parameters, abilities needed, what must hold before and after,
 * failures) and makes a {@link org.openkaiwu.skill.Node} for a {@link
 * org.openkaiwu.skill.SkillCall}. The {@link org.openkaiwu.skill.Executor} ticks the tree:
 * telemetry in, belief updated, one command out through the guard. A node never reads anything but
 * the {@link org.openkaiwu.skill.Agent}: telemetry and belief, not the truth.
 */
package org.openkaiwu.skill;
