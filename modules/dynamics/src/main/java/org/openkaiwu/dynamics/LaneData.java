package org.openkaiwu.dynamics;

import java.util.Arrays;
import org.openkaiwu.body.Machine;
import org.openkaiwu.math.Lanes;

/**
 * {@link TreeData} of several worlds in one memory, and the parameters of their machines: number i
 * of lane l is at {@code i W + l}. Lanes without a world repeat the first one.
 */
final class LaneData {
    final Machine m;
    final Tree tree;
    private final int w = Lanes.W;

    // Parameters
    final double[] bodyPos;
    final double[] bodyQuat;
    final double[] bodyIpos;
    final double[] bodyIquat;
    final double[] bodyMass;
    final double[] bodyInertia;
    final double[] bodySubtreemass;
    final double[] jntPos;
    final double[] jntAxis;
    final double[] qpos0;
    final double[] geomPos;
    final double[] geomQuat;
    final double[] sitePos;
    final double[] siteQuat;
    final double[] armature;
    final double[] gravity;

    // State
    final double[] qpos;
    final double[] qvel;

    // Results
    final double[] xpos;
    final double[] xquat;
    final double[] xmat;
    final double[] xipos;
    final double[] ximat;
    final double[] xanchor;
    final double[] xaxis;
    final double[] geomXpos;
    final double[] geomXmat;
    final double[] siteXpos;
    final double[] siteXmat;
    final double[] subtreeCom;
    final double[] cinert;
    final double[] cdof;
    final double[] crb;
    final double[] qM;
    final double[] qLD;
    final double[] qLDiagInv;
    final double[] cvel;
    final double[] cdofDot;
    final double[] qfrcBias;
    final double[] cacc;
    final double[] force;
    final double[] scratch;

    // A solve
    final double[] extra;
    final double[] x;

    private final Machine[] loaded;

    LaneData(Machine machine, Tree tree) {
        m = machine;
        this.tree = tree;
        loaded = new Machine[w];
        int nbody = m.nbody;
        bodyPos = room(3 * nbody);
        bodyQuat = room(4 * nbody);
        bodyIpos = room(3 * nbody);
        bodyIquat = room(4 * nbody);
        bodyMass = room(nbody);
        bodyInertia = room(3 * nbody);
        bodySubtreemass = room(nbody);
        jntPos = room(3 * m.njnt);
        jntAxis = room(3 * m.njnt);
        qpos0 = room(m.nq);
        geomPos = room(3 * m.ngeom);
        geomQuat = room(4 * m.ngeom);
        sitePos = room(3 * m.nsite);
        siteQuat = room(4 * m.nsite);
        armature = room(m.nv);
        gravity = room(3);
        qpos = room(m.nq);
        qvel = room(m.nv);
        xpos = room(3 * nbody);
        xquat = room(4 * nbody);
        xmat = room(9 * nbody);
        xipos = room(3 * nbody);
        ximat = room(9 * nbody);
        xanchor = room(3 * m.njnt);
        xaxis = room(3 * m.njnt);
        geomXpos = room(3 * m.ngeom);
        geomXmat = room(9 * m.ngeom);
        siteXpos = room(3 * m.nsite);
        siteXmat = room(9 * m.nsite);
        subtreeCom = room(3 * nbody);
        cinert = room(10 * nbody);
        cdof = room(6 * m.nv);
        crb = room(10 * nbody);
        qM = room(tree.nC);
        qLD = room(tree.nC);
        qLDiagInv = room(m.nv);
        cvel = room(6 * nbody);
        cdofDot = room(6 * m.nv);
        qfrcBias = room(m.nv);
        cacc = room(6 * nbody);
        force = room(6 * nbody);
        scratch = room(12);
        extra = room(m.nv);
        x = room(m.nv);
    }

    private double[] room(int n) {
        return new double[n * w];
    }

    /** Takes over parameters (where they are others than before) and states. */
    void load(Machine[] machines, double[][] armatures, TreeData[] data, int used) {
        for (int l = 0; l < w; l++) {
            int k = l < used ? l : 0;
            if (loaded[l] != machines[k]) {
                loadParameters(l, machines[k], armatures[k]);
                loadFixed(l, data[k]);
                loaded[l] = machines[k];
            }
            spread(data[k].qpos, qpos, l);
            spread(data[k].qvel, qvel, l);
        }
    }

    private void loadParameters(int l, Machine a, double[] dofArmature) {
        spread(a.bodyPos, bodyPos, l);
        spread(a.bodyQuat, bodyQuat, l);
        spread(a.bodyIpos, bodyIpos, l);
        spread(a.bodyIquat, bodyIquat, l);
        spread(a.bodyMass, bodyMass, l);
        spread(a.bodyInertia, bodyInertia, l);
        spread(a.bodySubtreemass, bodySubtreemass, l);
        spread(a.jntPos, jntPos, l);
        spread(a.jntAxis, jntAxis, l);
        spread(a.qpos0, qpos0, l);
        spread(a.geomPos, geomPos, l);
        spread(a.geomQuat, geomQuat, l);
        spread(a.sitePos, sitePos, l);
        spread(a.siteQuat, siteQuat, l);
        spread(dofArmature, armature, l);
        spread(a.option.gravity, gravity, l);
    }

    /** Frames of what never moves. */
    private void loadFixed(int l, TreeData d) {
        spread(d.xpos, xpos, l);
        spread(d.xquat, xquat, l);
        spread(d.xmat, xmat, l);
        spread(d.xipos, xipos, l);
        spread(d.ximat, ximat, l);
        spread(d.geomXpos, geomXpos, l);
        spread(d.geomXmat, geomXmat, l);
        spread(d.siteXpos, siteXpos, l);
        spread(d.siteXmat, siteXmat, l);
    }

    /** Writes the results into the worlds. */
    void store(TreeData[] data, int used) {
        for (int l = 0; l < used; l++) {
            TreeData d = data[l];
            collect(xpos, d.xpos, l);
            collect(xquat, d.xquat, l);
            collect(xmat, d.xmat, l);
            collect(xipos, d.xipos, l);
            collect(ximat, d.ximat, l);
            collect(xanchor, d.xanchor, l);
            collect(xaxis, d.xaxis, l);
            collect(geomXpos, d.geomXpos, l);
            collect(geomXmat, d.geomXmat, l);
            collect(siteXpos, d.siteXpos, l);
            collect(siteXmat, d.siteXmat, l);
            collect(subtreeCom, d.subtreeCom, l);
            collect(cdof, d.cdof, l);
            collect(qM, d.qM, l);
            collect(qLD, d.qLD, l);
            collect(qLDiagInv, d.qLDiagInv, l);
            collect(cdofDot, d.cdofDot, l);
            collect(qfrcBias, d.qfrcBias, l);
            collect(cacc, d.cacc, l, 0, 6);
            for (int b : tree.articulated) {
                collect(cinert, d.cinert, l, 10 * b, 10);
                collect(crb, d.crb, l, 10 * b, 10);
                collect(cvel, d.cvel, l, 6 * b, 6);
                collect(cacc, d.cacc, l, 6 * b, 6);
            }
        }
    }

    /** M of the worlds, to qLD. */
    void loadInertia(TreeData[] data, int used) {
        for (int l = 0; l < w; l++) {
            spread(data[l < used ? l : 0].qM, qLD, l);
        }
    }

    /** Numbers by dofs. */
    void loadDofs(double[][] from, double[] to, int used) {
        for (int l = 0; l < w; l++) {
            spread(from[l < used ? l : 0], to, l);
        }
    }

    /** The reverse. */
    void storeDofs(double[] from, double[][] to, int used) {
        for (int l = 0; l < used; l++) {
            collect(from, to[l], l);
        }
    }

    private void spread(double[] from, double[] to, int l) {
        int n = Math.min(from.length, to.length / w);
        for (int i = 0, at = l; i < n; i++, at += w) {
            to[at] = from[i];
        }
    }

    private void collect(double[] from, double[] to, int l) {
        collect(from, to, l, 0, Math.min(to.length, from.length / w));
    }

    private void collect(double[] from, double[] to, int l, int first, int n) {
        for (int i = first, at = first * w + l; i < first + n; i++, at += w) {
            to[i] = from[at];
        }
    }

    /** Copies n vectors. */
    void copy(double[] from, int i, double[] to, int j, int n) {
        System.arraycopy(from, i * w, to, j * w, n * w);
    }

    /** Clears n vectors. */
    void clear(double[] a, int i, int n) {
        Arrays.fill(a, i * w, (i + n) * w, 0);
    }

    /** Sets vector i to one number. */
    void set(double[] a, int i, double x) {
        Arrays.fill(a, i * w, (i + 1) * w, x);
    }
}
