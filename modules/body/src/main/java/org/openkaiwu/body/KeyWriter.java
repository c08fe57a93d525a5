package org.openkaiwu.body;

import static org.openkaiwu.body.Work.error;

import java.util.List;

/** Keyframes: missing parts are at rest, quaternions are made unit. */
final class KeyWriter {
    private KeyWriter() {}

    static void write(Work w, Machine m) {
        List<Spec.Key> l = w.spec.keys;
        int n = l.size();
        m.nkey = n;
        m.keyName = TreeWriter.names(l, k -> k.name);
        m.keyTime = TreeWriter.scalars(l, k -> k.time);
        m.keyQpos = new double[n][];
        m.keyQvel = new double[n][];
        m.keyAct = new double[n][];
        m.keyCtrl = new double[n][];
        m.keyMpos = new double[n][];
        m.keyMquat = new double[n][];
        for (int i = 0; i < n; i++) {
            Spec.Key k = l.get(i);
            m.keyQpos[i] = flat(k, "qpos", k.qpos, m.qpos0);
            m.keyQvel[i] = flat(k, "qvel", k.qvel, new double[m.nv]);
            m.keyAct[i] = flat(k, "act", k.act, new double[m.na]);
            m.keyCtrl[i] = flat(k, "ctrl", k.ctrl, new double[m.nu]);
            m.keyMpos[i] = flat(k, "mpos", k.mpos, mocap(w, m, true));
            m.keyMquat[i] = flat(k, "mquat", k.mquat, mocap(w, m, false));
            parts(w, m, k, i);
            unit(m, i);
        }
    }

    private static double[] flat(Spec.Key k, String what, double[] given, double[] rest) {
        if (given == null) {
            return rest.clone();
        }
        if (given.length != rest.length) {
            throw error("key", k, what + " needs " + rest.length + " numbers, has " + given.length);
        }
        return given.clone();
    }

    private static double[] mocap(Work w, Machine m, boolean pos) {
        int width = pos ? 3 : 4;
        double[] r = new double[width * m.nmocap];
        for (Work.B b : w.bodies) {
            if (b.mocapid >= 0) {
                System.arraycopy(pos ? b.pos : b.quat, 0, r, width * b.mocapid, width);
            }
        }
        return r;
    }

    private static void parts(Work w, Machine m, Spec.Key k, int i) {
        if (k.parts.isEmpty()) {
            return;
        }
        for (Work.J j : w.joints) {
            double[] v = k.parts.get(j.spec);
            if (v != null) {
                put(k.qpos, v, 0, m.keyQpos[i], j.qposadr, j.nq());
                put(k.qvel, v, j.nq(), m.keyQvel[i], j.dofadr, j.nv());
            }
        }
        for (int a = 0; a < m.nactuator; a++) {
            double[] v = k.parts.get(w.spec.actuators.get(a));
            int na = m.actuatorActnum[a];
            if (v != null && v.length == na + m.actuatorCtrlnum[a]) {
                put(k.act, v, 0, m.keyAct[i], m.actuatorActadr[a], na);
                put(k.ctrl, v, na, m.keyCtrl[i], m.actuatorCtrladr[a], m.actuatorCtrlnum[a]);
            }
        }
        for (Work.B b : w.bodies) {
            double[] v = k.parts.get(b.spec);
            if (v != null && b.mocapid >= 0) {
                put(k.mpos, v, 0, m.keyMpos[i], 3 * b.mocapid, 3);
                put(k.mquat, v, 3, m.keyMquat[i], 4 * b.mocapid, 4);
            }
        }
    }

    private static void put(double[] given, double[] from, int at, double[] to, int adr, int n) {
        if (given == null && n > 0 && !Double.isNaN(from[at])) {
            System.arraycopy(from, at, to, adr, n);
        }
    }

    private static void unit(Machine m, int i) {
        for (int j = 0; j < m.njnt; j++) {
            if (m.jntType[j] <= 1) {
                Frames.normalize(m.keyQpos[i], m.jntQposadr[j] + (m.jntType[j] == 0 ? 3 : 0), 4);
            }
        }
        for (int j = 0; j < m.nmocap; j++) {
            Frames.normalize(m.keyMquat[i], 4 * j, 4);
        }
    }
}
