package org.openkaiwu.dynamics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.openkaiwu.body.Compiler;
import org.openkaiwu.body.Machine;
import org.openkaiwu.body.mjcf.MjcfReader;
import org.openkaiwu.math.RandomStream;

/** The algorithms against each other and against finite differences, on a tree of all joints. */
class DynamicsTest {
    private static final String TREE =
            """
            <mujoco>
              <worldbody>
                <body pos="0 0 1">
                  <freejoint/>
                  <geom type="box" size=".1 .2 .05" pos=".03 0 .01"/>
                  <body pos=".2 0 0" euler="10 20 30">
                    <joint type="ball" pos="0 .02 0"/>
                    <geom type="capsule" fromto="0 0 0 .3 0 .1" size=".04"/>
                    <body pos=".3 0 0">
                      <joint type="slide" axis="1 0 1"/>
                      <joint axis="0 1 1" pos=".01 0 .02"/>
                      <geom type="box" size=".05 .02 .1" pos="0 0 .1"/>
                    </body>
                  </body>
                  <body pos="-.2 0 0">
                    <joint axis="0 1 0"/>
                    <geom type="box" size=".1 .02 .03" pos="-.1 0 0"/>
                    <site name="tip" pos="-.2 .01 .02"/>
                  </body>
                </body>
              </worldbody>
            </mujoco>
            """;

    private final Machine m = Compiler.compile(MjcfReader.read(TREE, Path.of(".")));
    private final TreeData d = new TreeData(m);
    private final RandomStream random = RandomStream.of(7, "dynamics");

    private double[] randomVector(int n) {
        double[] v = new double[n];
        for (int i = 0; i < n; i++) {
            v[i] = random.uniform(-1, 1);
        }
        return v;
    }

    private void randomState() {
        Integrate.pos(m, d.qpos, randomVector(m.nv), 1);
        System.arraycopy(randomVector(m.nv), 0, d.qvel, 0, m.nv);
        update();
    }

    private void update() {
        Kinematics.run(m, d);
        ComPos.run(m, d);
        Crb.run(m, d);
        FactorM.run(m, d);
        ComVel.run(m, d);
        Rne.bias(m, d);
    }

    @Test
    void shouldAgreeOnInertiaByTwoAlgorithms() {
        randomState();
        double[] qacc = randomVector(m.nv);
        double[] force = new double[m.nv];
        double[] product = new double[m.nv];
        Rne.run(m, d, qacc, force);
        Crb.mulM(m, d, product, qacc);
        for (int i = 0; i < m.nv; i++) {
            assertThat(force[i])
                    .isCloseTo(
                            product[i] + d.qfrcBias[i], within(1e-12 * (1 + Math.abs(force[i]))));
        }
    }

    @Test
    void shouldSolveWithTheFactor() {
        randomState();
        double[] x = randomVector(m.nv);
        double[] b = new double[m.nv];
        Crb.mulM(m, d, b, x);
        FactorM.solve(m, d, b);
        assertThat(b).containsExactly(x, within(1e-11));
    }

    @Test
    void shouldMoveASiteAsItsJacobianSays() {
        randomState();
        double[] jacp = new double[3 * m.nv];
        Jacobian.site(m, d, 0, jacp, null);
        double[] before = d.siteXpos.clone();
        double[] qpos = d.qpos.clone();
        double h = 1e-6;
        for (int i = 0; i < m.nv; i++) {
            double[] v = new double[m.nv];
            v[i] = 1;
            System.arraycopy(qpos, 0, d.qpos, 0, m.nq);
            Integrate.pos(m, d.qpos, v, h);
            Kinematics.run(m, d);
            for (int k = 0; k < 3; k++) {
                double slope = (d.siteXpos[k] - before[k]) / h;
                assertThat(jacp[k * m.nv + i]).isCloseTo(slope, within(1e-5));
            }
        }
    }

    @Test
    void shouldDeriveJacobiansByTime() {
        randomState();
        double[] dot = new double[3 * m.nv];
        double[] before = new double[3 * m.nv];
        double[] after = new double[3 * m.nv];
        Jacobian.pointDot(m, d, m.siteBodyid[0], d.siteXpos, 0, dot, null);
        Jacobian.site(m, d, 0, before, null);
        double h = 1e-7;
        Integrate.pos(m, d.qpos, d.qvel, h);
        Kinematics.run(m, d);
        ComPos.run(m, d);
        Jacobian.site(m, d, 0, after, null);
        for (int i = 0; i < dot.length; i++) {
            assertThat(dot[i]).isCloseTo((after[i] - before[i]) / h, within(1e-5));
        }
    }

    @Test
    void shouldDeriveBiasForcesByVelocity() {
        randomState();
        TreeMatrix matrix = new TreeMatrix(m, d.tree);
        new BiasDerivative(m).add(m, d, matrix, 1);
        double[] bias = d.qfrcBias.clone();
        double h = 1e-7;
        for (int j = 0; j < m.nv; j++) {
            double keep = d.qvel[j];
            d.qvel[j] += h;
            ComVel.run(m, d);
            Rne.bias(m, d);
            d.qvel[j] = keep;
            for (int i = 0; i < m.nv; i++) {
                double slope = (d.qfrcBias[i] - bias[i]) / h;
                assertThat(entry(matrix, i, j)).isCloseTo(slope, within(1e-5));
            }
        }
    }

    private double entry(TreeMatrix a, int i, int j) {
        int row = Math.max(i, j);
        int col = Math.min(i, j);
        for (int at = d.tree.fullRowadr[row]; at < d.tree.fullRowadr[row + 1]; at++) {
            if (d.tree.fullColind[at] == col) {
                return i >= j ? a.lower[at] : a.upper[at];
            }
        }
        return 0;
    }

    @Test
    void shouldSolveUnsymmetricTreeMatrices() {
        randomState();
        TreeMatrix matrix = new TreeMatrix(m, d.tree);
        new BiasDerivative(m).add(m, d, matrix, 1);
        matrix.subtractFromInertia(d, 0.01, 0, m.nv);
        double[] x = randomVector(m.nv);
        double[] b = new double[m.nv];
        for (int i = 0; i < m.nv; i++) {
            for (int j = 0; j < m.nv; j++) {
                b[i] += entry(matrix, i, j) * x[j];
            }
        }
        matrix.factor(0, m.nv);
        matrix.solve(b, 0, m.nv);
        assertThat(b).containsExactly(x, within(1e-10));
    }

    @Test
    void shouldUndoSumsByDifferences() {
        randomState();
        double[] from = d.qpos.clone();
        double[] v = randomVector(m.nv);
        double[] back = new double[m.nv];
        Integrate.pos(m, d.qpos, v, 0.5);
        Integrate.difference(m, back, 0.5, from, d.qpos);
        assertThat(back).containsExactly(v, within(1e-12));
    }
}
