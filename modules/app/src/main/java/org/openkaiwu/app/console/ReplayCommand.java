package org.openkaiwu.app.console;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.openkaiwu.app.env.Home;
import org.openkaiwu.app.env.Languages;
import org.openkaiwu.app.run.Listeners;
import org.openkaiwu.app.run.Recorder;
import org.openkaiwu.app.run.RunRequest;
import org.openkaiwu.app.run.Session;
import org.openkaiwu.app.run.Stops;
import org.openkaiwu.math.InputException;
import org.openkaiwu.math.Text;
import org.openkaiwu.wire.RunLog;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/**
 * {@code kaiwu replay LOG}: says the sentences of a log again and compares byte by byte; with
 * {@code --page} the page plays it instead.
 */
@Command(name = "replay", mixinStandardHelpOptions = true)
public final class ReplayCommand implements Callable<Integer> {
    @Parameters(paramLabel = "LOG", descriptionKey = "replay.log")
    private Path log;

    @Option(names = "--page", descriptionKey = "replay.page")
    private boolean page;

    @Mixin private PageAddress address;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        return page ? play() : compare();
    }

    /** Serves the page with the log opened; the world of the log waits behind it. */
    private int play() throws IOException {
        RunRequest[] request = {null};
        RunLog.read(log, r -> request[0] = request[0] == null ? request(r) : request[0]);
        try (Console console =
                new Console(Home.root(), address.host(), address.port(Console.PORT))) {
            String url = console.url() + "#log=" + console.keep(log);
            print(new Text("Watch it at " + url, "打开页面观看：" + url));
            print(new Text("End with Ctrl-C.", "按 Ctrl-C 结束。"));
            RunRequest r = request[0];
            console.open(List.of(new RunRequest(r.body(), r.scene(), "", r.seed())));
            console.work();
        }
        return 0;
    }

    private void print(Text text) {
        spec.commandLine().getOut().println(text.in(Languages.current()));
        spec.commandLine().getOut().flush();
    }

    private int compare() throws IOException {
        RunRequest[] request = {null};
        List<String> said = new ArrayList<>();
        TreeMap<Long, Text> stops = new TreeMap<>();
        RunLog.read(
                log,
                r -> {
                    request[0] = request[0] == null ? request(r) : request[0];
                    if (r.path("kind").asString("").equals("run")) {
                        said.add(r.path("instruction").asString(""));
                    }
                    Stops.read(r, stops);
                });
        ByteArrayOutputStream again = new ByteArrayOutputStream();
        try (RunLog out = new RunLog(again)) {
            Session session =
                    new Session(
                            Home.root(),
                            request[0],
                            Listeners.of(Recorder.log(out::write), Stops.again(stops, out::write)));
            said.forEach(session::say);
        }
        byte[] before = Files.readAllBytes(log);
        int at = Arrays.mismatch(before, again.toByteArray());
        Text verdict =
                at < 0
                        ? new Text(
                                "the same " + before.length + " bytes", before.length + " 字节完全相同")
                        : new Text("differs from byte " + at + " on", "从第 " + at + " 字节起不同");
        print(verdict);
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
