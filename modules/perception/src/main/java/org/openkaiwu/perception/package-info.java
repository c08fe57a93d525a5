/**
 * From sightings to the believed world.
 *
 * <p>{@link org.openkaiwu.perception.Catalogue} and {@link org.openkaiwu.perception.WorldMap} are
 * what a robot knows before it looks (kinds of things with their sizes and names; rooms and
 * furniture). {@link org.openkaiwu.perception.Belief} is what it makes of what it saw: never the
 * truth, and what was not seen is not known.
 */
package org.openkaiwu.perception;
