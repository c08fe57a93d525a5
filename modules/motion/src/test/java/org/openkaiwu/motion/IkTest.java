package org.openkaiwu.motion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.openkaiwu.math.Pose;
import org.openkaiwu.math.RandomStream;
import org.openkaiwu.math.Vec3;

class IkTest {
    @Test
    void jacobianIsTheDerivativeOfTheToolPose() {
        RandomStream random = RandomStream.of(3, "jacobian");
        ArmModel planarBase =
                Arms.mobile().withPlanarBase(new double[] {-2, -2, -3}, new double[] {2, 2, 3});
        for (ArmModel arm : new ArmModel[] {Arms.sevenAxis(), planarBase}) {
            int n = arm.size();
            double[] jac = new double[6 * n];
            double[] p = new double[3];
            double[] o = new double[4];
            for (int k = 0; k < 20; k++) {
                double[] q = Arms.random(arm, random);
                arm.jacobian(q, p, o, jac);
                for (int c = 0; c < n; c++) {
                    double h = 1e-6;
                    double[] up = q.clone();
                    double[] down = q.clone();
                    up[c] += h;
                    down[c] -= h;
                    Pose a = arm.toolPose(down);
                    Pose b = arm.toolPose(up);
                    Vec3 v = b.p().minus(a.p()).times(0.5 / h);
                    var d = b.q().times(a.q().inverse());
                    double s = d.w() < 0 ? -1 / h : 1 / h;
                    assertThat(v.x()).isCloseTo(jac[c], within(1e-6));
                    assertThat(v.y()).isCloseTo(jac[n + c], within(1e-6));
                    assertThat(v.z()).isCloseTo(jac[2 * n + c], within(1e-6));
                    assertThat(d.x() * s).isCloseTo(jac[3 * n + c], within(1e-6));
                    assertThat(d.y() * s).isCloseTo(jac[4 * n + c], within(1e-6));
                    assertThat(d.z() * s).isCloseTo(jac[5 * n + c], within(1e-6));
                }
            }
        }
    }

    @Test
    void planarArmMatchesTheClosedForm() {
        ArmModel arm = Arms.planar();
        Ik ik = new Ik(arm);
        RandomStream random = RandomStream.of(1, "planar");
        for (int k = 0; k < 100; k++) {
            double r = random.uniform(0.35, 1.65);
            double a = random.uniform(-1.5, 1.5);
            Vec3 target = new Vec3(r * Math.cos(a), r * Math.sin(a), 0);
            Ik.Result result =
                    ik.solve(
                            new ToolGoal.Point(target),
                            new double[] {a, 0.5},
                            Ik.Options.DEFAULT.tolerances(1e-6, 1e-3).effort(40, 2));
            assertThat(result.found()).isTrue();
            // Law of cosines.
            double elbow = Math.acos((r * r - 1 - 0.49) / 1.4);
            for (Ik.Solution s : result.solutions()) {
                assertThat(Math.abs(s.q()[1])).isCloseTo(elbow, within(1e-4));
            }
            assertThat(result.solutions()).hasSize(2);
        }
        Ik.Result far =
                ik.solve(
                        new ToolGoal.Point(new Vec3(2, 0, 0)),
                        new double[] {0.3, 0.5},
                        Ik.Options.DEFAULT);
        assertThat(far.found()).isFalse();
        assertThat(far.best().positionError()).isCloseTo(0.3, within(1e-3));
    }

    private static int roundTrips(ArmModel arm, int count) {
        RandomStream random = RandomStream.of(11, "round trips");
        Ik ik = new Ik(arm);
        int solved = 0;
        for (int k = 0; k < count; k++) {
            Pose goal = arm.toolPose(Arms.random(arm, random));
            double[] seed = Arms.random(arm, random);
            Ik.Result r = ik.solve(new ToolGoal.Full(goal), seed, Ik.Options.DEFAULT);
            if (r.found()) {
                solved++;
                Pose got = arm.toolPose(r.best().q());
                assertThat(got.p().distance(goal.p())).isLessThan(1.01e-4);
                assertThat(got.q().angleTo(goal.q())).isLessThan(1.01e-3);
                double[] lo = arm.lower();
                double[] hi = arm.upper();
                for (int i = 0; i < lo.length; i++) {
                    assertThat(r.best().q()[i]).isBetween(lo[i], hi[i]);
                }
            }
        }
        return solved;
    }

    @Test
    void solvesReachablePoses() {
        long t0 = System.nanoTime();
        int six = roundTrips(Arms.sixAxis(), 500);
        long t1 = System.nanoTime();
        int seven = roundTrips(Arms.sevenAxis(), 500);
        long t2 = System.nanoTime();
        int mobile = roundTrips(Arms.mobile(), 200);
        System.out.printf(
                "ik: six axes %d/500 %.2f ms each, seven axes %d/500 %.2f ms, lift %d/200%n",
                six, (t1 - t0) / 5e8, seven, (t2 - t1) / 5e8, mobile);
        assertThat(six).isGreaterThanOrEqualTo(495);
        assertThat(seven).isGreaterThanOrEqualTo(495);
        assertThat(mobile).isGreaterThanOrEqualTo(198);
    }

    @Test
    void fiveAxesMeetThePointAndReportTheDirection() {
        ArmModel arm = Arms.fiveAxis();
        Ik ik = new Ik(arm);
        Ik.Options wide = Ik.Options.DEFAULT.tolerances(1e-4, 0.3);
        RandomStream random = RandomStream.of(5, "five");
        int solved = 0;
        for (int k = 0; k < 200; k++) {
            double a = random.uniform(-1.2, 1.2);
            double r = random.uniform(0.14, 0.2);
            Vec3 p = new Vec3(r * Math.cos(a), r * Math.sin(a), random.uniform(0.01, 0.04));
            ToolGoal goal = new ToolGoal.Approach(p, new Vec3(0, 0, -1), Vec3.X);
            Ik.Result result = ik.solve(goal, new double[5], wide);
            if (result.found()) {
                solved++;
                Pose got = arm.toolPose(result.best().q());
                assertThat(got.p().distance(p)).isLessThan(1.01e-4);
                double angle = Math.acos(Math.min(1, -got.q().rotate(Vec3.X).z()));
                assertThat(angle).isCloseTo(result.best().directionError(), within(1e-5));
            }
        }
        assertThat(solved).isGreaterThanOrEqualTo(198);
        // From the side at an angle to the arm's plane: the direction cannot be had.
        Vec3 p = new Vec3(0.22, 0, 0.1);
        ToolGoal across = new ToolGoal.Approach(p, new Vec3(1, 0.4, 0), Vec3.X);
        Ik.Result r = ik.solve(across, new double[5], wide.tolerances(1e-4, 0.5));
        assertThat(r.found()).isTrue();
        assertThat(r.best().positionError()).isLessThan(1e-4);
        assertThat(r.best().directionError()).isBetween(0.2, 0.5);
        assertThat(ik.solve(across, new double[5], Ik.Options.DEFAULT).found()).isFalse();
    }

    @Test
    void redundantJointsGoToRest() {
        ArmModel arm = Arms.sevenAxis();
        Ik ik = new Ik(arm);
        double[] rest = {0, 0.5, 0, 1.2, 0, 0.8, 0};
        Pose goal = arm.toolPose(new double[] {0.4, 0.6, 0.8, 1.1, -0.5, 0.7, 0.3});
        double[] seed = {0.4, 0.6, 0.8, 1.1, -0.5, 0.7, 0.3};
        Ik.Options plain = Ik.Options.DEFAULT.effort(1, 1);
        double[] before = ik.solve(new ToolGoal.Full(goal), seed, plain).best().q();
        Ik.Result r = ik.solve(new ToolGoal.Full(goal), seed, plain.restingAt(rest));
        assertThat(r.found()).isTrue();
        assertThat(PathTrajectory.distance(r.best().q(), rest))
                .isLessThan(0.9 * PathTrajectory.distance(before, rest));
    }

    @Test
    void aPlanarBaseComesToTheTarget() {
        ArmModel arm =
                Arms.mobile().withPlanarBase(new double[] {-3, -3, -4}, new double[] {3, 3, 4});
        ToolGoal goal = new ToolGoal.Approach(new Vec3(2, 1.5, 0.7), new Vec3(0, 0, -1), Vec3.Z);
        Ik.Result r = new Ik(arm).solve(goal, new double[arm.size()], Ik.Options.DEFAULT);
        assertThat(r.found()).isTrue();
        assertThat(arm.toolPose(r.best().q()).p().distance(goal.position())).isLessThan(2e-4);
    }

    @Test
    void isTheSameEveryTime() {
        ArmModel arm = Arms.sixAxis();
        Pose goal = arm.toolPose(new double[] {0.4, 0.6, 0.8, 1.1, -0.5, 0.7});
        double[] a = new Ik(arm).solve(new ToolGoal.Full(goal), new double[6], few()).best().q();
        double[] b =
                new Ik(Arms.sixAxis())
                        .solve(new ToolGoal.Full(goal), new double[6], few())
                        .best()
                        .q();
        assertThat(Arrays.equals(a, b)).isTrue();
    }

    private static Ik.Options few() {
        return Ik.Options.DEFAULT.effort(30, 4);
    }

    @Test
    void reachSaysByHowMuch() {
        Reach reach = new Reach(Arms.planar());
        assertThat(reach.bound()).isCloseTo(1.7, within(1e-9));
        Reach.Answer far =
                reach.ask(
                        new ToolGoal.Point(new Vec3(0, 2.2, 0)),
                        new double[] {0.2, 0.3},
                        Ik.Options.DEFAULT);
        assertThat(far.reachable()).isFalse();
        assertThat(far.missing()).isCloseTo(0.5, within(2e-3));
        Reach.Answer near =
                reach.ask(
                        new ToolGoal.Point(new Vec3(0, 1.2, 0)),
                        new double[] {0.2, 0.3},
                        Ik.Options.DEFAULT);
        assertThat(near.reachable()).isTrue();
    }
}
