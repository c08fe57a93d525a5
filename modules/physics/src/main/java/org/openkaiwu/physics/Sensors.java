package org.openkaiwu.physics;

import org.openkaiwu.body.Machine;
import org.openkaiwu.body.Options.Flag;

/**
 * Sensor values, stage by stage: what depends on the configuration ({@link SensorPosition}), on the
 * velocity ({@link SensorVelocity}), on accelerations and forces ({@link SensorForce}). Cut-offs,
 * delays and intervals are applied here.
 */
final class Sensors {
    static final int POSITION = 1;
    static final int VELOCITY = 2;
    static final int FORCE = 3;

    static final int CONTACT = 42;
    private static final int GEOMFROMTO = 41;

    private final World w;
    private final SensorPosition position;
    private final SensorVelocity velocity;
    private final SensorForce force;

    Sensors(World world) {
        w = world;
        position = new SensorPosition(w);
        velocity = new SensorVelocity(w);
        force = new SensorForce(w);
    }

    /** All sensors of a stage. */
    void run(int stage) {
        Machine m = w.machine;
        if (m.nsensor == 0 || w.disabled(Flag.SENSOR)) {
            return;
        }
        if (stage == VELOCITY) {
            velocity.begin();
        } else if (stage == FORCE) {
            force.begin();
        }
        for (int s = 0; s < m.nsensor; s++) {
            if (m.sensorNeedstage[s] == stage && !w.sleep.sensor(s)) {
                int at = m.sensorAdr[s];
                if (!w.history.sensor(s, w.sensordata, at)) {
                    compute(s, w.sensordata, at);
                }
            }
        }
    }

    /** Measures one sensor now. */
    void compute(int s, double[] out, int o) {
        switch (w.machine.sensorNeedstage[s]) {
            case POSITION -> position.compute(s, out, o);
            case VELOCITY -> velocity.compute(s, out, o);
            case FORCE -> force.compute(s, out, o);
            default -> {
                // user sensors stay zero
            }
        }
        cutOff(s, out, o);
    }

    private void cutOff(int s, double[] out, int o) {
        Machine m = w.machine;
        double limit = m.sensorCutoff[s];
        int type = m.sensorType[s];
        if (limit <= 0 || type == CONTACT || type == GEOMFROMTO) {
            return;
        }
        for (int k = o; k < o + m.sensorDim[s]; k++) {
            if (m.sensorDatatype[s] == 0) {
                out[k] = Actuation.clip(out[k], -limit, limit);
            } else if (m.sensorDatatype[s] == 1) {
                out[k] = Math.min(limit, out[k]);
            }
        }
    }
}
