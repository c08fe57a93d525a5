package org.openkaiwu.body;

import static org.openkaiwu.body.Work.error;

import java.util.List;

/** Actuators: transmission, inputs and outputs, activations, limits. */
final class ActuatorWriter {
    private static final int TRN_JOINT = 0;
    private static final int TRN_JOINTINPARENT = 1;
    private static final int TRN_SLIDERCRANK = 2;
    private static final int TRN_TENDON = 3;
    private static final int TRN_SITE = 4;
    private static final int TRN_BODY = 5;
    private static final int TRN_SO3 = 6;
    private static final int DYN_NONE = 0;
    private static final int DYN_INTEGRATOR = 1;
    private static final int DYN_FILTEREXACT = 3;
    private static final int DYN_DCMOTOR = 5;
    private static final int DYN_PID = 6;
    private static final int DYN_USER = 7;
    private static final int GAIN_FIXED = 0;
    private static final int GAIN_MUSCLE = 2;
    private static final int GAIN_DCMOTOR = 3;
    private static final int GAIN_SO3 = 4;
    private static final int GAIN_PID = 5;
    private static final int BIAS_AFFINE = 1;
    private static final int BIAS_MUSCLE = 2;
    private static final int BIAS_SO3 = 4;
    private static final int INPUT_POS = 1;
    private static final int INPUT_VEL = 2;
    private static final int INPUT_FF = 4;
    private static final int INPUT_VOLTAGE = 8;
    private static final int INPUT_NONE = 16;
    private static final int MAX_SAMPLES = 1 << 24;

    private final Work w;
    private final Spec.Actuator s;
    private final double[] ctrlrange;
    private final double[] actrange;
    private int trn0 = -1;
    private int trn1 = -1;
    private int trntype;
    private int actdim;
    private int ctrlspec;
    private int ctrlnum = 1;
    private int outnum = 1;
    private boolean forcelimited;
    private boolean actlimited;
    private Spec.Auto actAuto;
    private boolean[] inputLimited;
    private double[][] inputRange;

    private ActuatorWriter(Work w, Spec.Actuator s) {
        this.w = w;
        this.s = s;
        ctrlrange = s.ctrlrange.clone();
        actrange = s.actrange.clone();
        trntype = s.trntype;
        actdim = s.actdim;
        actAuto = s.actlimited;
        if (s.target.isEmpty()) {
            throw fail("names no target (joint, tendon, site or body)");
        }
        target();
        so3();
        pid();
        dcmotor();
        rules();
        inheritRange();
        limits();
        activation();
        muscle();
        history();
        inputs();
    }

    static void write(Work w, Machine m) {
        List<Spec.Actuator> specs = w.spec.actuators;
        List<ActuatorWriter> l = specs.stream().map(a -> new ActuatorWriter(w, a)).toList();
        int n = l.size();
        m.nactuator = n;
        m.actuatorName = TreeWriter.names(l, a -> a.s.name);
        m.actuatorGroup = TreeWriter.ints(l, a -> a.s.group);
        m.actuatorTrntype = TreeWriter.ints(l, a -> a.trntype);
        m.actuatorDyntype = TreeWriter.ints(l, a -> a.s.dyntype);
        m.actuatorGaintype = TreeWriter.ints(l, a -> a.s.gaintype);
        m.actuatorBiastype = TreeWriter.ints(l, a -> a.s.biastype);
        m.actuatorTrnid = new int[2 * n];
        m.actuatorActadr = new int[n];
        m.actuatorActnum = TreeWriter.ints(l, a -> a.actdim);
        m.actuatorCtrladr = new int[n];
        m.actuatorCtrlnum = TreeWriter.ints(l, a -> a.ctrlnum);
        m.actuatorCtrlspec = TreeWriter.ints(l, a -> a.ctrlspec);
        m.actuatorOutadr = new int[n];
        m.actuatorOutnum = TreeWriter.ints(l, a -> a.outnum);
        for (int i = 0; i < n; i++) {
            ActuatorWriter a = l.get(i);
            m.actuatorTrnid[2 * i] = a.trn0;
            m.actuatorTrnid[2 * i + 1] = a.trn1;
            m.actuatorActadr[i] = a.actdim > 0 ? m.na : -1;
            m.na += a.actdim;
            m.actuatorCtrladr[i] = m.nu;
            m.nu += a.ctrlnum;
            m.actuatorOutadr[i] = m.nout;
            m.nout += a.outnum;
        }
        m.actuatorForcelimited = TreeWriter.flags(l, a -> a.forcelimited);
        m.actuatorActlimited = TreeWriter.flags(l, a -> a.actlimited);
        m.actuatorActearly = TreeWriter.flags(l, a -> a.s.actearly);
        m.actuatorDynprm = TreeWriter.doubles(l, 10, a -> a.s.dynprm);
        m.actuatorGainprm = TreeWriter.doubles(l, 10, a -> a.s.gainprm);
        m.actuatorBiasprm = TreeWriter.doubles(l, 10, a -> a.s.biasprm);
        m.actuatorForcerange = TreeWriter.doubles(l, 2, a -> a.s.forcerange);
        m.actuatorActrange = TreeWriter.doubles(l, 2, a -> a.actrange);
        m.actuatorCranklength = TreeWriter.scalars(l, a -> a.s.cranklength);
        m.actuatorDamping = TreeWriter.scalars(l, a -> a.s.damping[0]);
        m.actuatorDampingpoly = TreeWriter.doubles(l, 2, a -> TreeWriter.tail(a.s.damping));
        m.actuatorArmature = TreeWriter.scalars(l, a -> a.s.armature);
        m.actuatorDelay = TreeWriter.scalars(l, a -> a.s.delay);
        m.actuatorHistorynum = TreeWriter.ints(l, a -> a.s.historynum);
        m.actuatorInterp = TreeWriter.ints(l, a -> a.s.interp);
        blocks(m, l);
    }

    private static void blocks(Machine m, List<ActuatorWriter> l) {
        m.actuatorCtrllimited = new boolean[m.nu];
        m.actuatorCtrlrange = new double[2 * m.nu];
        m.actuatorGear = new double[6 * m.nout];
        m.actuatorLengthrange = new double[2 * m.nout];
        for (int i = 0; i < l.size(); i++) {
            ActuatorWriter a = l.get(i);
            for (int k = 0; k < a.ctrlnum; k++) {
                int j = m.actuatorCtrladr[i] + k;
                m.actuatorCtrllimited[j] = a.inputLimited[k];
                System.arraycopy(a.inputRange[k], 0, m.actuatorCtrlrange, 2 * j, 2);
            }
            for (int k = 0; k < a.outnum; k++) {
                int j = m.actuatorOutadr[i] + k;
                System.arraycopy(a.s.gear, 0, m.actuatorGear, 6 * j, 6);
                System.arraycopy(a.s.lengthrange, 0, m.actuatorLengthrange, 2 * j, 2);
            }
        }
    }

    /** Numbers of activations and of inputs that an actuator will have. */
    static int[] sizes(Spec.Actuator s) {
        int states =
                switch (s.dyntype) {
                    case DYN_NONE -> 0;
                    case DYN_PID -> (s.dynprm[1] > 0 ? 1 : 0) + (s.gainprm[0] > 0 ? 1 : 0);
                    case DYN_DCMOTOR -> Math.max(0, s.actdim);
                    default -> s.gaintype == GAIN_SO3 ? 3 : s.actdim < 0 ? 1 : s.actdim;
                };
        int inputs =
                switch (s.gaintype) {
                    case GAIN_SO3 -> s.ctrlspec == 2 ? 4 : 3;
                    case GAIN_PID -> s.ctrlspec == 0 ? 2 : Integer.bitCount(s.ctrlspec);
                    case GAIN_DCMOTOR ->
                            s.ctrlspec == 0 ? 1 : Integer.bitCount(s.ctrlspec & ~INPUT_NONE);
                    default -> 1;
                };
        return new int[] {states, inputs};
    }

    private org.openkaiwu.math.InputException fail(String message) {
        return error("actuator", s, message);
    }

    private int site(String name) {
        return Work.find(w.siteNames, "site", name, "actuator", s).id;
    }

    private void target() {
        switch (s.trntype) {
            case TRN_JOINT, TRN_JOINTINPARENT ->
                    trn0 = Work.find(w.jointNames, "joint", s.target, "actuator", s).id;
            case TRN_SLIDERCRANK -> {
                trn0 = site(s.target);
                trn1 = site(s.slidersite);
                if (!(s.cranklength > 0)) {
                    throw fail("cranklength must be positive");
                }
            }
            case TRN_TENDON -> trn0 = Work.find(w.tendonNames, "tendon", s.target, "actuator", s);
            case TRN_SITE -> {
                trn0 = site(s.target);
                if (!s.refsite.isEmpty()) {
                    trn1 = site(s.refsite);
                }
            }
            case TRN_BODY -> trn0 = Work.find(w.bodyNames, "body", s.target, "actuator", s).id;
            default -> throw fail("trntype " + s.trntype + " is none of 0 to 5");
        }
    }

    /** Geodesic servo: three outputs, three or four inputs. */
    private void so3() {
        if (s.gaintype != GAIN_SO3 && s.biastype != BIAS_SO3) {
            return;
        }
        if (s.gaintype != GAIN_SO3 || s.biastype != BIAS_SO3) {
            throw fail("gaintype and biastype must both be so3");
        }
        if (s.dyntype != DYN_NONE && s.dyntype != DYN_INTEGRATOR) {
            throw fail("so3 needs dyntype none or integrator");
        }
        if (s.gainprm[0] != -s.biasprm[1]) {
            throw fail("so3 needs gainprm[0] == -biasprm[1]");
        }
        boolean ball = s.trntype == TRN_JOINT && w.jointNames.get(s.target).spec.type == 1;
        if (!ball && !(s.trntype == TRN_SITE && trn1 >= 0)) {
            throw fail("so3 needs a ball joint, or a site with refsite");
        }
        if (s.dyntype == DYN_INTEGRATOR) {
            if (actdim > 0 && actdim != 3) {
                throw fail("so3 with an integrator needs actdim 3");
            }
            actdim = 3;
            if (actAuto == Spec.Auto.TRUE && actrange[0] == 0 && actrange[1] == 0) {
                actAuto = Spec.Auto.FALSE;
            }
        }
        ctrlspec = s.ctrlspec == 0 ? 1 : s.ctrlspec;
        if (ctrlspec != 1 && (ctrlspec != 2 || s.dyntype != DYN_NONE)) {
            throw fail("input of so3 must be expmap, or quat without an integrator");
        }
        ctrlnum = ctrlspec == 2 ? 4 : 3;
        outnum = 3;
        trntype = TRN_SO3;
    }

    private void pid() {
        if (s.dyntype == DYN_PID && s.gaintype != GAIN_PID) {
            throw fail("dyntype pid needs gaintype pid");
        }
        if (s.gaintype != GAIN_PID) {
            return;
        }
        if (s.biastype != BIAS_AFFINE || s.dyntype != DYN_NONE && s.dyntype != DYN_PID) {
            throw fail("pid needs biastype affine and dyntype none or pid");
        }
        if (s.dyntype == DYN_NONE && s.gainprm[0] != 0) {
            throw fail("ki (gainprm[0]) needs dyntype pid");
        }
        if (s.trntype == TRN_BODY) {
            throw fail("pid cannot act on a body");
        }
        if (s.dyntype == DYN_PID) {
            if (s.dynprm[0] < 0 || s.dynprm[1] < 0) {
                throw fail("imax and slewmax must not be negative");
            }
            int states = (s.dynprm[1] > 0 ? 1 : 0) + (s.gainprm[0] > 0 ? 1 : 0);
            if (actdim > 0 && actdim != states) {
                throw fail("actdim must be the number of controller states, " + states);
            }
            if (states > 1) {
                throw fail("ki and slewmax together are refused by MuJoCo 3.14; use one of them");
            }
            actdim = states;
        }
        ctrlspec = s.ctrlspec == 0 ? INPUT_POS | INPUT_VEL : s.ctrlspec;
        if ((ctrlspec & ~(INPUT_POS | INPUT_VEL | INPUT_FF)) != 0) {
            throw fail("inputs of pid are some of pos, vel, ff");
        }
        if (s.dyntype == DYN_PID && (ctrlspec & INPUT_POS) == 0) {
            throw fail("ki and slewmax need the pos input");
        }
        ctrlnum = Integer.bitCount(ctrlspec);
    }

    private void dcmotor() {
        if (s.gaintype != GAIN_DCMOTOR) {
            return;
        }
        ctrlspec = s.ctrlspec == 0 ? INPUT_VOLTAGE : s.ctrlspec;
        if (ctrlspec != INPUT_NONE && ctrlspec > 15) {
            throw fail("inputs of dcmotor are none, or some of pos, vel, ff, voltage");
        }
        boolean none = ctrlspec == INPUT_NONE;
        int controller = none ? 0 : ctrlspec & (INPUT_POS | INPUT_VEL | INPUT_FF);
        if (controller != 0 && s.gainprm[1] <= 0) {
            throw fail("the controller needs a positive motor constant");
        }
        if (controller == 0 && (s.gainprm[4] != 0 || s.gainprm[5] != 0 || s.gainprm[6] != 0)) {
            throw fail("controller gains need one of the inputs pos, vel, ff");
        }
        if (s.gainprm[5] > 0 && (ctrlspec & INPUT_POS) == 0) {
            throw fail("the integral gain needs the pos input");
        }
        if (controller == 0 && s.dynprm[7] > 0) {
            throw fail("the slew rate needs one of the inputs pos, vel, ff");
        }
        ctrlnum = none ? 0 : Integer.bitCount(ctrlspec);
    }

    private void rules() {
        boolean many =
                s.gaintype == GAIN_SO3 || s.gaintype == GAIN_PID || s.gaintype == GAIN_DCMOTOR;
        if (s.ctrlspec != 0 && !many) {
            throw fail("input is for so3, pid and dcmotor");
        }
        boolean onJointOrTendon =
                s.trntype == TRN_JOINT || s.trntype == TRN_JOINTINPARENT || s.trntype == TRN_TENDON;
        boolean damped = s.damping[0] != 0 || s.damping[1] != 0 || s.damping[2] != 0;
        if ((damped || s.armature != 0) && !onJointOrTendon) {
            throw fail("damping and armature need a joint or tendon");
        }
    }

    private void inheritRange() {
        boolean servo =
                s.gaintype == GAIN_FIXED && s.gainprm[0] == -s.biasprm[1] || s.gaintype == GAIN_PID;
        if (!servo || s.biastype != BIAS_AFFINE || !(s.inheritrange > 0)) {
            return;
        }
        double[] range =
                switch (s.dyntype) {
                    case DYN_NONE, DYN_FILTEREXACT, DYN_PID -> ctrlrange;
                    case DYN_INTEGRATOR -> actrange;
                    default -> throw fail("inheritrange is for position and intvelocity");
                };
        double[] from;
        if (s.trntype == TRN_JOINT) {
            Spec.Joint j = w.jointNames.get(s.target).spec;
            if (j.type < 2) {
                throw fail("inheritrange needs a hinge or slide joint");
            }
            from = j.range;
        } else if (s.trntype == TRN_TENDON) {
            from = w.spec.tendons.get(trn0).range;
        } else {
            throw fail("inheritrange needs a joint or tendon");
        }
        if (from[0] == from[1]) {
            throw fail("inheritrange: '" + s.target + "' has no range");
        }
        double mean = 0.5 * (from[1] + from[0]);
        double radius = 0.5 * (from[1] - from[0]) * s.inheritrange;
        range[0] = mean - radius;
        range[1] = mean + radius;
    }

    private void limits() {
        forcelimited = limit("force", s.forcelimited, s.forcerange);
        actlimited = limit("act", actAuto, actrange);
        if (actlimited && s.dyntype == DYN_NONE) {
            throw fail("actrange is given but the actuator has no activation");
        }
        if (trntype == TRN_SO3 && forcelimited && s.forcerange[0] != 0) {
            throw fail("forcerange of so3 bounds the torque's norm, so it starts at 0");
        }
    }

    private boolean limit(String attr, Spec.Auto auto, double[] range) {
        boolean on = w.limited("actuator", s, attr, auto, range);
        if (on && range[0] >= range[1]) {
            throw fail(attr + "range[0] must be less than " + attr + "range[1]");
        }
        return on;
    }

    private void activation() {
        boolean many = s.dyntype == DYN_USER || s.dyntype == DYN_DCMOTOR || trntype == TRN_SO3;
        if (actdim > 1 && !many) {
            throw fail("actdim above 1 is for dyntype user and dcmotor");
        }
        if (actdim == 1 && s.dyntype == DYN_NONE) {
            throw fail("actdim 1 needs a dyntype");
        }
        if (actdim == 0 && s.dyntype != DYN_NONE && s.dyntype != DYN_DCMOTOR) {
            throw fail("actdim 0 needs dyntype none");
        }
        if (actdim < 0) {
            actdim = s.dyntype != DYN_NONE && s.dyntype != DYN_DCMOTOR ? 1 : 0;
        }
        if (s.dyntype == DYN_DCMOTOR && !s.actearly) {
            throw fail("actearly of a dcmotor must be true");
        }
    }

    private void muscle() {
        for (double[] p :
                new double[][] {
                    s.gaintype == GAIN_MUSCLE ? s.gainprm : null,
                    s.biastype == BIAS_MUSCLE ? s.biasprm : null
                }) {
            if (p == null) {
                continue;
            }
            if (p[0] >= p[1] || p[4] >= 1 || p[5] <= 1) {
                throw fail("a muscle needs range[0] < range[1] and lmin < 1 < lmax");
            }
            if (p[3] <= 0 || p[6] <= 0 || p[7] <= 0 || p[8] <= 0) {
                throw fail("scale, vmax, fpmax and fvmax of a muscle must be positive");
            }
        }
    }

    private void history() {
        if (s.delay > 0 && s.historynum <= 0) {
            throw fail("delay needs nsample");
        }
        if ((s.delay > 0 || s.historynum > 0) && ctrlnum == 0) {
            throw fail("delay and nsample need an input");
        }
        if (s.historynum > MAX_SAMPLES) {
            throw fail("nsample is at most " + MAX_SAMPLES);
        }
    }

    private void inputs() {
        boolean on = limit("ctrl", s.ctrllimited, ctrlrange);
        inputLimited = new boolean[ctrlnum];
        inputRange = new double[ctrlnum][];
        for (int k = 0; k < ctrlnum; k++) {
            inputLimited[k] = on;
            inputRange[k] = ctrlrange;
        }
        if (s.gaintype == GAIN_PID) {
            int k = ctrlspec & INPUT_POS;
            if ((ctrlspec & INPUT_VEL) != 0) {
                inputLimited[k] = s.velrange[0] < s.velrange[1];
                inputRange[k++] = s.velrange;
            }
            if ((ctrlspec & INPUT_FF) != 0) {
                inputLimited[k] = s.ffrange[0] < s.ffrange[1];
                inputRange[k] = s.ffrange;
            }
        }
    }
}
