package org.openkaiwu.robot;

import java.util.Optional;
import org.openkaiwu.math.Text;

/**
 * One more rule that the {@link Guard} asks on every command: a workspace fence, self-collision.
 */
@FunctionalInterface
public interface Check {
    /**
     * Looks at a command before the robot gets it.
     *
     * @param model the machine
     * @param state newest telemetry
     * @param command what is about to be sent, positions filled in (no NaN)
     * @return why the robot must stop instead, or empty
     */
    Optional<Text> refuse(RobotModel model, Telemetry state, Command command);
}
