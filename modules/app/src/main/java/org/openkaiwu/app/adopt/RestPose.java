package org.openkaiwu.app.adopt;

import java.util.List;
import org.openkaiwu.math.RandomStream;
import org.openkaiwu.math.Vec3;
import org.openkaiwu.motion.Ik;
import org.openkaiwu.motion.PlanningScene;
import org.openkaiwu.motion.ToolGoal;

/** Finds how an arm rests: the hand over the near part of the work area, pointing down, free. */
final class RestPose {
    /** Heights over the surface by preference, as parts of the reach. */
    private static final double[] HEIGHTS = {0.34, 0.28, 0.22, 0.4, 0.16, 0.1, 0.5};

    /** Slants away from the shoulder, rad. */
    private static final double[] SLANTS = {0, 0.35, 0.7, -0.35, 1.05, 1.4};

    private static final int TRIES = 2000;

    private RestPose() {}

    /**
     * The rest position of the arm's variables, or null.
     *
     * @param spots where the hand may rest, by preference; heights are chosen here
     */
    static double[] find(
            Arm arm, List<Vec3> spots, double height, double reach, PlanningScene free) {
        Ik ik = new Ik(arm.model);
        Ik.Options options =
                Ik.Options.DEFAULT.tolerances(0.005, 0.15).effort(24, 8).restingAt(arm.seed);
        double[] best = null;
        double most = Double.NEGATIVE_INFINITY;
        for (double up : HEIGHTS) {
            for (double slant : SLANTS) {
                for (Vec3 spot : spots) {
                    double z = height + Math.max(0.1, up * reach);
                    Vec3 at = new Vec3(spot.x(), spot.y(), z);
                    for (double[] q : solutions(ik, arm, at, slant, options, free)) {
                        double good = margin(arm, q) - 0.25 * Math.abs(slant);
                        if (good > most) {
                            most = good;
                            best = q;
                        }
                    }
                }
                if (most > -0.02) {
                    return best;
                }
            }
        }
        return best;
    }

    /**
     * Where the arm is in nobody's way, wherever its hand is then: of free postures that nearest to
     * the middle of its ranges; the middle itself when none is found.
     */
    static double[] anywhere(Arm arm, PlanningScene free) {
        double[] best = arm.seed;
        double least = free.valid(best) ? 0 : Double.POSITIVE_INFINITY;
        RandomStream random = RandomStream.of(1, "rest");
        double[] lower = arm.model.lower();
        double[] upper = arm.model.upper();
        for (int n = 0; n < TRIES && least > 0; n++) {
            double[] q = arm.seed.clone();
            double away = 0;
            for (int i = 0; i < q.length; i++) {
                if (upper[i] > lower[i]) {
                    q[i] = random.uniform(lower[i], upper[i]);
                    away += Math.abs(q[i] - arm.seed[i]) / (upper[i] - lower[i]);
                }
            }
            if (away < least && free.valid(q)) {
                least = away;
                best = q;
            }
        }
        return best;
    }

    private static List<double[]> solutions(
            Ik ik, Arm arm, Vec3 at, double slant, Ik.Options options, PlanningScene free) {
        Vec3 out = new Vec3(at.x() - arm.shoulder.x(), at.y() - arm.shoulder.y(), 0);
        out = out.norm() < 1e-6 ? Vec3.X : out.unit();
        Vec3 dir = Vec3.Z.times(-StrictMath.cos(slant)).plus(out.times(StrictMath.sin(slant)));
        Ik.Result r = ik.solve(new ToolGoal.Approach(at, dir, Vec3.Z), arm.seed, options, free);
        return r.solutions().stream().map(Ik.Solution::q).toList();
    }

    /** 0 at ease, negative near a limit or far from the middle of the ranges. */
    private static double margin(Arm arm, double[] q) {
        double[] lower = arm.model.lower();
        double[] upper = arm.model.upper();
        double worst = 0;
        double away = 0;
        for (int i = 0; i < q.length; i++) {
            double range = upper[i] - lower[i];
            if (range < 1e-6) {
                continue;
            }
            double near = Math.min(q[i] - lower[i], upper[i] - q[i]) / range;
            worst = Math.min(worst, 3 * (Math.min(near, 0.06) - 0.06));
            if (arm.model.angular(i)) {
                away += Math.abs(q[i] - arm.seed[i]);
            }
        }
        return worst - 0.004 * away;
    }
}
