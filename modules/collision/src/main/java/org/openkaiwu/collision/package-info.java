/** Shapes, distance, contact manifolds. */
package org.openkaiwu.collision;
