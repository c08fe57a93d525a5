package org.openkaiwu.app.simcmd;

import org.openkaiwu.body.Machine;
import org.openkaiwu.math.RandomStream;
import org.openkaiwu.physics.World;

/** Random controls about those that a model starts with. */
final class RandomControls {
    private final double noise;
    private final double[] base;
    private final RandomStream stream;

    /**
     * @param start controls at the start, shape nu
     * @param noise share of half a control's range; 0: controls stay as they are
     * @param seed of the stream
     */
    RandomControls(double[] start, double noise, long seed) {
        this.noise = noise;
        base = start.clone();
        stream = RandomStream.of(seed, "speed");
    }

    /** Sets the controls of a world's next step. */
    void set(World world) {
        Machine m = world.machine;
        for (int i = 0; noise > 0 && i < m.nu; i++) {
            double half = 0.5 * (m.actuatorCtrlrange[2 * i + 1] - m.actuatorCtrlrange[2 * i]);
            world.ctrl[i] = base[i] + noise * (half > 0 ? half : 1) * stream.uniform(-1, 1);
        }
    }
}
