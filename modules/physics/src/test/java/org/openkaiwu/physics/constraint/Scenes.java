package org.openkaiwu.physics.constraint;

import java.nio.file.Path;
import org.openkaiwu.body.Compiler;
import org.openkaiwu.body.mjcf.MjcfReader;
import org.openkaiwu.physics.Model;
import org.openkaiwu.physics.World;

/** Small worlds for the tests. */
final class Scenes {
    private Scenes() {}

    static World world(String mjcf) {
        return new World(new Model(Compiler.compile(MjcfReader.read(mjcf, Path.of(".")))));
    }

    static void run(World w, double seconds) {
        int n = (int) Math.round(seconds / w.machine.option.timestep);
        for (int i = 0; i < n; i++) {
            w.step();
        }
    }

    /** A plane, and a free box of 1 kg and 0.1 m edge resting on it. */
    static String boxOnPlane(String option, String friction) {
        return """
        <mujoco>
          <option %s/>
          <worldbody>
            <geom type="plane" size="5 5 .1" friction="%s"/>
            <body pos="0 0 .05">
              <freejoint/>
              <geom type="box" size=".05 .05 .05" mass="1" friction="%s"/>
            </body>
          </worldbody>
        </mujoco>
        """
                .formatted(option, friction, friction);
    }

    static String stack(String option, int boxes) {
        StringBuilder bodies = new StringBuilder();
        for (int i = 0; i < boxes; i++) {
            bodies.append(
                    """
                    <body pos="0 0 %s"><freejoint/>
                      <geom type="box" size=".05 .05 .05" density="500"/></body>
                    """
                            .formatted(0.05 + 0.1 * i));
        }
        return """
        <mujoco>
          <option %s/>
          <worldbody><geom type="plane" size="5 5 .1"/>%s</worldbody>
        </mujoco>
        """
                .formatted(option, bodies);
    }
}
