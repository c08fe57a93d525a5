package org.openkaiwu.collision;

import org.openkaiwu.body.MeshAsset;

/**
 * A tree of boxes over the triangles of a mesh, for rays. Split at the median of the longest axis,
 * so its depth is at most the logarithm of the number of triangles. Immutable once built.
 */
final class MeshBvh {
    private static final int LEAF = 4;

    /** Deeper than any tree of less than 2^31 triangles. */
    static final int MAX_DEPTH = 64;

    private final double[] vert;
    private final int[] tri;
    private final int[] order;

    /** Low and high corner of each node. */
    private final double[] box;

    /** Inner node: index of the right child (the left one follows); leaf: -1 - first triangle. */
    private final int[] link;

    private final int[] size;
    private int nodes;

    MeshBvh(MeshAsset mesh) {
        vert = new double[mesh.vertices().length];
        for (int i = 0; i < vert.length; i++) {
            vert[i] = (float) mesh.vertices()[i];
        }
        tri = mesh.triangles();
        int n = tri.length / 3;
        order = new int[n];
        double[] centre = new double[3 * n];
        for (int t = 0; t < n; t++) {
            order[t] = t;
            for (int k = 0; k < 3; k++) {
                centre[3 * t + k] =
                        vert[3 * tri[3 * t] + k]
                                + vert[3 * tri[3 * t + 1] + k]
                                + vert[3 * tri[3 * t + 2] + k];
            }
        }
        int most = Math.max(1, 2 * n);
        box = new double[6 * most];
        link = new int[most];
        size = new int[most];
        if (n > 0) {
            build(0, n, centre);
        }
    }

    private int build(int from, int to, double[] centre) {
        int node = nodes++;
        int longest = bound(node, from, to);
        if (to - from <= LEAF) {
            link[node] = -1 - from;
            size[node] = to - from;
            return node;
        }
        int mid = (from + to) >>> 1;
        select(from, to - 1, mid, centre, longest);
        build(from, mid, centre);
        link[node] = build(mid, to, centre);
        return node;
    }

    private int bound(int node, int from, int to) {
        int longest = 0;
        for (int k = 0; k < 3; k++) {
            double lo = Double.POSITIVE_INFINITY;
            double hi = Double.NEGATIVE_INFINITY;
            for (int i = from; i < to; i++) {
                for (int c = 0; c < 3; c++) {
                    double v = vert[3 * tri[3 * order[i] + c] + k];
                    lo = Math.min(lo, v);
                    hi = Math.max(hi, v);
                }
            }
            box[6 * node + k] = lo;
            box[6 * node + 3 + k] = hi;
            int l = 6 * node + longest;
            if (hi - lo > box[l + 3] - box[l]) {
                longest = k;
            }
        }
        return longest;
    }

    /** Hoare's selection: the {@code nth} smallest centre along an axis gets to its place. */
    private void select(int lo, int hi, int nth, double[] centre, int axis) {
        while (lo < hi) {
            double pivot = centre[3 * order[(lo + hi) >>> 1] + axis];
            int i = lo;
            int j = hi;
            while (i <= j) {
                while (centre[3 * order[i] + axis] < pivot) {
                    i++;
                }
                while (centre[3 * order[j] + axis] > pivot) {
                    j--;
                }
                if (i <= j) {
                    int t = order[i];
                    order[i++] = order[j];
                    order[j--] = t;
                }
            }
            if (nth <= j) {
                hi = j;
            } else if (nth >= i) {
                lo = i;
            } else {
                return;
            }
        }
    }

    /**
     * First hit within {@code limit}, or -1; the normal goes to {@code shapes}.
     *
     * @param stack scratch of {@link #MAX_DEPTH} entries
     */
    double hit(
            RayShapes shapes,
            int[] stack,
            double limit,
            double px,
            double py,
            double pz,
            double vx,
            double vy,
            double vz) {
        if (nodes == 0) {
            return -1;
        }
        double best = limit;
        int found = -1;
        double ix = 1 / vx;
        double iy = 1 / vy;
        double iz = 1 / vz;
        int depth = 0;
        stack[depth++] = 0;
        while (depth > 0) {
            int node = stack[--depth];
            if (!slab(6 * node, best, px, py, pz, ix, iy, iz)) {
                continue;
            }
            if (link[node] >= 0) {
                stack[depth++] = link[node];
                stack[depth++] = node + 1;
                continue;
            }
            int from = -1 - link[node];
            for (int i = from; i < from + size[node]; i++) {
                int t = 3 * order[i];
                double d =
                        shapes.triangle(
                                vert,
                                3 * tri[t],
                                3 * tri[t + 1],
                                3 * tri[t + 2],
                                px,
                                py,
                                pz,
                                vx,
                                vy,
                                vz);
                if (d >= 0 && (d < best || (d == best && found < 0))) {
                    best = d;
                    found = t;
                }
            }
        }
        if (found < 0) {
            return -1;
        }
        shapes.triangleNormal(vert, 3 * tri[found], 3 * tri[found + 1], 3 * tri[found + 2]);
        return best;
    }

    /** Slab test; a NaN from 0 times infinity leaves that axis open. */
    private boolean slab(
            int o, double limit, double px, double py, double pz, double ix, double iy, double iz) {
        double lo = 0;
        double hi = limit;
        for (int k = 0; k < 3; k++) {
            double p = k == 0 ? px : k == 1 ? py : pz;
            double inv = k == 0 ? ix : k == 1 ? iy : iz;
            double a = (box[o + k] - p) * inv;
            double b = (box[o + 3 + k] - p) * inv;
            double t0 = a < b ? a : b;
            double t1 = a < b ? b : a;
            if (t0 > lo) {
                lo = t0;
            }
            if (t1 < hi) {
                hi = t1;
            }
        }
        // widened so that rounding never loses a flat box
        return lo <= hi + 1e-12 * (1 + Math.abs(hi));
    }
}
