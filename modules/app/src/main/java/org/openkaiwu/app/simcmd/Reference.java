package org.openkaiwu.app.simcmd;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.openkaiwu.math.InputException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A file of reference numbers of one model: gzipped JSON with {@code model}, {@code states} and
 * {@code rollouts}.
 *
 * @param name name of the file without its endings
 * @param root the document
 */
record Reference(String name, JsonNode root) {
    private static final String ENDING = ".json.gz";
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    /** The files of a folder in alphabetic order. */
    static List<Path> list(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(f -> f.toString().endsWith(ENDING)).sorted().toList();
        } catch (IOException e) {
            throw new InputException(
                    folder.toString(), "no folder with reference files (*.json.gz)", e);
        }
    }

    static Reference load(Path file) {
        String name = file.getFileName().toString();
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            return new Reference(
                    name.substring(0, name.length() - ENDING.length()), MAPPER.readTree(in));
        } catch (IOException e) {
            throw new InputException(file.toString(), "not a gzipped reference file", e);
        }
    }

    /** Numbers of a field; empty when it is missing. */
    static double[] numbers(JsonNode node, String field) {
        return numbers(node.path(field));
    }

    static double[] numbers(JsonNode a) {
        double[] out = new double[a.size()];
        for (int i = 0; i < out.length; i++) {
            out[i] = number(a.get(i));
        }
        return out;
    }

    /** A number; infinities and not-a-number are written as text. */
    static double number(JsonNode n) {
        return n.isString() ? Double.parseDouble(n.asString()) : n.asDouble(0);
    }
}
