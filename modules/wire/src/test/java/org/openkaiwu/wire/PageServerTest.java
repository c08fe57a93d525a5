package org.openkaiwu.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openkaiwu.math.InputException;

class PageServerTest {
    private static final PageServer.Listener DEAF =
            new PageServer.Listener() {
                @Override
                public void opened(Viewer viewer) {}

                @Override
                public void received(Viewer viewer, String json) {}
            };

    @TempDir Path web;
    private PageServer server;
    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();

    @BeforeEach
    void start() throws IOException {
        Files.writeString(web.resolve("index.html"), "<script type=\"importmap\">{}</script>hello");
        Files.writeString(web.getParent().resolve("secret.txt"), "secret");
        server =
                new PageServer(
                        "127.0.0.1",
                        0,
                        web,
                        new PageServer.Listener() {
                            @Override
                            public void opened(Viewer viewer) {
                                viewer.event("{\"kind\":\"hello\"}");
                            }

                            @Override
                            public void received(Viewer viewer, String json) {
                                received.add(json);
                            }
                        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private HttpResponse<String> get(String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(server.url() + path)).build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void servesThePageWithAStrictPolicy() throws Exception {
        HttpResponse<String> r = get("");
        assertThat(r.statusCode()).isEqualTo(200);
        assertThat(r.body()).endsWith("hello");
        String policy = r.headers().firstValue("Content-Security-Policy").orElseThrow();
        assertThat(policy).contains("default-src 'self';").doesNotContain("unsafe");
    }

    @Test
    void aPortThatIsTakenOrNoneIsToldInOneLine() throws Exception {
        PageServer second = new PageServer("127.0.0.1", server.port(), web, DEAF);
        assertThatThrownBy(second::start)
                .isInstanceOf(InputException.class)
                .hasMessage(
                        "127.0.0.1:%d: another program has this port; choose one with --port",
                        server.port());
        assertThatThrownBy(() -> new PageServer("127.0.0.1", 65536, web, DEAF))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("from 0 to 65535");
    }

    @Test
    void sendsLargeFilesPackedToThoseWhoTakeThem() throws Exception {
        String script = "let x = 1;\n".repeat(1000);
        Files.writeString(web.resolve("long.js"), script);
        HttpResponse<byte[]> r =
                HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(URI.create(server.url() + "long.js"))
                                        .header("Accept-Encoding", "gzip, br")
                                        .build(),
                                HttpResponse.BodyHandlers.ofByteArray());
        assertThat(r.headers().firstValue("Content-Encoding")).contains("gzip");
        assertThat(r.body().length).isLessThan(1000);
        assertThat(new GZIPInputStream(new ByteArrayInputStream(r.body())).readAllBytes())
                .asString()
                .isEqualTo(script);
        assertThat(get("long.js").body()).isEqualTo(script);
    }

    @Test
    void hidesWhatIsOutsideItsFolder() throws Exception {
        assertThat(get("nothing.js").statusCode()).isEqualTo(404);
        assertThat(raw("GET /../secret.txt HTTP/1.1\r\nHost: 127.0.0.1:" + server.port()))
                .doesNotContain("secret\n")
                .doesNotContain(" 200 ");
        assertThat(raw("GET /%2e%2e/secret.txt HTTP/1.1\r\nHost: 127.0.0.1:" + server.port()))
                .doesNotContain(" 200 ");
    }

    @Test
    void refusesStrangeHostsAndOrigins() throws Exception {
        assertThat(raw("GET / HTTP/1.1\r\nHost: evil.example")).contains(" 403 ");
        assertThat(
                        raw(
                                "GET / HTTP/1.1\r\nHost: 127.0.0.1:"
                                        + server.port()
                                        + "\r\nOrigin: http://evil.example"))
                .contains(" 403 ");
    }

    private String raw(String head) throws IOException {
        try (Socket s = new Socket("127.0.0.1", server.port())) {
            s.setSoTimeout(5000);
            s.getOutputStream()
                    .write(
                            (head + "\r\nConnection: close\r\n\r\n")
                                    .getBytes(StandardCharsets.US_ASCII));
            return new String(s.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void talksBothWays() throws Exception {
        BlockingQueue<String> events = new LinkedBlockingQueue<>();
        WebSocket socket =
                HttpClient.newHttpClient()
                        .newWebSocketBuilder()
                        .buildAsync(
                                URI.create("ws://127.0.0.1:" + server.port() + "/live"),
                                new WebSocket.Listener() {
                                    @Override
                                    public CompletionStage<?> onText(
                                            WebSocket ws, CharSequence text, boolean last) {
                                        events.add(text.toString());
                                        ws.request(1);
                                        return null;
                                    }
                                })
                        .get(5, TimeUnit.SECONDS);
        assertThat(events.poll(5, TimeUnit.SECONDS)).isEqualTo("{\"kind\":\"hello\"}");
        socket.sendText("{\"kind\":\"stop\"}", true).get(5, TimeUnit.SECONDS);
        assertThat(received.poll(5, TimeUnit.SECONDS)).isEqualTo("{\"kind\":\"stop\"}");
        server.event("{\"kind\":\"a\"}");
        server.event("{\"kind\":\"b\"}");
        assertThat(events.poll(5, TimeUnit.SECONDS)).isEqualTo("{\"kind\":\"a\"}");
        assertThat(events.poll(5, TimeUnit.SECONDS)).isEqualTo("{\"kind\":\"b\"}");
        socket.abort();
    }
}
