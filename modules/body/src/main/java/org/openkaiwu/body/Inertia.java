package org.openkaiwu.body;

/**
 * Mass and inertia of shapes, and principal axes.
 *
 * <p>A full inertia is six numbers {@code xx yy zz xy xz yz}. Formulas of solids and thin shells:
 * any table of moments of inertia; the area of an ellipsoid is Thomsen's approximation with p =
 * 1.6075, its shell the difference of two ellipsoids 1e-6 m apart, as in MuJoCo.
 */
final class Inertia {
    /** Off-diagonal entries below this, and below {@link #EIG_REL} of the trace, are left. */
    private static final double EIG_EPS = 1e-12;

    private static final double EIG_REL = 1e-7;

    private Inertia() {}

    /** Principal moments, largest first, and the rotation from principal axes. */
    record Principal(double[] moments, double[] quat) {}

    /**
     * Diagonalises by Jacobi rotations kept as one quaternion, so that the axes stay right-handed
     * and the order of equal moments is stable.
     */
    static Principal principal(double[] full) {
        double[] mat = {
            full[0], full[3], full[4], full[3], full[1], full[5], full[4], full[5], full[2]
        };
        double[] quat = {1, 0, 0, 0};
        double[] eig = new double[3];
        double trace = Math.abs(full[0]) + Math.abs(full[1]) + Math.abs(full[2]);
        double small = Math.min(EIG_EPS, EIG_REL * trace);
        for (int iter = 0; iter < 500; iter++) {
            double[] d = congruence(mat, Frames.matrix(quat));
            eig[0] = d[0];
            eig[1] = d[4];
            eig[2] = d[8];
            int row = 1;
            int col = 2;
            int axis = 0;
            if (Math.abs(d[1]) > Math.abs(d[2]) && Math.abs(d[1]) > Math.abs(d[5])) {
                row = 0;
                col = 1;
                axis = 2;
            } else if (Math.abs(d[2]) > Math.abs(d[5])) {
                row = 0;
                axis = 1;
            }
            double off = d[3 * row + col];
            if (!(Math.abs(off) > small)) {
                break;
            }
            double tau = (d[4 * col] - d[4 * row]) / (2 * off);
            double root = Math.sqrt(1 + tau * tau);
            double t = tau >= 0 ? 1 / (tau + root) : -1 / (-tau + root);
            double c = 1 / Math.sqrt(1 + t * t);
            double half = Math.abs(t) * c / Math.sqrt(2 * (1 + c));
            double[] r = new double[4];
            r[axis + 1] = tau >= 0 ? -half : half;
            if (axis == 1) {
                r[axis + 1] = -r[axis + 1];
            }
            r[0] = Math.sqrt(1 - r[axis + 1] * r[axis + 1]);
            Frames.normalize(r, 0, 4);
            quat = Frames.mul(quat, r);
        }
        for (int j = 0; j < 3; j++) {
            int lead = j % 2;
            if (eig[lead] + EIG_EPS < eig[lead + 1]) {
                double t = eig[lead];
                eig[lead] = eig[lead + 1];
                eig[lead + 1] = t;
                double[] r = {0.707106781186548, 0, 0, 0};
                r[(lead + 2) % 3 + 1] = r[0];
                quat = Frames.mul(quat, r);
            }
        }
        return new Principal(eig, quat);
    }

    private static double[] congruence(double[] m, double[] r) {
        double[] rtm = new double[9];
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                rtm[3 * i + j] = r[i] * m[j] + r[3 + i] * m[3 + j] + r[6 + i] * m[6 + j];
            }
        }
        double[] d = new double[9];
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                d[3 * i + j] =
                        rtm[3 * i] * r[j] + rtm[3 * i + 1] * r[3 + j] + rtm[3 * i + 2] * r[6 + j];
            }
        }
        return d;
    }

    /** Adds to {@code sum} a diagonal inertia turned by {@code quat}, moved by {@code offset}. */
    static void add(double[] sum, double mass, double[] diag, double[] quat, double[] offset) {
        double[] m = Frames.matrix(quat);
        double x = offset[0];
        double y = offset[1];
        double z = offset[2];
        sum[0] += turned(m, diag, 0, 0) + mass * (y * y + z * z);
        sum[1] += turned(m, diag, 1, 1) + mass * (x * x + z * z);
        sum[2] += turned(m, diag, 2, 2) + mass * (x * x + y * y);
        sum[3] += turned(m, diag, 0, 1) - mass * x * y;
        sum[4] += turned(m, diag, 0, 2) - mass * x * z;
        sum[5] += turned(m, diag, 1, 2) - mass * y * z;
    }

    private static double turned(double[] m, double[] d, int i, int j) {
        return m[3 * i] * (m[3 * j] * d[0])
                + m[3 * i + 1] * (m[3 * j + 1] * d[1])
                + m[3 * i + 2] * (m[3 * j + 2] * d[2]);
    }

    /** Volume of a solid shape, m^3, or area of a shell, m^2; 0 for planes. */
    static double volume(int type, double[] size, boolean shell) {
        double r = size[0];
        double h = 2 * size[1];
        return switch (type) {
            case Shapes.SPHERE -> shell ? 4 * Math.PI * r * r : 4 * Math.PI * r * r * r / 3;
            case Shapes.CAPSULE ->
                    shell
                            ? 4 * Math.PI * r * r + 2 * Math.PI * r * h
                            : Math.PI * (r * r * h + 4 * r * r * r / 3);
            case Shapes.CYLINDER ->
                    shell ? 2 * Math.PI * r * r + 2 * Math.PI * r * h : Math.PI * r * r * h;
            case Shapes.ELLIPSOID ->
                    shell ? ellipsoidArea(size) : 4 * Math.PI * size[0] * size[1] * size[2] / 3;
            case Shapes.BOX, Shapes.HFIELD ->
                    shell
                            ? 8 * (size[0] * size[1] + size[1] * size[2] + size[2] * size[0])
                            : size[0] * size[1] * size[2] * 8;
            default -> 0;
        };
    }

    private static double ellipsoidArea(double[] s) {
        double p = 1.6075;
        double sum =
                StrictMath.pow(s[0] * s[1], p)
                        + StrictMath.pow(s[1] * s[2], p)
                        + StrictMath.pow(s[2] * s[0], p);
        return 4 * Math.PI * StrictMath.pow(sum / 3, 1 / p);
    }

    /** Principal moments of a shape of the given mass about its centre, kg m^2. */
    static double[] moments(int type, double[] size, boolean shell, double mass) {
        return switch (type) {
            case Shapes.SPHERE -> {
                double i = 2 * mass * size[0] * size[0] / (shell ? 3 : 5);
                yield new double[] {i, i, i};
            }
            case Shapes.CAPSULE -> shell ? capsuleShell(size, mass) : capsule(size, mass);
            case Shapes.CYLINDER -> shell ? cylinderShell(size, mass) : cylinder(size, mass);
            case Shapes.ELLIPSOID -> shell ? ellipsoidShell(size, mass) : crossed(mass, size, 5);
            case Shapes.BOX, Shapes.HFIELD -> shell ? boxShell(size, mass) : crossed(mass, size, 3);
            default -> new double[3];
        };
    }

    /** {@code mass (b^2 + c^2) / k} and its rotations: solid ellipsoid (5) and box (3). */
    static double[] crossed(double mass, double[] s, double k) {
        double s0 = s[0] * s[0];
        double s1 = s[1] * s[1];
        double s2 = s[2] * s[2];
        return new double[] {mass * (s1 + s2) / k, mass * (s0 + s2) / k, mass * (s0 + s1) / k};
    }

    private static double[] capsule(double[] size, double mass) {
        double r = size[0];
        double h = 2 * size[1];
        double ball = mass * 4 * r / (4 * r + 3 * h);
        double tube = mass - ball;
        double side = tube * (3 * r * r + h * h) / 12;
        double along = tube * r * r / 2;
        double own = 2 * ball * r * r / 5;
        side += own + ball * h * (3 * r + 2 * h) / 8;
        along += own;
        return new double[] {side, side, along};
    }

    private static double[] capsuleShell(double[] size, double mass) {
        double r = size[0];
        double h = 2 * size[1];
        double ballArea = 4 * Math.PI * r * r;
        double tubeArea = 2 * Math.PI * r * h;
        double ball = mass * ballArea / (ballArea + tubeArea);
        double tube = mass - ball;
        double side = tube * (6 * r * r + h * h) / 12;
        double along = tube * r * r;
        double own = 2 * ball * r * r / 3;
        double centre = r / 2;
        double pos = size[1] + centre;
        side += own + ball * (pos * pos - centre * centre);
        along += own;
        return new double[] {side, side, along};
    }

    private static double[] cylinder(double[] size, double mass) {
        double r = size[0];
        double h = 2 * size[1];
        double side = mass * (3 * r * r + h * h) / 12;
        return new double[] {side, side, mass * r * r / 2};
    }

    private static double[] cylinderShell(double[] size, double mass) {
        double r = size[0];
        double h = 2 * size[1];
        double diskArea = Math.PI * r * r;
        double tubeArea = 2 * Math.PI * r * h;
        double disk = mass * diskArea / (2 * diskArea + tubeArea);
        double tube = mass - 2 * disk;
        double side = tube * (6 * r * r + h * h) / 12;
        side += 2 * (disk * r * r / 4 + disk * size[1] * size[1]);
        double along = tube * r * r + 2 * (disk * r * r / 2);
        return new double[] {side, side, along};
    }

    private static double[] ellipsoidShell(double[] s, double mass) {
        double eps = 1e-6;
        double[] outer = {s[0] + eps, s[1] + eps, s[2] + eps};
        double va = 4 * Math.PI * s[0] * s[1] * s[2] / 3;
        double vb = 4 * Math.PI * outer[0] * outer[1] * outer[2] / 3;
        double density = mass / (vb - va);
        double[] a = crossed(va * density, s, 5);
        double[] b = crossed(vb * density, outer, 5);
        return new double[] {b[0] - a[0], b[1] - a[1], b[2] - a[2]};
    }

    private static double[] boxShell(double[] s, double mass) {
        double lx = 2 * s[0];
        double ly = 2 * s[1];
        double lz = 2 * s[2];
        double a0 = lx * ly;
        double a1 = ly * lz;
        double a2 = lz * lx;
        double total = 2 * (a0 + a1 + a2);
        double m0 = mass * a0 / total;
        double m1 = mass * a1 / total;
        double m2 = mass * a2 / total;
        double ix = m0 * ly * ly / 12 + m1 * (ly * ly + lz * lz) / 12 + m2 * lz * lz / 12;
        double iy = m0 * lx * lx / 12 + m1 * lz * lz / 12 + m2 * (lx * lx + lz * lz) / 12;
        double iz = m0 * (lx * lx + ly * ly) / 12 + m1 * ly * ly / 12 + m2 * lx * lx / 12;
        return new double[] {
            2 * (m0 * s[2] * s[2] + m2 * s[1] * s[1] + ix),
            2 * (m0 * s[2] * s[2] + m1 * s[0] * s[0] + iy),
            2 * (m1 * s[0] * s[0] + m2 * s[1] * s[1] + iz)
        };
    }
}
