/** Channels to the outside, recordings. */
package org.openkaiwu.wire;
