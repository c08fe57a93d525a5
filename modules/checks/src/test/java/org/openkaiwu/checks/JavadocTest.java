package org.openkaiwu.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every public type says what it is. */
class JavadocTest {
    private static final Pattern PUBLIC_TYPE =
            Pattern.compile(
                    "(?m)^(?<before>.*)\\R(?<indent> *)public (?:abstract |final |sealed |static"
                            + " |non-sealed )*(?:class|record|interface|enum) (?<name>\\w+)");

    @Test
    void everyPublicTypeHasJavadoc() throws IOException {
        List<String> missing = new ArrayList<>();
        int seen = 0;
        Path modules = Path.of(System.getProperty("kaiwu.root"), "modules");
        try (Stream<Path> files = Files.walk(modules)) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".java"))
                            .filter(f -> f.toString().contains("src/main"))
                            .sorted()
                            .toList()) {
                Matcher m = PUBLIC_TYPE.matcher(Files.readString(file));
                while (m.find()) {
                    seen++;
                    String before = m.group("before").strip();
                    if (!before.endsWith("*/")
                            && !before.startsWith("@")
                            && !before.endsWith(")")) {
                        missing.add(modules.relativize(file) + ": " + m.group("name"));
                    }
                }
            }
        }
        System.out.println("Javadoc rule saw " + seen + " public types");
        assertThat(seen).isGreaterThan(20);
        assertThat(missing).isEmpty();
    }
}
