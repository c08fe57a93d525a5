package org.openkaiwu.app.simcmd;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openkaiwu.body.Machine;
import org.openkaiwu.collision.ContactBuffer;
import org.openkaiwu.dynamics.Crb;
import org.openkaiwu.physics.Model;
import org.openkaiwu.physics.World;
import org.openkaiwu.physics.constraint.Rows;

/** What a world holds after {@code forward}, under the field names of the reference files. */
final class StateReport {
    private StateReport() {}

    static Map<String, Object> of(World w) {
        Map<String, Object> r = new LinkedHashMap<>();
        input(w, r);
        kinematics(w, r);
        forces(w, r);
        actuators(w, r);
        contacts(w, r);
        rows(w, r);
        if (w.machine.nsensordata > 0) {
            Json.put(r, "sensordata", w.sensordata);
        }
        Json.put(r, "energy", w.energy);
        return r;
    }

    private static void input(World w, Map<String, Object> r) {
        r.put("time", w.time);
        Json.put(r, "qpos", w.qpos);
        Json.put(r, "qvel", w.qvel);
        if (w.machine.na > 0) {
            Json.put(r, "act", w.act);
        }
        if (w.machine.nu > 0) {
            Json.put(r, "ctrl", w.ctrl);
        }
    }

    private static void kinematics(World w, Map<String, Object> r) {
        Json.put(r, "xpos", w.tree.xpos);
        Json.put(r, "xquat", w.tree.xquat);
        Json.put(r, "xipos", w.tree.xipos);
        Json.put(r, "ximat", w.tree.ximat);
        Json.put(r, "geom_xpos", w.tree.geomXpos);
        Json.put(r, "geom_xmat", w.tree.geomXmat);
        Json.put(r, "site_xpos", w.tree.siteXpos);
        Json.put(r, "site_xmat", w.tree.siteXmat);
        Json.put(r, "subtree_com", w.tree.subtreeCom);
        Json.put(r, "cvel", w.tree.cvel);
        Json.put(r, "M_lower", lowerM(w));
    }

    private static double[] lowerM(World w) {
        int nv = w.machine.nv;
        int[] rowadr = w.model.tree.mRowadr;
        double[] out = new double[nv * (nv + 1) / 2];
        for (int i = 0; i < nv; i++) {
            for (int k = rowadr[i]; k < rowadr[i + 1]; k++) {
                out[i * (i + 1) / 2 + w.model.tree.mColind[k]] = w.tree.qM[k];
            }
        }
        return out;
    }

    private static void forces(World w, Map<String, Object> r) {
        Json.put(r, "qfrc_bias", w.tree.qfrcBias);
        Json.put(r, "qfrc_passive", w.qfrcPassive);
        Json.put(r, "qfrc_spring", w.qfrcSpring);
        Json.put(r, "qfrc_damper", w.qfrcDamper);
        Json.put(r, "qfrc_gravcomp", w.qfrcGravcomp);
        Json.put(r, "qfrc_fluid", w.qfrcFluid);
        Json.put(r, "qfrc_adhesion", w.qfrcAdhesion);
        Json.put(r, "qfrc_actuator", w.qfrcActuator);
        Json.put(r, "qacc_smooth", w.qaccSmooth);
        Json.put(r, "qacc", w.qacc);
        Json.put(r, "qfrc_constraint", w.qfrcConstraint);
        Json.put(r, "qfrc_inverse", inverse(w));
    }

    /** Force that the acceleration calls for beyond passive and constraint forces. */
    private static double[] inverse(World w) {
        double[] out = new double[w.machine.nv];
        Crb.mulM(w.machine, w.tree, out, w.qacc);
        for (int i = 0; i < out.length; i++) {
            out[i] += w.tree.qfrcBias[i] - w.qfrcPassive[i] - w.qfrcConstraint[i];
        }
        return out;
    }

    private static void actuators(World w, Map<String, Object> r) {
        Machine m = w.machine;
        Model model = w.model;
        if (m.nactuator > 0) {
            Json.put(r, "actuator_force", w.actuatorForce);
            Json.put(r, "actuator_length", w.actuatorLength);
            Json.put(r, "actuator_velocity", w.actuatorVelocity);
            Json.put(
                    r,
                    "actuator_moment",
                    dense(m.nv, model.momentRowadr, model.momentColind, w.actuatorMoment));
        }
        if (m.na > 0) {
            Json.put(r, "act_dot", w.actDot);
        }
        if (m.ntendon > 0) {
            Json.put(r, "ten_length", w.tenLength);
            Json.put(r, "ten_velocity", w.tenVelocity);
            Json.put(r, "ten_J", dense(m.nv, model.tenJRowadr, model.tenJColind, w.tenJ));
        }
    }

    private static double[] dense(int nv, int[] rowadr, int[] colind, double[] a) {
        double[] out = new double[(rowadr.length - 1) * nv];
        for (int i = 0; i < rowadr.length - 1; i++) {
            for (int k = rowadr[i]; k < rowadr[i + 1]; k++) {
                out[i * nv + colind[k]] = a[k];
            }
        }
        return out;
    }

    private static void contacts(World w, Map<String, Object> r) {
        ContactBuffer c = w.contacts;
        List<Map<String, Object>> list = new ArrayList<>();
        for (int i = 0; i < c.count; i++) {
            Map<String, Object> e = new LinkedHashMap<>();
            e.put("geom1", c.geom1[i]);
            e.put("geom2", c.geom2[i]);
            e.put("dist", c.dist[i]);
            Json.put(e, "pos", Arrays.copyOfRange(c.pos, 3 * i, 3 * i + 3));
            Json.put(e, "frame", Arrays.copyOfRange(c.frame, 9 * i, 9 * i + 9));
            e.put("dim", c.dim[i]);
            Json.put(e, "friction", Arrays.copyOfRange(c.friction, 5 * i, 5 * i + 5));
            Json.put(e, "solref", Arrays.copyOfRange(c.solref, 2 * i, 2 * i + 2));
            Json.put(e, "solimp", Arrays.copyOfRange(c.solimp, 5 * i, 5 * i + 5));
            e.put("mu", c.mu[i]);
            e.put("includemargin", c.includemargin[i]);
            e.put("exclude", c.exclude[i]);
            e.put("efc_address", c.efcAddress[i]);
            list.add(e);
        }
        r.put("ncon", c.count);
        r.put("contacts", list);
    }

    private static void rows(World w, Map<String, Object> r) {
        Rows e = w.constraints.rows;
        int n = e.nefc;
        r.put("nefc", n);
        r.put("ne", e.ne);
        r.put("nf", e.nf);
        r.put("nl", e.nl);
        r.put("nisland", w.constraints.islands());
        if (n == 0) {
            return;
        }
        r.put("efc_type", Arrays.copyOf(e.type, n));
        r.put("efc_id", Arrays.copyOf(e.id, n));
        r.put("efc_state", Arrays.copyOf(e.state, n));
        r.put("efc_pos", Json.numbers(e.pos, n));
        r.put("efc_margin", Json.numbers(e.margin, n));
        r.put("efc_vel", Json.numbers(e.vel, n));
        r.put("efc_aref", Json.numbers(e.aref, n));
        r.put("efc_R", Json.numbers(e.r, n));
        r.put("efc_D", Json.numbers(e.d, n));
        r.put("efc_force", Json.numbers(e.force, n));
        r.put("efc_diagA", Json.numbers(e.diagA, n));
        r.put("efc_KBIP", Json.numbers(e.kbip, 4 * n));
        r.put("solver_niter", new int[] {w.constraints.iterations()});
    }
}
