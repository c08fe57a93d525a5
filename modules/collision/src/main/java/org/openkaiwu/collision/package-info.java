/**
 * Contacts, distances and rays between the shapes of a machine.
 *
 * <p>{@link org.openkaiwu.collision.Collider} finds all contacts of a configuration, with the
 * rules, numbers and order of MuJoCo 3.14, and writes them to a {@link
 * org.openkaiwu.collision.ContactBuffer}. Its stages: {@code BroadPhase} (which bodies may touch),
 * filters of geom pairs, {@code NarrowPhase} (one class for each kind of shape), and {@code
 * ContactParameters} (friction and softness of a contact).
 */
package org.openkaiwu.collision;
