package org.openkaiwu.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.openkaiwu.body.Compiler;
import org.openkaiwu.body.Machine;
import org.openkaiwu.body.Spec;
import org.openkaiwu.math.Pose;
import org.openkaiwu.math.Quat;
import org.openkaiwu.math.Vec3;
import org.openkaiwu.motion.ArmModel;
import org.openkaiwu.motion.JointSpace;
import org.openkaiwu.motion.Obstacle;
import org.openkaiwu.motion.PlanResult;
import org.openkaiwu.motion.PlanningScene;
import org.openkaiwu.motion.RrtConnect;
import org.openkaiwu.motion.Shortcut;
import org.openkaiwu.motion.Solid;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Planner and collision check on the public MotionBenchMaker problems (format: README there). */
class MotionSharedTest {
    private record Problem(
            String set, int index, boolean valid, double[] start, double[] goal, JsonNode scene) {}

    private record Bench(
            ArmModel arm, PlanningScene scene, JointSpace space, List<Problem> problems) {}

    private static Bench load(String robot) throws IOException {
        Path shared = Path.of(System.getProperty("kaiwu.shared", "../../../shared"));
        Path file = shared.resolve("data/motionbenchmaker/" + robot + ".json.gz");
        assumeTrue(Files.isRegularFile(file), "no MotionBenchMaker problems here");
        JsonNode root;
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            root = JsonMapper.builder().build().readTree(in);
        }
        JsonNode model = root.path("model");
        List<String> joints = new ArrayList<>();
        root.path("joints").forEach(j -> joints.add(j.asString()));
        Machine machine = machine(model);
        ArmModel arm =
                ArmModel.of(machine, joints, machine.bodyName[machine.nbody - 1], Pose.IDENTITY);
        double[] lo = new double[joints.size()];
        double[] hi = new double[joints.size()];
        double[] weight = new double[joints.size()];
        for (int i = 0; i < lo.length; i++) {
            JsonNode limit = model.path("joint_limits").path(joints.get(i));
            lo[i] = limit.get(0).asDouble();
            hi[i] = limit.get(1).asDouble();
            weight[i] = 1;
            arm.limit(i, lo[i], hi[i]);
        }
        PlanningScene scene = new PlanningScene(arm, 0, 0);
        List<PlanningScene.Contact> pairs = new ArrayList<>();
        model.path("self_collision_pairs")
                .forEach(p ->
                        pairs.add(
                                new PlanningScene.Contact(
                                        p.get(0).asString(), p.get(1).asString())));
        scene.selfPairs(pairs);
        scene.includeStill(true);
        JointSpace space = new JointSpace(lo, hi, weight, 1.0 / 32);
        return new Bench(arm, scene, space, problems(root.path("sets")));
    }

    private static List<Problem> problems(JsonNode sets) {
        List<Problem> out = new ArrayList<>();
        for (Map.Entry<String, JsonNode> set : sets.properties()) {
            for (JsonNode p : set.getValue()) {
                out.add(
                        new Problem(
                                set.getKey(),
                                p.path("index").asInt(),
                                p.path("valid").asBoolean(),
                                numbers(p.path("start")),
                                numbers(p.path("goals").get(0)),
                                p.path("obstacles")));
            }
        }
        return out;
    }

    private static double[] numbers(JsonNode n) {
        double[] out = new double[n.size()];
        for (int i = 0; i < out.length; i++) {
            out[i] = n.get(i).asDouble();
        }
        return out;
    }

    /** The sphere model as a machine: every link a body, the root fixed to the world. */
    private static Machine machine(JsonNode model) {
        Spec spec = new Spec();
        Map<String, Spec.Body> bodies = new TreeMap<>();
        String root = model.path("root").asString();
        bodies.put(root, spec.world.add(root));
        List<JsonNode> open = new ArrayList<>();
        model.path("joints").forEach(open::add);
        while (!open.isEmpty()) {
            int before = open.size();
            open.removeIf(j -> attach(j, bodies));
            assertThat(open.size()).isLessThan(before);
        }
        int k = 0;
        for (JsonNode s : model.path("spheres")) {
            Spec.Geom g = new Spec.Geom();
            g.name = "sphere" + k++;
            g.size = new double[] {s.path("radius").asDouble(), 0, 0};
            g.pos = numbers(s.path("center"));
            bodies.get(s.path("link").asString()).geoms.add(g);
        }
        for (Spec.Body b : bodies.values()) {
            b.inertial = new Spec.Inertial();
            b.inertial.mass = 1;
            b.inertial.diag = new double[] {0.01, 0.01, 0.01};
        }
        return Compiler.compile(spec);
    }

    private static boolean attach(JsonNode joint, Map<String, Spec.Body> bodies) {
        Spec.Body parent = bodies.get(joint.path("parent").asString());
        if (parent == null) {
            return false;
        }
        String child = joint.path("child").asString();
        Spec.Body b = parent.add(child);
        bodies.put(child, b);
        b.pos = numbers(joint.path("xyz"));
        double[] rpy = numbers(joint.path("rpy"));
        b.quat =
                Quat.about(Vec3.Z, rpy[2])
                        .times(Quat.about(Vec3.Y, rpy[1]))
                        .times(Quat.about(Vec3.X, rpy[0]))
                        .toArray();
        String type = joint.path("type").asString();
        if (!type.equals("fixed")) {
            Spec.Joint j = new Spec.Joint();
            j.name = joint.path("name").asString();
            j.type = type.equals("prismatic") ? 2 : 3;
            j.axis = numbers(joint.path("axis"));
            j.range =
                    new double[] {
                        joint.path("limit").path("lower").asDouble(),
                        joint.path("limit").path("upper").asDouble()
                    };
            b.joints.add(j);
        }
        return true;
    }

    private static List<Obstacle> obstacles(Problem p) {
        List<Obstacle> out = new ArrayList<>();
        for (JsonNode b : p.scene.path("boxes")) {
            Vec3 half = Vec3.of(numbers(b.path("half_extents")), 0);
            out.add(new Obstacle(b.path("name").asString(), new Solid.Box(half), pose(b)));
        }
        for (JsonNode c : p.scene.path("cylinders")) {
            double r = c.path("radius").asDouble();
            double half = c.path("length").asDouble() / 2;
            // The set's conventions: see README, "Collision conventions".
            Solid solid =
                    p.set.equals("box")
                            ? new Solid.Box(new Vec3(r, r, half))
                            : new Solid.Capsule(r, half);
            out.add(new Obstacle(c.path("name").asString(), solid, pose(c)));
        }
        return out;
    }

    private static Pose pose(JsonNode n) {
        double[] q = numbers(n.path("orientation"));
        return new Pose(Vec3.of(numbers(n.path("position")), 0), new Quat(q[3], q[0], q[1], q[2]));
    }

    @Test
    void validityFlagsReproduce() throws IOException {
        for (String robot : List.of("panda", "ur5")) {
            Bench bench = load(robot);
            int wrong = 0;
            for (Problem p : bench.problems) {
                bench.scene.obstacles(obstacles(p));
                boolean valid = bench.scene.free(p.start) && bench.scene.free(p.goal);
                wrong += valid == p.valid ? 0 : 1;
            }
            assertThat(bench.problems).hasSize(560);
            assertThat(wrong).as(robot).isZero();
        }
    }

    @Test
    void solvesASampleOfTheProblems() throws IOException {
        for (String robot : List.of("panda", "ur5")) {
            Bench bench = load(robot);
            RrtConnect planner =
                    new RrtConnect(bench.space, robot.equals("panda") ? 1.0 : 1.5, 30_000);
            Shortcut shortcut = new Shortcut(bench.space);
            List<Problem> sample = new ArrayList<>();
            for (int k = 0; k < bench.problems.size() && sample.size() < 50; k += 11) {
                if (bench.problems.get(k).valid) {
                    sample.add(bench.problems.get(k));
                }
            }
            int solved = 0;
            double[] planMs = new double[sample.size()];
            double[] allMs = new double[sample.size()];
            double[] scratch = new double[bench.space.size()];
            for (int k = 0; k < planMs.length; k++) {
                Problem p = sample.get(k);
                bench.scene.obstacles(obstacles(p));
                long t0 = System.nanoTime();
                PlanResult r = planner.plan(p.start, p.goal, bench.scene, p.index);
                long t1 = System.nanoTime();
                double[][] path = shortcut.shorten(r.path(), bench.scene, 60, p.index);
                planMs[k] = (t1 - t0) / 1e6;
                allMs[k] = (System.nanoTime() - t0) / 1e6;
                if (r.solved()) {
                    solved++;
                    assertThat(path[0]).containsExactly(p.start);
                    assertThat(path[path.length - 1]).containsExactly(p.goal);
                    for (int i = 1; i < r.path().length; i++) {
                        boolean there =
                                bench.space.edge(
                                        r.path()[i - 1], r.path()[i], bench.scene, scratch);
                        boolean back =
                                bench.space.edge(
                                        r.path()[i], r.path()[i - 1], bench.scene, scratch);
                        assertThat(there || back).isTrue();
                    }
                } else {
                    System.out.println("not solved: " + robot + " " + p.set + " " + p.index);
                }
            }
            Arrays.sort(planMs);
            Arrays.sort(allMs);
            System.out.printf(
                    "%s: %d of %d solved; plan median %.2f ms, 95%% %.1f ms; with shortcuts median"
                            + " %.2f ms, 95%% %.1f ms%n",
                    robot,
                    solved,
                    sample.size(),
                    planMs[planMs.length / 2],
                    planMs[planMs.length * 95 / 100],
                    allMs[allMs.length / 2],
                    allMs[allMs.length * 95 / 100]);
            assertThat(solved).isGreaterThanOrEqualTo((int) Math.ceil(0.95 * sample.size()));
        }
    }
}
