/** Measurements by fault injection and long use: grasps, stops, memory; each command one table. */
package org.openkaiwu.app.measure;
