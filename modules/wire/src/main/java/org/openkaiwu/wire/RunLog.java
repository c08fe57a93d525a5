package org.openkaiwu.wire;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.openkaiwu.math.InputException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The log of a run: one JSON object a line, UTF-8, line feed; the first is {@code {"kind":"header",
 * …}}, the last {@code {"kind":"end", …}}. The same run writes the same bytes. A log that was cut
 * off is readable up to its last whole line.
 */
public final class RunLog implements AutoCloseable {
    private static final int MAX_LINE = 8_000_000;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Writer out;

    public RunLog(OutputStream stream) {
        out =
                new java.io.BufferedWriter(
                        new java.io.OutputStreamWriter(stream, StandardCharsets.UTF_8), 1 << 16);
    }

    /** A log in a file; missing folders are made. */
    public static RunLog to(Path file) throws IOException {
        Path parent = file.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        return new RunLog(Files.newOutputStream(file));
    }

    /** Writes one record, a JSON object without line feeds. */
    public void write(String json) {
        try {
            out.write(json);
            out.write('\n');
        } catch (IOException e) {
            throw new UncheckedIOException("the log cannot be written", e);
        }
    }

    /** Makes what was written readable for others. */
    public void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    /**
     * Reads a log record by record.
     *
     * @throws InputException when the file is no log, with the line that is wrong
     */
    public static void read(Path file, Consumer<JsonNode> each) {
        int number = 0;
        try (BufferedReader in = Files.newBufferedReader(file)) {
            StringBuilder line = new StringBuilder();
            for (int c = in.read(); c >= 0; c = in.read()) {
                if (c != '\n') {
                    line.append((char) c);
                    if (line.length() > MAX_LINE) {
                        throw new InputException(
                                file + ":" + (number + 1), "line longer than " + MAX_LINE);
                    }
                    continue;
                }
                number++;
                JsonNode record = JSON.readTree(line.toString());
                line.setLength(0);
                if (number == 1 && !record.path("kind").asString("").equals("header")) {
                    throw new InputException(file + ":1", "not a run log: no header");
                }
                each.accept(record);
            }
            if (number == 0) {
                throw new InputException(file.toString(), "not a run log: it is empty");
            }
        } catch (JacksonException e) {
            throw new InputException(file + ":" + number, "not a JSON object", e);
        } catch (IOException e) {
            throw new InputException(file.toString(), "cannot be read: " + e.getMessage(), e);
        }
    }
}
