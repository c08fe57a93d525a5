package org.openkaiwu.body.mesh;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Quickhull (Barber, Dobkin, Huhdanpaa 1996) with exact visibility.
 *
 * <p>A facet is replaced when the new point is above its plane or exactly in it. Then no horizon
 * edge is in line with the new point, so no facet is ever degenerate, however many points share a
 * plane, and points inside a flat face end up inside the hull. Distances are only used to choose
 * the next point and to leave out points that are outside by rounding alone.
 */
final class QuickHull {
    /** Points outside by less than this fraction of the extent are taken as inside. */
    private static final double TOLERANCE = 1e-13;

    private final double[] p;
    private final int npoint;
    private double extent;

    /** Corners of facet f are v[3f..3f+2]; across the edge from corner k to k+1 is nb[3f+k]. */
    private int[] v = new int[96];

    private int[] nb = new int[96];

    /** Twice the area; negative for a facet that was replaced. */
    private double[] area2 = new double[32];

    /** First point of the outside set; {@link #next} chains them. */
    private int[] outside = new int[32];

    /** Highest point of the outside set and its height. */
    private int[] furthest = new int[32];

    private double[] height = new double[32];
    private int[] mark = new int[32];
    private int nfacet;

    /** Facets before this one have no points outside. */
    private int open;

    private final int[] next;

    private final List<Integer> visible = new ArrayList<>();
    private final List<int[]> horizon = new ArrayList<>();

    QuickHull(double[] points) {
        p = points;
        npoint = points.length / 3;
        next = new int[npoint];
    }

    ConvexHull run(int maxVertices) {
        int[] simplex = new int[4];
        int dimension = simplex(simplex);
        if (dimension < 3) {
            return new ConvexHull(dimension, new int[0], new int[0], new int[0][]);
        }
        start(simplex);
        boolean limited = maxVertices < Integer.MAX_VALUE;
        for (int corners = 4; corners < maxVertices; ) {
            int f = limited ? highest() : firstOpen();
            if (f >= nfacet) {
                break;
            }
            int point = furthest[f];
            if (Orientation.sign(p, v[3 * f], v[3 * f + 1], v[3 * f + 2], point) <= 0) {
                drop(f, point);
            } else {
                add(point, f);
                corners++;
            }
        }
        return result();
    }

    /** First facet that still has points outside. */
    private int firstOpen() {
        while (open < nfacet && (area2[open] < 0 || outside[open] < 0)) {
            open++;
        }
        return open;
    }

    private int highest() {
        int best = nfacet;
        double most = 0;
        for (int f = 0; f < nfacet; f++) {
            if (area2[f] >= 0 && outside[f] >= 0 && height[f] > most) {
                most = height[f];
                best = f;
            }
        }
        return best;
    }

    /** Four points that span space; returns the dimension they could span. */
    private int simplex(int[] s) {
        if (npoint == 0) {
            return 0;
        }
        int[] extreme = new int[6];
        for (int i = 1; i < npoint; i++) {
            for (int k = 0; k < 3; k++) {
                if (p[3 * i + k] < p[3 * extreme[2 * k] + k]) {
                    extreme[2 * k] = i;
                }
                if (p[3 * i + k] > p[3 * extreme[2 * k + 1] + k]) {
                    extreme[2 * k + 1] = i;
                }
            }
        }
        for (int k = 0; k < 3; k++) {
            double d = p[3 * extreme[2 * k + 1] + k] - p[3 * extreme[2 * k] + k];
            if (d > extent) {
                extent = d;
                s[0] = extreme[2 * k];
                s[1] = extreme[2 * k + 1];
            }
        }
        if (extent == 0) {
            return 0;
        }
        double most = 0;
        for (int i = 0; i < npoint; i++) {
            double d = twiceArea(s[0], s[1], i) / extent;
            if (d > most) {
                most = d;
                s[2] = i;
            }
        }
        if (most <= TOLERANCE * extent) {
            return 1;
        }
        most = 0;
        double area = twiceArea(s[0], s[1], s[2]);
        for (int i = 0; i < npoint; i++) {
            double d = Math.abs(Orientation.value(p, s[0], s[1], s[2], i)) / area;
            if (d > most) {
                most = d;
                s[3] = i;
            }
        }
        if (most <= TOLERANCE * extent || Orientation.sign(p, s[0], s[1], s[2], s[3]) == 0) {
            return 2;
        }
        return 3;
    }

    private void start(int[] s) {
        if (Orientation.sign(p, s[0], s[1], s[2], s[3]) > 0) {
            int t = s[0];
            s[0] = s[1];
            s[1] = t;
        }
        // s[3] is now below s0 s1 s2
        int a = facet(s[0], s[1], s[2]);
        int b = facet(s[1], s[0], s[3]);
        int c = facet(s[2], s[1], s[3]);
        int d = facet(s[0], s[2], s[3]);
        int[] around = {b, c, d, a, d, c, a, b, d, a, c, b};
        System.arraycopy(around, 0, nb, 0, 12);
        for (int i = 0; i < npoint; i++) {
            if (i != s[0] && i != s[1] && i != s[2] && i != s[3]) {
                assign(i, 0, 4);
            }
        }
    }

    private int facet(int a, int b, int c) {
        int f = nfacet++;
        if (f >= area2.length) {
            int n = 2 * area2.length;
            v = Arrays.copyOf(v, 3 * n);
            nb = Arrays.copyOf(nb, 3 * n);
            area2 = Arrays.copyOf(area2, n);
            outside = Arrays.copyOf(outside, n);
            furthest = Arrays.copyOf(furthest, n);
            height = Arrays.copyOf(height, n);
            mark = Arrays.copyOf(mark, n);
        }
        v[3 * f] = a;
        v[3 * f + 1] = b;
        v[3 * f + 2] = c;
        area2[f] = twiceArea(a, b, c);
        outside[f] = -1;
        height[f] = 0;
        mark[f] = -1;
        return f;
    }

    /** Puts a point into the outside set of the facet in [from, to) that it is highest above. */
    private void assign(int i, int from, int to) {
        int best = -1;
        double most = TOLERANCE * extent;
        for (int f = from; f < to; f++) {
            double h = heightAbove(f, i);
            if (h > most) {
                most = h;
                best = f;
            }
        }
        if (best < 0) {
            return;
        }
        next[i] = outside[best];
        outside[best] = i;
        if (most > height[best] || most == height[best] && i < furthest[best]) {
            height[best] = most;
            furthest[best] = i;
        }
    }

    private double heightAbove(int f, int i) {
        int a = v[3 * f];
        int b = v[3 * f + 1];
        int c = v[3 * f + 2];
        double volume = Orientation.value(p, a, b, c, i);
        return volume <= 0 ? 0 : volume / area2[f];
    }

    /** Takes a point that only rounding put outside out of a facet's set. */
    private void drop(int f, int point) {
        int i = outside[f];
        outside[f] = -1;
        height[f] = 0;
        while (i >= 0) {
            int after = next[i];
            if (i != point) {
                assign(i, f, f + 1);
            }
            i = after;
        }
        for (int g = 0; g < nfacet; g++) {
            if (area2[g] >= 0
                    && heightAbove(g, point) > TOLERANCE * extent
                    && Orientation.sign(p, v[3 * g], v[3 * g + 1], v[3 * g + 2], point) > 0) {
                assign(point, g, g + 1);
                open = Math.min(open, g);
                return;
            }
        }
    }

    /** Replaces all facets that see the point by a cone from their border to the point. */
    private void add(int point, int seed) {
        visible.clear();
        horizon.clear();
        collect(point, seed);
        int from = nfacet;
        int[] byStart = new int[2 * horizon.size()];
        int n = 0;
        for (int[] edge : horizon) {
            int f = facet(edge[0], edge[1], point);
            nb[3 * f] = edge[2];
            nb[3 * edge[2] + edge[3]] = f;
            byStart[n++] = edge[0];
            byStart[n++] = f;
        }
        linkCone(from, byStart);
        int to = nfacet;
        for (int f : visible) {
            area2[f] = -1;
            int i = outside[f];
            outside[f] = -1;
            while (i >= 0) {
                int after = next[i];
                if (i != point) {
                    assign(i, from, to);
                }
                i = after;
            }
        }
    }

    /** The cone facet that begins where this one ends is its neighbour. */
    private void linkCone(int from, int[] byStart) {
        long[] starts = new long[byStart.length / 2];
        for (int i = 0; i < starts.length; i++) {
            starts[i] = ((long) byStart[2 * i] << 32) | byStart[2 * i + 1];
        }
        Arrays.sort(starts);
        for (int f = from; f < nfacet; f++) {
            int at = Arrays.binarySearch(starts, (long) v[3 * f + 1] << 32);
            int g = (int) starts[at < 0 ? -at - 1 : at];
            nb[3 * f + 1] = g;
            nb[3 * g + 2] = f;
        }
    }

    /** Facets seen from the point, and the border as {from, to, facet beyond, its edge}. */
    private void collect(int point, int seed) {
        visible.add(seed);
        mark[seed] = point;
        for (int at = 0; at < visible.size(); at++) {
            int f = visible.get(at);
            for (int k = 0; k < 3; k++) {
                int g = nb[3 * f + k];
                if (mark[g] == point) {
                    continue;
                }
                if (Orientation.sign(p, v[3 * g], v[3 * g + 1], v[3 * g + 2], point) >= 0) {
                    mark[g] = point;
                    visible.add(g);
                } else {
                    int back = 0;
                    while (nb[3 * g + back] != f || v[3 * g + back] != v[3 * f + (k + 1) % 3]) {
                        back++;
                    }
                    horizon.add(new int[] {v[3 * f + k], v[3 * f + (k + 1) % 3], g, back});
                }
            }
        }
    }

    private double twiceArea(int a, int b, int c) {
        double ux = p[3 * b] - p[3 * a];
        double uy = p[3 * b + 1] - p[3 * a + 1];
        double uz = p[3 * b + 2] - p[3 * a + 2];
        double wx = p[3 * c] - p[3 * a];
        double wy = p[3 * c + 1] - p[3 * a + 1];
        double wz = p[3 * c + 2] - p[3 * a + 2];
        double x = uy * wz - uz * wy;
        double y = uz * wx - ux * wz;
        double z = ux * wy - uy * wx;
        return Math.sqrt(x * x + y * y + z * z);
    }

    private ConvexHull result() {
        int[] position = new int[npoint];
        int ntriangle = 0;
        for (int f = 0; f < nfacet; f++) {
            if (area2[f] >= 0) {
                ntriangle++;
                for (int k = 0; k < 3; k++) {
                    position[v[3 * f + k]] = 1;
                }
            }
        }
        int n = 0;
        int[] vertices = new int[npoint];
        for (int i = 0; i < npoint; i++) {
            if (position[i] == 1) {
                vertices[n] = i;
                position[i] = n++;
            }
        }
        int[] triangles = new int[3 * ntriangle];
        int[] degree = new int[n];
        int t = 0;
        for (int f = 0; f < nfacet; f++) {
            for (int k = 0; area2[f] >= 0 && k < 3; k++) {
                triangles[t] = position[v[3 * f + k]];
                degree[triangles[t++]]++;
            }
        }
        int[][] neighbours = new int[n][];
        for (int i = 0; i < n; i++) {
            neighbours[i] = new int[degree[i]];
        }
        for (int i = 0; i < triangles.length; i++) {
            // each corner has one outgoing edge a triangle, so every neighbour comes once
            int from = triangles[i];
            int to = triangles[i % 3 == 2 ? i - 2 : i + 1];
            neighbours[from][--degree[from]] = to;
        }
        for (int[] list : neighbours) {
            Arrays.sort(list);
        }
        return new ConvexHull(3, Arrays.copyOf(vertices, n), triangles, neighbours);
    }
}
