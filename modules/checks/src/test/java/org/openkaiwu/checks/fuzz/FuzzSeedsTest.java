package org.openkaiwu.checks.fuzz;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openkaiwu.math.RandomStream;

/**
 * Every reader takes its committed seeds, and seeded mutations of them, with a result or a clear
 * refusal, in bounded time. {@code modules/checks/fuzz TARGET MINUTES} looks for new ones.
 */
class FuzzSeedsTest {
    private static final int MUTATIONS = 8;

    private static Path seeds(FuzzTarget target) {
        return Path.of(
                System.getProperty("kaiwu.root", "../.."),
                "modules/checks/src/test/fuzz",
                target.name().toLowerCase(Locale.ROOT));
    }

    @ParameterizedTest
    @EnumSource
    void shouldTakeOrRefuse(FuzzTarget target) throws IOException {
        try (Stream<Path> files = Files.list(seeds(target))) {
            for (Path f : files.sorted().toList()) {
                byte[] bytes = Files.readAllBytes(f);
                feed(target, f.toString(), bytes);
                RandomStream random = RandomStream.of(1, f.getFileName().toString());
                for (int k = 0; k < MUTATIONS; k++) {
                    feed(target, f + " mutation " + k, mutate(bytes, random));
                }
            }
        }
    }

    private static void feed(FuzzTarget target, String what, byte[] bytes) {
        Assertions.assertTimeout(
                Duration.ofSeconds(20),
                () -> assertThatCode(() -> target.feed(bytes)).as(what).doesNotThrowAnyException(),
                what);
    }

    /** Cuts, flips, doubles or overwrites a few places. */
    private static byte[] mutate(byte[] bytes, RandomStream random) {
        byte[] out = bytes.clone();
        for (int k = 0; k < 1 + random.nextInt(4) && out.length > 0; k++) {
            int at = random.nextInt(out.length);
            switch (random.nextInt(4)) {
                case 0 -> out[at] = (byte) random.nextInt(256);
                case 1 -> out = Arrays.copyOf(out, at);
                case 2 -> {
                    int to = at + random.nextInt(Math.min(64, out.length - at) + 1);
                    byte[] more = new byte[out.length + to - at];
                    System.arraycopy(out, 0, more, 0, to);
                    System.arraycopy(out, at, more, to, out.length - at);
                    out = more;
                }
                default ->
                        out[at] = (byte) "0123456789-e.\"<>{}[]:,/ \n".charAt(random.nextInt(25));
            }
        }
        return out;
    }
}
