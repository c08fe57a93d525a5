package org.openkaiwu.physics.constraint;

import java.util.Arrays;

/**
 * The constraint rows of one configuration, with MuJoCo's names and order: equalities, friction
 * loss, limits, contacts. The arrays only grow; only the first {@link #nefc} entries mean anything.
 */
public final class Rows {
    /** Equality. */
    public static final int EQUALITY = 0;

    /** Friction loss of a dof. */
    public static final int FRICTION_DOF = 1;

    /** Friction loss of a tendon. */
    public static final int FRICTION_TENDON = 2;

    /** Joint limit. */
    public static final int LIMIT_JOINT = 3;

    /** Tendon limit. */
    public static final int LIMIT_TENDON = 4;

    /** Contact of dimension 1. */
    public static final int CONTACT_FRICTIONLESS = 5;

    /** Contact with a pyramidal cone. */
    public static final int CONTACT_PYRAMIDAL = 6;

    /** Contact with an elliptic cone. */
    public static final int CONTACT_ELLIPTIC = 7;

    /** Row is satisfied, no force. */
    public static final int SATISFIED = 0;

    /** Force is linear in the violation. */
    public static final int QUADRATIC = 1;

    /** Friction loss at its negative bound of acceleration. */
    public static final int LINEARNEG = 2;

    /** Friction loss at its positive bound of acceleration. */
    public static final int LINEARPOS = 3;

    /** Force is on the surface of the elliptic cone. */
    public static final int CONE = 4;

    /** Rows. */
    public int nefc;

    /** Equality rows, the first ones. */
    public int ne;

    /** Friction loss rows, after these. */
    public int nf;

    /** Limit rows, after these. */
    public int nl;

    /** Kind of row, EQUALITY .. CONTACT_ELLIPTIC. Shape nefc. */
    public int[] type = new int[64];

    /** Equality, dof, joint, tendon or contact. Shape nefc. */
    public int[] id = new int[64];

    /** SATISFIED .. CONE. Shape nefc. */
    public int[] state = new int[64];

    /** Violation or distance, m or rad. Shape nefc. */
    public double[] pos = new double[64];

    /** Where pos counts from. Shape nefc. */
    public double[] margin = new double[64];

    /** Bound of friction loss, N or N m. Shape nefc. */
    public double[] frictionloss = new double[64];

    /** {@code J qvel} (plus surface velocity of contacts). Shape nefc. */
    public double[] vel = new double[64];

    /** Reference acceleration. Shape nefc. */
    public double[] aref = new double[64];

    /** Regularization. Shape nefc. */
    public double[] r = new double[64];

    /** 1 / R. Shape nefc. */
    public double[] d = new double[64];

    /** Diagonal of {@code J M^-1 J'} that R goes with. Shape nefc. */
    public double[] diagA = new double[64];

    /** Stiffness, damping, impedance, derivative of the impedance. Shape nefc x 4. */
    public double[] kbip = new double[256];

    /** Force of the row, N or N m. Shape nefc. */
    public double[] force = new double[64];

    /** Jacobian. */
    final BlockJacobian jacobian = new BlockJacobian();

    void clear() {
        nefc = 0;
        ne = 0;
        nf = 0;
        nl = 0;
        jacobian.clear();
    }

    /**
     * Appends the block that was written behind the used parts of the Jacobian; positions and
     * margins become 0.
     *
     * @return its first row
     */
    int append(int kind, int objectId, int dim, int rows, int nnz) {
        if (nefc + rows > type.length) {
            grow(Math.max(2 * type.length, nefc + rows));
        }
        int first = nefc;
        for (int i = first; i < first + rows; i++) {
            type[i] = kind;
            id[i] = objectId;
            pos[i] = 0;
            margin[i] = 0;
            frictionloss[i] = 0;
        }
        jacobian.append(kind, dim, rows, nnz);
        nefc += rows;
        return first;
    }

    /** The Jacobian of one row, dense. Shape nv; allocates, for tests and pictures. */
    public double[] jacobianRow(int row, int nv) {
        double[] out = new double[nv];
        int b = jacobian.blockOf(row);
        double[] x = new double[jacobian.nnz[b]];
        jacobian.denseRow(b, row - jacobian.row[b], x);
        for (int j = 0; j < x.length; j++) {
            out[jacobian.colind[jacobian.col[b] + j]] = x[j];
        }
        return out;
    }

    private void grow(int n) {
        type = Arrays.copyOf(type, n);
        id = Arrays.copyOf(id, n);
        state = Arrays.copyOf(state, n);
        pos = Arrays.copyOf(pos, n);
        margin = Arrays.copyOf(margin, n);
        frictionloss = Arrays.copyOf(frictionloss, n);
        vel = Arrays.copyOf(vel, n);
        aref = Arrays.copyOf(aref, n);
        r = Arrays.copyOf(r, n);
        d = Arrays.copyOf(d, n);
        diagA = Arrays.copyOf(diagA, n);
        kbip = Arrays.copyOf(kbip, 4 * n);
        force = Arrays.copyOf(force, n);
    }
}
