package org.openkaiwu.motion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.openkaiwu.math.Pose;
import org.openkaiwu.math.Quat;
import org.openkaiwu.math.RandomStream;
import org.openkaiwu.math.Vec3;

class SceneTest {
    private static Obstacle box(String name, double x, double y, double z, double h) {
        return new Obstacle(name, new Solid.Box(new Vec3(h, h, h)), Pose.at(x, y, z));
    }

    private static Convex placed(Solid solid, Pose pose) {
        Convex c = Convex.of(solid);
        double[] p = pose.p().toArray();
        double[] q = pose.q().toArray();
        c.place(p, 0, q, 0);
        return c;
    }

    @Test
    void distancesMatchClosedForms() {
        Separation s = new Separation();
        Quat turned = Quat.about(new Vec3(1, 2, 3), 0.7);
        Convex ball = placed(new Solid.Sphere(0.1), Pose.at(1, 0, 0));
        Convex box = placed(new Solid.Box(new Vec3(0.2, 0.3, 0.4)), Pose.IDENTITY);
        assertThat(s.distance(ball, box, 10)).isCloseTo(0.7, within(1e-9));
        Convex a = placed(new Solid.Capsule(0.1, 0.5), Pose.at(0, 0, 0));
        Convex b =
                placed(
                        new Solid.Capsule(0.2, 0.5),
                        new Pose(new Vec3(1, 0, 0), Quat.about(Vec3.X, 1)));
        assertThat(s.distance(a, b, 10)).isCloseTo(0.7, within(1e-6));
        Convex disc = placed(new Solid.Cylinder(0.3, 0.1), Pose.at(0, 0, 1));
        assertThat(s.distance(disc, box, 10)).isCloseTo(0.5, within(1e-6));
        Convex far = placed(new Solid.Box(new Vec3(0.1, 0.1, 0.1)), Pose.at(0.3, 0.4, 1.5));
        assertThat(s.distance(far, box, 10)).isCloseTo(Math.sqrt(1), within(1e-6));
        Convex same = placed(new Solid.Box(new Vec3(0.1, 0.1, 0.1)), new Pose(Vec3.ZERO, turned));
        assertThat(s.distance(same, box, 10)).isLessThanOrEqualTo(0);
        assertThat(s.closer(far, box, 0.99)).isFalse();
        assertThat(s.closer(far, box, 1.01)).isTrue();
    }

    @Test
    void distanceIsThatOfDensePointSets() {
        RandomStream random = RandomStream.of(2, "pairs");
        Separation s = new Separation();
        for (int k = 0; k < 300; k++) {
            Convex a = placed(shape(random), pose(random));
            Convex b = placed(shape(random), pose(random));
            double d = s.distance(a, b, 100);
            // Any direction separates by at most the distance; the best one by just it.
            double best = Double.NEGATIVE_INFINITY;
            double[] pa = new double[3];
            double[] pb = new double[3];
            for (int i = 0; i < 400; i++) {
                double[] n = {random.nextNormal(), random.nextNormal(), random.nextNormal()};
                double len = Math.sqrt(n[0] * n[0] + n[1] * n[1] + n[2] * n[2]);
                a.support(n, 1, pa);
                b.support(n, -1, pb);
                double gap = 0;
                for (int c = 0; c < 3; c++) {
                    gap += n[c] / len * (pb[c] - pa[c]);
                }
                best = Math.max(best, gap - a.radius - b.radius);
            }
            if (d > 0) {
                assertThat(best).isLessThanOrEqualTo(d + 1e-7);
            } else {
                assertThat(best).isLessThanOrEqualTo(1e-7);
            }
            assertThat(s.closer(a, b, d + 1e-6)).isTrue();
            if (d > 1e-3) {
                assertThat(s.closer(b, a, d - 1e-6)).isFalse();
            }
        }
    }

    private static Solid shape(RandomStream r) {
        return switch (r.nextInt(4)) {
            case 0 -> new Solid.Sphere(r.uniform(0.05, 0.3));
            case 1 -> new Solid.Capsule(r.uniform(0.05, 0.2), r.uniform(0.1, 0.4));
            case 2 -> new Solid.Cylinder(r.uniform(0.05, 0.3), r.uniform(0.05, 0.4));
            default ->
                    new Solid.Box(
                            new Vec3(
                                    r.uniform(0.05, 0.4),
                                    r.uniform(0.05, 0.4),
                                    r.uniform(0.05, 0.4)));
        };
    }

    private static Pose pose(RandomStream r) {
        Vec3 axis = new Vec3(r.nextNormal(), r.nextNormal(), r.nextNormal());
        return new Pose(
                new Vec3(r.uniform(-1, 1), r.uniform(-1, 1), r.uniform(-1, 1)),
                Quat.about(axis, r.uniform(0, 3)));
    }

    @Test
    void seesObstaclesAndKeepsAllowedContacts() {
        ArmModel arm = Arms.sixAxis();
        PlanningScene scene = new PlanningScene(arm, 0.01, 0.0);
        double[] up = new double[6];
        assertThat(scene.valid(up)).isTrue();
        Pose tool = arm.toolPose(up);
        scene.obstacles(List.of(box("cube", tool.p().x(), 0, tool.p().z() + 0.055, 0.02)));
        assertThat(scene.valid(up)).isFalse();
        assertThat(scene.contacts(up))
                .extracting(PlanningScene.Contact::second)
                .containsOnly("cube");
        scene.allow("link6", "cube");
        assertThat(scene.valid(up)).isTrue();
        scene.forbidAll();
        assertThat(scene.valid(up)).isFalse();
        // 5 cm above the cap of the last link (radius 0.03) minus half the cube.
        scene.obstacles(List.of(box("cube", tool.p().x(), 0, tool.p().z() + 0.1, 0.02)));
        assertThat(scene.clearance(up, 1)).isCloseTo(0.05, within(1e-6));
        assertThat(scene.valid(new double[] {0, 0, 0, 0, 0, 4})).isFalse();
    }

    @Test
    void foldingOntoItselfIsNotValid() {
        ArmModel arm = Arms.sevenAxis();
        PlanningScene scene = new PlanningScene(arm, 0, 0);
        assertThat(scene.valid(new double[] {0, 0, 0, 1.2, 0, 0.5, 0})).isTrue();
        assertThat(scene.free(new double[] {0, 1.8, 0, 2.6, 0, 1.8, 0})).isFalse();
    }

    @Test
    void partsThatTouchMayDoSoOnlyWhereThatWasSaid() {
        ArmModel arm = Arms.sevenAxis();
        double[] folded = {0, 1.8, 0, 2.6, 0, 1.8, 0};
        double[] qpos = arm.machine().qpos0.clone();
        arm.write(folded, qpos);
        PlanningScene scene = new PlanningScene(arm, 0, 0);
        assertThat(scene.contacts(folded)).isNotEmpty();
        scene.learn(qpos);
        assertThat(scene.contacts(folded)).isEmpty();
    }

    @Test
    void whatTouchesAtTheStartOfAWayMayDoSoOnlyNearToIt() {
        ArmModel arm = Arms.sixAxis();
        PlanningScene scene = new PlanningScene(arm, 0.01, 0.0);
        double[] up = new double[6];
        // the last joint turns the round tip on the spot: the distance stays the same
        double[] near = {0, 0, 0, 0, 0, 0.1};
        double[] far = {0, 0, 0, 0, 0, 1};
        Pose tool = arm.toolPose(up);
        scene.obstacles(List.of(box("cube", tool.p().x(), 0, tool.p().z() + 0.045, 0.02)));
        scene.startAt(up);
        assertThat(scene.valid(up)).isTrue();
        assertThat(scene.valid(near)).isTrue();
        assertThat(scene.valid(far)).isFalse();
    }

    @Test
    void whatIsNearAtTheStartOfAWayMayStayAsNearButNotTouch() {
        ArmModel arm = Arms.sixAxis();
        PlanningScene scene = new PlanningScene(arm, 0.01, 0.0);
        double[] up = new double[6];
        Pose tool = arm.toolPose(up);
        double gap = scene(arm, tool, 0.055).clearance(up, 1);
        assertThat(gap).isBetween(0.002, 0.01);
        scene.obstacles(List.of(box("cube", tool.p().x(), 0, tool.p().z() + 0.055, 0.02)));
        scene.startAt(up);
        assertThat(scene.valid(up)).isTrue();
        scene.obstacles(List.of(box("cube", tool.p().x(), 0, tool.p().z() + 0.051, 0.02)));
        assertThat(scene.valid(up)).isFalse();
    }

    private static PlanningScene scene(ArmModel arm, Pose tool, double above) {
        PlanningScene scene = new PlanningScene(arm, 0, 0);
        scene.obstacles(List.of(box("cube", tool.p().x(), 0, tool.p().z() + above, 0.02)));
        return scene;
    }

    @Test
    void whatIsHeldMovesAlongAndMayStandOnItsSupport() {
        ArmModel arm = Arms.sixAxis();
        PlanningScene scene = new PlanningScene(arm, 0.002, 0.0);
        double[] down = {0, 0.8, 1.0, 0, 1.3, 0};
        Pose tool = arm.toolPose(down);
        Obstacle cube =
                new Obstacle(
                        "cube",
                        new Solid.Box(new Vec3(0.02, 0.02, 0.02)),
                        new Pose(tool.transform(new Vec3(0, 0, 0.05)), tool.q()));
        double floor = cube.pose().p().z() - 0.021;
        Obstacle table =
                new Obstacle(
                        "table",
                        new Solid.Box(new Vec3(0.3, 0.3, 0.01)),
                        Pose.at(cube.pose().p().x(), 0, floor - 0.01));
        scene.obstacles(List.of(cube, table));
        scene.allow(List.of("link5", "link6", "tool"), "cube");
        assertThat(scene.valid(down)).isTrue();
        scene.attach(
                "cube",
                cube.solid(),
                "tool",
                Pose.at(0, 0, 0.05),
                List.of("link5", "link6", "tool"));
        assertThat(scene.valid(down)).isFalse();
        scene.allow("cube", "table");
        assertThat(scene.valid(down)).isTrue();
        double[] aside = {0.5, 0.8, 1.0, 0, 1.3, 0};
        Pose there = arm.toolPose(aside);
        scene.obstacles(
                List.of(box("post", there.p().x(), there.p().y(), there.p().z() - 0.05, 0.01)));
        assertThat(scene.valid(down)).isTrue();
        assertThat(scene.valid(aside)).isFalse();
    }

    @Test
    void aMobileBaseCarriesItsGeometryAlong() {
        ArmModel arm =
                Arms.mobile().withPlanarBase(new double[] {-3, -3, -4}, new double[] {3, 3, 4});
        PlanningScene scene = new PlanningScene(arm, 0.01, 0);
        scene.obstacles(List.of(box("crate", 1, 0, 0.2, 0.2)));
        double[] q = new double[arm.size()];
        assertThat(scene.valid(q)).isTrue();
        q[arm.size() - 3] = 0.7;
        assertThat(scene.valid(q)).isFalse();
        q[arm.size() - 2] = 1;
        assertThat(scene.valid(q)).isTrue();
    }

    @Test
    void plansAroundAWallAndTimesIt() {
        ArmModel arm = Arms.sixAxis();
        PlanningScene scene = new PlanningScene(arm, 0.01, 0);
        scene.obstacles(
                List.of(
                        new Obstacle(
                                "wall",
                                new Solid.Box(new Vec3(0.3, 0.02, 0.3)),
                                Pose.at(0.5, 0, 0.3))));
        double[] a = {0.8, 0.9, 1.0, 0, 0.5, 0};
        double[] b = {-0.8, 0.9, 1.0, 0, 0.5, 0};
        assertThat(scene.valid(a)).isTrue();
        assertThat(scene.valid(b)).isTrue();
        JointSpace space = JointSpace.plain(arm.lower(), arm.upper());
        PlanResult r = new RrtConnect(space, 0.6, 20000).plan(a, b, scene, 4);
        assertThat(r.solved()).isTrue();
        double[][] path = new Shortcut(space).shorten(r.path(), scene, 150, 4);
        double[] v = {2, 2, 2, 3, 3, 3};
        double[] acc = {6, 6, 6, 9, 9, 9};
        double[] j = {60, 60, 60, 90, 90, 90};
        Trajectory t = new Timing(v, acc, j, 0.1).along(path, scene, 0.02);
        double[] q = new double[6];
        PlanningScene strict = new PlanningScene(arm, 0.0, 0);
        strict.obstacles(
                List.of(
                        new Obstacle(
                                "wall",
                                new Solid.Box(new Vec3(0.3, 0.02, 0.3)),
                                Pose.at(0.5, 0, 0.3))));
        for (double s = 0; s <= t.duration(); s += 0.005) {
            t.position(s, q);
            assertThat(strict.valid(q)).isTrue();
        }
        assertThat(t.duration()).isLessThan(4);
    }

    @Test
    void straightLinesAreStraight() {
        ArmModel arm = Arms.sixAxis();
        double[] start = {0.2, 0.6, 1.1, 0.1, 1.2, 0};
        Pose from = arm.toolPose(start);
        CartesianPath line = new CartesianPath(arm, 0.005, 1e-4, 1e-3);
        Vec3 to = from.p().plus(new Vec3(0, 0, -0.12));
        CartesianPath.Result r =
                line.follow(start, new ToolGoal.Full(new Pose(to, from.q())), Validity.ALWAYS);
        assertThat(r.complete()).isTrue();
        assertThat(arm.toolPose(r.last()).p().distance(to)).isLessThan(2e-4);
        double[] q = new double[6];
        for (int k = 1; k < r.path().length; k++) {
            for (double t = 0; t <= 1; t += 0.1) {
                JointSpace.interpolate(r.path()[k - 1], 0, r.path()[k], 0, t, q);
                Pose p = arm.toolPose(q);
                assertThat(Math.hypot(p.p().x() - to.x(), p.p().y() - to.y())).isLessThan(2e-3);
                assertThat(p.q().angleTo(from.q())).isLessThan(0.01);
            }
        }
        assertThat(r.path().length).isLessThan(12);
        Vec3 outside = from.p().plus(new Vec3(1, 0, 0));
        CartesianPath.Result cut =
                line.follow(start, new ToolGoal.Full(new Pose(outside, from.q())), Validity.ALWAYS);
        assertThat(cut.complete()).isFalse();
        assertThat(cut.end()).isEqualTo(CartesianPath.End.OUT_OF_REACH);
        assertThat(cut.fraction()).isBetween(0.05, 0.9);
    }
}
