package org.openkaiwu.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openkaiwu.app.body.BodyAddCommand;
import org.openkaiwu.app.run.Run;
import org.openkaiwu.app.run.RunListener;
import org.openkaiwu.app.run.RunReport;
import org.openkaiwu.app.run.RunRequest;
import picocli.CommandLine;

/** A maker's file is added with nothing edited, and the body does what it is told. */
class OfficialFilesSharedTest {
    private static final Path SHARED = Path.of(System.getProperty("kaiwu.shared", "../shared"));
    private static final Path ROOT = Path.of(System.getProperty("kaiwu.root", "."));

    @TempDir private Path root;

    @ParameterizedTest
    @CsvSource({"franka_panda/mjcf/panda.xml, 把红色方块放进托盘, red_cube, tray"})
    void shouldDoASentenceUnprepared(String file, String say, String object, String container)
            throws IOException {
        Path path = SHARED.resolve("robots").resolve(file);
        assumeTrue(Files.isRegularFile(path), "no reference files");
        String[] add = {path.toString(), "--name", "x", "--root", root.toString()};
        assertThat(new CommandLine(new BodyAddCommand()).execute(add)).isZero();
        copy(ROOT.resolve("scenes"), root.resolve("scenes"));
        RunReport r = Run.of(root, new RunRequest("x", "tabletop", say, 1), RunListener.NONE);
        assertThat(r.outcome()).as(r.message()).isEqualTo("done");
        assertThat(r.truth().objects().get(object).in()).isEqualTo(container);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path p : files.toList()) {
                Path target = to.resolve(from.relativize(p).toString());
                if (Files.isDirectory(p)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(p, target);
                }
            }
        }
    }
}
