package org.openkaiwu.body;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Copies parts of a {@link Spec} under new names, remembering which copy belongs to which part. */
final class SpecCopy {
    private final UnaryOperator<String> rename;
    private final UnaryOperator<String> renameAsset;

    /** Copy of each part. */
    final Map<Spec.Element, Spec.Element> copies = new LinkedHashMap<>();

    /** Parts made. */
    long made;

    /**
     * @param rename new name of a part, given its non-empty old one
     * @param renameAsset new name of a mesh, height field or material
     */
    SpecCopy(UnaryOperator<String> rename, UnaryOperator<String> renameAsset) {
        this.rename = rename;
        this.renameAsset = renameAsset;
    }

    String name(String old) {
        return old.isEmpty() ? old : rename.apply(old);
    }

    String asset(String old) {
        return old.isEmpty() ? old : renameAsset.apply(old);
    }

    /** A renamed copy whose arrays are still shared. */
    <T extends Spec.Element> T shallow(T from) {
        @SuppressWarnings("unchecked")
        T to = (T) from.shallow();
        to.name = name(from.name);
        copies.put(from, to);
        made++;
        return to;
    }

    Spec.Joint joint(Spec.Joint from) {
        Spec.Joint j = shallow(from);
        j.pos = from.pos.clone();
        j.axis = from.axis.clone();
        j.range = from.range.clone();
        return j;
    }

    Spec.Geom geom(Spec.Geom from) {
        Spec.Geom g = shallow(from);
        g.pos = from.pos.clone();
        g.quat = from.quat.clone();
        g.size = from.size.clone();
        g.mesh = asset(from.mesh);
        g.hfield = asset(from.hfield);
        g.material = asset(from.material);
        return g;
    }

    Spec.Site site(Spec.Site from) {
        Spec.Site s = shallow(from);
        s.pos = from.pos.clone();
        s.quat = from.quat.clone();
        s.size = from.size.clone();
        s.material = asset(from.material);
        return s;
    }

    Spec.Camera camera(Spec.Camera from) {
        Spec.Camera c = shallow(from);
        c.pos = from.pos.clone();
        c.quat = from.quat.clone();
        return c;
    }

    Spec.Body body(Spec.Body from) {
        Spec.Body b = new Spec.Body();
        b.name = name(from.name);
        b.where = from.where;
        b.pos = from.pos.clone();
        b.quat = from.quat.clone();
        b.mocap = from.mocap;
        b.gravcomp = from.gravcomp;
        b.sleep = from.sleep;
        b.compiler = from.compiler;
        b.simple = from.simple;
        b.inertial = from.inertial;
        copies.put(from, b);
        made++;
        from.joints.forEach(j -> b.joints.add(joint(j)));
        from.geoms.forEach(g -> b.geoms.add(geom(g)));
        from.sites.forEach(s -> b.sites.add(site(s)));
        from.cameras.forEach(c -> b.cameras.add(camera(c)));
        from.bodies.forEach(c -> b.bodies.add(body(c)));
        from.frames.forEach(f -> b.frames.add(frame(f)));
        return b;
    }

    Spec.Frame frame(Spec.Frame from) {
        Spec.Frame f = new Spec.Frame();
        f.name = name(from.name);
        f.where = from.where;
        f.pos = from.pos.clone();
        f.quat = from.quat.clone();
        for (Spec.Element e : from.content) {
            Spec.Element copy = copies.get(e);
            if (copy != null) {
                f.content.add(copy);
            }
        }
        return f;
    }
}
