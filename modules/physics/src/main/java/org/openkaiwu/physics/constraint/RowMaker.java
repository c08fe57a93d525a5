package org.openkaiwu.physics.constraint;

import org.openkaiwu.body.Machine;
import org.openkaiwu.body.Options;
import org.openkaiwu.body.Options.Flag;
import org.openkaiwu.collision.ContactBuffer;
import org.openkaiwu.dynamics.TreeData;
import org.openkaiwu.math.Flat;

/**
 * Makes the rows of friction loss, limits and contacts, and through {@link EqualityRows} those of
 * the equalities: Jacobians, positions, margins. MuJoCo documentation, "Computation", section
 * "Constraint model".
 */
final class RowMaker {
    private static final int DENSE_BELOW = 60;

    private final Machine m;
    private final int[] lastDof;
    private final int[] parentDof;
    private final Rows rows;
    private final EqualityRows equalities;
    private final double[] axis = new double[4];
    private final double[] quat = new double[4];

    /** A row without any number is left out, as MuJoCo does with dense storage. */
    private final boolean dropZeroRows;

    RowMaker(ConstraintModel model, Rows rows) {
        m = model.machine();
        lastDof = model.tree().bodyLastDof;
        parentDof = m.dofParentid;
        this.rows = rows;
        equalities = new EqualityRows(model, this);
        Options.JacobianForm form = m.option.jacobian;
        dropZeroRows =
                form == Options.JacobianForm.DENSE
                        || form == Options.JacobianForm.AUTO && m.nv < DENSE_BELOW;
    }

    EqualityRows equalities() {
        return equalities;
    }

    /** Makes all rows of the present state. */
    void make(ConstraintInput in) {
        rows.clear();
        if (m.option.disabled(Flag.CONSTRAINT)) {
            clearAddresses(in.contacts);
            return;
        }
        if (!m.option.disabled(Flag.EQUALITY)) {
            equalities.make(in, rows);
        }
        rows.ne = rows.nefc;
        if (!m.option.disabled(Flag.FRICTIONLOSS)) {
            friction(in);
        }
        rows.nf = rows.nefc - rows.ne;
        if (!m.option.disabled(Flag.LIMIT)) {
            jointLimits(in);
            tendonLimits(in);
        }
        rows.nl = rows.nefc - rows.ne - rows.nf;
        clearAddresses(in.contacts);
        if (!m.option.disabled(Flag.CONTACT) && m.nv > 0) {
            contacts(in);
        }
    }

    private static void clearAddresses(ContactBuffer c) {
        for (int i = 0; i < c.count; i++) {
            c.efcAddress[i] = -1;
            c.mu[i] = 0;
        }
    }

    private boolean asleep(ConstraintInput in, int dof) {
        return in.treeAsleep != null && in.treeAsleep[m.dofTreeid[dof]];
    }

    // Friction loss

    private void friction(ConstraintInput in) {
        for (int i = 0; i < m.nv; i++) {
            if (m.dofFrictionloss[i] != 0 && !asleep(in, i)) {
                int row = single(Rows.FRICTION_DOF, i, i, 1);
                rows.frictionloss[row] = m.dofFrictionloss[i];
            }
        }
        for (int t = 0; t < m.ntendon; t++) {
            if (m.tendonFrictionloss[t] > 0) {
                int row = tendon(in, Rows.FRICTION_TENDON, t, 1);
                if (row >= 0) {
                    rows.frictionloss[row] = m.tendonFrictionloss[t];
                }
            }
        }
    }

    // Limits

    private void jointLimits(ConstraintInput in) {
        for (int j = 0; j < m.njnt; j++) {
            if (!m.jntLimited[j] || asleep(in, m.jntDofadr[j])) {
                continue;
            }
            if (m.jntType[j] == 1) {
                ballLimit(in.data, j);
                continue;
            }
            double value = in.data.qpos[m.jntQposadr[j]];
            double margin = m.jntMargin[j];
            for (int side = -1; side <= 1; side += 2) {
                double dist = side * (m.jntRange[2 * j + (side + 1) / 2] - value);
                if (dist < margin) {
                    place(single(Rows.LIMIT_JOINT, j, m.jntDofadr[j], -side), dist, margin);
                }
            }
        }
    }

    private void ballLimit(TreeData data, int j) {
        System.arraycopy(data.qpos, m.jntQposadr[j], quat, 0, 4);
        Flat.normalizeQuat(quat, 0);
        System.arraycopy(quat, 1, axis, 0, 3);
        double sine = Flat.normalize3(axis, 0);
        double angle = 2 * StrictMath.atan2(sine, quat[0]);
        if (angle > Math.PI) {
            angle -= 2 * Math.PI;
        }
        Flat.set3(axis, 0, axis[0] * angle, axis[1] * angle, axis[2] * angle);
        double value = Flat.normalize3(axis, 0);
        double dist = Math.max(m.jntRange[2 * j], m.jntRange[2 * j + 1]) - value;
        if (dist < m.jntMargin[j]) {
            rows.jacobian.reserve(3, 3);
            for (int k = 0; k < 3; k++) {
                rows.jacobian.colind[rows.jacobian.ncol + k] = m.jntDofadr[j] + k;
                rows.jacobian.values[rows.jacobian.nval + k] = -axis[k];
            }
            place(rows.append(Rows.LIMIT_JOINT, j, 1, 1, 3), dist, m.jntMargin[j]);
        }
    }

    private void tendonLimits(ConstraintInput in) {
        for (int t = 0; t < m.ntendon; t++) {
            if (!m.tendonLimited[t]) {
                continue;
            }
            double margin = m.tendonMargin[t];
            for (int side = -1; side <= 1; side += 2) {
                double dist = side * (m.tendonRange[2 * t + (side + 1) / 2] - in.tenLength[t]);
                if (dist < margin) {
                    int row = tendon(in, Rows.LIMIT_TENDON, t, -side);
                    if (row >= 0) {
                        place(row, dist, margin);
                    }
                }
            }
        }
    }

    private void place(int row, double pos, double margin) {
        rows.pos[row] = pos;
        rows.margin[row] = margin;
    }

    private int single(int kind, int id, int dof, double value) {
        rows.jacobian.reserve(1, 1);
        rows.jacobian.colind[rows.jacobian.ncol] = dof;
        rows.jacobian.values[rows.jacobian.nval] = value;
        return rows.append(kind, id, 1, 1, 1);
    }

    private int tendon(ConstraintInput in, int kind, int t, double scale) {
        int from = in.tenJRowadr[t];
        int nnz = in.tenJRowadr[t + 1] - from;
        rows.jacobian.reserve(nnz, nnz);
        for (int k = 0; k < nnz; k++) {
            rows.jacobian.colind[rows.jacobian.ncol + k] = in.tenJColind[from + k];
            rows.jacobian.values[rows.jacobian.nval + k] = scale * in.tenJ[from + k];
        }
        return empty(1, nnz) ? -1 : rows.append(kind, t, 1, 1, nnz);
    }

    /** The newest {@code nnz} numbers, behind those of the rows, make no row. */
    boolean empty(int dim, int nnz) {
        if (nnz == 0) {
            return true;
        }
        if (dropZeroRows) {
            for (int k = 0; k < dim * nnz; k++) {
                if (rows.jacobian.values[rows.jacobian.nval + k] != 0) {
                    return false;
                }
            }
            return true;
        }
        return false;
    }

    // Contacts

    private void contacts(ConstraintInput in) {
        ContactBuffer c = in.contacts;
        boolean pyramid = m.option.cone == Options.Cone.PYRAMIDAL;
        for (int i = 0; i < c.count; i++) {
            if (c.exclude[i] != 0) {
                continue;
            }
            int dim = c.dim[i];
            int nnz = contactJacobian(in.data, c, i, dim);
            if (nnz == 0) {
                c.exclude[i] = 3;
                continue;
            }
            int row;
            if (dim == 1) {
                row = rows.append(Rows.CONTACT_FRICTIONLESS, i, 1, 1, nnz);
                place(row, c.dist[i], c.includemargin[i]);
            } else if (pyramid) {
                int edges = 2 * (dim - 1);
                row = rows.append(Rows.CONTACT_PYRAMIDAL, i, dim, edges, nnz);
                for (int k = 0; k < edges; k++) {
                    place(row + k, c.dist[i], c.includemargin[i]);
                }
            } else {
                row = rows.append(Rows.CONTACT_ELLIPTIC, i, dim, dim, nnz);
                place(row, c.dist[i], c.includemargin[i]);
            }
            c.efcAddress[i] = row;
            System.arraycopy(c.friction, 5 * i, rows.jacobian.mu, 5 * (rows.jacobian.count - 1), 5);
        }
    }

    /** Writes columns and the rows of the contact frame behind the stored ones; returns nnz. */
    private int contactJacobian(TreeData data, ContactBuffer c, int i, int dim) {
        int body1 = m.geomBodyid[c.geom1[i]];
        int body2 = m.geomBodyid[c.geom2[i]];
        int a = lastDof[body1];
        int b = lastDof[body2];
        int nnz = countChain(a, b, true);
        rows.jacobian.reserve(nnz, dim * nnz);
        double[] pos = c.pos;
        double[] frame = c.frame;
        double[] values = rows.jacobian.values;
        int[] colind = rows.jacobian.colind;
        int f = 9 * i;
        int linear = Math.min(dim, 3);
        for (int k = nnz - 1; k >= 0; k--) {
            boolean first = a > b;
            int dof = first ? a : b;
            double sign = first ? -1 : 1;
            int root = 3 * m.bodyRootid[first ? body1 : body2];
            int s = 6 * dof;
            double wx = sign * data.cdof[s];
            double wy = sign * data.cdof[s + 1];
            double wz = sign * data.cdof[s + 2];
            double rx = pos[3 * i] - data.subtreeCom[root];
            double ry = pos[3 * i + 1] - data.subtreeCom[root + 1];
            double rz = pos[3 * i + 2] - data.subtreeCom[root + 2];
            double vx = sign * data.cdof[s + 3] + wy * rz - wz * ry;
            double vy = sign * data.cdof[s + 4] + wz * rx - wx * rz;
            double vz = sign * data.cdof[s + 5] + wx * ry - wy * rx;
            colind[rows.jacobian.ncol + k] = dof;
            int at = rows.jacobian.nval + k;
            for (int row = 0; row < linear; row++, at += nnz) {
                int g = f + 3 * row;
                values[at] = frame[g] * vx + frame[g + 1] * vy + frame[g + 2] * vz;
            }
            for (int row = 3; row < dim; row++, at += nnz) {
                int g = f + 3 * (row - 3);
                values[at] = frame[g] * wx + frame[g + 1] * wy + frame[g + 2] * wz;
            }
            if (first) {
                a = parentDof[a];
            } else {
                b = parentDof[b];
            }
        }
        return nnz;
    }

    /** Dofs that move one of two bodies, given their last dofs; without those that move both. */
    int countChain(int a, int b, boolean skipCommon) {
        int n = 0;
        while (a >= 0 || b >= 0) {
            if (a == b) {
                if (skipCommon) {
                    return n;
                }
                b = parentDof[b];
                a = parentDof[a];
            } else if (a > b) {
                a = parentDof[a];
            } else {
                b = parentDof[b];
            }
            n++;
        }
        return n;
    }
}
