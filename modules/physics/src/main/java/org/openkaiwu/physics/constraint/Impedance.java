package org.openkaiwu.physics.constraint;

import org.openkaiwu.body.Machine;
import org.openkaiwu.body.Options;
import org.openkaiwu.body.Options.Flag;
import org.openkaiwu.collision.ContactBuffer;
import org.openkaiwu.dynamics.Tree;
import org.openkaiwu.dynamics.TreeData;

/**
 * Stiffness, damping, impedance and regularization of the rows (efc_KBIP, R, D, diagA) from solref,
 * solimp and the inverse inertia seen by the row. MuJoCo documentation, "Modeling", section "Solver
 * parameters".
 */
final class Impedance {
    static final double MIN_VALUE = 1e-15;
    private static final double MIN_IMPEDANCE = 0.0001;
    private static final double MAX_IMPEDANCE = 0.9999;

    private final Machine m;
    private final Tree tree;
    private final ConstraintModel model;
    private final boolean exact;
    private final boolean discrete;

    // Parameters of the block at hand
    private final double[] ref = new double[2];
    private final double[] refFriction = new double[2];
    private final double[] imp = new double[5];
    private double impedance;
    private double impedanceSlope;
    private double stiffness;
    private double damping;

    private final double[] spread;
    private final double[] column;

    Impedance(ConstraintModel model) {
        this.model = model;
        m = model.machine();
        tree = model.tree();
        exact = m.option.enabled(Flag.DIAGEXACT);
        discrete = m.option.integrator == Options.Integrator.DISCRETE;
        spread = new double[exact ? 6 * m.nv : 0];
        column = new double[exact ? m.nv : 0];
    }

    /** Fills diagA, R, D, KBIP of all rows and the contacts' mu. */
    void run(ConstraintInput in, Rows rows) {
        for (int b = 0; b < rows.jacobian.count; b++) {
            int first = rows.jacobian.row[b];
            int last = rows.jacobian.row[b + 1];
            if (exact) {
                exactDiagonal(in.data, rows, b);
            } else {
                approximateDiagonal(in.contacts, rows, b);
            }
            parameters(in.contacts, rows, first);
            double pos = rows.pos[first];
            if (rows.type[first] == Rows.EQUALITY && last - first > 1) {
                pos = 0;
                for (int i = first; i < last; i++) {
                    pos += rows.pos[i] * rows.pos[i];
                }
                pos = Math.sqrt(pos);
            }
            curve(pos - rows.margin[first]);
            fill(rows, first, last);
            if (discrete) {
                atEndOfStep(rows, first, last);
            }
            if (rows.type[first] >= Rows.CONTACT_PYRAMIDAL) {
                frictionRegularization(in.contacts, rows, b);
            }
            for (int i = first; i < last; i++) {
                double x = rows.kbip[4 * i + 2];
                rows.d[i] = 1 / rows.r[i];
                rows.diagA[i] = rows.r[i] * x / (1 - x);
            }
        }
    }

    // Inverse inertia

    private void approximateDiagonal(ContactBuffer contacts, Rows rows, int b) {
        int first = rows.jacobian.row[b];
        int id = rows.id[first];
        switch (rows.type[first]) {
            case Rows.EQUALITY -> equalityDiagonal(rows, first, id);
            case Rows.FRICTION_DOF -> rows.diagA[first] = model.dofInvweight0()[id];
            case Rows.LIMIT_JOINT -> rows.diagA[first] = model.dofInvweight0()[m.jntDofadr[id]];
            case Rows.FRICTION_TENDON, Rows.LIMIT_TENDON ->
                    rows.diagA[first] = model.tendonInvweight0()[id];
            default -> contactDiagonal(contacts, rows, b, id);
        }
    }

    private void equalityDiagonal(Rows rows, int first, int e) {
        int obj1 = m.eqObj1id[e];
        int obj2 = m.eqObj2id[e];
        switch (m.eqType[e]) {
            case EqualityRows.CONNECT, EqualityRows.WELD -> {
                boolean bodies = m.eqObjtype[e] == 1;
                int b1 = bodies ? obj1 : m.siteBodyid[obj1];
                int b2 = bodies ? obj2 : m.siteBodyid[obj2];
                double[] w = model.bodyInvweight0();
                for (int k = 0; k < 3; k++) {
                    rows.diagA[first + k] = w[2 * b1] + w[2 * b2];
                    if (m.eqType[e] == EqualityRows.WELD) {
                        rows.diagA[first + 3 + k] = w[2 * b1 + 1] + w[2 * b2 + 1];
                    }
                }
            }
            case EqualityRows.JOINT -> {
                double[] w = model.dofInvweight0();
                rows.diagA[first] = w[m.jntDofadr[obj1]] + (obj2 < 0 ? 0 : w[m.jntDofadr[obj2]]);
            }
            default -> {
                double[] w = model.tendonInvweight0();
                rows.diagA[first] = w[obj1] + (obj2 < 0 ? 0 : w[obj2]);
            }
        }
    }

    private void contactDiagonal(ContactBuffer c, Rows rows, int b, int id) {
        double[] w = model.bodyInvweight0();
        int b1 = m.geomBodyid[c.geom1[id]];
        int b2 = m.geomBodyid[c.geom2[id]];
        double translation = w[2 * b1] + w[2 * b2];
        double rotation = w[2 * b1 + 1] + w[2 * b2 + 1];
        int first = rows.jacobian.row[b];
        int dim = rows.jacobian.dim[b];
        if (rows.type[first] == Rows.CONTACT_PYRAMIDAL) {
            for (int j = 0; j < dim - 1; j++) {
                double mu = rows.jacobian.mu[5 * b + j];
                double x = translation + mu * mu * (j < 2 ? translation : rotation);
                rows.diagA[first + 2 * j] = x;
                rows.diagA[first + 2 * j + 1] = x;
            }
        } else {
            for (int j = 0; j < dim; j++) {
                rows.diagA[first + j] = j < 3 ? translation : rotation;
            }
        }
    }

    /** Diagonal of J M^-1 J' = |D^-1/2 L^-T J'|^2, M = L' D L. */
    private void exactDiagonal(TreeData data, Rows rows, int b) {
        int nv = m.nv;
        int dim = rows.jacobian.dim[b];
        int nnz = rows.jacobian.nnz[b];
        for (int k = 0; k < dim; k++) {
            java.util.Arrays.fill(column, 0);
            for (int j = 0; j < nnz; j++) {
                column[rows.jacobian.colind[rows.jacobian.col[b] + j]] =
                        rows.jacobian.values[rows.jacobian.val[b] + k * nnz + j];
            }
            for (int i = nv - 1; i >= 0; i--) {
                if (column[i] != 0) {
                    for (int a = tree.mRowadr[i]; a < tree.mRowadr[i + 1] - 1; a++) {
                        column[tree.mColind[a]] -= data.qLD[a] * column[i];
                    }
                }
            }
            for (int i = 0; i < nv; i++) {
                spread[k * nv + i] = column[i] * Math.sqrt(data.qLDiagInv[i]);
            }
        }
        int first = rows.jacobian.row[b];
        for (int i = first; i < rows.jacobian.row[b + 1]; i++) {
            int k = i - first;
            double sum = 0;
            if (rows.type[first] == Rows.CONTACT_PYRAMIDAL) {
                double mu = rows.jacobian.mu[5 * b + k / 2] * ((k & 1) == 0 ? 1 : -1);
                int axis = (k / 2 + 1) * nv;
                for (int j = 0; j < nv; j++) {
                    double x = spread[j] + mu * spread[axis + j];
                    sum += x * x;
                }
            } else {
                for (int j = 0; j < nv; j++) {
                    sum += spread[k * nv + j] * spread[k * nv + j];
                }
            }
            rows.diagA[i] = sum;
        }
    }

    // Parameters

    private void parameters(ContactBuffer c, Rows rows, int row) {
        int id = rows.id[row];
        refFriction[0] = 0;
        refFriction[1] = 0;
        switch (rows.type[row]) {
            case Rows.EQUALITY -> copy(m.eqSolref, m.eqSolimp, id);
            case Rows.FRICTION_DOF -> copy(m.dofSolref, m.dofSolimp, id);
            case Rows.FRICTION_TENDON -> copy(m.tendonSolrefFri, m.tendonSolimpFri, id);
            case Rows.LIMIT_JOINT -> copy(m.jntSolref, m.jntSolimp, id);
            case Rows.LIMIT_TENDON -> copy(m.tendonSolrefLim, m.tendonSolimpLim, id);
            default -> {
                copy(c.solref, c.solimp, id);
                refFriction[0] = c.solreffriction[2 * id];
                refFriction[1] = c.solreffriction[2 * id + 1];
            }
        }
        if (ref[0] > 0 != ref[1] > 0) {
            ref[0] = 0.02;
            ref[1] = 1;
        }
        if (refFriction[0] > 0 != refFriction[1] > 0) {
            refFriction[0] = 0;
            refFriction[1] = 0;
        }
        if (!m.option.disabled(Flag.REFSAFE) && !discrete) {
            double least = 2 * m.option.timestep;
            if (ref[0] > 0) {
                ref[0] = Math.max(ref[0], least);
            }
            if (refFriction[0] > 0) {
                refFriction[0] = Math.max(refFriction[0], least);
            }
        }
        imp[0] = Math.clamp(imp[0], MIN_IMPEDANCE, MAX_IMPEDANCE);
        imp[1] = Math.clamp(imp[1], MIN_IMPEDANCE, MAX_IMPEDANCE);
        imp[2] = Math.max(0, imp[2]);
        imp[3] = Math.clamp(imp[3], MIN_IMPEDANCE, MAX_IMPEDANCE);
        imp[4] = Math.max(1, imp[4]);
    }

    private void copy(double[] solref, double[] solimp, int id) {
        System.arraycopy(solref, 2 * id, ref, 0, 2);
        System.arraycopy(solimp, 5 * id, imp, 0, 5);
    }

    /** The impedance d(x) and its derivative, x the violation; a sigmoid made of two powers. */
    private void curve(double violation) {
        impedanceSlope = 0;
        if (imp[0] == imp[1] || imp[2] <= MIN_VALUE) {
            impedance = 0.5 * (imp[0] + imp[1]);
            return;
        }
        double x = Math.abs(violation / imp[2]);
        if (x >= 1 || x == 0) {
            impedance = x >= 1 ? imp[1] : imp[0];
            return;
        }
        double power = imp[4];
        double middle = imp[3];
        double y = x;
        double slope = 1;
        if (power != 1) {
            boolean low = x <= middle;
            double end = low ? middle : 1 - middle;
            double along = low ? x : 1 - x;
            double scale = 1 / pow(end, power - 1);
            double lift = scale * pow(along, power);
            y = low ? lift : 1 - lift;
            slope = power * scale * pow(along, power - 1);
        }
        impedance = imp[0] + y * (imp[1] - imp[0]);
        impedanceSlope = slope * Math.signum(violation) * (imp[1] - imp[0]) / imp[2];
    }

    private static double pow(double a, double b) {
        if (b == 1) {
            return a;
        }
        return b == 2 ? a * a : StrictMath.pow(a, b);
    }

    private void fill(Rows rows, int first, int last) {
        int kind = rows.type[first];
        boolean elliptic = kind == Rows.CONTACT_ELLIPTIC;
        boolean ownFriction = elliptic && (refFriction[0] != 0 || refFriction[1] != 0);
        spring(ref);
        boolean friction = kind == Rows.FRICTION_DOF || kind == Rows.FRICTION_TENDON;
        for (int i = first; i < last; i++) {
            if (i == first + 1 && ownFriction) {
                spring(refFriction);
            }
            rows.r[i] = Math.max(MIN_VALUE, (1 - impedance) * rows.diagA[i] / impedance);
            rows.kbip[4 * i] = friction || elliptic && i > first ? 0 : stiffness;
            rows.kbip[4 * i + 1] = damping;
            rows.kbip[4 * i + 2] = impedance;
            rows.kbip[4 * i + 3] = impedanceSlope;
        }
    }

    /** Time constant and damping ratio, or (negative) stiffness and damping, to K and B. */
    private void spring(double[] s) {
        double width = imp[1];
        if (s[0] > 0) {
            stiffness = 1 / Math.max(MIN_VALUE, width * width * s[0] * s[0] * s[1] * s[1]);
        } else {
            stiffness = -s[0] / Math.max(MIN_VALUE, width * width);
        }
        if (s[1] > 0) {
            damping = 2 / Math.max(MIN_VALUE, width * s[0]);
        } else {
            damping = -s[1] / Math.max(MIN_VALUE, width);
        }
    }

    /**
     * With the spring and damper at the end of the step the row's law is {@code force = -D (J a -
     * aref) (1 + h B + h^2 K I)}, aref as {@link Reference} says.
     */
    private void atEndOfStep(Rows rows, int first, int last) {
        double h = m.option.timestep;
        for (int i = first; i < last; i++) {
            double k = rows.kbip[4 * i] * rows.kbip[4 * i + 2];
            rows.r[i] /= 1 + h * rows.kbip[4 * i + 1] + h * h * k;
        }
    }

    /** The tangential rows' R follows from that of the normal, impratio and the coefficients. */
    private void frictionRegularization(ContactBuffer c, Rows rows, int b) {
        int first = rows.jacobian.row[b];
        int dim = rows.jacobian.dim[b];
        double[] r = rows.r;
        double[] mu = rows.jacobian.mu;
        double normal = r[first];
        double tangent = normal / Math.max(MIN_VALUE, m.option.impratio);
        double cone = mu[5 * b] * Math.sqrt(tangent / normal);
        rows.jacobian.coneMu[b] = cone;
        c.mu[rows.id[first]] = cone;
        if (rows.type[first] == Rows.CONTACT_ELLIPTIC) {
            r[first + 1] = tangent;
            for (int j = 1; j < dim - 1; j++) {
                double f = mu[5 * b + j];
                r[first + 1 + j] = tangent * mu[5 * b] * mu[5 * b] / (f * f);
            }
        } else {
            double edge = 2 * cone * cone * normal;
            for (int i = first; i < rows.jacobian.row[b + 1]; i++) {
                r[i] = edge;
            }
        }
    }
}
