package org.openkaiwu.checks.fuzz;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.openkaiwu.app.console.PageMessage;
import org.openkaiwu.app.simcmd.SimCommand;
import org.openkaiwu.app.understand.SceneSettings;
import org.openkaiwu.body.Compiler;
import org.openkaiwu.body.infer.Infer;
import org.openkaiwu.body.mesh.MeshReader;
import org.openkaiwu.body.mjcf.MjcfReader;
import org.openkaiwu.body.urdf.SrdfReader;
import org.openkaiwu.body.urdf.UrdfReader;
import org.openkaiwu.brain.Setting;
import org.openkaiwu.brain.language.Understander;
import org.openkaiwu.brain.language.Words;
import org.openkaiwu.math.InputException;
import org.openkaiwu.sim.Bodies;
import org.openkaiwu.sim.SceneData;
import org.openkaiwu.wire.RunLog;
import picocli.CommandLine;

/**
 * One reader of outside bytes each. Whatever the bytes, a reader returns or throws an {@link
 * InputException}; anything else that comes out is a finding.
 */
enum FuzzTarget {
    MJCF(b -> {
        var spec = MjcfReader.read(text(b), Files.createDirectories(Holder.FOLDER));
        Infer.facts(Compiler.compile(spec));
    }),
    URDF(b -> Infer.facts(Compiler.compile(UrdfReader.read(file("robot.urdf", b))))),
    SRDF(b -> SrdfReader.read(file("robot.srdf", b))),
    STL(b -> MeshReader.read("mesh.stl", b)),
    OBJ(b -> MeshReader.read("mesh.obj", b)),
    DAE(b -> MeshReader.read("mesh.dae", b)),
    MSH(b -> MeshReader.read("mesh.msh", b)),
    SCENE(b -> {
        copy(root().resolve("scenes/lib/kinds.yaml"), "scenes/lib/kinds.yaml");
        file("scenes/fuzz.yaml", b);
        SceneSettings.of(SceneData.load(Holder.FOLDER, "fuzz"));
    }),
    BODY(b -> {
        copy(root().resolve("bodies/so101/so101.xml"), "bodies/fuzz/so101.xml");
        file("bodies/fuzz/body.yaml", b);
        Bodies.load(Holder.FOLDER, "fuzz");
    }),
    WORDS(b -> {
        List<Path> files = list(root().resolve("words"));
        for (Path f : files) {
            copy(f, "words/" + f.getFileName());
        }
        // the first byte says which of the files is replaced by the others
        int which = b.length == 0 ? 0 : Math.floorMod(b[0], files.size());
        byte[] rest = b.length == 0 ? b : java.util.Arrays.copyOfRange(b, 1, b.length);
        file("words/" + files.get(which).getFileName(), rest);
        Words.load(Holder.FOLDER.resolve("words"));
    }),
    LOG(b -> RunLog.read(file("run.jsonl", b), record -> {})),
    PAGE(b -> {
        PageMessage m = PageMessage.read(text(b), "so101"::equals, "tabletop"::equals);
        if (m.text().length() > PageMessage.MAX_TEXT || m.requests().size() > 1) {
            throw new AssertionError("more than may be: " + m);
        }
    }),
    SENTENCE(b -> Holder.UNDERSTANDER.understand(text(b), Holder.TABLETOP)),
    TASK(b ->
            Holder.UNDERSTANDER.understand(
                    "put the bowl on the plate",
                    SceneSettings.of(root(), file("task.json", b).toString(), Optional.of("0")))),
    SIM_EVAL(b -> command("eval", Holder.model(), "--in", file("in.json", b))),
    SIM_ROLLOUT(b ->
            command(
                    "rollout",
                    Holder.model(),
                    "--steps",
                    "3",
                    "--every",
                    "1",
                    "--in",
                    file("in.json", b)));

    /** Reads bytes. */
    private interface Reader {
        void read(byte[] bytes) throws IOException;
    }

    private final Reader reader;

    FuzzTarget(Reader reader) {
        this.reader = reader;
    }

    /** Gives the bytes to the reader; a refusal with an {@link InputException} is fine. */
    void feed(byte[] bytes) {
        try {
            reader.read(bytes);
        } catch (InputException refused) {
            if (refused.getMessage() == null || refused.getMessage().isBlank()) {
                throw new AssertionError("refused without a word", refused);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is made once and only when a target needs it. */
    private static final class Holder {
        static final Path FOLDER = folder();
        static final Understander UNDERSTANDER = new Understander(Words.standard());
        static final Setting TABLETOP = SceneSettings.of(SceneData.load(root(), "tabletop"));

        private static Path folder() {
            try {
                Path p = Files.createTempDirectory("kaiwu-fuzz");
                Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(p)));
                return p;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        static Path model() throws IOException {
            return file(
                    "model.xml",
                    """
                    <mujoco><worldbody><geom type="plane" size="1 1 1"/>
                    <body pos="0 0 0.2"><freejoint/><geom size="0.1"/>
                    <body mocap="false"><joint name="h"/><geom size="0.05" pos="0.2 0 0"/></body></body>
                    <body mocap="true" pos="1 0 1"/></worldbody>
                    <actuator><general joint="h" dyntype="filter" dynprm="0.1"/></actuator></mujoco>
                    """
                            .getBytes(StandardCharsets.UTF_8));
        }
    }

    private static Path root() {
        return Path.of(System.getProperty("kaiwu.root", "../..")).toAbsolutePath().normalize();
    }

    private static String text(byte[] b) {
        return new String(b, StandardCharsets.UTF_8);
    }

    private static Path file(String name, byte[] bytes) throws IOException {
        Path file = Holder.FOLDER.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.write(file, bytes);
    }

    private static void copy(Path from, String name) throws IOException {
        Path to = Holder.FOLDER.resolve(name);
        Files.createDirectories(to.getParent());
        Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> s = Files.list(folder)) {
            return s.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> s = Files.walk(folder)) {
            s.sorted(Comparator.reverseOrder()).forEach(p -> p.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A command of {@code kaiwu sim}; what it throws comes out here. */
    private static void command(Object... words) throws IOException {
        Exception[] thrown = new Exception[1];
        CommandLine line = new CommandLine(new SimCommand());
        line.setOut(new PrintWriter(Writer.nullWriter()));
        line.setErr(new PrintWriter(Writer.nullWriter()));
        line.setExecutionExceptionHandler((e, command, parsed) -> {
            thrown[0] = e;
            return 1;
        });
        String[] args = new String[words.length + 2];
        for (int i = 0; i < words.length; i++) {
            args[i] = words[i].toString();
        }
        args[words.length] = "--out";
        args[words.length + 1] = Holder.FOLDER.resolve("out.json").toString();
        line.execute(args);
        if (thrown[0] instanceof RuntimeException e) {
            throw e;
        } else if (thrown[0] instanceof IOException e) {
            throw e;
        }
    }

    /** For readers that hand records on. */
    static Consumer<byte[]> of(String name) {
        return valueOf(name.toUpperCase(java.util.Locale.ROOT))::feed;
    }
}
