package org.openkaiwu.body;

/** Resolves a {@link Spec} into a {@link Machine}. */
public final class Compiler {
    private Compiler() {}

    /**
     * Compiles.
     *
     * @throws org.openkaiwu.math.InputException when the description is inconsistent; the message
     *     says which element and why
     */
    public static Machine compile(Spec spec) {
        throw new UnsupportedOperationException("under construction");
    }
}
