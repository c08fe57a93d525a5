package org.openkaiwu.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.openkaiwu.app.simcmd.SimCommand;
import org.openkaiwu.checks.golden.GoldenFile;
import picocli.CommandLine;

/**
 * The same bits everywhere: the committed hash of each reference rollout. Here a part of them; all
 * of them by {@code kaiwu sim hashes --golden FOLDER --check docs/results/rollout-hashes.txt}, also
 * under {@code --batch 9} and {@code KAIWU_JVM_FLAGS=-Xint}, {@code -XX:TieredStopAtLevel=1} and
 * {@code -XX:UseAVX=0}. A change of the engine that moves last bits on purpose writes the file anew
 * with {@code --out}.
 */
class RolloutHashSharedTest {
    private static final String SOME =
            "act_general,box_pairs,capsule_pairs,condim_elliptic,equality_connect_weld,fluid_box,"
                    + "hfield,joints_all,mesh_pairs,mj_model_humanoid_humanoid,muscle,robot_aloha,"
                    + "robot_g1,robot_go2,robot_so101,sensors_frame,solver_cg,solver_pgs,"
                    + "tendon_spatial";

    @Test
    void shouldRepeatTheCommittedBits() {
        assertThat(hashes(SOME, 1)).contains("38 rollouts");
    }

    @Test
    void shouldRepeatTheCommittedBitsAmongOtherWorldsOfABatch() {
        assertThat(hashes("condim_elliptic,mj_model_humanoid_humanoid", 5)).contains("4 rollouts");
    }

    /** Compares the hashes of some rollouts; what the command said. */
    private static String hashes(String only, int batch) {
        Path golden = GoldenFile.shared().resolve("golden");
        Path hashes = Path.of("../../docs/results/rollout-hashes.txt");
        assertThat(Files.exists(hashes)).isTrue();
        StringWriter text = new StringWriter();
        CommandLine line = new CommandLine(new SimCommand()).setOut(new PrintWriter(text));
        int code =
                line.execute(
                        "hashes",
                        "--golden",
                        golden.toString(),
                        "--check",
                        hashes.toString(),
                        "--only",
                        only,
                        "--batch",
                        Integer.toString(batch));
        assertThat(code).as(text.toString()).isZero();
        return text.toString();
    }
}
