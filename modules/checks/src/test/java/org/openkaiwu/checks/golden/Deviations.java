package org.openkaiwu.checks.golden;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * Largest distance of each quantity of one model from its reference, relative to the quantity's
 * largest reference entry over all states.
 */
public final class Deviations {
    private final Map<String, double[]> worst = new TreeMap<>();

    /** Adds a comparison; numbers that are missing or too many count as infinitely far. */
    public void add(String what, double[] got, double[] want) {
        double[] w = worst.computeIfAbsent(what, k -> new double[2]);
        if (got.length < want.length) {
            w[0] = Double.POSITIVE_INFINITY;
            return;
        }
        for (int i = 0; i < want.length; i++) {
            double d = Math.abs(got[i] - want[i]);
            w[0] = Math.max(w[0], Double.isNaN(d) ? Double.POSITIVE_INFINITY : d);
            w[1] = Math.max(w[1], Math.abs(want[i]));
        }
    }

    /** Relative distance of a quantity; absolute where the reference is zero throughout. */
    public double of(String what) {
        double[] w = worst.get(what);
        return w[1] == 0 ? w[0] : w[0] / w[1];
    }

    /** The quantities that are farther than their tolerance, with their distances. */
    public String beyond(ToDoubleFunction<String> tolerance) {
        StringBuilder out = new StringBuilder();
        for (String what : worst.keySet()) {
            if (!(of(what) <= tolerance.applyAsDouble(what))) {
                out.append(String.format(Locale.ROOT, " %s %.1e", what, of(what)));
            }
        }
        return out.toString();
    }

    /** The largest relative distance of all. */
    public double max() {
        double max = 0;
        for (String what : worst.keySet()) {
            max = Math.max(max, of(what));
        }
        return max;
    }
}
