package org.openkaiwu.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.BindException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPOutputStream;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.websocket.server.ServerUpgradeRequest;
import org.eclipse.jetty.websocket.server.ServerUpgradeResponse;
import org.eclipse.jetty.websocket.server.WebSocketUpgradeHandler;
import org.openkaiwu.math.InputException;

/**
 * Serves the console page and one WebSocket ({@code /live}) over which a run is watched and
 * commanded.
 *
 * <p>Safe by default: only the given address is bound, requests whose {@code Host} or {@code
 * Origin} is another are refused, and the content security policy allows no script but the page's
 * own files. An address that other machines reach needs the token that {@link #url} holds. A slow
 * viewer never slows the caller: see {@link Viewer}.
 */
public final class PageServer implements AutoCloseable {
    /** What the application does with viewers. */
    public interface Listener {
        /** A viewer has connected. */
        void opened(Viewer viewer);

        /** A viewer sent a message (text of at most 64 KiB, supposed to be JSON). */
        void received(Viewer viewer, String json);

        /** Data (JSON) at a path that is no file of the page, made on demand. */
        default Optional<byte[]> resource(String path) {
            return Optional.empty();
        }
    }

    private static final int MAX_MESSAGE = 64 * 1024;
    private static final int MAX_VIEWERS = 64;
    private static final int MAX_PORT = 65535;
    private static final int WORTH_PACKING = 1400;

    private final Listener listener;
    private final PageFiles files;
    private final Server server;
    private final ServerConnector connector;
    private final Map<String, byte[]> packedLibrary = new ConcurrentHashMap<>();
    private final List<Viewer> viewers = new CopyOnWriteArrayList<>();

    /**
     * A server that {@link #start} lets begin.
     *
     * @param host address to bind, usually 127.0.0.1
     * @param port 0: any free one
     * @param web folder of the page
     * @throws IOException when the page is missing
     */
    public PageServer(String host, int port, Path web, Listener listener) throws IOException {
        this.listener = listener;
        files = new PageFiles(web);
        if (port < 0 || port > MAX_PORT) {
            throw new InputException(String.valueOf(port), "a port is a number from 0 to 65535");
        }
        QueuedThreadPool pool = new QueuedThreadPool(16, 2);
        pool.setDaemon(true);
        server = new Server(pool);
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(8 * 1024);
        connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setHost(host);
        connector.setPort(port);
        connector.setIdleTimeout(30_000);
        server.addConnector(connector);
        WebSocketUpgradeHandler live =
                WebSocketUpgradeHandler.from(
                        server,
                        container -> {
                            container.setMaxTextMessageSize(MAX_MESSAGE);
                            container.setMaxBinaryMessageSize(MAX_MESSAGE);
                            container.setIdleTimeout(Duration.ofMinutes(10));
                            container.addMapping("/live", this::viewer);
                        });
        live.setHandler(new Content());
        server.setHandler(new Door(live, connector));
    }

    /**
     * Starts to serve.
     *
     * @throws InputException when the address cannot be bound, e.g. since the port is taken
     */
    public void start() {
        String where = connector.getHost() + ":" + connector.getPort();
        try {
            server.start();
        } catch (Exception e) {
            close();
            for (Throwable t = e; t != null; t = t.getCause()) {
                if (t instanceof BindException
                        && String.valueOf(t.getMessage()).contains("in use")) {
                    throw new InputException(
                            where, "another program has this port; choose one with --port", e);
                }
            }
            throw new InputException(
                    where, "no address of this machine that can be served on; see --host", e);
        }
    }

    private Object viewer(
            ServerUpgradeRequest request, ServerUpgradeResponse response, Callback done) {
        if (viewers.size() < MAX_VIEWERS) {
            return new Viewer(this);
        }
        Response.writeError(
                request, response, done, HttpStatus.SERVICE_UNAVAILABLE_503, "too many viewers");
        return null;
    }

    public int port() {
        return connector.getLocalPort();
    }

    /** Address of the page, with its token where one is needed. */
    public String url() {
        String token = ((Door) server.getHandler()).token().map(t -> "?token=" + t).orElse("");
        return "http://" + connector.getHost() + ":" + port() + "/" + token;
    }

    /** Sends an event to every viewer, in order. */
    public void event(String json) {
        viewers.forEach(v -> v.event(json));
    }

    /**
     * Offers a frame of a slot to every viewer; one that is still busy gets a later one instead.
     */
    public void frame(int slot, byte[] frame) {
        viewers.forEach(v -> v.frame(slot, frame));
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

    /** Files of the page and of three.js, and what the application makes on demand. */
    private final class Content extends Handler.Abstract {
        @Override
        public boolean handle(Request request, Response response, Callback callback)
                throws Exception {
            String path = Request.getPathInContext(request);
            Optional<PageFiles.Content> content = files.at(path);
            if (content.isEmpty()) {
                content = listener.resource(path).map(PageFiles.Content::json);
            }
            if (content.isEmpty()) {
                Response.writeError(request, response, callback, HttpStatus.NOT_FOUND_404);
                return true;
            }
            HttpFields.Mutable headers = response.getHeaders();
            headers.put(HttpHeader.CONTENT_TYPE, content.get().type());
            headers.put("X-Content-Type-Options", "nosniff");
            headers.put("Referrer-Policy", "no-referrer");
            headers.put(HttpHeader.CACHE_CONTROL, content.get().caching());
            headers.put("Content-Security-Policy", policy(request));
            byte[] bytes = content.get().bytes();
            String takes = request.getHeaders().get(HttpHeader.ACCEPT_ENCODING);
            if (bytes.length > WORTH_PACKING && takes != null && takes.contains("gzip")) {
                bytes = packed(path, content.get());
                headers.put(HttpHeader.CONTENT_ENCODING, "gzip");
                headers.put(HttpHeader.VARY, "Accept-Encoding");
            }
            response.write(true, ByteBuffer.wrap(bytes), callback);
            return true;
        }
    }

    /** Compressed bytes; those of the library, which never change, are kept. */
    private byte[] packed(String path, PageFiles.Content content) throws IOException {
        byte[] known = packedLibrary.get(path);
        if (known != null) {
            return known;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(content.bytes().length / 3);
        try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
            zip.write(content.bytes());
        }
        if (path.startsWith(PageFiles.LIBRARY)) {
            packedLibrary.put(path, out.toByteArray());
        }
        return out.toByteArray();
    }

    /** No script and no connection but the page's own. The Host was checked at the door. */
    private static String policy(Request request) {
        return "default-src 'self'; img-src 'self' data: blob:; connect-src 'self' ws://"
                + request.getHeaders().get(HttpHeader.HOST)
                + "; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors"
                + " 'none'";
    }
}
