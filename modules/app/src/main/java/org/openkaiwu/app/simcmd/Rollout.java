package org.openkaiwu.app.simcmd;

import org.openkaiwu.math.InputException;
import org.openkaiwu.physics.World;
import tools.jackson.databind.JsonNode;

/** Drives a world as a reference rollout says: start state, and controls as sines of time. */
final class Rollout {
    private static final double TURN = 6.283185307179586;
    private static final double GRID = 1 << 20;

    private final World world;
    private final double[] base;
    private final double[] amplitude;
    private final double[] low;
    private final double[] high;
    private final double[] mocap;
    private final boolean moveMocap;
    private int step;

    Rollout(World world, JsonNode rollout) {
        this.world = world;
        base = Reference.numbers(rollout, "ctrl_base");
        amplitude = Reference.numbers(rollout, "ctrl_amp");
        low = Reference.numbers(rollout, "ctrl_lo");
        high = Reference.numbers(rollout, "ctrl_hi");
        int n = base.length;
        boolean fits = n == amplitude.length && n == low.length && n == high.length;
        if (!fits || n > world.ctrl.length) {
            throw new InputException(
                    "ctrl_base, ctrl_amp, ctrl_lo, ctrl_hi",
                    "need the same number of values, at most " + world.ctrl.length);
        }
        moveMocap = rollout.has("mocap_amp");
        start(world, rollout.path("init"));
        mocap = world.mocapPos.clone();
    }

    /** Puts a state in; what is missing keeps its value after a reset. */
    static void start(World w, JsonNode s) {
        w.reset();
        w.time = Reference.number(s.path("time"));
        copy(s, "qpos", w.qpos);
        copy(s, "qvel", w.qvel);
        copy(s, "act", w.act);
        copy(s, "ctrl", w.ctrl);
        copy(s, "mocap_pos", w.mocapPos);
        copy(s, "mocap_quat", w.mocapQuat);
        copy(s, "qfrc_applied", w.qfrcApplied);
        copy(s, "xfrc_applied", w.xfrcApplied);
    }

    private static void copy(JsonNode s, String field, double[] to) {
        double[] from = Reference.numbers(s, field);
        System.arraycopy(from, 0, to, 0, Math.min(from.length, to.length));
    }

    /** One time step. */
    void step() {
        drive();
        world.step();
    }

    /** Sets the controls of the next step, which is to follow. */
    void drive() {
        double t = step * world.machine.option.timestep;
        for (int i = 0; i < base.length; i++) {
            double c = base[i];
            if (amplitude[i] != 0) {
                c = grid(c + amplitude[i] * sine(TURN * (0.3 + 0.1 * (i % 10)) * t + 0.7 * i));
            }
            world.ctrl[i] = Math.min(Math.max(c, low[i]), high[i]);
        }
        if (moveMocap) {
            for (int k = 0; k < mocap.length; k++) {
                world.mocapPos[k] = mocap[k] + grid(0.05 * sine(TURN * (0.5 + 0.2 * (k % 3)) * t));
            }
        }
        step++;
    }

    private static double sine(double x) {
        return StrictMath.sin(x);
    }

    private static double grid(double x) {
        return Math.floor(x * GRID + 0.5) / GRID;
    }
}
