package org.openkaiwu.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openkaiwu.body.Machine;
import org.openkaiwu.body.Options;
import org.openkaiwu.checks.golden.GoldenFile;
import org.openkaiwu.checks.golden.GoldenRun;
import org.openkaiwu.physics.Model;
import org.openkaiwu.physics.World;

/**
 * Inverse dynamics against MuJoCo 3.14: at its own acceleration the same forces to 1e-8 of the
 * largest force in play. Compared are the states whose contacts are the reference's (those of
 * meshes may be other points of the same faces) and whose rows are no harder than 1e9, since harder
 * ones multiply the last digit of the acceleration.
 */
class InverseGoldenSharedTest {
    private static final double TOLERANCE = 1e-8;
    private static final double HARD = 1e9;

    @Test
    void shouldFindTheReferencesForces() {
        List<String> off = new ArrayList<>();
        int compared = 0;
        for (Path file : GoldenFile.all()) {
            GoldenFile golden = GoldenFile.load(file);
            if (golden.name().equals("mj_engine_solver_model")) {
                continue; // signed distance fields
            }
            Machine machine = golden.compiled();
            World w = new World(new Model(machine));
            int k = 0;
            for (GoldenFile.State s : golden.states()) {
                k++;
                if (!s.has("qfrc_inverse")) {
                    continue;
                }
                GoldenRun.set(w, s);
                System.arraycopy(s.array("qacc"), 0, w.qacc, 0, machine.nv);
                w.inverse();
                if (!sameContacts(w, s) || hard(w)) {
                    continue;
                }
                compared++;
                double difference = difference(w, s);
                if (!(difference < TOLERANCE)) {
                    off.add("%s state %d: %.2g".formatted(golden.name(), k - 1, difference));
                }
            }
        }
        assertThat(off).isEmpty();
        assertThat(compared).isGreaterThan(600);
    }

    private static double difference(World w, GoldenFile.State s) {
        double[] want = s.array("qfrc_inverse");
        double[] constraint = s.array("qfrc_constraint");
        double most = 1;
        double difference = 0;
        boolean discrete = w.machine.option.integrator == Options.Integrator.DISCRETE;
        for (int i = 0; i < want.length; i++) {
            most = Math.max(most, Math.abs(want[i]));
            most = Math.max(most, Math.abs(constraint[i]));
            most = Math.max(most, Math.abs(w.tree.qfrcBias[i]));
            most = Math.max(most, discrete ? Math.abs(w.qfrcSmooth[i]) : 0);
            difference = Math.max(difference, Math.abs(want[i] - w.qfrcInverse[i]));
        }
        return difference / most;
    }

    private static boolean sameContacts(World w, GoldenFile.State s) {
        if (w.contacts.count != s.count("ncon") || w.constraints.rows.nefc != s.count("nefc")) {
            return false;
        }
        int c = 0;
        for (var contact : s.node().path("contacts")) {
            double deep = contact.path("dist").asDouble() - w.contacts.dist[c];
            if (Math.abs(deep) > 1e-11) {
                return false;
            }
            for (int k = 0; k < 3; k++) {
                double off = contact.path("pos").get(k).asDouble() - w.contacts.pos[3 * c + k];
                double turn = contact.path("frame").get(k).asDouble() - w.contacts.frame[9 * c + k];
                if (Math.abs(off) > 1e-11 || Math.abs(turn) > 1e-11) {
                    return false;
                }
            }
            c++;
        }
        return true;
    }

    private static boolean hard(World w) {
        for (int i = 0; i < w.constraints.rows.nefc; i++) {
            if (w.constraints.rows.d[i] > HARD) {
                return true;
            }
        }
        return false;
    }
}
