package org.openkaiwu.body.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ConvexHullTest {
    @Test
    void cubeWithPointsInsideItsFacesHasEightCorners() {
        double[] points = new double[3 * 7 * 7 * 7];
        int n = 0;
        for (int i = 0; i < 7; i++) {
            for (int j = 0; j < 7; j++) {
                for (int k = 0; k < 7; k++) {
                    points[n++] = i * 0.1f;
                    points[n++] = j * 0.1f;
                    points[n++] = k * 0.1f;
                }
            }
        }
        ConvexHull hull = ConvexHull.of(points);
        assertThat(hull.vertices()).hasSize(8);
        check(points, hull);
    }

    @Test
    void randomPointsOfManyShapesAreContained() {
        Random random = new Random(7);
        for (int round = 0; round < 60; round++) {
            double[] points = new double[3 * (4 + random.nextInt(300))];
            double grid = round % 3 == 0 ? 4 : round % 3 == 1 ? 1e6 : 0;
            for (int i = 0; i < points.length; i++) {
                double v = random.nextGaussian();
                points[i] = grid == 0 ? v : Math.rint(v * grid) / grid;
            }
            ConvexHull hull = ConvexHull.of(points);
            if (hull.dimension() == 3) {
                check(points, hull);
            }
        }
    }

    @Test
    void nearlyFlatTurnedSheetIsStillRight() {
        Random random = new Random(3);
        double[] points = new double[3 * 400];
        for (int i = 0; i < 400; i++) {
            double x = random.nextDouble();
            double y = random.nextDouble();
            double z = i % 2 * 1e-6 + random.nextDouble() * 1e-12;
            points[3 * i] = 0.6 * x - 0.8 * z;
            points[3 * i + 1] = y;
            points[3 * i + 2] = 0.8 * x + 0.6 * z;
        }
        check(points, ConvexHull.of(points));
    }

    @Test
    void flatStraightAndSinglePointsAreReported() {
        assertThat(ConvexHull.of(new double[] {0, 0, 1, 1, 0, 1, 0, 1, 1, 1, 1, 1}).dimension())
                .isEqualTo(2);
        assertThat(ConvexHull.of(new double[] {0, 0, 0, 1, 2, 3, 2, 4, 6}).dimension())
                .isEqualTo(1);
        assertThat(ConvexHull.of(new double[] {5, 5, 5, 5, 5, 5}).dimension()).isZero();
        assertThat(ConvexHull.of(new double[0]).dimension()).isZero();
    }

    @Test
    void limitKeepsFewCorners() {
        Random random = new Random(5);
        double[] points = new double[3 * 500];
        for (int i = 0; i < points.length; i++) {
            points[i] = random.nextGaussian();
        }
        assertThat(ConvexHull.of(points, 12).vertices()).hasSizeLessThanOrEqualTo(12);
    }

    /** Contains all points, is convex, closed (Euler), with symmetric neighbours. */
    private static void check(double[] p, ConvexHull hull) {
        int[] t = hull.triangles();
        for (int f = 0; f < t.length; f += 3) {
            int a = hull.vertices()[t[f]];
            int b = hull.vertices()[t[f + 1]];
            int c = hull.vertices()[t[f + 2]];
            for (int i = 0; i < p.length / 3; i++) {
                double volume = Orientation.value(p, a, b, c, i);
                assertThat(volume).isLessThanOrEqualTo(1e-12 * 100);
            }
        }
        int n = hull.vertices().length;
        assertThat(n - t.length / 6).isEqualTo(2);
        for (int i = 0; i < n; i++) {
            for (int j : hull.neighbours()[i]) {
                assertThat(hull.neighbours()[j]).contains(i);
            }
        }
    }
}
