package org.openkaiwu.body.mesh;

/**
 * Convex hull of a set of points.
 *
 * @param dimension 3 for a solid hull; 2, 1 or 0 when all points lie in one plane, on one line, in
 *     one place: then the arrays are empty
 * @param vertices indices of the hull's corners among the points, ascending
 * @param triangles three positions in {@code vertices} a triangle, counter-clockwise seen from
 *     outside
 * @param neighbours for each position in {@code vertices} the positions that share an edge with it,
 *     ascending
 */
public record ConvexHull(int dimension, int[] vertices, int[] triangles, int[][] neighbours) {

    /**
     * The hull of all points.
     *
     * <p>Corners are the extreme points: points inside a flat face or on a straight edge are no
     * corners, and of several equal points the first is taken. Every point is inside or within
     * 1e-12 of the largest extent. The same points in the same order give the same result.
     *
     * @param points x y z of each point, finite
     */
    public static ConvexHull of(double[] points) {
        return of(points, -1);
    }

    /**
     * The hull, or an inner approximation with at most {@code maxVertices} corners.
     *
     * @param points x y z of each point, finite
     * @param maxVertices at least 4; -1 for no limit
     */
    public static ConvexHull of(double[] points, int maxVertices) {
        return new QuickHull(points).run(maxVertices < 0 ? Integer.MAX_VALUE : maxVertices);
    }
}
