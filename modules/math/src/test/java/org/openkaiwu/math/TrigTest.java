package org.openkaiwu.math;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TrigTest {
    @Test
    void isWithinOneUnitOfStrictMath() {
        RandomStream random = RandomStream.of(1, "trig");
        double worst = 0;
        for (int k = 0; k < 300_000; k++) {
            double size = StrictMath.pow(10, random.uniform(-8, 5.6));
            double x = random.uniform(-size, size);
            worst = Math.max(worst, ulps(Trig.sin(x), StrictMath.sin(x)));
            worst = Math.max(worst, ulps(Trig.cos(x), StrictMath.cos(x)));
        }
        for (int n = -1000; n <= 1000; n++) {
            double x = n * (Math.PI / 2);
            worst = Math.max(worst, ulps(Trig.sin(x), StrictMath.sin(x)));
            worst = Math.max(worst, ulps(Trig.cos(x), StrictMath.cos(x)));
        }
        assertThat(worst).isLessThanOrEqualTo(1);
    }

    private static double ulps(double a, double b) {
        return Math.abs(a - b) / Math.ulp(b);
    }

    @Test
    void handlesTheEnds() {
        assertThat(Trig.sin(0)).isZero();
        assertThat(Trig.cos(0)).isEqualTo(1);
        assertThat(Trig.sin(1e300)).isEqualTo(StrictMath.sin(1e300));
        assertThat(Trig.cos(Double.NaN)).isNaN();
        assertThat(Trig.sin(Double.POSITIVE_INFINITY)).isNaN();
    }
}
