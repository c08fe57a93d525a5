package org.openkaiwu.physics.constraint;

import java.util.Arrays;
import org.openkaiwu.body.Machine;
import org.openkaiwu.collision.ContactBuffer;

/**
 * The constraint problems of several worlds in one memory: number i of lane l is at {@code i w +
 * l}. The worlds have the same dofs and the same pattern of M, but each its own rows.
 *
 * <p>Blocks that mean the same (the same limit, the same contact of the same two geoms) share a
 * place, whose numbers are zero in the lanes of worlds that lack it. A world's blocks keep their
 * order, so that every sum has the terms of the world alone, in its order, and zeros between them.
 */
final class LaneProblem {
    /** Lanes. */
    final int w;

    /** Lanes in use, the first ones. */
    int lanes;

    /** Dofs. */
    int n;

    /** Places of blocks. */
    int count;

    /** Rows, among them {@link #ne} of equalities, then {@link #nf} of friction loss. */
    int m;

    int ne;
    int nf;

    /** As in {@link BlockJacobian}, by place. */
    int[] kind = new int[0];

    int[] dim = new int[0];
    int[] nnz = new int[0];
    int[] col = new int[0];
    int[] val = new int[0];
    int[] row = new int[1];
    int[] colind = new int[0];

    /** Rows of limits, frictionless contacts and pyramids. Shape nsimple. */
    int[] simple = new int[0];

    int nsimple;

    /** Places of elliptic contacts. Shape ncone. */
    int[] cone = new int[0];

    int ncone;

    /** Jacobians, friction coefficients (5 a place), cone friction, all by lanes. */
    double[] values = new double[0];

    double[] mu = new double[0];
    double[] coneMu = new double[0];

    /** Numbers of the rows, by lanes. */
    double[] d = new double[0];

    double[] r = new double[0];
    double[] aref = new double[0];
    double[] frictionloss = new double[0];

    /** Results: force and state (its code) of the rows, by lanes. */
    double[] force = new double[0];

    double[] state = new double[0];

    /** Pattern of M: that of any of the problems. */
    Problem pattern;

    /** M in that pattern, by lanes. */
    double[] inertia = new double[0];

    /** By dof and lane: as in {@link Problem}. */
    double[] smoothAcc = new double[0];

    double[] smoothForce = new double[0];
    double[] acc = new double[0];
    double[] jointForce = new double[0];

    /** Block of a place in a lane, or -1. */
    private int[] block = new int[0];

    private long[][] keys;
    private final int[] next;

    LaneProblem(int width) {
        w = width;
        keys = new long[width][0];
        next = new int[width];
    }

    /**
     * Takes over problems of whole worlds, the first {@code used} of each array.
     *
     * @return false when their blocks cannot share places; nothing is to be done with the lanes
     *     then
     */
    boolean load(Machine[] machines, Problem[] p, Rows[] rows, ContactBuffer[] contacts, int used) {
        lanes = used;
        n = p[0].n;
        pattern = p[0];
        for (int l = 0; l < used; l++) {
            if (!sortedKeys(l, machines[l], rows[l], contacts[l])) {
                return false;
            }
        }
        if (!merge(p)) {
            return false;
        }
        reserveRows();
        loadDofs(p);
        for (int l = 0; l < used; l++) {
            for (int s = 0; s < count; s++) {
                int b = block[s * w + l];
                if (b >= 0) {
                    loadBlock(p[l], l, s, b);
                }
            }
        }
        return true;
    }

    /** What each block is, as ascending numbers; false when they do not ascend. */
    private boolean sortedKeys(int l, Machine machine, Rows rows, ContactBuffer c) {
        BlockJacobian jac = rows.jacobian;
        if (keys[l].length < jac.count) {
            keys[l] = new long[Math.max(jac.count, 2 * keys[l].length)];
        }
        long[] k = keys[l];
        long before = -1;
        for (int b = 0; b < jac.count; b++) {
            int first = jac.row[b];
            int id = rows.id[first];
            long key =
                    switch (rows.type[first]) {
                        case Rows.EQUALITY -> id;
                        case Rows.FRICTION_DOF -> 1L << 60 | id;
                        case Rows.FRICTION_TENDON -> 1L << 60 | 1L << 40 | id;
                        case Rows.LIMIT_JOINT -> 2L << 60 | (long) id << 8;
                        case Rows.LIMIT_TENDON -> 2L << 60 | 1L << 40 | (long) id << 8;
                        default -> contactKey(machine, c.geom1[id], c.geom2[id]);
                    };
            if (before >> 8 == key >> 8 && key >> 61 != 0) {
                // the next contact of the same geoms, or the other side of a limit
                key = before + 1;
            } else if (key >> 60 == 2 && jac.values[jac.val[b]] < 0) {
                key |= 1;
            }
            if (key <= before) {
                return false;
            }
            k[b] = key;
            before = key;
        }
        return true;
    }

    /** Contacts come in the order of the lower body, the other body, and the geoms. */
    private static long contactKey(Machine machine, int geom1, int geom2) {
        int body1 = machine.geomBodyid[geom1];
        int body2 = machine.geomBodyid[geom2];
        long low = Math.min(body1, body2);
        long high = Math.max(body1, body2);
        return 3L << 60 | low << 47 | high << 34 | (long) geom1 << 21 | (long) geom2 << 8;
    }

    private boolean merge(Problem[] p) {
        count = 0;
        m = 0;
        int columns = 0;
        int numbers = 0;
        Arrays.fill(next, 0);
        while (true) {
            long key = Long.MAX_VALUE;
            int lane = -1;
            for (int l = 0; l < lanes; l++) {
                if (next[l] < p[l].jacobian.count && keys[l][next[l]] < key) {
                    key = keys[l][next[l]];
                    lane = l;
                }
            }
            if (lane < 0) {
                break;
            }
            reservePlace();
            int s = count++;
            BlockJacobian jac = p[lane].jacobian;
            int b = next[lane];
            kind[s] = jac.kind[b];
            dim[s] = jac.dim[b];
            nnz[s] = jac.nnz[b];
            col[s] = columns;
            val[s] = numbers;
            if (colind.length < columns + nnz[s]) {
                colind = Arrays.copyOf(colind, Math.max(2 * colind.length, columns + nnz[s]));
            }
            System.arraycopy(jac.colind, jac.col[b], colind, columns, nnz[s]);
            columns += nnz[s];
            numbers += dim[s] * nnz[s];
            row[s] = m;
            m += jac.row[b + 1] - jac.row[b];
            row[s + 1] = m;
            for (int l = 0; l < w; l++) {
                int at = s * w + l;
                block[at] = -1;
                if (l < lanes && next[l] < p[l].jacobian.count && keys[l][next[l]] == key) {
                    block[at] = next[l]++;
                    if (!same(s, p[l].jacobian, block[at])) {
                        return false;
                    }
                }
            }
        }
        int size = numbers * w;
        if (values.length < size) {
            values = new double[Math.max(size, 2 * values.length)];
        } else {
            Arrays.fill(values, 0, size, 0);
        }
        return true;
    }

    private boolean same(int s, BlockJacobian jac, int b) {
        return jac.kind[b] == kind[s]
                && jac.dim[b] == dim[s]
                && jac.nnz[b] == nnz[s]
                && Arrays.equals(
                        jac.colind,
                        jac.col[b],
                        jac.col[b] + nnz[s],
                        colind,
                        col[s],
                        col[s] + nnz[s]);
    }

    private void reservePlace() {
        if (count == kind.length) {
            int cap = Math.max(64, 2 * count);
            kind = Arrays.copyOf(kind, cap);
            dim = Arrays.copyOf(dim, cap);
            nnz = Arrays.copyOf(nnz, cap);
            col = Arrays.copyOf(col, cap);
            val = Arrays.copyOf(val, cap);
            row = Arrays.copyOf(row, cap + 1);
            block = Arrays.copyOf(block, cap * w);
        }
    }

    private void reserveRows() {
        int size = m * w;
        if (d.length < size) {
            int cap = Math.max(size, 2 * d.length);
            d = new double[cap];
            r = new double[cap];
            aref = new double[cap];
            frictionloss = new double[cap];
            force = new double[cap];
            state = new double[cap];
            simple = new int[cap / w + 1];
        } else {
            Arrays.fill(d, 0, size, 0);
            Arrays.fill(r, 0, size, 0);
            Arrays.fill(aref, 0, size, 0);
            Arrays.fill(frictionloss, 0, size, 0);
        }
        if (coneMu.length < count * w) {
            int cap = Math.max(count * w, 2 * coneMu.length);
            coneMu = new double[cap];
            mu = new double[5 * cap];
            cone = new int[cap / w + 1];
        } else {
            Arrays.fill(coneMu, 0, count * w, 0);
            Arrays.fill(mu, 0, 5 * count * w, 0);
        }
        ne = 0;
        nf = 0;
        nsimple = 0;
        ncone = 0;
        for (int s = 0; s < count; s++) {
            int size1 = row[s + 1] - row[s];
            switch (kind[s]) {
                case Rows.EQUALITY -> ne += size1;
                case Rows.FRICTION_DOF, Rows.FRICTION_TENDON -> nf += size1;
                case Rows.CONTACT_ELLIPTIC -> cone[ncone++] = s;
                default -> {
                    for (int i = row[s]; i < row[s + 1]; i++) {
                        simple[nsimple++] = i;
                    }
                }
            }
        }
    }

    private void loadDofs(Problem[] p) {
        int size = n * w;
        if (acc.length < size) {
            acc = new double[size];
            smoothAcc = new double[size];
            smoothForce = new double[size];
            jointForce = new double[size];
        }
        int entries = pattern.inertiaDiag[n - 1] + 1;
        if (inertia.length < entries * w) {
            inertia = new double[entries * w];
        }
        for (int l = 0; l < w; l++) {
            // a lane without a world repeats the first one, so that its numbers are harmless
            Problem q = p[l < lanes ? l : 0];
            spread(q.inertia, entries, inertia, l);
            spread(q.acc, n, acc, l);
            spread(q.smoothAcc, n, smoothAcc, l);
            spread(q.smoothForce, n, smoothForce, l);
        }
    }

    private void spread(double[] from, int size, double[] to, int l) {
        for (int i = 0, at = l; i < size; i++, at += w) {
            to[at] = from[i];
        }
    }

    private void loadBlock(Problem p, int l, int s, int b) {
        BlockJacobian jac = p.jacobian;
        double[] x = jac.values;
        int at = val[s] * w + l;
        for (int k = jac.val[b], end = k + dim[s] * nnz[s]; k < end; k++, at += w) {
            values[at] = x[k];
        }
        at = row[s] * w + l;
        for (int i = jac.row[b]; i < jac.row[b + 1]; i++, at += w) {
            d[at] = p.d[i];
            r[at] = p.r[i];
            aref[at] = p.aref[i];
            frictionloss[at] = p.frictionloss[i];
        }
        if (kind[s] >= Rows.CONTACT_PYRAMIDAL) {
            coneMu[s * w + l] = jac.coneMu[b];
            at = 5 * s * w + l;
            for (int k = 0; k < 5; k++, at += w) {
                mu[at] = jac.mu[5 * b + k];
            }
        }
    }

    /** Writes the results into the problems. */
    void store(Problem[] p) {
        for (int l = 0; l < lanes; l++) {
            Problem q = p[l];
            for (int i = 0, at = l; i < n; i++, at += w) {
                q.acc[i] = acc[at];
                q.jointForce[i] = jointForce[at];
            }
            for (int s = 0; s < count; s++) {
                int b = block[s * w + l];
                if (b >= 0) {
                    int at = row[s] * w + l;
                    for (int i = q.jacobian.row[b]; i < q.jacobian.row[b + 1]; i++, at += w) {
                        q.force[i] = force[at];
                        q.state[i] = (int) state[at];
                    }
                }
            }
        }
    }
}
