package org.openkaiwu.collision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.openkaiwu.body.Machine;
import org.openkaiwu.math.Flat;
import org.openkaiwu.math.RandomStream;

class RayTest {
    private static final double[] NO_MOVE = {0, 0, 0};

    @Test
    void shouldHitPrimitivesOnTheirSurface() {
        Machine m = Scenes.read(Scenes.ONE_OF_EACH);
        double[] xpos = new double[3 * m.ngeom];
        double[] xmat = new double[9 * m.ngeom];
        Scenes.poses(m, RandomStream.of(1, "pose"), 1.5, xpos, xmat);
        Ray ray = new Ray(m);
        Distance distance = new Distance();
        ConvexShape[] shapes = ConvexShape.of(m);
        ConvexShape point = ConvexShape.sphere(0);
        double[] unit = {1, 0, 0, 0, 1, 0, 0, 0, 1};
        RandomStream r = RandomStream.of(2, "rays");
        int hits = 0;
        for (int i = 0; i < 4000; i++) {
            double[] from = {r.uniform(-3, 3), r.uniform(-3, 3), r.uniform(0.5, 3)};
            double[] dir = {r.nextNormal(), r.nextNormal(), r.nextNormal()};
            Flat.normalize3(dir, 0);
            double t = ray.cast(xpos, xmat, from, 0, dir, 0, null, true, -1);
            if (t < 0) {
                assertThat(ray.geom).isEqualTo(-1);
                continue;
            }
            hits++;
            double[] at = {from[0] + t * dir[0], from[1] + t * dir[1], from[2] + t * dir[2]};
            int g = ray.geom;
            assertThat(Flat.norm3(ray.normal, 0)).isCloseTo(1, within(1e-12));
            if (m.geomType[g] == Solid.HFIELD) {
                continue;
            }
            double d =
                    distance.between(shapes[g], xpos, 3 * g, xmat, 9 * g, point, at, 0, unit, 0, 1);
            assertThat(d).as("type " + m.geomType[g]).isCloseTo(0, within(2e-6));
            for (int other = 0; other < m.ngeom; other++) {
                double s = ray.castAt(other, xpos, xmat, from, 0, dir, 0);
                assertThat(s < 0 || s >= t - 1e-9).isTrue();
            }
        }
        assertThat(hits).isGreaterThan(500);
    }

    @Test
    void shouldSeeAMeshOfABoxAsTheBox() {
        Machine m = Scenes.read(Scenes.BOX_TWICE);
        double[] xpos = {0, 0, 0, 0, 0, 0};
        double[] xmat = new double[18];
        for (int g = 0; g < 2; g++) {
            Flat.quatToMat(xmat, 9 * g, m.geomQuat, 4 * g);
        }
        Ray ray = new Ray(m);
        RandomStream r = RandomStream.of(3, "box");
        for (int i = 0; i < 1000; i++) {
            double[] from = {r.uniform(-1, 1), r.uniform(-1, 1), r.uniform(-1, 1)};
            double[] dir = {r.nextNormal(), r.nextNormal(), r.nextNormal()};
            double a = ray.castAt(0, xpos, xmat, from, 0, dir, 0);
            double b = ray.castAt(1, xpos, xmat, from, 0, dir, 0);
            assertThat(b).isCloseTo(a, within(1e-6));
        }
    }

    @Test
    void shouldSeeAHeightField() {
        Machine m = Scenes.read(Scenes.ONE_OF_EACH);
        int g = 0;
        while (m.geomType[g] != Solid.HFIELD) {
            g++;
        }
        double[] xpos = new double[3 * m.ngeom];
        double[] xmat = new double[9 * m.ngeom];
        xmat[9 * g] = 1;
        xmat[9 * g + 4] = 1;
        xmat[9 * g + 8] = 1;
        Ray ray = new Ray(m);
        double[] down = {0, 0, -1};
        // heights 0 0 0 / 0 1 0 / 0 0 0 of a 2 x 2 m field, 0.4 m high
        double[] top = {0, 0, 5};
        assertThat(ray.castAt(g, xpos, xmat, top, 0, down, 0)).isCloseTo(4.6, within(1e-12));
        double[] side = {0.5, 0, 5};
        assertThat(ray.castAt(g, xpos, xmat, side, 0, down, 0)).isCloseTo(4.8, within(1e-12));
        double[] outside = {1.5, 0, 5};
        assertThat(ray.castAt(g, xpos, xmat, outside, 0, down, 0)).isEqualTo(-1);
        double[] below = {0, 0, -5};
        double[] up = {0, 0, 1};
        assertThat(ray.castAt(g, xpos, xmat, below, 0, up, 0)).isCloseTo(4.9, within(1e-12));
    }

    @Test
    void shouldMissWithoutDirectionOrWithNaN() {
        Machine m = Scenes.read(Scenes.ONE_OF_EACH);
        double[] xpos = new double[3 * m.ngeom];
        double[] xmat = new double[9 * m.ngeom];
        Scenes.poses(m, RandomStream.of(1, "pose"), 0.5, xpos, xmat);
        Ray ray = new Ray(m);
        double[] nan = {Double.NaN, 0, 1};
        assertThat(ray.cast(xpos, xmat, NO_MOVE, 0, NO_MOVE, 0, null, true, -1)).isEqualTo(-1);
        assertThat(ray.cast(xpos, xmat, NO_MOVE, 0, nan, 0, null, true, -1)).isEqualTo(-1);
        assertThat(ray.cast(xpos, xmat, nan, 0, new double[] {0, 0, -1}, 0, null, true, -1))
                .isEqualTo(-1);
    }

    @Test
    void shouldLeaveOutWhatItIsTold() {
        Machine m = Scenes.read(Scenes.BOX_TWICE);
        double[] xpos = {0, 0, 0, 0, 0, 1};
        double[] xmat = new double[18];
        for (int g = 0; g < 2; g++) {
            Flat.quatToMat(xmat, 9 * g, m.geomQuat, 4 * g);
        }
        Ray ray = new Ray(m);
        double[] from = {0, 0, 5};
        double[] down = {0, 0, -1};
        ray.cast(xpos, xmat, from, 0, down, 0, null, true, -1);
        assertThat(ray.geom).isEqualTo(1);
        ray.cast(xpos, xmat, from, 0, down, 0, null, true, m.geomBodyid[1]);
        assertThat(ray.geom).isEqualTo(0);
        boolean[] groups = {true, true, true, false, true, true};
        ray.cast(xpos, xmat, from, 0, down, 0, groups, true, -1);
        assertThat(ray.geom).isEqualTo(0);
        ray.cast(xpos, xmat, from, 0, down, 0, groups, false, -1);
        assertThat(ray.geom).isEqualTo(0);
    }
}
