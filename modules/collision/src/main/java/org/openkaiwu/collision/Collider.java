package org.openkaiwu.collision;

import java.util.Arrays;
import org.openkaiwu.body.Machine;
import org.openkaiwu.body.Options.Flag;
import org.openkaiwu.math.InputException;

/**
 * Finds the contacts of a machine: broad phase, filters, narrow phase and contact parameters, with
 * the rules, the numbers and the order of MuJoCo 3.14.
 *
 * <p>The machine is shared and only read; all scratch memory is in the collider, so every thread
 * needs its own. After a few calls nothing is allocated, until a scene has more contacts than any
 * before. What a call returns depends on its arguments alone, not on earlier calls.
 *
 * <pre>{@code
 * Collider collider = new Collider(machine);
 * ContactBuffer contacts = new ContactBuffer();
 * collider.detect(geomXpos, geomXmat, contacts);
 * for (int c = 0; c < contacts.count; c++) {
 *     double depth = -contacts.dist[c];
 * }
 * }</pre>
 */
public final class Collider {
    private final Machine m;
    private final GeomShapes shapes;
    private final BroadPhase broad;
    private final NarrowPhase narrow;
    private final Manifold manifold = new Manifold();
    private final Solid a = new Solid();
    private final Solid b = new Solid();

    /** Explicit pairs by signature of their bodies, stable. */
    private final int[] pairOrder;

    private final long[] pairSignature;

    /** Geom pairs of the body pair at hand: lower type first times 2^32 plus the other. */
    private long[] geomPair = new long[64];

    private boolean override;

    /**
     * Prepares a machine.
     *
     * @throws InputException if a geom that can collide is a signed distance field
     */
    public Collider(Machine machine) {
        this(machine, BroadPhase.LIST_LIMIT);
    }

    /** With a bound of its own on listed pairs, so that tests can compare both ways. */
    Collider(Machine machine, int listLimit) {
        m = machine;
        for (int g = 0; g < m.ngeom; g++) {
            if (m.geomType[g] == Solid.SDF && (m.geomContype[g] | m.geomConaffinity[g]) != 0) {
                throw new InputException(
                        "geom " + g,
                        "signed distance fields cannot collide here; use a mesh, or set contype"
                                + " and conaffinity to 0");
            }
        }
        shapes = new GeomShapes(m);
        broad = new BroadPhase(m, shapes, listLimit);
        narrow = new NarrowPhase();
        pairOrder = new int[m.pairGeom1.length];
        pairSignature = new long[pairOrder.length];
        orderPairs();
    }

    private void orderPairs() {
        Integer[] index = new Integer[pairOrder.length];
        Arrays.setAll(index, i -> i);
        Arrays.sort(
                index, (i, j) -> Long.compare(signatureOfPair(i), signatureOfPair(j))); // stable
        for (int i = 0; i < index.length; i++) {
            pairOrder[i] = index[i];
            pairSignature[i] = signatureOfPair(index[i]);
        }
    }

    private long signatureOfPair(int p) {
        return BroadPhase.signature(m.geomBodyid[m.pairGeom1[p]], m.geomBodyid[m.pairGeom2[p]]);
    }

    /** As {@link #detect(double[], double[], int[], ContactBuffer)} with everything awake. */
    public void detect(double[] geomXpos, double[] geomXmat, ContactBuffer out) {
        detect(geomXpos, geomXmat, null, out);
    }

    /**
     * Replaces the content of {@code out} by the contacts at the given poses. A pose with NaN makes
     * no contact.
     *
     * @param geomXpos geom positions in the world, m; shape ngeom x 3
     * @param geomXmat geom rotation matrices, row-major; shape ngeom x 9
     * @param bodyAwake 1 awake, 0 asleep, -1 static (part of the world); null when sleeping is off.
     *     Shape nbody
     */
    public void detect(double[] geomXpos, double[] geomXmat, int[] bodyAwake, ContactBuffer out) {
        out.clear();
        if (m.option.disabled(Flag.CONSTRAINT) || m.option.disabled(Flag.CONTACT) || m.nbody < 2) {
            return;
        }
        override = ContactParameters.override(m);
        boolean sorted = !m.option.disabled(Flag.MIDPHASE);
        narrow.configure(m.option);
        broad.find(geomXpos, geomXmat, override, bodyAwake);
        int next = 0;
        for (int i = 0; i < broad.count; i++) {
            long sig = broad.pair[i];
            int first = next;
            while (next < pairOrder.length && pairSignature[next] <= sig) {
                explicit(pairOrder[next++], geomXpos, geomXmat, bodyAwake, out);
            }
            int n = candidates((int) (sig >> 32), (int) sig, geomXpos, geomXmat, first, next);
            if (sorted && n > 1) {
                BroadPhase.sort(geomPair, n);
            }
            for (int k = 0; k < n; k++) {
                collide((int) (geomPair[k] >> 32), (int) geomPair[k], -1, geomXpos, geomXmat, out);
            }
        }
        while (next < pairOrder.length) {
            explicit(pairOrder[next++], geomXpos, geomXmat, bodyAwake, out);
        }
    }

    private void explicit(
            int pair, double[] xpos, double[] xmat, int[] bodyAwake, ContactBuffer out) {
        int g1 = m.pairGeom1[pair];
        int g2 = m.pairGeom2[pair];
        if (bodyAwake != null
                && bodyAwake[m.geomBodyid[g1]] != 1
                && bodyAwake[m.geomBodyid[g2]] != 1) {
            return;
        }
        if (m.geomType[g1] > m.geomType[g2]) {
            int t = g1;
            g1 = g2;
            g2 = t;
        }
        if (near(g1, g2, pair, xpos, xmat)) {
            collide(g1, g2, pair, xpos, xmat, out);
        }
    }

    /** Collects the geom pairs of two bodies that pass all filters; returns their number. */
    private int candidates(int b1, int b2, double[] xpos, double[] xmat, int first, int end) {
        int n = 0;
        int[] start = broad.geomStart;
        int[] geom = broad.geomOf;
        boolean few = start[b1 + 1] - start[b1] == 1 && start[b2 + 1] - start[b2] == 1;
        for (int i = start[b1]; i < start[b1 + 1]; i++) {
            int g1 = geom[i];
            for (int j = start[b2]; j < start[b2 + 1]; j++) {
                int g2 = geom[j];
                if (!few && !BroadPhase.overlap(broad.geomBox, 6 * g1, broad.geomBox, 6 * g2)) {
                    continue;
                }
                if ((m.geomContype[g1] & m.geomConaffinity[g2]) == 0
                        && (m.geomContype[g2] & m.geomConaffinity[g1]) == 0) {
                    continue;
                }
                if (isExplicit(g1, g2, first, end) || !near(g1, g2, -1, xpos, xmat)) {
                    continue;
                }
                boolean swap = m.geomType[g1] > m.geomType[g2];
                long lo = swap ? g2 : g1;
                long hi = swap ? g1 : g2;
                if (n == geomPair.length) {
                    geomPair = Arrays.copyOf(geomPair, 2 * n);
                }
                geomPair[n++] = lo << 32 | hi;
            }
        }
        return n;
    }

    private boolean isExplicit(int g1, int g2, int first, int end) {
        for (int k = first; k < end; k++) {
            int p = pairOrder[k];
            if ((m.pairGeom1[p] == g1 && m.pairGeom2[p] == g2)
                    || (m.pairGeom1[p] == g2 && m.pairGeom2[p] == g1)) {
                return true;
            }
        }
        return false;
    }

    /** Bounding spheres within reach, or the sphere of one within reach of the other's plane. */
    private boolean near(int g1, int g2, int pair, double[] xpos, double[] xmat) {
        double reach =
                ContactParameters.margin(m, override, g1, g2, pair)
                        + ContactParameters.gap(m, g1, g2, pair);
        double r1 = shapes.rbound[g1];
        double r2 = shapes.rbound[g2];
        double dx = xpos[3 * g2] - xpos[3 * g1];
        double dy = xpos[3 * g2 + 1] - xpos[3 * g1 + 1];
        double dz = xpos[3 * g2 + 2] - xpos[3 * g1 + 2];
        if (r1 > 0 && r2 > 0) {
            double r = r1 + r2 + reach;
            return dx * dx + dy * dy + dz * dz <= r * r;
        }
        if (m.geomType[g1] == Solid.PLANE && r2 > 0) {
            int o = 9 * g1;
            return dx * xmat[o + 2] + dy * xmat[o + 5] + dz * xmat[o + 8] <= reach + r2;
        }
        if (m.geomType[g2] == Solid.PLANE && r1 > 0) {
            int o = 9 * g2;
            return -(dx * xmat[o + 2] + dy * xmat[o + 5] + dz * xmat[o + 8]) <= reach + r1;
        }
        return true;
    }

    /** Narrow phase of one geom pair, lower type first, and the parameters of its contacts. */
    private void collide(
            int g1, int g2, int pair, double[] xpos, double[] xmat, ContactBuffer out) {
        if (out.count + Manifold.MAX > out.limit) {
            out.dropped++;
            return;
        }
        double margin = ContactParameters.margin(m, override, g1, g2, pair);
        double reach = margin + ContactParameters.gap(m, g1, g2, pair);
        shapes.shape(a, g1);
        shapes.shape(b, g2);
        a.pose(xpos, 3 * g1, xmat, 9 * g1);
        b.pose(xpos, 3 * g2, xmat, 9 * g2);
        manifold.n = 0;
        narrow.collide(manifold, reach, a, b);
        for (int i = 0; i < manifold.n; i++) {
            int c = out.add();
            out.geom1[c] = g1;
            out.geom2[c] = g2;
            out.dist[c] = manifold.dist[i];
            System.arraycopy(manifold.pos, 3 * i, out.pos, 3 * c, 3);
            ContactFrame.make(
                    out.frame,
                    9 * c,
                    manifold.normal[3 * i],
                    manifold.normal[3 * i + 1],
                    manifold.normal[3 * i + 2],
                    manifold.tangent[3 * i],
                    manifold.tangent[3 * i + 1],
                    manifold.tangent[3 * i + 2]);
            if (pair >= 0) {
                ContactParameters.ofPair(m, pair, out, c);
            } else {
                ContactParameters.ofGeoms(m, g1, g2, out, c);
            }
            ContactParameters.finish(m.option, override, out, c, margin);
        }
    }
}
