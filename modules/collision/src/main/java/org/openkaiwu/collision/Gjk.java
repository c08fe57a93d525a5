package org.openkaiwu.collision;

/**
 * Distance of two convex shapes, or a simplex of their Minkowski difference that holds the origin:
 * Gilbert, Johnson and Keerthi (1988) with the distance step of {@link SubDistance} and the
 * Frank-Wolfe duality gap as stopping rule, in the order of work of MuJoCo 3.14's native collider.
 */
final class Gjk {
    private static final double MINVAL = Solid.MINVAL;

    final Minkowski simplex = new Minkowski(5);
    final SubDistance sub = new SubDistance();

    /** Points in the simplex; 0 when the shapes were found apart. */
    int n;

    /** Distance of the cores; 0 when they overlap; MAX_VALUE when only known to be apart. */
    double dist;

    /** A plane between the shapes was found. */
    boolean separated;

    /** Whether the witness points mean something. */
    boolean witness;

    /** Nearest points, in the world. */
    final double[] x1 = new double[3];

    final double[] x2 = new double[3];
    private final double[] x = new double[3];

    // the test for overlap alone
    private final Minkowski tetra = new Minkowski(4);
    private final int[] at = new int[4];
    private final double[] normal = new double[12];
    private final double[] faceDist = new double[4];
    private int iterations;

    /**
     * @param cutoff distances above it need not be known; 0: only whether there is overlap
     */
    void run(Support p, Support q, double tolerance, int maxIterations, double cutoff) {
        x1[0] = p.centreX();
        x1[1] = p.centreY();
        x1[2] = p.centreZ();
        x2[0] = q.centreX();
        x2[1] = q.centreY();
        x2[2] = q.centreZ();
        boolean distance = cutoff > 0;
        boolean overlapTest = !distance;
        boolean discrete = p.discrete() && q.discrete();
        double gap = discrete ? 0 : 0.5 * tolerance * tolerance;
        double touch = discrete ? MINVAL : tolerance;
        separated = false;
        n = 0;
        for (int k = 0; k < 3; k++) {
            x[k] = x1[k] - x2[k];
        }
        double norm = norm();
        double before = 0;
        double[] w = simplex.w;
        for (iterations = 0; iterations < maxIterations; iterations++) {
            if (norm < touch || Math.abs(before - norm) < MINVAL) {
                break;
            }
            supportAt(n, p, q, norm);
            int o = 3 * n;
            double lower = x[0] * w[o] + x[1] * w[o + 1] + x[2] * w[o + 2];
            double dual =
                    x[0] * (x[0] - w[o]) + x[1] * (x[1] - w[o + 1]) + x[2] * (x[2] - w[o + 2]);
            if (dual < gap) {
                break;
            }
            if (lower > 0 && (!distance || (cutoff < Double.MAX_VALUE && lower >= cutoff * norm))) {
                apart();
                return;
            }
            if (n == 3 && overlapTest) {
                int inside = overlap(p, q, maxIterations);
                if (inside >= 0) {
                    witness = false;
                    separated = inside == 0;
                    dist = inside > 0 ? 0 : Double.MAX_VALUE;
                    return;
                }
                overlapTest = false;
            }
            sub.solve(w, n + 1);
            reduce();
            if (n < 1) {
                apart();
                return;
            }
            combine(x, w);
            before = norm;
            norm = norm();
            if (n == 4) {
                break;
            }
        }
        if (n > 0) {
            combine(x1, simplex.a);
            combine(x2, simplex.b);
        }
        supportAt(4, p, q, norm);
        if (x[0] * w[12] + x[1] * w[13] + x[2] * w[14] > 0) {
            separated = true;
        }
        witness = true;
        dist = n == 4 && !separated ? 0 : norm;
    }

    private void apart() {
        separated = true;
        n = 0;
        witness = false;
        dist = Double.MAX_VALUE;
    }

    private double norm() {
        return Math.sqrt(x[0] * x[0] + x[1] * x[1] + x[2] * x[2]);
    }

    private void supportAt(int i, Support p, Support q, double norm) {
        double s = 1 / norm;
        simplex.support(i, p, q, -(x[0] * s), -(x[1] * s), -(x[2] * s));
    }

    /** Drops the corners without weight. */
    private void reduce() {
        int m = 0;
        double[] l = sub.lambda;
        for (int i = 0; i < 4; i++) {
            if (l[i] != 0) {
                if (m != i) {
                    simplex.copy(m, simplex, i);
                    l[m] = l[i];
                }
                m++;
            }
        }
        n = m;
    }

    private void combine(double[] out, double[] v) {
        double[] l = sub.lambda;
        for (int k = 0; k < 3; k++) {
            double sum = l[0] * v[k];
            for (int i = 1; i < n; i++) {
                sum += l[i] * v[3 * i + k];
            }
            out[k] = sum;
        }
    }

    /**
     * Whether the origin is inside, by turning the tetrahedron over its face that is farthest out:
     * 1 yes, 0 no, -1 cannot tell. On 1 the simplex is a tetrahedron around the origin.
     */
    private int overlap(Support p, Support q, int maxIterations) {
        for (int i = 0; i < 4; i++) {
            tetra.copy(i, simplex, i);
            at[i] = i;
        }
        for (; iterations < maxIterations; iterations++) {
            faceDist[0] = signed(0, at[2], at[1], at[3]);
            faceDist[1] = signed(1, at[0], at[2], at[3]);
            faceDist[2] = signed(2, at[1], at[0], at[3]);
            faceDist[3] = signed(3, at[0], at[1], at[2]);
            if (faceDist[0] == 0 || faceDist[1] == 0 || faceDist[2] == 0 || faceDist[3] == 0) {
                return -1;
            }
            int i = faceDist[0] < faceDist[1] ? 0 : 1;
            int j = faceDist[2] < faceDist[3] ? 2 : 3;
            int worst = faceDist[i] < faceDist[j] ? i : j;
            if (faceDist[worst] > 0) {
                n = 4;
                for (int k = 0; k < 4; k++) {
                    simplex.copy(k, tetra, at[k]);
                }
                return 1;
            }
            int c = at[worst];
            double nx = normal[3 * worst];
            double ny = normal[3 * worst + 1];
            double nz = normal[3 * worst + 2];
            tetra.support(c, p, q, nx, ny, nz);
            double[] w = tetra.w;
            if (nx * w[3 * c] + ny * w[3 * c + 1] + nz * w[3 * c + 2] < 0) {
                n = 0;
                return 0;
            }
            i = (worst + 1) & 3;
            j = (worst + 2) & 3;
            int t = at[i];
            at[i] = at[j];
            at[j] = t;
        }
        return -1;
    }

    /** Signed distance of the plane of three corners, whose unit normal becomes number f. */
    private double signed(int f, int i, int j, int k) {
        double[] w = tetra.w;
        double ax = w[3 * k] - w[3 * i];
        double ay = w[3 * k + 1] - w[3 * i + 1];
        double az = w[3 * k + 2] - w[3 * i + 2];
        double bx = w[3 * j] - w[3 * i];
        double by = w[3 * j + 1] - w[3 * i + 1];
        double bz = w[3 * j + 2] - w[3 * i + 2];
        double nx = ay * bz - az * by;
        double ny = az * bx - ax * bz;
        double nz = ax * by - ay * bx;
        double n2 = nx * nx + ny * ny + nz * nz;
        if (!(n2 > MINVAL * MINVAL && n2 < 1e20)) {
            return Double.MAX_VALUE;
        }
        double s = 1 / Math.sqrt(n2);
        normal[3 * f] = nx * s;
        normal[3 * f + 1] = ny * s;
        normal[3 * f + 2] = nz * s;
        return normal[3 * f] * w[3 * i]
                + normal[3 * f + 1] * w[3 * i + 1]
                + normal[3 * f + 2] * w[3 * i + 2];
    }
}
