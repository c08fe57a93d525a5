package org.openkaiwu.motion;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;
import org.openkaiwu.math.InputException;

/**
 * Finds a way over a {@link Floor}: A* on a grid that keeps the footprint's disc free and prefers
 * room to spare, then straightened by line of sight and rounded at the corners.
 *
 * <p>A rectangle is first tried as its outer disc, which may turn anywhere; where that does not
 * pass, as its inner disc, and then the rectangle itself is checked along the way, turned as the
 * way goes. Near the start, and near the goal, less room is asked for, so that a base that was
 * driven close to a table can leave it and come close to another.
 */
public final class BasePlanner {
    /** How planning ended. */
    public enum Outcome {
        SOLVED,
        /** The goal pose itself is not free. */
        GOAL_BLOCKED,
        /** There is no way to the goal. */
        NO_WAY
    }

    /**
     * What was found.
     *
     * @param outcome solved, or why not
     * @param points x y of each point from start to goal, m; empty unless solved
     * @param length m
     */
    public record Route(Outcome outcome, double[][] points, double length) {
        /** Whether there is a route. */
        public boolean solved() {
            return outcome == Outcome.SOLVED;
        }
    }

    private static final int MOST_CELLS = 4_000_000;

    private final Floor floor;
    private final Footprint footprint;
    private final double margin;
    private final double cell;
    private double x0;
    private double y0;
    private int columns;
    private int rows;
    private float[] clear;
    private double[] start;
    private double[] goal;
    private double startClear;
    private double goalClear;
    private double radius;

    /**
     * A planner.
     *
     * @param margin distance kept between footprint and obstacles, m
     * @param cell grid size, m (0.05 serves rooms)
     */
    public BasePlanner(Floor floor, Footprint footprint, double margin, double cell) {
        if (!(cell > 0) || !(margin >= 0)) {
            throw new InputException("base planner", "cell must be positive, margin not negative");
        }
        this.floor = floor;
        this.footprint = footprint;
        this.margin = margin;
        this.cell = cell;
    }

    /** Whether the base can stand there. */
    public boolean free(double x, double y, double yaw) {
        return floor.free(x, y, yaw, footprint, 0);
    }

    /**
     * Plans.
     *
     * @param fromX present place, m
     * @param toYaw heading wanted at the goal, rad; NaN when none is
     */
    public Route plan(
            double fromX, double fromY, double fromYaw, double toX, double toY, double toYaw) {
        boolean open =
                Double.isNaN(toYaw)
                        ? floor.clearance(toX, toY) >= footprint.inner()
                        : free(toX, toY, toYaw);
        if (!open) {
            return new Route(Outcome.GOAL_BLOCKED, new double[0][], 0);
        }
        start = new double[] {fromX, fromY};
        goal = new double[] {toX, toY};
        startClear = floor.clearance(fromX, fromY);
        goalClear = floor.clearance(toX, toY);
        grid();
        double outer = footprint.outer() + margin;
        double inner = footprint.inner() + margin;
        for (double r : outer > inner + 1e-9 ? new double[] {outer, inner} : new double[] {outer}) {
            radius = r;
            int[] cells = search();
            if (cells.length > 0) {
                double[][] points = round(straighten(points(cells)));
                if (r == outer || fits(points)) {
                    return new Route(Outcome.SOLVED, points, length(points));
                }
            }
        }
        return new Route(Outcome.NO_WAY, new double[0][], 0);
    }

    private static double length(double[][] points) {
        double sum = 0;
        for (int i = 1; i < points.length; i++) {
            sum += PathTrajectory.distance(points[i - 1], points[i]);
        }
        return sum;
    }

    private void grid() {
        double[] e = floor.extent();
        double[] room = floor.room();
        double pad = 2 * footprint.outer() + 4 * margin + 0.5;
        x0 = Math.max(room[0], Math.min(e[0], Math.min(start[0], goal[0])) - pad);
        y0 = Math.max(room[1], Math.min(e[1], Math.min(start[1], goal[1])) - pad);
        double x1 = Math.min(room[2], Math.max(e[2], Math.max(start[0], goal[0])) + pad);
        double y1 = Math.min(room[3], Math.max(e[3], Math.max(start[1], goal[1])) + pad);
        columns = Math.max(1, (int) Math.ceil((x1 - x0) / cell)) + 1;
        rows = Math.max(1, (int) Math.ceil((y1 - y0) / cell)) + 1;
        if ((double) columns * rows > MOST_CELLS) {
            throw new InputException(
                    "base planner", "the floor is too large for cells of " + cell + " m");
        }
        clear = new float[columns * rows];
        Arrays.fill(clear, Float.NaN);
    }

    private double clearOf(int c) {
        if (Float.isNaN(clear[c])) {
            clear[c] = (float) floor.clearance(xOf(c), yOf(c));
        }
        return clear[c];
    }

    private double xOf(int c) {
        return x0 + (c % columns) * cell;
    }

    private double yOf(int c) {
        return y0 + (c / columns) * cell;
    }

    private int cellOf(double[] p) {
        int i = Math.clamp(Math.round((p[0] - x0) / cell), 0, columns - 1);
        int j = Math.clamp(Math.round((p[1] - y0) / cell), 0, rows - 1);
        return j * columns + i;
    }

    /** Clearance asked for at a point: less close to the start and to the goal. */
    private double need(double x, double y) {
        double ds = StrictMath.hypot(x - start[0], y - start[1]);
        double dg = StrictMath.hypot(x - goal[0], y - goal[1]);
        double nearStart = startClear - cell + 0.3 * ds;
        double nearGoal = goalClear - cell + 0.3 * dg;
        return Math.min(radius, Math.min(nearStart, nearGoal));
    }

    private int[] search() {
        int from = cellOf(start);
        int to = cellOf(goal);
        double[] cost = new double[clear.length];
        int[] parent = new int[clear.length];
        Arrays.fill(cost, Double.POSITIVE_INFINITY);
        Arrays.fill(parent, -1);
        record Open(double rank, int cell) {}
        PriorityQueue<Open> open =
                new PriorityQueue<>((a, b) ->
                        a.rank != b.rank
                                ? Double.compare(a.rank, b.rank)
                                : Integer.compare(a.cell, b.cell));
        cost[from] = 0;
        open.add(new Open(heuristic(from, to), from));
        boolean[] closed = new boolean[clear.length];
        while (!open.isEmpty()) {
            int c = open.poll().cell;
            if (closed[c]) {
                continue;
            }
            closed[c] = true;
            if (c == to) {
                return back(parent, to);
            }
            int ci = c % columns;
            int cj = c / columns;
            for (int dj = -1; dj <= 1; dj++) {
                for (int di = -1; di <= 1; di++) {
                    int i = ci + di;
                    int j = cj + dj;
                    if ((di == 0 && dj == 0) || i < 0 || j < 0 || i >= columns || j >= rows) {
                        continue;
                    }
                    int d = j * columns + i;
                    double room = clearOf(d);
                    if (closed[d] || room < need(xOf(d), yOf(d))) {
                        continue;
                    }
                    double step = cell * (di != 0 && dj != 0 ? Math.sqrt(2) : 1);
                    double total = cost[c] + step * (1 + tightness(room));
                    if (total < cost[d]) {
                        cost[d] = total;
                        parent[d] = c;
                        open.add(new Open(total + heuristic(d, to), d));
                    }
                }
            }
        }
        return new int[0];
    }

    /** 0 with room to spare, 1.5 when only just passing. */
    private double tightness(double room) {
        double spare = Math.max(0, room - radius) / 0.3;
        return spare >= 1 ? 0 : 1.5 * (1 - spare) * (1 - spare);
    }

    private double heuristic(int a, int b) {
        double dx = Math.abs(a % columns - b % columns);
        double dy = Math.abs(a / columns - b / columns);
        return cell * (Math.max(dx, dy) + (Math.sqrt(2) - 1) * Math.min(dx, dy));
    }

    private static int[] back(int[] parent, int to) {
        int n = 0;
        for (int c = to; c >= 0; c = parent[c]) {
            n++;
        }
        int[] out = new int[n];
        for (int c = to; c >= 0; c = parent[c]) {
            out[--n] = c;
        }
        return out;
    }

    private double[][] points(int[] cells) {
        List<double[]> out = new ArrayList<>();
        out.add(start);
        for (int k = 1; k + 1 < cells.length; k++) {
            out.add(new double[] {xOf(cells[k]), yOf(cells[k])});
        }
        out.add(goal);
        return out.toArray(new double[0][]);
    }

    /** Leaves out points where a straight line has as much room as the way it replaces. */
    private double[][] straighten(double[][] p) {
        List<double[]> out = new ArrayList<>();
        out.add(p[0]);
        int at = 0;
        while (at < p.length - 1) {
            int next = at + 1;
            double least = Math.min(room(p[at]), room(p[next]));
            for (int j = at + 2; j < p.length; j++) {
                least = Math.min(least, room(p[j]));
                if (sees(p[at], p[j], Math.min(least, radius + 0.3))) {
                    next = j;
                }
            }
            out.add(p[next]);
            at = next;
        }
        return out.toArray(new double[0][]);
    }

    private double room(double[] p) {
        return floor.clearance(p[0], p[1]);
    }

    private boolean sees(double[] a, double[] b, double wanted) {
        int steps = Math.max(1, (int) Math.ceil(PathTrajectory.distance(a, b) / (cell / 2)));
        for (int k = 0; k <= steps; k++) {
            double x = a[0] + (b[0] - a[0]) * k / steps;
            double y = a[1] + (b[1] - a[1]) * k / steps;
            double d = floor.clearance(x, y);
            if (d < need(x, y) || d < wanted - 0.02) {
                return false;
            }
        }
        return true;
    }

    /** Cuts corners twice (Chaikin 1974), no more than 0.4 m from each, where there is room. */
    private double[][] round(double[][] p) {
        double[][] from = p;
        for (int pass = 0; pass < 2; pass++) {
            List<double[]> out = new ArrayList<>();
            out.add(from[0]);
            for (int k = 1; k + 1 < from.length; k++) {
                double[] a = towards(from[k], from[k - 1]);
                double[] b = towards(from[k], from[k + 1]);
                if (sees(a, b, Double.NEGATIVE_INFINITY)) {
                    out.add(a);
                    out.add(b);
                } else {
                    out.add(from[k]);
                }
            }
            out.add(from[from.length - 1]);
            from = out.toArray(new double[0][]);
        }
        return from;
    }

    private static double[] towards(double[] p, double[] q) {
        double d = PathTrajectory.distance(p, q);
        double t = d > 0 ? Math.min(0.25, 0.4 / d) : 0;
        return new double[] {p[0] + t * (q[0] - p[0]), p[1] + t * (q[1] - p[1])};
    }

    /** Whether the rectangle is free along the way, headed as the way goes. */
    private boolean fits(double[][] p) {
        for (int k = 1; k < p.length; k++) {
            double yaw = StrictMath.atan2(p[k][1] - p[k - 1][1], p[k][0] - p[k - 1][0]);
            double d = PathTrajectory.distance(p[k - 1], p[k]);
            int steps = Math.max(1, (int) Math.ceil(d / cell));
            for (int s = 0; s <= steps; s++) {
                double x = p[k - 1][0] + (p[k][0] - p[k - 1][0]) * s / steps;
                double y = p[k - 1][1] + (p[k][1] - p[k - 1][1]) * s / steps;
                boolean close = StrictMath.hypot(x - start[0], y - start[1]) < cell;
                if (!close && !floor.free(x, y, yaw, footprint, 0)) {
                    return false;
                }
            }
        }
        return true;
    }
}
