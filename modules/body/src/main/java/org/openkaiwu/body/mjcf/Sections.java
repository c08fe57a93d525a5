package org.openkaiwu.body.mjcf;

import java.util.List;
import org.openkaiwu.body.Options;
import org.openkaiwu.body.Spec;
import org.openkaiwu.body.xml.Element;

/** Reads the settings and the sections that speak of the tree. */
final class Sections {
    private final Context c;

    Sections(Context c) {
        this.c = c;
    }

    void compiler(Element e) {
        Spec.CompilerOptions o = c.spec.compiler;
        if (e.get("coordinate", "local").equals("global")) {
            throw e.error("coordinate=\"global\" is no longer supported; MuJoCo 2.3.3 converts it");
        }
        o.autolimits = Attr.bool(e, "autolimits", o.autolimits);
        o.boundmass = Attr.number(e, "boundmass", o.boundmass);
        o.boundinertia = Attr.number(e, "boundinertia", o.boundinertia);
        o.settotalmass = Attr.number(e, "settotalmass", o.settotalmass);
        o.balanceinertia = Attr.bool(e, "balanceinertia", o.balanceinertia);
        c.degree = Attr.word(e, "angle", c.degree ? 1 : 0, "radian", "degree") == 1;
        o.fitaabb = Attr.bool(e, "fitaabb", o.fitaabb);
        c.eulerseq = Attr.text(e, "eulerseq", c.eulerseq);
        if (!c.eulerseq.matches("[xyzXYZ]{3}")) {
            throw e.error("eulerseq is \"" + c.eulerseq + "\"; it needs three of x y z X Y Z");
        }
        c.assetdir = Attr.text(e, "assetdir", c.assetdir);
        c.meshdir = Attr.text(e, "meshdir", e.has("assetdir") ? c.assetdir : c.meshdir);
        o.discardvisual = Attr.bool(e, "discardvisual", o.discardvisual);
        o.fusestatic = Attr.bool(e, "fusestatic", o.fusestatic);
        o.inertiafromgeom = Attr.auto(e, "inertiafromgeom", o.inertiafromgeom);
        Attr.integers(e, "inertiagrouprange", o.inertiagrouprange);
        o.alignfree = Attr.bool(e, "alignfree", o.alignfree);
    }

    void option(Element e) {
        Options o = c.spec.option;
        o.timestep = Attr.number(e, "timestep", o.timestep);
        o.impratio = Attr.number(e, "impratio", o.impratio);
        o.tolerance = Attr.number(e, "tolerance", o.tolerance);
        o.lsTolerance = Attr.number(e, "ls_tolerance", o.lsTolerance);
        o.noslipTolerance = Attr.number(e, "noslip_tolerance", o.noslipTolerance);
        o.ccdTolerance = Attr.number(e, "ccd_tolerance", o.ccdTolerance);
        o.sleepTolerance = Attr.number(e, "sleep_tolerance", o.sleepTolerance);
        Attr.exact(e, "gravity", o.gravity);
        Attr.exact(e, "wind", o.wind);
        Attr.exact(e, "magnetic", o.magnetic);
        o.density = Attr.number(e, "density", o.density);
        o.viscosity = Attr.number(e, "viscosity", o.viscosity);
        o.oMargin = Attr.number(e, "o_margin", o.oMargin);
        Attr.some(e, "o_solref", o.oSolref);
        Attr.some(e, "o_solimp", o.oSolimp);
        Attr.some(e, "o_friction", o.oFriction);
        o.integrator =
                Options.Integrator.values()[
                        Attr.word(
                                e,
                                "integrator",
                                o.integrator.ordinal(),
                                "Euler",
                                "RK4",
                                "implicit",
                                "implicitfast",
                                "discrete")];
        o.cone =
                Options.Cone.values()[
                        Attr.word(e, "cone", o.cone.ordinal(), "pyramidal", "elliptic")];
        o.jacobian =
                Options.JacobianForm.values()[
                        Attr.word(e, "jacobian", o.jacobian.ordinal(), "dense", "sparse", "auto")];
        o.solver =
                Options.Solver.values()[
                        Attr.word(e, "solver", o.solver.ordinal(), "PGS", "CG", "Newton")];
        o.iterations = Attr.integer(e, "iterations", o.iterations);
        o.lsIterations = Attr.integer(e, "ls_iterations", o.lsIterations);
        o.noslipIterations = Attr.integer(e, "noslip_iterations", o.noslipIterations);
        o.ccdIterations = Attr.integer(e, "ccd_iterations", o.ccdIterations);
        groups(e, o);
        c.source.children(e, "flag").forEach(f -> flags(f, o));
        if (!(o.timestep > 0)) {
            throw e.error("timestep must be positive, it is " + o.timestep);
        }
    }

    private static void groups(Element e, Options o) {
        double[] groups = Attr.list(e, "actuatorgroupdisable");
        if (groups == null) {
            return;
        }
        for (double g : groups) {
            if (g != Math.rint(g) || g < 0 || g > 30) {
                throw e.error("actuatorgroupdisable holds " + g + "; groups are 0 to 30");
            }
            o.disableactuator |= 1 << (int) g;
        }
    }

    private static void flags(Element e, Options o) {
        for (Options.Flag f : Options.Flag.values()) {
            String key = f.name().toLowerCase(java.util.Locale.ROOT);
            if (!e.has(key)) {
                continue;
            }
            boolean on = Attr.word(e, key, 0, "disable", "enable") == 1;
            boolean normallyOn = f.compareTo(Options.Flag.OVERRIDE) < 0;
            var set = normallyOn ? o.disable : o.enable;
            if (on == normallyOn) {
                set.remove(f);
            } else {
                set.add(f);
            }
        }
    }

    void statistic(Element e) {
        c.spec.stat.meaninertia = Attr.number(e, "meaninertia", c.spec.stat.meaninertia);
        c.spec.stat.meanmass = Attr.number(e, "meanmass", c.spec.stat.meanmass);
        c.spec.stat.meansize = Attr.number(e, "meansize", c.spec.stat.meansize);
        c.spec.stat.extent = Attr.number(e, "extent", c.spec.stat.extent);
        if (c.spec.stat.extent <= 0) {
            throw e.error("extent must be positive, it is " + c.spec.stat.extent);
        }
        Attr.exact(e, "center", c.spec.stat.center);
    }

    void contact(Element e) {
        for (Element x : c.source.children(e)) {
            if (x.name().equals("exclude")) {
                Spec.Exclude ex = new Spec.Exclude();
                Parts.label(ex, x);
                ex.body1 = x.get("body1");
                ex.body2 = x.get("body2");
                c.spec.excludes.add(ex);
            } else {
                pair(x);
            }
        }
    }

    private void pair(Element e) {
        Defaults.Klass k = c.defaults.find(e, "class", c.defaults.main());
        Spec.Pair p = new Spec.Pair();
        p.condim = 3;
        p.friction = new double[] {1, 1, 0.005, 0.0001, 0.0001};
        p.solref = new double[] {0.02, 1};
        p.solreffriction = new double[] {0, 0};
        p.solimp = new double[] {0.9, 0.95, 0.001, 0.5, 2};
        p.margin = 0;
        p.gap = 0;
        for (Element d : Parts.chain(k, "pair", e)) {
            p.condim = Attr.integer(d, "condim", p.condim);
            Attr.some(d, "friction", p.friction);
            Attr.some(d, "solref", p.solref);
            Attr.some(d, "solreffriction", p.solreffriction);
            Attr.some(d, "solimp", p.solimp);
            p.margin = Attr.number(d, "margin", p.margin);
            p.gap = Attr.number(d, "gap", p.gap);
            p.adhesion = Attr.number(d, "adhesion", p.adhesion);
        }
        Parts.label(p, e);
        p.geom1 = e.get("geom1");
        p.geom2 = e.get("geom2");
        c.spec.pairs.add(p);
    }

    void equality(Element section) {
        for (Element e : c.source.children(section)) {
            Spec.Equality q = new Spec.Equality();
            Defaults.Klass k = c.defaults.find(e, "class", c.defaults.main());
            for (Element d : Parts.chain(k, "equality", e)) {
                q.active = Attr.bool(d, "active", q.active);
                Attr.some(d, "solref", q.solref);
                Attr.some(d, "solimp", q.solimp);
            }
            Parts.label(q, e);
            switch (e.name()) {
                case "connect" -> bodies(e, q, 0);
                case "weld" -> bodies(e, q, 1);
                case "joint" -> coupling(e, q, 2, "joint1", "joint2");
                case "tendon" -> coupling(e, q, 3, "tendon1", "tendon2");
                default -> throw e.error("is not supported: OpenKaiwu simulates rigid bodies only");
            }
            c.spec.equalities.add(q);
        }
    }

    private static void bodies(Element e, Spec.Equality q, int type) {
        q.type = type;
        q.sites = e.has("site1") || e.has("site2");
        for (String other : List.of("body1", "body2", "anchor", "relpose")) {
            if (q.sites && e.has(other)) {
                throw e.error("has both a site and \"" + other + "\"; give one of them");
            }
        }
        q.obj1 = e.get(q.sites ? "site1" : "body1");
        q.obj2 = q.sites ? e.get("site2") : e.get("body2", "");
        double[] anchor = new double[3];
        if (Attr.exact(e, "anchor", anchor)) {
            q.anchor = anchor;
        } else if (type == 0 && !q.sites) {
            throw e.error("needs an anchor");
        }
        double[] relpose = new double[7];
        if (Attr.exact(e, "relpose", relpose)) {
            q.relpose = relpose;
        } else {
            q.relpose = new double[7];
        }
        q.torquescale = Attr.number(e, "torquescale", q.torquescale);
    }

    private static void coupling(Element e, Spec.Equality q, int type, String one, String two) {
        q.type = type;
        q.obj1 = e.get(one);
        q.obj2 = e.get(two, "");
        Attr.some(e, "polycoef", q.polycoef);
    }

    void tendon(Element section) {
        for (Element e : c.source.children(section)) {
            Defaults.Klass k = c.defaults.find(e, "class", c.defaults.main());
            Spec.Tendon t = new Spec.Tendon();
            for (Element d : Parts.chain(k, "tendon", e)) {
                apply(d, t);
            }
            Parts.label(t, e);
            t.spatial = e.name().equals("spatial");
            c.source.children(e).forEach(x -> t.path.add(wrap(x)));
            c.spec.tendons.add(t);
        }
    }

    private static void apply(Element d, Spec.Tendon t) {
        t.group = Attr.integer(d, "group", t.group);
        t.limited = Attr.auto(d, "limited", t.limited);
        t.actuatorfrclimited = Attr.auto(d, "actuatorfrclimited", t.actuatorfrclimited);
        Attr.exact(d, "range", t.range);
        Attr.exact(d, "actuatorfrcrange", t.actuatorfrcrange);
        Attr.some(d, "solreflimit", t.solreflimit);
        Attr.some(d, "solimplimit", t.solimplimit);
        Attr.some(d, "solreffriction", t.solreffriction);
        Attr.some(d, "solimpfriction", t.solimpfriction);
        t.frictionloss = Attr.number(d, "frictionloss", t.frictionloss);
        double[] length = Attr.list(d, "springlength");
        Attr.some(d, "springlength", t.springlength);
        if (length != null && length.length == 1) {
            t.springlength[1] = length[0];
        }
        t.width = Attr.number(d, "width", t.width);
        t.material = Attr.text(d, "material", t.material);
        t.margin = Attr.number(d, "margin", t.margin);
        Attr.some(d, "stiffness", t.stiffness);
        Attr.some(d, "damping", t.damping);
        t.armature = Attr.number(d, "armature", t.armature);
        t.rgba = Attr.colour(d, "rgba", t.rgba);
    }

    private static Spec.Wrap wrap(Element e) {
        Spec.Wrap w = new Spec.Wrap();
        switch (e.name()) {
            case "joint" -> {
                w.kind = 1;
                w.object = e.get("joint");
                w.value = e.number("coef");
            }
            case "pulley" -> {
                w.kind = 2;
                w.value = e.number("divisor");
            }
            case "site" -> {
                w.kind = 3;
                w.object = e.get("site");
            }
            default -> {
                w.kind = 4;
                w.object = e.get("geom");
                w.sidesite = e.get("sidesite", "");
            }
        }
        return w;
    }

    void keyframe(Element section) {
        for (Element e : c.source.children(section)) {
            Spec.Key k = new Spec.Key();
            Parts.label(k, e);
            k.time = Attr.number(e, "time", 0);
            k.qpos = filled(e, "qpos");
            k.qvel = filled(e, "qvel");
            k.act = filled(e, "act");
            k.ctrl = filled(e, "ctrl");
            k.mpos = filled(e, "mpos");
            k.mquat = filled(e, "mquat");
            c.spec.keys.add(k);
        }
    }

    private static double[] filled(Element e, String key) {
        double[] v = Attr.list(e, key);
        return v == null || v.length == 0 ? null : v;
    }
}
