package org.openkaiwu.skill;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.openkaiwu.math.Pose;
import org.openkaiwu.math.Quat;
import org.openkaiwu.math.Vec3;
import org.openkaiwu.perception.Catalogue;
import org.openkaiwu.perception.Names;
import org.openkaiwu.perception.Shape;

class InsideTest {
    private static final Inside BIN =
            new Inside(new Pose(new Vec3(.5, -.3, .1), Quat.yaw(-.6)), new Vec3(.17, .12, .065));

    private static Catalogue.Entry entry(Shape shape, Vec3 size) {
        Names names = new Names(List.of("x"), List.of("某"));
        return new Catalogue.Entry(
                "x",
                "x",
                "",
                "",
                names,
                shape,
                size,
                .1,
                Optional.empty(),
                Optional.empty(),
                true,
                false);
    }

    private static int tightness(Catalogue.Entry e, double turn, double aside) {
        Vec3 at = BIN.middle().transform(new Vec3(aside, 0, 0));
        return BIN.tightness(e, new Pose(at, Quat.yaw(-.6 + turn)));
    }

    @Test
    void aLongThingGoesBetweenWallsAlongThem() {
        Vec3 size = new Vec3(.104, .059, .084);
        Catalogue.Entry box = entry(new Shape.Box(size.times(.5)), size);
        assertThat(tightness(box, 0, 0)).isZero();
        assertThat(tightness(box, Math.PI / 2, 0)).isEqualTo(1);
        assertThat(tightness(box, Math.PI / 3, 0)).isEqualTo(2);
        assertThat(tightness(box, 0, .05)).isEqualTo(2);
    }

    @Test
    void aRoundThingGoesInHoweverItIsTurned() {
        Catalogue.Entry tin = entry(new Shape.Cylinder(.045, .06), new Vec3(.09, .09, .12));
        assertThat(tightness(tin, 0, 0)).isZero();
        assertThat(tightness(tin, .7, 0)).isZero();
    }
}
