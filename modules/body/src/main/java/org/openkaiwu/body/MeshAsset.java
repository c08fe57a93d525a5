package org.openkaiwu.body;

/**
 * A triangle mesh and its convex hull, in one frame.
 *
 * @param name the asset's name
 * @param vertices x y z of each vertex, m
 * @param triangles three vertex indices a triangle, counter-clockwise seen from outside
 * @param hullVertices indices into {@code vertices} of the hull's corners, ascending
 * @param hullTriangles three positions in {@code hullVertices} a hull triangle, outward; empty when
 *     no hull was asked for
 * @param hullNeighbours for each position in {@code hullVertices} its neighbours on the hull
 * @param pos the mesh frame (origin at the mass centre) in the file's frame, m
 * @param quat the mesh frame (principal axes) in the file's frame, w x y z
 */
public record MeshAsset(
        String name,
        double[] vertices,
        int[] triangles,
        int[] hullVertices,
        int[] hullTriangles,
        int[][] hullNeighbours,
        double[] pos,
        double[] quat) {}
