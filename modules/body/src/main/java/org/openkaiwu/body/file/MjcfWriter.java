package org.openkaiwu.body.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.openkaiwu.body.Options;
import org.openkaiwu.body.Spec;

/**
 * Writes a {@link Spec} as an MJCF file with its meshes beside it, so that reading it again gives
 * the same machine. Everything is written out: no default classes, radians, quaternions.
 */
public final class MjcfWriter {
    private static final String[] JOINTS = {"free", "ball", "slide", "hinge"};
    private static final String[] GEOMS = {
        "plane", "hfield", "sphere", "capsule", "ellipsoid", "cylinder", "box", "mesh", "sdf"
    };
    private static final String[] CAMERAS = {
        "fixed", "track", "trackcom", "targetbody", "targetbodycom"
    };
    private static final String[] EQUALITIES = {"connect", "weld", "joint", "tendon"};

    private final Spec spec;
    private final XmlText out = new XmlText();

    private MjcfWriter(Spec spec) {
        this.spec = spec;
    }

    /**
     * Writes {@code folder/name.xml} and the meshes as {@code folder/assets/*.stl}.
     *
     * @return the file
     */
    public static Path write(Spec spec, Path folder, String name) throws IOException {
        Files.createDirectories(folder);
        for (Spec.Mesh mesh : spec.meshes) {
            Path assets = Files.createDirectories(folder.resolve("assets"));
            Files.write(assets.resolve(fileOf(mesh)), stl(mesh));
        }
        Path file = folder.resolve(name + ".xml");
        Files.writeString(file, text(spec));
        return file;
    }

    /** The MJCF text; mesh files are expected in {@code assets/}. */
    public static String text(Spec spec) {
        MjcfWriter writer = new MjcfWriter(spec);
        writer.model();
        return writer.out.toString();
    }

    private static String fileOf(Spec.Mesh mesh) {
        return mesh.name.replaceAll("[^A-Za-z0-9._-]", "_") + ".stl";
    }

    private static byte[] stl(Spec.Mesh mesh) {
        int n = mesh.triangles.length / 3;
        ByteBuffer b = ByteBuffer.allocate(84 + 50 * n).order(ByteOrder.LITTLE_ENDIAN);
        b.put("binary triangles".getBytes(StandardCharsets.US_ASCII)).position(80).putInt(n);
        for (int t = 0; t < n; t++) {
            b.putFloat(0).putFloat(0).putFloat(0);
            for (int k = 0; k < 3; k++) {
                int v = 3 * mesh.triangles[3 * t + k];
                b.putFloat((float) mesh.vertices[v]);
                b.putFloat((float) mesh.vertices[v + 1]);
                b.putFloat((float) mesh.vertices[v + 2]);
            }
            b.putShort((short) 0);
        }
        return b.array();
    }

    private void model() {
        out.open("mujoco").text("model", spec.name);
        compiler();
        option();
        assets();
        out.open("worldbody");
        content(spec.world);
        out.close("worldbody");
        contact();
        equalities();
        tendons();
        if (!spec.actuators.isEmpty()) {
            out.open("actuator");
            spec.actuators.forEach(this::actuator);
            out.close("actuator");
        }
        sensors();
        keys();
        out.close("mujoco");
    }

    private void compiler() {
        Spec.CompilerOptions c = spec.compiler;
        out.open("compiler").text("angle", "radian").text("meshdir", "assets");
        out.number("boundmass", c.boundmass, 0).number("boundinertia", c.boundinertia, 0);
        out.number("settotalmass", c.settotalmass, -1);
        flag("balanceinertia", c.balanceinertia, false);
        flag("autolimits", c.autolimits, true);
        flag("fusestatic", c.fusestatic, false);
        flag("discardvisual", c.discardvisual, false);
        flag("alignfree", c.alignfree, false);
        auto("inertiafromgeom", c.inertiafromgeom);
        if (c.inertiagrouprange[0] != 0 || c.inertiagrouprange[1] != 5) {
            out.numbers("inertiagrouprange", c.inertiagrouprange[0], c.inertiagrouprange[1]);
        }
        out.close("compiler");
    }

    private void flag(String key, boolean value, boolean otherwise) {
        if (value != otherwise) {
            out.text(key, Boolean.toString(value));
        }
    }

    private void auto(String key, Spec.Auto value) {
        if (value != Spec.Auto.AUTO) {
            out.text(key, value == Spec.Auto.TRUE ? "true" : "false");
        }
    }

    private static String word(Enum<?> constant) {
        String name = constant.name();
        return switch (name) {
            case "EULER" -> "Euler";
            case "NEWTON" -> "Newton";
            case "RK4", "PGS", "CG" -> name;
            default -> name.toLowerCase(Locale.ROOT);
        };
    }

    private void option() {
        Options o = spec.option;
        Options d = new Options();
        out.open("option");
        out.number("timestep", o.timestep, d.timestep).number("impratio", o.impratio, d.impratio);
        out.number("tolerance", o.tolerance, d.tolerance);
        out.number("ls_tolerance", o.lsTolerance, d.lsTolerance);
        out.number("noslip_tolerance", o.noslipTolerance, d.noslipTolerance);
        out.number("ccd_tolerance", o.ccdTolerance, d.ccdTolerance);
        out.number("sleep_tolerance", o.sleepTolerance, d.sleepTolerance);
        out.changed("gravity", o.gravity, d.gravity).changed("wind", o.wind, d.wind);
        out.changed("magnetic", o.magnetic, d.magnetic);
        out.number("density", o.density, 0).number("viscosity", o.viscosity, 0);
        out.number("o_margin", o.oMargin, d.oMargin).changed("o_solref", o.oSolref, d.oSolref);
        out.changed("o_solimp", o.oSolimp, d.oSolimp);
        out.changed("o_friction", o.oFriction, d.oFriction);
        out.text("integrator", word(o.integrator)).text("cone", word(o.cone));
        out.text("solver", word(o.solver)).text("jacobian", word(o.jacobian));
        out.number("iterations", o.iterations, d.iterations);
        out.number("ls_iterations", o.lsIterations, d.lsIterations);
        out.number("noslip_iterations", o.noslipIterations, d.noslipIterations);
        out.number("ccd_iterations", o.ccdIterations, d.ccdIterations);
        if (!o.disable.isEmpty() || !o.enable.isEmpty()) {
            out.open("flag");
            o.disable.forEach(f -> out.text(f.name().toLowerCase(Locale.ROOT), "disable"));
            o.enable.forEach(f -> out.text(f.name().toLowerCase(Locale.ROOT), "enable"));
            out.close("flag");
        }
        out.close("option");
    }

    private void assets() {
        out.open("asset");
        for (Spec.Material m : spec.materials) {
            out.open("material").text("name", m.name).colour("rgba", m.rgba).close("material");
        }
        for (Spec.Mesh m : spec.meshes) {
            out.open("mesh").text("name", m.name).text("file", fileOf(m));
            out.changed("scale", m.scale, 1, 1, 1).changed("refpos", m.refpos, 0, 0, 0);
            out.changed("refquat", m.refquat, 1, 0, 0, 0);
            out.text("inertia", m.inertia.equals("legacy") ? "" : m.inertia);
            out.number("maxhullvert", m.maxhullvert, -1).close("mesh");
        }
        for (Spec.Hfield h : spec.hfields) {
            out.open("hfield").text("name", h.name).number("nrow", h.nrow).number("ncol", h.ncol);
            out.numbers("size", h.size).colour("elevation", h.data).close("hfield");
        }
        out.close("asset");
    }

    private void content(Spec.Body body) {
        Spec.Inertial i = body.inertial;
        if (i != null) {
            out.open("inertial").number("mass", i.mass).numbers("pos", i.pos);
            out.changed("quat", i.quat, 1, 0, 0, 0);
            if (i.full != null) {
                out.numbers("fullinertia", i.full);
            } else {
                out.numbers("diaginertia", i.diag);
            }
            out.close("inertial");
        }
        body.joints.forEach(this::joint);
        body.geoms.forEach(this::geom);
        body.sites.forEach(this::site);
        body.cameras.forEach(this::camera);
        for (Spec.Body child : body.bodies) {
            out.open("body").text("name", child.name).changed("pos", child.pos, 0, 0, 0);
            out.changed("quat", child.quat, 1, 0, 0, 0).number("gravcomp", child.gravcomp, 0);
            flag("mocap", child.mocap, false);
            String[] sleep = {"auto", "never", "allowed", "init"};
            out.text("sleep", child.sleep == 0 ? "" : sleep[child.sleep]);
            content(child);
            out.close("body");
        }
    }

    private void joint(Spec.Joint j) {
        out.open("joint").text("name", j.name).text("type", JOINTS[j.type]);
        out.number("group", j.group, 0);
        if (j.type != 0) {
            out.changed("pos", j.pos, 0, 0, 0).changed("axis", j.axis, 0, 0, 1);
            auto("limited", j.limited);
            out.changed("range", j.range, 0, 0).number("ref", j.ref, 0);
            out.number("springref", j.springref, 0);
            out.changed("springdamper", j.springdamper, 0, 0);
            out.changed("solreflimit", j.solreflimit, 0.02, 1);
            out.changed("solimplimit", j.solimplimit, 0.9, 0.95, 0.001, 0.5, 2);
            out.number("margin", j.margin, 0);
            auto("actuatorfrclimited", j.actuatorfrclimited);
            out.changed("actuatorfrcrange", j.actuatorfrcrange, 0, 0);
            flag("actuatorgravcomp", j.actuatorgravcomp, false);
        } else {
            auto("align", j.align);
        }
        out.changed("stiffness", trimmed(j.stiffness), 0).changed("damping", trimmed(j.damping), 0);
        out.number("armature", j.armature, 0).number("frictionloss", j.frictionloss, 0);
        out.changed("solreffriction", j.solreffriction, 0.02, 1);
        out.changed("solimpfriction", j.solimpfriction, 0.9, 0.95, 0.001, 0.5, 2);
        out.close("joint");
    }

    /** Without the zero coefficients at the end. */
    static double[] trimmed(double[] coefficients) {
        int n = coefficients.length;
        while (n > 1 && coefficients[n - 1] == 0) {
            n--;
        }
        return java.util.Arrays.copyOf(coefficients, n);
    }

    private void geom(Spec.Geom g) {
        out.open("geom").text("name", g.name).text("type", GEOMS[g.type]);
        out.text("mesh", g.mesh).text("hfield", g.hfield).text("material", g.material);
        boolean sized = g.size[0] != 0 || g.size[1] != 0 || g.size[2] != 0;
        if (sized) {
            out.numbers("size", g.size);
        }
        if (g.fromto != null) {
            out.numbers("fromto", g.fromto);
        } else {
            out.changed("pos", g.pos, 0, 0, 0).changed("quat", g.quat, 1, 0, 0, 0);
        }
        out.number("contype", g.contype, 1).number("conaffinity", g.conaffinity, 1);
        out.number("condim", g.condim, 3).number("group", g.group, 0);
        out.number("priority", g.priority, 0);
        out.changed("friction", g.friction, 1, 0.005, 0.0001).number("solmix", g.solmix, 1);
        out.changed("solref", g.solref, 0.02, 1);
        out.changed("solimp", g.solimp, 0.9, 0.95, 0.001, 0.5, 2);
        out.number("margin", g.margin, 0).number("gap", g.gap, 0);
        out.number("mass", g.mass, Double.NaN).number("density", g.density, 1000);
        flag("shellinertia", g.shellinertia, false);
        if (g.fluidEllipsoid) {
            out.text("fluidshape", "ellipsoid").numbers("fluidcoef", g.fluidcoef);
        }
        out.changed("surfacevel", g.surfacevel, 0, 0, 0, 0, 0, 0);
        out.number("adhesion", g.adhesion, 0).number("fitscale", g.fitscale, 1);
        out.colour("rgba", g.rgba).close("geom");
    }

    private void site(Spec.Site s) {
        out.open("site").text("name", s.name).text("type", GEOMS[s.type]);
        out.number("group", s.group, 0).numbers("size", s.size);
        if (s.fromto != null) {
            out.numbers("fromto", s.fromto);
        } else {
            out.changed("pos", s.pos, 0, 0, 0).changed("quat", s.quat, 1, 0, 0, 0);
        }
        out.colour("rgba", s.rgba).close("site");
    }

    private void camera(Spec.Camera c) {
        out.open("camera").text("name", c.name);
        out.text("mode", c.mode == 0 ? "" : CAMERAS[c.mode]).text("target", c.target);
        out.changed("pos", c.pos, 0, 0, 0).changed("quat", c.quat, 1, 0, 0, 0);
        if (c.sensorsize[0] == 0) {
            out.number("fovy", c.fovy, 45);
        } else {
            out.numbers("sensorsize", c.sensorsize).changed("focal", c.focal, 0, 0);
            out.changed("focalpixel", c.focalpixel, 0, 0).changed("principal", c.principal, 0, 0);
            out.changed("principalpixel", c.principalpixel, 0, 0);
        }
        out.number("ipd", c.ipd, 0.068);
        out.numbers("resolution", c.resolution[0], c.resolution[1]);
        if (c.orthographic) {
            out.text("projection", "orthographic");
        }
        out.close("camera");
    }

    private void contact() {
        if (spec.pairs.isEmpty() && spec.excludes.isEmpty()) {
            return;
        }
        out.open("contact");
        for (Spec.Pair p : spec.pairs) {
            out.open("pair").text("name", p.name).text("geom1", p.geom1).text("geom2", p.geom2);
            out.number("condim", p.condim, -1).changed("friction", p.friction);
            out.changed("solref", p.solref).changed("solreffriction", p.solreffriction);
            out.changed("solimp", p.solimp).number("margin", p.margin, Double.NaN);
            out.number("gap", p.gap, Double.NaN).number("adhesion", p.adhesion, Double.NaN);
            out.close("pair");
        }
        for (Spec.Exclude e : spec.excludes) {
            out.open("exclude").text("name", e.name).text("body1", e.body1);
            out.text("body2", e.body2).close("exclude");
        }
        out.close("contact");
    }

    private void equalities() {
        if (spec.equalities.isEmpty()) {
            return;
        }
        out.open("equality");
        for (Spec.Equality e : spec.equalities) {
            String kind = EQUALITIES[e.type];
            String object = e.type >= 2 ? kind : e.sites ? "site" : "body";
            out.open(kind).text("name", e.name);
            out.text(object + "1", e.obj1).text(object + "2", e.obj2);
            flag("active", e.active, true);
            out.changed("solref", e.solref, 0.02, 1);
            out.changed("solimp", e.solimp, 0.9, 0.95, 0.001, 0.5, 2);
            if (e.type >= 2) {
                out.changed("polycoef", e.polycoef, 0, 1, 0, 0, 0);
            } else if (!e.sites) {
                out.changed("anchor", e.anchor);
            }
            if (e.type == 1) {
                out.changed("relpose", e.relpose, 0, 1, 0, 0, 0, 0, 0);
                out.number("torquescale", e.torquescale, 1);
            }
            out.close(kind);
        }
        out.close("equality");
    }

    private void tendons() {
        if (spec.tendons.isEmpty()) {
            return;
        }
        out.open("tendon");
        for (Spec.Tendon t : spec.tendons) {
            String kind = t.spatial ? "spatial" : "fixed";
            out.open(kind).text("name", t.name).number("group", t.group, 0);
            auto("limited", t.limited);
            out.changed("range", t.range, 0, 0);
            auto("actuatorfrclimited", t.actuatorfrclimited);
            out.changed("actuatorfrcrange", t.actuatorfrcrange, 0, 0);
            out.changed("solreflimit", t.solreflimit, 0.02, 1);
            out.changed("solimplimit", t.solimplimit, 0.9, 0.95, 0.001, 0.5, 2);
            out.changed("solreffriction", t.solreffriction, 0.02, 1);
            out.changed("solimpfriction", t.solimpfriction, 0.9, 0.95, 0.001, 0.5, 2);
            out.number("margin", t.margin, 0).number("frictionloss", t.frictionloss, 0);
            out.changed("springlength", t.springlength, -1, -1);
            out.changed("stiffness", trimmed(t.stiffness), 0);
            out.changed("damping", trimmed(t.damping), 0).number("armature", t.armature, 0);
            if (t.spatial) {
                out.number("width", t.width, 0.003).colour("rgba", t.rgba);
            }
            t.path.forEach(this::wrap);
            out.close(kind);
        }
        out.close("tendon");
    }

    private void wrap(Spec.Wrap w) {
        switch (w.kind) {
            case 1 ->
                    out.open("joint")
                            .text("joint", w.object)
                            .number("coef", w.value)
                            .close("joint");
            case 2 -> out.open("pulley").number("divisor", w.value).close("pulley");
            case 3 -> out.open("site").text("site", w.object).close("site");
            default ->
                    out.open("geom")
                            .text("geom", w.object)
                            .text("sidesite", w.sidesite)
                            .close("geom");
        }
    }

    private void actuator(Spec.Actuator a) {
        new MjcfActuators(out, spec).write(a);
    }

    private void sensors() {
        if (spec.sensors.isEmpty()) {
            return;
        }
        out.open("sensor");
        for (Spec.Sensor s : spec.sensors) {
            MjcfActuators.sensor(out, s);
        }
        out.close("sensor");
    }

    private void keys() {
        if (spec.keys.isEmpty()) {
            return;
        }
        out.open("keyframe");
        for (Spec.Key k : spec.keys) {
            out.open("key").text("name", k.name).number("time", k.time, 0);
            out.changed("qpos", k.qpos).changed("qvel", k.qvel).changed("act", k.act);
            out.changed("ctrl", k.ctrl).changed("mpos", k.mpos).changed("mquat", k.mquat);
            out.close("key");
        }
        out.close("keyframe");
    }
}
