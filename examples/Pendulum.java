import java.nio.file.Files;
import java.nio.file.Path;
import org.openkaiwu.body.Compiler;
import org.openkaiwu.body.mjcf.MjcfReader;
import org.openkaiwu.physics.Model;
import org.openkaiwu.physics.World;

/** A double pendulum swings without loss; its two angles go to out/pendulum.svg. */
void main() throws Exception {
    String mjcf =
            """
            <mujoco>
              <option timestep="0.001" integrator="RK4"><flag energy="enable"/></option>
              <worldbody>
                <body pos="0 0 1">
                  <joint name="upper" axis="0 1 0"/><geom type="capsule" fromto="0 0 0 0.3 0 0" size="0.02"/>
                  <body pos="0.3 0 0">
                    <joint name="lower" axis="0 1 0"/><geom type="capsule" fromto="0 0 0 0.3 0 0" size="0.02"/>
                  </body>
                </body>
              </worldbody>
            </mujoco>
            """;
    World world = new World(new Model(Compiler.compile(MjcfReader.read(mjcf, Path.of(".")))));
    world.qvel[0] = 2; // rad/s
    world.forward();
    double before = world.energy[0] + world.energy[1];
    StringBuilder[] lines = {new StringBuilder(), new StringBuilder()};
    while (world.time < 5) {
        world.step();
        for (int j = 0; j < 2; j++) {
            lines[j].append("%.1f,%.1f ".formatted(100 * world.time, 150 - 20 * world.qpos[j]));
        }
    }
    world.forward(); // energy is of the state before the last step
    IO.println("energy %.6f J, then %.6f J".formatted(before, world.energy[0] + world.energy[1]));
    Path out = Files.createDirectories(Path.of("out")).resolve("pendulum.svg");
    Files.writeString(
            out,
            """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 500 300" fill="none">
            <polyline stroke="tomato" points="%s"/><polyline stroke="steelblue" points="%s"/></svg>
            """
                    .formatted(lines[0], lines[1]));
    IO.println(out);
}
