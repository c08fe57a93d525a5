package org.openkaiwu.robot;

/**
 * A machine that can be commanded. One tick: {@link #telemetry()} is read, one command is given,
 * {@link #tick()} lets {@link #period()} seconds pass.
 */
public interface Robot {
    /** What it is: names, limits, limbs. Does not change during a run. */
    RobotModel model();

    /** Seconds between two commands. */
    double period();

    /** The newest state; an immutable snapshot. */
    Telemetry telemetry();

    /** Sets the targets of the next tick. Targets not named keep their last value. */
    void command(Command command);

    /** Lets one period pass: a simulated robot steps physics, a real one waits for its clock. */
    void tick();
}
