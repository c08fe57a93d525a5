package org.openkaiwu.physics.constraint;

import org.openkaiwu.body.Machine;
import org.openkaiwu.dynamics.TreeData;
import org.openkaiwu.math.Flat;

/**
 * Rows of the equality constraints connect, weld, joint and tendon, and the term {@code -(dJ/dt) v}
 * of the first two.
 */
final class EqualityRows {
    static final int CONNECT = 0;
    static final int WELD = 1;
    static final int JOINT = 2;
    static final int TENDON = 3;

    private static final int OBJ_BODY = 1;
    private static final int NDATA = 11;

    private final Machine m;
    private final double[] tendonLength0;
    private final int[] lastDof;
    private final int[] parentDof;
    private final RowMaker maker;

    // Of the equality at hand
    private int body1;
    private int body2;
    private final double[] pos1 = new double[3];
    private final double[] pos2 = new double[3];
    private final double[] quat1 = new double[4];
    private final double[] quat2 = new double[4];

    private final double[] q = new double[4];
    private final double[] p = new double[4];
    private final double[] t = new double[4];
    private final double[] bias1 = new double[6];
    private final double[] bias2 = new double[6];

    private final int[] pair = new int[2];

    EqualityRows(ConstraintModel model, RowMaker maker) {
        m = model.machine();
        tendonLength0 = model.tendonLength0();
        lastDof = model.tree().bodyLastDof;
        parentDof = m.dofParentid;
        this.maker = maker;
    }

    void make(ConstraintInput in, Rows rows) {
        for (int e = 0; e < m.neq; e++) {
            if (!in.eqActive[e] || asleep(in, e)) {
                continue;
            }
            switch (m.eqType[e]) {
                case CONNECT -> connect(in.data, rows, e);
                case WELD -> weld(in.data, rows, e);
                case JOINT, TENDON -> couple(in, rows, e);
                default -> {
                    // equalities of flexes are refused when the model is read
                }
            }
        }
    }

    private boolean asleep(ConstraintInput in, int e) {
        if (in.treeAsleep == null || m.eqType[e] == TENDON) {
            return false;
        }
        trees(e, pair);
        return (pair[0] < 0 || in.treeAsleep[pair[0]]) && (pair[1] < 0 || in.treeAsleep[pair[1]]);
    }

    /** Trees that an equality ties, -1 for the world; false for those of tendons. */
    boolean trees(int e, int[] out) {
        if (m.eqType[e] == TENDON) {
            return false;
        }
        if (m.eqType[e] == JOINT) {
            out[0] = m.dofTreeid[m.jntDofadr[m.eqObj1id[e]]];
            out[1] = m.eqObj2id[e] < 0 ? -1 : m.dofTreeid[m.jntDofadr[m.eqObj2id[e]]];
        } else {
            bodies(e);
            out[0] = m.bodyTreeid[body1];
            out[1] = m.bodyTreeid[body2];
        }
        return true;
    }

    private void bodies(int e) {
        body1 = m.eqObj1id[e];
        body2 = m.eqObj2id[e];
        if (m.eqObjtype[e] != OBJ_BODY) {
            body1 = m.siteBodyid[body1];
            body2 = m.siteBodyid[body2];
        }
    }

    /** Bodies and anchor points; a weld keeps its anchors in the opposite order of a connect. */
    private void anchors(TreeData data, int e) {
        bodies(e);
        int obj1 = m.eqObj1id[e];
        int obj2 = m.eqObj2id[e];
        if (m.eqObjtype[e] == OBJ_BODY) {
            int first = NDATA * e + (m.eqType[e] == CONNECT ? 0 : 3);
            int second = NDATA * e + (m.eqType[e] == CONNECT ? 3 : 0);
            Flat.mulMatVec3(pos1, 0, data.xmat, 9 * obj1, m.eqData, first);
            Flat.mulMatVec3(pos2, 0, data.xmat, 9 * obj2, m.eqData, second);
            for (int k = 0; k < 3; k++) {
                pos1[k] += data.xpos[3 * obj1 + k];
                pos2[k] += data.xpos[3 * obj2 + k];
            }
        } else {
            System.arraycopy(data.siteXpos, 3 * obj1, pos1, 0, 3);
            System.arraycopy(data.siteXpos, 3 * obj2, pos2, 0, 3);
        }
    }

    /** quat1 = orientation of the first frame as it should be seen, quat2 = of the second. */
    private void orientations(TreeData data, int e) {
        System.arraycopy(data.xquat, 4 * body1, p, 0, 4);
        System.arraycopy(data.xquat, 4 * body2, quat2, 0, 4);
        if (m.eqObjtype[e] == OBJ_BODY) {
            Flat.mulQuat(quat1, 0, p, 0, m.eqData, NDATA * e + 6);
        } else {
            Flat.mulQuat(quat1, 0, p, 0, m.siteQuat, 4 * m.eqObj1id[e]);
            Flat.mulQuat(quat2, 0, quat2, 0, m.siteQuat, 4 * m.eqObj2id[e]);
        }
    }

    private void connect(TreeData data, Rows rows, int e) {
        anchors(data, e);
        int nnz = pairJacobian(data, rows, 3);
        if (maker.empty(3, nnz)) {
            return;
        }
        int row = rows.append(Rows.EQUALITY, e, 3, 3, nnz);
        for (int k = 0; k < 3; k++) {
            rows.pos[row + k] = pos1[k] - pos2[k];
        }
    }

    private void weld(TreeData data, Rows rows, int e) {
        anchors(data, e);
        orientations(data, e);
        double scale = m.eqData[NDATA * e + 10];
        int nnz = pairJacobian(data, rows, 6);
        // rotational rows: 1/2 scale vec( q2^-1 (0, w) q1 ), w the relative angular velocity
        int at = rows.jacobian.nval + 3 * nnz;
        for (int j = 0; j < nnz; j++, at++) {
            rotate(
                    rows.jacobian.values[at],
                    rows.jacobian.values[at + nnz],
                    rows.jacobian.values[at + 2 * nnz]);
            rows.jacobian.values[at] = 0.5 * scale * t[1];
            rows.jacobian.values[at + nnz] = 0.5 * scale * t[2];
            rows.jacobian.values[at + 2 * nnz] = 0.5 * scale * t[3];
        }
        if (maker.empty(6, nnz)) {
            return;
        }
        int row = rows.append(Rows.EQUALITY, e, 6, 6, nnz);
        Flat.negQuat(q, 0, quat2, 0);
        Flat.mulQuat(t, 0, q, 0, quat1, 0);
        for (int k = 0; k < 3; k++) {
            rows.pos[row + k] = pos1[k] - pos2[k];
            rows.pos[row + 3 + k] = scale * t[1 + k];
        }
    }

    /** t = q2^-1 (0, w) q1. */
    private void rotate(double x, double y, double z) {
        p[0] = 0;
        p[1] = x;
        p[2] = y;
        p[3] = z;
        Flat.negQuat(q, 0, quat2, 0);
        Flat.mulQuat(t, 0, q, 0, p, 0);
        Flat.mulQuat(t, 0, t, 0, quat1, 0);
    }

    /**
     * Velocity of pos1 on body1 less that of pos2 on body2, and the same of the angular velocities
     * when dim is 6, in world axes. Writes columns and numbers behind the stored ones.
     */
    private int pairJacobian(TreeData data, Rows rows, int dim) {
        int a = lastDof[body1];
        int b = lastDof[body2];
        int nnz = maker.countChain(a, b, false);
        rows.jacobian.reserve(nnz, dim * nnz);
        for (int k = nnz - 1; k >= 0; k--) {
            int dof = Math.max(a, b);
            rows.jacobian.colind[rows.jacobian.ncol + k] = dof;
            int at = rows.jacobian.nval + k;
            for (int row = 0; row < dim; row++) {
                rows.jacobian.values[at + row * nnz] = 0;
            }
            if (a == dof) {
                addColumn(data, rows, at, nnz, dim, dof, body1, pos1, 1);
                a = parentDof[a];
            }
            if (b == dof) {
                addColumn(data, rows, at, nnz, dim, dof, body2, pos2, -1);
                b = parentDof[b];
            }
        }
        return nnz;
    }

    private void addColumn(
            TreeData data,
            Rows rows,
            int at,
            int nnz,
            int dim,
            int dof,
            int body,
            double[] point,
            double sign) {
        int root = 3 * m.bodyRootid[body];
        int s = 6 * dof;
        double wx = data.cdof[s];
        double wy = data.cdof[s + 1];
        double wz = data.cdof[s + 2];
        double rx = point[0] - data.subtreeCom[root];
        double ry = point[1] - data.subtreeCom[root + 1];
        double rz = point[2] - data.subtreeCom[root + 2];
        rows.jacobian.values[at] += sign * (data.cdof[s + 3] + wy * rz - wz * ry);
        rows.jacobian.values[at + nnz] += sign * (data.cdof[s + 4] + wz * rx - wx * rz);
        rows.jacobian.values[at + 2 * nnz] += sign * (data.cdof[s + 5] + wx * ry - wy * rx);
        if (dim == 6) {
            rows.jacobian.values[at + 3 * nnz] += sign * wx;
            rows.jacobian.values[at + 4 * nnz] += sign * wy;
            rows.jacobian.values[at + 5 * nnz] += sign * wz;
        }
    }

    /** Joint or tendon 1 follows a quartic of joint or tendon 2, or is held. */
    private void couple(ConstraintInput in, Rows rows, int e) {
        int obj1 = m.eqObj1id[e];
        int obj2 = m.eqObj2id[e];
        boolean joint = m.eqType[e] == JOINT;
        int c = NDATA * e;
        double x1 = deviation(in, joint, obj1);
        double pos = x1 - m.eqData[c];
        double slope = 0;
        if (obj2 >= 0) {
            double x = deviation(in, joint, obj2);
            double[] k = m.eqData;
            pos -= x * (k[c + 1] + x * (k[c + 2] + x * (k[c + 3] + x * k[c + 4])));
            slope = k[c + 1] + x * (2 * k[c + 2] + x * (3 * k[c + 3] + x * 4 * k[c + 4]));
        }
        int nnz = joint ? joints(rows, obj1, obj2, slope) : tendons(in, rows, obj1, obj2, slope);
        if (!maker.empty(1, nnz)) {
            rows.pos[rows.append(Rows.EQUALITY, e, 1, 1, nnz)] = pos;
        }
    }

    private double deviation(ConstraintInput in, boolean joint, int obj) {
        return joint
                ? in.data.qpos[m.jntQposadr[obj]] - m.qpos0[m.jntQposadr[obj]]
                : in.tenLength[obj] - tendonLength0[obj];
    }

    private int joints(Rows rows, int joint1, int joint2, double slope) {
        rows.jacobian.reserve(2, 2);
        int dof1 = m.jntDofadr[joint1];
        if (joint2 < 0) {
            rows.jacobian.colind[rows.jacobian.ncol] = dof1;
            rows.jacobian.values[rows.jacobian.nval] = 1;
            return 1;
        }
        int dof2 = m.jntDofadr[joint2];
        int first = dof1 < dof2 ? 0 : 1;
        rows.jacobian.colind[rows.jacobian.ncol + first] = dof1;
        rows.jacobian.values[rows.jacobian.nval + first] = 1;
        rows.jacobian.colind[rows.jacobian.ncol + 1 - first] = dof2;
        rows.jacobian.values[rows.jacobian.nval + 1 - first] = -slope;
        return 2;
    }

    private int tendons(ConstraintInput in, Rows rows, int t1, int t2, double slope) {
        int a = in.tenJRowadr[t1];
        int aEnd = in.tenJRowadr[t1 + 1];
        int b = t2 < 0 ? 0 : in.tenJRowadr[t2];
        int bEnd = t2 < 0 ? 0 : in.tenJRowadr[t2 + 1];
        rows.jacobian.reserve(aEnd - a + bEnd - b, aEnd - a + bEnd - b);
        int n = 0;
        while (a < aEnd || b < bEnd) {
            int colA = a < aEnd ? in.tenJColind[a] : Integer.MAX_VALUE;
            int colB = b < bEnd ? in.tenJColind[b] : Integer.MAX_VALUE;
            double value = 0;
            if (colA <= colB) {
                value += in.tenJ[a++];
            }
            if (colB <= colA) {
                value -= slope * in.tenJ[b++];
            }
            rows.jacobian.colind[rows.jacobian.ncol + n] = Math.min(colA, colB);
            rows.jacobian.values[rows.jacobian.nval + n] = value;
            n++;
        }
        return n;
    }

    /** Subtracts (dJ/dt) v from the reference acceleration of connects and welds. */
    void subtractJdotv(TreeData data, Rows rows) {
        for (int b = 0; b < rows.jacobian.count && rows.jacobian.row[b] < rows.ne; b++) {
            int row = rows.jacobian.row[b];
            int e = rows.id[row];
            if (m.eqType[e] > WELD) {
                continue;
            }
            anchors(data, e);
            pointBias(data, body1, pos1, bias1);
            pointBias(data, body2, pos2, bias2);
            for (int k = 0; k < 3; k++) {
                rows.aref[row + k] -= bias1[3 + k] - bias2[3 + k];
            }
            if (m.eqType[e] == WELD) {
                orientations(data, e);
                rotationBias(data, rows.aref, row + 3, m.eqData[NDATA * e + 10]);
            }
        }
    }

    /**
     * With the relative rotation z = q2^-1 q1: z' = 1/2 q2^-1 w q1, w = w1 - w2, so z'' at zero
     * acceleration is 1/2 q2^-1 (w' + 1/2 (w w1 - w2 w)) q1, products of quaternions.
     */
    private void rotationBias(TreeData data, double[] aref, int row, double scale) {
        double w1x = data.cvel[6 * body1];
        double w1y = data.cvel[6 * body1 + 1];
        double w1z = data.cvel[6 * body1 + 2];
        double w2x = data.cvel[6 * body2];
        double w2y = data.cvel[6 * body2 + 1];
        double w2z = data.cvel[6 * body2 + 2];
        double wx = w1x - w2x;
        double wy = w1y - w2y;
        double wz = w1z - w2z;
        // vector part of (w w1 - w2 w): w x w1 - w2 x w = w x (w1 + w2); scalar: -w.w1 + w2.w
        double sx = w1x + w2x;
        double sy = w1y + w2y;
        double sz = w1z + w2z;
        p[0] = -0.5 * (wx * (w1x - w2x) + wy * (w1y - w2y) + wz * (w1z - w2z));
        p[1] = bias1[0] - bias2[0] + 0.5 * (wy * sz - wz * sy);
        p[2] = bias1[1] - bias2[1] + 0.5 * (wz * sx - wx * sz);
        p[3] = bias1[2] - bias2[2] + 0.5 * (wx * sy - wy * sx);
        Flat.negQuat(q, 0, quat2, 0);
        Flat.mulQuat(t, 0, q, 0, p, 0);
        Flat.mulQuat(t, 0, t, 0, quat1, 0);
        for (int k = 0; k < 3; k++) {
            aref[row + k] -= 0.5 * scale * t[1 + k];
        }
    }

    /**
     * Acceleration of a point of a body when all joint accelerations are zero: angular, then
     * linear, world axes.
     */
    private void pointBias(TreeData data, int body, double[] point, double[] out) {
        double ax = 0;
        double ay = 0;
        double az = 0;
        double lx = 0;
        double ly = 0;
        double lz = 0;
        for (int dof = lastDof[body]; dof >= 0; dof = parentDof[dof]) {
            double v = data.qvel[dof];
            int s = 6 * dof;
            ax += data.cdofDot[s] * v;
            ay += data.cdofDot[s + 1] * v;
            az += data.cdofDot[s + 2] * v;
            lx += data.cdofDot[s + 3] * v;
            ly += data.cdofDot[s + 4] * v;
            lz += data.cdofDot[s + 5] * v;
        }
        int root = 3 * m.bodyRootid[body];
        double rx = point[0] - data.subtreeCom[root];
        double ry = point[1] - data.subtreeCom[root + 1];
        double rz = point[2] - data.subtreeCom[root + 2];
        int c = 6 * body;
        double wx = data.cvel[c];
        double wy = data.cvel[c + 1];
        double wz = data.cvel[c + 2];
        double vx = data.cvel[c + 3] + wy * rz - wz * ry;
        double vy = data.cvel[c + 4] + wz * rx - wx * rz;
        double vz = data.cvel[c + 5] + wx * ry - wy * rx;
        out[0] = ax;
        out[1] = ay;
        out[2] = az;
        out[3] = lx + ay * rz - az * ry + wy * vz - wz * vy;
        out[4] = ly + az * rx - ax * rz + wz * vx - wx * vz;
        out[5] = lz + ax * ry - ay * rx + wx * vy - wy * vx;
    }
}
