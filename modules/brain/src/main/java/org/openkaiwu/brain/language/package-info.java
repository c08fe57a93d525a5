/**
 * From words to goals, Chinese and English, without a network.
 *
 * <p>Each step is a value: {@link org.openkaiwu.brain.language.Lattice} holds the tokens that the
 * words allow, {@link org.openkaiwu.brain.language.Chart} reads them by the grammar into a few
 * {@link org.openkaiwu.brain.language.Meaning} trees with costs, {@link
 * org.openkaiwu.brain.language.Interpreter} resolves a tree over a {@link
 * org.openkaiwu.brain.Setting} into a goal, and {@link org.openkaiwu.brain.language.Understander}
 * weighs the readings: act, ask or refuse. Words and rules are data in {@code words/}.
 */
package org.openkaiwu.brain.language;
