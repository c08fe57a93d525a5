/**
 * One run: a sentence, a body, a scene, a seed.
 *
 * <p>{@link org.openkaiwu.app.run.Run} wires the rooms together and carries the sentence out;
 * {@link org.openkaiwu.app.run.RunReport} is what came of it; {@link
 * org.openkaiwu.app.run.Recorder} turns it into records for the log and the page.
 */
package org.openkaiwu.app.run;
