package org.openkaiwu.body.mjcf;

import java.util.List;
import org.openkaiwu.body.Spec;
import org.openkaiwu.body.xml.Element;

/** Reads sensors. */
final class Sensors {
    private static final List<String> CONTACT =
            List.of("found", "force", "torque", "dist", "pos", "normal", "tangent");
    private static final List<String> RAY =
            List.of("dist", "dir", "origin", "point", "normal", "depth");
    private static final String[] FRAMES = {"body", "xbody", "geom", "site", "camera"};

    private Sensors() {}

    static Spec.Sensor read(Element e) {
        Spec.Sensor s = new Spec.Sensor();
        Parts.label(s, e);
        s.type = e.name();
        s.historynum = Attr.integer(e, "nsample", 0);
        s.interp = Attr.word(e, "interp", 0, "zoh", "linear", "cubic");
        s.delay = Attr.number(e, "delay", 0);
        Attr.some(e, "interval", s.interval);
        s.cutoff = Attr.number(e, "cutoff", 0);
        s.noise = Attr.number(e, "noise", 0);
        switch (s.type) {
            case "camprojection" -> {
                object(s, "site", e.get("site"));
                reference(s, "camera", e.get("camera"));
            }
            case "rangefinder" -> {
                one(e, s, "site", "camera");
                s.intprm[0] = Attr.bits(e, "data", 1, RAY, 1);
            }
            case "framepos",
                    "framequat",
                    "framexaxis",
                    "frameyaxis",
                    "framezaxis",
                    "framelinvel",
                    "frameangvel",
                    "framelinacc",
                    "frameangacc" ->
                    frame(e, s);
            case "insidesite" -> {
                frame(e, s);
                reference(s, "site", e.get("site"));
            }
            case "distance", "normal", "fromto" -> two(e, s);
            case "contact" -> contact(e, s);
            case "tactile" -> {
                object(s, "mesh", e.get("mesh"));
                reference(s, "geom", e.get("geom"));
            }
            case "user" -> user(e, s);
            case "e_potential", "e_kinetic", "clock" -> {}
            case "plugin" -> throw e.error("is not supported: there are no plugins");
            default -> {
                for (String kind : List.of("site", "joint", "tendon", "actuator", "body")) {
                    if (e.has(kind)) {
                        object(s, kind, e.get(kind));
                    }
                }
                if (s.objtype.isEmpty()) {
                    throw e.error("names nothing to watch");
                }
            }
        }
        return s;
    }

    private static void object(Spec.Sensor s, String kind, String name) {
        s.objtype = kind;
        s.obj = name;
    }

    private static void reference(Spec.Sensor s, String kind, String name) {
        s.reftype = kind;
        s.ref = name;
    }

    private static void one(Element e, Spec.Sensor s, String... kinds) {
        Attr.exclusive(e, kinds);
        for (String k : kinds) {
            if (e.has(k)) {
                object(s, k, e.get(k));
            }
        }
        if (s.objtype.isEmpty()) {
            throw e.error("needs one of: " + String.join(", ", kinds));
        }
    }

    private static void frame(Element e, Spec.Sensor s) {
        e.get("objtype");
        object(s, FRAMES[Attr.word(e, "objtype", 0, FRAMES)], e.get("objname"));
        if (e.has("reftype") != e.has("refname")) {
            throw e.error("needs both reftype and refname, or none");
        }
        if (e.has("reftype")) {
            reference(s, FRAMES[Attr.word(e, "reftype", 0, FRAMES)], e.get("refname"));
        }
    }

    private static void two(Element e, Spec.Sensor s) {
        Attr.exclusive(e, "geom1", "body1");
        Attr.exclusive(e, "geom2", "body2");
        object(s, e.has("body1") ? "body" : "geom", e.get(e.has("body1") ? "body1" : "geom1"));
        reference(s, e.has("body2") ? "body" : "geom", e.get(e.has("body2") ? "body2" : "geom2"));
    }

    private static void contact(Element e, Spec.Sensor s) {
        Attr.exclusive(e, "geom1", "body1", "subtree1", "site");
        Attr.exclusive(e, "geom2", "body2", "subtree2");
        String[][] first = {
            {"site", "site"}, {"body1", "body"}, {"subtree1", "xbody"}, {"geom1", "geom"}
        };
        for (String[] f : first) {
            if (e.has(f[0])) {
                object(s, f[1], e.get(f[0]));
            }
        }
        String[][] second = {{"body2", "body"}, {"subtree2", "xbody"}, {"geom2", "geom"}};
        for (String[] f : second) {
            if (e.has(f[0])) {
                reference(s, f[1], e.get(f[0]));
            }
        }
        s.intprm[0] = Attr.bits(e, "data", 1, CONTACT, 1);
        s.intprm[1] = Attr.word(e, "reduce", 0, "none", "mindist", "maxforce", "netforce");
        s.intprm[2] = Attr.integer(e, "num", 1);
        if (s.intprm[2] <= 0) {
            throw e.error("num must be positive, it is " + s.intprm[2]);
        }
    }

    private static void user(Element e, Spec.Sensor s) {
        if (e.has("objtype") != e.has("objname")) {
            throw e.error("needs both objtype and objname, or none");
        }
        if (e.has("objtype")) {
            object(s, e.get("objtype"), e.get("objname"));
        }
        e.get("dim");
        s.dim = Attr.integer(e, "dim", 0);
        if (s.dim < 0) {
            throw e.error("dim must not be negative, it is " + s.dim);
        }
        s.datatype = Attr.word(e, "datatype", 0, "real", "positive", "axis", "quaternion");
        s.needstage = Attr.word(e, "needstage", 3, "none", "pos", "vel", "acc");
        if (s.datatype == 2 && s.dim != 3 || s.datatype == 3 && s.dim != 4) {
            throw e.error("an axis has dim 3, a quaternion dim 4");
        }
    }
}
