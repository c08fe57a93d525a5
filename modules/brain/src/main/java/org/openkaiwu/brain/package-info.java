/**
 * Understanding, goals, planning over skills, dialogue.
 *
 * <p>A sentence becomes an {@link org.openkaiwu.brain.Understanding} over a {@link
 * org.openkaiwu.brain.Setting} (what the believed world and the body offer to speak about), and its
 * {@link org.openkaiwu.brain.Goal} becomes a plan of skills.
 */
package org.openkaiwu.brain;
