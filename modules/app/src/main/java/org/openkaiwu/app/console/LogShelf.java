package org.openkaiwu.app.console;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Logs that a page can play: those in the folder where runs leave them, and ones put here by name.
 * Only the first line and the end of a file are read for the list; a file that is no log is not
 * listed.
 */
final class LogShelf {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String LIST = "/logs";
    private static final String END = ".jsonl";
    private static final int MOST = 100;
    private static final int HEAD_BYTES = 16 * 1024;
    private static final int TAIL_BYTES = 4 * 1024;
    private static final long MOST_BYTES = 128L << 20;

    private final Path folder;
    private final Map<String, Path> named = new ConcurrentSkipListMap<>();

    private record Entry(long modified, ObjectNode told) {}

    LogShelf(Path folder) {
        this.folder = folder;
    }

    /** Puts a log from anywhere here; returns the name under which pages get it. */
    String put(Path log) {
        String name = log.getFileName().toString().replaceAll("[^A-Za-z0-9._-]", "_");
        String end = name.endsWith(END) ? name : name + END;
        named.put(end, log.toAbsolutePath());
        return end;
    }

    /** What is at {@code /logs} (the list, newest first) or {@code /logs/NAME} (a log's bytes). */
    Optional<byte[]> of(String path) {
        try {
            if (path.equals(LIST)) {
                return Optional.of(list().toString().getBytes(StandardCharsets.UTF_8));
            }
            if (!path.startsWith(LIST + "/")) {
                return Optional.empty();
            }
            Optional<Path> file = file(path.substring(LIST.length() + 1));
            if (file.isEmpty() || Files.size(file.get()) > MOST_BYTES) {
                return Optional.empty();
            }
            return Optional.of(Files.readAllBytes(file.get()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private Optional<Path> file(String name) {
        if (!name.matches("[A-Za-z0-9_-][A-Za-z0-9._-]*\\.jsonl")) {
            return Optional.empty();
        }
        Path at = named.getOrDefault(name, folder.resolve(name));
        return Files.isRegularFile(at) ? Optional.of(at) : Optional.empty();
    }

    private ArrayNode list() throws IOException {
        List<Entry> found = new ArrayList<>();
        for (Map.Entry<String, Path> e : named.entrySet()) {
            told(e.getKey(), e.getValue()).ifPresent(found::add);
        }
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + END)) {
                for (Path file : files) {
                    String name = file.getFileName().toString();
                    if (!named.containsKey(name) && file(name).isPresent()) {
                        told(name, file).ifPresent(found::add);
                    }
                }
            }
        }
        found.sort(Comparator.comparingLong(Entry::modified).reversed());
        ArrayNode out = JSON.createArrayNode();
        found.stream().limit(MOST).forEach(e -> out.add(e.told()));
        return out;
    }

    /** A log in one line; empty when the file is no log. */
    private static Optional<Entry> told(String name, Path file) {
        try (SeekableByteChannel in = Files.newByteChannel(file)) {
            long size = in.size();
            String head = text(in, 0, HEAD_BYTES);
            int line = head.indexOf('\n');
            JsonNode h =
                    line < 0 ? JSON.createObjectNode() : JSON.readTree(head.substring(0, line));
            if (!h.path("kind").asString("").equals("header") || size > MOST_BYTES) {
                return Optional.empty();
            }
            ObjectNode n = JSON.createObjectNode().put("name", name);
            for (String key : List.of("body", "scene", "instruction")) {
                n.put(key, h.path(key).asString(""));
            }
            n.put("seed", h.path("seed").asLong(0)).put("bytes", size);
            long modified = Files.getLastModifiedTime(file).toMillis();
            n.put("modified", modified);
            n.put("outcome", outcome(text(in, Math.max(0, size - TAIL_BYTES), TAIL_BYTES)));
            return Optional.of(new Entry(modified, n));
        } catch (IOException | JacksonException e) {
            return Optional.empty();
        }
    }

    private static String text(SeekableByteChannel in, long from, int most) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(most);
        in.position(from);
        while (bytes.hasRemaining() && in.read(bytes) >= 0) {}
        return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
    }

    /** How the last sentence ended; empty when the log does not say. */
    private static String outcome(String tail) {
        String last = tail.strip();
        String line = last.substring(last.lastIndexOf('\n') + 1);
        try {
            JsonNode n = line.startsWith("{") ? JSON.readTree(line) : JSON.createObjectNode();
            return n.path("kind").asString("").equals("end") ? n.path("outcome").asString("") : "";
        } catch (JacksonException e) {
            return "";
        }
    }
}
