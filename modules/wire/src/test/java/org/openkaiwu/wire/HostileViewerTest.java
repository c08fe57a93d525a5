package org.openkaiwu.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Viewers that stall, shout, lie or come in crowds, spoken to through bare sockets. */
class HostileViewerTest {
    @TempDir Path web;
    private PageServer server;
    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    private final List<Socket> open = new ArrayList<>();

    @BeforeEach
    void start() throws IOException {
        Files.writeString(web.resolve("index.html"), "hello");
        server = serve("127.0.0.1");
    }

    private PageServer serve(String host) throws IOException {
        PageServer s =
                new PageServer(
                        host,
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
        s.start();
        return s;
    }

    @AfterEach
    void stop() throws IOException {
        for (Socket s : open) {
            s.close();
        }
        server.close();
    }

    private Socket connect() throws IOException {
        Socket s = new Socket("127.0.0.1", server.port());
        open.add(s);
        s.setSoTimeout(5000);
        String authority = "127.0.0.1:" + server.port();
        s.getOutputStream()
                .write(
                        ("GET /live HTTP/1.1\r\nHost: "
                                        + authority
                                        + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                                        + "Sec-WebSocket-Version: 13\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
        return s;
    }

    /** Reads up to the end of the answer's head. */
    private static String head(Socket s) throws IOException {
        InputStream in = s.getInputStream();
        StringBuilder out = new StringBuilder();
        while (out.indexOf("\r\n\r\n") < 0) {
            int c = in.read();
            if (c < 0) {
                break;
            }
            out.append((char) c);
        }
        return out.toString();
    }

    /** A text frame as a browser sends it, with a mask of zeros. */
    private static void send(Socket s, byte[] text) throws IOException {
        OutputStream out = s.getOutputStream();
        out.write(0x81);
        if (text.length < 126) {
            out.write(0x80 | text.length);
        } else if (text.length < 65536) {
            out.write(0x80 | 126);
            out.write(text.length >> 8);
            out.write(text.length);
        } else {
            out.write(0x80 | 127);
            for (int i = 7; i >= 0; i--) {
                out.write((int) ((long) text.length >> (8 * i)));
            }
        }
        out.write(new byte[4]);
        out.write(text);
        out.flush();
    }

    private void awaitViewers(int n) throws InterruptedException {
        for (int i = 0; i < 200 && server.viewers() != n; i++) {
            Thread.sleep(25);
        }
        assertThat(server.viewers()).isEqualTo(n);
    }

    @Test
    void aStalledViewerNeverHoldsTheCaller() throws Exception {
        Socket stalled = connect();
        assertThat(head(stalled)).contains(" 101 ");
        awaitViewers(1);
        byte[] frame = new byte[8192];
        long longest = 0;
        for (int i = 0; i < 5000; i++) {
            long before = System.nanoTime();
            server.frame(i % 5, frame);
            longest = Math.max(longest, System.nanoTime() - before);
        }
        assertThat(longest).isLessThan(TimeUnit.MILLISECONDS.toNanos(500));
        String event = "{\"kind\":\"x\",\"text\":\"" + "y".repeat(2000) + "\"}";
        for (int i = 0; i < 6000; i++) {
            server.event(event);
        }
        awaitViewers(0);
    }

    @Test
    void hugeAndBrokenMessagesEndTheirViewerOnly() throws Exception {
        Socket good = connect();
        assertThat(head(good)).contains(" 101 ");
        Socket huge = connect();
        assertThat(head(huge)).contains(" 101 ");
        awaitViewers(2);
        try {
            send(huge, new byte[200_000]);
        } catch (IOException e) {
            assertThat(e).hasMessageNotContaining("timeout");
        }
        awaitViewers(1);
        Random random = new Random(7);
        for (int i = 0; i < 30; i++) {
            Socket noise = connect();
            head(noise);
            byte[] bytes = new byte[random.nextInt(400)];
            random.nextBytes(bytes);
            try {
                noise.getOutputStream().write(bytes);
            } catch (IOException e) {
                assertThat(noise.isConnected()).isTrue();
            }
            noise.close();
        }
        send(good, "{\"kind\":\"stop\"}".getBytes(StandardCharsets.UTF_8));
        String last;
        do {
            last = received.poll(5, TimeUnit.SECONDS);
        } while (last != null && !last.equals("{\"kind\":\"stop\"}"));
        assertThat(last).isNotNull();
    }

    @Test
    void aCrowdIsLimited() throws Exception {
        int let = 0;
        for (int i = 0; i < 70; i++) {
            let += head(connect()).contains(" 101 ") ? 1 : 0;
            awaitViewers(let);
        }
        assertThat(let).isEqualTo(64);
    }

    @Test
    void anAddressThatOthersReachNeedsItsToken() throws Exception {
        try (PageServer outside = serve("0.0.0.0")) {
            String host = "127.0.0.1:" + outside.port();
            assertThat(outside.url()).contains("?token=");
            String token = outside.url().substring(outside.url().indexOf('=') + 1);
            assertThat(get(outside.port(), "/", host, "")).contains(" 403 ");
            assertThat(get(outside.port(), "/?token=" + "0".repeat(32), host, ""))
                    .contains(" 403 ");
            assertThat(get(outside.port(), "/", host, "Cookie: kaiwu=nonsense\r\n"))
                    .contains(" 403 ");
            assertThat(get(outside.port(), "/?token=" + token, host, ""))
                    .contains(" 200 ")
                    .contains("HttpOnly")
                    .contains("SameSite=Strict");
            assertThat(get(outside.port(), "/", host, "Cookie: kaiwu=" + token + "\r\n"))
                    .contains(" 200 ");
            assertThat(get(outside.port(), "/?token=" + token, "evil.example", ""))
                    .contains(" 403 ");
        }
    }

    private String get(int port, String path, String host, String more) throws IOException {
        try (Socket s = new Socket("127.0.0.1", port)) {
            s.setSoTimeout(5000);
            String request =
                    "GET "
                            + path
                            + " HTTP/1.1\r\nHost: "
                            + host
                            + "\r\n"
                            + more
                            + "Connection: close\r\n\r\n";
            s.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(s.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
