package org.openkaiwu.motion;

import org.openkaiwu.math.InputException;
import org.openkaiwu.math.RandomStream;

/**
 * The box of configurations that a planner searches, with a weighted Euclidean distance {@code
 * d(a,b)^2 = sum (w_i (a_i - b_i))^2}.
 *
 * <p>The weight of a joint says how far the machine moves when that joint does: a shoulder counts
 * more than a wrist, a metre of a lift as much as the user says. An edge is checked at steps of at
 * most {@code resolution} in this distance.
 */
public final class JointSpace {
    private final double[] lower;
    private final double[] upper;
    private final double[] weight;
    private final double resolution;

    /**
     * A space.
     *
     * @param lower lower bounds, rad or m, finite
     * @param upper upper bounds, not below the lower
     * @param weight weight of each joint, positive
     * @param resolution largest weighted distance between two checked points of an edge, positive
     */
    public JointSpace(double[] lower, double[] upper, double[] weight, double resolution) {
        int n = lower.length;
        if (upper.length != n || weight.length != n) {
            throw new InputException("joint space", "bounds and weights must have one length");
        }
        for (int i = 0; i < n; i++) {
            if (!(lower[i] <= upper[i]) || Double.isInfinite(upper[i] - lower[i])) {
                throw new InputException(
                        "joint space", "joint " + i + " needs finite bounds, lower <= upper");
            }
            if (!(weight[i] > 0)) {
                throw new InputException("joint space", "joint " + i + " needs a positive weight");
            }
        }
        if (!(resolution > 0)) {
            throw new InputException("joint space", "the edge resolution must be positive");
        }
        this.lower = lower.clone();
        this.upper = upper.clone();
        this.weight = weight.clone();
        this.resolution = resolution;
    }

    /** All weights one, edges checked each 0.03 rad. */
    public static JointSpace plain(double[] lower, double[] upper) {
        double[] w = new double[lower.length];
        java.util.Arrays.fill(w, 1);
        return new JointSpace(lower, upper, w, 0.03);
    }

    /** Number of joints. */
    public int size() {
        return lower.length;
    }

    /** Largest weighted distance between two checked points of an edge. */
    public double resolution() {
        return resolution;
    }

    /** Lower bound of a joint. */
    public double lower(int i) {
        return lower[i];
    }

    /** Upper bound of a joint. */
    public double upper(int i) {
        return upper[i];
    }

    /** The same space with bounds moved outwards where needed to hold {@code q}. */
    public JointSpace including(double[] q) {
        double[] lo = lower.clone();
        double[] hi = upper.clone();
        for (int i = 0; i < lo.length; i++) {
            lo[i] = Math.min(lo[i], q[i]);
            hi[i] = Math.max(hi[i], q[i]);
        }
        return new JointSpace(lo, hi, weight, resolution);
    }

    /** Whether every joint is within its bounds, give or take 1e-9. */
    public boolean contains(double[] q) {
        for (int i = 0; i < lower.length; i++) {
            if (!(q[i] >= lower[i] - 1e-9 && q[i] <= upper[i] + 1e-9)) {
                return false;
            }
        }
        return true;
    }

    /** Weighted distance. */
    public double distance(double[] a, double[] b) {
        return distance(a, 0, b, 0);
    }

    double distance(double[] a, int ao, double[] b, int bo) {
        return Math.sqrt(squared(a, ao, b, bo));
    }

    double squared(double[] a, int ao, double[] b, int bo) {
        double s = 0;
        for (int i = 0; i < weight.length; i++) {
            double d = weight[i] * (a[ao + i] - b[bo + i]);
            s += d * d;
        }
        return s;
    }

    /** Uniform over the box. */
    void sample(RandomStream random, double[] out) {
        for (int i = 0; i < lower.length; i++) {
            out[i] = random.uniform(lower[i], upper[i]);
        }
    }

    static void interpolate(double[] a, int ao, double[] b, int bo, double t, double[] out) {
        for (int i = 0; i < out.length; i++) {
            out[i] = a[ao + i] + t * (b[bo + i] - a[ao + i]);
        }
    }

    /**
     * Whether the straight edge from {@code a} to {@code b} is free, both ends included, at the
     * space's resolution. Points are asked far apart first (bit-reversed order), so that a blocked
     * edge is found early.
     *
     * @param scratch work space of {@link #size()} numbers
     */
    public boolean edge(double[] a, double[] b, Validity validity, double[] scratch) {
        return validity.valid(a) && open(a, 0, b, 0, validity, scratch);
    }

    /** As {@link #edge}, without asking for {@code a} itself. */
    boolean open(double[] a, int ao, double[] b, int bo, Validity validity, double[] scratch) {
        int steps = Math.max(1, (int) Math.ceil(distance(a, ao, b, bo) / resolution));
        interpolate(a, ao, b, bo, 1, scratch);
        if (!validity.valid(scratch)) {
            return false;
        }
        int bits = 32 - Integer.numberOfLeadingZeros(steps - 1);
        int count = 1 << bits;
        for (int k = 1; k < count; k++) {
            int i = Integer.reverse(k) >>> (32 - bits);
            if (i < steps) {
                interpolate(a, ao, b, bo, (double) i / steps, scratch);
                if (!validity.valid(scratch)) {
                    return false;
                }
            }
        }
        return true;
    }
}
