package org.openkaiwu.motion;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.openkaiwu.body.Machine;
import org.openkaiwu.math.InputException;
import org.openkaiwu.math.Pose;

/**
 * Says whether an arm's configuration is free: the machine's own collision geoms against the things
 * around it and against each other, and what is held against both.
 *
 * <p>Who can touch whom is a matter of named owners: bodies of the machine, obstacles, and held
 * things. Bodies that are neighbours, that the machine's file excludes, or that touch at a
 * configuration told by {@link #learn}, may touch; {@link #allow} adds more (fingers and target,
 * held thing and its support). Nothing is learned from {@code qpos0}: in many files parts run
 * through each other there. Only pairs of which one moves with the arm's variables are looked at.
 * Meshes count as their hulls. One user at a time; after a change of obstacles the first question
 * prepares, the following ones allocate nothing.
 */
public final class PlanningScene implements Validity {
    /** Two owners that are too near to each other. */
    public record Contact(String first, String second) {}

    private final ArmModel arm;
    private final Machine machine;
    private final Frames frames;
    private final double padding;
    private final double selfPadding;
    private final double[] lower;
    private final double[] upper;
    private final boolean[] moves;
    private final int[] movingBodies;
    private final List<SceneGroup> bodies = new ArrayList<>();
    private final List<SceneGroup> obstacles = new ArrayList<>();
    private final List<SceneGroup> held = new ArrayList<>();
    private final MayTouch mayTouch;
    private final WayStart start;
    private final Separation separation = new Separation();
    private SceneGroup[] moving = new SceneGroup[0];
    private SceneGroup[] first = new SceneGroup[0];
    private SceneGroup[] second = new SceneGroup[0];
    private double[] usualGap = new double[0];
    private double[] startGap = new double[0];
    private double[] gap = new double[0];
    private int[] axisStart = new int[0];
    private double[] axes = new double[0];
    private boolean ready;
    private boolean still;
    private int outer;
    private int culprit = -1;

    /**
     * A scene with no obstacles.
     *
     * @param arm what moves; its base and posture are read at each {@link #refresh} and at each
     *     change of the scene
     * @param padding distance kept from obstacles, m
     * @param selfPadding distance kept between parts of the machine, m
     */
    public PlanningScene(ArmModel arm, double padding, double selfPadding) {
        this.arm = arm;
        this.machine = arm.machine();
        this.padding = padding;
        this.selfPadding = selfPadding;
        frames = new Frames(machine, arm.baseBody());
        lower = arm.lower();
        upper = arm.upper();
        moves = movingWith(arm);
        int n = 0;
        int[] list = new int[machine.nbody];
        for (int b = 0; b < machine.nbody; b++) {
            if (moves[b]) {
                list[n++] = b;
            }
        }
        movingBodies = Arrays.copyOf(list, n);
        for (int b = 0; b < machine.nbody; b++) {
            List<Convex> parts = new ArrayList<>();
            for (int g = 0; g < machine.ngeom; g++) {
                boolean solid = machine.geomContype[g] != 0 || machine.geomConaffinity[g] != 0;
                if (machine.geomBodyid[g] == b && solid) {
                    Convex c = Convex.ofGeom(machine, g);
                    if (c != null) {
                        parts.add(c);
                    }
                }
            }
            if (!parts.isEmpty()) {
                bodies.add(new SceneGroup(machine.bodyName[b], b, false, parts));
            }
        }
        mayTouch = new MayTouch(machine);
        start = new WayStart(arm);
    }

    private static boolean[] movingWith(ArmModel arm) {
        Machine m = arm.machine();
        boolean[] out = new boolean[m.nbody];
        List<String> names = arm.names();
        for (int b = 0; b < m.nbody; b++) {
            boolean own = arm.planarBase() && b == arm.baseBody();
            for (int k = 0; k < m.bodyJntnum[b]; k++) {
                int j = m.bodyJntadr[b] + k;
                own |= names.contains(m.jntName[j]) || follows(m, j, names);
            }
            out[b] = own || (b > 0 && out[m.bodyParentid[b]]);
        }
        return out;
    }

    private static boolean follows(Machine m, int joint, List<String> names) {
        for (int e = 0; e < m.neq; e++) {
            if (m.eqType[e] == 2 && m.eqObj1id[e] == joint && m.eqObj2id[e] >= 0) {
                return names.contains(m.jntName[m.eqObj2id[e]]);
            }
        }
        return false;
    }

    /**
     * Takes bodies that touch (within the padding) in this configuration for allowed to touch.
     *
     * @param qpos a configuration known to be good. Shape nq
     */
    public void learn(double[] qpos) {
        frames.base(Pose.IDENTITY);
        System.arraycopy(qpos, 0, frames.qpos, 0, qpos.length);
        frames.update();
        for (SceneGroup g : bodies) {
            g.place(frames.xpos, 3 * g.body, frames.xquat, 4 * g.body);
        }
        for (SceneGroup a : bodies) {
            for (SceneGroup b : bodies) {
                if (a.body < b.body && !mayTouch.bodies(a.body, b.body)) {
                    mayTouch.bodies(a.body, b.body, touch(a, b, selfPadding + 1e-3));
                }
            }
        }
        ready = false;
    }

    /** Lets two owners (bodies, obstacles, held things) touch, both ways round. */
    public void allow(String a, String b) {
        mayTouch.allow(a, b);
        ready = false;
    }

    /** Lets every body of a list touch an obstacle or held thing. */
    public void allow(Collection<String> owners, String other) {
        owners.forEach(o -> allow(o, other));
    }

    /**
     * A way is to begin at a configuration: near to it, what touches there may go on touching, and
     * what is nearer there than the padding may stay as near.
     */
    public void startAt(double[] q) {
        start.forget();
        place(q);
        for (int k = 0; k < first.length; k++) {
            if (touch(k)) {
                start.near(first[k].name, second[k].name, distance(k, gap[k]));
            }
        }
        start.at(q);
        ready = false;
    }

    /**
     * The base is to move away: obstacles that are near where the way begins count as any other.
     */
    public void leaveStart() {
        start.leave(obstacles);
        ready = false;
    }

    /** Distance of the pair {@code k}, at most {@code most}, m. */
    private double distance(int k, double most) {
        double d = most;
        for (Convex x : first[k].parts) {
            for (Convex y : second[k].parts) {
                if (near(x, y, d)) {
                    d = Math.min(d, separation.distance(x, y, d));
                }
            }
        }
        return d;
    }

    /**
     * Takes bodies of the machine to be nowhere: they are in no other's way and run into nothing.
     */
    public void leaveOut(Collection<String> names) {
        bodies.removeIf(g -> names.contains(g.name));
        ready = false;
    }

    /** Takes back everything that {@link #allow} and {@link #startAt} gave. */
    public void forbidAll() {
        mayTouch.clear();
        start.forget();
        ready = false;
    }

    /** Lets only the listed pairs of bodies collide among the machine's own (a file's list). */
    public void selfPairs(List<Contact> pairs) {
        mayTouch.only(pairs);
        ready = false;
    }

    /**
     * Also looks at parts of the machine that do not move with the arm, against obstacles. Left out
     * by default: a base stands on something and is where it is.
     */
    public void includeStill(boolean include) {
        still = include;
        ready = false;
    }

    /** Replaces all obstacles. */
    public void obstacles(List<Obstacle> all) {
        obstacles.clear();
        for (Obstacle o : all) {
            SceneGroup g = new SceneGroup(o.name(), -1, false, Convex.parts(o.solid(), o.pose()));
            g.place(ORIGIN, 0, ORIGIN, 3);
            obstacles.add(g);
        }
        ready = false;
    }

    private static final double[] ORIGIN = {0, 0, 0, 1, 0, 0, 0};

    /**
     * Puts a thing into a hand: it moves with a body, and the obstacle of its name, if any, goes.
     *
     * @param name of the thing
     * @param body that carries it
     * @param X_body the thing's frame in the body's frame
     * @param touching bodies that may touch it (palm and fingers)
     */
    public void attach(
            String name, Solid solid, String body, Pose X_body, Collection<String> touching) {
        int b = Machine.indexOf(machine.bodyName, body);
        if (b < 0) {
            throw new InputException("planning scene", "no body '" + body + "'");
        }
        detach(name);
        obstacles.removeIf(o -> o.name.equals(name));
        held.add(new SceneGroup(name, b, true, Convex.parts(solid, X_body)));
        allow(body, name);
        allow(touching, name);
    }

    /** Takes a held thing out of the scene; does nothing when it is not held. */
    public void detach(String name) {
        held.removeIf(h -> h.name.equals(name));
        ready = false;
    }

    /** Reads base and posture of the arm anew; needed after they were set. */
    public void refresh() {
        ready = false;
    }

    private void prepare() {
        System.arraycopy(arm.configuration(), 0, frames.qpos, 0, frames.qpos.length);
        frames.base(arm.base());
        frames.update();
        for (SceneGroup g : bodies) {
            g.place(frames.xpos, 3 * g.body, frames.xquat, 4 * g.body);
        }
        for (SceneGroup g : held) {
            g.place(frames.xpos, 3 * g.body, frames.xquat, 4 * g.body);
        }
        List<SceneGroup> mine = new ArrayList<>(bodies);
        mine.addAll(held);
        moving = mine.stream().filter(g -> moves[g.body]).toArray(SceneGroup[]::new);
        List<SceneGroup> a = new ArrayList<>();
        List<SceneGroup> b = new ArrayList<>();
        List<Double> gaps = new ArrayList<>();
        for (SceneGroup g : mine) {
            for (SceneGroup o : obstacles) {
                if ((still || moves[g.body]) && !mayTouch.either(g, o)) {
                    a.add(g);
                    b.add(o);
                    gaps.add(padding);
                }
            }
        }
        outer = a.size();
        for (int i = 0; i < mine.size(); i++) {
            for (int j = i + 1; j < mine.size(); j++) {
                SceneGroup g = mine.get(i);
                SceneGroup h = mine.get(j);
                if ((moves[g.body] || moves[h.body]) && !mayTouch.either(g, h)) {
                    a.add(g);
                    b.add(h);
                    gaps.add(selfPadding);
                }
            }
        }
        first = a.toArray(new SceneGroup[0]);
        second = b.toArray(new SceneGroup[0]);
        usualGap = new double[gaps.size()];
        startGap = new double[usualGap.length];
        gap = usualGap;
        axisStart = new int[gap.length];
        int pairs = 0;
        for (int i = 0; i < gap.length; i++) {
            usualGap[i] = gaps.get(i);
            startGap[i] = start.gap(first[i], second[i], usualGap[i]);
            axisStart[i] = 3 * pairs;
            pairs += first[i].parts.length * second[i].parts.length;
        }
        axes = new double[3 * pairs];
        ready = true;
    }

    private void place(double[] q) {
        if (!ready) {
            prepare();
        }
        gap = start.near(q) ? startGap : usualGap;
        arm.write(q, frames.qpos);
        arm.placeBase(q, frames);
        frames.update(movingBodies);
        for (SceneGroup g : moving) {
            g.place(frames.xpos, 3 * g.body, frames.xquat, 4 * g.body);
        }
    }

    private boolean touch(SceneGroup a, SceneGroup b, double within) {
        if (a.gapTo(b) >= within) {
            return false;
        }
        for (Convex x : a.parts) {
            for (Convex y : b.parts) {
                if (near(x, y, within) && separation.closer(x, y, within)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** As above for the pair {@code k}, from the directions that separated its parts last. */
    private boolean touch(int k) {
        SceneGroup a = first[k];
        SceneGroup b = second[k];
        if (a.gapTo(b) >= gap[k]) {
            return false;
        }
        int at = axisStart[k];
        for (Convex x : a.parts) {
            for (Convex y : b.parts) {
                if (near(x, y, gap[k]) && separation.closer(x, y, gap[k], axes, at)) {
                    return true;
                }
                at += 3;
            }
        }
        return false;
    }

    private static boolean near(Convex x, Convex y, double within) {
        double dx = x.pos[0] - y.pos[0];
        double dy = x.pos[1] - y.pos[1];
        double dz = x.pos[2] - y.pos[2];
        double r = x.bound + y.bound + within;
        return dx * dx + dy * dy + dz * dz < r * r;
    }

    /** Whether the variables are within bounds and nothing is touched that may not be. */
    @Override
    public boolean valid(double[] q) {
        for (int i = 0; i < lower.length; i++) {
            if (!(q[i] >= lower[i] - 1e-9 && q[i] <= upper[i] + 1e-9)) {
                return false;
            }
        }
        return free(q);
    }

    /** As {@link #valid}, whatever the bounds of the variables. */
    public boolean free(double[] q) {
        place(q);
        // What was hit last is likely hit again.
        if (culprit >= 0 && culprit < first.length && touch(culprit)) {
            return false;
        }
        for (int k = 0; k < first.length; k++) {
            if (touch(k)) {
                culprit = k;
                return false;
            }
        }
        return true;
    }

    /** The pairs that are in the way at a configuration; empty when it is free. */
    public List<Contact> contacts(double[] q) {
        place(q);
        List<Contact> out = new ArrayList<>();
        for (int k = 0; k < first.length; k++) {
            if (touch(k)) {
                out.add(new Contact(first[k].name, second[k].name));
            }
        }
        return out;
    }

    /**
     * Least distance of the machine and what it holds from obstacles that it may not touch, padding
     * not counted, m; not positive when some touch (depth is not measured), {@code most} when
     * nothing is nearer than that.
     */
    public double clearance(double[] q, double most) {
        place(q);
        double d = most;
        for (int k = 0; k < outer; k++) {
            if (first[k].gapTo(second[k]) < d) {
                d = distance(k, d);
            }
        }
        return d;
    }
}
