package org.openkaiwu.body.urdf;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openkaiwu.body.Options;
import org.openkaiwu.body.Spec;
import org.openkaiwu.body.xml.Element;
import org.openkaiwu.body.xml.XmlTree;
import org.openkaiwu.math.InputException;
import org.openkaiwu.math.Problem;

/**
 * Reads a URDF file into a {@link Spec}.
 *
 * <p>Every link becomes a body in the order of the file's tree, the root links below the world; a
 * root link named {@code world} is the world. Collision elements become colliding geoms, visual
 * elements geoms of group 1 that collide with nothing and weigh nothing. Effort limits become
 * actuator force ranges, velocity limits are kept in {@link Spec.Joint#velocity}.
 */
public final class UrdfReader {
    /** More links than this are refused. */
    static final int MAX_LINKS = 20_000;

    /** Longer chains of joints are refused. */
    static final int MAX_DEPTH = 1_000;

    /** How much of the file counts. */
    public enum Dialect {
        /** All links and visuals; mimic joints become equalities, an SRDF beside it is applied. */
        FULL,

        /**
         * As MuJoCo loads a URDF: links joined by fixed joints are merged, visuals dropped, mimic
         * joints and SRDF not read, unless the file's own {@code <mujoco>} element says otherwise.
         */
        MUJOCO
    }

    private final Dialect dialect;
    final Spec spec = new Spec();
    final Map<String, Element> links = new LinkedHashMap<>();
    final Map<String, Spec.Body> bodies = new LinkedHashMap<>();

    /** By child link. */
    final Map<String, Element> jointOf = new LinkedHashMap<>();

    private final Map<String, List<String>> children = new LinkedHashMap<>();

    private UrdfReader(Dialect dialect) {
        this.dialect = dialect;
    }

    /**
     * Reads a file in the {@link Dialect#FULL} dialect.
     *
     * @throws InputException when it is no URDF or its tree can't be built; the message names file
     *     and line
     */
    public static Spec read(Path file) {
        return read(file, Dialect.FULL);
    }

    /**
     * Reads a file.
     *
     * @throws InputException as {@link #read(Path)}
     */
    public static Spec read(Path file, Dialect dialect) {
        Path absolute = file.toAbsolutePath().normalize();
        UrdfReader reader = new UrdfReader(dialect);
        reader.robot(XmlTree.read(absolute), absolute);
        if (dialect == Dialect.FULL) {
            SrdfReader.beside(
                            absolute,
                            reader.spec.name,
                            reader.bodies.keySet(),
                            reader.spec.problems)
                    .ifPresent(srdf -> srdf.apply(reader.spec));
        }
        return reader.spec;
    }

    void note(Problem.Severity severity, String where, String message) {
        spec.problems.add(new Problem(severity, where, message));
    }

    private void robot(Element robot, Path file) {
        if (!robot.name().equals("robot")) {
            throw robot.error("is not the root of a URDF file (robot)");
        }
        if (!robot.children().isEmpty()
                && robot.children().stream().noneMatch(e -> e.name().equals("link"))) {
            throw robot.error("has no <link>; if it is a xacro file, expand it first");
        }
        spec.name = robot.get("name", "");
        spec.compiler.lenient = true;
        spec.compiler.fusestatic = dialect == Dialect.MUJOCO;
        spec.compiler.discardvisual = dialect == Dialect.MUJOCO;
        String meshdir = "";
        for (Element section : robot.children("mujoco")) {
            meshdir = section.child("compiler").map(c -> c.get("meshdir", "")).orElse(meshdir);
            section.child("compiler").ifPresent(this::compiler);
            section.child("option").ifPresent(this::option);
        }
        collect(robot);
        buildTree(robot);
        UrdfLinks reader = new UrdfLinks(this, new MeshLocator(file, meshdir), robot);
        links.forEach(reader::link);
        UrdfJoints joints = new UrdfJoints(this, dialect);
        jointOf.values().forEach(joints::joint);
        joints.mimics();
        Inertias.repair(spec);
    }

    private void compiler(Element e) {
        Spec.CompilerOptions c = spec.compiler;
        c.boundmass = e.number("boundmass", c.boundmass);
        c.boundinertia = e.number("boundinertia", c.boundinertia);
        c.settotalmass = e.number("settotalmass", c.settotalmass);
        c.balanceinertia = flag(e, "balanceinertia", c.balanceinertia);
        c.autolimits = flag(e, "autolimits", c.autolimits);
        c.alignfree = flag(e, "alignfree", c.alignfree);
        if (dialect == Dialect.MUJOCO) {
            c.discardvisual = flag(e, "discardvisual", c.discardvisual);
            c.fusestatic = flag(e, "fusestatic", c.fusestatic);
        }
        c.inertiafromgeom =
                switch (e.get("inertiafromgeom", "auto")) {
                    case "true" -> Spec.Auto.TRUE;
                    case "false" -> Spec.Auto.FALSE;
                    default -> Spec.Auto.AUTO;
                };
        if (e.has("inertiagrouprange")) {
            double[] range = e.numbers("inertiagrouprange", 2);
            c.inertiagrouprange = new int[] {(int) range[0], (int) range[1]};
        }
    }

    private void option(Element e) {
        Options o = spec.option;
        o.timestep = e.number("timestep", o.timestep);
        o.gravity = e.numbers("gravity", 3, o.gravity);
        o.integrator = choice(e, "integrator", Options.Integrator.class, o.integrator);
        o.cone = choice(e, "cone", Options.Cone.class, o.cone);
        o.solver = choice(e, "solver", Options.Solver.class, o.solver);
        o.iterations = (int) e.number("iterations", o.iterations);
        o.impratio = e.number("impratio", o.impratio);
    }

    private static <T extends Enum<T>> T choice(Element e, String key, Class<T> of, T otherwise) {
        if (!e.has(key)) {
            return otherwise;
        }
        for (T constant : of.getEnumConstants()) {
            if (constant.name().equalsIgnoreCase(e.get(key))) {
                return constant;
            }
        }
        throw e.error("knows no " + key + " \"" + e.get(key) + "\"");
    }

    private static boolean flag(Element e, String key, boolean otherwise) {
        return e.has(key) ? e.get(key).equals("true") : otherwise;
    }

    private void collect(Element robot) {
        for (Element e : robot.children()) {
            switch (e.name()) {
                case "link" -> {
                    String name = e.get("name");
                    if (links.put(name, e) != null) {
                        throw e.error("\"" + name + "\" is there twice; rename one");
                    }
                    children.put(name, new ArrayList<>());
                }
                default -> {}
            }
        }
        if (links.size() > MAX_LINKS) {
            throw robot.error("has more than " + MAX_LINKS + " links");
        }
        for (Element e : robot.children("joint")) {
            String parent = end(e, "parent");
            String child = end(e, "child");
            Element other = jointOf.put(child, e);
            if (other != null) {
                throw e.error(
                        "gives link \""
                                + child
                                + "\" a second parent (the first is at "
                                + other.where()
                                + "); a URDF is a tree");
            }
            children.get(parent).add(child);
        }
    }

    private String end(Element joint, String which) {
        String link = joint.need(which).get("link");
        if (!links.containsKey(link)) {
            throw joint.error(
                    "\""
                            + joint.get("name", "")
                            + "\" names the "
                            + which
                            + " link \""
                            + link
                            + "\", which is not in the file");
        }
        return link;
    }

    /** Bodies depth first, without recursion: chains may be long. */
    private void buildTree(Element robot) {
        record Step(String link, Spec.Body parent, int depth) {}
        List<Step> stack = new ArrayList<>();
        List<String> roots = links.keySet().stream().filter(l -> !jointOf.containsKey(l)).toList();
        if (roots.isEmpty()) {
            throw robot.error("has no root link: its joints go in a circle");
        }
        for (String root : roots.reversed()) {
            stack.add(new Step(root, spec.world, 1));
        }
        while (!stack.isEmpty()) {
            Step step = stack.removeLast();
            if (step.depth > MAX_DEPTH) {
                throw links.get(step.link)
                        .error("is nested deeper than " + MAX_DEPTH + " joints; check the tree");
            }
            boolean world = step.link.equals("world") && step.parent == spec.world;
            Spec.Body body = world ? spec.world : step.parent.add(step.link);
            bodies.put(step.link, body);
            body.where = links.get(step.link).where();
            for (String child : children.get(step.link).reversed()) {
                stack.add(new Step(child, body, step.depth + 1));
            }
        }
        for (String link : links.keySet()) {
            if (!bodies.containsKey(link)) {
                throw links.get(link).error("\"" + link + "\" hangs in a circle of joints");
            }
        }
    }
}
