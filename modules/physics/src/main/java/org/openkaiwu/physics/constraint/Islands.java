package org.openkaiwu.physics.constraint;

import java.util.Arrays;
import org.openkaiwu.body.Machine;
import org.openkaiwu.body.Options.Flag;
import org.openkaiwu.dynamics.Tree;

/**
 * Splits the rows into islands: sets of kinematic trees that no row connects to others. Islands are
 * numbered by their first tree; trees without rows are in none.
 */
final class Islands {
    private final Machine m;
    private final Tree tree;
    private final boolean split;

    /** First dof of a tree; one more entry than trees. */
    private final int[] treeDof;

    /** Last row of the columns of M. Shape nv. */
    private final int[] inertiaLast;

    private final int[] parent;

    /** Islands of the last call. */
    int count;

    /** Island of a tree or -1. Shape ntree. */
    final int[] islandOfTree;

    /** Islands of more trees are renumbered for a narrow Hessian. */
    private static final int FEW_TREES = 8;

    private final TreeOrder order;
    private int[] islandOfBlock = new int[0];

    /** Blocks sorted by island, and where those of an island begin. */
    private int[] blocks = new int[0];

    private final int[] firstBlock;

    /** Trees sorted by island, and where those of an island begin. */
    private final int[] trees;

    private final int[] firstTree;

    /** Own number of a world's dof in its island. Shape nv. */
    private final int[] localDof;

    Islands(ConstraintModel model) {
        m = model.machine();
        tree = model.tree();
        split = !m.option.disabled(Flag.ISLAND);
        treeDof = new int[m.ntree + 1];
        treeDof[m.ntree] = m.nv;
        for (int i = m.nv - 1; i >= 0; i--) {
            treeDof[m.dofTreeid[i]] = i;
        }
        order = new TreeOrder(m.ntree);
        inertiaLast = new int[m.nv];
        for (int i = 0; i < m.nv; i++) {
            for (int k = tree.mRowadr[i]; k < tree.mRowadr[i + 1]; k++) {
                inertiaLast[tree.mColind[k]] = i;
            }
        }
        parent = new int[m.ntree];
        islandOfTree = new int[m.ntree];
        firstBlock = new int[m.ntree + 2];
        firstTree = new int[m.ntree + 2];
        trees = new int[m.ntree];
        localDof = new int[m.nv];
    }

    /** Finds the islands of the rows. */
    void find(Rows rows) {
        BlockJacobian jac = rows.jacobian;
        if (islandOfBlock.length < jac.count) {
            islandOfBlock = new int[Math.max(jac.count, 2 * islandOfBlock.length)];
            blocks = new int[islandOfBlock.length];
        }
        if (!split) {
            count = rows.nefc > 0 ? 1 : 0;
            Arrays.fill(islandOfTree, 0);
            Arrays.fill(islandOfBlock, 0, jac.count, 0);
            sort(jac);
            return;
        }
        Arrays.fill(parent, -1);
        for (int b = 0; b < jac.count; b++) {
            int first = -1;
            int from = jac.col[b];
            for (int k = 0; k < jac.nnz[b]; k++) {
                int t = m.dofTreeid[jac.colind[from + k]];
                if (first < 0) {
                    first = t;
                    if (parent[t] < 0) {
                        parent[t] = t;
                    }
                } else if (t != first) {
                    join(first, t);
                    first = t;
                }
            }
            // a contact that moves nothing stays with the first tree
            islandOfBlock[b] = Math.max(first, 0);
        }
        count = 0;
        for (int t = 0; t < m.ntree; t++) {
            if (parent[t] < 0) {
                islandOfTree[t] = -1;
            } else if (parent[t] == t) {
                islandOfTree[t] = count++;
            } else {
                islandOfTree[t] = islandOfTree[root(t)];
            }
        }
        for (int b = 0; b < jac.count; b++) {
            islandOfBlock[b] = islandOfTree[islandOfBlock[b]];
        }
        sort(jac);
    }

    /** Lists of the islands' blocks and trees, in their old order. */
    private void sort(BlockJacobian jac) {
        Arrays.fill(firstBlock, 0, count + 2, 0);
        Arrays.fill(firstTree, 0, count + 2, 0);
        for (int b = 0; b < jac.count; b++) {
            firstBlock[islandOfBlock[b] + 2]++;
        }
        for (int t = 0; t < m.ntree; t++) {
            if (islandOfTree[t] >= 0 && islandOfTree[t] < count) {
                firstTree[islandOfTree[t] + 2]++;
            }
        }
        for (int i = 2; i < count + 2; i++) {
            firstBlock[i] += firstBlock[i - 1];
            firstTree[i] += firstTree[i - 1];
        }
        for (int b = 0; b < jac.count; b++) {
            blocks[firstBlock[islandOfBlock[b] + 1]++] = b;
        }
        for (int t = 0; t < m.ntree; t++) {
            if (islandOfTree[t] >= 0 && islandOfTree[t] < count) {
                trees[firstTree[islandOfTree[t] + 1]++] = t;
            }
        }
    }

    /**
     * Makes {@code p} the problem of an island, starting at {@code qacc}. If the island is the
     * whole world, the problem works on the given arrays.
     */
    void extract(
            int island, Problem p, ConstraintInput in, Rows rows, double[] qacc, double[] qfrc) {
        int ntree = firstTree[island + 1] - firstTree[island];
        metric(p, in);
        if (ntree > FEW_TREES && split) {
            order.sort(
                    trees,
                    firstTree[island],
                    firstTree[island + 1],
                    rows.jacobian,
                    m.dofTreeid,
                    blocks,
                    firstBlock[island],
                    firstBlock[island + 1]);
        } else if (ntree == m.ntree) {
            whole(p, in, rows, qacc, qfrc);
            return;
        }
        int n = 0;
        for (int k = firstTree[island]; k < firstTree[island + 1]; k++) {
            n += treeDof[trees[k] + 1] - treeDof[trees[k]];
        }
        BlockJacobian jac = rows.jacobian;
        int m2 = 0;
        for (int k = firstBlock[island]; k < firstBlock[island + 1]; k++) {
            m2 += jac.row[blocks[k] + 1] - jac.row[blocks[k]];
        }
        p.ownStorage(n, m2);
        int at = 0;
        for (int k = firstTree[island]; k < firstTree[island + 1]; k++) {
            at = addTree(p, in, qacc, trees[k], at);
        }
        p.ne = 0;
        p.nf = 0;
        for (int k = firstBlock[island]; k < firstBlock[island + 1]; k++) {
            addBlock(p, rows, blocks[k]);
        }
    }

    /** Makes {@code p} the problem of all rows, on the given arrays. */
    void whole(Problem p, ConstraintInput in, Rows rows, double[] qacc, double[] qfrc) {
        metric(p, in);
        p.dofs(m.nv);
        for (int i = 0; i < m.nv; i++) {
            index(p, i, i);
        }
        p.m = rows.nefc;
        p.ne = rows.ne;
        p.nf = rows.nf;
        p.smoothAcc = in.qaccSmooth;
        p.smoothForce = in.qfrcSmooth;
        p.acc = qacc;
        p.jointForce = qfrc;
        p.jacobian = rows.jacobian;
        p.type = rows.type;
        p.d = rows.d;
        p.r = rows.r;
        p.aref = rows.aref;
        p.frictionloss = rows.frictionloss;
        p.force = rows.force;
        p.state = rows.state;
        for (int b = 0; b < rows.jacobian.count; b++) {
            p.elliptic |= rows.jacobian.kind[b] == Rows.CONTACT_ELLIPTIC;
        }
    }

    private void metric(Problem p, ConstraintInput in) {
        p.elliptic = false;
        p.inertia = in.metric == null ? in.data.qM : in.metric;
        p.inertiaCol = tree.mColind;
    }

    private void index(Problem p, int own, int dof) {
        int t = m.dofTreeid[dof];
        p.shift[own] = dof - own;
        p.inertiaFrom[own] = tree.mRowadr[dof];
        p.inertiaDiag[own] = tree.mRowadr[dof + 1] - 1;
        p.inertiaLast[own] = inertiaLast[dof] - dof + own;
        p.treeStart[own] = treeDof[t] - dof + own;
        p.treeEnd[own] = treeDof[t + 1] - dof + own;
        localDof[dof] = own;
    }

    private int addTree(Problem p, ConstraintInput in, double[] qacc, int t, int at) {
        for (int dof = treeDof[t]; dof < treeDof[t + 1]; dof++, at++) {
            index(p, at, dof);
            p.acc[at] = qacc[dof];
            p.smoothAcc[at] = in.qaccSmooth[dof];
            p.smoothForce[at] = in.qfrcSmooth[dof];
        }
        return at;
    }

    private void addBlock(Problem p, Rows rows, int b) {
        BlockJacobian jac = rows.jacobian;
        BlockJacobian own = p.jacobian;
        int nnz = jac.nnz[b];
        int dim = jac.dim[b];
        int size = jac.row[b + 1] - jac.row[b];
        own.reserve(nnz, dim * nnz);
        for (int k = 0; k < nnz; k++) {
            own.colind[own.ncol + k] = localDof[jac.colind[jac.col[b] + k]];
        }
        System.arraycopy(jac.values, jac.val[b], own.values, own.nval, dim * nnz);
        ascend(own, dim, nnz);
        int kind = jac.kind[b];
        int c = own.append(kind, dim, size, nnz);
        System.arraycopy(jac.mu, 5 * b, own.mu, 5 * c, 5);
        own.coneMu[c] = jac.coneMu[b];
        int to = own.row[c];
        int from = jac.row[b];
        System.arraycopy(rows.type, from, p.type, to, size);
        System.arraycopy(rows.d, from, p.d, to, size);
        System.arraycopy(rows.r, from, p.r, to, size);
        System.arraycopy(rows.aref, from, p.aref, to, size);
        System.arraycopy(rows.frictionloss, from, p.frictionloss, to, size);
        switch (kind) {
            case Rows.EQUALITY -> p.ne += size;
            case Rows.FRICTION_DOF, Rows.FRICTION_TENDON -> p.nf += size;
            case Rows.CONTACT_ELLIPTIC -> p.elliptic = true;
            default -> {
                // limits and other contacts come last and are counted by m
            }
        }
    }

    /** Sorts the columns of the block that is being written. */
    private static void ascend(BlockJacobian own, int dim, int nnz) {
        int[] col = own.colind;
        for (int k = 1; k < nnz; k++) {
            for (int j = own.ncol + k; j > own.ncol && col[j] < col[j - 1]; j--) {
                int c = col[j];
                col[j] = col[j - 1];
                col[j - 1] = c;
                int at = own.nval + j - own.ncol;
                for (int row = 0; row < dim; row++, at += nnz) {
                    double x = own.values[at];
                    own.values[at] = own.values[at - 1];
                    own.values[at - 1] = x;
                }
            }
        }
    }

    /** Writes the results of an island's problem into the world's arrays. */
    void insert(int island, Problem p, Rows rows, double[] qacc, double[] qfrc) {
        if (p.acc == qacc) {
            return;
        }
        for (int i = 0; i < p.n; i++) {
            qacc[i + p.shift[i]] = p.acc[i];
            qfrc[i + p.shift[i]] = p.jointForce[i];
        }
        BlockJacobian jac = rows.jacobian;
        int at = 0;
        for (int k = firstBlock[island]; k < firstBlock[island + 1]; k++) {
            int from = jac.row[blocks[k]];
            int size = jac.row[blocks[k] + 1] - from;
            System.arraycopy(p.force, at, rows.force, from, size);
            System.arraycopy(p.state, at, rows.state, from, size);
            at += size;
        }
    }

    private void join(int a, int b) {
        if (parent[b] < 0) {
            parent[b] = b;
        }
        int x = root(a);
        int y = root(b);
        if (x < y) {
            parent[y] = x;
        } else {
            parent[x] = y;
        }
    }

    private int root(int t) {
        int r = t;
        while (parent[r] != r) {
            r = parent[r];
        }
        while (parent[t] != r) {
            int next = parent[t];
            parent[t] = r;
            t = next;
        }
        return r;
    }
}
