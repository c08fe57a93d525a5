package org.openkaiwu.skill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.openkaiwu.math.Pose;
import org.openkaiwu.math.Quat;
import org.openkaiwu.math.Vec3;
import org.openkaiwu.perception.Catalogue;
import org.openkaiwu.perception.Names;
import org.openkaiwu.perception.Shape;

class GraspTest {
    private static Catalogue.Entry entry(Shape shape, Vec3 size) {
        return new Catalogue.Entry(
                "x",
                "x",
                "",
                "",
                new Names(List.of("x"), List.of("某")),
                shape,
                size,
                .1,
                Optional.empty(),
                Optional.empty(),
                true,
                false);
    }

    private static Catalogue.Entry box(double x, double y, double z) {
        return entry(new Shape.Box(new Vec3(x / 2, y / 2, z / 2)), new Vec3(x, y, z));
    }

    @Test
    void closesOnlyWhereTheHandIsWideEnough() {
        Pose pose = new Pose(Vec3.ZERO, Quat.yaw(.7));
        List<Grasp> grasps = Grasp.of(box(.03, .2, .05), pose, .08);
        assertThat(grasps).isNotEmpty();
        for (Grasp g : grasps) {
            Vec3 closing = g.poseInThing().q().rotate(Vec3.X);
            assertThat(Math.abs(closing.x())).isCloseTo(1, within(1e-9));
            assertThat(g.width()).isEqualTo(.03);
        }
        assertThat(Grasp.of(box(.1, .2, .3), pose, .08)).isEmpty();
    }

    @Test
    void approachesALyingThingFromAboveInTheWorld() {
        Quat lying = Quat.about(Vec3.Y, Math.PI / 2);
        Pose pose = new Pose(new Vec3(1, 2, 3), lying);
        Grasp best =
                Grasp.of(box(.04, .05, .2), pose, .08).stream()
                        .min(java.util.Comparator.comparingDouble(Grasp::cost))
                        .orElseThrow();
        Vec3 approach = pose.times(best.poseInThing()).q().rotate(Vec3.Z);
        assertThat(approach.z()).isCloseTo(-1, within(1e-9));
    }

    @Test
    void roundThingsHaveManyClosings() {
        List<Grasp> grasps =
                Grasp.of(
                        entry(new Shape.Cylinder(.03, .06), new Vec3(.06, .06, .12)),
                        Pose.IDENTITY,
                        .08);
        long closings =
                grasps.stream()
                        .map(g -> g.poseInThing().q().rotate(Vec3.X))
                        .map(v -> Math.round(100 * v.x()) + " " + Math.round(100 * v.y()))
                        .distinct()
                        .count();
        assertThat(closings).isGreaterThanOrEqualTo(8);
    }

    @Test
    void prefersTheSideThatLeavesTheHandRoom() {
        Grasp best =
                Grasp.of(box(.053, .078, .05), Pose.IDENTITY, .085).stream()
                        .min(java.util.Comparator.comparingDouble(Grasp::cost))
                        .orElseThrow();
        assertThat(best.width()).isEqualTo(.053);
    }
}
