package org.openkaiwu.app;

import java.nio.file.Files;
import java.nio.file.Path;
import org.openkaiwu.app.run.RunRequest;

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
    public static Path logFile(RunRequest r) {
        return root().resolve("out")
                .resolve("runs")
                .resolve(r.body() + "-" + r.scene() + "-" + r.seed() + ".jsonl");
    }
}
