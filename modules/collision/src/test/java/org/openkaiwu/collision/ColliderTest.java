package org.openkaiwu.collision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.openkaiwu.body.Machine;
import org.openkaiwu.math.RandomStream;

class ColliderTest {
    private static void detect(
            Collider c, Machine m, RandomStream r, double reach, ContactBuffer out) {
        double[] xpos = new double[3 * m.ngeom];
        double[] xmat = new double[9 * m.ngeom];
        Scenes.poses(m, r, reach, xpos, xmat);
        c.detect(xpos, xmat, out);
    }

    private static int[] used(int[] a, int n) {
        return Arrays.copyOf(a, n);
    }

    private static void assertSame(ContactBuffer a, ContactBuffer b) {
        assertThat(b.count).isEqualTo(a.count);
        assertThat(used(b.geom1, b.count)).isEqualTo(used(a.geom1, a.count));
        assertThat(used(b.geom2, b.count)).isEqualTo(used(a.geom2, a.count));
        assertThat(Arrays.copyOf(b.dist, b.count)).isEqualTo(Arrays.copyOf(a.dist, a.count));
        assertThat(Arrays.copyOf(b.pos, 3 * b.count)).isEqualTo(Arrays.copyOf(a.pos, 3 * a.count));
        assertThat(Arrays.copyOf(b.frame, 9 * b.count))
                .isEqualTo(Arrays.copyOf(a.frame, 9 * a.count));
    }

    @Test
    void shouldMakeFramesAndDepthsThatFit() {
        Machine m = Scenes.read(Scenes.ONE_OF_EACH);
        Collider collider = new Collider(m);
        ContactBuffer c = new ContactBuffer();
        RandomStream r = RandomStream.of(4, "frames");
        int total = 0;
        for (int i = 0; i < 300; i++) {
            detect(collider, m, r, 0.8, c);
            total += c.count;
            for (int k = 0; k < c.count; k++) {
                assertThat(c.dist[k]).isLessThan(0).isGreaterThan(-3);
                assertThat(m.geomType[c.geom1[k]]).isLessThanOrEqualTo(m.geomType[c.geom2[k]]);
                for (int a = 0; a < 3; a++) {
                    for (int b = 0; b <= a; b++) {
                        double dot = 0;
                        for (int j = 0; j < 3; j++) {
                            dot += c.frame[9 * k + 3 * a + j] * c.frame[9 * k + 3 * b + j];
                        }
                        assertThat(dot).isCloseTo(a == b ? 1 : 0, within(1e-12));
                    }
                }
            }
        }
        assertThat(total).isGreaterThan(3000);
    }

    @Test
    void shouldNotDependOnEarlierCalls() {
        Machine m = Scenes.read(Scenes.ONE_OF_EACH);
        Collider used = new Collider(m);
        ContactBuffer a = new ContactBuffer();
        ContactBuffer b = new ContactBuffer();
        RandomStream r = RandomStream.of(5, "memory");
        RandomStream same = RandomStream.of(5, "memory");
        for (int i = 0; i < 50; i++) {
            detect(used, m, r, 0.8, a);
            detect(new Collider(m), m, same, 0.8, b);
            assertSame(a, b);
        }
    }

    @Test
    void shouldSweepAsItLists() {
        Machine m = Scenes.read(Scenes.pile(60));
        Collider listed = new Collider(m, 100_000);
        Collider swept = new Collider(m, 10);
        ContactBuffer a = new ContactBuffer();
        ContactBuffer b = new ContactBuffer();
        RandomStream r = RandomStream.of(6, "sweep");
        RandomStream same = RandomStream.of(6, "sweep");
        int total = 0;
        for (int i = 0; i < 30; i++) {
            detect(listed, m, r, 0.7, a);
            detect(swept, m, same, 0.7, b);
            assertSame(a, b);
            total += a.count;
        }
        assertThat(total).isGreaterThan(1000);
    }

    @Test
    void shouldAllocateNothingOnceWarm() {
        Machine m = Scenes.read(Scenes.ONE_OF_EACH);
        Collider collider = new Collider(m);
        ContactBuffer out = new ContactBuffer();
        int n = 40;
        double[][] xpos = new double[n][3 * m.ngeom];
        double[][] xmat = new double[n][9 * m.ngeom];
        RandomStream r = RandomStream.of(7, "allocation");
        for (int i = 0; i < n; i++) {
            Scenes.poses(m, r, 0.8, xpos[i], xmat[i]);
        }
        for (int round = 0; round < 30; round++) {
            for (int i = 0; i < n; i++) {
                collider.detect(xpos[i], xmat[i], out);
            }
        }
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long id = Thread.currentThread().threadId();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 5; round++) {
            long before = threads.getThreadAllocatedBytes(id);
            for (int i = 0; i < n; i++) {
                collider.detect(xpos[i], xmat[i], out);
            }
            least = Math.min(least, threads.getThreadAllocatedBytes(id) - before);
        }
        // the question itself may cost a few bytes
        assertThat(least).isLessThan(n);
    }

    @Test
    void shouldMakeNoContactOfNaN() {
        Machine m = Scenes.read(Scenes.ONE_OF_EACH);
        Collider collider = new Collider(m);
        ContactBuffer out = new ContactBuffer();
        double[] xpos = new double[3 * m.ngeom];
        double[] xmat = new double[9 * m.ngeom];
        RandomStream r = RandomStream.of(8, "nan");
        for (int i = 0; i < 200; i++) {
            Scenes.poses(m, r, 0.5, xpos, xmat);
            int g = 2 + r.nextInt(m.ngeom - 2);
            if (i % 2 == 0) {
                xpos[3 * g + r.nextInt(3)] = Double.NaN;
            } else {
                xmat[9 * g + r.nextInt(9)] = Double.NaN;
            }
            collider.detect(xpos, xmat, out);
            for (int k = 0; k < out.count; k++) {
                assertThat(out.geom1[k]).isNotEqualTo(g);
                assertThat(out.geom2[k]).isNotEqualTo(g);
            }
        }
    }

    @Test
    void shouldSurviveCoincidentShapes() {
        Machine m = Scenes.read(Scenes.ONE_OF_EACH);
        Collider collider = new Collider(m);
        ContactBuffer out = new ContactBuffer();
        double[] xpos = new double[3 * m.ngeom];
        double[] xmat = new double[9 * m.ngeom];
        for (int g = 0; g < m.ngeom; g++) {
            for (int k = 0; k < 9; k += 4) {
                xmat[9 * g + k] = 1;
            }
        }
        collider.detect(xpos, xmat, out);
        assertThat(out.count).isGreaterThan(50);
        for (int i = 0; i < out.count; i++) {
            assertThat(out.dist[i]).isFinite();
            assertThat(out.frame[9 * i]).isFinite();
        }
    }
}
