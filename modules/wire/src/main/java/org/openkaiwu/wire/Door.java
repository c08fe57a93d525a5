package org.openkaiwu.wire;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpCookie;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;

/**
 * Refuses strangers before anything else looks at a request: another {@code Host} (a name that was
 * made to point here), another {@code Origin} (a page from elsewhere), and, where other machines
 * reach this one, a browser without the token.
 */
final class Door extends Handler.Wrapper {
    private static final String COOKIE = "kaiwu";

    private final ServerConnector connector;
    private final Optional<String> token;

    Door(Handler inner, ServerConnector connector) {
        super(inner);
        this.connector = connector;
        byte[] random = new byte[16];
        new SecureRandom().nextBytes(random);
        token =
                isLoopback(connector.getHost())
                        ? Optional.empty()
                        : Optional.of(HexFormat.of().formatHex(random));
    }

    /** What a browser must bring; empty on a loopback address. */
    Optional<String> token() {
        return token;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        String host = request.getHeaders().get(HttpHeader.HOST);
        String origin = request.getHeaders().get(HttpHeader.ORIGIN);
        boolean ours = isOurs(host) && (origin == null || origin.equals("http://" + host));
        if (!ours || !hasToken(request, response)) {
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

    private boolean hasToken(Request request, Response response) throws Exception {
        if (token.isEmpty()) {
            return true;
        }
        for (HttpCookie c : Request.getCookies(request)) {
            if (c.getName().equals(COOKIE) && same(c.getValue())) {
                return true;
            }
        }
        Fields query = Request.extractQueryParameters(request);
        boolean brought = same(query.getValue("token"));
        if (brought) {
            Response.addCookie(
                    response,
                    HttpCookie.build(COOKIE, token.get())
                            .httpOnly(true)
                            .path("/")
                            .sameSite(HttpCookie.SameSite.STRICT)
                            .build());
        }
        return brought;
    }

    /** In a time that does not tell how much of it was right. */
    private boolean same(String given) {
        return given != null
                && MessageDigest.isEqual(
                        given.getBytes(StandardCharsets.UTF_8),
                        token.orElseThrow().getBytes(StandardCharsets.UTF_8));
    }

    private boolean isOurs(String authority) {
        String port = ":" + connector.getLocalPort();
        if (authority == null || !authority.endsWith(port)) {
            return false;
        }
        String name = authority.substring(0, authority.length() - port.length());
        return names().contains(name.toLowerCase(java.util.Locale.ROOT));
    }

    private Set<String> names() {
        Set<String> names = new TreeSet<>(Set.of("127.0.0.1", "localhost", "[::1]"));
        if (token.isPresent()) {
            names.add(connector.getHost().toLowerCase(java.util.Locale.ROOT));
            names.addAll(addresses());
        }
        return names;
    }

    private static Set<String> addresses() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .map(InetAddress::getHostAddress)
                    .map(a -> a.contains(":") ? "[" + a.replaceFirst("%.*", "") + "]" : a)
                    .collect(Collectors.toSet());
        } catch (SocketException e) {
            return Set.of();
        }
    }

    private static boolean isLoopback(String host) {
        InetAddress address = new InetSocketAddress(host, 0).getAddress();
        return address != null && address.isLoopbackAddress();
    }
}
