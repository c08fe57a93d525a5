package org.openkaiwu.motion;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.openkaiwu.body.Machine;
import org.openkaiwu.dynamics.ComPos;
import org.openkaiwu.dynamics.ComVel;
import org.openkaiwu.dynamics.Kinematics;
import org.openkaiwu.dynamics.Rne;
import org.openkaiwu.dynamics.TreeData;
import org.openkaiwu.math.Flat;
import org.openkaiwu.math.InputException;
import org.openkaiwu.math.Quat;
import org.openkaiwu.math.Vec3;

/**
 * Efforts that an arm's actuators need for a motion while all other joints and the base stand
 * still: recursive Newton-Euler over the machine, plus armature, joint damping and friction loss,
 * less what the machine's bodies compensate of their weight, plus a point load at the tool. Of the
 * load its weight and {@code J^T m J a} are counted; its velocity terms are not.
 */
public final class ArmDynamics implements TorqueLimit.InverseDynamics {
    private final ArmModel arm;
    private final Machine m;
    private final TreeData data;
    private final int[] dof;
    private final double[] qacc;
    private final double[] all;
    private final double[] jacobian;
    private final double[] pos = new double[3];
    private final double[] quat = new double[4];
    private final double[] pull = new double[3];
    private final int[] lightened;
    private double load;

    /** For an arm; its posture and base are read at each call. */
    public ArmDynamics(ArmModel arm) {
        if (arm.planarBase()) {
            throw new InputException("arm dynamics", "the base must not be among the variables");
        }
        this.arm = arm;
        m = arm.machine();
        data = new TreeData(m);
        qacc = new double[m.nv];
        all = new double[m.nv];
        jacobian = new double[6 * arm.size()];
        dof = new int[arm.size()];
        for (int i = 0; i < dof.length; i++) {
            dof[i] = m.jntDofadr[Machine.indexOf(m.jntName, arm.names().get(i))];
        }
        lightened = IntStream.range(1, m.nbody).filter(b -> m.bodyGravcomp[b] != 0).toArray();
    }

    /** Mass held at the tool point, kg. */
    public void load(double mass) {
        load = mass;
    }

    /**
     * Largest efforts that the machine's file states for the arm's joints: joint limit, else the
     * force limits of its actuators times gear; infinity where none is stated. N m or N.
     */
    public double[] limits() {
        double[] out = new double[dof.length];
        Arrays.fill(out, Double.POSITIVE_INFINITY);
        for (int i = 0; i < out.length; i++) {
            int j = m.dofJntid[dof[i]];
            if (m.jntActfrclimited[j]) {
                out[i] = Math.min(-m.jntActfrcrange[2 * j], m.jntActfrcrange[2 * j + 1]);
            }
            for (int a = 0; a < m.nactuator; a++) {
                boolean on = m.actuatorTrntype[a] <= 1 && m.actuatorTrnid[2 * a] == j;
                if (on && m.actuatorForcelimited[a]) {
                    double most =
                            Math.min(-m.actuatorForcerange[2 * a], m.actuatorForcerange[2 * a + 1]);
                    out[i] = Math.min(out[i], most * Math.abs(m.actuatorGear[6 * a]));
                }
            }
            if (!(out[i] > 0)) {
                out[i] = Double.POSITIVE_INFINITY;
            }
        }
        return out;
    }

    @Override
    public void effort(double[] q, double[] v, double[] a, double[] out) {
        System.arraycopy(arm.configuration(), 0, data.qpos, 0, m.nq);
        arm.write(q, data.qpos);
        int base = arm.baseBody();
        if (base > 0 && m.jntType[m.bodyJntadr[base]] == 0) {
            int adr = m.jntQposadr[m.bodyJntadr[base]];
            Vec3 p = arm.base().p();
            Quat o = arm.base().q();
            Flat.set3(data.qpos, adr, p.x(), p.y(), p.z());
            data.qpos[adr + 3] = o.w();
            data.qpos[adr + 4] = o.x();
            data.qpos[adr + 5] = o.y();
            data.qpos[adr + 6] = o.z();
        }
        Arrays.fill(data.qvel, 0);
        Arrays.fill(qacc, 0);
        for (int i = 0; i < dof.length; i++) {
            data.qvel[dof[i]] = v[i];
            qacc[dof[i]] = a[i];
        }
        Kinematics.run(m, data);
        ComPos.run(m, data);
        ComVel.run(m, data);
        Rne.run(m, data, qacc, all);
        for (int i = 0; i < dof.length; i++) {
            int d = dof[i];
            double drag = m.dofDamping[d] * v[i] + m.dofFrictionloss[d] * Math.signum(v[i]);
            out[i] = all[d] + m.dofArmature[d] * a[i] + drag;
        }
        for (int b : lightened) {
            lighten(b, out);
        }
        if (load > 0) {
            addLoad(q, a, out);
        }
    }

    /** Takes off what holds up the compensated part of a body's weight. */
    private void lighten(int b, double[] out) {
        double lift = m.bodyMass[b] * m.bodyGravcomp[b];
        for (int i = 0; i < dof.length; i++) {
            int j = m.dofJntid[dof[i]];
            if (!carries(m.jntBodyid[j], b)) {
                continue;
            }
            double sum = 0;
            for (int r = 0; r < 3; r++) {
                int s = (r + 1) % 3;
                int t = (r + 2) % 3;
                double along =
                        m.jntType[j] == 2
                                ? data.xaxis[3 * j + r]
                                : data.xaxis[3 * j + s] * arm(j, b, t)
                                        - data.xaxis[3 * j + t] * arm(j, b, s);
                sum -= along * lift * m.option.gravity[r];
            }
            out[i] -= sum;
        }
    }

    private double arm(int joint, int b, int k) {
        return data.xipos[3 * b + k] - data.xanchor[3 * joint + k];
    }

    private boolean carries(int ancestor, int b) {
        int a = b;
        while (a > ancestor) {
            a = m.bodyParentid[a];
        }
        return a == ancestor;
    }

    private void addLoad(double[] q, double[] a, double[] out) {
        arm.jacobian(q, pos, quat, jacobian);
        int n = dof.length;
        for (int r = 0; r < 3; r++) {
            double acc = -m.option.gravity[r];
            for (int i = 0; i < n; i++) {
                acc += jacobian[r * n + i] * a[i];
            }
            pull[r] = load * acc;
        }
        for (int i = 0; i < n; i++) {
            for (int r = 0; r < 3; r++) {
                out[i] += jacobian[r * n + i] * pull[r];
            }
        }
    }
}
