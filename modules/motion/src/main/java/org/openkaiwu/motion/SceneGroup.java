package org.openkaiwu.motion;

import java.util.List;
import org.openkaiwu.math.Flat;

/** The convex solids of one owner in a {@link PlanningScene}: a body, an obstacle, a held thing. */
final class SceneGroup {
    final String name;

    /** Body that it moves with; -1 for an obstacle. */
    final int body;

    final boolean held;
    final Convex[] parts;
    private final double[] centre = new double[3];
    private final double[] at = new double[3];
    private final double bound;

    SceneGroup(String name, int body, boolean held, List<Convex> parts) {
        this.name = name;
        this.body = body;
        this.held = held;
        this.parts = parts.toArray(new Convex[0]);
        for (Convex c : this.parts) {
            for (int i = 0; i < 3; i++) {
                centre[i] += c.local[i] / this.parts.length;
            }
        }
        double most = 0;
        for (Convex c : this.parts) {
            double d = 0;
            for (int i = 0; i < 3; i++) {
                d += (c.local[i] - centre[i]) * (c.local[i] - centre[i]);
            }
            most = Math.max(most, Math.sqrt(d) + c.bound);
        }
        bound = most;
    }

    /** Moves it to where its owner is. */
    void place(double[] pos, int po, double[] quat, int qo) {
        Flat.rotVecQuat(at, 0, centre, 0, quat, qo);
        for (int i = 0; i < 3; i++) {
            at[i] += pos[po + i];
        }
        for (Convex c : parts) {
            c.place(pos, po, quat, qo);
        }
    }

    /** A lower bound of the distance, by bounding spheres, m. */
    double gapTo(SceneGroup o) {
        double x = at[0] - o.at[0];
        double y = at[1] - o.at[1];
        double z = at[2] - o.at[2];
        return Math.sqrt(x * x + y * y + z * z) - bound - o.bound;
    }
}
