/** Skills, behaviour trees, the executor. */
package org.openkaiwu.skill;
