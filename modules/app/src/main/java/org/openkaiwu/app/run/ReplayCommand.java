package org.openkaiwu.app.run;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.openkaiwu.app.env.Home;
import org.openkaiwu.app.env.Languages;
import org.openkaiwu.math.InputException;
import org.openkaiwu.math.Text;
import org.openkaiwu.wire.RunLog;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code kaiwu replay LOG}: says the sentences of a log again and compares byte by byte. */
@Command(name = "replay", mixinStandardHelpOptions = true)
public final class ReplayCommand implements Callable<Integer> {
    @Parameters(paramLabel = "LOG", descriptionKey = "replay.log")
    private Path log;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        RunRequest[] request = {null};
        List<String> said = new ArrayList<>();
        RunLog.read(
                log,
                r -> {
                    request[0] = request[0] == null ? request(r) : request[0];
                    if (r.path("kind").asString("").equals("run")) {
                        said.add(r.path("instruction").asString(""));
                    }
                });
        ByteArrayOutputStream again = new ByteArrayOutputStream();
        try (RunLog out = new RunLog(again)) {
            Session session = new Session(Home.root(), request[0], Recorder.log(out::write));
            said.forEach(session::say);
        }
        byte[] before = Files.readAllBytes(log);
        int at = Arrays.mismatch(before, again.toByteArray());
        Text verdict =
                at < 0
                        ? new Text(
                                "the same " + before.length + " bytes", before.length + " 字节完全相同")
                        : new Text("differs from byte " + at + " on", "从第 " + at + " 字节起不同");
        spec.commandLine().getOut().println(verdict.in(Languages.current()));
        return at < 0 ? 0 : 1;
    }

    private RunRequest request(JsonNode header) {
        if (header.path("format").asInt(0) != 1) {
            throw new InputException(log + ":1", "a log of another format; this program reads 1");
        }
        return new RunRequest(
                header.path("body").asString(""),
                header.path("scene").asString(""),
                header.path("instruction").asString(""),
                header.path("seed").asLong(0));
    }
}
