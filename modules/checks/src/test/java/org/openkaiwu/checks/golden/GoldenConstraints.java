package org.openkaiwu.checks.golden;

import org.openkaiwu.body.Machine;
import org.openkaiwu.collision.ContactBuffer;
import org.openkaiwu.dynamics.ComPos;
import org.openkaiwu.dynamics.ComVel;
import org.openkaiwu.dynamics.FactorM;
import org.openkaiwu.dynamics.Kinematics;
import org.openkaiwu.dynamics.Tree;
import org.openkaiwu.dynamics.TreeData;
import org.openkaiwu.physics.constraint.ConstraintInput;
import org.openkaiwu.physics.constraint.ConstraintModel;
import org.openkaiwu.physics.constraint.Solvers;
import tools.jackson.databind.JsonNode;

/**
 * Feeds the constraint stage with the reference's own contacts, inertia matrix, tendons and smooth
 * acceleration, so that it is tested apart from the rest.
 */
public final class GoldenConstraints {
    public final Machine machine;
    public final ConstraintModel model;
    public final ConstraintInput input = new ConstraintInput();
    private final Tree tree;

    public GoldenConstraints(GoldenFile file) {
        this(file, file.machine());
    }

    /** With a machine whose options were changed. */
    public GoldenConstraints(GoldenFile file, Machine machine) {
        this.machine = machine;
        JsonNode fixed = file.root().path("static");
        tree = new Tree(machine);
        model =
                new ConstraintModel(
                        machine,
                        tree,
                        GoldenFile.numbers(fixed.path("body_invweight0")),
                        GoldenFile.numbers(fixed.path("dof_invweight0")),
                        GoldenFile.numbers(fixed.path("tendon_invweight0")),
                        GoldenFile.numbers(fixed.path("tendon_length0")),
                        GoldenFile.number(
                                file.root().path("options").path("stat").path("meaninertia")),
                        new Solvers(machine));
        input.data = new TreeData(machine, tree);
        input.contacts = new ContactBuffer();
        input.eqActive = machine.eqActive0;
        input.qaccSmooth = new double[machine.nv];
        input.qfrcSmooth = new double[machine.nv];
        input.qaccWarmstart = new double[machine.nv];
    }

    /** Puts a state in. */
    public void set(GoldenFile.State s) {
        TreeData d = input.data;
        int nv = machine.nv;
        copy(s.array("qpos"), d.qpos);
        copy(s.array("qvel"), d.qvel);
        copy(s.array("mocap_pos"), d.mocapPos);
        copy(s.array("mocap_quat"), d.mocapQuat);
        Kinematics.run(machine, d);
        ComPos.run(machine, d);
        ComVel.run(machine, d);
        double[] lower = s.array("M_lower");
        for (int i = 0; i < nv; i++) {
            for (int k = tree.mRowadr[i]; k < tree.mRowadr[i + 1]; k++) {
                d.qM[k] = lower[i * (i + 1) / 2 + tree.mColind[k]];
            }
        }
        FactorM.run(machine, d);
        copy(s.array("qacc_smooth"), input.qaccSmooth);
        for (int i = 0; i < nv; i++) {
            double sum = 0;
            for (int j = 0; j < nv; j++) {
                int row = Math.max(i, j);
                sum += lower[row * (row + 1) / 2 + Math.min(i, j)] * input.qaccSmooth[j];
            }
            input.qfrcSmooth[i] = sum;
        }
        tendons(s);
        contacts(s);
    }

    private static void copy(double[] from, double[] to) {
        System.arraycopy(from, 0, to, 0, from.length);
    }

    private void tendons(GoldenFile.State s) {
        int nt = machine.ntendon;
        int nv = machine.nv;
        input.tenLength = s.array("ten_length", nt);
        double[] dense = s.array("ten_J", nt * nv);
        input.tenJRowadr = new int[nt + 1];
        input.tenJColind = new int[nt * nv];
        input.tenJ = new double[nt * nv];
        int at = 0;
        for (int t = 0; t < nt; t++) {
            for (int j = 0; j < nv; j++) {
                if (dense[t * nv + j] != 0) {
                    input.tenJColind[at] = j;
                    input.tenJ[at++] = dense[t * nv + j];
                }
            }
            input.tenJRowadr[t + 1] = at;
        }
    }

    private void contacts(GoldenFile.State s) {
        ContactBuffer c = input.contacts;
        c.clear();
        for (GoldenFile.State k : s.parts("contacts")) {
            int i = c.add();
            c.geom1[i] = k.count("geom1");
            c.geom2[i] = k.count("geom2");
            c.dim[i] = k.count("dim");
            c.exclude[i] = k.count("exclude");
            c.dist[i] = k.number("dist");
            c.includemargin[i] = k.number("includemargin");
            System.arraycopy(k.array("pos"), 0, c.pos, 3 * i, 3);
            System.arraycopy(k.array("frame"), 0, c.frame, 9 * i, 9);
            System.arraycopy(k.array("friction"), 0, c.friction, 5 * i, 5);
            System.arraycopy(k.array("solref"), 0, c.solref, 2 * i, 2);
            System.arraycopy(k.array("solimp"), 0, c.solimp, 5 * i, 5);
            double[] ref = k.array("solreffriction", 2);
            System.arraycopy(ref, 0, c.solreffriction, 2 * i, 2);
            pairParameters(c, i);
        }
    }

    /** What the files don't hold of a contact: adhesion and solreffriction. */
    private void pairParameters(ContactBuffer c, int i) {
        Machine m = machine;
        int g1 = c.geom1[i];
        int g2 = c.geom2[i];
        for (int p = 0; p < m.npair; p++) {
            int p1 = m.pairGeom1[p];
            int p2 = m.pairGeom2[p];
            if (p1 == g1 && p2 == g2 || p1 == g2 && p2 == g1) {
                c.adhesion[i] = m.pairAdhesion[p];
                System.arraycopy(m.pairSolreffriction, 2 * p, c.solreffriction, 2 * i, 2);
                return;
            }
        }
        int priority = Integer.compare(m.geomPriority[g1], m.geomPriority[g2]);
        c.adhesion[i] =
                (priority >= 0 ? m.geomAdhesion[g1] : 0) + (priority <= 0 ? m.geomAdhesion[g2] : 0);
    }
}
