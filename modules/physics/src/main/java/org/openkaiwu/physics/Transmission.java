package org.openkaiwu.physics;

import org.openkaiwu.body.Machine;
import org.openkaiwu.dynamics.Integrate;
import org.openkaiwu.dynamics.Jacobian;
import org.openkaiwu.dynamics.TreeData;
import org.openkaiwu.math.Flat;

/** Actuator lengths and moments (the lengths' Jacobians), one row per actuator output. */
final class Transmission {
    static final int JOINT = 0;
    static final int JOINTINPARENT = 1;
    static final int SLIDERCRANK = 2;
    static final int TENDON = 3;
    static final int SITE = 4;
    static final int BODY = 5;
    static final int SO3 = 6;

    private Transmission() {}

    static void run(World w) {
        Machine m = w.machine;
        for (int a = 0; a < m.nactuator; a++) {
            int out = m.actuatorOutadr[a];
            int id = m.actuatorTrnid[2 * a];
            switch (m.actuatorTrntype[a]) {
                case JOINT -> joint(w, out, id, false);
                case JOINTINPARENT -> joint(w, out, id, true);
                case SLIDERCRANK -> sliderCrank(w, out, id, m.actuatorTrnid[2 * a + 1]);
                case TENDON -> tendon(w, out, id);
                case SITE -> {
                    int ref = m.actuatorTrnid[2 * a + 1];
                    if (ref < 0) {
                        site(w, out, id);
                    } else {
                        siteFromSite(w, out, id, ref);
                    }
                }
                case BODY -> body(w, out, id);
                default -> orientation(w, out, id, m.actuatorTrnid[2 * a + 1]);
            }
        }
    }

    private static void joint(World w, int out, int j, boolean inParent) {
        Machine m = w.machine;
        double[] gear = m.actuatorGear;
        int g = 6 * out;
        int adr = w.model.momentRowadr[out];
        int qa = m.jntQposadr[j];
        switch (m.jntType[j]) {
            case Joints.SLIDE, Joints.HINGE -> {
                w.actuatorLength[out] = w.qpos[qa] * gear[g];
                w.actuatorMoment[adr] = gear[g];
            }
            case Joints.BALL -> {
                double[] s = w.scratch;
                unitQuat(w, qa, s, 0);
                Integrate.rotationVector(s, 4, s[0], s[1], s[2], s[3], 1);
                gearAxis(gear, g, s, 0, inParent, w.actuatorMoment, adr);
                w.actuatorLength[out] = Flat.dot3(s, 4, w.actuatorMoment, adr);
            }
            default -> {
                double[] s = w.scratch;
                unitQuat(w, qa + 3, s, 0);
                w.actuatorLength[out] = 0;
                System.arraycopy(gear, g, w.actuatorMoment, adr, 3);
                gearAxis(gear, g + 3, s, 0, inParent, w.actuatorMoment, adr + 3);
            }
        }
    }

    private static void unitQuat(World w, int qa, double[] s, int so) {
        System.arraycopy(w.qpos, qa, s, so, 4);
        Flat.normalizeQuat(s, so);
    }

    /** The gear in the child's frame, given there or in the parent's. */
    private static void gearAxis(
            double[] gear, int g, double[] quat, int qo, boolean inParent, double[] r, int ro) {
        if (inParent) {
            // by the inverse rotation
            quat[qo + 1] = -quat[qo + 1];
            quat[qo + 2] = -quat[qo + 2];
            quat[qo + 3] = -quat[qo + 3];
            Flat.rotVecQuat(r, ro, gear, g, quat, qo);
        } else {
            System.arraycopy(gear, g, r, ro, 3);
        }
    }

    private static void tendon(World w, int out, int t) {
        double gear = w.machine.actuatorGear[6 * out];
        w.actuatorLength[out] = w.tenLength[t] * gear;
        int from = w.model.tenJRowadr[t];
        int n = w.model.tenJRowadr[t + 1] - from;
        int to = w.model.momentRowadr[out];
        for (int k = 0; k < n; k++) {
            w.actuatorMoment[to + k] = gear * w.tenJ[from + k];
        }
    }

    /** Length of the slider that a rod of fixed length holds to the crank site. */
    private static void sliderCrank(World w, int out, int crank, int slider) {
        Machine m = w.machine;
        TreeData d = w.tree;
        double gear = m.actuatorGear[6 * out];
        double rod = m.actuatorCranklength[out];
        double[] s = w.scratch;
        // 0: axis, 3: from slider to crank, 6: dlength/daxis, 9: dlength/dvec, 12: torque, 15: 0
        for (int c = 0; c < 3; c++) {
            s[c] = d.siteXmat[9 * slider + 2 + 3 * c];
            s[3 + c] = d.siteXpos[3 * crank + c] - d.siteXpos[3 * slider + c];
        }
        double av = Flat.dot3(s, 3, s, 0);
        double det = av * av + rod * rod - Flat.dot3(s, 3, s, 3);
        double root = det <= 0 ? 0 : Math.sqrt(det);
        w.actuatorLength[out] = (av - root) * gear;
        for (int c = 0; c < 3; c++) {
            if (det > 0) {
                s[6 + c] = s[3 + c] * (1 - av / root);
                s[9 + c] = s[c] * (1 - av / root) + s[3 + c] / root;
            } else {
                s[6 + c] = s[3 + c];
                s[9 + c] = s[c];
            }
        }
        Flat.cross3(s, 12, s, 0, s, 6);
        Flat.set3(s, 15, 0, 0, 0);
        Jacobian.applyForce(m, d, m.siteBodyid[crank], s, 9, s, 15, d.siteXpos, 3 * crank, w.dense);
        Flat.set3(s, 9, -s[9], -s[10], -s[11]);
        Jacobian.applyForce(
                m, d, m.siteBodyid[slider], s, 9, s, 12, d.siteXpos, 3 * slider, w.dense);
        w.gatherRow(w.model.momentRowadr, w.model.momentColind, out, w.actuatorMoment, gear);
    }

    private static void site(World w, int out, int site) {
        Machine m = w.machine;
        TreeData d = w.tree;
        double[] s = w.scratch;
        w.actuatorLength[out] = 0;
        Flat.mulMatVec3(s, 0, d.siteXmat, 9 * site, m.actuatorGear, 6 * out);
        Flat.mulMatVec3(s, 3, d.siteXmat, 9 * site, m.actuatorGear, 6 * out + 3);
        Jacobian.applyForce(m, d, m.siteBodyid[site], s, 0, s, 3, d.siteXpos, 3 * site, w.dense);
        w.gatherRow(w.model.momentRowadr, w.model.momentColind, out, w.actuatorMoment, 1);
    }

    private static void siteFromSite(World w, int out, int site, int ref) {
        Machine m = w.machine;
        TreeData d = w.tree;
        double[] s = w.scratch;
        double[] gear = m.actuatorGear;
        int g = 6 * out;
        double length = 0;
        if (gear[g] != 0 || gear[g + 1] != 0 || gear[g + 2] != 0) {
            for (int c = 0; c < 3; c++) {
                s[c] = d.siteXpos[3 * site + c] - d.siteXpos[3 * ref + c];
            }
            Flat.mulMatTVec3(s, 0, d.siteXmat, 9 * ref, s, 0);
            length += Flat.dot3(s, 0, gear, g);
        }
        if (gear[g + 3] != 0 || gear[g + 4] != 0 || gear[g + 5] != 0) {
            relativeRotation(w, site, ref, s, 0);
            length += Flat.dot3(s, 0, gear, g + 3);
        }
        w.actuatorLength[out] = length;
        Flat.mulMatVec3(s, 0, d.siteXmat, 9 * ref, gear, g);
        Flat.mulMatVec3(s, 3, d.siteXmat, 9 * ref, gear, g + 3);
        differenceRow(w, out, site, ref);
    }

    /** Moment of the wrench {@code scratch[0..5]} on the site, its opposite on the other one. */
    private static void differenceRow(World w, int out, int site, int ref) {
        Machine m = w.machine;
        TreeData d = w.tree;
        double[] s = w.scratch;
        Jacobian.applyForce(m, d, m.siteBodyid[site], s, 0, s, 3, d.siteXpos, 3 * site, w.dense);
        for (int c = 0; c < 6; c++) {
            s[c] = -s[c];
        }
        Jacobian.applyForce(m, d, m.siteBodyid[ref], s, 0, s, 3, d.siteXpos, 3 * ref, w.dense);
        // dofs that move both sites count for nothing
        int i = d.tree.bodyLastDof[m.siteBodyid[site]];
        int j = d.tree.bodyLastDof[m.siteBodyid[ref]];
        while (i != j && i >= 0 && j >= 0) {
            if (i < j) {
                j = m.dofParentid[j];
            } else {
                i = m.dofParentid[i];
            }
        }
        if (i == j) {
            for (; i >= 0; i = m.dofParentid[i]) {
                w.dense[i] = 0;
            }
        }
        w.gatherRow(w.model.momentRowadr, w.model.momentColind, out, w.actuatorMoment, 1);
    }

    /** Rotation vector from the frame of {@code ref} to that of {@code site}. */
    private static void relativeRotation(World w, int site, int ref, double[] r, int ro) {
        Machine m = w.machine;
        double[] q = w.quats;
        // the order of factors is MuJoCo's
        Flat.mulQuat(q, 0, m.siteQuat, 4 * site, w.tree.xquat, 4 * m.siteBodyid[site]);
        Flat.mulQuat(q, 4, m.siteQuat, 4 * ref, w.tree.xquat, 4 * m.siteBodyid[ref]);
        Integrate.subQuat(r, ro, q, 0, q, 4, 1);
    }

    private static void orientation(World w, int out, int id, int ref) {
        Machine m = w.machine;
        double[] s = w.scratch;
        if (ref < 0) {
            unitQuat(w, m.jntQposadr[id], s, 0);
            Integrate.rotationVector(s, 4, s[0], s[1], s[2], s[3], 1);
            for (int k = 0; k < 3; k++) {
                w.actuatorLength[out + k] = s[4 + k];
                w.actuatorMoment[w.model.momentRowadr[out + k]] = 1;
            }
            return;
        }
        relativeRotation(w, id, ref, s, 6);
        for (int k = 0; k < 3; k++) {
            w.actuatorLength[out + k] = s[6 + k];
        }
        for (int k = 0; k < 3; k++) {
            Flat.set3(s, 0, 0, 0, 0);
            for (int c = 0; c < 3; c++) {
                s[3 + c] = w.tree.siteXmat[9 * id + k + 3 * c];
            }
            differenceRow(w, out + k, id, ref);
        }
    }

    /** Adhesion: the mean normal of the body's contacts, pulling. */
    private static void body(World w, int out, int body) {
        Machine m = w.machine;
        w.actuatorLength[out] = 0;
        int count = 0;
        for (int c = 0; c < w.contacts.count; c++) {
            int b1 = m.geomBodyid[w.contacts.geom1[c]];
            int b2 = m.geomBodyid[w.contacts.geom2[c]];
            if (b1 != body && b2 != body || w.contacts.exclude[c] > 1) {
                continue;
            }
            if (w.tree.tree.bodyLastDof[b1] < 0 && w.tree.tree.bodyLastDof[b2] < 0) {
                continue;
            }
            count++;
            Contacts.addNormal(w, c, w.dense, 1);
        }
        w.gatherRow(
                w.model.momentRowadr,
                w.model.momentColind,
                out,
                w.actuatorMoment,
                count == 0 ? 0 : -1.0 / count);
    }
}
