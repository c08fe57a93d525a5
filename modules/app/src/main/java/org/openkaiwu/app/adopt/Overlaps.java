package org.openkaiwu.app.adopt;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.openkaiwu.body.Machine;
import org.openkaiwu.body.Spec;
import org.openkaiwu.body.infer.BodyFacts;
import org.openkaiwu.collision.Collider;
import org.openkaiwu.collision.ContactBuffer;
import org.openkaiwu.dynamics.TreeData;
import org.openkaiwu.math.Problem;
import org.openkaiwu.math.RandomStream;

/**
 * Parts that a file draws into each other: links whose solids overlap in most postures, or, where a
 * joint ties one to the other, touch at all. Their contacts mean nothing and are taken out. MuJoCo
 * leaves out a link and the one it hangs on by itself, but not where the latter stands still in the
 * world: there a seam no deeper than a hair holds the first joint of an arm like a brake. A wheel
 * and what carries it are left out wherever they touch: a solid over a wheel well is drawn across
 * the opening, and a steered wheel that turns into it jams.
 */
final class Overlaps {
    /** Deeper than this is an overlap, m. */
    private static final double DEEP = 0.0005;

    private static final int POSTURES = 60;
    private static final double MOST = 0.35;

    private Overlaps() {}

    /**
     * Adds exclusions to the description.
     *
     * @param facts what the machine was taken for
     * @param rest a posture that is known to be good, or null
     * @return a note when something was excluded
     */
    static Optional<Problem> exclude(Spec spec, Machine m, BodyFacts facts, double[] rest) {
        boolean[] wheel = wheels(m, facts);
        Map<Long, Integer> seen = new TreeMap<>();
        Shell shell = new Shell(m);
        Collider collider = new Collider(m);
        ContactBuffer contacts = new ContactBuffer();
        RandomStream random = RandomStream.of(1, "overlaps");
        for (int k = 0; k < POSTURES; k++) {
            TreeData tree = shell.at(posture(m, rest, k, random));
            contacts.clear();
            collider.detect(tree.geomXpos, tree.geomXmat, contacts);
            Map<Long, Boolean> now = new TreeMap<>();
            for (int c = 0; c < contacts.count; c++) {
                int a = m.geomBodyid[contacts.geom1[c]];
                int b = m.geomBodyid[contacts.geom2[c]];
                boolean touch = tied(m, a, b) || carried(m, wheel, a, b);
                if (contacts.dist[c] < (touch ? 0 : -DEEP) && a != b && a != 0 && b != 0) {
                    now.put(Math.min(a, b) * 100_000L + Math.max(a, b), true);
                }
            }
            now.keySet().forEach(p -> seen.merge(p, 1, Integer::sum));
        }
        int n = 0;
        for (Map.Entry<Long, Integer> e : seen.entrySet()) {
            int a = (int) (e.getKey() / 100_000);
            int b = (int) (e.getKey() % 100_000);
            if (e.getValue() > MOST * POSTURES || carried(m, wheel, a, b)) {
                Spec.Exclude x = new Spec.Exclude();
                x.body1 = m.bodyName[a];
                x.body2 = m.bodyName[b];
                spec.excludes.add(x);
                n++;
            }
        }
        return n == 0
                ? Optional.empty()
                : Optional.of(
                        new Problem(
                                Problem.Severity.NOTE,
                                "contacts",
                                String.format(
                                        Locale.ROOT,
                                        "%d pairs of parts are drawn into each other; they are"
                                                + " taken not to collide",
                                        n)));
    }

    /** Bodies that roll. */
    private static boolean[] wheels(Machine m, BodyFacts facts) {
        boolean[] wheel = new boolean[m.nbody];
        for (BodyFacts.Wheel w : facts.wheels()) {
            wheel[m.jntBodyid[Machine.indexOf(m.jntName, w.joint())]] = true;
        }
        return wheel;
    }

    /** Whether one is a wheel and the other is what it hangs on, near or far. */
    private static boolean carried(Machine m, boolean[] wheel, int a, int b) {
        return wheel[a] && above(m, b, a) || wheel[b] && above(m, a, b);
    }

    private static boolean above(Machine m, int upper, int lower) {
        int b = m.bodyParentid[lower];
        while (b > 0 && b != upper) {
            b = m.bodyParentid[b];
        }
        return b == upper;
    }

    /** Whether a joint ties one body to the other, whatever is welded to either. */
    private static boolean tied(Machine m, int a, int b) {
        return m.bodyWeldid[m.bodyParentid[m.bodyWeldid[a]]] == m.bodyWeldid[b]
                || m.bodyWeldid[m.bodyParentid[m.bodyWeldid[b]]] == m.bodyWeldid[a];
    }

    /** The rest posture, then every joint anywhere in its range. */
    private static double[] posture(Machine m, double[] rest, int k, RandomStream random) {
        double[] q = (rest == null ? m.qpos0 : rest).clone();
        for (int j = 0; j < m.njnt && k > 0; j++) {
            if (m.jntType[j] >= 2) {
                boolean limited = m.jntLimited[j];
                double lo = limited ? m.jntRange[2 * j] : -Math.PI;
                double hi = limited ? m.jntRange[2 * j + 1] : Math.PI;
                q[m.jntQposadr[j]] = random.uniform(lo, hi);
            }
        }
        for (int e = 0; e < m.neq; e++) {
            if (m.eqType[e] == 2 && m.eqActive0[e]) {
                follow(m, e, q);
            }
        }
        return q;
    }

    private static void follow(Machine m, int e, double[] q) {
        int a = m.jntQposadr[m.eqObj1id[e]];
        double x = 0;
        if (m.eqObj2id[e] >= 0) {
            int o = m.jntQposadr[m.eqObj2id[e]];
            x = q[o] - m.qpos0[o];
        }
        double y = 0;
        for (int k = 4; k >= 0; k--) {
            y = y * x + m.eqData[11 * e + k];
        }
        q[a] = m.qpos0[a] + y;
    }
}
