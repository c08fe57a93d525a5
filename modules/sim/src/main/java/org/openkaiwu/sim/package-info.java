/** Scenes made live, simulated robots, truth and judges. */
package org.openkaiwu.sim;
