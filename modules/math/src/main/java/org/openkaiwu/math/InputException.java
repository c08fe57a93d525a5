package org.openkaiwu.math;

/** An input that cannot be used: the message says where (file, line, element) and what to do. */
public class InputException extends RuntimeException {
    private final transient Problem problem;

    public InputException(String where, String message) {
        super(where + ": " + message);
        this.problem = new Problem(Problem.Severity.ERROR, where, message);
    }

    public InputException(String where, String message, Throwable cause) {
        super(where + ": " + message, cause);
        this.problem = new Problem(Problem.Severity.ERROR, where, message);
    }

    public Problem problem() {
        return problem;
    }
}
