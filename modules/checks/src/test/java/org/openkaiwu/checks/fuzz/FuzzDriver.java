package org.openkaiwu.checks.fuzz;

import java.util.function.Consumer;

/** Jazzer's way in; the property {@code kaiwu.fuzz.target} names the target. */
public final class FuzzDriver {
    private static final Consumer<byte[]> TARGET =
            FuzzTarget.of(System.getProperty("kaiwu.fuzz.target"));

    private FuzzDriver() {}

    /** One input. */
    public static void fuzzerTestOneInput(byte[] bytes) {
        TARGET.accept(bytes);
    }
}
