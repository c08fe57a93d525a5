package org.openkaiwu.app.simcmd;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.openkaiwu.math.InputException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reading and writing the files of the sim commands. */
final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private Json() {}

    static JsonNode read(Path file) {
        try {
            return MAPPER.readTree(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new InputException(file.toString(), "cannot be read: " + e.getMessage(), e);
        } catch (JacksonException e) {
            throw new InputException(file.toString(), "is not JSON: " + e.getOriginalMessage(), e);
        }
    }

    static void write(Path file, Object value) throws IOException {
        Path parent = file.toAbsolutePath().getParent();
        Files.createDirectories(parent);
        Files.write(file, MAPPER.writeValueAsBytes(value));
    }

    /** The first n numbers; no negative zeros, what is no finite number as text. */
    static Object numbers(double[] a, int n) {
        Object[] out = new Object[n];
        for (int i = 0; i < n; i++) {
            out[i] = Double.isFinite(a[i]) ? (Object) (a[i] + 0.0) : Double.toString(a[i]);
        }
        return out;
    }

    static void put(Map<String, Object> to, String field, double[] a) {
        to.put(field, numbers(a, a.length));
    }
}
