/** Understanding by itself: a sentence over a scene, nothing moves. */
package org.openkaiwu.app.understand;
