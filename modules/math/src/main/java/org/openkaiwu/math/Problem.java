package org.openkaiwu.math;

/**
 * One thing that is wrong with an input.
 *
 * @param severity how bad it is
 * @param where file, and line or element, that a person can look at
 * @param message what is wrong and what to do
 */
public record Problem(Severity severity, String where, String message) {
    /** How bad a problem is. */
    public enum Severity {
        /** Survived; a stated assumption was made. */
        NOTE,
        /** Survived, but the result is likely not what the author meant. */
        WARNING,
        /** Not survived. */
        ERROR
    }

    @Override
    public String toString() {
        return severity.name().toLowerCase(java.util.Locale.ROOT) + " " + where + ": " + message;
    }
}
