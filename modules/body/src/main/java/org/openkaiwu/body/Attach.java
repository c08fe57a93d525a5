package org.openkaiwu.body;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.openkaiwu.math.InputException;

/**
 * Puts a copy of one description into another: its bodies below a body of the target, at a pose,
 * under names with a prefix. Its meshes, height fields, materials, contact pairs, excludes,
 * tendons, equalities, actuators, sensors and keyframes come along as far as what they speak of
 * does; options of the physics do not, those of the compiler stay with the bodies.
 *
 * <pre>{@code
 * Spec scene = MjcfReader.read(sceneFile);
 * Spec robot = MjcfReader.read(robotFile);
 * new Attach(scene, scene.world, new double[] {0, 0, 0.7}, new double[] {1, 0, 0, 0}, "r1/").world(robot);
 * Machine machine = Compiler.compile(scene);
 * }</pre>
 *
 * <p>Keyframes of the target keep their values for what was there; the new parts are at rest in
 * them. Keyframes of the source are added, with what was there before at rest.
 */
public final class Attach {
    private final Spec target;
    private final Spec.Body at;
    private final double[] pos;
    private final double[] quat;
    private final String prefix;
    private final Map<Spec.Element, Spec.Element> copies = new LinkedHashMap<>();
    private long made;

    /**
     * @param target what is extended
     * @param at a body of the target, perhaps its world
     * @param pos place of the copy's frame in that body, m
     * @param quat its orientation, unit
     * @param prefix put before every name; may be empty when no names clash
     */
    public Attach(Spec target, Spec.Body at, double[] pos, double[] quat, String prefix) {
        this.target = target;
        this.at = at;
        this.pos = pos.clone();
        this.quat = quat.clone();
        this.prefix = prefix;
    }

    /** Number of parts made so far. */
    public long parts() {
        return made;
    }

    /** The copy of a part of the source, or null when it did not come along. */
    public Spec.Element copyOf(Spec.Element part) {
        return copies.get(part);
    }

    /** Attaches all that the source's world holds; returns the copies that hang on {@code at}. */
    public List<Spec.Element> world(Spec source) {
        return put(source, source.world, null);
    }

    /**
     * Attaches one body of the source with its descendants.
     *
     * @throws InputException when there is no such body
     */
    public List<Spec.Element> body(Spec source, String name) {
        Spec.Body parent = parentOf(source.world, name);
        if (parent == null) {
            throw new InputException(describe(source), "there is no body '" + name + "' to attach");
        }
        Set<Spec.Element> only = new LinkedHashSet<>();
        parent.bodies.stream().filter(b -> b.name.equals(name)).forEach(only::add);
        return put(source, parent, only);
    }

    /**
     * Attaches what one named frame of the source holds.
     *
     * @throws InputException when there is no such frame
     */
    public List<Spec.Element> frame(Spec source, String name) {
        Spec.Body owner = frameOwner(source.world, name);
        if (owner == null) {
            throw new InputException(
                    describe(source), "there is no frame '" + name + "' to attach");
        }
        Spec.Frame f =
                owner.frames.stream().filter(x -> x.name.equals(name)).findFirst().orElseThrow();
        Set<Spec.Element> only = new LinkedHashSet<>();
        only.addAll(f.content);
        return put(source, owner, only);
    }

    private static String describe(Spec source) {
        return source.name.isEmpty() ? "attached model" : "model '" + source.name + "'";
    }

    private static Spec.Body parentOf(Spec.Body b, String child) {
        for (Spec.Body c : b.bodies) {
            Spec.Body found = c.name.equals(child) ? b : parentOf(c, child);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static Spec.Body frameOwner(Spec.Body b, String frame) {
        if (b.frames.stream().anyMatch(f -> f.name.equals(frame))) {
            return b;
        }
        for (Spec.Body c : b.bodies) {
            Spec.Body found = frameOwner(c, frame);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private List<Spec.Element> put(Spec source, Spec.Body from, Set<Spec.Element> only) {
        boolean foreign = source != target;
        SpecCopy copy = new SpecCopy(n -> prefix + n, foreign ? n -> prefix + n : n -> n);
        Referrers referrers = new Referrers(source);
        target.keys.forEach(k -> KeyParts.split(target, k));
        source.keys.forEach(k -> KeyParts.split(source, k));
        List<Spec.Element> roots = tree(copy, from, only, at, pos, quat);
        if (foreign) {
            assets(source, copy);
            limits(source, referrers, copy, roots);
            target.lights += source.lights;
            target.problems.addAll(source.problems);
        } else {
            referrers.copy(target, new SpecNames(target), copy);
        }
        if (foreign) {
            KeyParts.copy(source, target, copy, prefix);
        }
        copies.putAll(copy.copies);
        made += copy.made;
        return roots;
    }

    private void assets(Spec source, SpecCopy copy) {
        source.meshes.forEach(m -> target.meshes.add(named(copy, m)));
        source.hfields.forEach(h -> target.hfields.add(named(copy, h)));
        source.materials.forEach(m -> target.materials.add(named(copy, m)));
    }

    private static <T extends Spec.Element> T named(SpecCopy copy, T asset) {
        T c = copy.shallow(asset);
        c.name = copy.asset(asset.name);
        return c;
    }

    /** Copies the referrers, and settles what the source's own compiler options decide. */
    private void limits(Spec source, Referrers referrers, SpecCopy copy, List<Spec.Element> roots) {
        int tendons = target.tendons.size();
        int actuators = target.actuators.size();
        referrers.copy(target, new SpecNames(target), copy);
        for (Spec.Element e : roots) {
            if (e instanceof Spec.Body b && b.compiler == null) {
                b.compiler = source.compiler;
            }
        }
        if (source.compiler.autolimits == target.compiler.autolimits) {
            return;
        }
        for (Spec.Tendon t : target.tendons.subList(tendons, target.tendons.size())) {
            t.limited = settle(source, t.limited, t.range);
            t.actuatorfrclimited = settle(source, t.actuatorfrclimited, t.actuatorfrcrange);
        }
        for (Spec.Actuator a : target.actuators.subList(actuators, target.actuators.size())) {
            a.ctrllimited = settle(source, a.ctrllimited, a.ctrlrange);
            a.forcelimited = settle(source, a.forcelimited, a.forcerange);
            a.actlimited = settle(source, a.actlimited, a.actrange);
        }
    }

    private static Spec.Auto settle(Spec source, Spec.Auto auto, double[] range) {
        if (auto != Spec.Auto.AUTO || !source.compiler.autolimits || range[0] == range[1]) {
            return auto;
        }
        return range[0] < range[1] ? Spec.Auto.TRUE : Spec.Auto.FALSE;
    }

    /** Copies the chosen parts of a body into another, moved by a pose. */
    private static List<Spec.Element> tree(
            SpecCopy copy,
            Spec.Body from,
            Set<Spec.Element> only,
            Spec.Body to,
            double[] pos,
            double[] quat) {
        List<Spec.Element> roots = new ArrayList<>();
        SpecNames inside = new SpecNames();
        for (Spec.Geom g : List.copyOf(from.geoms)) {
            if (only == null || only.contains(g)) {
                Spec.Geom c = copy.geom(g);
                if (c.fromto != null) {
                    c.fromto = moved(c.fromto, pos, quat);
                } else {
                    Frames.intoParent(pos, quat, c.pos, c.quat);
                }
                to.geoms.add(c);
                roots.add(c);
            }
        }
        for (Spec.Joint j : List.copyOf(from.joints)) {
            if (only == null || only.contains(j)) {
                Spec.Joint c = copy.joint(j);
                if (c.type >= 2) {
                    c.axis = Frames.rotate(quat, c.axis);
                }
                if (c.type != 0) {
                    Frames.intoParent(pos, quat, c.pos, new double[] {1, 0, 0, 0});
                }
                to.joints.add(c);
                roots.add(c);
            }
        }
        for (Spec.Site s : List.copyOf(from.sites)) {
            if (only == null || only.contains(s)) {
                Spec.Site c = copy.site(s);
                Frames.intoParent(pos, quat, c.pos, c.quat);
                to.sites.add(c);
                roots.add(c);
            }
        }
        for (Spec.Camera m : List.copyOf(from.cameras)) {
            if (only == null || only.contains(m)) {
                Spec.Camera c = copy.camera(m);
                Frames.intoParent(pos, quat, c.pos, c.quat);
                to.cameras.add(c);
                roots.add(c);
            }
        }
        for (Spec.Body b : List.copyOf(from.bodies)) {
            if (only == null || only.contains(b)) {
                Spec.Body c = copy.body(b);
                Frames.intoParent(pos, quat, c.pos, c.quat);
                to.bodies.add(c);
                roots.add(c);
                inside.tree(c);
            }
        }
        for (Spec.Frame f : List.copyOf(from.frames)) {
            if (only == null || f.content.stream().anyMatch(only::contains)) {
                Spec.Frame c = copy.frame(f);
                Frames.intoParent(pos, quat, c.pos, c.quat);
                to.frames.add(c);
            }
        }
        retarget(copy, inside, roots);
        return roots;
    }

    private static double[] moved(double[] fromto, double[] pos, double[] quat) {
        double[] r = new double[6];
        for (int i = 0; i < 6; i += 3) {
            double[] p = Frames.rotate(quat, java.util.Arrays.copyOfRange(fromto, i, i + 3));
            for (int k = 0; k < 3; k++) {
                r[i + k] = p[k] + pos[k];
            }
        }
        return r;
    }

    /** Cameras that look at a body look at its copy, when it has one. */
    private static void retarget(SpecCopy copy, SpecNames inside, List<Spec.Element> roots) {
        for (Spec.Element e : roots) {
            if (e instanceof Spec.Camera c) {
                look(copy, inside, c);
            } else if (e instanceof Spec.Body b) {
                look(copy, inside, b);
            }
        }
    }

    private static void look(SpecCopy copy, SpecNames inside, Spec.Body b) {
        b.cameras.forEach(c -> look(copy, inside, c));
        b.bodies.forEach(c -> look(copy, inside, c));
    }

    private static void look(SpecCopy copy, SpecNames inside, Spec.Camera c) {
        if (inside.has("body", copy.name(c.target))) {
            c.target = copy.name(c.target);
        }
    }

    /** Copies of one piece of a description inside it, each under names with another suffix. */
    public static final class Replica {
        private final Spec spec;
        private final Spec.Body template;
        private final Referrers referrers;
        private final SpecNames names;
        private final List<Spec.Key> keys;

        private Replica(Spec spec, Spec.Body template) {
            this.spec = spec;
            this.template = template;
            referrers = new Referrers(spec);
            names = new SpecNames(spec);
            keys = spec.keys.stream().filter(k -> !k.settled).toList();
            keys.forEach(k -> KeyParts.split(spec, k));
        }

        /** Adds a copy of what the template holds; returns its parts that hang on {@code at}. */
        public List<Spec.Element> into(Spec.Body at, double[] pos, double[] quat, String suffix) {
            SpecCopy copy = new SpecCopy(n -> n + suffix, n -> n);
            List<Spec.Element> roots = tree(copy, template, null, at, pos, quat);
            roots.forEach(names::add);
            referrers.copy(spec, names, copy);
            KeyParts.repeat(spec, keys, copy, suffix);
            return roots;
        }

        /** To be called when the template has left the tree: drops what spoke of it alone. */
        public void finish() {
            SpecNames gone = new SpecNames();
            gone.tree(template);
            names.removeAll(gone);
            referrers.prune(spec, gone, names);
            spec.keys.removeAll(keys);
            spec.keys.addAll(keys);
            keys.forEach(k -> k.settled = true);
        }
    }

    /**
     * Prepares copies of a piece of a description.
     *
     * @param template a body of the description whose parts are copied, not the body itself
     */
    public static Replica replica(Spec spec, Spec.Body template) {
        return new Replica(spec, template);
    }
}
