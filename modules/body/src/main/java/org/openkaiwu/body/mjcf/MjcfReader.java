package org.openkaiwu.body.mjcf;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.openkaiwu.body.Spec;
import org.openkaiwu.body.xml.Element;
import org.openkaiwu.body.xml.XmlTree;

/**
 * Reads MJCF, MuJoCo's XML form of a model, with the meaning of MuJoCo 3.14.
 *
 * <p>Everything of a rigid model is read: includes, default classes, frames, replicas, attached
 * models, joints, shapes, sites, cameras, meshes, height fields, contact pairs, equalities,
 * tendons, actuators with all shortcuts, sensors, keyframes, options. Pictures (textures, lights,
 * visual) and custom data are checked and left out. Soft bodies (flex, skin, composite) and plugins
 * are refused.
 *
 * <p>Unknown elements and attributes are errors. Files have the limits of {@link XmlTree}; a file
 * may not include itself, and a replicate element may not make more than 100,000 copies.
 */
public final class MjcfReader {
    /** Models attached deeper than this are refused. */
    private static final int MAX_DEPTH = 10;

    private MjcfReader() {}

    /**
     * Reads a file; names of other files in it start at its folder.
     *
     * @throws org.openkaiwu.math.InputException naming file and line, element, attribute, value and
     *     what is allowed
     */
    public static Spec read(Path file) {
        return read(XmlTree.read(file), file, 0);
    }

    /**
     * Reads a text.
     *
     * @param base folder where names of other files start
     * @throws org.openkaiwu.math.InputException as {@link #read(Path)}; the file is called
     *     "model.xml"
     */
    public static Spec read(String xml, Path base) {
        Element root = XmlTree.read("model.xml", xml.getBytes(StandardCharsets.UTF_8));
        return read(root, base.resolve("model.xml"), 0);
    }

    private static Spec read(Element root, Path file, int depth) {
        Source source = new Source(root, file);
        Grammar.check(source);
        Context c = new Context(source, depth);
        c.spec.name = root.get("model", "");
        Sections s = new Sections(c);
        each(c, "compiler", s::compiler);
        each(c, "option", s::option);
        each(c, "statistic", s::statistic);
        each(c, "default", e -> c.defaults.read(source, e));
        each(c, "extension", MjcfReader::extension);
        each(c, "asset", e -> assets(c, e));
        each(c, "contact", s::contact);
        each(c, "deformable", MjcfReader::deformable);
        each(c, "equality", s::equality);
        each(c, "tendon", s::tendon);
        each(
                c,
                "actuator",
                e -> source.children(e).forEach(a -> c.spec.actuators.add(Actuators.read(c, a))));
        each(
                c,
                "sensor",
                e -> source.children(e).forEach(x -> c.spec.sensors.add(Sensors.read(x))));
        each(c, "keyframe", s::keyframe);
        Tree tree = new Tree(c);
        each(c, "worldbody", tree::world);
        each(c, "size", e -> keys(c, e));
        return c.spec;
    }

    private static void each(Context c, String section, Consumer<Element> reader) {
        c.source.children(c.source.root(), section).forEach(reader);
    }

    private static void extension(Element e) {
        if (!e.children().isEmpty()) {
            throw e.error("is not supported: there are no plugins");
        }
    }

    private static void deformable(Element e) {
        if (!e.children().isEmpty()) {
            throw e.error("is not supported: OpenKaiwu simulates rigid bodies only");
        }
    }

    /** The size element may ask for more keyframes than are given. */
    private static void keys(Context c, Element e) {
        int n = Attr.integer(e, "nkey", 0);
        if (n > 10_000) {
            throw e.error("nkey is at most 10000, it is " + n);
        }
        while (c.spec.keys.size() < n) {
            c.spec.keys.add(new Spec.Key());
        }
    }

    private static void assets(Context c, Element section) {
        Assets a = new Assets(c);
        for (Element e : c.source.children(section)) {
            switch (e.name()) {
                case "mesh" -> a.mesh(e);
                case "hfield" -> a.hfield(e);
                case "material" -> a.material(e);
                case "model" -> model(c, e);
                case "texture" -> {}
                default -> throw e.error("is not supported: OpenKaiwu simulates rigid bodies only");
            }
        }
    }

    private static void model(Context c, Element e) {
        if (c.depth >= MAX_DEPTH) {
            throw e.error("models are nested deeper than " + MAX_DEPTH + "; does one name itself?");
        }
        String file = e.get("file");
        Path path = c.source.file("", file);
        if (path == null) {
            throw e.error("there is no file \"" + file + "\" in " + c.source.dir());
        }
        Spec spec = read(XmlTree.read(path), path, c.depth + 1);
        String name = e.get("name", spec.name);
        if (c.models.put(name, spec) != null) {
            throw e.error("there are two models \"" + name + "\"; give one another name");
        }
    }
}
