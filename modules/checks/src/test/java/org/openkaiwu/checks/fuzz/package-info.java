/**
 * Readers under random bytes: targets, their committed seeds as a test, and the fuzzer's way in.
 */
package org.openkaiwu.checks.fuzz;
