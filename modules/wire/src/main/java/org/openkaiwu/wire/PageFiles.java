package org.openkaiwu.wire;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Files that a browser may have: those of the page's folder and the parts of three.js. */
final class PageFiles {
    /** Bytes with what a browser must know of them. */
    record Content(byte[] bytes, String type, String caching) {
        static Content json(byte[] bytes) {
            return new Content(bytes, "application/json", "no-cache");
        }
    }

    /** Where files that never change are. */
    static final String LIBRARY = "/three/";

    private static final String THREE = "META-INF/resources/webjars/three/0.181.1/";
    private static final Map<String, String> TYPES =
            Map.of(
                    "html", "text/html; charset=utf-8",
                    "js", "text/javascript; charset=utf-8",
                    "css", "text/css; charset=utf-8",
                    "svg", "image/svg+xml",
                    "png", "image/png",
                    "json", "application/json");

    private final Path web;
    private final Map<String, byte[]> library = new ConcurrentHashMap<>();

    PageFiles(Path web) throws IOException {
        if (!Files.isRegularFile(web.resolve("index.html"))) {
            throw new IOException("the page is missing: " + web.resolve("index.html"));
        }
        this.web = web.toRealPath();
    }

    /** The file at a path that begins with a slash; empty when there is none for a browser. */
    Optional<Content> at(String path) throws IOException {
        return path.startsWith(LIBRARY) ? three(path.substring(LIBRARY.length())) : page(path);
    }

    private Optional<Content> page(String path) throws IOException {
        String name = path.equals("/") ? "index.html" : path.substring(1);
        String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
        Path file;
        try {
            file = web.resolve(name).normalize();
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
        if (type == null || !file.startsWith(web) || !Files.isRegularFile(file)) {
            return Optional.empty();
        }
        return Optional.of(new Content(Files.readAllBytes(file), type, "no-cache"));
    }

    private Optional<Content> three(String name) throws IOException {
        boolean ours =
                name.matches(
                        "build/three\\.[a-z.]+\\.js|examples/jsm/([A-Za-z]+/)*[A-Za-z0-9]+\\.js");
        byte[] bytes = ours ? library.get(name) : null;
        if (ours && bytes == null) {
            try (InputStream in =
                    PageFiles.class.getClassLoader().getResourceAsStream(THREE + name)) {
                if (in == null) {
                    return Optional.empty();
                }
                bytes = named(in.readAllBytes());
                library.put(name, bytes);
            }
        }
        return Optional.ofNullable(bytes)
                .map(b -> new Content(b, TYPES.get("js"), "max-age=86400"));
    }

    /**
     * The add-ons import the bare name {@code three}, which would need an inline import map; with
     * the path instead, the page does without any inline script.
     */
    private static byte[] named(byte[] script) {
        return new String(script, StandardCharsets.UTF_8)
                .replace("from 'three'", "from '/three/build/three.module.min.js'")
                .getBytes(StandardCharsets.UTF_8);
    }
}
