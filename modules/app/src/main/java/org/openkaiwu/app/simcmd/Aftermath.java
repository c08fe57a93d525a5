package org.openkaiwu.app.simcmd;

import org.openkaiwu.math.Quat;
import org.openkaiwu.math.Vec3;
import org.openkaiwu.physics.Model;
import org.openkaiwu.physics.World;
import tools.jackson.databind.JsonNode;

/**
 * What can be said of rollout records that no longer follow the reference number by number, because
 * a disturbance has grown or another valid contact point was chosen: where bodies rest when the
 * reference rests, and how deep things are in each other on both sides.
 */
final class Aftermath {
    /** No joint of the reference is faster, m/s or rad/s, when it is said to rest. */
    private static final double AT_REST = 0.01;

    private static final double METRES = 0.005;
    private static final double RADIANS = 0.02;

    private final World other;
    private int rests;
    private int near;
    private double metres;
    private double radians;
    private double deepest;
    private double theirs;

    Aftermath(Model model) {
        other = new World(model);
    }

    /** Takes a record in: the world as it came out, and the reference's. */
    void take(World world, JsonNode qpos, JsonNode qvel) {
        double[] q = Reference.numbers(qpos);
        System.arraycopy(q, 0, other.qpos, 0, q.length);
        System.arraycopy(Reference.numbers(qvel), 0, other.qvel, 0, other.qvel.length);
        other.forward();
        theirs = Math.max(theirs, depth(other));
        World mine = new World(world.model);
        System.arraycopy(world.qpos, 0, mine.qpos, 0, mine.qpos.length);
        System.arraycopy(world.mocapPos, 0, mine.mocapPos, 0, mine.mocapPos.length);
        mine.forward();
        deepest = Math.max(deepest, depth(mine));
        if (Fidelity.largest(Reference.numbers(qvel)) < AT_REST) {
            rest(mine);
        }
    }

    private void rest(World mine) {
        double far = 0;
        double turned = 0;
        for (int b = 1; b < mine.machine.nbody; b++) {
            far =
                    Math.max(
                            far,
                            Vec3.of(mine.tree.xpos, 3 * b)
                                    .distance(Vec3.of(other.tree.xpos, 3 * b)));
            Quat turn =
                    Quat.of(mine.tree.xquat, 4 * b)
                            .inverse()
                            .times(Quat.of(other.tree.xquat, 4 * b));
            double sine =
                    Math.sqrt(turn.x() * turn.x() + turn.y() * turn.y() + turn.z() * turn.z());
            turned = Math.max(turned, 2 * StrictMath.asin(Math.min(1, sine)));
        }
        rests++;
        near += far <= METRES && turned <= RADIANS ? 1 : 0;
        metres = Math.max(metres, far);
        radians = Math.max(radians, turned);
    }

    private static double depth(World w) {
        double deepest = 0;
        for (int c = 0; c < w.contacts.count; c++) {
            deepest = Math.max(deepest, -w.contacts.dist[c]);
        }
        return deepest;
    }

    /** As a cell of the table. */
    Fidelity.Later result() {
        return new Fidelity.Later(rests, near, metres, radians, deepest, theirs);
    }
}
