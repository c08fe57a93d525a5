/**
 * The description of a machine.
 *
 * <p>The way of a file: a reader ({@code org.openkaiwu.body.mjcf}, {@code org.openkaiwu.body.urdf})
 * makes a {@link org.openkaiwu.body.Spec} (elements as written, defaults applied, units SI and
 * radians); {@link org.openkaiwu.body.Compiler} resolves frames, meshes and inertias into a {@link
 * org.openkaiwu.body.Machine}, flat arrays that every algorithm reads; {@code
 * org.openkaiwu.body.infer} finds limbs, effectors and abilities in a Machine.
 */
package org.openkaiwu.body;
