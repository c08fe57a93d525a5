package org.openkaiwu.app.adopt;

import java.util.ArrayList;
import java.util.List;
import org.openkaiwu.math.Vec3;

/**
 * A ring sector on the work surface.
 *
 * @param centre of the ring, x y, m
 * @param heading middle direction, rad about z
 * @param near smallest radius, m
 * @param far largest radius, m
 * @param angle half angle, rad
 * @param score how good it is: area in m^2, discounted where it is hard to reach
 */
record WorkArea(Vec3 centre, double heading, double near, double far, double angle, double score) {
    /** Cells worse than this count against an area. */
    private static final double LEAST = 0.5;

    /** Area that suffices for a scene, m^2, and the same of a small arm by its reach squared. */
    private static final double ENOUGH = 0.26;

    private static final double SHARE = 0.5;

    private static final double TURN = Math.PI / 36;
    private static final int SIDES = 21;

    /** Points of the area for looking and reaching, a few radii by a few directions. */
    List<Vec3> points(double height) {
        List<Vec3> out = new ArrayList<>();
        for (int i = 0; i <= 3; i++) {
            for (int k = -3; k <= 3; k++) {
                out.add(at(near + (far - near) * i / 3, angle * k / 3, height));
            }
        }
        return out;
    }

    /** The point at a radius and an angle from the heading. */
    Vec3 at(double radius, double off, double height) {
        return new Vec3(
                centre.x() + radius * StrictMath.cos(heading + off),
                centre.y() + radius * StrictMath.sin(heading + off),
                height);
    }

    /**
     * The best sector.
     *
     * @param centres where rings may be centred
     * @param headings that may be
     * @param reach of the arms, m
     * @param only the arm that counts, or -1 for all together
     * @param blocked cells that are taken by the machine itself
     */
    static WorkArea best(
            ReachMap map,
            List<Vec3> centres,
            double[] headings,
            double reach,
            int only,
            Blocked blocked) {
        double enough = enough(reach);
        WorkArea best = new WorkArea(Vec3.ZERO, 0, 0, 0, 0, 0);
        for (Vec3 c : centres) {
            for (double a : headings) {
                WorkArea w = search(map, c, a, only, enough, blocked);
                // of areas about as good, that in front
                double front = 1 - 0.05 * (1 - StrictMath.cos(a));
                w = new WorkArea(c, a, w.near, w.far, w.angle, w.score * front);
                if (w.score > best.score + 1e-9) {
                    best = w;
                }
            }
        }
        return best;
    }

    /** Area that suffices for arms of a reach, m^2: the best score. */
    static double enough(double reach) {
        return Math.min(ENOUGH, SHARE * reach * reach);
    }

    /** Says where the machine itself stands in the way. */
    @FunctionalInterface
    interface Blocked {
        boolean at(double x, double y);
    }

    private static WorkArea search(
            ReachMap map, Vec3 c, double heading, int only, double enough, Blocked blocked) {
        double step = map.spacing / 2;
        int rings = (int) Math.ceil(map.n * map.spacing / step);
        // gain[i][k]: of the ring i within k turns of the heading
        double[][] gain = new double[rings][SIDES + 1];
        double[][] area = new double[rings][SIDES + 1];
        for (int i = 2; i < rings; i++) {
            double r = i * step;
            for (int k = 0; k <= SIDES; k++) {
                double da = step * r * TURN * (k == 0 ? 1 : 2);
                double g = 0;
                for (int side = k == 0 ? 1 : -1; side <= 1; side += 2) {
                    double x = c.x() + r * StrictMath.cos(heading + side * k * TURN);
                    double y = c.y() + r * StrictMath.sin(heading + side * k * TURN);
                    double q = blocked.at(x, y) ? -1 : map.of(x, y, only) - LEAST;
                    g += step * r * TURN * (q < 0 ? 4 * q : 0.6 + 0.4 * q / (1 - LEAST));
                }
                gain[i][k] = g + (k == 0 ? 0 : gain[i][k - 1]);
                area[i][k] = da + (k == 0 ? 0 : area[i][k - 1]);
            }
        }
        WorkArea best = new WorkArea(c, heading, 0, 0, 0, 0);
        for (int k = 4; k <= SIDES; k++) {
            for (int i = 2; i < rings; i++) {
                double g = 0;
                double whole = 0;
                for (int j = i; j < rings; j++) {
                    g += gain[j][k];
                    whole += area[j][k];
                    double wide = (j - i) * step;
                    if (wide < 0.1 || wide > 0.45) {
                        continue;
                    }
                    // enough is enough: what is more is farther away and seen worse
                    double score = Math.min(g, enough) - 0.4 * Math.max(0, whole - 1.1 * enough);
                    score -= 0.02 * Math.max(0, k * TURN - 0.9);
                    // a ring is better wide than long
                    score *= Math.min(1, 0.7 + wide);
                    if (score > best.score) {
                        best =
                                new WorkArea(
                                        c, heading, i * step, j * step, (k - 0.5) * TURN, score);
                    }
                }
            }
        }
        return best;
    }
}
