package org.openkaiwu.physics;

import java.util.Arrays;
import org.openkaiwu.body.Machine;
import org.openkaiwu.dynamics.SubtreeVel;
import org.openkaiwu.dynamics.TreeData;
import org.openkaiwu.math.Flat;
import org.openkaiwu.physics.constraint.Rows;

/** Sensors of the velocity. */
final class SensorVelocity {
    private final World w;
    private final boolean subtrees;
    private final double[] s = new double[16];

    SensorVelocity(World world) {
        w = world;
        subtrees = Arrays.stream(w.machine.sensorType).anyMatch(t -> t == 36 || t == 37);
    }

    /** What the sensors share. */
    void begin() {
        if (subtrees) {
            SubtreeVel.run(w.machine, w.tree);
        }
    }

    void compute(int i, double[] out, int o) {
        Machine m = w.machine;
        TreeData d = w.tree;
        int id = m.sensorObjid[i];
        switch (m.sensorType[i]) {
            case 2 -> site(id, 3, out, o);
            case 3 -> site(id, 0, out, o);
            case 10 -> out[o] = w.qvel[m.jntDofadr[id]];
            case 12 -> out[o] = w.tenVelocity[id];
            case 14 ->
                    System.arraycopy(
                            w.actuatorVelocity, m.actuatorOutadr[id], out, o, m.sensorDim[i]);
            case 19 -> System.arraycopy(w.qvel, m.jntDofadr[id], out, o, 3);
            case 21 -> out[o] = limit(Rows.LIMIT_JOINT, id);
            case 24 -> out[o] = limit(Rows.LIMIT_TENDON, id);
            case 31 -> frame(i, 3, out, o);
            case 32 -> frame(i, 0, out, o);
            case 36 -> System.arraycopy(d.subtreeLinvel, 3 * id, out, o, 3);
            case 37 -> System.arraycopy(d.subtreeAngmom, 3 * id, out, o, 3);
            default -> Arrays.fill(out, o, o + m.sensorDim[i], 0);
        }
    }

    /** Angular (0) or linear (3) velocity of a site in its own axes. */
    private void site(int id, int part, double[] out, int o) {
        SensorFrame.velocity(w, SensorFrame.SITE, id, s, 0);
        Flat.mulMatTVec3(out, o, w.tree.siteXmat, 9 * id, s, part);
    }

    private double limit(int type, int id) {
        int row = SensorPosition.limitRow(w, type, id);
        return row < 0 ? 0 : w.constraints.rows.vel[row];
    }

    private void frame(int i, int part, double[] out, int o) {
        Machine m = w.machine;
        int type = m.sensorObjtype[i];
        int id = m.sensorObjid[i];
        int ref = m.sensorRefid[i];
        SensorFrame.velocity(w, type, id, s, 0);
        if (ref < 0) {
            System.arraycopy(s, part, out, o, 3);
            return;
        }
        int reftype = m.sensorReftype[i];
        SensorFrame.velocity(w, reftype, ref, s, 6);
        double[] pos = SensorFrame.pos(w.tree, type);
        double[] refpos = SensorFrame.pos(w.tree, reftype);
        for (int k = 0; k < 3; k++) {
            s[12 + k] = pos[3 * id + k] - refpos[3 * ref + k];
        }
        // seen from the turning frame
        Flat.cross3(s, 12, s, 12, s, 6);
        for (int k = 0; k < 3; k++) {
            s[k] -= s[6 + k];
            s[3 + k] += s[12 + k] - s[9 + k];
        }
        Flat.mulMatTVec3(out, o, SensorFrame.mat(w.tree, reftype), 9 * ref, s, part);
    }
}
