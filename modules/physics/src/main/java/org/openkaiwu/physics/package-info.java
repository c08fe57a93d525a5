/** The model, the world and its step. */
package org.openkaiwu.physics;
