package org.openkaiwu.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.openkaiwu.body.Machine;
import org.openkaiwu.body.Options;
import org.openkaiwu.checks.golden.GoldenConstraints;
import org.openkaiwu.checks.golden.GoldenFile;
import org.openkaiwu.physics.constraint.ConstraintStage;
import org.openkaiwu.physics.constraint.Rows;

/**
 * Constraint rows and their solution against MuJoCo 3.14, from its own contacts: rows to 1e-8,
 * accelerations and forces to 1e-7 of the largest entry. States on an edge (the reference itself
 * moves with rounding: growth of 1e4 and more, or another number of rows) are only counted.
 */
class ConstraintGoldenSharedTest {
    private static final double ROWS = 1e-8;
    private static final double SOLUTION = 1e-7;
    private static final double TOUCHY = 1e4;

    /** PGS stays away from the common optimum here (as the reference's does), or is very slow. */
    private static final List<String> PGS_STAYS_AWAY =
            List.of(
                    "mj_engine_collisions",
                    "condim_elliptic",
                    "sphere_pairs",
                    "pair_exclude",
                    "mj_engine_core_smooth_rne_post_connect_multiple_constraints");

    @TestFactory
    Stream<DynamicTest> newton() {
        return each(Options.Solver.NEWTON, 200, SOLUTION, List.of());
    }

    @TestFactory
    Stream<DynamicTest> conjugateGradients() {
        return each(Options.Solver.CG, 5000, 1e-6, List.of());
    }

    @TestFactory
    Stream<DynamicTest> gaussSeidel() {
        return each(Options.Solver.PGS, 5000, 1e-4, PGS_STAYS_AWAY);
    }

    private static Stream<DynamicTest> each(
            Options.Solver solver, int iterations, double tolerance, List<String> not) {
        return GoldenFile.all().stream()
                .map(GoldenFile::load)
                .filter(f -> f.root().path("static").has("geom_type"))
                .filter(f -> !not.contains(f.name()))
                .map(f ->
                        DynamicTest.dynamicTest(
                                f.name(), () -> check(f, solver, iterations, tolerance)));
    }

    private static void check(
            GoldenFile file, Options.Solver solver, int iterations, double tolerance) {
        Machine m = file.machine();
        m.option.solver = solver;
        m.option.iterations = iterations;
        m.option.tolerance = 0;
        m.option.noslipIterations = 0;
        GoldenConstraints golden = new GoldenConstraints(file, m);
        ConstraintStage stage = new ConstraintStage(golden.model);
        int k = 0;
        for (GoldenFile.State s : file.states()) {
            String where = file.name() + " state " + k++;
            golden.set(s);
            stage.make(golden.input);
            assertThat(stage.rows.nefc).as(where + " nefc").isEqualTo(s.count("nefc"));
            if (stage.rows.nefc == 0) {
                continue;
            }
            if (solver == Options.Solver.NEWTON) {
                rows(where, stage.rows, s, m.nv);
            }
            double[] qacc = new double[m.nv];
            double[] qfrc = new double[m.nv];
            stage.solve(golden.input, qacc, qfrc);
            GoldenFile.State c = s.part("converged");
            if (c.number("growth") < TOUCHY && !c.has("rows_change")) {
                close(where + " qacc", qacc, c.array("qacc"), tolerance, s.array("qacc_smooth"));
                if (solver == Options.Solver.NEWTON) {
                    close(where + " force", stage.rows.force, c.array("efc_force"), tolerance);
                }
            }
        }
    }

    private static void rows(String where, Rows rows, GoldenFile.State s, int nv) {
        int n = rows.nefc;
        assertThat(rows.ne).as(where + " ne").isEqualTo(s.count("ne"));
        assertThat(rows.nf).as(where + " nf").isEqualTo(s.count("nf"));
        assertThat(rows.nl).as(where + " nl").isEqualTo(s.count("nl"));
        double[] type = s.array("efc_type");
        double[] id = s.array("efc_id");
        for (int i = 0; i < n; i++) {
            assertThat(rows.type[i]).as(where + " type " + i).isEqualTo((int) type[i]);
            assertThat(rows.id[i]).as(where + " id " + i).isEqualTo((int) id[i]);
        }
        close(where + " pos", rows.pos, s.array("efc_pos"), ROWS);
        close(where + " margin", rows.margin, s.array("efc_margin"), ROWS);
        close(where + " vel", rows.vel, s.array("efc_vel"), 1e-6);
        close(where + " aref", rows.aref, s.array("efc_aref"), ROWS);
        each(where + " R", rows.r, s.array("efc_R"));
        each(where + " D", rows.d, s.array("efc_D"));
        each(where + " diagA", rows.diagA, s.array("efc_diagA"));
        each(where + " KBIP", rows.kbip, s.array("efc_KBIP"));
        if (s.has("efc_J")) {
            double[] jacobian = s.array("efc_J");
            for (int i = 0; i < n; i++) {
                double[] row = rows.jacobianRow(i, nv);
                for (int j = 0; j < nv; j++) {
                    assertThat(Math.abs(row[j] - jacobian[i * nv + j]))
                            .as(where + " J " + i + " " + j)
                            .isLessThan(ROWS);
                }
            }
        }
    }

    private static void close(String what, double[] got, double[] want, double tolerance) {
        close(what, got, want, tolerance, new double[0]);
    }

    /** Difference against the largest entry, of the terms that nearly cancel too. */
    private static void close(
            String what, double[] got, double[] want, double tolerance, double[] terms) {
        double largest = 1e-10;
        for (double x : terms) {
            largest = Math.max(largest, Math.abs(x));
        }
        double off = 0;
        for (int i = 0; i < want.length; i++) {
            largest = Math.max(largest, Math.abs(want[i]));
            off = Math.max(off, Math.abs(got[i] - want[i]));
        }
        assertThat(off).as(what).isLessThanOrEqualTo(tolerance * largest);
    }

    /** Difference of each entry against itself. */
    private static void each(String what, double[] got, double[] want) {
        for (int i = 0; i < want.length; i++) {
            assertThat(Math.abs(got[i] - want[i]))
                    .as(what + " " + i)
                    .isLessThanOrEqualTo(ROWS * Math.max(1e-6, Math.abs(want[i])));
        }
    }
}
