package org.openkaiwu.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.openkaiwu.body.Compiler;
import org.openkaiwu.body.Machine;
import org.openkaiwu.body.mjcf.MjcfReader;
import org.openkaiwu.body.urdf.UrdfReader;
import org.openkaiwu.checks.golden.GoldenFile;
import org.openkaiwu.collision.Collider;
import org.openkaiwu.collision.ContactBuffer;
import org.openkaiwu.math.Flat;

/**
 * Contacts at the geom poses of every reference state: which, how many, in which order, how deep,
 * where and which way. The bounds are those that the reference's README measured by making MuJoCo's
 * own tolerance smaller.
 */
class CollisionGoldenSharedTest {
    private static final String[] TYPE = {
        "plane", "hfield", "sphere", "capsule", "ellipsoid", "cylinder", "box", "mesh", "sdf"
    };

    /** dist, pos, normal. */
    private static final double[] EXACT = {1e-8, 1e-8, 1e-6};

    private static final Map<String, double[]> BOUND =
            Map.ofEntries(
                    Map.entry("sphere-ellipsoid", new double[] {1e-8, 1e-6, 1e-5}),
                    Map.entry("capsule-ellipsoid", new double[] {1e-8, 1e-6, 1e-5}),
                    Map.entry("capsule-cylinder", new double[] {1e-8, 2e-2, 1e-6}),
                    Map.entry("ellipsoid-ellipsoid", new double[] {2e-6, 2e-6, 6e-3}),
                    Map.entry("ellipsoid-cylinder", new double[] {2e-6, 3e-4, 2e-3}),
                    Map.entry("ellipsoid-box", new double[] {2e-6, 1e-3, 1e-5}),
                    Map.entry("ellipsoid-mesh", new double[] {2e-6, 1e-3, 1e-5}),
                    Map.entry("cylinder-cylinder", new double[] {2e-8, 1e-4, 1e-6}),
                    Map.entry("cylinder-box", new double[] {1e-8, 2e-1, 1e-6}),
                    Map.entry("hfield-ellipsoid", new double[] {2e-6, 3e-4, 2e-3}),
                    Map.entry("hfield-cylinder", new double[] {1e-7, 1e-3, 1e-6}));

    private final Map<String, Tally> tallies = new TreeMap<>();
    private final List<String> misses = new ArrayList<>();
    private final List<String> skipped = new ArrayList<>();
    private final List<String> otherCount = new ArrayList<>();

    /**
     * MuJoCo 3.14 turns the normal of a contact over when it tried to clip an edge and nothing was
     * left (it swaps the two witness points all the same). The normal here points the right way.
     */
    private final List<String> turned = new ArrayList<>();

    private static final class Tally {
        int cases;
        int points;
        int missed;
        int otherChoice;
        int within;
        int otherFace;
        double dist;
        double pos;
        double normal;
        double tangent;
    }

    /**
     * Rows: geom1, geom2, dist, pos (3), frame (9), dim, exclude, includemargin, friction (5),
     * solref (2), solimp (5).
     */
    private record Points(List<double[]> rows) {
        int group(int from) {
            int to = from;
            while (to < rows.size() && same(rows.get(from), rows.get(to))) {
                to++;
            }
            return to;
        }

        static boolean same(double[] a, double[] b) {
            return a[0] == b[0] && a[1] == b[1];
        }
    }

    @Test
    void shouldFindTheReferencesContacts() {
        int states = 0;
        for (Path path : GoldenFile.all()) {
            GoldenFile file = GoldenFile.load(path);
            if (file.states().isEmpty()) {
                continue;
            }
            Machine m = machine(file);
            if (m == null) {
                continue;
            }
            Collider collider = new Collider(m);
            ContactBuffer found = new ContactBuffer();
            int i = 0;
            for (GoldenFile.State s : file.states()) {
                states++;
                double[] xpos = new double[3 * m.ngeom];
                double[] xmat = new double[9 * m.ngeom];
                poses(m, s, xpos, xmat);
                collider.detect(xpos, xmat, found);
                compare(file.name() + " state " + i++, m, s, found);
            }
        }
        report(states);
        assertThat(misses).isEmpty();
        assertThat(otherCount).hasSizeLessThanOrEqualTo(5);
        assertThat(turned).hasSizeLessThanOrEqualTo(3);
    }

    /**
     * The compiled arrays of the file where they suffice; with meshes or height fields, or when the
     * file leaves the arrays out, the model read and compiled; null when that fails.
     */
    private Machine machine(GoldenFile file) {
        Machine given = file.machine();
        if (given.geomType.length > 0 && given.nmesh == 0 && given.nhfield == 0) {
            return given;
        }
        try {
            Machine m = compile(file.model());
            int wanted = file.root().path("sizes").path("ngeom").asInt();
            if (m.ngeom != wanted) {
                skipped.add(file.name() + " (" + m.ngeom + " geoms, not " + wanted + ")");
                return null;
            }
            if (hasSdf(m)) {
                skipped.add(file.name() + " (signed distance fields)");
                return null;
            }
            return m;
        } catch (RuntimeException e) {
            skipped.add(file.name() + " (" + e.getMessage() + ")");
            return null;
        }
    }

    private static Machine compile(Path model) {
        return Compiler.compile(
                model.toString().endsWith(".urdf")
                        ? UrdfReader.read(model, UrdfReader.Dialect.MUJOCO)
                        : MjcfReader.read(model));
    }

    /**
     * Geom frames as the file gives them; those of meshes from the frames of their bodies, because
     * the axes of a mesh are free up to half turns.
     */
    private static void poses(Machine m, GoldenFile.State s, double[] xpos, double[] xmat) {
        double[] quat = new double[4];
        double[] bodyPos = s.array("xpos");
        double[] bodyQuat = s.array("xquat");
        double[] givenPos = s.array("geom_xpos");
        double[] givenMat = s.array("geom_xmat");
        for (int g = 0; g < m.ngeom; g++) {
            if (m.geomType[g] != 7 && givenPos.length > 0) {
                System.arraycopy(givenPos, 3 * g, xpos, 3 * g, 3);
                System.arraycopy(givenMat, 9 * g, xmat, 9 * g, 9);
                continue;
            }
            int b = m.geomBodyid[g];
            Flat.rotVecQuat(xpos, 3 * g, m.geomPos, 3 * g, slice(bodyQuat, 4 * b, 4), 0);
            for (int k = 0; k < 3; k++) {
                xpos[3 * g + k] += bodyPos[3 * b + k];
            }
            Flat.mulQuat(quat, 0, bodyQuat, 4 * b, m.geomQuat, 4 * g);
            Flat.quatToMat(xmat, 9 * g, quat, 0);
        }
    }

    private static double[] slice(double[] a, int from, int n) {
        return Arrays.copyOfRange(a, from, from + n);
    }

    private static boolean hasSdf(Machine m) {
        return IntStream.of(m.geomType).anyMatch(t -> t == 8);
    }

    private void compare(String where, Machine m, GoldenFile.State s, ContactBuffer found) {
        Points want = new Points(wanted(s));
        Points have = new Points(had(found));
        int i = 0;
        int j = 0;
        while (i < want.rows.size() || j < have.rows.size()) {
            double[] a = i < want.rows.size() ? want.rows.get(i) : null;
            double[] b = j < have.rows.size() ? have.rows.get(j) : null;
            if (a != null && b != null && Points.same(a, b)) {
                int ie = want.group(i);
                int je = have.group(j);
                group(where, m, want.rows.subList(i, ie), have.rows.subList(j, je));
                i = ie;
                j = je;
            } else if (a != null && (b == null || !later(want, i, b))) {
                int ie = want.group(i);
                miss(where, m, a, "missing " + (ie - i) + " of dist " + a[2]);
                i = ie;
            } else {
                int je = have.group(j);
                miss(where, m, b, "extra " + (je - j) + " of dist " + b[2]);
                j = je;
            }
        }
    }

    /** Whether the pair b is wanted too, but later: then order or a missing pair is at fault. */
    private static boolean later(Points want, int from, double[] b) {
        for (int k = from; k < want.rows.size(); k++) {
            if (Points.same(want.rows.get(k), b)) {
                return false;
            }
        }
        return true;
    }

    private void group(String where, Machine m, List<double[]> want, List<double[]> have) {
        String pair = pair(m, want.get(0));
        Tally t = tallies.computeIfAbsent(pair, k -> new Tally());
        t.cases++;
        t.points += want.size();
        if (want.size() != have.size() && pair.equals("mesh-mesh")) {
            otherCount.add(where + " " + have.size() + " points instead of " + want.size());
            return;
        }
        if (want.size() != have.size()) {
            miss(where, m, want.get(0), "points " + have.size() + " instead of " + want.size());
            return;
        }
        if (pair.equals("cylinder-box") && want.size() == 4 && sameFace(want, have)) {
            t.otherChoice++;
            return;
        }
        double[] bound = BOUND.getOrDefault(pair, EXACT);
        List<double[]> left = new ArrayList<>(have);
        for (double[] a : want) {
            double[] b = left.get(0);
            if (pair.contains("mesh")) {
                // the order of a mesh's points hangs on the order of its hull's triangles
                for (double[] c : left) {
                    b = distance(a, c, 3) < distance(a, b, 3) ? c : b;
                }
            }
            left.remove(b);
            for (int k = 15; k < a.length; k++) {
                if (!(Math.abs(a[k] - b[k]) <= 1e-12 * (1 + Math.abs(a[k])))) {
                    miss(where, m, a, "parameter " + k + " is " + b[k] + ", not " + a[k]);
                }
            }
            double dist = Math.abs(a[2] - b[2]);
            double pos = distance(a, b, 3);
            double normal = distance(a, b, 6);
            t.dist = Math.max(t.dist, dist);
            t.pos = Math.max(t.pos, pos);
            t.normal = Math.max(t.normal, normal);
            t.tangent = Math.max(t.tangent, distance(a, b, 9));
            if (Math.abs(normal - 2) < 1e-6 && dist <= bound[0] && pos <= bound[1]) {
                turned.add(where + " " + pair + " (" + (int) a[0] + ", " + (int) a[1] + ")");
            } else if (dist <= bound[0] && pos <= bound[1] && normal <= bound[2]) {
                t.within++;
            } else if (faceted(pair) && dist < 1e-2 && normal < 0.2) {
                t.otherFace++;
            } else {
                miss(
                        where,
                        m,
                        a,
                        String.format(
                                Locale.ROOT, "dist %.1e pos %.1e normal %.1e", dist, pos, normal));
            }
        }
    }

    /**
     * Pairs whose faces depend on the order of triangles that the hull program made: triangles
     * within 0.01 rad are one face, with the normal of its first three corners and its first corner
     * as the start of the search for four. Measured and counted, not compared.
     */
    private static boolean faceted(String pair) {
        return pair.contains("mesh") || pair.equals("cylinder-box");
    }

    /**
     * Whether four points are another choice from the same rim: the largest quadrilateral of a
     * regular polygon is one of many, and rounding decides. Depth is linear over the face, so ours
     * must lie on the plane of the reference's, as far from their centre.
     */
    private static boolean sameFace(List<double[]> want, List<double[]> have) {
        boolean differs = false;
        for (int i = 0; i < 4; i++) {
            differs |= distance(want.get(i), have.get(i), 3) > 1e-8;
        }
        double[] o = want.get(0);
        double[] n = {0, 0, 0};
        double[] u = {0, 0, 0};
        double[] v = {0, 0, 0};
        for (int k = 0; k < 3; k++) {
            u[k] = want.get(1)[3 + k] - o[3 + k];
            v[k] = want.get(2)[3 + k] - o[3 + k];
        }
        double uu = dot(u, u);
        double uv = dot(u, v);
        double vv = dot(v, v);
        double du = want.get(1)[2] - o[2];
        double dv = want.get(2)[2] - o[2];
        double det = uu * vv - uv * uv;
        boolean same = differs && det > 1e-12;
        for (double[] h : have) {
            for (int k = 0; k < 3; k++) {
                n[k] = h[3 + k] - o[3 + k];
            }
            double a = (dot(n, u) * vv - dot(n, v) * uv) / det;
            double b = (dot(n, v) * uu - dot(n, u) * uv) / det;
            same &= Math.abs(o[2] + a * du + b * dv - h[2]) < 1e-8;
            same &= distance(o, h, 6) < 1e-6;
        }
        return same;
    }

    private static double dot(double[] a, double[] b) {
        return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
    }

    private static double distance(double[] a, double[] b, int o) {
        return Math.sqrt(
                Math.pow(a[o] - b[o], 2)
                        + Math.pow(a[o + 1] - b[o + 1], 2)
                        + Math.pow(a[o + 2] - b[o + 2], 2));
    }

    private void miss(String where, Machine m, double[] row, String what) {
        String pair = pair(m, row);
        tallies.computeIfAbsent(pair, k -> new Tally()).missed++;
        misses.add(where + " " + pair + " (" + (int) row[0] + ", " + (int) row[1] + "): " + what);
    }

    private static String pair(Machine m, double[] row) {
        return TYPE[m.geomType[(int) row[0]]] + "-" + TYPE[m.geomType[(int) row[1]]];
    }

    private static List<double[]> wanted(GoldenFile.State s) {
        List<double[]> rows = new ArrayList<>();
        for (GoldenFile.State c : s.parts("contacts")) {
            double[] row = new double[30];
            row[0] = c.count("geom1");
            row[1] = c.count("geom2");
            row[2] = c.number("dist");
            System.arraycopy(c.array("pos"), 0, row, 3, 3);
            System.arraycopy(c.array("frame"), 0, row, 6, 9);
            row[15] = c.count("dim");
            row[16] = c.count("exclude");
            row[17] = c.number("includemargin");
            System.arraycopy(c.array("friction"), 0, row, 18, 5);
            System.arraycopy(c.array("solref"), 0, row, 23, 2);
            System.arraycopy(c.array("solimp"), 0, row, 25, 5);
            rows.add(row);
        }
        return rows;
    }

    private static List<double[]> had(ContactBuffer c) {
        List<double[]> rows = new ArrayList<>();
        for (int i = 0; i < c.count; i++) {
            double[] row = new double[30];
            row[0] = c.geom1[i];
            row[1] = c.geom2[i];
            row[2] = c.dist[i];
            System.arraycopy(c.pos, 3 * i, row, 3, 3);
            System.arraycopy(c.frame, 9 * i, row, 6, 9);
            row[15] = c.dim[i];
            row[16] = c.exclude[i];
            row[17] = c.includemargin[i];
            System.arraycopy(c.friction, 5 * i, row, 18, 5);
            System.arraycopy(c.solref, 2 * i, row, 23, 2);
            System.arraycopy(c.solimp, 5 * i, row, 25, 5);
            rows.add(row);
        }
        return rows;
    }

    private void report(int states) {
        System.out.println("contacts of " + states + " states by pair");
        System.out.printf(
                "%-22s %6s %7s %7s %6s %6s %6s %8s %8s %8s %8s%n",
                "pair", "cases", "points", "within", "missed", "choice", "faces", "dist", "pos",
                "normal", "tangent");
        tallies.forEach((k, t) ->
                System.out.printf(
                        Locale.ROOT,
                        "%-22s %6d %7d %7d %6d %6d %6d %8.1e %8.1e %8.1e %8.1e%n",
                        k,
                        t.cases,
                        t.points,
                        t.within,
                        t.missed,
                        t.otherChoice,
                        t.otherFace,
                        t.dist,
                        t.pos,
                        t.normal,
                        t.tangent));
        System.out.println("skipped: " + skipped);
        System.out.println("another number of points: " + otherCount);
        System.out.println("normal turned over in the reference: " + turned);
        misses.forEach(System.out::println);
    }
}
