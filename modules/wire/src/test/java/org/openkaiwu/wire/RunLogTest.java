package org.openkaiwu.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openkaiwu.math.InputException;

class RunLogTest {
    @TempDir Path dir;

    private static List<String> kinds(Path file) {
        List<String> out = new ArrayList<>();
        RunLog.read(file, r -> out.add(r.path("kind").asString("")));
        return out;
    }

    @Test
    void readsWhatItWrote() throws IOException {
        Path file = dir.resolve("a/run.jsonl");
        try (RunLog log = RunLog.to(file)) {
            log.write("{\"kind\":\"header\",\"seed\":1}");
            log.write("{\"kind\":\"end\"}");
        }
        assertThat(kinds(file)).containsExactly("header", "end");
    }

    @Test
    void aCutLogIsReadUpToItsLastWholeLine() throws IOException {
        Path file = dir.resolve("cut.jsonl");
        Files.writeString(file, "{\"kind\":\"header\"}\n{\"kind\":\"frame\"}\n{\"kind\":\"fra");
        assertThat(kinds(file)).containsExactly("header", "frame");
    }

    @Test
    void saysWhatIsWrong() throws IOException {
        Path file = dir.resolve("bad.jsonl");
        Files.writeString(file, "{\"kind\":\"header\"}\nnonsense\n");
        assertThatThrownBy(() -> kinds(file))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("bad.jsonl:2: not a JSON object");
        Files.writeString(file, "{\"kind\":\"frame\"}\n");
        assertThatThrownBy(() -> kinds(file)).hasMessageContaining("no header");
        Files.writeString(file, "");
        assertThatThrownBy(() -> kinds(file)).hasMessageContaining("it is empty");
    }
}
