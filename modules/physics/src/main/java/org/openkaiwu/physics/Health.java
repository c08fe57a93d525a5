package org.openkaiwu.physics;

import java.util.Locale;
import org.openkaiwu.body.Machine;
import org.openkaiwu.body.Options.Flag;

/** Looks for numbers that have run away, and says what, whose, when. */
final class Health {
    private final World w;

    Health(World world) {
        w = world;
    }

    /**
     * Warns about the first bad number of {@code x}; true when the step can't go on: the world was
     * reset or stopped.
     */
    boolean check(double[] x, World.Warning kind) {
        for (int i = 0; i < x.length; i++) {
            if (World.bad(x[i])) {
                w.warn(kind, i);
                if (w.onInstability == World.Instability.STOP) {
                    w.stopped = true;
                    return true;
                }
                return !w.disabled(Flag.AUTORESET);
            }
        }
        return false;
    }

    /** One sentence about the last warning of a kind. */
    String describe(World.Warning kind) {
        int i = w.warningInfo[kind.ordinal()];
        String what =
                switch (kind) {
                    case BAD_QPOS -> "position is not finite or beyond 1e10: " + joint(ofQpos(i));
                    case BAD_QVEL ->
                            "velocity is not finite or beyond 1e10: "
                                    + joint(w.machine.dofJntid[i]);
                    case BAD_QACC ->
                            "acceleration is not finite or beyond 1e10: "
                                    + joint(w.machine.dofJntid[i]);
                    case BAD_CTRL ->
                            "control " + i + " is not finite or beyond 1e10; all count as zero";
                    case CONTACT_FULL ->
                            "more than "
                                    + w.contacts.limit
                                    + " contacts; left out those after "
                                    + body(w.machine.geomBodyid[i]);
                };
        return String.format(Locale.ROOT, "t = %.4f s: %s", w.warningTime[kind.ordinal()], what);
    }

    private int ofQpos(int q) {
        Machine m = w.machine;
        int j = m.njnt - 1;
        while (j > 0 && m.jntQposadr[j] > q) {
            j--;
        }
        return j;
    }

    private String joint(int j) {
        String name = w.machine.jntName.length > j ? w.machine.jntName[j] : "";
        return (name.isEmpty() ? "joint " + j : "joint " + name)
                + " of "
                + body(w.machine.jntBodyid[j]);
    }

    private String body(int b) {
        String name = w.machine.bodyName.length > b ? w.machine.bodyName[b] : "";
        return name.isEmpty() ? "body " + b : "body " + name;
    }
}
