package org.openkaiwu.body.mjcf;

import java.util.Arrays;
import java.util.List;
import org.openkaiwu.body.Spec;
import org.openkaiwu.body.xml.Element;

/** Reads actuators: the general form, and the shortcuts that set its parameters. */
final class Actuators {
    private static final int DYN_NONE = 0;
    private static final int DYN_INTEGRATOR = 1;
    private static final int DYN_FILTER = 2;
    private static final int DYN_FILTEREXACT = 3;
    private static final int DYN_MUSCLE = 4;
    private static final int DYN_PID = 6;
    private static final int GAIN_FIXED = 0;
    private static final int GAIN_AFFINE = 1;
    private static final int GAIN_MUSCLE = 2;
    private static final int GAIN_SO3 = 4;
    private static final int GAIN_PID = 5;
    private static final int BIAS_NONE = 0;
    private static final int BIAS_AFFINE = 1;
    private static final int BIAS_MUSCLE = 2;
    private static final int BIAS_SO3 = 4;
    private static final List<String> INPUTS = List.of("pos", "vel", "ff", "voltage");

    private Actuators() {}

    static Spec.Actuator read(Context c, Element e) {
        Defaults.Klass k = c.defaults.find(e, "class", c.defaults.main());
        Spec.Actuator a = new Spec.Actuator();
        a.trntype = -1;
        for (Element d : Parts.chain(k, "actuator", e)) {
            apply(a, d);
        }
        Parts.label(a, e);
        if (a.trntype < 0) {
            throw e.error("names no target: joint, jointinparent, tendon, cranksite, site or body");
        }
        return a;
    }

    private static void apply(Spec.Actuator a, Element d) {
        common(a, d);
        transmission(a, d);
        switch (d.name()) {
            case "general" -> input(a, d);
            case "motor" -> motor(a);
            case "position" -> position(a, d);
            case "intvelocity" -> intvelocity(a, d);
            case "orientation" -> orientation(a, d);
            case "pid" -> pid(a, d);
            case "velocity" -> velocity(a, d);
            case "damper" -> damper(a, d);
            case "cylinder" -> cylinder(a, d);
            case "muscle" -> muscle(a, d);
            case "adhesion" -> adhesion(a, d);
            case "dcmotor" -> DcMotor.apply(a, d);
            default -> throw d.error("is not supported: there are no plugins");
        }
    }

    private static void common(Spec.Actuator a, Element d) {
        a.group = Attr.integer(d, "group", a.group);
        a.historynum = Attr.integer(d, "nsample", a.historynum);
        a.interp = Attr.word(d, "interp", a.interp, "zoh", "linear", "cubic");
        a.delay = Attr.number(d, "delay", a.delay);
        Attr.exact(d, "ctrlrange", a.ctrlrange);
        a.ctrllimited = Attr.auto(d, "ctrllimited", a.ctrllimited);
        a.forcelimited = Attr.auto(d, "forcelimited", a.forcelimited);
        a.actlimited = Attr.auto(d, "actlimited", a.actlimited);
        Attr.exact(d, "forcerange", a.forcerange);
        Attr.exact(d, "actrange", a.actrange);
        Attr.exact(d, "lengthrange", a.lengthrange);
        Attr.some(d, "gear", a.gear);
        Attr.some(d, "damping", a.damping);
        a.armature = Attr.number(d, "armature", a.armature);
        a.actdim = Attr.integer(d, "actdim", a.actdim);
        Attr.exact(d, "velrange", a.velrange);
        Attr.exact(d, "ffrange", a.ffrange);
        a.dyntype =
                Attr.word(
                        d,
                        "dyntype",
                        a.dyntype,
                        "none",
                        "integrator",
                        "filter",
                        "filterexact",
                        "muscle",
                        "dcmotor",
                        "pid",
                        "user");
        a.gaintype =
                Attr.word(
                        d,
                        "gaintype",
                        a.gaintype,
                        "fixed",
                        "affine",
                        "muscle",
                        "dcmotor",
                        "so3",
                        "pid",
                        "user");
        a.biastype =
                Attr.word(
                        d,
                        "biastype",
                        a.biastype,
                        "none",
                        "affine",
                        "muscle",
                        "dcmotor",
                        "so3",
                        "user");
        Attr.some(d, "dynprm", a.dynprm);
        Attr.some(d, "gainprm", a.gainprm);
        Attr.some(d, "biasprm", a.biasprm);
        a.actearly = Attr.bool(d, "actearly", a.actearly);
    }

    private static void transmission(Spec.Actuator a, Element d) {
        Attr.exclusive(d, "joint", "jointinparent", "tendon", "cranksite", "site", "body");
        String[] kinds = {"joint", "jointinparent", "cranksite", "tendon", "site", "body"};
        for (int i = 0; i < kinds.length; i++) {
            if (d.has(kinds[i])) {
                a.target = d.get(kinds[i]);
                a.trntype = i;
            }
        }
        a.cranklength = Attr.number(d, "cranklength", a.cranklength);
        a.slidersite = Attr.text(d, "slidersite", a.slidersite);
        a.refsite = Attr.text(d, "refsite", a.refsite);
        boolean crank = d.has("cranklength") || d.has("slidersite");
        if (crank && a.trntype >= 0 && a.trntype != 2) {
            throw d.error("cranklength and slidersite need a cranksite");
        }
        if (d.has("refsite") && a.trntype >= 0 && a.trntype != 4) {
            throw d.error("refsite needs a site");
        }
    }

    /** Chart of an orientation, "none", or a list of inputs. */
    static void input(Spec.Actuator a, Element d) {
        if (!d.has("input")) {
            return;
        }
        a.ctrlspec =
                switch (d.get("input").strip()) {
                    case "expmap" -> 1;
                    case "quat" -> 2;
                    case "none" -> 16;
                    default -> Attr.bits(d, "input", 0, INPUTS, 1);
                };
    }

    private static void types(Spec.Actuator a, int dyn, int gain, int bias) {
        a.dyntype = dyn;
        a.gaintype = gain;
        a.biastype = bias;
    }

    private static void motor(Spec.Actuator a) {
        a.gainprm[0] = 1;
        types(a, DYN_NONE, GAIN_FIXED, BIAS_NONE);
    }

    /** kv is kept as a negative number, a damping ratio as a positive one. */
    private static void damping(Spec.Actuator a, Element d) {
        Attr.exclusive(d, "kv", "dampratio");
        if (d.has("kv")) {
            a.biasprm[2] = -notNegative(d, "kv", 0);
        }
        if (d.has("dampratio")) {
            a.biasprm[2] = notNegative(d, "dampratio", 0);
        }
    }

    static double notNegative(Element d, String key, double present) {
        double v = Attr.number(d, key, present);
        if (v < 0) {
            throw d.error("attribute \"" + key + "\" must not be negative, it is " + v);
        }
        return v;
    }

    private static void servo(Spec.Actuator a, Element d) {
        a.gainprm[0] = Attr.number(d, "kp", a.gainprm[0]);
        a.biasprm[1] = -a.gainprm[0];
        damping(a, d);
    }

    private static void inherit(Spec.Actuator a, Element d, double[] range, String name) {
        a.inheritrange = Attr.number(d, "inheritrange", a.inheritrange);
        if (a.inheritrange > 0 && (range[0] != 0 || range[1] != 0)) {
            throw d.error("has both " + name + " and inheritrange; give one of them");
        }
    }

    private static void position(Spec.Actuator a, Element d) {
        servo(a, d);
        if (d.has("timeconst")) {
            a.dynprm[0] = notNegative(d, "timeconst", 0);
            a.dyntype = a.dynprm[0] == 0 ? DYN_NONE : DYN_FILTEREXACT;
        }
        inherit(a, d, a.ctrlrange, "ctrlrange");
        types(a, a.dyntype, GAIN_FIXED, BIAS_AFFINE);
    }

    private static void intvelocity(Spec.Actuator a, Element d) {
        servo(a, d);
        inherit(a, d, a.actrange, "actrange");
        types(a, DYN_INTEGRATOR, GAIN_FIXED, BIAS_AFFINE);
    }

    private static void orientation(Spec.Actuator a, Element d) {
        servo(a, d);
        input(a, d);
        types(a, DYN_NONE, GAIN_SO3, BIAS_SO3);
    }

    private static void pid(Spec.Actuator a, Element d) {
        boolean before = a.dyntype == DYN_PID;
        double kp = Attr.number(d, "kp", -a.biasprm[1]);
        a.biasprm[1] = -kp;
        damping(a, d);
        double ki = Attr.number(d, "ki", before ? a.gainprm[0] : 0);
        double imax = Attr.number(d, "imax", before ? a.dynprm[0] : 0);
        double slewmax = notNegative(d, "slewmax", before ? a.dynprm[1] : 0);
        a.gainprm[0] = ki;
        a.dynprm[1] = slewmax;
        if (ki != 0) {
            a.dynprm[0] = imax;
        }
        input(a, d);
        Attr.exact(d, "posrange", a.ctrlrange);
        inherit(a, d, a.ctrlrange, "posrange");
        types(a, ki != 0 || slewmax != 0 ? DYN_PID : DYN_NONE, GAIN_PID, BIAS_AFFINE);
    }

    private static void velocity(Spec.Actuator a, Element d) {
        double kv = Attr.number(d, "kv", a.gainprm[0]);
        Arrays.fill(a.biasprm, 0);
        a.gainprm[0] = kv;
        a.biasprm[2] = -kv;
        types(a, DYN_NONE, GAIN_FIXED, BIAS_AFFINE);
    }

    private static void notNegativeRange(Spec.Actuator a, Element d) {
        if (a.ctrlrange[0] < 0 || a.ctrlrange[1] < 0) {
            throw d.error("ctrlrange must not be negative here");
        }
    }

    private static void damper(Spec.Actuator a, Element d) {
        double kv = notNegative(d, "kv", a.gaintype == GAIN_AFFINE ? -a.gainprm[2] : 0);
        Arrays.fill(a.gainprm, 0);
        a.gainprm[2] = -kv;
        a.ctrllimited = Spec.Auto.TRUE;
        types(a, DYN_NONE, GAIN_AFFINE, BIAS_NONE);
        notNegativeRange(a, d);
    }

    private static void cylinder(Spec.Actuator a, Element d) {
        a.dynprm[0] = Attr.number(d, "timeconst", a.dynprm[0]);
        double[] bias = {a.biasprm[0], a.biasprm[1], a.biasprm[2]};
        Attr.exact(d, "bias", bias);
        System.arraycopy(bias, 0, a.biasprm, 0, 3);
        a.gainprm[0] = Attr.number(d, "area", a.gainprm[0]);
        double diameter = Attr.number(d, "diameter", -1);
        if (diameter >= 0) {
            a.gainprm[0] = Math.PI / 4 * diameter * diameter;
        }
        types(a, DYN_FILTER, GAIN_FIXED, BIAS_AFFINE);
    }

    private static void muscle(Spec.Actuator a, Element d) {
        double[] g = a.gainprm;
        double[] from = {1, 0, 0, 0, 0, 0, 0, 0, 0};
        double[] to = {0.75, 1.05, -1, 200, 0.5, 1.6, 1.5, 1.3, 1.2};
        a.dynprm[0] = a.dynprm[0] == 1 ? 0.01 : a.dynprm[0];
        a.dynprm[1] = a.dynprm[1] == 0 ? 0.04 : a.dynprm[1];
        for (int i = 0; i < 9; i++) {
            g[i] = g[i] == from[i] ? to[i] : g[i];
        }
        a.dynprm[2] = notNegative(d, "tausmooth", a.dynprm[2]);
        double[] tau = {-1, -1};
        double[] range = {-1, -1};
        Attr.exact(d, "timeconst", tau);
        Attr.exact(d, "range", range);
        for (int i = 0; i < 2; i++) {
            a.dynprm[i] = tau[i] >= 0 ? tau[i] : a.dynprm[i];
            g[i] = range[i] >= 0 ? range[i] : g[i];
        }
        String[] keys = {"force", "scale", "lmin", "lmax", "vmax", "fpmax", "fvmax"};
        for (int i = 0; i < keys.length; i++) {
            double v = Attr.number(d, keys[i], -1);
            g[i + 2] = v >= 0 ? v : g[i + 2];
        }
        System.arraycopy(g, 0, a.biasprm, 0, 9);
        types(a, DYN_MUSCLE, GAIN_MUSCLE, BIAS_MUSCLE);
    }

    private static void adhesion(Spec.Actuator a, Element d) {
        a.gainprm[0] = notNegative(d, "gain", a.gainprm[0]);
        a.ctrllimited = Spec.Auto.TRUE;
        a.gaintype = GAIN_FIXED;
        a.biastype = BIAS_NONE;
        notNegativeRange(a, d);
    }
}
