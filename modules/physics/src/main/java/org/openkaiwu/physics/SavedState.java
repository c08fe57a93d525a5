package org.openkaiwu.physics;

import org.openkaiwu.body.Machine;

/** All that the future of a world depends on, as one array of numbers. */
final class SavedState {
    private final World w;
    private final double[][] parts;

    SavedState(World world) {
        w = world;
        parts =
                new double[][] {
                    w.qpos,
                    w.qvel,
                    w.qaccWarmstart,
                    w.act,
                    w.ctrl,
                    w.mocapPos,
                    w.mocapQuat,
                    w.qfrcApplied,
                    w.xfrcApplied,
                    w.history.data
                };
    }

    int size() {
        Machine m = w.machine;
        int n = 1 + m.neq + m.ntree;
        for (double[] part : parts) {
            n += part.length;
        }
        return n;
    }

    void save(double[] out) {
        w.sleep.wakeTouched();
        out[0] = w.time;
        int at = 1;
        for (double[] part : parts) {
            System.arraycopy(part, 0, out, at, part.length);
            at += part.length;
        }
        for (boolean active : w.eqActive) {
            out[at++] = active ? 1 : 0;
        }
        for (int link : w.sleep.link) {
            out[at++] = link;
        }
    }

    void restore(double[] in) {
        w.time = in[0];
        int at = 1;
        for (double[] part : parts) {
            System.arraycopy(in, at, part, 0, part.length);
            at += part.length;
        }
        for (int i = 0; i < w.eqActive.length; i++) {
            w.eqActive[i] = in[at++] != 0;
        }
        for (int t = 0; t < w.sleep.link.length; t++) {
            w.sleep.link[t] = (int) in[at++];
        }
        w.sleep.restored();
    }
}
