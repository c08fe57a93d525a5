package org.openkaiwu.collision;

import org.openkaiwu.body.Machine;
import org.openkaiwu.body.Options;
import org.openkaiwu.body.Options.Flag;

/**
 * How the parameters of two geoms become those of their contact: MuJoCo's documentation, chapter
 * Computation, "Parameters" and chapter Modeling, "Contact parameters", as of version 3.14. Margins
 * and gaps add; the higher priority decides alone; at equal priority {@code solref} and {@code
 * solimp} are averaged with weights {@code solmix} and friction is the larger one.
 */
final class ContactParameters {
    /** Smallest friction coefficient (MuJoCo's mjMINMU). */
    static final double MINMU = 1e-5;

    private ContactParameters() {}

    /** Margin of a geom pair ({@code pair} is -1) or of an explicit pair. */
    static double margin(Machine m, boolean override, int g1, int g2, int pair) {
        if (override) {
            return m.option.oMargin;
        }
        return pair >= 0 ? m.pairMargin[pair] : at(m.geomMargin, g1) + at(m.geomMargin, g2);
    }

    /** Gap of a geom pair ({@code pair} is -1) or of an explicit pair. */
    static double gap(Machine m, int g1, int g2, int pair) {
        return pair >= 0 ? at(m.pairGap, pair) : at(m.geomGap, g1) + at(m.geomGap, g2);
    }

    /** Columns that are zero everywhere may be missing in a machine. */
    static double at(double[] column, int i) {
        return i < column.length ? column[i] : 0;
    }

    /** Writes everything but position and distance of contact {@code c} from an explicit pair. */
    static void ofPair(Machine m, int pair, ContactBuffer out, int c) {
        out.dim[c] = m.pairDim[pair];
        for (int i = 0; i < 2; i++) {
            out.solref[2 * c + i] = m.pairSolref[2 * pair + i];
            out.solreffriction[2 * c + i] = at(m.pairSolreffriction, 2 * pair + i);
        }
        System.arraycopy(m.pairSolimp, 5 * pair, out.solimp, 5 * c, 5);
        System.arraycopy(m.pairFriction, 5 * pair, out.friction, 5 * c, 5);
        out.adhesion[c] = at(m.pairAdhesion, pair);
    }

    /** Writes everything but position and distance of contact {@code c} of two geoms. */
    static void ofGeoms(Machine m, int g1, int g2, ContactBuffer out, int c) {
        out.solreffriction[2 * c] = 0;
        out.solreffriction[2 * c + 1] = 0;
        int p1 = m.geomPriority[g1];
        int p2 = m.geomPriority[g2];
        if (p1 != p2) {
            copy(m, p1 > p2 ? g1 : g2, out, c);
            return;
        }
        out.dim[c] = Math.max(m.geomCondim[g1], m.geomCondim[g2]);
        out.adhesion[c] = at(m.geomAdhesion, g1) + at(m.geomAdhesion, g2);
        double w = weight(m.geomSolmix[g1], m.geomSolmix[g2]);
        boolean standard = m.geomSolref[2 * g1] > 0 && m.geomSolref[2 * g2] > 0;
        for (int i = 0; i < 2; i++) {
            double a = m.geomSolref[2 * g1 + i];
            double b = m.geomSolref[2 * g2 + i];
            out.solref[2 * c + i] = standard ? w * a + (1 - w) * b : Math.min(a, b);
        }
        for (int i = 0; i < 5; i++) {
            out.solimp[5 * c + i] =
                    w * m.geomSolimp[5 * g1 + i] + (1 - w) * m.geomSolimp[5 * g2 + i];
        }
        friction(
                out,
                c,
                Math.max(m.geomFriction[3 * g1], m.geomFriction[3 * g2]),
                Math.max(m.geomFriction[3 * g1 + 1], m.geomFriction[3 * g2 + 1]),
                Math.max(m.geomFriction[3 * g1 + 2], m.geomFriction[3 * g2 + 2]));
    }

    private static void copy(Machine m, int g, ContactBuffer out, int c) {
        out.dim[c] = m.geomCondim[g];
        out.adhesion[c] = at(m.geomAdhesion, g);
        System.arraycopy(m.geomSolref, 2 * g, out.solref, 2 * c, 2);
        System.arraycopy(m.geomSolimp, 5 * g, out.solimp, 5 * c, 5);
        int f = 3 * g;
        friction(out, c, m.geomFriction[f], m.geomFriction[f + 1], m.geomFriction[f + 2]);
    }

    private static double weight(double mix1, double mix2) {
        boolean some1 = mix1 >= Solid.MINVAL;
        boolean some2 = mix2 >= Solid.MINVAL;
        if (some1 && some2) {
            return mix1 / (mix1 + mix2);
        }
        return some1 == some2 ? 0.5 : some1 ? 1 : 0;
    }

    private static void friction(ContactBuffer out, int c, double slide, double spin, double roll) {
        out.friction[5 * c] = slide;
        out.friction[5 * c + 1] = slide;
        out.friction[5 * c + 2] = spin;
        out.friction[5 * c + 3] = roll;
        out.friction[5 * c + 4] = roll;
    }

    /** Global overrides, the floor of friction, and what follows from distance and margin. */
    static void finish(Options o, boolean override, ContactBuffer out, int c, double margin) {
        if (override) {
            for (int i = 0; i < 2; i++) {
                out.solref[2 * c + i] = o.oSolref[i];
                out.solreffriction[2 * c + i] = o.oSolref[i];
            }
            System.arraycopy(o.oSolimp, 0, out.solimp, 5 * c, 5);
            System.arraycopy(o.oFriction, 0, out.friction, 5 * c, 5);
        }
        for (int i = 0; i < 5; i++) {
            out.friction[5 * c + i] = Math.max(MINMU, out.friction[5 * c + i]);
        }
        out.includemargin[c] = margin;
        boolean inGap = out.dist[c] >= margin;
        out.exclude[c] = inGap && out.adhesion[c] == 0 ? 1 : 0;
        if (inGap && out.adhesion[c] != 0) {
            // in the gap there is attraction but no touch, so no friction
            out.dim[c] = 1;
        }
        out.efcAddress[c] = -1;
        out.mu[c] = 0;
    }

    /** True when the contact parameters of all pairs are overridden. */
    static boolean override(Machine m) {
        return m.option.enabled(Flag.OVERRIDE);
    }
}
