package org.openkaiwu.app.console;

import picocli.CommandLine.Option;

/** The options that say where a page is served. */
public final class PageAddress {
    @Option(names = "--port", paramLabel = "N", descriptionKey = "page.port")
    private Integer port;

    @Option(
            names = "--host",
            defaultValue = "127.0.0.1",
            paramLabel = "ADDRESS",
            descriptionKey = "page.host")
    private String host;

    /** The address to listen at. */
    public String host() {
        return host;
    }

    /** The port that was asked for, or the usual one. */
    public int port(int usual) {
        return port == null ? usual : port;
    }
}
