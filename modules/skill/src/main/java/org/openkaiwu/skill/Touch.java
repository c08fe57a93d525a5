package org.openkaiwu.skill;

import java.util.Arrays;
import org.openkaiwu.body.Machine;
import org.openkaiwu.body.infer.BodyFacts;
import org.openkaiwu.math.Vec3;
import org.openkaiwu.motion.ArmDynamics;
import org.openkaiwu.motion.ArmModel;

/**
 * Feels what stands against a hand: efforts of the arm's joints beyond those that the motion itself
 * needs, as the force at the tool that explains them best (least squares over the transposed
 * Jacobian). What the efforts are off by at the start counts as nothing, and a joint counts the
 * less the more its friction and damping may hide: a heavy lift feels little.
 */
final class Touch {
    private static final double G = 9.81;

    /** Bounds of the force that counts as a touch, N; within them the arm's payload. */
    private static final double LEAST = 3;

    private static final double MOST = 12;

    /** Ticks over which the offset at the start is taken, and the share of a new value. */
    private static final int START = 4;

    private static final double NEW = 0.35;
    private static final int IN_A_ROW = 3;

    /** Share of a joint's damping that is taken to be unknown. */
    private static final double UNSURE = 0.1;

    private final Hand hand;
    private final ArmDynamics dynamics;
    private final Vec3 along;
    private final double threshold;
    private final double[] zero;
    private final double[] offset;
    private final double[] model;
    private final double[] jacobian;
    private final double[] friction;
    private final double[] damping;
    private final double[] weight;
    private int ticks;
    private int strong;
    private double against;

    /**
     * For a straight motion of a hand.
     *
     * @param along unit direction in the map
     * @param load mass in the hand, kg
     */
    Touch(Agent agent, Hand hand, Vec3 along, double load) {
        this.hand = hand;
        this.along = along;
        hand.arm(agent.telemetry());
        dynamics = new ArmDynamics(hand.arm());
        dynamics.load(load);
        int n = hand.commanded().length;
        zero = new double[n];
        offset = new double[n];
        model = new double[n];
        jacobian = new double[6 * n];
        friction = new double[n];
        damping = new double[n];
        weight = new double[n];
        Machine m = hand.arm().machine();
        for (int i = 0; i < n; i++) {
            int d = m.jntDofadr[Machine.indexOf(m.jntName, hand.arm().names().get(i))];
            friction[i] = m.dofFrictionloss[d];
            damping[i] = m.dofDamping[d];
        }
        double payload =
                agent.model().facts().limbs().stream()
                        .filter(l -> l.name().equals(hand.effector().limb()))
                        .mapToDouble(BodyFacts.Limb::payload)
                        .filter(Double::isFinite)
                        .findFirst()
                        .orElse(1);
        threshold = Math.clamp(payload * G, LEAST, MOST);
    }

    /** Takes in a tick in which the arm is to move so; whether something stands against it. */
    boolean feels(Agent agent, double[] velocity, double[] acceleration) {
        ArmModel arm = hand.arm(agent.telemetry());
        double[] q = hand.position(agent.telemetry());
        int n = q.length;
        dynamics.effort(q, velocity, acceleration == null ? zero : acceleration, model);
        double[] r = new double[n];
        for (int i = 0; i < n; i++) {
            r[i] = agent.telemetry().effort()[hand.commanded()[i]] - model[i];
        }
        ticks++;
        if (ticks <= START) {
            for (int i = 0; i < n; i++) {
                offset[i] += r[i] / START;
            }
            return false;
        }
        arm.jacobian(q, new double[3], new double[4], jacobian);
        for (int i = 0; i < n; i++) {
            r[i] -= offset[i];
            double pushed = threshold * lever(i, n);
            double unsure = friction[i] + UNSURE * damping[i] * Math.abs(velocity[i]);
            weight[i] = pushed * pushed / (pushed * pushed + unsure * unsure + 1e-12);
        }
        against += NEW * (force(r, n).dot(along) - against);
        strong = against > threshold ? strong + 1 : 0;
        return strong >= IN_A_ROW;
    }

    /** By how much the tool moves with a joint, m per rad or m. */
    private double lever(int joint, int n) {
        double x = jacobian[joint];
        double y = jacobian[n + joint];
        double z = jacobian[2 * n + joint];
        return Math.sqrt(x * x + y * y + z * z);
    }

    /** The force f at the tool that makes J^T f nearest to the efforts. */
    private Vec3 force(double[] r, int n) {
        double[][] a = new double[3][4];
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                for (int k = 0; k < n; k++) {
                    a[i][j] += weight[k] * jacobian[i * n + k] * jacobian[j * n + k];
                }
            }
            a[i][i] += 1e-3;
            for (int k = 0; k < n; k++) {
                a[i][3] += weight[k] * jacobian[i * n + k] * r[k];
            }
        }
        for (int i = 0; i < 3; i++) {
            for (int j = i + 1; j < 3; j++) {
                double f = a[j][i] / a[i][i];
                for (int k = i; k < 4; k++) {
                    a[j][k] -= f * a[i][k];
                }
            }
        }
        double[] f = new double[3];
        for (int i = 2; i >= 0; i--) {
            double sum = a[i][3];
            for (int j = i + 1; j < 3; j++) {
                sum -= a[i][j] * f[j];
            }
            f[i] = sum / a[i][i];
        }
        return Vec3.of(f, 0);
    }

    /** Begins anew. */
    void reset() {
        ticks = 0;
        strong = 0;
        against = 0;
        Arrays.fill(offset, 0);
    }
}
