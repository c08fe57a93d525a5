package org.openkaiwu.sim;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.openkaiwu.math.InputException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Reads a YAML file into a record; a wrong key or value is an error that names file and line. */
final class Yaml {
    /** Larger files are no body or scene. */
    private static final long MOST_BYTES = 1 << 20;

    private static final YAMLMapper MAPPER =
            YAMLMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .build();

    private Yaml() {}

    static <T> T read(Path file, Class<T> type) {
        try {
            if (!Files.isRegularFile(file)) {
                throw new InputException(file.toString(), "no such file");
            }
            if (Files.size(file) > MOST_BYTES) {
                throw new InputException(file.toString(), "larger than 1 MiB");
            }
            return MAPPER.readValue(Files.readString(file), type);
        } catch (JacksonException e) {
            String line =
                    e.getLocation() == null ? "" : ":" + Math.max(1, e.getLocation().getLineNr());
            throw new InputException(file + line, e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new InputException(file.toString(), "cannot be read: " + e.getMessage(), e);
        }
    }
}
