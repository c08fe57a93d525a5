package org.openkaiwu.body;

/**
 * A height field.
 *
 * @param name the asset's name
 * @param nrow rows (y)
 * @param ncol columns (x)
 * @param size half size x, half size y, elevation of the largest value, depth of the base, m
 * @param data nrow x ncol heights scaled to [0, 1], row-major
 */
public record HfieldAsset(String name, int nrow, int ncol, double[] size, float[] data) {}
