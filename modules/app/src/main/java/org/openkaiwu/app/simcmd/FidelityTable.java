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
                * converged: the same against the reference solved to the end, solved to the end here \
                too; empty without constraints. The states whose contact points differ (note) count.
                * step: largest difference of qpos and qvel after one step with the model's own \
                integrator, relative to 1 + largest entry.
                * edge: states left out because the reference itself moves by more than 1e4 times \
                a disturbance there, or changes its number of rows.
                * contacts: states with the reference's number of contacts.
                * rollout: records with growth below 1e4 that are within 1e-6 (1 + growth), of all \
                such records; worst: largest difference in units of that tolerance.
                * rest: of the records beyond that growth or tolerance at which the reference rests \
                (no joint faster than 0.01 rad/s or m/s), those where every body is within 5 mm and \
                0.02 rad; the farthest, mm, and most turned, rad.
                * overlap: deepest overlap in those records, mm, here and in the reference.
                * note: kinds of geom pairs whose contacts differ from the reference's in some state \
                (number, points by more than 1e-5 m, normal). Known causes: of flat faces with more \
                than four corners in touch, four are kept, and which four depends on the corner that \
                the outline starts with, for meshes the order in which the reference's hull library \
                made the triangles, for cylinder caps the last bit; both choices span the same face. \
                The reference turns the normal of a cylinder's cap or edge around where a corner or \
                an edge of a box or mesh dips into it, which draws the bodies together; here it \
                points apart. With the reference's contacts fed in, rows agree to 1e-8 and \
                accelerations to 1e-7 in all of these models (ConstraintGoldenSharedTest). A rollout \
                can meet such a pair between the single states (robot_g1 sine: from step 21). \
                hfield kick: from step 75 on the box is 0.2 mm off, which lies with an edge over \
                ridges of the field, where two depths are nearly equal; the other bodies agree to 1e-15.

                | model | states | edge | contacts | qacc | converged | step | rollout | worst | rest | overlap | note |
                |---|---|---|---|---|---|---|---|---|---|---|---|
                """);
        int models = 0;
        int fine = 0;
        int records = 0;
        int good = 0;
        int rests = 0;
        int near = 0;
        for (Fidelity.Result r : results) {
            out.append(row(r));
            models++;
            fine += r.qacc() < 1e-4 ? 1 : 0;
            records += r.records();
            good += r.good();
            rests += r.later().rests();
            near += r.later().near();
        }
        out.append(
                "\n%d of %d models with qacc within 1e-4; %d of %d rollout records within tolerance; of the others %d of %d resting ones rest where the reference does.\n"
                        .formatted(fine, models, good, records, near, rests));
        return out.toString();
    }

    static String row(Fidelity.Result r) {
        return String.format(
                Locale.ROOT,
                "| %s | %d | %d | %d/%d | %.1e | %s | %.1e | %d/%d | %.1e | %s | %s | %s |%n",
                r.name(),
                r.states(),
                r.touchy(),
                r.sameContacts(),
                r.states(),
                r.qacc(),
                Double.isNaN(r.converged())
                        ? ""
                        : String.format(Locale.ROOT, "%.1e", r.converged()),
                r.step(),
                r.good(),
                r.records(),
                r.rollout(),
                rest(r.later()),
                overlap(r.later()),
                r.note());
    }

    private static String rest(Fidelity.Later l) {
        return l.rests() == 0
                ? ""
                : String.format(
                        Locale.ROOT,
                        "%d/%d, %.1f, %.3f",
                        l.near(),
                        l.rests(),
                        1000 * l.metres(),
                        l.radians());
    }

    private static String overlap(Fidelity.Later l) {
        return l.deepest() == 0 && l.theirs() == 0
                ? ""
                : String.format(Locale.ROOT, "%.2f, %.2f", 1000 * l.deepest(), 1000 * l.theirs());
    }
}
