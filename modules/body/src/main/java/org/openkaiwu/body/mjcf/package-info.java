/**
 * Reader of MJCF, MuJoCo's model files.
 *
 * <p>{@code MjcfReader} goes through a file section by section: {@code Source} resolves includes,
 * {@code Grammar} refuses what MJCF does not know, {@code Defaults} keeps the default classes,
 * {@code Tree} walks the bodies, and {@code Parts}, {@code Actuators}, {@code Sensors}, {@code
 * Assets} and {@code Sections} fill a {@link org.openkaiwu.body.Spec}.
 */
package org.openkaiwu.body.mjcf;
