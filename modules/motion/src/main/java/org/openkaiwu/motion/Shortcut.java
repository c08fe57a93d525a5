package org.openkaiwu.motion;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.openkaiwu.math.RandomStream;

/**
 * Shortens a path: first by leaving way points out, then by joining random points of it with
 * straight edges (Geraerts and Overmars, "Creating high-quality paths for motion planning", 2007).
 * Never makes a path longer; deterministic for a seed.
 */
public final class Shortcut {
    private final JointSpace space;
    private final double[] scratch;

    /** Paths of this space. */
    public Shortcut(JointSpace space) {
        this.space = space;
        scratch = new double[space.size()];
    }

    /** Weighted length of a path. */
    public double length(double[][] path) {
        double sum = 0;
        for (int i = 1; i < path.length; i++) {
            sum += space.distance(path[i - 1], path[i]);
        }
        return sum;
    }

    /**
     * Shortens.
     *
     * @param path way points of a valid path; not written
     * @param attempts random shortcuts to try
     */
    public double[][] shorten(double[][] path, Validity validity, int attempts, long seed) {
        if (path.length < 3) {
            return path;
        }
        List<double[]> way = new ArrayList<>(Arrays.asList(path));
        thin(way, validity);
        RandomStream random = RandomStream.of(seed, "shortcut");
        for (int k = 0; k < attempts && way.size() > 2; k++) {
            cut(way, validity, random);
        }
        thin(way, validity);
        return way.toArray(new double[0][]);
    }

    /** From each way point straight to the farthest one that can be seen. */
    private void thin(List<double[]> way, Validity validity) {
        for (int i = 0; i + 2 < way.size(); i++) {
            for (int j = way.size() - 1; j > i + 1; j--) {
                if (space.open(way.get(i), 0, way.get(j), 0, validity, scratch)) {
                    way.subList(i + 1, j).clear();
                    break;
                }
            }
        }
    }

    private void cut(List<double[]> way, Validity validity, RandomStream random) {
        int last = way.size() - 1;
        int i = random.nextInt(last);
        int j = random.nextInt(last);
        double ti = random.nextDouble();
        double tj = random.nextDouble();
        if (i == j) {
            return;
        }
        if (i > j) {
            int swap = i;
            i = j;
            j = swap;
        }
        double[] a = new double[space.size()];
        double[] b = new double[space.size()];
        JointSpace.interpolate(way.get(i), 0, way.get(i + 1), 0, ti, a);
        JointSpace.interpolate(way.get(j), 0, way.get(j + 1), 0, tj, b);
        double old = space.distance(a, way.get(i + 1)) + space.distance(way.get(j), b);
        for (int k = i + 1; k < j; k++) {
            old += space.distance(way.get(k), way.get(k + 1));
        }
        if (space.distance(a, b) < old - 1e-6 && space.open(a, 0, b, 0, validity, scratch)) {
            way.subList(i + 1, j + 1).clear();
            way.add(i + 1, a);
            way.add(i + 2, b);
        }
    }
}
