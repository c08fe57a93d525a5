package org.openkaiwu.app.env;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the checkout's data are. */
public final class Home {
    private Home() {}

    /**
     * Folder with {@code bodies scenes web}: the property {@code kaiwu.root}, else the working
     * folder.
     */
    public static Path root() {
        Path root = Path.of(System.getProperty("kaiwu.root", ".")).toAbsolutePath().normalize();
        if (!Files.isDirectory(root.resolve("bodies"))) {
            throw new org.openkaiwu.math.InputException(
                    root.toString(), "no folder 'bodies' here; start from the checkout");
        }
        return root;
    }

    /** Where the log of a run goes unless told otherwise. */
    public static Path logFile(String body, String scene, long seed) {
        Path root = root();
        // a checkout that belongs to somebody else can be run, not written to
        Path place =
                Files.isWritable(root)
                        ? root
                        : Path.of(System.getProperty("java.io.tmpdir"), "kaiwu");
        return place.resolve("out")
                .resolve("runs")
                .resolve(body + "-" + scene + "-" + seed + ".jsonl");
    }
}
