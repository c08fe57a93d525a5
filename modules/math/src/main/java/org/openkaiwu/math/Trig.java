package org.openkaiwu.math;

/**
 * Sine and cosine for loops that must not allocate: within one unit in the last place of {@link
 * StrictMath}, the same on every platform, and several times faster (the JDK's portable versions
 * make an array a call).
 *
 * <p>The angle is reduced by multiples of pi/2 in three parts (Cody and Waite, "Software Manual for
 * the Elementary Functions", 1980), the rest taken by the minimax polynomials of Sun's fdlibm. Very
 * large angles and what is no number go to {@link StrictMath}.
 */
public final class Trig {
    static final double LARGE = 5e5;
    static final double TWO_OVER_PI = 2 / Math.PI;

    /** The first 33 bits of pi/2, the next 33, and what is left. */
    static final double PART_1 = 1.57079632673412561417;

    static final double PART_2 = 6.07710050630396597660e-11;
    static final double PART_3 = 2.02226624879595063154e-21;

    private Trig() {}

    /** Sine of an angle in radians. */
    public static double sin(double x) {
        return Math.abs(x) < LARGE ? quarter(x, 0) : StrictMath.sin(x);
    }

    /** Cosine of an angle in radians. */
    public static double cos(double x) {
        return Math.abs(x) < LARGE ? quarter(x, 1) : StrictMath.cos(x);
    }

    /** Sine of x plus {@code shift} quarter turns. */
    private static double quarter(double x, int shift) {
        double n = Math.rint(x * TWO_OVER_PI);
        double r = x - n * PART_1;
        double w = n * PART_2;
        double t = r;
        r = t - w;
        w = n * PART_3 - ((t - r) - w);
        double y = r - w;
        double tail = (r - y) - w;
        int q = ((int) n + shift) & 3;
        double s = (q & 1) == 0 ? sine(y, tail) : cosine(y, tail);
        return (q & 2) == 0 ? s : -s;
    }

    private static double sine(double y, double tail) {
        double z = y * y;
        double p =
                8.33333333332248946124e-03
                        + z
                                * (-1.98412698298579493134e-04
                                        + z
                                                * (2.75573137070700676789e-06
                                                        + z
                                                                * (-2.50507602534068634195e-08
                                                                        + z
                                                                                * 1.58969099521155010221e-10)));
        double v = z * y;
        return y - ((z * (0.5 * tail - v * p) - tail) + v * 1.66666666666666324348e-01);
    }

    private static double cosine(double y, double tail) {
        double z = y * y;
        double p =
                4.16666666666666019037e-02
                        + z
                                * (-1.38888888888741095749e-03
                                        + z
                                                * (2.48015872894767294178e-05
                                                        + z
                                                                * (-2.75573143513906633035e-07
                                                                        + z
                                                                                * (2.08757232129817482790e-09
                                                                                        + z
                                                                                                * -1.13596475577881948265e-11))));
        double half = 0.5 * z;
        double one = 1 - half;
        return one + (((1 - one) - half) + (z * z * p - y * tail));
    }
}
