package org.openkaiwu.collision;

import java.util.Arrays;

/**
 * The contacts of one configuration, as a struct of arrays in MuJoCo's order and with the names and
 * meaning of its {@code mjContact}. The arrays only ever grow, so a buffer that has seen its
 * largest scene allocates no more; read the fields anew after each {@link Collider#detect}, since
 * growing replaces them. Only the first {@link #count} entries mean anything.
 *
 * <p>Units: m, N, s. Everything is in the world frame.
 */
public final class ContactBuffer {
    /** Contacts. */
    public int count;

    /** Most contacts that are kept, so that absurd scenes stay within memory and time. */
    public int limit = 10_000;

    /** Contacts that were left out for the limit's sake. */
    public int dropped;

    /** Geom of the lower type. Shape count. */
    public int[] geom1;

    /** Geom of the higher type. Shape count. */
    public int[] geom2;

    /** Contact dimension 1, 3, 4 or 6. Shape count. */
    public int[] dim;

    /** 1: inside the gap, makes no force; the constraint maker may set others. Shape count. */
    public int[] exclude;

    /** First constraint row or -1; written by the constraint maker. Shape count. */
    public int[] efcAddress;

    /** Signed distance of the surfaces, m; negative is penetration. Shape count. */
    public double[] dist;

    /** Midway between the surfaces, m. Shape count x 3. */
    public double[] pos;

    /** Rows: normal from geom1 to geom2, first and second tangent. Shape count x 9. */
    public double[] frame;

    /** Tangent 1, tangent 2, spin, roll 1, roll 2. Shape count x 5. */
    public double[] friction;

    /** Solver reference of the normal. Shape count x 2. */
    public double[] solref;

    /** Solver reference of the friction directions; 0 0: as the normal. Shape count x 2. */
    public double[] solreffriction;

    /** Solver impedance. Shape count x 5. */
    public double[] solimp;

    /** Rows are active below this distance, m. Shape count. */
    public double[] includemargin;

    /** Attraction, N. Shape count. */
    public double[] adhesion;

    /** Friction of the regularized cone; written by the constraint maker. Shape count. */
    public double[] mu;

    /** A buffer with room for 64 contacts. */
    public ContactBuffer() {
        resize(64);
    }

    /** Forgets all contacts, keeps the room. */
    public void clear() {
        count = 0;
        dropped = 0;
    }

    /** Makes one contact more and returns its index; its entries are undefined. */
    public int add() {
        if (count == dist.length) {
            resize(2 * count);
        }
        return count++;
    }

    /** Copies all contacts of {@code other}. */
    public void set(ContactBuffer other) {
        if (other.count > dist.length) {
            resize(other.dist.length);
        }
        int n = other.count;
        count = n;
        System.arraycopy(other.geom1, 0, geom1, 0, n);
        System.arraycopy(other.geom2, 0, geom2, 0, n);
        System.arraycopy(other.dim, 0, dim, 0, n);
        System.arraycopy(other.exclude, 0, exclude, 0, n);
        System.arraycopy(other.efcAddress, 0, efcAddress, 0, n);
        System.arraycopy(other.dist, 0, dist, 0, n);
        System.arraycopy(other.pos, 0, pos, 0, 3 * n);
        System.arraycopy(other.frame, 0, frame, 0, 9 * n);
        System.arraycopy(other.friction, 0, friction, 0, 5 * n);
        System.arraycopy(other.solref, 0, solref, 0, 2 * n);
        System.arraycopy(other.solreffriction, 0, solreffriction, 0, 2 * n);
        System.arraycopy(other.solimp, 0, solimp, 0, 5 * n);
        System.arraycopy(other.includemargin, 0, includemargin, 0, n);
        System.arraycopy(other.adhesion, 0, adhesion, 0, n);
        System.arraycopy(other.mu, 0, mu, 0, n);
    }

    private void resize(int n) {
        boolean fresh = dist == null;
        geom1 = fresh ? new int[n] : Arrays.copyOf(geom1, n);
        geom2 = fresh ? new int[n] : Arrays.copyOf(geom2, n);
        dim = fresh ? new int[n] : Arrays.copyOf(dim, n);
        exclude = fresh ? new int[n] : Arrays.copyOf(exclude, n);
        efcAddress = fresh ? new int[n] : Arrays.copyOf(efcAddress, n);
        dist = grow(dist, n);
        pos = grow(pos, 3 * n);
        frame = grow(frame, 9 * n);
        friction = grow(friction, 5 * n);
        solref = grow(solref, 2 * n);
        solreffriction = grow(solreffriction, 2 * n);
        solimp = grow(solimp, 5 * n);
        includemargin = grow(includemargin, n);
        adhesion = grow(adhesion, n);
        mu = grow(mu, n);
    }

    private static double[] grow(double[] a, int n) {
        return a == null ? new double[n] : Arrays.copyOf(a, n);
    }
}
