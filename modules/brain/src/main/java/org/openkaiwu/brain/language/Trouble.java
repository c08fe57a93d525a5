package org.openkaiwu.brain.language;

import java.util.List;
import java.util.Optional;

/**
 * Why a reading of a sentence cannot be acted on. Thrown inside the interpretation of one reading
 * and caught by {@link Understander}; carries no stack trace.
 */
final class Trouble extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** How bad: decides whether another reading may be tried and whether to ask or to refuse. */
    enum Kind {
        /** Several things fit. */
        AMBIGUOUS,
        /** Something was left out: where to, what. */
        INCOMPLETE,
        /** A word is not known. */
        UNKNOWN,
        /** The thing is not there. */
        MISSING,
        /** It cannot be done. */
        IMPOSSIBLE,
        /** It must not be done. */
        UNSAFE
    }

    final Kind kind;
    final String key;
    final transient List<String> blanks;
    final transient List<String> choices;
    final transient Optional<org.openkaiwu.brain.Goal> goal;

    /**
     * @param key message of messages.yaml
     * @param blanks its blanks; one beginning with {@code @} is an entity's id to be named
     * @param choices identifiers that a question names
     */
    Trouble(Kind kind, String key, List<String> blanks, List<String> choices) {
        this(kind, key, blanks, choices, Optional.empty());
    }

    /** As the other; {@code goal} is what a question asks to confirm, {@code =} its blank. */
    Trouble(
            Kind kind,
            String key,
            List<String> blanks,
            List<String> choices,
            Optional<org.openkaiwu.brain.Goal> goal) {
        super(key, null, false, false);
        this.kind = kind;
        this.key = key;
        this.blanks = blanks;
        this.choices = choices;
        this.goal = goal;
    }

    Trouble(Kind kind, String key, String... blanks) {
        this(kind, key, List.of(blanks), List.of());
    }
}
