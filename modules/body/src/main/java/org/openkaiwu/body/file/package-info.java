/**
 * Robot files as a whole: reading any of them, completing what a file leaves open so that the
 * machine can run, writing MJCF.
 */
package org.openkaiwu.body.file;
