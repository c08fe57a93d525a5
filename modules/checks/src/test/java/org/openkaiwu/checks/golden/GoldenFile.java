package org.openkaiwu.checks.golden;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.openkaiwu.body.Compiler;
import org.openkaiwu.body.Machine;
import org.openkaiwu.body.Spec;
import org.openkaiwu.body.mjcf.MjcfReader;
import org.openkaiwu.body.urdf.UrdfReader;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One file of reference numbers (format: README.md beside the files).
 *
 * @param name name of the file without its ending
 * @param root the whole document
 */
public record GoldenFile(String name, JsonNode root) {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    /** The shared folder, or the test is skipped. */
    public static Path shared() {
        Path shared = Path.of(System.getProperty("kaiwu.shared", "../../../shared"));
        assumeTrue(Files.isDirectory(shared.resolve("golden")), "no reference numbers here");
        return shared;
    }

    /** All files in alphabetic order, or only those that the property {@code golden.only} names. */
    public static List<Path> all() {
        String only = System.getProperty("golden.only", "");
        try (Stream<Path> files = Files.list(shared().resolve("golden"))) {
            return files.filter(p -> p.toString().endsWith(".json.gz"))
                    .filter(p -> only.isEmpty() || List.of(only.split(",")).contains(nameOf(p)))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String nameOf(Path file) {
        return file.getFileName().toString().replace(".json.gz", "");
    }

    public static GoldenFile load(Path file) {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            return new GoldenFile(nameOf(file), MAPPER.readTree(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The file of that name, or the test is skipped. */
    public static GoldenFile named(String name) {
        return load(shared().resolve("golden").resolve(name + ".json.gz"));
    }

    /** A machine made of the document's compiled arrays, see {@link GoldenMachine}. */
    public Machine machine() {
        return GoldenMachine.of(this);
    }

    /** The model file, read and compiled. */
    public Machine compiled() {
        Path file = model();
        Spec spec =
                file.toString().endsWith(".urdf")
                        ? UrdfReader.read(file, UrdfReader.Dialect.MUJOCO)
                        : MjcfReader.read(file);
        return Compiler.compile(spec);
    }

    /** The model file in the shared folder. */
    public Path model() {
        return shared().resolve(root.path("model").asString());
    }

    public List<State> states() {
        List<State> out = new ArrayList<>();
        for (JsonNode s : root.path("states")) {
            out.add(new State(s));
        }
        return out;
    }

    public List<State> rollouts() {
        List<State> out = new ArrayList<>();
        for (JsonNode s : root.path("rollouts")) {
            out.add(new State(s));
        }
        return out;
    }

    /**
     * A single state, or a part of one, or a rollout.
     *
     * @param node its fields
     */
    public record State(JsonNode node) {
        public boolean has(String field) {
            return node.has(field);
        }

        public String text(String field) {
            return node.path(field).asString("");
        }

        public double number(String field) {
            return GoldenFile.number(node.path(field));
        }

        public int count(String field) {
            return node.path(field).asInt(0);
        }

        /** Numbers of a field; empty when it is missing. */
        public double[] array(String field) {
            return numbers(node.path(field));
        }

        /** Numbers of a field; n zeros when it is missing. */
        public double[] array(String field, int n) {
            return node.has(field) ? array(field) : new double[n];
        }

        public State part(String field) {
            return new State(node.path(field));
        }

        public List<State> parts(String field) {
            List<State> out = new ArrayList<>();
            for (JsonNode s : node.path(field)) {
                out.add(new State(s));
            }
            return out;
        }
    }

    static double number(JsonNode n) {
        if (n.isString()) {
            String s = n.asString();
            return Double.parseDouble(s);
        }
        return n.asDouble(0);
    }

    static double[] numbers(JsonNode a) {
        double[] out = new double[a.size()];
        for (int i = 0; i < out.length; i++) {
            out[i] = number(a.get(i));
        }
        return out;
    }
}
