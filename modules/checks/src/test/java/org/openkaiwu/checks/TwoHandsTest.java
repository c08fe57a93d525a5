package org.openkaiwu.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openkaiwu.app.run.Run;
import org.openkaiwu.app.run.RunListener;
import org.openkaiwu.app.run.RunReport;
import org.openkaiwu.app.run.RunRequest;

/** What is too wide for the fingers of one hand. */
class TwoHandsTest {
    private static final String SCENE =
            """
            title: {en: Wide, zh: 宽物体}
            kinds:
              carton: {form: box, size: [0.16, 0.13, 0.12], mass: 0.4,
                       friction: [0.8, 0.005, 0.0001], rgba: [0.7, 0.5, 0.3, 1],
                       material: cardboard, source: a carton for a test}
            places:
              - {id: table, form: table, colour: "", names: {en: [table], zh: [桌子]},
                 size: [0.80, 1.20, 0.74], fit: front, rgba: [0.78, 0.66, 0.50, 1]}
            things:
              - {id: carton, kind: carton, word: box, colour: brown,
                 names: {en: [box, carton], zh: [纸箱]}, on: table, band: near}
            """;

    @TempDir Path root;

    @BeforeEach
    void aSceneWithAWideBox() throws IOException {
        Path home = Path.of(System.getProperty("kaiwu.root")).toAbsolutePath();
        Path scenes = Files.createDirectory(root.resolve("scenes"));
        Files.createSymbolicLink(root.resolve("bodies"), home.resolve("bodies"));
        Files.createSymbolicLink(root.resolve("words"), home.resolve("words"));
        Files.createSymbolicLink(scenes.resolve("lib"), home.resolve("scenes/lib"));
        Files.writeString(scenes.resolve("wide.yaml"), SCENE);
    }

    private RunReport run(String body, String say) {
        return Run.of(root, new RunRequest(body, "wide", say, 1), RunListener.NONE);
    }

    @Test
    void twoHandsLiftWhatIsTooWideForOne() {
        RunReport r = run("ffw_sg2", "pick up the box");
        assertThat(r.outcome()).as(r.message()).isEqualTo("done");
        double up =
                r.truth().objects().get("carton").position()[2]
                        - r.start().objects().get("carton").position()[2];
        assertThat(up).isGreaterThan(0.05);
        assertThat(r.truth().objects().get("carton").held_by()).isEqualTo("left_gripper");
        assertThat(r.limit_violations()).isZero();
    }

    @Test
    void whatOneArmCannotSpanIsRefusedBeforeAnythingMoves() {
        RunReport r = run("so101", "pick up the box");
        assertThat(r.outcome()).as(r.message()).isEqualTo("refused");
        assertThat(r.steps()).isEmpty();
        assertThat(r.max_joint_motion_rad()).isLessThan(0.01);
    }
}
