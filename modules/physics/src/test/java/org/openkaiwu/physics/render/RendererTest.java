package org.openkaiwu.physics.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.openkaiwu.body.Compiler;
import org.openkaiwu.body.mjcf.MjcfReader;
import org.openkaiwu.collision.Ray;
import org.openkaiwu.physics.Model;
import org.openkaiwu.physics.World;

/** Pictures of worlds: depth and geoms against rays through the middle of each pixel. */
class RendererTest {
    private static final String SOLIDS =
            """
            <mujoco>
              <asset>
                <mesh name="wedge" vertex="0 0 0  .3 0 0  0 .3 0  .3 .3 0  0 0 .2  0 .3 .2"/>
                <hfield name="hill" nrow="3" ncol="3" size=".2 .2 .1 .05" elevation="0 0 0 0 1 0 0 0 0"/>
              </asset>
              <worldbody>
                <geom type="plane" size="0 0 .1" rgba=".5 .5 .5 1"/>
                <geom type="box" size=".1 .08 .06" pos=".2 -.3 .2" euler="20 30 10"/>
                <geom type="sphere" size=".1" pos="-.2 -.3 .2"/>
                <geom type="ellipsoid" size=".12 .08 .05" pos=".2 .1 .2" euler="0 40 20"/>
                <geom type="capsule" size=".05 .1" pos="-.2 .1 .2" euler="50 0 0"/>
                <geom type="cylinder" size=".07 .08" pos="0 .35 .2" euler="30 20 0"/>
                <geom type="mesh" mesh="wedge" pos="0 -.1 .5"/>
                <geom type="hfield" hfield="hill" pos="-.55 .1 .1"/>
                <geom type="sphere" size=".3" pos="0 0 .3" group="3"/>
                <camera name="front" pos=".2 -1.4 .9" xyaxes="1 .1 0 0 .5 1" fovy="50"/>
                <camera name="lens" pos="1 .2 .7" xyaxes="0 1 0 -.5 0 1" sensorsize=".02 .02"
                  focal=".02 .022" principal=".001 .002" resolution="80 60"/>
                <camera name="map" pos="0 0 2" projection="orthographic" fovy="1.6"/>
              </worldbody>
            </mujoco>
            """;

    private static final int PLANE = 0;

    private static World world(String xml) {
        World w = new World(new Model(Compiler.compile(MjcfReader.read(xml, Path.of(".")))));
        w.forward();
        return w;
    }

    private static Picture take(World w, View view) {
        Picture picture = new Picture(view.width(), view.height());
        new Renderer(w.model).take(w, view, picture);
        return picture;
    }

    @Test
    void shouldSeeWhatRaysMeet() {
        World w = world(SOLIDS);
        for (int camera = 0; camera < w.machine.ncam; camera++) {
            View view = View.of(w, camera, 160, 120);
            Picture picture = take(w, view);
            boolean[] groups = {true, true, true, false, false, false};
            Ray ray = new Ray(w.machine);
            int other = 0;
            int far = 0;
            for (int row = 0; row < 120; row++) {
                for (int col = 0; col < 160; col++) {
                    int at = 160 * row + col;
                    double depth = depth(ray, w, view, row, col, groups);
                    if (ray.geom != picture.geom[at]) {
                        other++;
                    } else if (ray.geom >= 0) {
                        boolean round =
                                w.machine.geomType[ray.geom] >= 2
                                        && w.machine.geomType[ray.geom] <= 5;
                        double error = Math.abs(picture.depth[at] - depth);
                        if (!round) {
                            assertThat(error)
                                    .as("%d at %d, %d", ray.geom, row, col)
                                    .isLessThan(1e-5);
                        } else if (error > 2e-3) {
                            far++;
                        }
                    } else {
                        assertThat(picture.depth[at]).isInfinite();
                    }
                }
            }
            // round solids are a little smaller: their outlines differ
            assertThat(other).as("other geom, camera %d", camera).isLessThan(160);
            assertThat(far).as("other depth, camera %d", camera).isLessThan(100);
        }
    }

    /** Depth of the ray through the middle of a pixel, -1: nothing. */
    private static double depth(Ray ray, World w, View view, int row, int col, boolean[] groups) {
        double x = (col + 0.5 - view.cx()) / view.fx();
        double y = (view.cy() - row - 0.5) / view.fy();
        double[] from = view.eye().clone();
        double[] dir = new double[3];
        double[] mat = view.mat();
        for (int k = 0; k < 3; k++) {
            double aside = x * mat[3 * k] + y * mat[3 * k + 1];
            if (view.orthographic()) {
                from[k] += aside;
                dir[k] = -mat[3 * k + 2];
            } else {
                dir[k] = aside - mat[3 * k + 2];
            }
        }
        return ray.cast(w.tree.geomXpos, w.tree.geomXmat, from, 0, dir, 0, groups, true, -1);
    }

    @Test
    void shouldBeTheSameToTheByteAndShareTriangles() {
        World w = world(SOLIDS);
        View view = View.whole(w, 200, 150);
        Renderer renderer = new Renderer(w.model);
        Picture first = new Picture(200, 150);
        renderer.take(w, view, first);
        Picture second = new Picture(200, 150);
        renderer.take(w, View.of(w, 0, 200, 150), second);
        renderer.another().take(w, view, second);
        assertThat(second.rgb).isEqualTo(first.rgb);
        assertThat(second.depth).isEqualTo(first.depth);
        assertThat(second.geom).isEqualTo(first.geom);
        // the whole has room: nothing but ground and sky at the rim
        for (int col = 0; col < 200; col++) {
            assertThat(first.geom[col]).isLessThanOrEqualTo(PLANE);
            assertThat(first.geom[149 * 200 + col]).isLessThanOrEqualTo(PLANE);
        }
    }

    @Test
    void shouldLookOutOfASolidAndThroughThinColour() {
        World w =
                world(
                        """
                        <mujoco><worldbody>
                          <geom type="sphere" size=".1" rgba="1 0 0 1"/>
                          <geom type="box" size=".1 .01 .1" pos="0 1 0" rgba="0 0 1 .5"/>
                          <geom type="box" size=".2 .01 .2" pos="0 2 0" rgba="0 1 0 1"/>
                          <geom type="box" size=".3 .01 .3" pos="0 .5 0" rgba="0 1 0 0"/>
                          <camera pos="0 0 0" xyaxes="1 0 0 0 0 1" fovy="30"/>
                        </worldbody></mujoco>
                        """);
        Picture p = take(w, View.of(w, 0, 41, 41));
        int middle = 20 * 41 + 20;
        assertThat(p.geom[middle]).isEqualTo(2);
        assertThat(p.depth[middle]).isCloseTo(1.99f, within(1e-5f));
        int green = p.rgb[middle] >> 8 & 255;
        int blue = p.rgb[middle] & 255;
        assertThat(green).isBetween(60, 140);
        assertThat(blue).isBetween(60, 140);
        assertThat(p.rgb[middle] >> 16 & 255).isLessThan(5);
        assertThat(p.rgb[0]).isEqualTo(Picture.BACKGROUND);
    }

    @Test
    void shouldCutWhatReachesBehindTheEye() {
        World w =
                world(
                        """
                        <mujoco><worldbody>
                          <geom type="plane" size="0 0 1"/>
                          <camera pos="0 0 1" xyaxes="1 0 0 0 0 1" fovy="90"/>
                          <camera pos="0 0 -1" xyaxes="1 0 0 0 0 1" fovy="90"/>
                        </worldbody></mujoco>
                        """);
        Picture above = take(w, View.of(w, 0, 40, 40));
        for (int row = 0; row < 40; row++) {
            double tan = (row + 0.5 - 20) / 20;
            for (int col = 0; col < 40; col++) {
                int at = 40 * row + col;
                if (tan < 0) {
                    assertThat(above.geom[at]).isEqualTo(-1);
                } else {
                    assertThat(above.depth[at]).isCloseTo((float) (1 / tan), within(1e-4f));
                }
            }
        }
        // from below a plane is not seen
        assertThat(take(w, View.of(w, 1, 40, 40)).geom).containsOnly(-1);
    }

    @Test
    void shouldRefuseSizesThatMakeNoPicture() {
        assertThatThrownBy(() -> new Picture(0, 10)).hasMessageContaining("0 x 10");
        assertThatThrownBy(() -> new Picture(1 << 20, 1 << 20)).hasMessageContaining("2^26");
        World w = world("<mujoco><worldbody><camera/></worldbody></mujoco>");
        View view = View.of(w, 0, 10, 10);
        Renderer renderer = new Renderer(w.model);
        assertThatThrownBy(() -> renderer.take(w, view, new Picture(5, 5)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(take(w, View.whole(w, 10, 10)).geom).containsOnly(-1);
    }
}
