/**
 * Pictures of a world as its cameras take them: colour, depth and which geom, by a software
 * rasterizer, so that they need no graphics card and are the same to the bit everywhere.
 */
package org.openkaiwu.physics.render;
