package org.openkaiwu.body.mesh;

import java.math.BigDecimal;

/** On which side of a plane a point lies, exactly (filter as in Shewchuk 1997, then decimals). */
final class Orientation {
    /** Bound on the rounding error of the determinant relative to its permanent. */
    private static final double ERROR_BOUND = 8e-16;

    private Orientation() {}

    /**
     * Six times the signed volume of the tetrahedron a b c d: positive when d is on the side from
     * which a b c appear counter-clockwise. 0 when rounding could hide the sign.
     */
    static double value(double[] p, int a, int b, int c, int d) {
        double ax = p[3 * a] - p[3 * d];
        double ay = p[3 * a + 1] - p[3 * d + 1];
        double az = p[3 * a + 2] - p[3 * d + 2];
        double bx = p[3 * b] - p[3 * d];
        double by = p[3 * b + 1] - p[3 * d + 1];
        double bz = p[3 * b + 2] - p[3 * d + 2];
        double cx = p[3 * c] - p[3 * d];
        double cy = p[3 * c + 1] - p[3 * d + 1];
        double cz = p[3 * c + 2] - p[3 * d + 2];
        double bxcy = bx * cy;
        double cxby = cx * by;
        double cxay = cx * ay;
        double axcy = ax * cy;
        double axby = ax * by;
        double bxay = bx * ay;
        double det = az * (bxcy - cxby) + bz * (cxay - axcy) + cz * (axby - bxay);
        double permanent =
                Math.abs(az) * (Math.abs(bxcy) + Math.abs(cxby))
                        + Math.abs(bz) * (Math.abs(cxay) + Math.abs(axcy))
                        + Math.abs(cz) * (Math.abs(axby) + Math.abs(bxay));
        return Math.abs(det) > ERROR_BOUND * permanent ? -det : 0;
    }

    /** Sign of {@link #value}, exact. */
    static int sign(double[] p, int a, int b, int c, int d) {
        double fast = value(p, a, b, c, d);
        if (fast != 0) {
            return fast > 0 ? 1 : -1;
        }
        BigDecimal ax = minus(p, 3 * a, 3 * d);
        BigDecimal ay = minus(p, 3 * a + 1, 3 * d + 1);
        BigDecimal az = minus(p, 3 * a + 2, 3 * d + 2);
        BigDecimal bx = minus(p, 3 * b, 3 * d);
        BigDecimal by = minus(p, 3 * b + 1, 3 * d + 1);
        BigDecimal bz = minus(p, 3 * b + 2, 3 * d + 2);
        BigDecimal cx = minus(p, 3 * c, 3 * d);
        BigDecimal cy = minus(p, 3 * c + 1, 3 * d + 1);
        BigDecimal cz = minus(p, 3 * c + 2, 3 * d + 2);
        BigDecimal det =
                az.multiply(bx.multiply(cy).subtract(cx.multiply(by)))
                        .add(bz.multiply(cx.multiply(ay).subtract(ax.multiply(cy))))
                        .add(cz.multiply(ax.multiply(by).subtract(bx.multiply(ay))));
        return -det.signum();
    }

    private static BigDecimal minus(double[] p, int i, int j) {
        return new BigDecimal(p[i]).subtract(new BigDecimal(p[j]));
    }
}
