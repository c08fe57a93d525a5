package org.openkaiwu.body;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openkaiwu.math.InputException;
import org.openkaiwu.math.Problem;

/**
 * What the {@link Compiler} works on: the tree of a {@link Spec} with its quantities resolved step
 * by step, the lists in model order, and the names.
 */
final class Work {
    /** A body being compiled. */
    static final class B {
        final Spec.Body spec;
        final Spec.CompilerOptions options;
        B parent;
        int id;
        int weldid;
        int mocapid = -1;
        int dofnum;
        int contype;
        int conaffinity;
        double margin;
        final double[] pos;
        final double[] quat;
        double mass;
        double[] ipos;
        double[] iquat = {1, 0, 0, 0};
        double[] inertia = new double[3];
        final List<B> bodies = new ArrayList<>();
        final List<J> joints = new ArrayList<>();
        final List<G> geoms = new ArrayList<>();
        final List<S> sites = new ArrayList<>();
        final List<C> cameras = new ArrayList<>();

        B(Spec.Body spec, B parent, Spec.CompilerOptions options) {
            this.spec = spec;
            this.parent = parent;
            this.options = options;
            pos = spec.pos.clone();
            quat = spec.quat.clone();
        }
    }

    /** A joint. */
    static final class J {
        final Spec.Joint spec;
        final B body;
        int id;
        int qposadr;
        int dofadr;
        boolean limited;
        boolean actfrclimited;
        double[] axis;
        double[] pos;

        J(Spec.Joint spec, B body) {
            this.spec = spec;
            this.body = body;
            axis = spec.axis.clone();
            pos = spec.pos.clone();
        }

        int nq() {
            return spec.type == 0 ? 7 : spec.type == 1 ? 4 : 1;
        }

        int nv() {
            return spec.type == 0 ? 6 : spec.type == 1 ? 3 : 1;
        }
    }

    /** A geom. */
    static final class G {
        final Spec.Geom spec;
        B body;
        int id;
        int type;
        MeshShape mesh;
        Spec.Hfield hfield;
        boolean visual;
        double[] pos;
        double[] quat;
        double[] size;
        double[] surfacevel;
        double[] aabb = new double[6];
        double[] fluid = new double[12];
        double mass;
        double[] inertia = new double[3];

        G(Spec.Geom spec, B body) {
            this.spec = spec;
            this.body = body;
            type = spec.type;
            pos = spec.pos.clone();
            quat = spec.quat.clone();
            size = spec.size.clone();
            surfacevel = spec.surfacevel.clone();
        }
    }

    /** A site. */
    static final class S {
        final Spec.Site spec;
        B body;
        int id;
        double[] pos;
        double[] quat;
        double[] size;

        S(Spec.Site spec, B body) {
            this.spec = spec;
            this.body = body;
            pos = spec.pos.clone();
            quat = spec.quat.clone();
            size = spec.size.clone();
        }
    }

    /** A camera. */
    static final class C {
        final Spec.Camera spec;
        B body;
        int id;
        double[] pos;
        double[] quat;

        C(Spec.Camera spec, B body) {
            this.spec = spec;
            this.body = body;
            pos = spec.pos.clone();
            quat = spec.quat.clone();
        }
    }

    final Spec spec;
    final List<Problem> problems = new ArrayList<>();
    final List<B> bodies = new ArrayList<>();
    final List<J> joints = new ArrayList<>();
    final List<G> geoms = new ArrayList<>();
    final List<S> sites = new ArrayList<>();
    final List<C> cameras = new ArrayList<>();
    final List<MeshShape> meshes = new ArrayList<>();
    final Map<String, B> bodyNames = new LinkedHashMap<>();
    final Map<String, J> jointNames = new LinkedHashMap<>();
    final Map<String, G> geomNames = new LinkedHashMap<>();
    final Map<String, S> siteNames = new LinkedHashMap<>();
    final Map<String, C> cameraNames = new LinkedHashMap<>();
    final Map<String, Integer> meshNames;
    final Map<String, Integer> hfieldNames;
    final Map<String, Integer> materialNames;
    final Map<String, Integer> tendonNames;
    final Map<String, Integer> actuatorNames;

    Work(Spec spec) {
        this.spec = spec;
        problems.addAll(spec.problems);
        B world = copy(spec.world, null, spec.compiler);
        list(world);
        name();
        meshNames = index("mesh", spec.meshes);
        hfieldNames = index("hfield", spec.hfields);
        materialNames = index("material", spec.materials);
        tendonNames = index("tendon", spec.tendons);
        actuatorNames = index("actuator", spec.actuators);
        index("sensor", spec.sensors);
        index("equality", spec.equalities);
        index("pair", spec.pairs);
        index("exclude", spec.excludes);
        index("key", spec.keys);
    }

    private static B copy(Spec.Body from, B parent, Spec.CompilerOptions inherited) {
        Spec.CompilerOptions options = from.compiler == null ? inherited : from.compiler;
        B b = new B(from, parent, options);
        from.joints.forEach(j -> b.joints.add(new J(j, b)));
        from.geoms.forEach(g -> b.geoms.add(new G(g, b)));
        from.sites.forEach(s -> b.sites.add(new S(s, b)));
        from.cameras.forEach(c -> b.cameras.add(new C(c, b)));
        from.bodies.forEach(c -> b.bodies.add(copy(c, b, options)));
        return b;
    }

    /** Rebuilds the lists and numbers in depth-first order. */
    void relist() {
        B world = bodies.get(0);
        bodies.clear();
        joints.clear();
        geoms.clear();
        sites.clear();
        cameras.clear();
        list(world);
        bodyNames.clear();
        jointNames.clear();
        geomNames.clear();
        siteNames.clear();
        cameraNames.clear();
        name();
    }

    private void list(B b) {
        b.id = bodies.size();
        bodies.add(b);
        boolean root = !b.joints.isEmpty() || b.spec.mocap;
        b.weldid = b.parent == null ? 0 : root ? b.id : b.parent.weldid;
        for (J j : b.joints) {
            j.id = joints.size();
            joints.add(j);
        }
        for (G g : b.geoms) {
            g.id = geoms.size();
            geoms.add(g);
        }
        for (S s : b.sites) {
            s.id = sites.size();
            sites.add(s);
        }
        for (C c : b.cameras) {
            c.id = cameras.size();
            cameras.add(c);
        }
        b.bodies.forEach(this::list);
    }

    private void name() {
        bodies.forEach(b -> put(bodyNames, "body", b.spec, b));
        joints.forEach(j -> put(jointNames, "joint", j.spec, j));
        geoms.forEach(g -> put(geomNames, "geom", g.spec, g));
        sites.forEach(s -> put(siteNames, "site", s.spec, s));
        cameras.forEach(c -> put(cameraNames, "camera", c.spec, c));
    }

    private static <T> void put(Map<String, T> map, String kind, Spec.Element spec, T value) {
        if (!spec.name.isEmpty() && map.put(spec.name, value) != null) {
            throw error(kind, spec, "this name is used twice; give each " + kind + " its own");
        }
    }

    private static Map<String, Integer> index(String kind, List<? extends Spec.Element> list) {
        Map<String, Integer> map = new LinkedHashMap<>();
        for (int i = 0; i < list.size(); i++) {
            put(map, kind, list.get(i), i);
        }
        return map;
    }

    /** An error about one element. */
    static InputException error(String kind, Spec.Element e, String message) {
        return new InputException(where(kind, e), message);
    }

    static String where(String kind, Spec.Element e) {
        String what = e.name.isEmpty() ? kind : kind + " '" + e.name + "'";
        return e.where.isEmpty() ? what : e.where + " " + what;
    }

    void warn(String kind, Spec.Element e, String message) {
        problems.add(new Problem(Problem.Severity.WARNING, where(kind, e), message));
    }

    /** Looks a name up or says what refers to nothing. */
    static <T> T find(Map<String, T> map, String kind, String name, String by, Spec.Element e) {
        T found = map.get(name);
        if (found == null) {
            throw error(
                    by,
                    e,
                    name.isEmpty()
                            ? "no " + kind + " is named"
                            : "there is no " + kind + " '" + name + "'");
        }
        return found;
    }

    /** Whether a range counts, under the compiler's autolimits rule. */
    boolean limited(String kind, Spec.Element e, String attr, Spec.Auto auto, double[] range) {
        return limited(spec.compiler, kind, e, attr, auto, range);
    }

    static boolean limited(
            Spec.CompilerOptions options,
            String kind,
            Spec.Element e,
            String attr,
            Spec.Auto auto,
            double[] range) {
        if (auto == Spec.Auto.AUTO && !options.autolimits && (range[0] != 0 || range[1] != 0)) {
            throw error(
                    kind,
                    e,
                    attr
                            + "range is given without "
                            + attr
                            + "limited while autolimits is off;"
                            + " say \"true\" or \"false\"");
        }
        return auto == Spec.Auto.TRUE || auto == Spec.Auto.AUTO && range[0] < range[1];
    }
}
