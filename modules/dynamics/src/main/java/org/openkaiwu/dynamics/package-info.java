/** Kinematics, dynamics, Jacobians. */
package org.openkaiwu.dynamics;
