package org.openkaiwu.motion;

import java.util.ArrayList;
import java.util.List;

/**
 * What is near where a way begins: near to its start, what touches there may go on touching, and
 * what is nearer there than the padding may stay as near.
 */
final class WayStart {
    /** What is near at the start may come a little nearer, m. */
    private static final double NEARER = 1e-3;

    /** So far from the start, in each variable, reaches what counts as near to it, rad and m. */
    private static final double TURN = 0.2;

    private static final double SLIDE = 0.05;

    /** A pair that is near, and what it keeps, if anything. */
    private record Close(String a, String b, double gap) {}

    private final ArmModel arm;
    private final List<Close> pairs = new ArrayList<>();
    private double[] start;

    WayStart(ArmModel arm) {
        this.arm = arm;
    }

    void forget() {
        start = null;
        pairs.clear();
    }

    /** Two owners are so near there, m; 0: they touch. */
    void near(String a, String b, double distance) {
        double least = distance - NEARER;
        pairs.add(new Close(a, b, least > 0 ? least : Double.NEGATIVE_INFINITY));
    }

    void at(double[] q) {
        start = q.clone();
    }

    /** Obstacles count as anywhere else. */
    void leave(List<SceneGroup> obstacles) {
        pairs.removeIf(c -> obstacles.stream().anyMatch(o -> o.name.equals(c.b)));
    }

    boolean near(double[] q) {
        if (start == null || pairs.isEmpty()) {
            return false;
        }
        for (int i = 0; i < q.length; i++) {
            if (Math.abs(q[i] - start[i]) > (arm.angular(i) ? TURN : SLIDE)) {
                return false;
            }
        }
        return true;
    }

    /** What a pair keeps near to the start; minus infinity: it may touch. */
    double gap(SceneGroup a, SceneGroup b, double usual) {
        for (Close c : pairs) {
            if (c.a.equals(a.name) && c.b.equals(b.name)) {
                return c.gap;
            }
        }
        return usual;
    }
}
