package org.openkaiwu.physics.constraint;

import java.util.Arrays;

/**
 * Orders the trees of a large island so that trees in touch are near one another, which keeps the
 * columns of the Hessian short: breadth first from a tree at the rim (E. Cuthill and J. McKee,
 * "Reducing the bandwidth of sparse symmetric matrices", 1969).
 */
final class TreeOrder {
    private final int[] first;
    private final int[] rank;
    private final int[] queue;
    private int[] neighbour = new int[0];
    private int[] edge = new int[0];

    TreeOrder(int ntree) {
        first = new int[ntree + 2];
        rank = new int[ntree];
        queue = new int[ntree];
    }

    /**
     * Sorts {@code trees[from .. to)}.
     *
     * @param dofTree tree of each dof of the world
     * @param blocks blocks of the island at {@code blockFrom .. blockTo)}
     */
    void sort(
            int[] trees,
            int from,
            int to,
            BlockJacobian jac,
            int[] dofTree,
            int[] blocks,
            int blockFrom,
            int blockTo) {
        int n = to - from;
        for (int k = 0; k < n; k++) {
            rank[trees[from + k]] = k;
        }
        int edges = collect(jac, dofTree, blocks, blockFrom, blockTo);
        Arrays.fill(first, 0, n + 2, 0);
        for (int e = 0; e < 2 * edges; e++) {
            first[edge[e] + 2]++;
        }
        for (int k = 2; k < n + 2; k++) {
            first[k] += first[k - 1];
        }
        for (int e = 0; e < edges; e++) {
            neighbour[first[edge[2 * e] + 1]++] = edge[2 * e + 1];
            neighbour[first[edge[2 * e + 1] + 1]++] = edge[2 * e];
        }
        // from one end of the island to the other, and back
        int start = breadthFirst(trees, from, n, 0);
        start = breadthFirst(trees, from, n, start);
        breadthFirst(trees, from, n, start);
        for (int k = 0; k < n; k++) {
            queue[k] = trees[from + queue[k]];
        }
        System.arraycopy(queue, 0, trees, from, n);
    }

    private int collect(
            BlockJacobian jac, int[] dofTree, int[] blocks, int blockFrom, int blockTo) {
        int edges = 0;
        for (int k = blockFrom; k < blockTo; k++) {
            int b = blocks[k];
            int last = -1;
            for (int j = 0; j < jac.nnz[b]; j++) {
                int t = dofTree[jac.colind[jac.col[b] + j]];
                if (last >= 0 && t != last) {
                    if (edge.length < 2 * edges + 2) {
                        edge = Arrays.copyOf(edge, Math.max(128, 2 * edge.length));
                        neighbour = new int[edge.length];
                    }
                    edge[2 * edges] = rank[last];
                    edge[2 * edges + 1] = rank[t];
                    edges++;
                }
                last = t;
            }
        }
        return edges;
    }

    /** Fills the queue with ranks in order of the visit; returns the last one. */
    private int breadthFirst(int[] trees, int from, int n, int start) {
        for (int k = 0; k < n; k++) {
            rank[trees[from + k]] = -1;
        }
        int head = 0;
        int tail = 0;
        queue[tail++] = start;
        rank[trees[from + start]] = 0;
        while (head < tail) {
            int k = queue[head++];
            for (int e = first[k]; e < first[k + 1]; e++) {
                int next = neighbour[e];
                if (rank[trees[from + next]] < 0) {
                    rank[trees[from + next]] = 0;
                    queue[tail++] = next;
                }
            }
        }
        return queue[n - 1];
    }
}
