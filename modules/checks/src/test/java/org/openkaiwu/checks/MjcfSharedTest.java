package org.openkaiwu.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.openkaiwu.body.Compiler;
import org.openkaiwu.body.Machine;
import org.openkaiwu.body.MeshAsset;
import org.openkaiwu.body.Options;
import org.openkaiwu.body.mjcf.MjcfReader;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Compiled MJCF models against MuJoCo 3.14's: sizes, names, options and every static array that a
 * {@link Machine} has, to 1e-9 relative. What physics derives from kinematics at the model's rest
 * is compared elsewhere.
 */
class MjcfSharedTest {
    private static final Path SHARED = Path.of(System.getProperty("kaiwu.shared", "../shared"));
    private static final double TOLERANCE = 1e-9;

    /** Numbers smaller than this count as this large. */
    private static final double SMALL = 1e-3;

    /** Derived by physics, or not in a machine. */
    private static final Set<String> NOT_HERE =
            Set.of(
                    "body_invweight0",
                    "dof_invweight0",
                    "dof_M0",
                    "actuator_acc0",
                    "actuator_length0",
                    "actuator_lengthrange",
                    "tendon_length0",
                    "tendon_invweight0",
                    "exclude_signature",
                    "mesh_scale",
                    "numeric_size",
                    "numeric_data");

    /**
     * Principal axes come from an iteration whose stop differs a little; three files show up to
     * 5.6e-9 in these, so they are compared absolutely.
     */
    private static final Set<String> AXES =
            Set.of(
                    "body_iquat",
                    "body_quat",
                    "geom_quat",
                    "geom_pos",
                    "site_quat",
                    "site_pos",
                    "qpos0",
                    "qpos_spring");

    private static final double AXES_TOLERANCE = 1e-8;

    private static final Map<String, String> NAMES =
            Map.of(
                    "bodies", "bodyName",
                    "joints", "jntName",
                    "geoms", "geomName",
                    "sites", "siteName",
                    "actuators", "actuatorName",
                    "sensors", "sensorName",
                    "tendons", "tendonName",
                    "equalities", "eqName",
                    "keys", "keyName",
                    "meshes", "meshName");

    private static final Map<String, Function<Machine, double[]>> ASSETS =
            Map.of(
                    "mesh_vertnum", m -> meshes(m, a -> new double[] {a.vertices().length / 3}),
                    "mesh_facenum", m -> meshes(m, a -> new double[] {a.triangles().length / 3}),
                    "mesh_pos", m -> meshes(m, MeshAsset::pos),
                    "mesh_quat", m -> meshes(m, MeshAsset::quat),
                    "hfield_size",
                            m ->
                                    Arrays.stream(m.hfields)
                                            .flatMapToDouble(h -> Arrays.stream(h.size()))
                                            .toArray(),
                    "hfield_nrow",
                            m -> Arrays.stream(m.hfields).mapToDouble(h -> h.nrow()).toArray(),
                    "hfield_ncol",
                            m -> Arrays.stream(m.hfields).mapToDouble(h -> h.ncol()).toArray());

    @TestFactory
    Stream<DynamicTest> compiledModels() throws IOException {
        Path golden = SHARED.resolve("golden");
        assumeTrue(Files.isDirectory(golden), "no golden data at " + golden);
        List<Path> files;
        try (Stream<Path> all = Files.list(golden)) {
            files = all.filter(f -> f.toString().endsWith(".json.gz")).sorted().toList();
        }
        return files.stream()
                .map(MjcfSharedTest::load)
                .filter(g -> g.path("model").asString().endsWith(".xml"))
                .map(g -> DynamicTest.dynamicTest(g.path("model").asString(), () -> check(g)));
    }

    /** Every MJCF model that lies beside the golden ones must at least compile. */
    @TestFactory
    Stream<DynamicTest> otherModels() throws IOException {
        assumeTrue(Files.isDirectory(SHARED.resolve("robots")), "no robots at " + SHARED);
        List<Path> files = new ArrayList<>();
        for (String dir : List.of("robots", "data/mujoco_models", "data/own_models")) {
            try (Stream<Path> all = Files.walk(SHARED.resolve(dir))) {
                all.filter(f -> f.toString().endsWith(".xml"))
                        .filter(MjcfSharedTest::isModel)
                        .forEach(files::add);
            }
        }
        return files.stream()
                .sorted()
                .map(f ->
                        DynamicTest.dynamicTest(
                                SHARED.relativize(f).toString(),
                                () ->
                                        assertThat(Compiler.compile(MjcfReader.read(f)).nbody)
                                                .isPositive()));
    }

    /** Fragments, which only make sense inside another file, are left out. */
    private static boolean isModel(Path f) {
        Set<String> fragments =
                Set.of(
                        "part_act.xml",
                        "pendulum_body.xml",
                        "joints_properties.xml",
                        "package.xml",
                        "keyframes.xml",
                        "keyframe_no_act.xml",
                        "keyframe_ctrl.xml",
                        "filtered_cartesian_actuators.xml",
                        "joint_position_actuators.xml");
        return !fragments.contains(f.getFileName().toString());
    }

    private static JsonNode load(Path file) {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            return JsonMapper.shared().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void check(JsonNode golden) throws ReflectiveOperationException {
        Machine m =
                Compiler.compile(MjcfReader.read(SHARED.resolve(golden.path("model").asString())));
        List<String> differences = new ArrayList<>();
        for (Map.Entry<String, JsonNode> e : golden.path("sizes").properties()) {
            boolean mass = e.getKey().equals("mass");
            double have = mass ? m.mass() : Machine.class.getField(e.getKey()).getInt(m);
            compare(e.getKey(), e.getValue().asDouble(), have, TOLERANCE, differences);
        }
        for (Map.Entry<String, JsonNode> e : golden.path("names").properties()) {
            String[] have = (String[]) Machine.class.getField(NAMES.get(e.getKey())).get(m);
            List<String> want = e.getValue().valueStream().map(JsonNode::asString).toList();
            if (!want.equals(List.of(have))) {
                differences.add("names of " + e.getKey() + ": " + want + " but " + List.of(have));
            }
        }
        options(golden.path("options"), m.option, differences);
        for (Map.Entry<String, JsonNode> e : golden.path("static").properties()) {
            if (!NOT_HERE.contains(e.getKey())) {
                array(e.getKey(), numbers(e.getValue()), m, differences);
            }
        }
        assertThat(differences).isEmpty();
    }

    private static void array(String key, double[] want, Machine m, List<String> differences)
            throws ReflectiveOperationException {
        double[] have =
                ASSETS.containsKey(key)
                        ? ASSETS.get(key).apply(m)
                        : flat(Machine.class.getField(camel(key)).get(m));
        // the reference was written with one flag an actuator, the machine has one an input
        boolean prefix = key.equals("actuator_ctrllimited");
        if (have.length != want.length && !prefix) {
            differences.add(key + ": " + want.length + " numbers but " + have.length);
            return;
        }
        boolean axes = AXES.contains(key);
        for (int i = 0; i < want.length && differences.size() < 20; i++) {
            if (axes && Math.abs(want[i] - have[i]) <= AXES_TOLERANCE || derived(key, i, m)) {
                continue;
            }
            compare(key + "[" + i + "]", want[i], have[i], TOLERANCE, differences);
        }
    }

    /** Whether physics still has to fill in this number. */
    private static boolean derived(String key, int i, Machine m) {
        return switch (key) {
            case "tendon_lengthspring" -> m.tendonLengthspring[i] == -1;
            case "actuator_biasprm" -> i % 10 == 2 && m.actuatorBiasprm[i] > 0;
            case "jnt_stiffness" -> m.jntSpringdamper[2 * i] > 0;
            case "dof_damping" -> m.jntSpringdamper[2 * m.dofJntid[i]] > 0;
            default -> false;
        };
    }

    private static void compare(
            String what, double want, double have, double tolerance, List<String> differences) {
        if (!(Math.abs(want - have) <= tolerance * Math.max(Math.abs(want), SMALL))) {
            differences.add(what + ": " + want + " but " + have);
        }
    }

    private static void options(JsonNode g, Options o, List<String> differences)
            throws ReflectiveOperationException {
        for (Map.Entry<String, JsonNode> e : g.properties()) {
            String key = e.getKey();
            switch (key) {
                case "stat" -> {}
                case "disable" -> flags(key, e.getValue(), o.disable, differences);
                case "enable" -> {
                    // the generator of the reference always switches energy on
                    Set<Options.Flag> on = new java.util.TreeSet<>(o.enable);
                    on.add(Options.Flag.ENERGY);
                    flags(key, e.getValue(), on, differences);
                }
                default -> {
                    Object have = Options.class.getField(camel(key)).get(o);
                    if (have instanceof Enum<?> word) {
                        String w = word.name().toLowerCase(Locale.ROOT);
                        if (!w.equals(e.getValue().asString())) {
                            differences.add(key + ": " + e.getValue() + " but " + w);
                        }
                    } else {
                        double[] want = numbers(e.getValue());
                        double[] is = flat(have);
                        for (int i = 0; i < want.length; i++) {
                            compare(key, want[i], is[i], TOLERANCE, differences);
                        }
                    }
                }
            }
        }
    }

    private static void flags(
            String key, JsonNode want, Set<Options.Flag> have, List<String> differences) {
        Set<String> a =
                new java.util.TreeSet<>(want.valueStream().map(JsonNode::asString).toList());
        Set<String> b = new java.util.TreeSet<>();
        have.forEach(f -> b.add(f.name().toLowerCase(Locale.ROOT)));
        if (!a.equals(b)) {
            differences.add(key + ": " + a + " but " + b);
        }
    }

    private static double[] meshes(Machine m, Function<MeshAsset, double[]> f) {
        return Arrays.stream(m.meshes).flatMapToDouble(a -> Arrays.stream(f.apply(a))).toArray();
    }

    private static double[] numbers(JsonNode n) {
        return n.isArray()
                ? n.valueStream().mapToDouble(JsonNode::asDouble).toArray()
                : new double[] {n.asDouble()};
    }

    private static String camel(String key) {
        StringBuilder b = new StringBuilder();
        for (String w : key.split("_")) {
            b.append(b.isEmpty() ? w : Character.toUpperCase(w.charAt(0)) + w.substring(1));
        }
        return b.toString();
    }

    private static double[] flat(Object o) {
        return switch (o) {
            case Double d -> new double[] {d};
            case Integer i -> new double[] {i};
            case double[] d -> d;
            case int[] i -> Arrays.stream(i).asDoubleStream().toArray();
            case double[][] d -> Arrays.stream(d).flatMapToDouble(Arrays::stream).toArray();
            case boolean[] b -> {
                double[] r = new double[b.length];
                for (int k = 0; k < r.length; k++) {
                    r[k] = b[k] ? 1 : 0;
                }
                yield r;
            }
            default -> throw new IllegalArgumentException("an array of " + o.getClass());
        };
    }
}
