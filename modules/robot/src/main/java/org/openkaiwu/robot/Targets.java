package org.openkaiwu.robot;

import java.util.Map;
import java.util.TreeMap;

/** What a robot was told last: the guard's memory of the targets. */
final class Targets {
    /** Joint targets, rad or m. */
    final double[] position;

    /** How fast each joint target moves, rad/s or m/s. */
    final double[] speed;

    /** Velocity of the base in its own frame. */
    Command.BaseVelocity base = Command.BaseVelocity.ZERO;

    /** Opening and force of each effector that was ever commanded. */
    final Map<String, Command.Grip> grip = new TreeMap<>();

    Targets(double[] position) {
        this.position = position.clone();
        speed = new double[position.length];
    }

    /** Remembers a command that was sent. */
    void take(Command c, double period) {
        for (int i = 0; i < position.length; i++) {
            speed[i] = (c.position()[i] - position[i]) / period;
            position[i] = c.position()[i];
        }
        base = c.base();
        grip.putAll(c.grip());
    }
}
