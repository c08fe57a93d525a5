package org.openkaiwu.body.file;

import java.util.Set;
import org.openkaiwu.body.Spec;

/** Actuator and sensor elements. */
final class MjcfActuators {
    private static final String[] TARGETS = {
        "joint", "jointinparent", "cranksite", "tendon", "site", "body"
    };
    private static final String[] DYNAMICS = {
        "none", "integrator", "filter", "filterexact", "muscle", "dcmotor", "pid", "user"
    };
    private static final String[] GAINS = {
        "fixed", "affine", "muscle", "dcmotor", "so3", "pid", "user"
    };
    private static final String[] BIASES = {"none", "affine", "muscle", "dcmotor", "so3", "user"};

    /** Sensors that name their object by kind and name. */
    private static final Set<String> FRAMES =
            Set.of(
                    "framepos",
                    "framequat",
                    "framexaxis",
                    "frameyaxis",
                    "framezaxis",
                    "framelinvel",
                    "frameangvel",
                    "framelinacc",
                    "frameangacc");

    /** Sensors of two objects and of many numbers; a machine's own description has none. */
    private static final Set<String> LEFT_OUT =
            Set.of(
                    "camprojection",
                    "rangefinder",
                    "insidesite",
                    "distance",
                    "normal",
                    "fromto",
                    "contact",
                    "tactile",
                    "user");

    private final XmlText out;
    private final Spec spec;

    MjcfActuators(XmlText out, Spec spec) {
        this.out = out;
        this.spec = spec;
    }

    /** A range that follows from the target's, written out. */
    private double[] inherited(Spec.Actuator a) {
        double[] range = a.trntype == 3 ? tendonRange(a.target) : jointRange(spec.world, a.target);
        if (range == null) {
            return null;
        }
        double middle = (range[0] + range[1]) / 2;
        double half = (range[1] - range[0]) / 2 * a.inheritrange;
        return new double[] {middle - half, middle + half};
    }

    private double[] tendonRange(String name) {
        return spec.tendons.stream()
                .filter(t -> t.name.equals(name))
                .map(t -> t.range)
                .findFirst()
                .orElse(null);
    }

    private static double[] jointRange(Spec.Body body, String name) {
        for (Spec.Joint j : body.joints) {
            if (j.name.equals(name)) {
                return j.range;
            }
        }
        for (Spec.Body child : body.bodies) {
            double[] range = jointRange(child, name);
            if (range != null) {
                return range;
            }
        }
        return null;
    }

    void write(Spec.Actuator a) {
        out.open("general").text("name", a.name).number("group", a.group, 0);
        out.text(TARGETS[a.trntype], a.target).text("refsite", a.refsite);
        out.text("slidersite", a.slidersite).number("cranklength", a.cranklength, 0);
        out.text("dyntype", DYNAMICS[a.dyntype]).text("gaintype", GAINS[a.gaintype]);
        out.text("biastype", BIASES[a.biastype]);
        out.numbers("dynprm", a.dynprm).numbers("gainprm", a.gainprm).numbers("biasprm", a.biasprm);
        auto("ctrllimited", a.ctrllimited);
        auto("forcelimited", a.forcelimited);
        auto("actlimited", a.actlimited);
        double[] inherited = a.inheritrange > 0 ? inherited(a) : null;
        boolean integrates = a.dyntype == 1;
        out.changed("ctrlrange", inherited == null || integrates ? a.ctrlrange : inherited, 0, 0);
        out.changed("forcerange", a.forcerange, 0, 0);
        out.changed("actrange", inherited != null && integrates ? inherited : a.actrange, 0, 0);
        out.changed("lengthrange", a.lengthrange, 0, 0);
        out.changed("gear", a.gear, 1, 0, 0, 0, 0, 0);
        out.changed("damping", MjcfWriter.trimmed(a.damping), 0).number("armature", a.armature, 0);
        if (a.actearly) {
            out.text("actearly", "true");
        }
        out.number("actdim", a.actdim, -1);
        out.number("delay", a.delay, 0).number("nsample", a.historynum, 0);
        out.close("general");
    }

    private void auto(String key, Spec.Auto value) {
        if (value != Spec.Auto.AUTO) {
            out.text(key, value == Spec.Auto.TRUE ? "true" : "false");
        }
    }

    static void sensor(XmlText out, Spec.Sensor s) {
        if (LEFT_OUT.contains(s.type)) {
            return;
        }
        out.open(s.type).text("name", s.name);
        if (FRAMES.contains(s.type)) {
            out.text("objtype", s.objtype).text("objname", s.obj);
            out.text("reftype", s.reftype).text("refname", s.ref);
        } else if (!s.objtype.isEmpty()) {
            out.text(s.objtype.equals("xbody") ? "body" : s.objtype, s.obj);
        }
        out.number("cutoff", s.cutoff, 0).number("noise", s.noise, 0);
        out.close(s.type);
    }
}
