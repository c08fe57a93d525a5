package org.openkaiwu.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A rollout in JVMs that differ gives the same bytes. The long form, whole runs with their logs, is
 * {@code modules/checks/same-bytes}.
 */
class SameBytesTest {
    private static final List<List<String>> FLAGS =
            List.of(
                    List.of("-XX:+UseSerialGC"),
                    List.of("-XX:+UseParallelGC", "-XX:TieredStopAtLevel=1"),
                    List.of("-XX:+UseSerialGC", "-Xint"));

    @Test
    void shouldNotDependOnCompilerOrCollector(@TempDir Path folder) throws Exception {
        Path root = Path.of(System.getProperty("kaiwu.root", "../..")).toAbsolutePath().normalize();
        Path start = Files.writeString(folder.resolve("start.json"), "{}");
        byte[] first = null;
        for (List<String> flags : FLAGS) {
            byte[] bytes = rollout(root, flags, start, folder.resolve("out.json"));
            assertThat(bytes.length).isGreaterThan(1000);
            if (first == null) {
                first = bytes;
            }
            assertThat(bytes).as("%s", flags).isEqualTo(first);
        }
    }

    private static byte[] rollout(Path root, List<String> flags, Path start, Path out)
            throws IOException, InterruptedException {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(flags);
        words.addAll(
                List.of(
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-Dkaiwu.root=" + root,
                        "org.openkaiwu.app.Main",
                        "sim",
                        "rollout",
                        root.resolve("bodies/ffw_sg2/ffw_sg2.xml").toString(),
                        "--steps",
                        "150",
                        "--every",
                        "50",
                        "--in",
                        start.toString(),
                        "--out",
                        out.toString()));
        Process p = new ProcessBuilder(words).inheritIO().start();
        assertThat(p.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(p.exitValue()).isZero();
        return Files.readAllBytes(out);
    }
}
