package org.openkaiwu.motion;

import java.util.Arrays;
import java.util.List;
import org.openkaiwu.math.InputException;
import org.openkaiwu.math.RandomStream;

/**
 * Finds a path among obstacles by growing one tree from the start and one from the goals until they
 * meet.
 *
 * <p>Kuffner and LaValle, "RRT-Connect: an efficient approach to single-query path planning", ICRA
 * 2000; with the dynamic domain of Yershova et al., ICRA 2005: a node whose extension was blocked
 * draws only samples near it, so that nodes at walls do not waste the search. Deterministic for a
 * seed. Nearest neighbours are found by scanning, which serves trees of some ten thousand nodes.
 */
public final class RrtConnect {
    private final JointSpace space;
    private final double range;
    private final int maxIterations;
    private final double[] sample;
    private final double[] reached;
    private final double[] scratch;

    /**
     * A planner.
     *
     * @param space bounds, weights and edge resolution
     * @param range longest single extension, in the space's weighted distance
     * @param maxIterations bound on the number of samples drawn
     */
    public RrtConnect(JointSpace space, double range, int maxIterations) {
        if (!(range > 0) || maxIterations < 1) {
            throw new InputException("planner", "range and iterations must be positive");
        }
        this.space = space;
        this.range = range;
        this.maxIterations = maxIterations;
        int n = space.size();
        sample = new double[n];
        reached = new double[n];
        scratch = new double[n];
    }

    /** Plans to one goal. */
    public PlanResult plan(double[] start, double[] goal, Validity validity, long seed) {
        return plan(start, List.of(goal), validity, seed);
    }

    /**
     * Plans to whichever goal is met first; a straight way to one of them is tried before any
     * sampling, in the order given.
     *
     * @param start where the machine is
     * @param goals configurations that would do; those not valid or out of bounds are left out
     * @param validity asked for single configurations
     * @param seed of the samples
     */
    public PlanResult plan(double[] start, List<double[]> goals, Validity validity, long seed) {
        if (!space.contains(start) || !validity.valid(start)) {
            return PlanResult.failed(PlanResult.Outcome.START_BLOCKED, 0);
        }
        Tree a = new Tree(space.size());
        Tree b = new Tree(space.size());
        a.add(start, -1);
        for (double[] goal : goals) {
            if (space.contains(goal) && validity.valid(goal)) {
                b.add(goal, -1);
            }
        }
        if (b.size == 0) {
            return PlanResult.failed(PlanResult.Outcome.GOAL_BLOCKED, 0);
        }
        for (int g = 0; g < b.size; g++) {
            if (space.open(a.q, 0, b.q, b.at(g), validity, scratch)) {
                return solved(a, 0, b, g, 0);
            }
        }
        return grow(a, b, validity, RandomStream.of(seed, "rrt-connect"));
    }

    private PlanResult grow(Tree startTree, Tree goalTree, Validity validity, RandomStream random) {
        Tree a = startTree;
        Tree b = goalTree;
        for (int k = 1; k <= maxIterations; k++) {
            space.sample(random, sample);
            int near = a.nearest(space, sample);
            double d = space.distance(a.q, a.at(near), sample, 0);
            if (d <= a.radius[near] && d > 1e-12) {
                JointSpace.interpolate(a.q, a.at(near), sample, 0, Math.min(1, range / d), reached);
                if (space.open(a.q, a.at(near), reached, 0, validity, scratch)) {
                    a.loosen(near);
                    int added = a.add(reached, near);
                    int met = connect(b, a, added, validity);
                    if (met >= 0) {
                        return a == startTree
                                ? solved(a, added, b, met, k)
                                : solved(b, met, a, added, k);
                    }
                } else {
                    a.tighten(near, 4 * range);
                }
            }
            // The smaller tree grows next: a tree boxed in would otherwise starve the other.
            if (a.size > b.size) {
                Tree t = a;
                a = b;
                b = t;
            }
        }
        return PlanResult.failed(PlanResult.Outcome.NOT_FOUND, maxIterations);
    }

    /** Extends {@code tree} towards a node of {@code other}; the node that reached it, or -1. */
    private int connect(Tree tree, Tree other, int target, Validity validity) {
        System.arraycopy(other.q, other.at(target), sample, 0, sample.length);
        int near = tree.nearest(space, sample);
        while (true) {
            double d = space.distance(tree.q, tree.at(near), sample, 0);
            double t = d <= range ? 1 : range / d;
            JointSpace.interpolate(tree.q, tree.at(near), sample, 0, t, reached);
            if (!space.open(tree.q, tree.at(near), reached, 0, validity, scratch)) {
                return -1;
            }
            near = tree.add(reached, near);
            if (t == 1) {
                return near;
            }
        }
    }

    private static PlanResult solved(Tree a, int ia, Tree b, int ib, int iterations) {
        double[][] head = a.branch(ia);
        double[][] tail = b.branch(ib);
        double[][] path = new double[head.length + tail.length][];
        for (int i = 0; i < head.length; i++) {
            path[i] = head[head.length - 1 - i];
        }
        System.arraycopy(tail, 0, path, head.length, tail.length);
        return new PlanResult(PlanResult.Outcome.SOLVED, withoutRepeats(path), iterations);
    }

    private static double[][] withoutRepeats(double[][] path) {
        double[][] kept = new double[path.length][];
        int n = 0;
        for (int i = 0; i < path.length; i++) {
            boolean last = i == path.length - 1;
            if (n == 0 || !Arrays.equals(kept[n - 1], path[i]) || (last && n == 1)) {
                kept[n++] = path[i];
            }
        }
        return Arrays.copyOf(kept, n);
    }

    /** Nodes in flat arrays that double when full. */
    private static final class Tree {
        private final int dim;
        private double[] q;
        private int[] parent;
        private double[] radius;
        private int size;

        Tree(int dim) {
            this.dim = dim;
            q = new double[256 * dim];
            parent = new int[256];
            radius = new double[256];
        }

        int at(int node) {
            return node * dim;
        }

        int add(double[] value, int from) {
            if (size == parent.length) {
                q = Arrays.copyOf(q, 2 * q.length);
                parent = Arrays.copyOf(parent, 2 * parent.length);
                radius = Arrays.copyOf(radius, 2 * radius.length);
            }
            System.arraycopy(value, 0, q, size * dim, dim);
            parent[size] = from;
            radius[size] = Double.POSITIVE_INFINITY;
            return size++;
        }

        int nearest(JointSpace space, double[] to) {
            int best = 0;
            double least = Double.POSITIVE_INFINITY;
            for (int i = 0; i < size; i++) {
                double d = space.squared(q, i * dim, to, 0);
                if (d < least) {
                    least = d;
                    best = i;
                }
            }
            return best;
        }

        void tighten(int node, double first) {
            double r = radius[node];
            radius[node] = Double.isInfinite(r) ? first : Math.max(first / 4, r * 0.9999);
        }

        void loosen(int node) {
            radius[node] *= 1.0001;
        }

        double[][] branch(int node) {
            int count = 0;
            for (int i = node; i >= 0; i = parent[i]) {
                count++;
            }
            double[][] out = new double[count][];
            int k = 0;
            for (int i = node; i >= 0; i = parent[i]) {
                out[k++] = Arrays.copyOfRange(q, i * dim, (i + 1) * dim);
            }
            return out;
        }
    }
}
