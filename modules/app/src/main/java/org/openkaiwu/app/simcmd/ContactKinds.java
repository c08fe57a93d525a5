package org.openkaiwu.app.simcmd;

import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.openkaiwu.collision.ContactBuffer;
import org.openkaiwu.physics.World;
import tools.jackson.databind.JsonNode;

/** Which kinds of geom pairs have other contacts than the reference, and in what. */
final class ContactKinds {
    private static final String[] TYPES = {
        "plane", "hfield", "sphere", "capsule", "ellipsoid", "cylinder", "box", "mesh", "sdf"
    };

    /** Points nearer than this, m, and normals nearer than this are the same. */
    private static final double SAME = 1e-5;

    private ContactKinds() {}

    /** Kinds like {@code mesh-mesh points}: with points, normal or number that differ. */
    static Set<String> different(World w, JsonNode state) {
        TreeMap<String, int[]> counts = new TreeMap<>();
        Set<String> kinds = new TreeSet<>();
        ContactBuffer c = w.contacts;
        for (int i = 0; i < c.count; i++) {
            counts.computeIfAbsent(c.geom1[i] + " " + c.geom2[i], k -> new int[2])[0]++;
        }
        for (JsonNode o : state.path("contacts")) {
            String pair = o.path("geom1").asInt() + " " + o.path("geom2").asInt();
            counts.computeIfAbsent(pair, k -> new int[2])[1]++;
        }
        counts.forEach((pair, n) -> {
            if (n[0] != n[1]) {
                String[] geoms = pair.split(" ");
                kinds.add(
                        kind(w, Integer.parseInt(geoms[0]), Integer.parseInt(geoms[1]))
                                + " number");
            }
        });
        for (int i = 0; i < Math.min(c.count, state.path("contacts").size()); i++) {
            compare(w, i, state.path("contacts").get(i), kinds);
        }
        return kinds;
    }

    private static void compare(World w, int i, JsonNode other, Set<String> kinds) {
        ContactBuffer c = w.contacts;
        if (c.geom1[i] != other.path("geom1").asInt()
                || c.geom2[i] != other.path("geom2").asInt()) {
            return;
        }
        double[] pos = Reference.numbers(other, "pos");
        double[] frame = Reference.numbers(other, "frame");
        double moved = 0;
        double turned = 0;
        for (int k = 0; k < 3; k++) {
            moved = Math.max(moved, Math.abs(pos[k] - c.pos[3 * i + k]));
            turned = Math.max(turned, Math.abs(frame[k] - c.frame[9 * i + k]));
        }
        String kind = kind(w, c.geom1[i], c.geom2[i]);
        if (turned > 1.9) {
            kinds.add(kind + " reversed normal");
        } else if (turned > SAME) {
            kinds.add(kind + " normal");
        } else if (moved > SAME) {
            kinds.add(kind + " points");
        }
    }

    private static String kind(World w, int g1, int g2) {
        return TYPES[w.machine.geomType[g1]] + "-" + TYPES[w.machine.geomType[g2]];
    }
}
