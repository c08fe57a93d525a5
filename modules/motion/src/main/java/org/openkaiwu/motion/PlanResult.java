package org.openkaiwu.motion;

/**
 * What a planner found.
 *
 * @param outcome solved, or why not
 * @param path way points from start to goal, straight lines between; empty unless solved
 * @param iterations iterations used
 */
public record PlanResult(Outcome outcome, double[][] path, int iterations) {
    /** How planning ended. */
    public enum Outcome {
        SOLVED,
        /** The start itself is not valid. */
        START_BLOCKED,
        /** No goal is valid. */
        GOAL_BLOCKED,
        /** The bound on iterations was reached; there may or may not be a way. */
        NOT_FOUND
    }

    /** Whether there is a path. */
    public boolean solved() {
        return outcome == Outcome.SOLVED;
    }

    static PlanResult failed(Outcome outcome, int iterations) {
        return new PlanResult(outcome, new double[0][], iterations);
    }
}
