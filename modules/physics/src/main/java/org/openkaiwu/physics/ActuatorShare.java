package org.openkaiwu.physics;

import org.openkaiwu.body.Machine;

/** Armature and damping that actuators add, times gear squared, to their joint or tendon. */
final class ActuatorShare {
    private ActuatorShare() {}

    static void add(
            Machine m,
            double[] dofArmature,
            double[] dofDamping,
            double[] tendonArmature,
            double[] tendonDamping) {
        for (int a = 0; a < m.nactuator; a++) {
            double gear = m.actuatorGear[6 * m.actuatorOutadr[a]];
            double armature = m.actuatorArmature[a] * gear * gear;
            double damping = m.actuatorDamping[a] * gear * gear;
            int id = m.actuatorTrnid[2 * a];
            switch (m.actuatorTrntype[a]) {
                case 0, 1 -> {
                    int first = m.jntDofadr[id];
                    for (int i = first; i < first + Joints.dofs(m.jntType[id]); i++) {
                        dofArmature[i] += armature;
                        dofDamping[i] += damping;
                    }
                }
                case 3 -> {
                    tendonArmature[id] += armature;
                    tendonDamping[id] += damping;
                }
                default -> {
                    // the other transmissions have no single coordinate
                }
            }
        }
    }
}
