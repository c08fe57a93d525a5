package org.openkaiwu.collision;

import java.util.Arrays;
import org.openkaiwu.body.Machine;

/**
 * Signed distance of two geoms and the points where it is measured: what MuJoCo's {@code
 * mj_geomDistance} means. Holds scratch memory: one instance a thread; measuring allocates nothing
 * after a few calls.
 */
public final class GeomDistance {
    private final Machine m;
    private final GeomShapes shapes;
    private final NarrowPhase narrow = new NarrowPhase();
    private final Penetration ccd = new Penetration();
    private final Support p = new Support();
    private final Support q = new Support();
    private final Manifold manifold = new Manifold();
    private final Solid a = new Solid();
    private final Solid b = new Solid();

    public GeomDistance(Machine machine) {
        m = machine;
        shapes = new GeomShapes(m);
        narrow.configure(m.option);
        ccd.tolerance = m.option.ccdTolerance;
        ccd.maxIterations = m.option.ccdIterations;
    }

    /**
     * Distance, negative when they penetrate; {@code max} when they are farther apart.
     *
     * @param geomXpos geom positions in the world, m; shape ngeom x 3
     * @param geomXmat geom rotation matrices; shape ngeom x 9
     * @param fromto result at {@code o}: the point on g1 and the point on g2, world; zero when
     *     farther than max
     */
    public double measure(
            int g1,
            int g2,
            double[] geomXpos,
            double[] geomXmat,
            double max,
            double[] fromto,
            int o) {
        Arrays.fill(fromto, o, o + 6, 0);
        boolean flip = m.geomType[g1] > m.geomType[g2];
        pose(a, flip ? g2 : g1, geomXpos, geomXmat);
        pose(b, flip ? g1 : g2, geomXpos, geomXmat);
        if (!closedForm(a.type, b.type)) {
            return convex(flip, max, fromto, o);
        }
        manifold.n = 0;
        narrow.collide(manifold, max, a, b);
        double best = max;
        int at = -1;
        for (int i = 0; i < manifold.n; i++) {
            if (manifold.dist[i] < best) {
                best = manifold.dist[i];
                at = i;
            }
        }
        if (at >= 0) {
            double s = (flip ? -0.5 : 0.5) * best;
            for (int k = 0; k < 3; k++) {
                fromto[o + k] = manifold.pos[3 * at + k] - s * manifold.normal[3 * at + k];
                fromto[o + 3 + k] = manifold.pos[3 * at + k] + s * manifold.normal[3 * at + k];
            }
        }
        return best;
    }

    private static boolean closedForm(int t1, int t2) {
        return switch (t1) {
            case Solid.PLANE, Solid.HFIELD -> true;
            case Solid.SPHERE ->
                    t2 == Solid.SPHERE
                            || t2 == Solid.CAPSULE
                            || t2 == Solid.CYLINDER
                            || t2 == Solid.BOX;
            case Solid.CAPSULE -> t2 == Solid.CAPSULE || t2 == Solid.BOX;
            default -> false;
        };
    }

    private double convex(boolean flip, double max, double[] fromto, int o) {
        p.set(a, 0);
        q.set(b, 0);
        double dist = ccd.run(p, q, 1, max);
        if (ccd.n == 0 || !(dist < max)) {
            return max;
        }
        System.arraycopy(flip ? ccd.x2 : ccd.x1, 0, fromto, o, 3);
        System.arraycopy(flip ? ccd.x1 : ccd.x2, 0, fromto, o + 3, 3);
        return dist;
    }

    private void pose(Solid s, int g, double[] geomXpos, double[] geomXmat) {
        shapes.shape(s, g);
        s.pose(geomXpos, 3 * g, geomXmat, 9 * g);
    }
}
