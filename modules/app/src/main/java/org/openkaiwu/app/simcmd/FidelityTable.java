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
                * note: kinds of geom pairs whose contacts differ from the reference's in some state \
                (number, points by more than 1e-5 m, normal). Known causes: of flat faces with more \
                than four corners in touch, four are kept, and which four depends on the corner that \
                the outline starts with, for meshes the order in which the reference's hull library \
                made the triangles, for cylinder caps the last bit; both choices span the same face. \
                The reference turns the normal of a cylinder's cap or edge around where a corner or \
                an edge of a box or mesh dips into it, which draws the bodies together; here it \
                points apart. With the reference's contacts fed in, rows agree to 1e-8 and \
                accelerations to 1e-7 in all of these models (ConstraintGoldenSharedTest). A rollout \
                can meet such a pair between the single states (robot_g1 sine: from step 21).

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
