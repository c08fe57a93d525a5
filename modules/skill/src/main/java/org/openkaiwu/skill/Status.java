package org.openkaiwu.skill;

import org.openkaiwu.math.Text;

/** Result of one tick of a node. */
public sealed interface Status {
    /** Needs more ticks. */
    record Running() implements Status {}

    /** Reached its end. */
    record Success() implements Status {}

    /**
     * Ended without reaching it.
     *
     * @param code stable name of the failure ({@code not_seen}, {@code out_of_reach}, ...)
     * @param reason one sentence for a person
     */
    record Failure(String code, Text reason) implements Status {}

    Status RUNNING = new Running();
    Status SUCCESS = new Success();

    static Status failure(String code, String en, String zh) {
        return new Failure(code, new Text(en, zh));
    }
}
