package org.openkaiwu.body;

/**
 * Typical sizes that a file may state, MuJoCo's {@code mjStatistic}; NaN: to be computed (see
 * {@code physics.Model}).
 */
public final class Statistic {
    /** Mean diagonal inertia, scale of solver tolerances. */
    public double meaninertia = Double.NaN;

    /** Kg. */
    public double meanmass = Double.NaN;

    /** M. */
    public double meansize = Double.NaN;

    /** Size of the whole, m. */
    public double extent = Double.NaN;

    /** Its centre, m. */
    public double[] center = {Double.NaN, Double.NaN, Double.NaN};

    /** A copy that shares nothing. */
    public Statistic copy() {
        Statistic s = new Statistic();
        s.meaninertia = meaninertia;
        s.meanmass = meanmass;
        s.meansize = meansize;
        s.extent = extent;
        s.center = center.clone();
        return s;
    }
}
