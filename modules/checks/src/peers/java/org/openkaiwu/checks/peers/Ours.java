package org.openkaiwu.checks.peers;

import org.openkaiwu.body.Machine;
import org.openkaiwu.physics.Model;
import org.openkaiwu.physics.World;

/** The product's own engine; servos act as generalised forces, as they do on the others. */
final class Ours implements Engine {
    @Override
    public String name() {
        return "OpenKaiwu";
    }

    @Override
    public String cannot() {
        return "—";
    }

    @Override
    public Sim open(Machine m, double[][] servos, double dt) {
        World w = new World(new Model(m));
        double[] target = new double[m.nv];
        int[] qposadr = new int[m.nv];
        for (int d = 0; d < m.nv; d++) {
            int j = m.dofJntid[d];
            qposadr[d] = m.jntQposadr[j] + d - m.jntDofadr[j];
        }
        return new Sim() {
            @Override
            public void target(int dof, double value) {
                target[dof] = value;
            }

            @Override
            public void step() {
                for (int d = 0; d < m.nv; d++) {
                    if (servos[d][0] > 0) {
                        double error = target[d] - w.qpos[qposadr[d]];
                        w.qfrcApplied[d] = servos[d][0] * error - servos[d][1] * w.qvel[d];
                    }
                }
                w.step();
            }

            @Override
            public void pose(int body, double[] pose) {
                w.forward();
                System.arraycopy(w.tree.xipos, 3 * body, pose, 0, 3);
                System.arraycopy(w.tree.xquat, 4 * body, pose, 3, 4);
            }
        };
    }
}
