package org.openkaiwu.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openkaiwu.app.adopt.Adoption;
import org.openkaiwu.body.Machine;

/** Wheels in wells that a file's solids close. */
class WheelWellTest {
    private static final String WHEEL =
            """
            <body name="%1$s_fork" pos="%2$s"><joint name="%1$s_steer" axis="0 0 1" range="-1.6 1.6"/>
              <inertial mass="0.1" pos="0 0 0" diaginertia="1e-3 1e-3 1e-3"/>
              <body name="%1$s_rim"><joint name="%1$s_wheel" axis="0 1 0"/>
                <geom type="cylinder" size="0.1 0.02" zaxis="0 1 0" mass="1"/></body></body>
            """;

    private static final String CART =
            """
            <mujoco model="cart"><compiler angle="radian"/><worldbody>
            <body name="base" pos="0 0 0.1"><freejoint/>
              <geom type="box" size="0.2 0.1 0.05" mass="20"/>
              %s %s %s
            </body></worldbody>
            <actuator>
              <position joint="left_steer" kp="500" kv="20"/><velocity joint="left_wheel" kv="50"/>
              <position joint="right_steer" kp="500" kv="20"/><velocity joint="right_wheel" kv="50"/>
              <position joint="rear_steer" kp="500" kv="20"/><velocity joint="rear_wheel" kv="50"/>
            </actuator></mujoco>
            """;

    @TempDir private Path folder;

    /** The left wheel meets the base only when it is steered far, the others never. */
    @Test
    void shouldLetASteeredWheelTurnWhereItRunsIntoWhatCarriesIt() throws IOException {
        String text =
                CART.formatted(
                        WHEEL.formatted("left", "0.1 0.19 0"),
                        WHEEL.formatted("right", "0.1 -0.3 0"),
                        WHEEL.formatted("rear", "-0.35 0 0"));
        Path file = folder.resolve("cart.xml");
        Files.writeString(file, text);
        Machine m = Adoption.of(file, t -> {}).body().machine();
        int base = Machine.indexOf(m.bodyName, "base");
        int rim = Machine.indexOf(m.bodyName, "left_rim");
        assertThat(m.nexclude).isEqualTo(1);
        assertThat(m.excludeBody1[0] + m.excludeBody2[0]).isEqualTo(base + rim);
    }
}
