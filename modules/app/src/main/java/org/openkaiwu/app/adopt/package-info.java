/**
 * Makes a robot file ready to run: overlapping neighbours, where it works, how it rests, what it
 * sees, how its fingers hold. Everything is found by geometry and search, nothing by name.
 */
package org.openkaiwu.app.adopt;
