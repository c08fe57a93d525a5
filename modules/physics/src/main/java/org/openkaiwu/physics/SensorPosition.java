package org.openkaiwu.physics;

import java.util.Arrays;
import org.openkaiwu.body.Machine;
import org.openkaiwu.body.Options.Flag;
import org.openkaiwu.collision.GeomDistance;
import org.openkaiwu.dynamics.TreeData;
import org.openkaiwu.math.Flat;
import org.openkaiwu.physics.constraint.Rows;

/** Sensors of the configuration. */
final class SensorPosition {
    private static final double TINY = 1e-15;

    private final World w;
    private final RangeFinder rangeFinder;
    private final GeomDistance distance;
    private final double[] s = new double[16];

    SensorPosition(World world) {
        w = world;
        rangeFinder = new RangeFinder(w);
        boolean measures = Arrays.stream(w.machine.sensorType).anyMatch(t -> t >= 39 && t <= 41);
        distance = measures ? new GeomDistance(w.machine) : null;
    }

    void compute(int i, double[] out, int o) {
        Machine m = w.machine;
        TreeData d = w.tree;
        int id = m.sensorObjid[i];
        switch (m.sensorType[i]) {
            case 6 -> Flat.mulMatTVec3(out, o, d.siteXmat, 9 * id, m.option.magnetic, 0);
            case 7 -> rangeFinder.compute(i, out, o);
            case 8 -> project(id, m.sensorRefid[i], out, o);
            case 9 -> out[o] = w.qpos[m.jntQposadr[id]];
            case 11 -> out[o] = w.tenLength[id];
            case 13 ->
                    System.arraycopy(
                            w.actuatorLength, m.actuatorOutadr[id], out, o, m.sensorDim[i]);
            case 18 -> {
                System.arraycopy(w.qpos, m.jntQposadr[id], out, o, 4);
                Flat.normalizeQuat(out, o);
            }
            case 20 -> out[o] = limit(Rows.LIMIT_JOINT, id);
            case 23 -> out[o] = limit(Rows.LIMIT_TENDON, id);
            case 26, 28, 29, 30 -> frame(i, out, o);
            case 27 -> orientation(i, out, o);
            case 35 -> System.arraycopy(d.subtreeCom, 3 * id, out, o, 3);
            case 38 -> out[o] = inside(i) ? 1 : 0;
            case 39, 40, 41 -> separation(i, out, o);
            case 43 -> {
                energy();
                out[o] = w.energy[0];
            }
            case 44 -> {
                energy();
                out[o] = w.energy[1];
            }
            case 45 -> out[o] = w.time;
            default -> Arrays.fill(out, o, o + m.sensorDim[i], 0);
        }
    }

    private void energy() {
        if (!w.machine.option.enabled(Flag.ENERGY)) {
            Energy.potential(w);
        }
        Energy.kinetic(w);
    }

    /** Distance to an active limit less its margin. */
    private double limit(int type, int id) {
        int row = limitRow(w, type, id);
        Rows rows = w.constraints.rows;
        return row < 0 ? 0 : rows.pos[row] - rows.margin[row];
    }

    /** First row of a limit, or -1. */
    static int limitRow(World w, int type, int id) {
        Rows rows = w.constraints.rows;
        int first = rows.ne + rows.nf;
        for (int r = first; r < first + rows.nl; r++) {
            if (rows.type[r] == type && rows.id[r] == id) {
                return r;
            }
        }
        return -1;
    }

    /** Pixel coordinates of a site in a camera's picture. */
    private void project(int site, int cam, double[] out, int o) {
        Machine m = w.machine;
        TreeData d = w.tree;
        double width = m.camResolution[2 * cam];
        double height = m.camResolution[2 * cam + 1];
        double fx;
        double fy;
        if (m.camSensorsize[2 * cam] != 0 && m.camSensorsize[2 * cam + 1] != 0) {
            fx = m.camIntrinsic[4 * cam] / m.camSensorsize[2 * cam] * width;
            fy = m.camIntrinsic[4 * cam + 1] / m.camSensorsize[2 * cam + 1] * height;
        } else {
            fx = Cameras.focal(m, cam) * height;
            fy = fx;
        }
        for (int k = 0; k < 3; k++) {
            s[k] = d.siteXpos[3 * site + k] - d.camXpos[3 * cam + k];
        }
        Flat.mulMatTVec3(s, 0, d.camXmat, 9 * cam, s, 0);
        double depth = s[2];
        if (Math.abs(depth) < TINY) {
            depth = depth < 0 ? -TINY : TINY;
        }
        out[o] = -fx * (s[0] / depth) + 0.5 * width;
        out[o + 1] = fy * (s[1] / depth) + 0.5 * height;
    }

    private void frame(int i, double[] out, int o) {
        Machine m = w.machine;
        TreeData d = w.tree;
        int type = m.sensorObjtype[i];
        int id = m.sensorObjid[i];
        int ref = m.sensorRefid[i];
        int axis = m.sensorType[i] - 28;
        double[] mat = SensorFrame.mat(d, type);
        double[] pos = SensorFrame.pos(d, type);
        for (int k = 0; k < 3; k++) {
            out[o + k] = axis < 0 ? pos[3 * id + k] : mat[9 * id + axis + 3 * k];
        }
        if (ref >= 0) {
            int reftype = m.sensorReftype[i];
            if (axis < 0) {
                double[] refpos = SensorFrame.pos(d, reftype);
                for (int k = 0; k < 3; k++) {
                    out[o + k] -= refpos[3 * ref + k];
                }
            }
            Flat.mulMatTVec3(out, o, SensorFrame.mat(d, reftype), 9 * ref, out, o);
        }
    }

    private void orientation(int i, double[] out, int o) {
        Machine m = w.machine;
        SensorFrame.quat(w, m.sensorObjtype[i], m.sensorObjid[i], s, 0);
        if (m.sensorRefid[i] < 0) {
            System.arraycopy(s, 0, out, o, 4);
            return;
        }
        SensorFrame.quat(w, m.sensorReftype[i], m.sensorRefid[i], s, 4);
        Flat.negQuat(s, 4, s, 4);
        Flat.mulQuat(out, o, s, 4, s, 0);
    }

    private boolean inside(int i) {
        Machine m = w.machine;
        int type = m.sensorObjtype[i];
        int id = m.sensorObjid[i];
        double[] pos = SensorFrame.pos(w.tree, type);
        if (type == SensorFrame.BODY
                && id > 0
                && m.bodyMass[id] < TINY
                && m.bodySubtreemass[id] >= TINY) {
            pos = w.tree.subtreeCom;
        }
        return insideSite(w, m.sensorRefid[i], pos, 3 * id, s);
    }

    /** The point p is inside the site's shape. */
    static boolean insideSite(World w, int site, double[] p, int po, double[] s) {
        Machine m = w.machine;
        TreeData d = w.tree;
        for (int k = 0; k < 3; k++) {
            s[k] = p[po + k] - d.siteXpos[3 * site + k];
        }
        Flat.mulMatTVec3(s, 0, d.siteXmat, 9 * site, s, 0);
        double x = s[0];
        double y = s[1];
        double z = s[2];
        double a = m.siteSize[3 * site];
        double b = m.siteSize[3 * site + 1];
        double c = m.siteSize[3 * site + 2];
        return switch (m.siteType[site]) {
            case 0 -> z < 0;
            case 2 -> x * x + y * y + z * z < a * a;
            case 3 -> {
                double over = z - Actuation.clip(z, -b, b);
                yield x * x + y * y + over * over < a * a;
            }
            case 4 -> x * x / (a * a) + y * y / (b * b) + z * z / (c * c) < 1;
            case 5 -> Math.abs(z) < b && x * x + y * y < a * a;
            case 6 -> Math.abs(x) < a && Math.abs(y) < b && Math.abs(z) < c;
            default -> false;
        };
    }

    /** Smallest distance between the geoms of two objects, its direction, or its end points. */
    private void separation(int i, double[] out, int o) {
        Machine m = w.machine;
        boolean body1 = m.sensorObjtype[i] == SensorFrame.BODY;
        boolean body2 = m.sensorReftype[i] == SensorFrame.BODY;
        int id1 = m.sensorObjid[i];
        int id2 = m.sensorRefid[i];
        int first1 = body1 ? m.bodyGeomadr[id1] : id1;
        int first2 = body2 ? m.bodyGeomadr[id2] : id2;
        int n1 = body1 ? m.bodyGeomnum[id1] : 1;
        int n2 = body2 ? m.bodyGeomnum[id2] : 1;
        double cutoff = m.sensorCutoff[i];
        double best = cutoff;
        Arrays.fill(s, 0, 6, 0);
        for (int g1 = first1; g1 < first1 + n1; g1++) {
            for (int g2 = first2; g2 < first2 + n2; g2++) {
                double dist =
                        distance.measure(g1, g2, w.tree.geomXpos, w.tree.geomXmat, cutoff, s, 6);
                if (dist < best) {
                    best = dist;
                    System.arraycopy(s, 6, s, 0, 6);
                }
            }
        }
        switch (m.sensorType[i]) {
            case 39 -> out[o] = best;
            case 40 -> {
                Flat.set3(out, o, s[3] - s[0], s[4] - s[1], s[5] - s[2]);
                if (Flat.norm3(out, o) > 0) {
                    Flat.normalize3(out, o);
                }
            }
            default -> System.arraycopy(s, 0, out, o, 6);
        }
    }
}
