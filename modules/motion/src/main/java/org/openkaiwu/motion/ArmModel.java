package org.openkaiwu.motion;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.openkaiwu.body.Machine;
import org.openkaiwu.math.Flat;
import org.openkaiwu.math.InputException;
import org.openkaiwu.math.Pose;
import org.openkaiwu.math.Quat;
import org.openkaiwu.math.Trig;
import org.openkaiwu.math.Vec3;

/**
 * A chain of joints that carries a tool: a fixed arm, a lift column with an arm, or an arm on a
 * base that may stand anywhere on the floor.
 *
 * <p>Variables are the positions of the named hinge and slide joints in the order given (rad or m),
 * and after them, when the base is planar, {@code x y yaw} of the base body in the map. All poses
 * are in the map frame. The tool frame is given in the tip body's frame. Joints that are not
 * variables stay as {@link #posture} says. Holds work space: one user at a time; the methods that
 * write into arrays allocate nothing.
 */
public final class ArmModel {
    private final Frames frames;
    private final List<String> names;
    private final int[] joint;
    private final int tip;
    private final Pose tool;
    private final double[] lower;
    private final double[] upper;
    private final boolean planar;
    private final int[] path;
    private final int[] pathJoint;
    private final int[] pathVariable;
    private final double[] tipPos = new double[3];
    private final double[] tipQuat = new double[4];
    private final double[] arm = new double[3];
    private Pose base = Pose.IDENTITY;
    private Quat tilt = Quat.IDENTITY;

    private ArmModel(
            Machine m,
            List<String> names,
            int tip,
            Pose tool,
            int baseBody,
            double[] baseLower,
            double[] baseUpper) {
        this.frames = new Frames(m, baseBody);
        this.names = List.copyOf(names);
        this.tip = tip;
        this.tool = tool;
        this.planar = baseLower != null;
        int n = names.size();
        joint = new int[n];
        lower = new double[n + (planar ? 3 : 0)];
        upper = new double[lower.length];
        for (int i = 0; i < n; i++) {
            int j = Machine.indexOf(m.jntName, names.get(i));
            if (j < 0 || m.jntType[j] < 2) {
                throw new InputException(
                        "arm", "'" + names.get(i) + "' is no hinge or slide joint of the machine");
            }
            joint[i] = j;
            boolean limited = m.jntLimited[j];
            double turn = m.jntType[j] == 3 ? Math.PI : 10;
            lower[i] = limited ? m.jntRange[2 * j] : -turn;
            upper[i] = limited ? m.jntRange[2 * j + 1] : turn;
        }
        if (planar) {
            System.arraycopy(baseLower, 0, lower, n, 3);
            System.arraycopy(baseUpper, 0, upper, n, 3);
        }
        path = pathTo(m, tip);
        int[] pj = new int[m.njnt];
        int[] pv = new int[m.njnt];
        int count = 0;
        for (int b : path) {
            for (int k = 0; k < m.bodyJntnum[b]; k++) {
                int j = m.bodyJntadr[b] + k;
                int v = variableOf(j);
                if (v >= 0 && !isAboveBase(b)) {
                    pj[count] = j;
                    pv[count++] = v;
                }
            }
        }
        pathJoint = Arrays.copyOf(pj, count);
        pathVariable = Arrays.copyOf(pv, count);
    }

    /**
     * A chain of a machine.
     *
     * @param joints hinge and slide joints, root to tip
     * @param tipBody body that carries the tool
     * @param tool tool frame in the tip body's frame (for a gripper: the grasp frame)
     */
    public static ArmModel of(Machine m, List<String> joints, String tipBody, Pose tool) {
        int tip = Machine.indexOf(m.bodyName, tipBody);
        if (tip < 0) {
            throw new InputException("arm", "the machine has no body '" + tipBody + "'");
        }
        return new ArmModel(m, joints, tip, tool, defaultBase(m, tip), null, null);
    }

    /** The root body where it is free to move, else the world body. */
    static int defaultBase(Machine m, int body) {
        int root = m.bodyRootid[body];
        boolean free = m.bodyJntnum[root] > 0 && m.jntType[m.bodyJntadr[root]] == 0;
        return free ? root : 0;
    }

    /** The same chain on another base body (whose pose {@link #base} then means). */
    public ArmModel withBaseBody(int body) {
        return keep(new ArmModel(frames.machine, names, tip, tool, body, baseLow(), baseHigh()));
    }

    /** The same chain with another tool frame. */
    public ArmModel withTool(Pose X_tip) {
        return keep(
                new ArmModel(frames.machine, names, tip, X_tip, baseBody(), baseLow(), baseHigh()));
    }

    /**
     * The same chain with three more variables, x y yaw of the base, within bounds (m, m, rad). The
     * base keeps the height and tilt that {@link #base} gives it.
     */
    public ArmModel withPlanarBase(double[] low, double[] high) {
        return keep(new ArmModel(frames.machine, names, tip, tool, baseBody(), low, high));
    }

    private ArmModel keep(ArmModel other) {
        other.posture(frames.qpos);
        other.base(base);
        return other;
    }

    private double[] baseLow() {
        return planar ? Arrays.copyOfRange(lower, joint.length, joint.length + 3) : null;
    }

    private double[] baseHigh() {
        return planar ? Arrays.copyOfRange(upper, joint.length, joint.length + 3) : null;
    }

    private static int[] pathTo(Machine m, int body) {
        int depth = 1;
        for (int b = body; b > 0; b = m.bodyParentid[b]) {
            depth++;
        }
        int[] out = new int[depth];
        int b = body;
        for (int k = depth - 1; k >= 0; k--) {
            out[k] = b;
            b = m.bodyParentid[b];
        }
        return out;
    }

    private boolean isAboveBase(int body) {
        for (int b = frames.baseBody; b > 0; b = frames.machine.bodyParentid[b]) {
            if (b == body) {
                return true;
            }
        }
        return false;
    }

    /** Variable that moves a joint, itself or by coupling; -1 when it stands still. */
    private int variableOf(int j) {
        int own = variableOfJoint(j);
        int e = own >= 0 ? -1 : frames.couplingOf(j);
        return e < 0 ? own : variableOfJoint(frames.machine.eqObj2id[e]);
    }

    private int variableOfJoint(int j) {
        for (int i = 0; i < joint.length; i++) {
            if (joint[i] == j) {
                return i;
            }
        }
        return -1;
    }

    /** Number of variables. */
    public int size() {
        return lower.length;
    }

    /** Number of joints among the variables; they come first. */
    public int joints() {
        return joint.length;
    }

    /** Joint names. */
    public List<String> names() {
        return names;
    }

    /** The machine. */
    public Machine machine() {
        return frames.machine;
    }

    /** Body whose pose {@link #base} gives; 0 for a fixed machine. */
    public int baseBody() {
        return frames.baseBody;
    }

    /** Body that carries the tool. */
    public int tip() {
        return tip;
    }

    /** Tool frame in the tip body's frame. */
    public Pose tool() {
        return tool;
    }

    /** Whether the last three variables are the base's x y yaw. */
    public boolean planarBase() {
        return planar;
    }

    /** Whether a variable is an angle. */
    public boolean angular(int i) {
        return i < joint.length ? frames.machine.jntType[joint[i]] == 3 : i == joint.length + 2;
    }

    /** Lower bounds; of a joint without limits: -pi, or -10 m. */
    public double[] lower() {
        return lower.clone();
    }

    /** Upper bounds. */
    public double[] upper() {
        return upper.clone();
    }

    /** Narrows the bounds of a joint (a safety margin, the guard's limits). */
    public void limit(int i, double low, double high) {
        if (!(low <= high)) {
            throw new InputException("arm", "bounds of variable " + i + " are reversed");
        }
        lower[i] = low;
        upper[i] = high;
    }

    /** Pose of the base body in the map. */
    public void base(Pose X_WB) {
        base = X_WB;
        tilt = Quat.yaw(X_WB.q().yaw()).inverse().times(X_WB.q()).unit();
        frames.base(X_WB);
    }

    /** Pose of the base body in the map, as set. */
    public Pose base() {
        return base;
    }

    /** Positions of all joints; those of the variables do not matter. Shape nq. */
    public void posture(double[] qpos) {
        if (qpos.length != frames.qpos.length) {
            throw new InputException("arm", "posture needs " + frames.qpos.length + " numbers");
        }
        System.arraycopy(qpos, 0, frames.qpos, 0, qpos.length);
    }

    /** The configuration as last set or asked for. Shape nq; not to be written. */
    double[] configuration() {
        return frames.qpos;
    }

    /** Reads the variables' joint positions out of a configuration of the machine. */
    public double[] read(double[] qpos) {
        double[] q = new double[size()];
        for (int i = 0; i < joint.length; i++) {
            q[i] = qpos[frames.machine.jntQposadr[joint[i]]];
        }
        if (planar) {
            q[joint.length] = base.p().x();
            q[joint.length + 1] = base.p().y();
            q[joint.length + 2] = base.q().yaw();
        }
        return q;
    }

    /** Writes the variables' joint positions into a configuration of the machine. */
    public void write(double[] q, double[] qpos) {
        for (int i = 0; i < joint.length; i++) {
            qpos[frames.machine.jntQposadr[joint[i]]] = q[i];
        }
    }

    /** Pose of the base body for variables: as set, or as the planar variables say. */
    public Pose baseFor(double[] q) {
        if (!planar) {
            return base;
        }
        int n = joint.length;
        return new Pose(
                new Vec3(q[n], q[n + 1], base.p().z()), Quat.yaw(q[n + 2]).times(tilt).unit());
    }

    /** Puts the base of {@code f} where planar variables say. */
    void placeBase(double[] q, Frames f) {
        if (planar) {
            int n = joint.length;
            double c = Trig.cos(q[n + 2] / 2);
            double s = Trig.sin(q[n + 2] / 2);
            f.base(
                    q[n],
                    q[n + 1],
                    base.p().z(),
                    c * tilt.w() - s * tilt.z(),
                    c * tilt.x() - s * tilt.y(),
                    c * tilt.y() + s * tilt.x(),
                    c * tilt.z() + s * tilt.w());
        }
    }

    private void update(double[] q) {
        write(q, frames.qpos);
        placeBase(q, frames);
        frames.update(path);
        Vec3 p = tool.p();
        Flat.set3(tipPos, 0, p.x(), p.y(), p.z());
        Flat.rotVecQuat(tipPos, 0, tipPos, 0, frames.xquat, 4 * tip);
        for (int i = 0; i < 3; i++) {
            tipPos[i] += frames.xpos[3 * tip + i];
        }
        Quat r = tool.q();
        tipQuat[0] = r.w();
        tipQuat[1] = r.x();
        tipQuat[2] = r.y();
        tipQuat[3] = r.z();
        Flat.mulQuat(tipQuat, 0, frames.xquat, 4 * tip, tipQuat, 0);
    }

    /** Writes position (m) and orientation (w x y z) of the tool in the map. */
    public void tool(double[] q, double[] position, double[] orientation) {
        update(q);
        System.arraycopy(tipPos, 0, position, 0, 3);
        System.arraycopy(tipQuat, 0, orientation, 0, 4);
    }

    /** Pose of the tool in the map. */
    public Pose toolPose(double[] q) {
        update(q);
        return new Pose(Vec3.of(tipPos, 0), Quat.of(tipQuat, 0).unit());
    }

    /**
     * Writes tool position, orientation and Jacobian.
     *
     * @param jacobian 6 x size, row-major: velocity of the tool point (m/s), then angular velocity
     *     (rad/s), both in map axes, by variable
     */
    public void jacobian(double[] q, double[] position, double[] orientation, double[] jacobian) {
        tool(q, position, orientation);
        int n = size();
        Arrays.fill(jacobian, 0, 6 * n, 0);
        Machine m = frames.machine;
        for (int k = 0; k < pathJoint.length; k++) {
            int j = pathJoint[k];
            double rate = rate(j);
            if (m.jntType[j] == 2) {
                for (int i = 0; i < 3; i++) {
                    jacobian[i * n + pathVariable[k]] += rate * frames.xaxis[3 * j + i];
                }
            } else {
                column(jacobian, n, pathVariable[k], frames.xaxis, 3 * j, frames.xanchor, j, rate);
            }
        }
        if (planar) {
            int c = joint.length;
            jacobian[c] = 1;
            jacobian[n + c + 1] = 1;
            jacobian[c + 2] = -(tipPos[1] - q[c + 1]);
            jacobian[n + c + 2] = tipPos[0] - q[c];
            jacobian[5 * n + c + 2] = 1;
        }
    }

    private void column(
            double[] jac, int n, int c, double[] axis, int ao, double[] at, int j, double rate) {
        for (int i = 0; i < 3; i++) {
            arm[i] = tipPos[i] - at[3 * j + i];
        }
        Flat.cross3(arm, 0, axis, ao, arm, 0);
        for (int i = 0; i < 3; i++) {
            jac[i * n + c] += rate * arm[i];
            jac[(3 + i) * n + c] += rate * axis[ao + i];
        }
    }

    /** How fast a joint on the path moves with its variable. */
    private double rate(int j) {
        int e = frames.couplingOf(j);
        if (e < 0) {
            return 1;
        }
        int a = frames.machine.jntQposadr[frames.machine.eqObj2id[e]];
        double x = frames.qpos[a] - frames.machine.qpos0[a];
        double[] c = frames.machine.eqData;
        int o = 11 * e;
        return c[o + 1] + x * (2 * c[o + 2] + x * (3 * c[o + 3] + x * 4 * c[o + 4]));
    }

    /** Anchor of the first hinge on the way to the tool, in the map, for variables. */
    public Vec3 shoulder(double[] q) {
        update(q);
        for (int j : pathJoint) {
            if (frames.machine.jntType[j] == 3) {
                return Vec3.of(frames.xanchor, 3 * j);
            }
        }
        return Vec3.of(tipPos, 0);
    }

    /** An upper bound of the distance from {@link #shoulder} to the tool point, m. */
    public double reach() {
        update(new double[size()]);
        List<double[]> points = new ArrayList<>();
        double slides = 0;
        for (int k = 0; k < pathJoint.length; k++) {
            int j = pathJoint[k];
            if (frames.machine.jntType[j] == 3) {
                points.add(Arrays.copyOfRange(frames.xanchor, 3 * j, 3 * j + 3));
            } else if (!points.isEmpty()) {
                int v = pathVariable[k];
                slides += Math.max(Math.abs(lower[v]), Math.abs(upper[v]));
            }
        }
        points.add(tipPos.clone());
        double sum = slides;
        for (int i = 1; i < points.size(); i++) {
            sum += PathTrajectory.distance(points.get(i - 1), points.get(i));
        }
        return sum;
    }
}
