package org.openkaiwu.dynamics;

import org.openkaiwu.body.Machine;

/**
 * Index arrays that the algorithms derive once from a {@link Machine}: which bodies can move, where
 * the dofs of a body's ancestors are, and the sparse layout of the inertia matrix. Immutable,
 * shared by all {@link TreeData} of a machine.
 *
 * <p>The inertia matrix M is symmetric; its lower triangle is stored by rows ({@code mRowadr}),
 * columns ascending, the diagonal last. M(i, j) can differ from zero only if dof j is i itself or
 * an ancestor of i; rows of simple bodies hold the diagonal alone.
 */
public final class Tree {
    /** Non-zeros of the lower triangle of M, diagonal included. */
    public final int nC;

    /** Where row i of M begins; row i ends before {@code mRowadr[i + 1]}. Shape nv + 1. */
    public final int[] mRowadr;

    /** Columns of the stored numbers of M. Shape nC. */
    public final int[] mColind;

    /** Where row i of a matrix with all ancestors in every row begins. Shape nv + 1. */
    public final int[] fullRowadr;

    /** Columns of such a matrix, ascending within a row, the diagonal last. */
    public final int[] fullColind;

    /**
     * Last dof that moves the body: its own last one, or that of its nearest ancestor with dofs; -1
     * none. Shape nbody.
     */
    public final int[] bodyLastDof;

    /** Bodies that can move (joints or mocap among their ancestors or themselves), ascending. */
    public final int[] moving;

    /** Geoms of the moving bodies, ascending. */
    public final int[] movingGeoms;

    /** Sites of the moving bodies, ascending. */
    public final int[] movingSites;

    /** Body can never move. Shape nbody. */
    public final boolean[] fixed;

    /** Moving bodies from which on dofs act (bodies with an own or inherited dof), ascending. */
    public final int[] articulated;

    public Tree(Machine m) {
        int nbody = m.nbody;
        fixed = new boolean[nbody];
        fixed[0] = true;
        bodyLastDof = new int[nbody];
        bodyLastDof[0] = -1;
        int nmoving = 0;
        int narticulated = 0;
        for (int b = 1; b < nbody; b++) {
            int p = m.bodyParentid[b];
            fixed[b] = fixed[p] && m.bodyJntnum[b] == 0 && m.bodyMocapid[b] < 0;
            bodyLastDof[b] =
                    m.bodyDofnum[b] > 0 ? m.bodyDofadr[b] + m.bodyDofnum[b] - 1 : bodyLastDof[p];
            nmoving += fixed[b] ? 0 : 1;
            narticulated += bodyLastDof[b] >= 0 ? 1 : 0;
        }
        moving = new int[nmoving];
        articulated = new int[narticulated];
        int k = 0;
        int a = 0;
        for (int b = 1; b < nbody; b++) {
            if (!fixed[b]) {
                moving[k++] = b;
            }
            if (bodyLastDof[b] >= 0) {
                articulated[a++] = b;
            }
        }
        movingGeoms = onMoving(m.geomBodyid, m.ngeom);
        movingSites = onMoving(m.siteBodyid, m.nsite);
        mRowadr = rowadr(m, false);
        mColind = colind(m, mRowadr);
        nC = mColind.length;
        fullRowadr = rowadr(m, true);
        fullColind = colind(m, fullRowadr);
    }

    private static int[] rowadr(Machine m, boolean full) {
        int[] adr = new int[m.nv + 1];
        for (int i = 0; i < m.nv; i++) {
            int depth = 1;
            if (full || !simple(m, i)) {
                for (int j = m.dofParentid[i]; j >= 0; j = m.dofParentid[j]) {
                    depth++;
                }
            }
            adr[i + 1] = adr[i] + depth;
        }
        return adr;
    }

    private static int[] colind(Machine m, int[] rowadr) {
        int[] ind = new int[rowadr[m.nv]];
        for (int i = 0; i < m.nv; i++) {
            int at = rowadr[i + 1] - 1;
            ind[at] = i;
            for (int j = m.dofParentid[i]; at > rowadr[i]; j = m.dofParentid[j]) {
                ind[--at] = j;
            }
        }
        return ind;
    }

    private static boolean simple(Machine m, int dof) {
        return m.bodySimple[m.dofBodyid[dof]] != 0;
    }

    private int[] onMoving(int[] bodyid, int n) {
        int count = 0;
        for (int i = 0; i < n; i++) {
            count += fixed[bodyid[i]] ? 0 : 1;
        }
        int[] out = new int[count];
        int k = 0;
        for (int i = 0; i < n; i++) {
            if (!fixed[bodyid[i]]) {
                out[k++] = i;
            }
        }
        return out;
    }
}
