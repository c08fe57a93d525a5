package org.openkaiwu.body.mjcf;

import java.util.ArrayList;
import java.util.List;
import org.openkaiwu.body.Frames;
import org.openkaiwu.body.Spec;
import org.openkaiwu.body.xml.Element;

/** Reads the parts of a body: joints, geoms, sites, cameras, inertial. */
final class Parts {
    private static final String[] SHAPES = {
        "plane", "hfield", "sphere", "capsule", "ellipsoid", "cylinder", "box", "mesh", "sdf"
    };

    private final Context c;

    Parts(Context c) {
        this.c = c;
    }

    /** The elements of the default class, then the part's own. */
    static List<Element> chain(Defaults.Klass k, String kind, Element own) {
        List<Element> l = new ArrayList<>(k.chain(kind));
        l.add(own);
        return l;
    }

    static void label(Spec.Element part, Element e) {
        part.name = e.get("name", "");
        part.where = e.where();
    }

    Spec.Joint joint(Element e, Defaults.Klass k) {
        Spec.Joint j = new Spec.Joint();
        for (Element d : chain(k, "joint", e)) {
            j.type = Attr.word(d, "type", j.type, "free", "ball", "slide", "hinge");
            j.group = Attr.integer(d, "group", j.group);
            Attr.exact(d, "pos", j.pos);
            Attr.exact(d, "axis", j.axis);
            Attr.exact(d, "springdamper", j.springdamper);
            j.limited = Attr.auto(d, "limited", j.limited);
            j.actuatorfrclimited = Attr.auto(d, "actuatorfrclimited", j.actuatorfrclimited);
            Attr.some(d, "solreflimit", j.solreflimit);
            Attr.some(d, "solimplimit", j.solimplimit);
            Attr.some(d, "solreffriction", j.solreffriction);
            Attr.some(d, "solimpfriction", j.solimpfriction);
            Attr.some(d, "stiffness", j.stiffness);
            Attr.exact(d, "range", j.range);
            Attr.exact(d, "actuatorfrcrange", j.actuatorfrcrange);
            j.actuatorgravcomp = Attr.bool(d, "actuatorgravcomp", j.actuatorgravcomp);
            j.margin = Attr.number(d, "margin", j.margin);
            j.ref = Attr.number(d, "ref", j.ref);
            j.springref = Attr.number(d, "springref", j.springref);
            j.armature = Attr.number(d, "armature", j.armature);
            Attr.some(d, "damping", j.damping);
            j.frictionloss = Attr.number(d, "frictionloss", j.frictionloss);
        }
        label(j, e);
        if (j.type == 0) {
            j.limited = Spec.Auto.FALSE;
        }
        angles(j);
        return j;
    }

    /** Angles to radians; MuJoCo leaves the range of an unlimited joint as it is. */
    private void angles(Spec.Joint j) {
        boolean limited =
                j.limited == Spec.Auto.TRUE
                        || j.limited == Spec.Auto.AUTO && j.range[0] < j.range[1];
        if (limited && (j.type == 1 || j.type == 3)) {
            j.range[0] = c.angleScaled(j.range[0]);
            j.range[1] = c.angleScaled(j.range[1]);
        }
        if (j.type == 3) {
            j.ref = c.angleScaled(j.ref);
            j.springref = c.angleScaled(j.springref);
        }
    }

    Spec.Joint freejoint(Element e) {
        Spec.Joint j = new Spec.Joint();
        j.type = 0;
        j.limited = Spec.Auto.FALSE;
        label(j, e);
        j.group = Attr.integer(e, "group", 0);
        j.align = Attr.auto(e, "align", j.align);
        return j;
    }

    Spec.Geom geom(Element e, Defaults.Klass k) {
        Spec.Geom g = new Spec.Geom();
        Context.Orientation o = new Context.Orientation();
        for (Element d : chain(k, "geom", e)) {
            g.type = Attr.word(d, "type", g.type, SHAPES);
            g.contype = Attr.integer(d, "contype", g.contype);
            g.conaffinity = Attr.integer(d, "conaffinity", g.conaffinity);
            g.condim = Attr.integer(d, "condim", g.condim);
            g.group = Attr.integer(d, "group", g.group);
            g.priority = Attr.integer(d, "priority", g.priority);
            Attr.some(d, "size", g.size);
            g.material = Attr.text(d, "material", g.material);
            Attr.some(d, "friction", g.friction);
            g.mass = Attr.number(d, "mass", g.mass);
            g.density = Attr.number(d, "density", g.density);
            g.shellinertia = Attr.bool(d, "shellinertia", g.shellinertia);
            g.solmix = Attr.number(d, "solmix", g.solmix);
            Attr.some(d, "solref", g.solref);
            Attr.some(d, "solimp", g.solimp);
            g.margin = Attr.number(d, "margin", g.margin);
            g.gap = Attr.number(d, "gap", g.gap);
            Attr.some(d, "surfacevel", g.surfacevel);
            g.adhesion = Attr.number(d, "adhesion", g.adhesion);
            g.fromto = fromto(d, g.fromto);
            Attr.exact(d, "pos", g.pos);
            o.read(d);
            g.hfield = Attr.text(d, "hfield", g.hfield);
            g.mesh = Attr.text(d, "mesh", g.mesh);
            g.fitscale = Attr.number(d, "fitscale", g.fitscale);
            g.rgba = Attr.colour(d, "rgba", g.rgba);
            int fluid = g.fluidEllipsoid ? 1 : 0;
            g.fluidEllipsoid = Attr.word(d, "fluidshape", fluid, "none", "ellipsoid") == 1;
            Attr.some(d, "fluidcoef", g.fluidcoef);
        }
        label(g, e);
        g.quat = c.resolve(o, e);
        if (g.mesh.isEmpty() && stretch(g.type, g.fromto, g.pos, g.quat, g.size)) {
            g.fromto = null;
        }
        return g;
    }

    private static double[] fromto(Element e, double[] present) {
        double[] v = new double[6];
        return Attr.exact(e, "fromto", v) ? v : present;
    }

    /** Resolves end points; what is wrong with them is left for the compiler to say. */
    private static boolean stretch(
            int type, double[] fromto, double[] pos, double[] quat, double[] size) {
        boolean placed = pos[0] != 0 || pos[1] != 0 || pos[2] != 0;
        if (fromto == null || placed || type < 3 || type > 6) {
            return false;
        }
        double[] q = quat.clone();
        double half = Frames.span(fromto, pos, q);
        if (half < 1e-14) {
            pos[0] = 0;
            pos[1] = 0;
            pos[2] = 0;
            return false;
        }
        System.arraycopy(q, 0, quat, 0, 4);
        boolean round = type == 3 || type == 5;
        if (!round) {
            size[2] = half;
        }
        size[1] = round ? half : size[0];
        return true;
    }

    Spec.Site site(Element e, Defaults.Klass k) {
        Spec.Site s = new Spec.Site();
        Context.Orientation o = new Context.Orientation();
        for (Element d : chain(k, "site", e)) {
            s.type = Attr.word(d, "type", s.type, SHAPES);
            s.group = Attr.integer(d, "group", s.group);
            Attr.exact(d, "pos", s.pos);
            o.read(d);
            s.material = Attr.text(d, "material", s.material);
            Attr.some(d, "size", s.size);
            s.fromto = fromto(d, s.fromto);
            s.rgba = Attr.colour(d, "rgba", s.rgba);
        }
        label(s, e);
        s.quat = c.resolve(o, e);
        if (stretch(s.type, s.fromto, s.pos, s.quat, s.size)) {
            s.fromto = null;
        }
        return s;
    }

    Spec.Camera camera(Element e, Defaults.Klass k) {
        Spec.Camera m = new Spec.Camera();
        Context.Orientation o = new Context.Orientation();
        for (Element d : chain(k, "camera", e)) {
            int flat = m.orthographic ? 1 : 0;
            m.orthographic = Attr.word(d, "projection", flat, "perspective", "orthographic") == 1;
            Attr.exclusive(d, "fovy", "sensorsize");
            m.fovy = Attr.number(d, "fovy", m.fovy);
            m.ipd = Attr.number(d, "ipd", m.ipd);
            Attr.integers(d, "resolution", m.resolution);
            List<String> kinds = List.of("rgb", "depth", "distance", "normal", "segmentation");
            m.output = Attr.bits(d, "output", m.output, kinds, 1);
            Attr.exact(d, "pos", m.pos);
            o.read(d);
            m.mode =
                    Attr.word(
                            d,
                            "mode",
                            m.mode,
                            "fixed",
                            "track",
                            "trackcom",
                            "targetbody",
                            "targetbodycom");
            Attr.exact(d, "focal", m.focal);
            Attr.exact(d, "focalpixel", m.focalpixel);
            Attr.exact(d, "principal", m.principal);
            Attr.exact(d, "principalpixel", m.principalpixel);
            Attr.exact(d, "sensorsize", m.sensorsize);
        }
        m.target = Attr.text(e, "target", "");
        label(m, e);
        m.quat = c.resolve(o, e);
        return m;
    }

    Spec.Inertial inertial(Element e) {
        Spec.Inertial in = new Spec.Inertial();
        e.get("pos");
        e.get("mass");
        Attr.exact(e, "pos", in.pos);
        in.mass = Attr.number(e, "mass", 0);
        Context.Orientation o = new Context.Orientation();
        o.read(e);
        in.quat = c.resolve(o, e);
        double[] diag = new double[3];
        if (Attr.exact(e, "diaginertia", diag)) {
            in.diag = diag;
        }
        double[] full = new double[6];
        if (Attr.exact(e, "fullinertia", full)) {
            for (String other :
                    List.of("diaginertia", "quat", "axisangle", "xyaxes", "zaxis", "euler")) {
                Attr.exclusive(e, "fullinertia", other);
            }
            in.full = full;
        }
        return in;
    }
}
