package org.openkaiwu.body.mesh;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.openkaiwu.math.InputException;

/** Collects vertices and triangles of one file, and refuses more than a robot's part can need. */
final class MeshBuilder {
    /** More triangles than this are refused. */
    static final int MAX_TRIANGLES = 4_000_000;

    private static final int MAX_VERTICES = 6_000_000;

    /** Coordinates beyond this are refused, as MuJoCo does. */
    private static final double MAX_COORDINATE = 1 << 30;

    /** A corner by the bits of its single-precision coordinates. */
    private record Corner(int x, int y, int z) {}

    private final String where;
    private double[] vertices = new double[192];
    private int[] triangles = new int[192];
    private int nvertex;
    private int ntriangle;
    private final Map<Corner, Integer> corners = new LinkedHashMap<>();

    MeshBuilder(String where) {
        this.where = where;
    }

    int vertexCount() {
        return nvertex;
    }

    /** Adds a vertex; returns its index. */
    int vertex(double x, double y, double z, String place) {
        if (!(Math.abs(x) <= MAX_COORDINATE
                && Math.abs(y) <= MAX_COORDINATE
                && Math.abs(z) <= MAX_COORDINATE)) {
            throw new InputException(
                    where,
                    place + ": coordinate is not a finite number below 2^30; export it again");
        }
        if (nvertex >= MAX_VERTICES) {
            throw new InputException(
                    where, place + ": more than " + MAX_VERTICES + " vertices; reduce the mesh");
        }
        if (3 * nvertex + 3 > vertices.length) {
            vertices = Arrays.copyOf(vertices, vertices.length * 2);
        }
        vertices[3 * nvertex] = x;
        vertices[3 * nvertex + 1] = y;
        vertices[3 * nvertex + 2] = z;
        return nvertex++;
    }

    /** Adds a vertex unless one with the same bits is there; returns its index. */
    int welded(float x, float y, float z, String place) {
        Corner key =
                new Corner(
                        Float.floatToRawIntBits(x),
                        Float.floatToRawIntBits(y),
                        Float.floatToRawIntBits(z));
        Integer known = corners.get(key);
        if (known != null) {
            return known;
        }
        int index = vertex(x, y, z, place);
        corners.put(key, index);
        return index;
    }

    /** Adds a triangle of known vertices. */
    void triangle(int a, int b, int c, String place) {
        if (a < 0 || b < 0 || c < 0 || a >= nvertex || b >= nvertex || c >= nvertex) {
            throw new InputException(
                    where, place + ": face names a vertex that is not there (of " + nvertex + ")");
        }
        if (ntriangle >= MAX_TRIANGLES) {
            throw new InputException(
                    where, place + ": more than " + MAX_TRIANGLES + " triangles; reduce the mesh");
        }
        if (3 * ntriangle + 3 > triangles.length) {
            triangles = Arrays.copyOf(triangles, triangles.length * 2);
        }
        triangles[3 * ntriangle] = a;
        triangles[3 * ntriangle + 1] = b;
        triangles[3 * ntriangle + 2] = c;
        ntriangle++;
    }

    TriangleMesh build() {
        if (nvertex == 0 || ntriangle == 0) {
            throw new InputException(where, "holds no triangles; is it the right file?");
        }
        return new TriangleMesh(
                Arrays.copyOf(vertices, 3 * nvertex), Arrays.copyOf(triangles, 3 * ntriangle));
    }
}
