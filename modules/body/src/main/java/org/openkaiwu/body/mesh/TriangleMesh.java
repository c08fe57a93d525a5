package org.openkaiwu.body.mesh;

/**
 * Triangles over shared vertices.
 *
 * @param vertices x y z of each vertex, in the file's unit and frame (Collada: metres, z up)
 * @param triangles three vertex indices a triangle, counter-clockwise seen from outside
 */
public record TriangleMesh(double[] vertices, int[] triangles) {
    public int vertexCount() {
        return vertices.length / 3;
    }

    public int triangleCount() {
        return triangles.length / 3;
    }
}
