/**
 * Channels to the outside and recordings.
 *
 * <p>{@link org.openkaiwu.wire.PageServer} serves the console page and streams a run to it; {@link
 * org.openkaiwu.wire.RunLog} writes and reads the log of a run. Both carry what the application
 * gives them and know nothing of physics.
 */
package org.openkaiwu.wire;
