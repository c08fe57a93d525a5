/** What follows from a machine's tree alone: base, limbs, effectors, feet, wheels, abilities. */
package org.openkaiwu.body.infer;
