package org.openkaiwu.body.mjcf;

import org.openkaiwu.body.Spec;
import org.openkaiwu.body.xml.Element;

/**
 * The {@code dcmotor} shortcut: parameters of a direct-current motor from constants or nominal
 * figures. Kt = Ke = K; at no load the speed w0 solves vn K = w0 (K^2 + R B).
 */
final class DcMotor {
    private static final int TYPE_DYN = 5;
    private static final int TYPE = 3;

    private DcMotor() {}

    static void apply(Spec.Actuator a, Element d) {
        boolean again = a.gaintype == TYPE;
        double[] g = again ? a.gainprm.clone() : new double[10];
        double[] y = again ? a.dynprm.clone() : new double[10];
        double[] b = again ? a.biasprm.clone() : new double[10];
        double[] motor = {g[1], 0};
        double[] nominal = new double[3];
        double[] saturation = {0, 0, y[1]};
        double[] controller = {g[4], g[5], g[6], y[7], y[8], g[7]};
        double[] inductance = {0, y[0]};
        double[] cogging = {b[0], b[1], b[2]};
        double[] thermal = {y[2], y[3], 0, g[2], g[3], y[4]};
        double[] lugre = {y[5], y[6], b[3], b[4], b[5]};
        Attr.some(d, "motorconst", motor);
        double resistance = Attr.number(d, "resistance", g[0]);
        Attr.some(d, "nominal", nominal);
        Attr.some(d, "saturation", saturation);
        Attr.some(d, "inductance", inductance);
        Attr.some(d, "cogging", cogging);
        Attr.some(d, "controller", controller);
        Attr.some(d, "thermal", thermal);
        Attr.some(d, "lugre", lugre);
        if (!again) {
            a.ctrlspec = 0;
        }
        Actuators.input(a, d);
        constants(a, d, motor, resistance, nominal);
        System.arraycopy(controller, 0, a.gainprm, 4, 3);
        a.dynprm[7] = controller[3];
        a.dynprm[8] = controller[4];
        if (controller[5] > 0) {
            a.gainprm[7] = controller[5];
        }
        saturate(a, saturation);
        System.arraycopy(cogging, 0, a.biasprm, 0, 3);
        int states = (controller[3] > 0 ? 1 : 0) + (controller[1] > 0 ? 1 : 0);
        states += electrical(a, d, inductance);
        states += heat(a, d, thermal);
        states += friction(a, lugre);
        a.gainprm[8] = 0;
        a.actdim = states;
        a.actlimited = Spec.Auto.FALSE;
        a.actearly = true;
        a.dyntype = TYPE_DYN;
        a.gaintype = TYPE;
        a.biastype = TYPE;
    }

    private static void constants(
            Spec.Actuator a, Element d, double[] motor, double resistance, double[] nominal) {
        double r = resistance;
        double kt = motor[0];
        double ke = motor[1];
        double vn = nominal[0];
        double stall = nominal[1];
        double speed = nominal[2];
        if (vn > 0 && ke <= 0 && speed > 0) {
            ke = backEmf(a.damping[0], r, vn, stall, speed);
        }
        double k = kt > 0 && ke > 0 ? Math.sqrt(kt * ke) : kt > 0 ? kt : ke;
        if (r == 0 && vn > 0 && stall > 0 && k > 0) {
            r = k * vn / stall;
        }
        if (!(k > 0) || !(r > 0)) {
            throw d.error(
                    "needs a positive motor constant and resistance, by motorconst and resistance or"
                            + " by nominal");
        }
        a.gainprm[0] = r;
        a.gainprm[1] = k;
    }

    private static double backEmf(double damping, double r, double vn, double stall, double speed) {
        if (damping > 0 && r > 0) {
            double disc = vn * vn - 4 * r * damping * speed * speed;
            return disc > 0 ? (vn + Math.sqrt(disc)) / (2 * speed) : vn / speed;
        }
        if (damping > 0 && stall > 0) {
            double exact = vn / speed - vn * damping / stall;
            return exact > 0 ? exact : vn / speed;
        }
        return vn / speed;
    }

    private static void saturate(Spec.Actuator a, double[] s) {
        if (s[0] > 0 || s[1] > 0) {
            double torque = s[0] == 0 ? a.gainprm[1] * s[1] : s[0];
            a.forcerange[0] = -torque;
            a.forcerange[1] = torque;
            a.forcelimited = Spec.Auto.TRUE;
        }
        if (s[2] > 0) {
            a.dynprm[1] = s[2];
        }
    }

    private static int electrical(Spec.Actuator a, Element d, double[] inductance) {
        if (inductance[0] < 0 || inductance[1] < 0) {
            throw d.error("inductance must not be negative");
        }
        a.dynprm[0] = inductance[0] > 0 ? inductance[0] / a.gainprm[0] : inductance[1];
        return a.dynprm[0] > 0 ? 1 : 0;
    }

    private static int heat(Spec.Actuator a, Element d, double[] t) {
        if (!(t[0] > 0) && !(t[1] > 0) && !(t[2] > 0)) {
            return 0;
        }
        double resistance = t[0];
        double capacity = t[1];
        if (t[2] > 0 && resistance > 0 && capacity == 0) {
            capacity = t[2] / resistance;
        } else if (t[2] > 0 && capacity > 0 && resistance == 0) {
            resistance = t[2] / capacity;
        }
        if (!(resistance > 0) || !(capacity > 0)) {
            throw d.error("thermal needs two of resistance, capacitance, time constant");
        }
        a.dynprm[2] = resistance;
        a.dynprm[3] = capacity;
        a.dynprm[4] = t[5];
        a.gainprm[2] = t[3];
        a.gainprm[3] = t[4];
        return 1;
    }

    private static int friction(Spec.Actuator a, double[] l) {
        if (!(l[0] > 0)) {
            return 0;
        }
        a.dynprm[5] = l[0];
        a.dynprm[6] = l[1];
        System.arraycopy(l, 2, a.biasprm, 3, 3);
        return 1;
    }
}
