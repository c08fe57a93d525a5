package org.openkaiwu.physics;

import org.openkaiwu.body.Machine;
import org.openkaiwu.collision.Ray;
import org.openkaiwu.dynamics.TreeData;
import org.openkaiwu.math.Flat;

/**
 * Range finders: one ray along a site's z axis, or one for every pixel of a camera. Each ray gives
 * the numbers that the sensor's bits ask for, in the order distance, direction, origin, point,
 * normal, depth; a ray that hits nothing has distance and depth -1.
 */
final class RangeFinder {
    private static final int DIST = 1;
    private static final int DIR = 2;
    private static final int ORIGIN = 4;
    private static final int POINT = 8;
    private static final int NORMAL = 16;
    private static final int DEPTH = 32;

    private final World w;
    private final double[] from = new double[3];
    private final double[] dir = new double[3];
    private Ray ray;

    RangeFinder(World world) {
        w = world;
    }

    void compute(int i, double[] out, int o) {
        Machine m = w.machine;
        TreeData d = w.tree;
        if (ray == null) {
            ray = new Ray(m);
        }
        int spec = m.sensorIntprm[3 * i];
        int id = m.sensorObjid[i];
        if (m.sensorObjtype[i] == SensorFrame.SITE) {
            System.arraycopy(d.siteXpos, 3 * id, from, 0, 3);
            for (int k = 0; k < 3; k++) {
                dir[k] = d.siteXmat[9 * id + 2 + 3 * k];
            }
            cast(m.siteBodyid[id], spec, -1, out, o);
            return;
        }
        int at = o;
        for (int row = 0; row < m.camResolution[2 * id + 1]; row++) {
            for (int col = 0; col < m.camResolution[2 * id]; col++) {
                pixel(id, row, col);
                at = cast(m.camBodyid[id], spec, id, out, at);
            }
        }
    }

    /** Ray through the middle of a pixel; row 0 is on top. */
    private void pixel(int c, int row, int col) {
        Machine m = w.machine;
        double[] mat = w.tree.camXmat;
        double width = m.camResolution[2 * c];
        double height = m.camResolution[2 * c + 1];
        System.arraycopy(w.tree.camXpos, 3 * c, from, 0, 3);
        if (m.camOrthographic[c]) {
            double half = m.camFovy[c] / 2;
            Flat.set3(
                    dir,
                    0,
                    (col + 0.5 - width / 2) / (width / 2) * half,
                    -(row + 0.5 - height / 2) / (height / 2) * half,
                    0);
            Flat.mulMatVec3(dir, 0, mat, 9 * c, dir, 0);
            for (int k = 0; k < 3; k++) {
                from[k] += dir[k];
                dir[k] = -mat[9 * c + 2 + 3 * k];
            }
            return;
        }
        double fx;
        double fy;
        double cx = width / 2;
        double cy = height / 2;
        double sx = m.camSensorsize[2 * c];
        double sy = m.camSensorsize[2 * c + 1];
        if (sx != 0 && sy != 0) {
            fx = m.camIntrinsic[4 * c] / sx * width;
            fy = m.camIntrinsic[4 * c + 1] / sy * height;
            cx = m.camIntrinsic[4 * c + 2] / sx * width;
            cy = m.camIntrinsic[4 * c + 3] / sy * height;
        } else {
            fx = Cameras.focal(m, c) * height;
            fy = fx;
        }
        Flat.set3(dir, 0, (col + 0.5 - cx) / fx, -(row + 0.5 - cy) / fy, -1);
        Flat.mulMatVec3(dir, 0, mat, 9 * c, dir, 0);
        Flat.normalize3(dir, 0);
    }

    private int cast(int exclude, int spec, int cam, double[] out, int o) {
        TreeData d = w.tree;
        double dist = ray.cast(d.geomXpos, d.geomXmat, from, 0, dir, 0, null, true, exclude);
        boolean hit = dist >= 0;
        int at = o;
        if ((spec & DIST) != 0) {
            out[at++] = dist;
        }
        if ((spec & DIR) != 0) {
            at = put(out, at, dir, hit ? 1 : 0);
        }
        if ((spec & ORIGIN) != 0) {
            at = put(out, at, from, 1);
        }
        if ((spec & POINT) != 0) {
            for (int k = 0; k < 3; k++) {
                out[at++] = hit ? from[k] + dir[k] * dist : 0;
            }
        }
        if ((spec & NORMAL) != 0) {
            at = put(out, at, ray.normal, hit ? 1 : 0);
        }
        if ((spec & DEPTH) != 0) {
            out[at++] = !hit ? -1 : cam < 0 ? dist : depth(cam, dist);
        }
        return at;
    }

    private static int put(double[] out, int at, double[] v, double s) {
        Flat.set3(out, at, v[0] * s, v[1] * s, v[2] * s);
        return at + 3;
    }

    /** Along the optical axis. */
    private double depth(int c, double dist) {
        TreeData d = w.tree;
        double depth = 0;
        for (int k = 0; k < 3; k++) {
            double delta = from[k] + dir[k] * dist - d.camXpos[3 * c + k];
            depth -= delta * d.camXmat[9 * c + 2 + 3 * k];
        }
        return depth;
    }
}
