/** Inverse kinematics, planning, timing. */
package org.openkaiwu.motion;
