/**
 * Reads URDF robot descriptions and SRDF files beside them.
 *
 * <p>{@link org.openkaiwu.body.urdf.UrdfReader} keeps every link as a body, keeps visuals for
 * pictures, and survives what published files get wrong (missing meshes, impossible inertias,
 * massless links), saying so in {@link org.openkaiwu.body.Spec#problems}. {@link
 * org.openkaiwu.body.urdf.UrdfReader.Dialect#MUJOCO} reads the file as MuJoCo would instead.
 */
package org.openkaiwu.body.urdf;
