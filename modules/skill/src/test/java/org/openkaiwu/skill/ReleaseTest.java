package org.openkaiwu.skill;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.openkaiwu.math.Pose;
import org.openkaiwu.math.Quat;
import org.openkaiwu.math.Vec3;

class ReleaseTest {
    private static final Quat DOWN = Quat.about(Vec3.X, Math.PI);

    private static Pose turned(Vec3 axis, double angle) {
        return new Pose(Vec3.ZERO, Quat.about(axis, angle).times(DOWN));
    }

    @Test
    void aThingIsNotLetGoLyingOnAFinger() {
        // the tool's x is the closing direction: turned about y, one finger comes under the other
        assertThat(Release.slidesOut(turned(Quat.about(Vec3.Z, Math.PI / 2).rotate(Vec3.X), 1.05)))
                .isFalse();
    }

    @Test
    void aThingIsLetGoFromAHandThatIsSlantedAcrossItsClosing() {
        assertThat(Release.slidesOut(turned(Vec3.X, 0))).isTrue();
        assertThat(Release.slidesOut(turned(Vec3.X, 1.05))).isTrue();
    }
}
