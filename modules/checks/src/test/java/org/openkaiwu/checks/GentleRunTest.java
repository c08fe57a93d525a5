package org.openkaiwu.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.openkaiwu.app.run.Run;
import org.openkaiwu.app.run.RunListener;
import org.openkaiwu.app.run.RunReport;
import org.openkaiwu.app.run.RunRequest;

/** Whole runs in which a hand has to be gentle: the guard must find nothing to stop. */
class GentleRunTest {
    private static RunReport run(String body, String scene, String say, long seed) {
        Path root = Path.of(System.getProperty("kaiwu.root"));
        return Run.of(root, new RunRequest(body, scene, say, seed), RunListener.NONE);
    }

    @Test
    void aSqueezeThatRubsStaysUnderTheGuardsForce() {
        RunReport r = run("realman_lift", "workcell", "pick up the white box", 20);
        assertThat(r.outcome()).as(r.message()).isEqualTo("done");
        assertThat(r.limit_violations()).isZero();
    }

    @Test
    void fingersThatSwingAsTheyCloseStayClearOfWallsBesideTheThing() {
        RunReport r = run("ffw_sg2", "workcell", "put box 1 in bin 1, then put it in bin 2", 10);
        assertThat(r.limit_violations()).isZero();
        assertThat(r.outcome()).as(r.message()).isEqualTo("done");
    }
}
