package org.openkaiwu.wire;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.websocket.server.WebSocketUpgradeHandler;

/**
 * Serves the console page and one WebSocket ({@code /live}) over which a run is watched and
 * commanded.
 *
 * <p>Safe by default: only the given address is bound, requests whose {@code Host} or {@code
 * Origin} is another are refused, and the content security policy allows no script but the page's
 * own files. A slow viewer never slows the caller: see {@link Viewer}.
 */
public final class PageServer implements AutoCloseable {
    /** What the application does with viewers. */
    public interface Listener {
        /** A viewer has connected. */
        void opened(Viewer viewer);

        /** A viewer sent a message (JSON text of at most 64 KiB). */
        void received(Viewer viewer, String json);
    }

    private static final String THREE = "META-INF/resources/webjars/three/0.181.1/";
    private static final int MAX_MESSAGE = 64 * 1024;

    private final Path web;
    private final Listener listener;
    private final Server server;
    private final ServerConnector connector;
    private final List<Viewer> viewers = new CopyOnWriteArrayList<>();

    /**
     * Starts to serve.
     *
     * @param host address to bind, usually 127.0.0.1
     * @param port 0: any free one
     * @param web folder of the page
     * @throws IOException when the port is taken or the page is missing
     */
    public PageServer(String host, int port, Path web, Listener listener) throws IOException {
        if (!Files.isRegularFile(web.resolve("index.html"))) {
            throw new IOException("the page is missing: " + web.resolve("index.html"));
        }
        this.web = web.toRealPath();
        this.listener = listener;
        QueuedThreadPool pool = new QueuedThreadPool(16, 2);
        pool.setDaemon(true);
        server = new Server(pool);
        connector = new ServerConnector(server, 1, 1);
        connector.setHost(host);
        connector.setPort(port);
        server.addConnector(connector);
        WebSocketUpgradeHandler live =
                WebSocketUpgradeHandler.from(
                        server,
                        container -> {
                            container.setMaxTextMessageSize(MAX_MESSAGE);
                            container.setIdleTimeout(Duration.ofMinutes(10));
                            container.addMapping(
                                    "/live", (request, response, done) -> new Viewer(this));
                        });
        live.setHandler(new Files404());
        server.setHandler(new Door(live));
        try {
            server.start();
        } catch (Exception e) {
            throw new IOException(
                    "cannot serve on " + host + ":" + port + ": " + e.getMessage(), e);
        }
    }

    public int port() {
        return connector.getLocalPort();
    }

    /** Address of the page. */
    public String url() {
        return "http://" + connector.getHost() + ":" + port() + "/";
    }

    /** Sends an event to every viewer, in order. */
    public void event(String json) {
        viewers.forEach(v -> v.event(json));
    }

    /** Offers a frame to every viewer; a viewer that is still busy gets a later one instead. */
    public void frame(byte[] frame) {
        viewers.forEach(v -> v.frame(frame));
    }

    public int viewers() {
        return viewers.size();
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the page server did not stop", e);
        }
    }

    void opened(Viewer viewer) {
        viewers.add(viewer);
        listener.opened(viewer);
    }

    void closed(Viewer viewer) {
        viewers.remove(viewer);
    }

    void received(Viewer viewer, String json) {
        listener.received(viewer, json);
    }

    /** Refuses strangers before anything else looks at a request. */
    private final class Door extends Handler.Wrapper {
        Door(Handler inner) {
            super(inner);
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback)
                throws Exception {
            String host = request.getHeaders().get(HttpHeader.HOST);
            String origin = request.getHeaders().get(HttpHeader.ORIGIN);
            if (!isOurs(host) || origin != null && !isOurs(origin.replaceFirst("^http://", ""))) {
                Response.writeError(
                        request,
                        response,
                        callback,
                        HttpStatus.FORBIDDEN_403,
                        "Open the page by the address that the program printed.");
                return true;
            }
            return super.handle(request, response, callback);
        }

        private boolean isOurs(String authority) {
            if (authority == null) {
                return false;
            }
            String bound = connector.getHost();
            Set<String> names =
                    isLoopback(bound)
                            ? Set.of("127.0.0.1", "localhost", "[::1]")
                            : Set.of(bound, localName(), "127.0.0.1", "localhost");
            return names.stream()
                    .anyMatch(n -> authority.equalsIgnoreCase(n + ":" + connector.getLocalPort()));
        }

        private static boolean isLoopback(String host) {
            return new InetSocketAddress(host, 0).getAddress().isLoopbackAddress();
        }

        private static String localName() {
            try {
                return java.net.InetAddress.getLocalHost().getHostAddress();
            } catch (java.net.UnknownHostException e) {
                return "localhost";
            }
        }
    }

    /** Files of the page and of three.js; everything else is not there. */
    private final class Files404 extends Handler.Abstract {
        @Override
        public boolean handle(Request request, Response response, Callback callback)
                throws Exception {
            String path = Request.getPathInContext(request);
            byte[] content = path.startsWith("/three/") ? three(path.substring(7)) : page(path);
            if (content == null) {
                Response.writeError(request, response, callback, HttpStatus.NOT_FOUND_404);
                return true;
            }
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, contentType(path));
            response.getHeaders().put("X-Content-Type-Options", "nosniff");
            response.getHeaders().put("Cache-Control", "no-cache");
            response.getHeaders().put("Content-Security-Policy", policy());
            response.write(true, ByteBuffer.wrap(content), callback);
            return true;
        }
    }

    private byte[] page(String path) throws IOException {
        String name = path.equals("/") ? "index.html" : path.substring(1);
        Path file = web.resolve(name).normalize();
        if (!file.startsWith(web) || !Files.isRegularFile(file)) {
            return null;
        }
        return Files.readAllBytes(file);
    }

    private static byte[] three(String name) throws IOException {
        if (name.contains("..")
                || !(name.startsWith("build/three.") || name.startsWith("examples/jsm/"))
                || !name.endsWith(".js")) {
            return null;
        }
        try (InputStream in = PageServer.class.getClassLoader().getResourceAsStream(THREE + name)) {
            return in == null ? null : in.readAllBytes();
        }
    }

    /** No script but ours; the import map of the page is named by its hash. */
    private String policy() throws IOException {
        String page = Files.readString(web.resolve("index.html"));
        int start = page.indexOf("<script type=\"importmap\">");
        String hash = "";
        if (start >= 0) {
            int from = page.indexOf('>', start) + 1;
            hash =
                    " 'sha256-"
                            + sha256(page.substring(from, page.indexOf("</script>", from)))
                            + "'";
        }
        return "default-src 'self'; script-src 'self'"
                + hash
                + "; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'"
                + " ws://*:"
                + port()
                + "; object-src 'none'; base-uri 'none'; frame-ancestors 'none'";
    }

    private static String sha256(String text) {
        try {
            byte[] d =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(d);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String contentType(String path) {
        String p = path.toLowerCase(Locale.ROOT);
        if (p.endsWith(".js")) {
            return "text/javascript; charset=utf-8";
        } else if (p.endsWith(".css")) {
            return "text/css; charset=utf-8";
        } else if (p.endsWith(".svg")) {
            return "image/svg+xml";
        } else if (p.endsWith(".png")) {
            return "image/png";
        } else if (p.endsWith(".json")) {
            return "application/json";
        }
        return "text/html; charset=utf-8";
    }
}
