package org.openkaiwu.math;

/**
 * A seeded stream of random numbers, the same on every platform: SplitMix64 (Steele, Lea, Flood,
 * "Fast splittable pseudorandom number generators", OOPSLA 2014).
 */
public final class RandomStream {
    private long state;

    private RandomStream(long state) {
        this.state = state;
    }

    /** A stream of its own for each pair of seed and name. */
    public static RandomStream of(long seed, String name) {
        long h = 0xcbf29ce484222325L;
        for (int i = 0; i < name.length(); i++) {
            h = (h ^ name.charAt(i)) * 0x100000001b3L;
        }
        RandomStream s = new RandomStream(seed * 0x9E3779B97F4A7C15L ^ h);
        s.nextLong();
        return s;
    }

    public long nextLong() {
        long z = state += 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** Uniform in [0, 1). */
    public double nextDouble() {
        return (nextLong() >>> 11) * 0x1.0p-53;
    }

    /** Uniform in [lo, hi). */
    public double uniform(double lo, double hi) {
        return lo + (hi - lo) * nextDouble();
    }

    /** Uniform integer in [0, bound). */
    public int nextInt(int bound) {
        return (int) (nextDouble() * bound);
    }

    /** Standard normal (Box-Muller, one value a pair). */
    public double nextNormal() {
        double u = 1 - nextDouble();
        double v = nextDouble();
        return Math.sqrt(-2 * StrictMath.log(u)) * StrictMath.cos(2 * Math.PI * v);
    }
}
