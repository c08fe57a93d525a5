package org.openkaiwu.app.adopt;

import java.util.List;
import org.openkaiwu.math.Vec3;
import org.openkaiwu.motion.Ik;
import org.openkaiwu.motion.ToolGoal;
import org.openkaiwu.motion.Validity;

/** How well each arm picks things up from the cells of a horizontal grid: 0 not, 1 from above. */
final class ReachMap {
    /** Least height of the tool over the surface in a grasp, and room under the fingers, m. */
    private static final double LOW = 0.018;

    private static final double UNDER = 0.006;

    /** Hands whose fingers go on for longer have to grip slanted or beside things, m. */
    private static final double LONG = 0.04;

    /** Way of an approach, m. */
    private static final double WAY = 0.07;

    /** Height over a grasp at which things are put into containers, m. */
    private static final double OVER = 0.1;

    /** Worth of a cell where the tool does not come that high. */
    private static final double LOW_ONLY = 0.75;

    /** Slants of the approach, away from the shoulder positive, rad, and what they are worth. */
    private static final double[][] SLANTS = {
        {0, 1}, {0.35, 0.95}, {-0.35, 0.9}, {0.7, 0.85}, {1.05, 0.7}
    };

    /** Cells of this size have room for errors in them, m. */
    private static final double COARSE = 0.065;

    private static final Ik.Options CELL = Ik.Options.DEFAULT.tolerances(0.002, 0.1);

    final double spacing;
    final int n;
    final double x0;
    final double y0;

    /** By arm, then by cell (row-major, x slow). */
    final double[][] quality;

    /** As {@link #quality} before errors were thought of. */
    private final double[][] raw;

    private final Cells cells;

    /** Worth of a cell that the base has to drive for. */
    private static final double DRIVEN = 0.9;

    /** Which cells are of interest. */
    @FunctionalInterface
    interface Cells {
        boolean at(double x, double y);
    }

    /**
     * Surveys a square.
     *
     * @param free per arm: which configurations are free
     * @param cells the others are left out
     */
    ReachMap(
            List<Arm> arms,
            List<? extends Validity> free,
            Vec3 middle,
            double half,
            double height,
            double spacing,
            Cells cells) {
        this.spacing = spacing;
        n = (int) Math.ceil(2 * half / spacing) + 1;
        x0 = middle.x() - half;
        y0 = middle.y() - half;
        quality = new double[arms.size()][n * n];
        raw = new double[arms.size()][];
        this.cells = cells;
        for (int a = 0; a < arms.size(); a++) {
            survey(arms.get(a), free.get(a), height, cells, quality[a]);
            raw[a] = quality[a];
            if (spacing < COARSE) {
                quality[a] = eroded(quality[a], cells);
            }
        }
    }

    private ReachMap(ReachMap of, double[][] raw) {
        spacing = of.spacing;
        n = of.n;
        x0 = of.x0;
        y0 = of.y0;
        cells = of.cells;
        this.raw = raw;
        quality = new double[raw.length][];
        for (int a = 0; a < raw.length; a++) {
            quality[a] = eroded(raw[a], cells);
        }
    }

    /**
     * What is reached when the base drives along a line.
     *
     * @param x direction of driving
     * @param y direction of driving
     * @param far to each side, m
     */
    ReachMap swept(double x, double y, double far) {
        double[][] out = new double[raw.length][n * n];
        int steps = (int) (far / spacing);
        for (int a = 0; a < raw.length; a++) {
            for (int c = 0; c < n * n; c++) {
                for (int s = -steps; s <= steps; s++) {
                    int i = c / n + (int) Math.rint(s * x);
                    int k = c % n + (int) Math.rint(s * y);
                    if (i >= 0 && k >= 0 && i < n && k < n) {
                        double worth = s == 0 ? 1 : DRIVEN;
                        out[a][c] = Math.max(out[a][c], worth * raw[a][i * n + k]);
                    }
                }
            }
        }
        return new ReachMap(this, out);
    }

    private void survey(Arm arm, Validity free, double height, Cells cells, double[] out) {
        Ik ik = new Ik(arm.model);
        double low = Math.max(LOW, Math.min(LONG, arm.beyond + UNDER));
        double[][] solved = new double[n * n][];
        double[] last = arm.seed;
        for (int i = 0; i < n; i++) {
            for (int s = 0; s < n; s++) {
                int k = i % 2 == 0 ? s : n - 1 - s;
                Vec3 at = new Vec3(x0 + i * spacing, y0 + k * spacing, height + low);
                if (!cells.at(at.x(), at.y()) || !arm.near(at, spacing)) {
                    continue;
                }
                double[] below = i > 0 ? solved[(i - 1) * n + k] : null;
                double[][] found = {null};
                double q = cell(ik, arm, free, at, last, last == arm.seed ? 12 : 4, found);
                if (q < 0.8 && below != null) {
                    double[][] other = {null};
                    double again = cell(ik, arm, free, at, below, 1, other);
                    found = again > q ? other : found;
                    q = Math.max(q, again);
                }
                out[i * n + k] = q;
                solved[i * n + k] = found[0];
                last = found[0] == null ? last : found[0];
            }
        }
    }

    /** A cell beside one that is not reached is worth less: there is no room for errors. */
    private double[] eroded(double[] q, Cells cells) {
        double[] out = new double[q.length];
        for (int i = 1; i < n - 1; i++) {
            for (int k = 1; k < n - 1; k++) {
                double least = 1;
                for (int d = 0; d < 9; d++) {
                    int u = i + d / 3 - 1;
                    int v = k + d % 3 - 1;
                    if (cells.at(x0 + u * spacing, y0 + v * spacing)) {
                        least = Math.min(least, q[u * n + v]);
                    }
                }
                out[i * n + k] = Math.min(q[i * n + k], 0.7 * q[i * n + k] + 0.3 * least);
            }
        }
        return out;
    }

    private static double cell(
            Ik ik, Arm arm, Validity free, Vec3 at, double[] seed, int starts, double[][] found) {
        Ik.Result any = ik.solve(new ToolGoal.Point(at), seed, CELL.effort(starts, 1));
        if (!any.found()) {
            return 0;
        }
        Vec3 out = new Vec3(at.x() - arm.shoulder.x(), at.y() - arm.shoulder.y(), 0);
        out = out.norm() < 1e-6 ? Vec3.X : out.unit();
        for (double[] slant : SLANTS) {
            Vec3 dir =
                    Vec3.Z.times(-StrictMath.cos(slant[0]))
                            .plus(out.times(StrictMath.sin(slant[0])));
            Ik.Result low =
                    ik.solve(
                            new ToolGoal.Approach(at, dir, Vec3.Z),
                            seed,
                            CELL.effort(starts + 1, 1),
                            free);
            if (!low.found()) {
                continue;
            }
            double[] q = low.best().q();
            Vec3 before = at.minus(dir.times(WAY));
            Ik.Result high =
                    ik.solve(
                            new ToolGoal.Approach(before, dir, Vec3.Z), q, CELL.effort(2, 1), free);
            if (high.found()) {
                found[0] = q;
                Vec3 over = at.plus(new Vec3(0, 0, OVER));
                ToolGoal goal = new ToolGoal.Approach(over, dir, Vec3.Z);
                double room = ik.solve(goal, q, CELL.effort(2, 1), free).found() ? 1 : LOW_ONLY;
                return room * slant[1] * ease(arm.stretch(at, q) / arm.model.reach());
            }
        }
        return 0;
    }

    /** Far out an arm is weak and stiff: 1 up to two thirds of its length, then falling. */
    private static double ease(double part) {
        return part < 0.68 ? 1 : Math.max(0.4, 1 - 2.2 * (part - 0.68));
    }

    /** Quality of the cell at a point, of one arm. */
    double of(int arm, double x, double y) {
        int i = (int) Math.rint((x - x0) / spacing);
        int k = (int) Math.rint((y - y0) / spacing);
        return i < 0 || k < 0 || i >= n || k >= n ? 0 : quality[arm][i * n + k];
    }

    /** Mean quality over all arms, or that of one. */
    double of(double x, double y, int only) {
        if (only >= 0) {
            return of(only, x, y);
        }
        double sum = 0;
        for (int a = 0; a < quality.length; a++) {
            sum += of(a, x, y);
        }
        return sum / quality.length;
    }
}
