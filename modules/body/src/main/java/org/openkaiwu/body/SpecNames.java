package org.openkaiwu.body;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** The names of a {@link Spec} by kind, to see whether a reference can be resolved. */
final class SpecNames {
    private final Map<String, Set<String>> names = new LinkedHashMap<>();

    SpecNames() {}

    SpecNames(Spec spec) {
        tree(spec.world);
        spec.meshes.forEach(m -> add("mesh", m.name));
        spec.tendons.forEach(t -> add("tendon", t.name));
        spec.actuators.forEach(a -> add("actuator", a.name));
    }

    void tree(Spec.Body b) {
        add("body", b.name);
        b.joints.forEach(j -> add("joint", j.name));
        b.geoms.forEach(g -> add("geom", g.name));
        b.sites.forEach(s -> add("site", s.name));
        b.cameras.forEach(c -> add("camera", c.name));
        b.bodies.forEach(this::tree);
    }

    void add(Spec.Element e) {
        switch (e) {
            case Spec.Body b -> tree(b);
            case Spec.Joint j -> add("joint", j.name);
            case Spec.Geom g -> add("geom", g.name);
            case Spec.Site s -> add("site", s.name);
            case Spec.Camera c -> add("camera", c.name);
            default -> throw new IllegalArgumentException("no part of a body");
        }
    }

    void add(String kind, String name) {
        if (!name.isEmpty()) {
            names.computeIfAbsent(kind, k -> new LinkedHashSet<>()).add(name);
        }
    }

    void remove(String kind, String name) {
        names.getOrDefault(kind, new LinkedHashSet<>()).remove(name);
    }

    void removeAll(SpecNames other) {
        other.names.forEach((k, v) -> names.getOrDefault(k, new LinkedHashSet<>()).removeAll(v));
    }

    boolean has(String kind, String name) {
        return names.getOrDefault(kind.equals("xbody") ? "body" : kind, Set.of()).contains(name);
    }
}
