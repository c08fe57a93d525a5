package org.openkaiwu.app.simcmd;

import java.util.List;
import java.util.Locale;

/** The comparison as a Markdown page. */
final class FidelityTable {
    private FidelityTable() {}

    static String write(List<Fidelity.Result> results, String command) {
        StringBuilder out = new StringBuilder();
        out.append("# Physics against MuJoCo 3.14.0\n\nMade by `").append(command).append("`.\n\n");
        out.append(
                """
                * qacc: largest difference of the acceleration over the single states, relative to \
                the largest entry; the reference carries its own solver's stopping error (up to 2e-5).
                * step: largest difference of qpos and qvel after one step with the model's own \
                integrator, relative to 1 + largest entry.
                * edge: states left out because the reference itself moves by more than 1e4 times \
                a disturbance there, or changes its number of rows.
                * contacts: states with the reference's number of contacts.
                * rollout: records with growth below 1e4 that are within 1e-6 (1 + growth), of all \
                such records; worst: largest difference in units of that tolerance.

                | model | states | edge | contacts | qacc | step | rollout | worst | note |
                |---|---|---|---|---|---|---|---|---|
                """);
        int models = 0;
        int fine = 0;
        int records = 0;
        int good = 0;
        for (Fidelity.Result r : results) {
            out.append(row(r));
            models++;
            fine += r.qacc() < 1e-4 ? 1 : 0;
            records += r.records();
            good += r.good();
        }
        out.append(
                "\n%d of %d models with qacc within 1e-4; %d of %d rollout records within tolerance.\n"
                        .formatted(fine, models, good, records));
        return out.toString();
    }

    static String row(Fidelity.Result r) {
        return String.format(
                Locale.ROOT,
                "| %s | %d | %d | %d/%d | %.1e | %.1e | %d/%d | %.1e | %s |%n",
                r.name(),
                r.states(),
                r.touchy(),
                r.sameContacts(),
                r.states(),
                r.qacc(),
                r.step(),
                r.good(),
                r.records(),
                r.rollout(),
                r.note());
    }
}
