package org.openkaiwu.checks.peers;

import org.openkaiwu.body.Machine;

/**
 * A physics engine that can be given one of our machines: bodies with at most one hinge, slide or
 * free joint at their origin, boxes and capsules, one floor.
 */
interface Engine {
    String name();

    /** What the engine cannot be asked for on these three scenes or in MJCF, one line. */
    String cannot();

    /**
     * Builds a running simulation at qpos0.
     *
     * @param m the machine
     * @param servos per dof: stiffness, damping; a dof with zeros swings freely
     * @param dt timestep, s
     */
    Sim open(Machine m, double[][] servos, double dt);

    /** One simulation. */
    interface Sim extends AutoCloseable {
        /** Sets the target of the servo of a dof, rad or m. */
        void target(int dof, double value);

        /** One timestep. */
        void step();

        /**
         * Where a body's centre of mass is and how the body is turned, world frame.
         *
         * @param pose 7 numbers to be written: x y z, then w x y z
         */
        void pose(int body, double[] pose);

        @Override
        default void close() {}
    }
}
