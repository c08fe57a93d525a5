package org.openkaiwu.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openkaiwu.app.console.ReplayCommand;
import org.openkaiwu.app.run.Listeners;
import org.openkaiwu.app.run.Recorder;
import org.openkaiwu.app.run.RunReport;
import org.openkaiwu.app.run.RunRequest;
import org.openkaiwu.app.run.Session;
import org.openkaiwu.app.run.Stops;
import org.openkaiwu.math.Text;
import org.openkaiwu.wire.RunLog;
import picocli.CommandLine;

/** A log gives the same bytes again, whatever a person did meanwhile. */
class ReplayTest {
    private static final Path ROOT = Path.of(System.getProperty("kaiwu.root"));
    private static final Text STOPPED = new Text("A person stopped the run.", "人停止了运行。");

    @TempDir Path folder;

    private static int replay(Path log) {
        return new CommandLine(new ReplayCommand())
                .setOut(new PrintWriter(new StringWriter()))
                .execute(log.toString());
    }

    @Test
    void aRunThatAPersonStoppedIsRepeatedWithItsStop() throws IOException {
        Path log = folder.resolve("stopped.jsonl");
        int[] asked = {0};
        try (RunLog out = RunLog.to(log)) {
            Session session =
                    new Session(
                            ROOT,
                            new RunRequest("so101", "tabletop", "put the red cube in the tray", 1),
                            Listeners.of(
                                    Recorder.log(out::write),
                                    Stops.logged(
                                            () ->
                                                    ++asked[0] == 150
                                                            ? Optional.of(STOPPED)
                                                            : Optional.empty(),
                                            out::write)));
            RunReport stopped = session.say("put the red cube in the tray");
            assertThat(stopped.outcome()).isEqualTo("failed");
            assertThat(stopped.message()).isEqualTo(STOPPED.en());
            assertThat(session.say("put the table in the cup").outcome()).isEqualTo("refused");
        }
        assertThat(replay(log)).isZero();
        Files.writeString(log, "\n", StandardOpenOption.APPEND);
        assertThat(replay(log)).isNotZero();
    }
}
