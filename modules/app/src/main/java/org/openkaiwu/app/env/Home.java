package org.openkaiwu.app.env;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Where the checkout's data are. */
public final class Home {
    private static final int KEPT = 20;

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

    /** Where runs leave their logs unless told otherwise. */
    public static Path logs() {
        Path root = root();
        // a checkout that belongs to somebody else can be run, not written to
        Path place =
                Files.isWritable(root)
                        ? root
                        : Path.of(System.getProperty("java.io.tmpdir"), "kaiwu");
        return place.resolve("out").resolve("runs");
    }

    /**
     * Where the log of a new run goes unless told otherwise. The log of an earlier run of that name
     * is set aside under a number; the last {@value #KEPT} are kept.
     */
    public static Path freshLog(String body, String scene, long seed) throws IOException {
        String name = body + "-" + scene + "-" + seed;
        Path fresh = logs().resolve(name + ".jsonl");
        if (!Files.isRegularFile(fresh) || Files.size(fresh) == 0) {
            return fresh;
        }
        Path aside = logs().resolve(name + "-1.jsonl");
        for (int i = 1; i <= KEPT; i++) {
            Path other = logs().resolve(name + "-" + i + ".jsonl");
            if (!Files.exists(other)) {
                aside = other;
                break;
            }
            if (Files.getLastModifiedTime(other).compareTo(Files.getLastModifiedTime(aside)) < 0) {
                aside = other;
            }
        }
        Files.move(fresh, aside, StandardCopyOption.REPLACE_EXISTING);
        return fresh;
    }
}
