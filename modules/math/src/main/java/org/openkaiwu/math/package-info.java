/**
 * Rotations, vectors, seeded streams and reports: what every room may use.
 *
 * <p>Values ({@link org.openkaiwu.math.Vec3}, {@link org.openkaiwu.math.Quat}, {@link
 * org.openkaiwu.math.Pose}) are records for code that runs a few times a tick. Numeric rooms work
 * on flat {@code double[]} with offsets through {@link org.openkaiwu.math.Flat}, which allocates
 * nothing. Quaternions are {@code w x y z}, Hamilton convention; matrices are row-major; all units
 * are SI and radians.
 */
package org.openkaiwu.math;
