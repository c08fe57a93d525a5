package org.openkaiwu.body;

import java.util.ArrayList;
import java.util.List;

/**
 * The parts of a {@link Spec} that speak of others by name (pairs, excludes, tendons, equalities,
 * actuators, sensors): renamed copies of those whose references can be resolved under new names.
 *
 * <p>MuJoCo's rule: an equality or actuator needs all its references under the new names; the
 * others need at least one, and may keep the old name for the rest.
 */
final class Referrers {
    final List<Spec.Pair> pairs = new ArrayList<>();
    final List<Spec.Exclude> excludes = new ArrayList<>();
    final List<Spec.Tendon> tendons = new ArrayList<>();
    final List<Spec.Equality> equalities = new ArrayList<>();
    final List<Spec.Actuator> actuators = new ArrayList<>();
    final List<Spec.Sensor> sensors = new ArrayList<>();

    /** Those of a description as they are now. */
    Referrers(Spec spec) {
        pairs.addAll(spec.pairs);
        excludes.addAll(spec.excludes);
        tendons.addAll(spec.tendons);
        equalities.addAll(spec.equalities);
        actuators.addAll(spec.actuators);
        sensors.addAll(spec.sensors);
    }

    /** Adds the copies that can be resolved to the target. */
    void copy(Spec target, SpecNames names, SpecCopy copy) {
        pairs.forEach(p -> pair(target, names, copy, p));
        excludes.forEach(e -> exclude(target, names, copy, e));
        tendons.forEach(t -> tendon(target, names, copy, t));
        equalities.forEach(e -> equality(target, names, copy, e));
        actuators.forEach(a -> actuator(target, names, copy, a));
        sensors.forEach(s -> sensor(target, names, copy, s));
    }

    /** Both references, the new names first; null when neither is there or one is nowhere. */
    private static String[] either(
            SpecNames names, SpecCopy copy, String kind1, String a, String kind2, String b) {
        String na = copy.name(a);
        String nb = copy.name(b);
        boolean ha = names.has(kind1, na);
        boolean hb = names.has(kind2, nb);
        if (!ha && !hb) {
            return null;
        }
        if (!ha) {
            na = a;
        }
        if (!hb) {
            nb = b;
        }
        return names.has(kind1, na) && names.has(kind2, nb) ? new String[] {na, nb} : null;
    }

    private static void pair(Spec target, SpecNames names, SpecCopy copy, Spec.Pair p) {
        String[] to = either(names, copy, "geom", p.geom1, "geom", p.geom2);
        if (to != null) {
            Spec.Pair q = copy.shallow(p);
            q.geom1 = to[0];
            q.geom2 = to[1];
            target.pairs.add(q);
        }
    }

    private static void exclude(Spec target, SpecNames names, SpecCopy copy, Spec.Exclude e) {
        String[] to = either(names, copy, "body", e.body1, "body", e.body2);
        if (to != null) {
            Spec.Exclude x = copy.shallow(e);
            x.body1 = to[0];
            x.body2 = to[1];
            target.excludes.add(x);
        }
    }

    private static String kind(Spec.Wrap w) {
        return switch (w.kind) {
            case TendonWriter.JOINT -> "joint";
            case TendonWriter.SITE -> "site";
            default -> "geom";
        };
    }

    private static void tendon(Spec target, SpecNames names, SpecCopy copy, Spec.Tendon t) {
        List<Spec.Wrap> path = new ArrayList<>();
        boolean any = false;
        for (Spec.Wrap w : t.path) {
            Spec.Wrap x = new Spec.Wrap();
            x.kind = w.kind;
            x.value = w.value;
            x.object = w.object;
            x.sidesite = w.sidesite;
            path.add(x);
            if (w.kind == TendonWriter.PULLEY) {
                continue;
            }
            String object = copy.name(w.object);
            String side = copy.name(w.sidesite);
            if (names.has(kind(w), object) && (side.isEmpty() || names.has("site", side))) {
                x.object = object;
                x.sidesite = side;
                any = true;
            } else if (!names.has(kind(w), w.object)) {
                return;
            }
        }
        if (any) {
            Spec.Tendon c = new Spec.Tendon();
            c.name = copy.name(t.name);
            fields(t, c);
            c.material = copy.asset(t.material);
            c.path.addAll(path);
            copy.copies.put(t, c);
            copy.made++;
            target.tendons.add(c);
            names.add("tendon", c.name);
        }
    }

    private static void fields(Spec.Tendon t, Spec.Tendon c) {
        c.where = t.where;
        c.spatial = t.spatial;
        c.group = t.group;
        c.limited = t.limited;
        c.range = t.range;
        c.actuatorfrclimited = t.actuatorfrclimited;
        c.actuatorfrcrange = t.actuatorfrcrange;
        c.solreflimit = t.solreflimit;
        c.solimplimit = t.solimplimit;
        c.solreffriction = t.solreffriction;
        c.solimpfriction = t.solimpfriction;
        c.margin = t.margin;
        c.frictionloss = t.frictionloss;
        c.springlength = t.springlength;
        c.width = t.width;
        c.stiffness = t.stiffness;
        c.damping = t.damping;
        c.armature = t.armature;
        c.rgba = t.rgba;
    }

    private static void equality(Spec target, SpecNames names, SpecCopy copy, Spec.Equality e) {
        String kind =
                switch (e.type) {
                    case 2 -> "joint";
                    case 3 -> "tendon";
                    default -> e.sites ? "site" : "body";
                };
        String a = copy.name(e.obj1);
        String b = copy.name(e.obj2);
        if (names.has(kind, a) && (b.isEmpty() || names.has(kind, b))) {
            Spec.Equality x = copy.shallow(e);
            x.obj1 = a;
            x.obj2 = b;
            target.equalities.add(x);
        }
    }

    static String kind(Spec.Actuator a) {
        return switch (a.trntype) {
            case 0, 1 -> "joint";
            case 3 -> "tendon";
            case 5 -> "body";
            default -> "site";
        };
    }

    private static void actuator(Spec target, SpecNames names, SpecCopy copy, Spec.Actuator a) {
        String to = copy.name(a.target);
        String ref = copy.name(a.refsite);
        String slider = copy.name(a.slidersite);
        if (names.has(kind(a), to)
                && (ref.isEmpty() || names.has("site", ref))
                && (slider.isEmpty() || names.has("site", slider))) {
            Spec.Actuator x = copy.shallow(a);
            x.target = to;
            x.refsite = ref;
            x.slidersite = slider;
            target.actuators.add(x);
            names.add("actuator", x.name);
        }
    }

    private static void sensor(Spec target, SpecNames names, SpecCopy copy, Spec.Sensor s) {
        boolean obj = !s.objtype.isEmpty();
        boolean ref = !s.reftype.isEmpty();
        String to = s.obj;
        String toRef = s.ref;
        if (obj && ref) {
            String[] both = either(names, copy, s.objtype, s.obj, s.reftype, s.ref);
            if (both == null) {
                return;
            }
            to = both[0];
            toRef = both[1];
        } else if (obj || ref) {
            String kind = obj ? s.objtype : s.reftype;
            String name = kind.equals("mesh") ? copy.asset(s.obj) : copy.name(obj ? s.obj : s.ref);
            if (!names.has(kind, name)) {
                return;
            }
            to = obj ? name : to;
            toRef = obj ? toRef : name;
        } else if (copy.name("x").equals("x")) {
            return;
        }
        Spec.Sensor x = copy.shallow(s);
        x.obj = to;
        x.ref = toRef;
        target.sensors.add(x);
    }

    /** Removes those of this list that speak of a name that is gone. */
    void prune(Spec spec, SpecNames gone, SpecNames now) {
        spec.pairs.removeIf(p -> pairs.contains(p) && lost(gone, now, "geom", p.geom1, p.geom2));
        spec.excludes.removeIf(
                e -> excludes.contains(e) && lost(gone, now, "body", e.body1, e.body2));
        spec.tendons.removeIf(t -> {
            boolean lost = tendons.contains(t) && t.path.stream().anyMatch(w -> lost(gone, now, w));
            if (lost) {
                drop(gone, now, "tendon", t.name);
            }
            return lost;
        });
        spec.equalities.removeIf(e -> equalities.contains(e) && lost(gone, now, e));
        spec.actuators.removeIf(a -> {
            boolean lost =
                    actuators.contains(a)
                            && (lost(gone, now, kind(a), a.target)
                                    || lost(gone, now, "site", a.refsite, a.slidersite));
            if (lost) {
                drop(gone, now, "actuator", a.name);
            }
            return lost;
        });
        spec.sensors.removeIf(s ->
                sensors.contains(s)
                        && (lost(gone, now, s.objtype, s.obj)
                                || lost(gone, now, s.reftype, s.ref)));
    }

    private static void drop(SpecNames gone, SpecNames now, String kind, String name) {
        gone.add(kind, name);
        now.remove(kind, name);
    }

    private static boolean lost(SpecNames gone, SpecNames now, Spec.Wrap w) {
        return w.kind != TendonWriter.PULLEY
                && (lost(gone, now, kind(w), w.object) || lost(gone, now, "site", w.sidesite));
    }

    private static boolean lost(SpecNames gone, SpecNames now, Spec.Equality e) {
        String kind =
                switch (e.type) {
                    case 2 -> "joint";
                    case 3 -> "tendon";
                    default -> e.sites ? "site" : "body";
                };
        return lost(gone, now, kind, e.obj1, e.obj2);
    }

    private static boolean lost(SpecNames gone, SpecNames now, String kind, String... names) {
        for (String n : names) {
            if (gone.has(kind, n) && !now.has(kind, n)) {
                return true;
            }
        }
        return false;
    }
}
