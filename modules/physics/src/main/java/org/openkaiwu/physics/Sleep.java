package org.openkaiwu.physics;

import java.util.Arrays;
import org.openkaiwu.body.Machine;
import org.openkaiwu.body.Options.Flag;
import org.openkaiwu.collision.ContactBuffer;

/**
 * Trees that have come to rest fall asleep together with all that they touch, and are left out of
 * collisions, constraints and motion until something wakes them: a force or a push from outside, a
 * change of their configuration, a contact, an equality or a taut tendon to something awake. MuJoCo
 * 3.14's model; switched on by {@code <flag sleep="enable"/>}.
 */
final class Sleep {
    /** Steps that a tree must be slow before it falls asleep. */
    private static final int STEPS = 10;

    private static final int WIDE_AWAKE = -1 - STEPS;

    private final World w;
    private final Machine m;
    private final SleepPolicy policy;

    /**
     * Asleep: the next tree of those that fell asleep together, a ring. Awake: -1 less the steps
     * that it must still be slow. Shape ntree.
     */
    final int[] link;

    /** Shape ntree. */
    final boolean[] asleep;

    /** As {@code Collider} wants it: 1 awake, 0 asleep, -1 part of the world. Shape nbody. */
    final int[] bodyAwake;

    /** Trees asleep. */
    int count;

    /** Configuration that the sleeping trees have. Shape nq. */
    private final double[] rest;

    private final int[] island;
    private final double[] held;

    Sleep(World world) {
        w = world;
        m = w.machine;
        policy = w.model.sleepPolicy;
        link = new int[m.ntree];
        asleep = new boolean[m.ntree];
        bodyAwake = new int[m.nbody];
        rest = new double[m.nq];
        island = new int[m.ntree];
        held = new double[m.nv];
        Arrays.fill(link, WIDE_AWAKE);
        update();
    }

    boolean on() {
        return m.option.enabled(Flag.SLEEP);
    }

    /** Everything awake but what the file says sleeps from the start, each by itself. */
    void reset() {
        Arrays.fill(link, WIDE_AWAKE);
        if (on()) {
            for (int t = 0; t < m.ntree; t++) {
                if (policy.atStart[t]) {
                    link[t] = t;
                }
            }
            System.arraycopy(w.qpos, 0, rest, 0, m.nq);
        }
        update();
    }

    /** After {@link #link} was written from outside: what sleeps has the present configuration. */
    void restored() {
        System.arraycopy(w.qpos, 0, rest, 0, m.nq);
        update();
    }

    private void update() {
        count = 0;
        for (int t = 0; t < m.ntree; t++) {
            asleep[t] = link[t] >= 0;
            count += asleep[t] ? 1 : 0;
        }
        for (int b = 0; b < m.nbody; b++) {
            int t = m.bodyTreeid[b];
            boolean moved = t < 0 && m.bodyMocapid[m.bodyRootid[b]] >= 0;
            bodyAwake[b] = t < 0 ? moved ? 1 : -1 : asleep[t] ? 0 : 1;
        }
    }

    // Waking

    private void wake(int tree, int value) {
        if (link[tree] < 0) {
            link[tree] = Math.min(value, link[tree]);
            return;
        }
        int at = tree;
        while (link[at] >= 0) {
            int next = link[at];
            link[at] = value;
            at = next;
        }
    }

    /** Wakes what was pushed, moved or given a velocity from outside. */
    void wakeTouched() {
        if (count == 0) {
            return;
        }
        boolean on = on();
        for (int t = 0; t < m.ntree; t++) {
            if (link[t] >= 0 && (!on || moved(t) || !slow(t, 0))) {
                wake(t, WIDE_AWAKE);
            }
        }
        update();
    }

    private boolean moved(int t) {
        return !Arrays.equals(w.qpos, firstQ(t), endQ(t), rest, firstQ(t), endQ(t));
    }

    /** Wakes what a taut tendon holds to something awake. */
    void wakeByTendons() {
        if (count == 0) {
            return;
        }
        boolean any = false;
        for (int i = 0; i < m.ntendon; i++) {
            int a = policy.tendonTree[2 * i];
            int b = policy.tendonTree[2 * i + 1];
            if (b >= 0 && asleep[a] != asleep[b] && taut(i)) {
                any |= follow(a, b);
            }
        }
        if (any) {
            update();
        }
    }

    private boolean taut(int i) {
        double margin = m.tendonMargin[i];
        return m.tendonLimited[i]
                && (w.tenLength[i] - m.tendonRange[2 * i] < margin
                        || m.tendonRange[2 * i + 1] - w.tenLength[i] < margin);
    }

    /** Wakes the one that sleeps as far as the other one is awake. */
    private boolean follow(int a, int b) {
        if (asleep[a] == asleep[b]) {
            return false;
        }
        wake(asleep[a] ? a : b, link[asleep[a] ? b : a]);
        return true;
    }

    /** Wakes what something awake touches; true if collisions are to be looked for again. */
    boolean wakeByContacts(ContactBuffer c) {
        if (count == 0) {
            return false;
        }
        boolean any = false;
        for (int i = 0; i < c.count; i++) {
            int a = m.bodyTreeid[m.geomBodyid[c.geom1[i]]];
            int b = m.bodyTreeid[m.geomBodyid[c.geom2[i]]];
            if (a >= 0 && b >= 0) {
                any |= follow(a, b);
            }
        }
        if (any) {
            update();
        }
        return any;
    }

    /** Wakes what an equality holds to something awake or to what sleeps apart. */
    void wakeByEqualities() {
        if (count == 0) {
            return;
        }
        boolean any = false;
        for (int e = 0; e < m.neq; e++) {
            if (!w.eqActive[e] || !w.constraints.equalityTrees(e, island)) {
                continue;
            }
            int a = island[0];
            int b = island[1];
            if (a < 0 || b < 0 || a == b) {
                continue;
            }
            if (asleep[a] && asleep[b] && !together(a, b)) {
                wake(a, WIDE_AWAKE);
                wake(b, WIDE_AWAKE);
                any = true;
            } else if (asleep[a] != asleep[b]) {
                wake(asleep[a] ? a : b, WIDE_AWAKE);
                any = true;
            }
        }
        if (any) {
            update();
        }
    }

    private boolean together(int a, int b) {
        int at = link[a];
        while (at >= 0 && at != a && at != b) {
            at = link[at];
        }
        return at == b;
    }

    // Falling asleep

    /** No force from outside, and slower than the tolerance; 0: at rest. */
    private boolean slow(int t, double tolerance) {
        for (int i = policy.firstDof[t]; i < policy.firstDof[t + 1]; i++) {
            double v = policy.dofLength[i] * Math.abs(w.qvel[i]);
            if (w.qfrcApplied[i] != 0 || (tolerance > 0 ? v >= tolerance : v != 0)) {
                return false;
            }
        }
        for (int b = m.dofBodyid[policy.firstDof[t]]; b < m.nbody; b++) {
            if (m.bodyTreeid[b] == t) {
                for (int k = 6 * b; k < 6 * b + 6; k++) {
                    if (w.xfrcApplied[k] != 0) {
                        return false;
                    }
                }
            } else if (m.bodyTreeid[b] >= 0) {
                break;
            }
        }
        return true;
    }

    /**
     * Puts to sleep what has been slow for long enough, before the state moves; what depends on the
     * velocity is then computed anew.
     *
     * @param qacc acceleration that the state is about to move with, shape nv
     */
    void settle(double[] qacc) {
        boolean islands = !m.option.disabled(Flag.ISLAND) || w.constraints.rows.nefc == 0;
        if (!on() || !islands) {
            return;
        }
        for (int t = 0; t < m.ntree; t++) {
            if (link[t] < 0) {
                boolean slow = policy.allowed[t] && slow(t, m.option.sleepTolerance);
                link[t] = slow ? Math.min(-1, link[t] + 1) : WIDE_AWAKE;
            }
        }
        if (fallAsleep()) {
            System.arraycopy(qacc, 0, held, 0, m.nv);
            System.arraycopy(w.qpos, 0, rest, 0, m.nq);
            w.velocityAgain();
            update();
            // the next solve starts from the new acceleration, the state moves with the old one
            System.arraycopy(w.qacc, 0, w.qaccWarmstart, 0, m.nv);
            System.arraycopy(held, 0, qacc, 0, m.nv);
        }
        for (int t = 0; t < m.ntree; t++) {
            if (asleep[t]) {
                Arrays.fill(qacc, policy.firstDof[t], policy.firstDof[t + 1], 0);
            }
        }
    }

    /** Keeps the sleeping trees where they are, to the bit. */
    void hold() {
        for (int t = 0; t < m.ntree && count > 0; t++) {
            if (asleep[t]) {
                System.arraycopy(rest, firstQ(t), w.qpos, firstQ(t), endQ(t) - firstQ(t));
            }
        }
    }

    private int firstQ(int t) {
        return m.jntQposadr[m.dofJntid[policy.firstDof[t]]];
    }

    private int endQ(int t) {
        int last = m.dofJntid[policy.firstDof[t + 1] - 1];
        return last + 1 < m.njnt ? m.jntQposadr[last + 1] : m.nq;
    }

    /** Islands of which every tree is ready, and trees without constraints; true if any. */
    private boolean fallAsleep() {
        int[] of = w.constraints.islandOfTree();
        int islands = w.constraints.rows.nefc > 0 ? w.constraints.islands() : 0;
        boolean any = false;
        for (int k = 0; k < islands; k++) {
            int n = 0;
            boolean ready = true;
            for (int t = 0; t < m.ntree; t++) {
                if (of[t] == k) {
                    island[n++] = t;
                    ready &= link[t] == -1;
                }
            }
            if (ready && n > 0) {
                any = true;
                ring(n);
            }
        }
        for (int t = 0; t < m.ntree; t++) {
            if (link[t] == -1 && (islands == 0 || of[t] < 0)) {
                island[0] = t;
                ring(1);
                any = true;
            }
        }
        return any;
    }

    private void ring(int n) {
        for (int k = 0; k < n; k++) {
            int t = island[k];
            link[t] = island[(k + 1) % n];
            int from = policy.firstDof[t];
            int to = policy.firstDof[t + 1];
            Arrays.fill(w.qvel, from, to, 0);
            Arrays.fill(w.qacc, from, to, 0);
        }
    }

    /** What a sensor is about sleeps, so that it keeps its value. */
    boolean sensor(int s) {
        if (count == 0 || m.sensorType[s] == RANGEFINDER) {
            return false;
        }
        int object = state(m.sensorObjtype[s], m.sensorObjid[s]);
        int other = state(m.sensorReftype[s], m.sensorRefid[s]);
        boolean volume =
                m.sensorType[s] == Sensors.CONTACT
                        && (m.sensorObjtype[s] == SensorFrame.SITE
                                || m.sensorReftype[s] == SensorFrame.SITE);
        if (volume || object > 0 || other > 0) {
            return false;
        }
        // of an object and nothing, or of two: at least one sleeps, or neither is awake
        boolean alone = object == NOTHING || other == NOTHING;
        return alone ? object == 0 || other == 0 : true;
    }

    private static final int RANGEFINDER = 7;
    private static final int JOINT = 3;
    private static final int NOTHING = -2;

    /** As {@link #bodyAwake}; {@link #NOTHING}: no object; other objects count as awake. */
    private int state(int type, int id) {
        return switch (type) {
            case SensorFrame.UNKNOWN -> NOTHING;
            case SensorFrame.BODY,
                    SensorFrame.XBODY,
                    SensorFrame.GEOM,
                    SensorFrame.SITE,
                    SensorFrame.CAMERA ->
                    bodyAwake[SensorFrame.body(m, type, id)];
            case JOINT -> bodyAwake[m.jntBodyid[id]];
            default -> 1;
        };
    }
}
