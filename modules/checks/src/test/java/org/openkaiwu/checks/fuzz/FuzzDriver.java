package org.openkaiwu.checks.fuzz;

import java.util.function.Consumer;

/** Jazzer's way in; the property {@code kaiwu.fuzz.target} names the target. */
public final class FuzzDriver {
    private static final Consumer<byte[]> TARGET =
            FuzzTarget.of(System.getProperty("kaiwu.fuzz.target"));

    private FuzzDriver() {}

    /**
     * Loads classes, words and scenes with an empty input first, so that the time limit of an input
     * is the reader's alone.
     */
    public static void fuzzerInitialize() {
        TARGET.accept(new byte[0]);
    }

    /** One input. */
    public static void fuzzerTestOneInput(byte[] bytes) {
        TARGET.accept(bytes);
    }
}
