package org.openkaiwu.collision;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openkaiwu.math.Quat;
import org.openkaiwu.math.Vec3;

/**
 * Merges the triangles of a convex hull into flat faces. As in MuJoCo's compiler two triangles
 * belong together when the polar angles of their normals, in the frame of the mesh file and rounded
 * to 0.01 rad, are equal; a group that is not connected makes several faces.
 */
final class HullFaces {
    private static final double ANGLE = 0.01;

    /** Components of a normal below this are rounding and count as zero. */
    private static final double NOISE = 1e-9;

    private final List<int[]> faces = new ArrayList<>();

    HullFaces(double[] v, int[] triangles, double[] quat) {
        Map<Long, Group> groups = new LinkedHashMap<>();
        Quat q =
                quat == null || quat.length < 4
                        ? Quat.IDENTITY
                        : new Quat(quat[0], quat[1], quat[2], quat[3]);
        for (int t = 0; t + 2 < triangles.length; t += 3) {
            Vec3 n = normal(v, triangles[t], triangles[t + 1], triangles[t + 2]);
            if (n == null) {
                continue;
            }
            groups.computeIfAbsent(key(q.rotate(n)), k -> new Group())
                    .insert(triangles[t], triangles[t + 1], triangles[t + 2]);
        }
        for (Group g : groups.values()) {
            g.trace(faces);
        }
    }

    int count() {
        return faces.size();
    }

    int[] start() {
        int[] s = new int[faces.size() + 1];
        for (int i = 0; i < faces.size(); i++) {
            s[i + 1] = s[i] + faces.get(i).length;
        }
        return s;
    }

    int[] vert() {
        int[] all = new int[start()[faces.size()]];
        int at = 0;
        for (int[] f : faces) {
            System.arraycopy(f, 0, all, at, f.length);
            at += f.length;
        }
        return all;
    }

    /** Unit normals from the first three corners of each face. */
    double[] normal(double[] v) {
        double[] n = new double[3 * faces.size()];
        for (int i = 0; i < faces.size(); i++) {
            int[] f = faces.get(i);
            Vec3 u = normal(v, f[0], f[1], f[2]);
            if (u == null) {
                u = Vec3.ZERO;
            }
            n[3 * i] = u.x();
            n[3 * i + 1] = u.y();
            n[3 * i + 2] = u.z();
        }
        return n;
    }

    private static Vec3 normal(double[] v, int a, int b, int c) {
        Vec3 p = Vec3.of(v, 3 * a);
        Vec3 n = Vec3.of(v, 3 * b).minus(p).cross(Vec3.of(v, 3 * c).minus(p));
        double len = n.norm();
        return len < Solid.MINVAL ? null : n.times(1 / len);
    }

    /** Rounded azimuth and polar angle in one number. */
    private static long key(Vec3 n) {
        if (Math.abs(n.z()) > 1 - 1e-7) {
            return n.z() < 0 ? Math.round(Math.PI / ANGLE) : 0;
        }
        double x = Math.abs(n.x()) < NOISE ? 0 : n.x();
        double y = Math.abs(n.y()) < NOISE ? 0 : n.y();
        return 1000 * Math.round(StrictMath.atan2(y, x) / ANGLE)
                + Math.round(StrictMath.acos(n.z()) / ANGLE);
    }

    /** Triangles of one direction, kept as their outline: directed edges that occur once. */
    private static final class Group {
        private final List<int[]> edges = new ArrayList<>();

        void insert(int a, int b, int c) {
            int[][] sides = {{a, b}, {b, c}, {c, a}};
            for (int[] side : sides) {
                if (!edges.removeIf(e -> e[0] == side[1] && e[1] == side[0])) {
                    edges.add(side);
                }
            }
        }

        /** Walks each closed outline once. */
        void trace(List<int[]> out) {
            while (!edges.isEmpty()) {
                int[] first = edges.removeFirst();
                List<Integer> path = new ArrayList<>(List.of(first[0], first[1]));
                boolean closed = false;
                boolean grew = true;
                while (!closed && grew) {
                    grew = false;
                    int last = path.getLast();
                    for (int i = 0; i < edges.size(); i++) {
                        if (edges.get(i)[0] == last) {
                            int next = edges.remove(i)[1];
                            closed = next == path.getFirst();
                            if (!closed) {
                                path.add(next);
                            }
                            grew = true;
                            break;
                        }
                    }
                }
                if (closed && path.size() >= 3) {
                    out.add(path.stream().mapToInt(Integer::intValue).toArray());
                }
            }
        }
    }
}
