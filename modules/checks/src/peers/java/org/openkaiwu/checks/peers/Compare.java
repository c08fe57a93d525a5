package org.openkaiwu.checks.peers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.openkaiwu.body.Machine;
import org.openkaiwu.math.Quat;
import org.openkaiwu.math.Vec3;
import org.openkaiwu.physics.Model;
import org.openkaiwu.physics.World;

/**
 * The JVM's physics engines on three scenes of ours: an arm that lifts a cube by friction and
 * shakes it, a pile of 100 boxes, and a free humanoid of 29 joints that falls. Prints one table.
 * Engines take turns; each figure is a median of rounds, with the least and the largest.
 */
final class Compare {
    private static final double DT = 0.002;
    private static final int ROUNDS = 5;

    /** A part of a scene that takes longer, s, is not waited for. */
    private static final int PATIENCE = 30;

    private static final String STOPPED = "stopped";

    private Compare() {}

    /** What one run gave. */
    private record Result(double stepsPerSecond, double drift, double penetration, String remark) {}

    /** A scene that takes too long. */
    private static final class TooSlow extends RuntimeException {
        private static final long serialVersionUID = 1;
        final double stepsPerSecond;

        TooSlow(double stepsPerSecond) {
            this.stepsPerSecond = stepsPerSecond;
        }
    }

    private interface Scene {
        Result run(Engine e);
    }

    public static void main(String[] args) {
        List<Engine> engines =
                new ArrayList<>(
                        List.of(new Ours(), new Ode4j(), new Physx(), new Bullet(), new Scs2()));
        if (args.length > 0) {
            engines.removeIf(e ->
                    Arrays.stream(args)
                            .noneMatch(a -> e.name().toLowerCase(Locale.ROOT).contains(a)));
        }
        System.out.println(
                "| scene | engine | steps/s, median (least–largest) | drift, mm | penetration, mm | |");
        System.out.println("|---|---|---|---|---|---|");
        table("grasp", engines, Compare::grasp);
        table("100 boxes", engines, Compare::pile);
        table("humanoid, 29 joints", engines, Compare::humanoid);
        System.out.println();
        engines.forEach(e -> System.out.println("- " + e.name() + " cannot: " + e.cannot()));
    }

    private static void table(String name, List<Engine> engines, Scene scene) {
        List<List<Result>> all = new ArrayList<>();
        engines.forEach(e -> all.add(new ArrayList<>()));
        for (int r = 0; r < ROUNDS; r++) {
            for (int i = 0; i < engines.size(); i++) {
                List<Result> mine = all.get(i);
                if (r == 0 || !mine.getFirst().remark.startsWith(STOPPED)) {
                    mine.add(once(scene, engines.get(i)));
                }
            }
        }
        for (int i = 0; i < engines.size(); i++) {
            double[] speed =
                    all.get(i).stream().mapToDouble(Result::stepsPerSecond).sorted().toArray();
            Result last = all.get(i).getLast();
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %s | %.0f (%.0f–%.0f) | %.3f | %.3f | %s |%n",
                    name,
                    engines.get(i).name(),
                    speed[speed.length / 2],
                    speed[0],
                    speed[speed.length - 1],
                    1000 * last.drift,
                    1000 * last.penetration,
                    last.remark);
        }
    }

    private static Result once(Scene scene, Engine e) {
        try {
            return scene.run(e);
        } catch (TooSlow slow) {
            return new Result(
                    slow.stepsPerSecond,
                    Double.NaN,
                    Double.NaN,
                    STOPPED + " after " + PATIENCE + " s");
        } catch (IllegalArgumentException broken) { // a state that the engine itself refuses
            return new Result(0, Double.NaN, Double.NaN, STOPPED + ": " + broken.getMessage());
        }
    }

    /** Close, lift, shake for two seconds; drift is what the cube moved in the hand meanwhile. */
    private static Result grasp(Engine e) {
        Machine m = Models.arm();
        double[][] servos = servos(m, 60);
        servos[6] = new double[] {1500, 18};
        servos[7] = new double[] {1500, 18};
        int hand = 6;
        int cube = 9;
        try (Engine.Sim sim = e.open(m, servos, DT)) {
            sim.target(6, -0.015);
            sim.target(7, -0.015);
            long start = System.nanoTime();
            run(sim, 0, 400, step -> {});
            run(sim, 0, 500, step -> sim.target(1, -0.35 * Math.min(1, step / 300.0)));
            Vec3 before = inside(sim, hand, cube);
            run(
                    sim,
                    0,
                    1000,
                    step -> {
                        double t = step * DT;
                        sim.target(0, 0.1 * Math.sin(2 * Math.PI * 2 * t));
                        sim.target(4, 0.1 * Math.sin(2 * Math.PI * 3 * t));
                    });
            double seconds = (System.nanoTime() - start) / 1e9;
            double slip = inside(sim, hand, cube).distance(before);
            double[] pose = new double[7];
            sim.pose(cube, pose);
            boolean held = pose[2] > 0.06;
            double gap = separation(sim, m);
            return new Result(
                    1900 / seconds,
                    slip,
                    0,
                    (held ? "held" : "lost")
                            + (gap > 1e-4
                                    ? String.format(
                                            Locale.ROOT, ", joints part by %.2f mm", 1000 * gap)
                                    : ""));
        }
    }

    /**
     * Three seconds of falling and rest; drift is what the boxes moved on average in the last one.
     */
    private static Result pile(Engine e) {
        Machine m = Models.pile(100);
        try (Engine.Sim sim = e.open(m, new double[m.nv][2], DT)) {
            run(sim, 0, 500, step -> {});
            long start = System.nanoTime();
            run(sim, 0, 500, step -> {});
            double[][] before = poses(sim, m);
            run(sim, 0, 500, step -> {});
            double seconds = (System.nanoTime() - start) / 1e9;
            double[][] after = poses(sim, m);
            double moved = 0;
            for (int b = 1; b < m.nbody; b++) {
                moved += Vec3.of(after[b], 0).distance(Vec3.of(before[b], 0)) / (m.nbody - 1);
            }
            return new Result(1000 / seconds, moved, overlap(m, after), "");
        }
    }

    /**
     * Four seconds of falling and lying, servos holding the posture softly; drift is how far joints
     * part.
     */
    private static Result humanoid(Engine e) {
        Machine m = Models.humanoid();
        double[][] servos = servos(m, 12);
        try (Engine.Sim sim = e.open(m, servos, DT)) {
            run(sim, 0, 500, step -> {});
            long start = System.nanoTime();
            run(sim, 0, 1500, step -> {});
            double seconds = (System.nanoTime() - start) / 1e9;
            return new Result(1500 / seconds, separation(sim, m), belowFloor(m, poses(sim, m)), "");
        }
    }

    private interface At {
        void step(int step);
    }

    private static void run(Engine.Sim sim, int from, int to, At each) {
        long start = System.nanoTime();
        for (int i = from; i < to; i++) {
            each.step(i);
            sim.step();
            double seconds = (System.nanoTime() - start) / 1e9;
            if (seconds > PATIENCE) {
                throw new TooSlow((i + 1 - from) / seconds);
            }
        }
    }

    /** Critically damped servos of one natural frequency, rad/s, from the inertia at qpos0. */
    private static double[][] servos(Machine m, double omega) {
        World w = new World(new Model(m));
        w.forward();
        double[][] out = new double[m.nv][2];
        for (int d = 0; d < m.nv; d++) {
            if (m.jntType[m.dofJntid[d]] != Tree.FREE) {
                double inertia = w.tree.qM[w.tree.tree.mRowadr[d + 1] - 1];
                out[d] = new double[] {inertia * omega * omega, 2 * inertia * omega};
            }
        }
        return out;
    }

    private static double[][] poses(Engine.Sim sim, Machine m) {
        double[][] out = new double[m.nbody][7];
        for (int b = 1; b < m.nbody; b++) {
            sim.pose(b, out[b]);
        }
        return out;
    }

    private static Vec3 inside(Engine.Sim sim, int hand, int thing) {
        double[] h = new double[7];
        double[] t = new double[7];
        sim.pose(hand, h);
        sim.pose(thing, t);
        return Quat.of(h, 3).inverse().rotate(Vec3.of(t, 0).minus(Vec3.of(h, 0)));
    }

    /**
     * The deepest overlap of free boxes, found by our collision detection for every engine alike.
     */
    private static double overlap(Machine m, double[][] poses) {
        World w = new World(new Model(m));
        for (int b = 1; b < m.nbody; b++) {
            System.arraycopy(poses[b], 0, w.qpos, 7 * (b - 1), 7);
        }
        w.forward();
        double deepest = 0;
        for (int c = 0; c < w.contacts.count; c++) {
            deepest = Math.max(deepest, -w.contacts.dist[c]);
        }
        return deepest;
    }

    /** How far the lowest corner of any shape is below the floor. */
    private static double belowFloor(Machine m, double[][] poses) {
        double deepest = 0;
        for (Tree.Part p : new Tree(m).parts) {
            Quat turn = Quat.of(poses[p.id()], 3);
            for (Tree.Shape s : p.shapes()) {
                double z = poses[p.id()][2] + turn.rotate(s.at()).z();
                Quat q = turn.times(s.turn());
                double[] h = s.size();
                double below =
                        s.type() == Tree.BOX
                                ? h[0] * Math.abs(q.rotate(Vec3.X).z())
                                        + h[1] * Math.abs(q.rotate(Vec3.Y).z())
                                        + h[2] * Math.abs(q.rotate(Vec3.Z).z())
                                : h[0] + h[1] * Math.abs(q.rotate(Vec3.Z).z());
                deepest = Math.max(deepest, below - z);
            }
        }
        return deepest;
    }

    /** The largest distance between a hinge's place on its body and on the parent. */
    private static double separation(Engine.Sim sim, Machine m) {
        Tree tree = new Tree(m);
        double[][] poses = poses(sim, m);
        double largest = 0;
        for (Tree.Part p : tree.parts) {
            if (p.joint() == Tree.HINGE && p.parent() != 0) {
                Tree.Part parent = tree.part(p.parent());
                Vec3 here = place(poses[p.id()], p.anchor().minus(p.com()));
                Vec3 there = place(poses[parent.id()], p.anchor().minus(parent.com()));
                largest = Math.max(largest, here.distance(there));
            }
        }
        return largest;
    }

    private static Vec3 place(double[] pose, Vec3 inBody) {
        return Vec3.of(pose, 0).plus(Quat.of(pose, 3).rotate(inBody));
    }
}
