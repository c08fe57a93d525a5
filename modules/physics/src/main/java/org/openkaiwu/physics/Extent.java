package org.openkaiwu.physics;

import org.openkaiwu.body.Machine;
import org.openkaiwu.dynamics.TreeData;

/** Size of a model: the longest side of the box around everything, at least twice a mean body. */
final class Extent {
    private Extent() {}

    static double of(Machine m, TreeData d) {
        double[] lo = {1e10, 1e10, 1e10};
        double[] hi = {-1e10, -1e10, -1e10};
        for (int b = 1; b < m.nbody; b++) {
            widen(lo, hi, d.xpos, b, 0);
            widen(lo, hi, d.xipos, b, 0);
        }
        for (int j = 0; j < m.njnt; j++) {
            widen(lo, hi, d.xanchor, j, 0);
        }
        for (int s = 0; s < m.nsite; s++) {
            widen(lo, hi, d.siteXpos, s, 0);
        }
        for (int g = 0; g < m.ngeom; g++) {
            widen(lo, hi, d.geomXpos, g, radius(m, g));
        }
        double extent = 0;
        if (hi[0] > lo[0]) {
            double side = Math.max(hi[0] - lo[0], Math.max(hi[1] - lo[1], hi[2] - lo[2]));
            extent = Math.max(1e-5, side);
        }
        return Math.max(extent, 2 * meanSize(m, d));
    }

    private static double radius(Machine m, int g) {
        if (m.geomRbound[g] > 0) {
            return m.geomRbound[g];
        }
        if (m.geomType[g] == 0) {
            double side = Math.max(m.geomSize[3 * g], m.geomSize[3 * g + 1]);
            return side > 0 ? 0.1 * side : 0.01;
        }
        if (m.geomType[g] == 1 && m.geomDataid[g] < m.hfields.length) {
            double max = 0;
            for (double s : m.hfields[m.geomDataid[g]].size()) {
                max = Math.max(max, s);
            }
            return 0.1 * max;
        }
        return 0;
    }

    private static void widen(double[] lo, double[] hi, double[] p, int i, double r) {
        for (int c = 0; c < 3; c++) {
            lo[c] = Math.min(lo[c], p[3 * i + c] - r);
            hi[c] = Math.max(hi[c], p[3 * i + c] + r);
        }
    }

    private static double meanSize(Machine m, TreeData d) {
        if (m.nbody < 2) {
            return 0;
        }
        double[] size = new double[m.nbody];
        for (int j = 0; j < m.njnt; j++) {
            int b = m.jntBodyid[j];
            int p = m.bodyParentid[b];
            size[b] = Math.max(size[b], distance(d.xipos, b, d.xanchor, j));
            size[p] = Math.max(size[p], distance(d.xipos, p, d.xanchor, j));
        }
        for (int g = 0; g < m.ngeom; g++) {
            int b = m.geomBodyid[g];
            if (m.geomRbound[g] > 0) {
                double r = m.geomRbound[g] + distance(d.xipos, b, d.geomXpos, g);
                size[b] = Math.max(size[b], r);
            }
        }
        double sum = 0;
        for (int b = 1; b < m.nbody; b++) {
            sum += Math.max(size[b], 1e-5);
        }
        return sum / (m.nbody - 1);
    }

    private static double distance(double[] a, int i, double[] b, int j) {
        double x = a[3 * i] - b[3 * j];
        double y = a[3 * i + 1] - b[3 * j + 1];
        double z = a[3 * i + 2] - b[3 * j + 2];
        return Math.sqrt(x * x + y * y + z * z);
    }
}
