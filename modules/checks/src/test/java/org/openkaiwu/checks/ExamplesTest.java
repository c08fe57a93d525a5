package org.openkaiwu.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs in {@code examples} do what the tutorial says, run as a user runs them. */
class ExamplesTest {
    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();

    @TempDir private Path folder;

    @Test
    void pendulumKeepsItsEnergyAndDrawsItsAngles() throws Exception {
        String said = run(folder, "Pendulum.java");
        Matcher energy = Pattern.compile("energy (\\S+) J, then (\\S+) J").matcher(said);
        assertThat(energy.find()).as(said).isTrue();
        assertThat(energy.group(2)).isEqualTo(energy.group(1));
        assertThat(folder.resolve("out/pendulum.svg")).content().contains("polyline", "5");
    }

    @Test
    void oneSentencePutsTheCubeIntoTheTray() throws Exception {
        assertThat(run(ROOT, "OneSentence.java")).contains("done tray");
    }

    private String run(Path where, String example) throws IOException, InterruptedException {
        Path said = folder.resolve("said.txt");
        Process p =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Dfile.encoding=UTF-8",
                                "-cp",
                                System.getProperty("java.class.path"),
                                ROOT.resolve("examples").resolve(example).toString())
                        .directory(where.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(said.toFile())
                        .start();
        int code = p.waitFor();
        String all = Files.readString(said, StandardCharsets.UTF_8);
        assertThat(code).as(all).isZero();
        return all;
    }
}
