package org.openkaiwu.motion;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.openkaiwu.body.Machine;
import org.openkaiwu.math.InputException;

/**
 * Which owners in a {@link PlanningScene} may touch: bodies that are welded to or hang on one
 * another, whose contact filters never meet or that the machine excludes, and what is allowed by
 * name.
 */
final class MayTouch {
    private record NamePair(String a, String b) {
        boolean is(String p, String q) {
            return (a.equals(p) && b.equals(q)) || (a.equals(q) && b.equals(p));
        }
    }

    private final Machine machine;
    private final boolean[][] bodies;
    private final List<NamePair> allowed = new ArrayList<>();

    MayTouch(Machine machine) {
        this.machine = machine;
        bodies = neighbours();
    }

    private boolean[][] neighbours() {
        int n = machine.nbody;
        boolean[][] may = new boolean[n][n];
        for (int b = 0; b < n; b++) {
            for (int c = 0; c < n; c++) {
                int wb = machine.bodyWeldid[b];
                int wc = machine.bodyWeldid[c];
                boolean near = wb == wc || parent(wb) == wc || parent(wc) == wb;
                may[b][c] = near || !filtersMeet(b, c);
            }
        }
        for (int e = 0; e < machine.nexclude; e++) {
            may[machine.excludeBody1[e]][machine.excludeBody2[e]] = true;
            may[machine.excludeBody2[e]][machine.excludeBody1[e]] = true;
        }
        return may;
    }

    /** Body that the welded group of {@code weld} hangs on, as its welded group. */
    private int parent(int weld) {
        return weld == 0 ? -1 : machine.bodyWeldid[machine.bodyParentid[weld]];
    }

    private boolean filtersMeet(int b, int c) {
        return (machine.bodyContype[b] & machine.bodyConaffinity[c]) != 0
                || (machine.bodyContype[c] & machine.bodyConaffinity[b]) != 0;
    }

    boolean bodies(int a, int b) {
        return bodies[a][b];
    }

    void bodies(int a, int b, boolean may) {
        bodies[a][b] = may;
        bodies[b][a] = may;
    }

    /** Only the listed pairs of bodies may not. */
    void only(List<PlanningScene.Contact> pairs) {
        for (boolean[] row : bodies) {
            Arrays.fill(row, true);
        }
        for (PlanningScene.Contact p : pairs) {
            int a = Machine.indexOf(machine.bodyName, p.first());
            int b = Machine.indexOf(machine.bodyName, p.second());
            if (a < 0 || b < 0) {
                throw new InputException(
                        "planning scene", "no body '" + (a < 0 ? p.first() : p.second()) + "'");
            }
            bodies(a, b, false);
        }
    }

    void allow(String a, String b) {
        allowed.add(new NamePair(a, b));
    }

    /** Takes back what {@link #allow} gave. */
    void clear() {
        allowed.clear();
    }

    boolean either(SceneGroup a, SceneGroup b) {
        boolean own = a.body >= 0 && b.body >= 0 && !a.held && !b.held;
        if (own && bodies[a.body][b.body]) {
            return true;
        }
        if (a.held && b.held && a.body == b.body) {
            return true;
        }
        for (NamePair p : allowed) {
            if (p.is(a.name, b.name)) {
                return true;
            }
        }
        return false;
    }
}
