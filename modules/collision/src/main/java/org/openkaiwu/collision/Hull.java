package org.openkaiwu.collision;

import java.util.Arrays;
import org.openkaiwu.body.MeshAsset;

/**
 * The convex hull of a mesh, made ready for the narrow phase: corners, neighbours, and the faces
 * with coplanar triangles merged. Corner coordinates are those of the asset rounded to float, as
 * MuJoCo stores them. Built once for an asset, then only read.
 */
final class Hull {
    /** Meshes with fewer vertices are searched one by one (as MuJoCo does). */
    private static final int CLIMB_MIN = 10;

    /** Corners. */
    final int nvert;

    /** Coordinates in the mesh frame, m. Shape nvert x 3. */
    final double[] v;

    /** Neighbours of all corners, one corner after the other; null without a hull graph. */
    final int[] neighbour;

    private final int[] start;
    private final int[] seed = new int[27];
    private final boolean climbs;

    /** Faces. */
    final int nface;

    /** First entry of each face in {@link #faceVert}. Shape nface + 1. */
    final int[] faceStart;

    /** Corners of the faces, counter-clockwise seen from outside. */
    final int[] faceVert;

    /** Outward unit normals. Shape nface x 3. */
    final double[] faceNormal;

    /** First entry of each corner in {@link #vertFace}. Shape nvert + 1. */
    final int[] vertFaceStart;

    /** Faces around the corners, ascending. */
    final int[] vertFace;

    /** Most corners of a face. */
    final int maxFace;

    /** Most faces at a corner. */
    final int maxDegree;

    Hull(MeshAsset mesh) {
        boolean whole = mesh.hullVertices().length == 0;
        nvert = whole ? mesh.vertices().length / 3 : mesh.hullVertices().length;
        v = new double[3 * nvert];
        for (int i = 0; i < nvert; i++) {
            int g = whole ? i : mesh.hullVertices()[i];
            for (int k = 0; k < 3; k++) {
                v[3 * i + k] = (float) mesh.vertices()[3 * g + k];
            }
        }
        int[][] around = mesh.hullNeighbours();
        if (whole || around.length < nvert) {
            neighbour = null;
            start = null;
            climbs = false;
        } else {
            start = new int[nvert + 1];
            for (int i = 0; i < nvert; i++) {
                start[i + 1] = start[i] + around[i].length;
            }
            neighbour = new int[start[nvert]];
            for (int i = 0; i < nvert; i++) {
                System.arraycopy(around[i], 0, neighbour, start[i], around[i].length);
            }
            climbs = mesh.vertices().length / 3 >= CLIMB_MIN;
        }
        fillSeeds();
        HullFaces faces = new HullFaces(v, whole ? new int[0] : mesh.hullTriangles(), mesh.quat());
        nface = faces.count();
        faceStart = faces.start();
        faceVert = faces.vert();
        faceNormal = faces.normal(v);
        vertFaceStart = new int[nvert + 1];
        for (int w : faceVert) {
            vertFaceStart[w + 1]++;
        }
        int deg = 0;
        for (int i = 0; i < nvert; i++) {
            deg = Math.max(deg, vertFaceStart[i + 1]);
            vertFaceStart[i + 1] += vertFaceStart[i];
        }
        maxDegree = deg;
        vertFace = new int[faceVert.length];
        int[] fill = Arrays.copyOf(vertFaceStart, nvert);
        int longest = 0;
        for (int f = 0; f < nface; f++) {
            longest = Math.max(longest, faceStart[f + 1] - faceStart[f]);
            for (int k = faceStart[f]; k < faceStart[f + 1]; k++) {
                vertFace[fill[faceVert[k]]++] = f;
            }
        }
        maxFace = longest;
    }

    /** Whether neighbours are known. */
    boolean graph() {
        return neighbour != null;
    }

    int neighbourStart(int corner) {
        return start[corner];
    }

    /** For each of 27 directions of a 3 x 3 x 3 grid the farthest corner. */
    private void fillSeeds() {
        for (int k = 0; k < 27; k++) {
            float max = -Float.MAX_VALUE;
            for (int i = 0; i < nvert; i++) {
                float dot =
                        (float) v[3 * i] * (k / 9 - 1)
                                + (float) v[3 * i + 1] * (k / 3 % 3 - 1)
                                + (float) v[3 * i + 2] * (k % 3 - 1);
                if (dot > max) {
                    max = dot;
                    seed[k] = i;
                }
            }
        }
    }

    private double dot(int i, double x, double y, double z) {
        return x * v[3 * i] + y * v[3 * i + 1] + z * v[3 * i + 2];
    }

    /**
     * The corner farthest along a direction of the mesh frame.
     *
     * @param cached corner of the last call, or -1
     */
    int support(double x, double y, double z, int cached) {
        if (!climbs) {
            return exhaust(x, y, z, cached);
        }
        int cx = x > 0.4 ? 2 : x < -0.4 ? 0 : 1;
        int cy = y > 0.4 ? 2 : y < -0.4 ? 0 : 1;
        int cz = z > 0.4 ? 2 : z < -0.4 ? 0 : 1;
        int from = seed[cx * 9 + cy * 3 + cz];
        if (cached >= 0 && !(dot(from, x, y, z) > dot(cached, x, y, z))) {
            from = cached;
        }
        return climb(x, y, z, from);
    }

    private int exhaust(double x, double y, double z, int cached) {
        int best = Math.max(cached, 0);
        double max = cached >= 0 ? dot(cached, x, y, z) : -Double.MAX_VALUE;
        for (int i = 0; i < nvert; i++) {
            double d = dot(i, x, y, z);
            if (d > max) {
                max = d;
                best = i;
            }
        }
        return best;
    }

    /** Climbs along edges from a corner until no neighbour is farther. */
    int climb(double x, double y, double z, int from) {
        if (neighbour == null) {
            return exhaust(x, y, z, -1);
        }
        int best = from;
        double max = dot(best, x, y, z);
        int last = -1;
        while (best != last) {
            last = best;
            for (int k = start[last]; k < start[last + 1]; k++) {
                int w = neighbour[k];
                double d = dot(w, x, y, z);
                if (d > max) {
                    max = d;
                    best = w;
                }
            }
        }
        return best;
    }
}
