package org.openkaiwu.body;

import static org.openkaiwu.body.Work.error;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Resolves a {@link Spec} into a {@link Machine} with MuJoCo's rules: order of parts, inertia from
 * geoms and meshes, frames, limits, layouts and defaults.
 *
 * <p>The Spec is not changed and can be compiled again.
 */
public final class Compiler {
    /** More bodies, joints, geoms or sites than this are refused. */
    public static final int MAX_PARTS = 65_534;

    private static final double MINVAL = 1e-15;

    private Compiler() {}

    /**
     * Compiles.
     *
     * @throws org.openkaiwu.math.InputException when the description is inconsistent; the message
     *     says which element and why
     */
    public static Machine compile(Spec spec) {
        Work w = new Work(spec);
        if (w.bodies.size() >= MAX_PARTS) {
            throw error("body", spec.world, "more than " + MAX_PARTS + " bodies");
        }
        meshes(w);
        hfields(spec);
        for (Work.B b : w.bodies) {
            BodyCompiler.compile(w, b);
        }
        if (spec.compiler.fusestatic) {
            Fuse.fuse(w);
        }
        if (spec.compiler.discardvisual) {
            discardVisual(w);
        }
        BodyCompiler.checkMass(w);
        Machine m = new Machine();
        m.name = spec.name;
        m.option = spec.option.copy();
        m.stat = spec.stat.copy();
        m.nlight = spec.lights;
        TreeWriter.write(w, m);
        assets(w, m);
        ConstraintWriter.write(w, m);
        TendonWriter.write(w, m);
        TreeWriter.finishSimple(m);
        ActuatorWriter.write(w, m);
        SensorWriter.write(w, m);
        KeyWriter.write(w, m);
        totalMass(spec, m);
        m.problems = List.copyOf(w.problems);
        return m;
    }

    /** Meshes that collide need their hull. */
    private static void meshes(Work w) {
        Set<String> paired = new LinkedHashSet<>();
        w.spec.pairs.forEach(p -> paired.addAll(List.of(p.geom1, p.geom2)));
        paired.remove("");
        Set<String> collide = new LinkedHashSet<>();
        for (Work.G g : w.geoms) {
            boolean contact = g.spec.contype != 0 || g.spec.conaffinity != 0;
            if (Shapes.isMesh(g.type) && (contact || paired.contains(g.spec.name))) {
                collide.add(g.spec.mesh);
            }
        }
        for (Spec.Mesh mesh : w.spec.meshes) {
            w.meshes.add(new MeshShape(mesh, collide.contains(mesh.name)));
        }
    }

    private static void hfields(Spec spec) {
        for (Spec.Hfield h : spec.hfields) {
            for (int i = 0; i < 4; i++) {
                if (!(h.size[i] > 0)) {
                    throw error("hfield", h, "all four sizes must be positive");
                }
            }
            if (h.nrow < 1 || h.ncol < 1 || h.data.length != h.nrow * h.ncol) {
                throw error("hfield", h, "needs nrow x ncol heights, has " + h.data.length);
            }
        }
    }

    /** Drops geoms that neither collide nor are spoken of, and meshes that only they use. */
    private static void discardVisual(Work w) {
        Set<String> used = new LinkedHashSet<>();
        w.spec.pairs.forEach(p -> used.addAll(List.of(p.geom1, p.geom2)));
        for (Spec.Tendon t : w.spec.tendons) {
            t.path.stream().filter(p -> p.kind == 4).forEach(p -> used.add(p.object));
        }
        for (Spec.Sensor s : w.spec.sensors) {
            if (s.objtype.equals("geom")) {
                used.add(s.obj);
            }
            if (s.reftype.equals("geom")) {
                used.add(s.ref);
            }
        }
        used.remove("");
        for (Work.B b : w.bodies) {
            b.geoms.removeIf(g -> g.visual && !used.contains(g.spec.name));
        }
        w.relist();
        Set<MeshShape> kept = new LinkedHashSet<>();
        w.geoms.stream().filter(g -> g.mesh != null).forEach(g -> kept.add(g.mesh));
        w.meshes.removeIf(mesh -> !kept.contains(mesh));
        w.meshNames.clear();
        for (int i = 0; i < w.meshes.size(); i++) {
            w.meshNames.put(w.meshes.get(i).spec.name, i);
        }
    }

    private static void assets(Work w, Machine m) {
        Spec spec = w.spec;
        m.nmesh = w.meshes.size();
        m.meshes = w.meshes.stream().map(MeshShape::asset).toArray(MeshAsset[]::new);
        m.meshName = TreeWriter.names(w.meshes, s -> s.spec.name);
        m.nhfield = spec.hfields.size();
        m.hfields = spec.hfields.stream().map(Compiler::hfield).toArray(HfieldAsset[]::new);
        m.hfieldName = TreeWriter.names(spec.hfields, h -> h.name);
        m.matRgba = TreeWriter.colours(spec.materials, x -> x.rgba);
    }

    /** Heights scaled to [0, 1]. */
    private static HfieldAsset hfield(Spec.Hfield h) {
        float least = Float.POSITIVE_INFINITY;
        float most = Float.NEGATIVE_INFINITY;
        for (float x : h.data) {
            least = Math.min(least, x);
            most = Math.max(most, x);
        }
        if (!(least <= most)) {
            throw error("hfield", h, "heights must be finite numbers");
        }
        float[] data = h.data.clone();
        for (int i = 0; i < data.length; i++) {
            data[i] -= least;
            if (most - least > Frames.EPS) {
                data[i] /= most - least;
            }
        }
        return new HfieldAsset(h.name, h.nrow, h.ncol, h.size.clone(), data);
    }

    private static void totalMass(Spec spec, Machine m) {
        double target = spec.compiler.settotalmass;
        if (!(target > 0)) {
            return;
        }
        double scale = Math.max(MINVAL, target / Math.max(MINVAL, m.mass()));
        for (int i = 1; i < m.nbody; i++) {
            m.bodyMass[i] *= scale;
            for (int k = 0; k < 3; k++) {
                m.bodyInertia[3 * i + k] *= scale;
            }
        }
        java.util.Arrays.fill(m.bodySubtreemass, 0);
        for (int i = m.nbody - 1; i >= 0; i--) {
            m.bodySubtreemass[i] += m.bodyMass[i];
            if (i > 0) {
                m.bodySubtreemass[m.bodyParentid[i]] += m.bodySubtreemass[i];
            }
        }
    }
}
