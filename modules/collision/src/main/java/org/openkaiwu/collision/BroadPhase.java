package org.openkaiwu.collision;

import java.util.Arrays;
import org.openkaiwu.body.Machine;
import org.openkaiwu.body.Options.Flag;

/**
 * Which body pairs need a closer look: those that MuJoCo's rules let collide (contact bits, weld
 * groups, parent filter, exclusions, one of the two movable) and whose boxes along the world axes
 * overlap. With few possible pairs their list is made once and walked; with many the boxes are
 * swept along the axis on which the bodies are spread most. Pairs come in the order of their
 * signature, lower body first, whatever way they were found.
 */
final class BroadPhase {
    /** More possible pairs than this are swept for instead of listed. */
    static final int LIST_LIMIT = 3000;

    private final Machine m;
    private final GeomShapes shapes;

    /** Bodies with a geom that can collide. */
    private final int[] bodies;

    /** Collidable geoms of body i are geomOf[geomStart[i]] to geomOf[geomStart[i + 1] - 1]. */
    final int[] geomStart;

    final int[] geomOf;
    private final int[] type;
    private final int[] affinity;
    private final long[] excluded;
    private final boolean[] unbounded;

    /** All possible pairs, or null when there are too many to list. */
    private final long[] list;

    /** Boxes of geoms in the world, margin included: xyz low, xyz high. Shape ngeom x 6. */
    final double[] geomBox;

    private final double[] bodyBox;
    private final int[] order;

    /** The pairs found: first body times 2^32 plus second. */
    long[] pair = new long[256];

    int count;

    BroadPhase(Machine m, GeomShapes shapes, int listLimit) {
        this.m = m;
        this.shapes = shapes;
        type = new int[m.nbody];
        affinity = new int[m.nbody];
        unbounded = new boolean[m.nbody];
        geomStart = new int[m.nbody + 1];
        int n = 0;
        for (int g = 0; g < m.ngeom; g++) {
            int b = m.geomBodyid[g];
            type[b] |= m.geomContype[g];
            affinity[b] |= m.geomConaffinity[g];
            if (collidable(g)) {
                geomStart[b + 1]++;
                unbounded[b] |= m.geomType[g] == Solid.PLANE;
                n++;
            }
        }
        for (int b = 0; b < m.nbody; b++) {
            geomStart[b + 1] += geomStart[b];
        }
        geomOf = new int[n];
        int[] fill = Arrays.copyOf(geomStart, m.nbody);
        for (int g = 0; g < m.ngeom; g++) {
            if (collidable(g)) {
                geomOf[fill[m.geomBodyid[g]]++] = g;
            }
        }
        bodies = collidableBodies();
        excluded = exclusions();
        geomBox = new double[6 * m.ngeom];
        bodyBox = new double[6 * m.nbody];
        order = bodies.clone();
        list = makeList(listLimit);
    }

    private boolean collidable(int g) {
        return m.geomContype[g] != 0 || m.geomConaffinity[g] != 0;
    }

    private int[] collidableBodies() {
        int n = 0;
        int[] some = new int[m.nbody];
        for (int b = 0; b < m.nbody; b++) {
            if (geomStart[b + 1] > geomStart[b]) {
                some[n++] = b;
            }
        }
        return Arrays.copyOf(some, n);
    }

    private long[] exclusions() {
        long[] all = new long[m.excludeBody1.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = signature(m.excludeBody1[i], m.excludeBody2[i]);
        }
        Arrays.sort(all);
        return all;
    }

    private long[] makeList(int limit) {
        long[] all = new long[limit];
        int n = 0;
        boolean filterParent = !m.option.disabled(Flag.FILTERPARENT);
        for (int i = 0; i < bodies.length; i++) {
            for (int j = i + 1; j < bodies.length; j++) {
                if (!allowed(bodies[i], bodies[j], filterParent)) {
                    continue;
                }
                if (n == limit) {
                    return null;
                }
                all[n++] = signature(bodies[i], bodies[j]);
            }
        }
        return Arrays.copyOf(all, n);
    }

    static long signature(int body1, int body2) {
        long lo = Math.min(body1, body2);
        long hi = Math.max(body1, body2);
        return lo << 32 | hi;
    }

    /** The rules that do not depend on where the bodies are. */
    private boolean allowed(int b1, int b2, boolean filterParent) {
        if ((type[b1] & affinity[b2]) == 0 && (type[b2] & affinity[b1]) == 0) {
            return false;
        }
        int w1 = m.bodyWeldid[b1];
        int w2 = m.bodyWeldid[b2];
        if (w1 == w2 || (m.bodyDofnum[w1] == 0 && m.bodyDofnum[w2] == 0)) {
            return false;
        }
        if (filterParent && w1 != 0 && w2 != 0) {
            int p1 = m.bodyWeldid[m.bodyParentid[w1]];
            int p2 = m.bodyWeldid[m.bodyParentid[w2]];
            if (w1 == p2 || w2 == p1) {
                return false;
            }
        }
        return excluded.length == 0 || Arrays.binarySearch(excluded, signature(b1, b2)) < 0;
    }

    /** Asleep pairs make no contact: both asleep, or one asleep and the other part of the world. */
    private boolean awake(int b1, int b2, int[] bodyAwake) {
        if (bodyAwake == null) {
            return true;
        }
        boolean asleep1 = bodyAwake[b1] == 0;
        boolean asleep2 = bodyAwake[b2] == 0;
        return !(asleep1 && asleep2)
                && !(asleep1 && m.bodyWeldid[b2] == 0)
                && !(asleep2 && m.bodyWeldid[b1] == 0);
    }

    /**
     * Finds the pairs.
     *
     * @param bodyAwake 1 awake, 0 asleep, -1 static; null: nobody sleeps
     */
    void find(double[] xpos, double[] xmat, boolean override, int[] bodyAwake) {
        count = 0;
        fillBoxes(xpos, xmat, override);
        if (list != null) {
            for (long sig : list) {
                int b1 = (int) (sig >> 32);
                int b2 = (int) sig;
                if (overlap(bodyBox, 6 * b1, bodyBox, 6 * b2) && awake(b1, b2, bodyAwake)) {
                    push(sig);
                }
            }
            return;
        }
        sweep(bodyAwake);
        sort(pair, count);
    }

    private void push(long sig) {
        if (count == pair.length) {
            pair = Arrays.copyOf(pair, 2 * count);
        }
        pair[count++] = sig;
    }

    private void fillBoxes(double[] xpos, double[] xmat, boolean override) {
        for (int b : bodies) {
            int o = 6 * b;
            for (int k = geomStart[b]; k < geomStart[b + 1]; k++) {
                int g = geomOf[k];
                int q = 6 * g;
                fillBox(g, xpos, xmat, override);
                boolean first = k == geomStart[b];
                for (int i = 0; i < 3; i++) {
                    double lo = geomBox[q + i];
                    double hi = geomBox[q + 3 + i];
                    bodyBox[o + i] = first ? lo : Math.min(bodyBox[o + i], lo);
                    bodyBox[o + 3 + i] = first ? hi : Math.max(bodyBox[o + 3 + i], hi);
                }
            }
        }
    }

    /** Box of a geom in the world: of its local box, cut with that of its bounding sphere. */
    private void fillBox(int g, double[] xpos, double[] xmat, boolean override) {
        double[] a = shapes.aabb;
        int q = 6 * g;
        if (m.geomType[g] == Solid.PLANE) {
            for (int i = 0; i < 3; i++) {
                geomBox[q + i] = Double.NEGATIVE_INFINITY;
                geomBox[q + 3 + i] = Double.POSITIVE_INFINITY;
            }
            return;
        }
        double margin =
                override
                        ? 0.5 * m.option.oMargin
                        : ContactParameters.at(m.geomMargin, g)
                                + ContactParameters.at(m.geomGap, g);
        if (override) {
            margin += ContactParameters.at(m.geomGap, g);
        }
        double r = shapes.rbound[g];
        for (int i = 0; i < 3; i++) {
            double p = xpos[3 * g + i];
            double r0 = xmat[9 * g + 3 * i];
            double r1 = xmat[9 * g + 3 * i + 1];
            double r2 = xmat[9 * g + 3 * i + 2];
            double c = p + r0 * a[q] + r1 * a[q + 1] + r2 * a[q + 2];
            double h = Math.abs(r0) * a[q + 3] + Math.abs(r1) * a[q + 4] + Math.abs(r2) * a[q + 5];
            geomBox[q + i] = Math.max(p - r, c - h) - margin;
            geomBox[q + 3 + i] = Math.min(p + r, c + h) + margin;
        }
    }

    /** NaN anywhere means no overlap. */
    static boolean overlap(double[] a, int i, double[] b, int j) {
        return a[i] <= b[j + 3]
                && b[j] <= a[i + 3]
                && a[i + 1] <= b[j + 4]
                && b[j + 1] <= a[i + 4]
                && a[i + 2] <= b[j + 5]
                && b[j + 2] <= a[i + 5];
    }

    private void sweep(int[] bodyAwake) {
        boolean filterParent = !m.option.disabled(Flag.FILTERPARENT);
        int axis = widestAxis();
        sortBodies(axis);
        int n = order.length;
        for (int i = 0; i < n; i++) {
            int b1 = order[i];
            double end = bodyBox[6 * b1 + 3 + axis];
            for (int j = i + 1; j < n; j++) {
                int b2 = order[j];
                if (!(bodyBox[6 * b2 + axis] <= end)) {
                    break;
                }
                if (overlap(bodyBox, 6 * b1, bodyBox, 6 * b2)
                        && allowed(b1, b2, filterParent)
                        && awake(b1, b2, bodyAwake)) {
                    push(signature(b1, b2));
                }
            }
        }
    }

    /** Axis of the largest variance of box centres, unbounded bodies left out. */
    private int widestAxis() {
        int best = 0;
        double most = -1;
        for (int axis = 0; axis < 3; axis++) {
            double sum = 0;
            double sum2 = 0;
            int n = 0;
            for (int b : bodies) {
                if (!unbounded[b]) {
                    double c = 0.5 * (bodyBox[6 * b + axis] + bodyBox[6 * b + 3 + axis]);
                    sum += c;
                    sum2 += c * c;
                    n++;
                }
            }
            double var = n == 0 ? 0 : sum2 / n - sum / n * (sum / n);
            if (var > most) {
                most = var;
                best = axis;
            }
        }
        return best;
    }

    /** Shell sort: the order of the last step makes it fast. NaN goes last. */
    private void sortBodies(int axis) {
        int n = order.length;
        for (int gap = startGap(n); gap >= 1; gap /= 3) {
            for (int i = gap; i < n; i++) {
                int b = order[i];
                double key = bodyBox[6 * b + axis];
                int j = i;
                while (j >= gap && Double.compare(bodyBox[6 * order[j - gap] + axis], key) > 0) {
                    order[j] = order[j - gap];
                    j -= gap;
                }
                order[j] = b;
            }
        }
    }

    private static int startGap(int n) {
        int gap = 1;
        while (gap < n / 3) {
            gap = 3 * gap + 1;
        }
        return gap;
    }

    /** Shell sort in place; unlike the library's it never allocates. */
    static void sort(long[] a, int n) {
        for (int gap = startGap(n); gap >= 1; gap /= 3) {
            for (int i = gap; i < n; i++) {
                long key = a[i];
                int j = i;
                while (j >= gap && a[j - gap] > key) {
                    a[j] = a[j - gap];
                    j -= gap;
                }
                a[j] = key;
            }
        }
    }
}
