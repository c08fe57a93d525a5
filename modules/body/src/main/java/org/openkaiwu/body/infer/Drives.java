package org.openkaiwu.body.infer;

import java.util.Arrays;
import org.openkaiwu.body.Machine;

/** Which joints are driven, how strongly, and which follow others. */
final class Drives {
    /** The file has actuators, so a joint without one is passive. */
    final boolean known;

    private final Machine machine;
    private final boolean[] driven;

    /** Joint that each joint follows by an equality or shares a tendon drive with, or -1. */
    final int[] follows;

    /** Position = offset + factor * position of the joint followed (relative to qpos0). */
    final double[] offset;

    final double[] factor;

    private final double[] effort;

    Drives(Machine machine) {
        this.machine = machine;
        known = machine.nactuator > 0;
        driven = new boolean[machine.njnt];
        follows = new int[machine.njnt];
        offset = new double[machine.njnt];
        factor = new double[machine.njnt];
        effort = new double[machine.njnt];
        Arrays.fill(follows, -1);
        Arrays.fill(effort, Double.NaN);
        for (int a = 0; a < machine.nactuator; a++) {
            actuator(a);
        }
        for (int e = 0; e < machine.neq; e++) {
            if (machine.eqType[e] == 2 && machine.eqActive0[e] && machine.eqObj2id[e] >= 0) {
                couple(e);
            }
        }
        for (int j = 0; j < machine.njnt; j++) {
            if (machine.jntActfrclimited[j]) {
                double limit =
                        Math.max(-machine.jntActfrcrange[2 * j], machine.jntActfrcrange[2 * j + 1]);
                effort[j] = Double.isNaN(effort[j]) ? limit : Math.min(effort[j], limit);
            }
        }
    }

    private void actuator(int a) {
        int target = machine.actuatorTrnid[2 * a];
        double gear = Math.abs(machine.actuatorGear[6 * a]);
        double force = Double.NaN;
        if (machine.actuatorForcelimited[a]) {
            force =
                    gear
                            * Math.max(
                                    -machine.actuatorForcerange[2 * a],
                                    machine.actuatorForcerange[2 * a + 1]);
        } else if (machine.actuatorBiastype[a] == 0 && machine.actuatorGaintype[a] == 0) {
            int c = machine.actuatorCtrladr[a];
            if (machine.actuatorCtrllimited[a]) {
                force =
                        gear
                                * Math.abs(machine.actuatorGainprm[10 * a])
                                * Math.max(
                                        -machine.actuatorCtrlrange[2 * c],
                                        machine.actuatorCtrlrange[2 * c + 1]);
            }
        }
        int kind = machine.actuatorTrntype[a];
        if (kind <= 1) {
            driven[target] = true;
            effort[target] = force;
        } else if (kind == 3) {
            int first = -1;
            for (int w = 0; w < machine.tendonNum[target]; w++) {
                int at = machine.tendonAdr[target] + w;
                if (machine.wrapType[at] == 1) {
                    int joint = machine.wrapObjid[at];
                    driven[joint] = true;
                    effort[joint] = force * Math.abs(machine.wrapPrm[at]);
                    if (first < 0) {
                        first = joint;
                    } else if (follows[joint] < 0) {
                        follows[joint] = first;
                        factor[joint] = 1;
                    }
                }
            }
        }
    }

    private void couple(int e) {
        int joint = machine.eqObj1id[e];
        int other = machine.eqObj2id[e];
        for (int j = other, n = 0; j >= 0 && n <= machine.njnt; j = follows[j], n++) {
            if (j == joint) {
                return;
            }
        }
        follows[joint] = other;
        offset[joint] = machine.eqData[11 * e];
        factor[joint] = machine.eqData[11 * e + 1];
    }

    boolean driven(int joint) {
        return driven[joint];
    }

    /** Driven, or coupled to a driven joint; without actuators in the file: any joint. */
    boolean active(int joint) {
        if (!known) {
            return true;
        }
        for (int j = 0; j < machine.njnt; j++) {
            if (driven[j] && (j == joint || master(j) == master(joint))) {
                return true;
            }
        }
        return false;
    }

    /** The joint at the start of the chain of couplings. */
    int master(int joint) {
        int j = joint;
        for (int n = 0; follows[j] >= 0 && n < machine.njnt; n++) {
            j = follows[j];
        }
        return j;
    }

    /** Largest force or torque of a joint's drive, N or N m; NaN when not known. */
    double effort(int joint) {
        return effort[joint];
    }

    /** Sets every follower from the joint it follows. */
    void settle(double[] q) {
        for (int j = 0; j < machine.njnt; j++) {
            if (follows[j] >= 0 && machine.jntType[j] >= 2) {
                q[machine.jntQposadr[j]] = position(j, q, 0);
            }
        }
    }

    private double position(int j, double[] q, int depth) {
        int at = machine.jntQposadr[j];
        if (follows[j] < 0 || depth > machine.njnt) {
            return q[at];
        }
        int other = follows[j];
        double moved = position(other, q, depth + 1) - machine.qpos0[machine.jntQposadr[other]];
        return machine.qpos0[at] + offset[j] + factor[j] * moved;
    }
}
