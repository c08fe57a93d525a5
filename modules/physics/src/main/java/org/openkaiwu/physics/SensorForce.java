package org.openkaiwu.physics;

import java.util.Arrays;
import org.openkaiwu.body.Machine;
import org.openkaiwu.collision.ContactBuffer;
import org.openkaiwu.collision.Ray;
import org.openkaiwu.dynamics.TreeData;
import org.openkaiwu.dynamics.Velocity;
import org.openkaiwu.math.Flat;
import org.openkaiwu.physics.constraint.Rows;

/** Sensors of accelerations and forces. */
final class SensorForce {
    private static final double[] WORLD_AXES = {1, 0, 0, 0, 1, 0, 0, 0, 1};

    private final World w;
    private final boolean internal;
    private final SensorContact contact;
    private final double[] s = new double[16];
    private Ray ray;

    SensorForce(World world) {
        w = world;
        contact = new SensorContact(w);
        internal =
                Arrays.stream(w.machine.sensorType)
                        .anyMatch(t -> t == 1 || t == 4 || t == 5 || t == 33 || t == 34);
        if (Arrays.stream(w.machine.sensorType).anyMatch(t -> t == 0)) {
            ray = new Ray(w.machine);
        }
    }

    /** What the sensors share. */
    void begin() {
        if (internal) {
            InternalForces.run(w);
        }
    }

    void compute(int i, double[] out, int o) {
        Machine m = w.machine;
        int id = m.sensorObjid[i];
        switch (m.sensorType[i]) {
            case 0 -> out[o] = touch(id);
            case 1 -> {
                acceleration(SensorFrame.SITE, id, w.tree.siteXmat, 9 * id);
                System.arraycopy(s, 3, out, o, 3);
            }
            case 4 -> wrench(id, false, out, o);
            case 5 -> wrench(id, true, out, o);
            case 15 ->
                    System.arraycopy(w.actuatorForce, m.actuatorOutadr[id], out, o, m.sensorDim[i]);
            case 16 -> out[o] = w.qfrcActuator[m.jntDofadr[id]];
            case 17 -> out[o] = tendonForce(id);
            case 22 -> out[o] = limit(Rows.LIMIT_JOINT, id);
            case 25 -> out[o] = limit(Rows.LIMIT_TENDON, id);
            case 33 -> {
                acceleration(m.sensorObjtype[i], id, WORLD_AXES, 0);
                System.arraycopy(s, 3, out, o, 3);
            }
            case 34 -> {
                acceleration(m.sensorObjtype[i], id, WORLD_AXES, 0);
                System.arraycopy(s, 0, out, o, 3);
            }
            case Sensors.CONTACT -> contact.compute(i, out, o);
            default -> Arrays.fill(out, o, o + m.sensorDim[i], 0);
        }
    }

    private void acceleration(int type, int id, double[] mat, int mo) {
        int b = SensorFrame.body(w.machine, type, id);
        if (w.tree.tree.bodyLastDof[b] < 0) {
            Arrays.fill(s, 0, 6, 0);
            return;
        }
        Velocity.acceleration(
                w.machine, w.tree, b, SensorFrame.pos(w.tree, type), 3 * id, mat, mo, s, 0);
    }

    /** Force or torque between a site's body and its parent, in the site's axes. */
    private void wrench(int site, boolean torque, double[] out, int o) {
        TreeData d = w.tree;
        int b = w.machine.siteBodyid[site];
        int r = 3 * w.machine.bodyRootid[b];
        double[] f = d.cfrcInt;
        int k = 6 * b;
        if (!torque) {
            Flat.mulMatTVec3(out, o, d.siteXmat, 9 * site, f, k + 3);
            return;
        }
        double x = d.siteXpos[3 * site] - d.subtreeCom[r];
        double y = d.siteXpos[3 * site + 1] - d.subtreeCom[r + 1];
        double z = d.siteXpos[3 * site + 2] - d.subtreeCom[r + 2];
        Flat.set3(
                s,
                0,
                f[k] - (y * f[k + 5] - z * f[k + 4]),
                f[k + 1] - (z * f[k + 3] - x * f[k + 5]),
                f[k + 2] - (x * f[k + 4] - y * f[k + 3]));
        Flat.mulMatTVec3(out, o, d.siteXmat, 9 * site, s, 0);
    }

    private double tendonForce(int t) {
        Machine m = w.machine;
        double sum = 0;
        for (int a = 0; a < m.nactuator; a++) {
            if (m.actuatorTrntype[a] == Transmission.TENDON && m.actuatorTrnid[2 * a] == t) {
                sum += w.actuatorForce[m.actuatorOutadr[a]];
            }
        }
        return sum;
    }

    private double limit(int type, int id) {
        int row = SensorPosition.limitRow(w, type, id);
        return row < 0 ? 0 : w.constraints.rows.force[row];
    }

    /** Sum of the normal forces of the body's contacts whose normal meets the site. */
    private double touch(int site) {
        Machine m = w.machine;
        TreeData d = w.tree;
        ContactBuffer con = w.contacts;
        int body = m.siteBodyid[site];
        double sum = 0;
        for (int c = 0; c < con.count; c++) {
            int b1 = m.geomBodyid[con.geom1[c]];
            int b2 = m.geomBodyid[con.geom2[c]];
            if (con.efcAddress[c] < 0 || body != b1 && body != b2) {
                continue;
            }
            ContactForce.of(w, c, s, 0);
            if (s[0] <= 0) {
                continue;
            }
            double sign = body == b2 ? -1 : 1;
            for (int k = 0; k < 3; k++) {
                s[6 + k] = sign * con.frame[9 * c + k];
            }
            double hit =
                    ray.castAtShape(
                            m.siteType[site],
                            m.siteSize,
                            3 * site,
                            d.siteXpos,
                            3 * site,
                            d.siteXmat,
                            9 * site,
                            con.pos,
                            3 * c,
                            s,
                            6);
            if (hit >= 0) {
                sum += s[0];
            }
        }
        return sum;
    }
}
