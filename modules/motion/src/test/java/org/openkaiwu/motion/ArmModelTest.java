package org.openkaiwu.motion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.openkaiwu.body.Compiler;
import org.openkaiwu.body.Machine;
import org.openkaiwu.body.Spec;
import org.openkaiwu.dynamics.Kinematics;
import org.openkaiwu.dynamics.TreeData;
import org.openkaiwu.math.Pose;
import org.openkaiwu.math.Quat;
import org.openkaiwu.math.RandomStream;
import org.openkaiwu.math.Vec3;

class ArmModelTest {
    @Test
    void bodiesAreWhereTheDynamicsRoomPutsThem() {
        ArmModel arm = Arms.mobile();
        Machine m = arm.machine();
        TreeData data = new TreeData(m);
        RandomStream random = RandomStream.of(4, "frames");
        for (int k = 0; k < 20; k++) {
            double[] q = Arms.random(arm, random);
            Vec3 axis = new Vec3(random.nextNormal(), random.nextNormal(), random.nextNormal());
            Pose base = new Pose(new Vec3(1, 2, 0.3), Quat.about(axis, random.uniform(0, 3)));
            arm.base(base);
            System.arraycopy(base.p().toArray(), 0, data.qpos, 0, 3);
            System.arraycopy(base.q().toArray(), 0, data.qpos, 3, 4);
            arm.write(q, data.qpos);
            Kinematics.run(m, data);
            Pose tool = arm.toolPose(q);
            Vec3 want = Vec3.of(data.xpos, 3 * arm.tip());
            assertThat(tool.p().distance(want)).isLessThan(1e-12);
            assertThat(tool.q().angleTo(Quat.of(data.xquat, 4 * arm.tip()))).isLessThan(1e-7);
        }
    }

    @Test
    void coupledJointsMoveAlong() {
        Spec spec = new Spec();
        Arms.chain(
                spec.world,
                List.of(
                        new Arms.Link(new double[] {0, 0, 1}, new double[] {0, 0, 0}, -2, 2),
                        new Arms.Link(new double[] {0, 0, 1}, new double[] {1, 0, 0}, -4, 4)),
                new double[] {1, 0, 0});
        Spec.Equality e = new Spec.Equality();
        e.type = 2;
        e.obj1 = "j2";
        e.obj2 = "j1";
        e.polycoef = new double[] {0, -2, 0, 0, 0};
        spec.equalities.add(e);
        ArmModel arm = ArmModel.of(Compiler.compile(spec), List.of("j1"), "tool", Pose.IDENTITY);
        // The rhombus: the tool stays on the x axis.
        double[] q = {0.4};
        assertThat(arm.toolPose(q).p().x()).isCloseTo(2 * Math.cos(0.4), within(1e-12));
        assertThat(arm.toolPose(q).p().y()).isCloseTo(0, within(1e-12));
        double[] jac = new double[6];
        arm.jacobian(q, new double[3], new double[4], jac);
        assertThat(jac[0]).isCloseTo(-2 * Math.sin(0.4), within(1e-12));
        assertThat(jac[1]).isCloseTo(0, within(1e-12));
    }

    @Test
    void effortsBalanceGravityAndLoad() {
        Spec spec = new Spec();
        Spec.Body tool =
                Arms.chain(
                        spec.world,
                        List.of(new Arms.Link(new double[] {0, 1, 0}, new double[3], -2, 2)),
                        new double[] {0.5, 0, 0});
        tool.inertial = new Spec.Inertial();
        tool.inertial.mass = 2;
        tool.inertial.diag = new double[] {1e-6, 1e-6, 1e-6};
        spec.world.bodies.get(0).geoms.get(0).mass = 0;
        spec.world.bodies.get(0).geoms.get(0).density = 0;
        spec.world.bodies.get(0).inertial = new Spec.Inertial();
        spec.world.bodies.get(0).inertial.mass = 1e-6;
        spec.world.bodies.get(0).inertial.diag = new double[] {1e-9, 1e-9, 1e-9};
        ArmModel arm = ArmModel.of(Compiler.compile(spec), List.of("j1"), "tool", Pose.IDENTITY);
        ArmDynamics dynamics = new ArmDynamics(arm);
        double[] out = new double[1];
        double[] none = {0};
        dynamics.effort(none, none, none, out);
        // Axis +y: gravity turns the arm down by a positive torque, held by a negative one.
        assertThat(out[0]).isCloseTo(-2 * 9.81 * 0.5, within(1e-4));
        dynamics.load(1);
        dynamics.effort(none, none, new double[] {3}, out);
        assertThat(out[0]).isCloseTo(-3 * 9.81 * 0.5 + 3 * 0.25 * 3, within(1e-4));
    }
}
