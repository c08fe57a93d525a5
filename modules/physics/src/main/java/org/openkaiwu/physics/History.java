package org.openkaiwu.physics;

import org.openkaiwu.body.Machine;

/**
 * Past controls and sensor values, for delays: one ring of samples for each actuator and sensor
 * that keeps any.
 */
final class History {
    private final boolean any;

    History(World w) {
        Machine m = w.machine;
        boolean some = false;
        for (int n : m.actuatorHistorynum) {
            some |= n > 0;
        }
        for (int n : m.sensorHistorynum) {
            some |= n > 0;
        }
        any = some;
    }

    boolean any() {
        return any;
    }

    void delayedControls(double[] u) {}

    void record() {}
}
