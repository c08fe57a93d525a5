package org.openkaiwu.app.run;

import java.util.List;
import java.util.Optional;
import org.openkaiwu.brain.Understanding;
import org.openkaiwu.math.Text;
import org.openkaiwu.sim.Scenario;
import org.openkaiwu.skill.Agent;
import org.openkaiwu.skill.SkillCall;

/** Follows a run; called on the run's own thread. */
public interface RunListener {
    /** Listens to nothing. */
    RunListener NONE = new RunListener() {};

    /** The world stands and nothing has moved. */
    default void started(RunRequest request, Scenario scenario) {}

    /** Another sentence in the same world, which is as the last one left it. */
    default void continued(RunRequest request, Scenario scenario) {}

    default void understood(Understanding understanding) {}

    /** A plan was made; {@code done} of its first steps belong to earlier plans. */
    default void planned(List<SkillCall> calls, int done) {}

    default void stepStarted(int index, SkillCall call, double time) {}

    default void stepEnded(int index, RunReport.Step step) {}

    /** A tick has passed. */
    default void ticked(Scenario scenario, Agent agent) {}

    default void ended(RunReport report) {}

    /** Asked before each tick: a reason to stop, from outside. */
    default Optional<Text> stop() {
        return Optional.empty();
    }
}
