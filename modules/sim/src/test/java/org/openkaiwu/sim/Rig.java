package org.openkaiwu.sim;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.openkaiwu.body.Machine;
import org.openkaiwu.body.infer.BodyFacts;
import org.openkaiwu.dynamics.Kinematics;
import org.openkaiwu.dynamics.TreeData;
import org.openkaiwu.math.Pose;
import org.openkaiwu.math.Quat;
import org.openkaiwu.math.RandomStream;
import org.openkaiwu.math.Text;
import org.openkaiwu.math.Vec3;
import org.openkaiwu.robot.Command;
import org.openkaiwu.robot.Guard;
import org.openkaiwu.robot.RobotModel;

/**
 * One thing on a table before a body, and a hand that is led to it by the truth: what a grasp needs
 * to be tried, without perception and planning.
 */
final class Rig {
    final Scenario run;
    final BodyFacts.Effector hand;
    private final RobotModel model;
    private final Guard robot;
    private final Machine machine;
    private final TreeData tree;
    private final int palm;
    private final int[] joints;
    private final Vec3 shift;
    private double[] at;

    Rig(String body, SceneData.Kind kind, long seed, Faults faults) {
        NamedBody file = Bodies.load(root(), body);
        run = SceneBuilder.build(scene(kind), file, seed, faults);
        robot = run.robot();
        model = robot.model();
        machine = model.machine();
        tree = new TreeData(machine);
        at = model.home().clone();
        Vec3 p = thing().p();
        List<BodyFacts.Effector> hands = model.facts().effectors();
        BodyFacts.Effector best = hands.getFirst();
        for (BodyFacts.Effector e : hands) {
            boolean left = limb(e).side() == BodyFacts.Side.LEFT;
            boolean right = limb(e).side() == BodyFacts.Side.RIGHT;
            if (left && p.y() > 0 || right && p.y() <= 0) {
                best = e;
            }
        }
        hand = best;
        shift = model.hands().get(hand.name()).shift(kind.size()[1]);
        palm = Machine.indexOf(machine.bodyName, hand.body());
        joints = limb(hand).joints().stream().mapToInt(model::indexOf).toArray();
    }

    static Path root() {
        return Path.of(System.getProperty("kaiwu.root", "../.."));
    }

    static SceneData.Kind cube(double size, double mass) {
        return new SceneData.Kind(
                "box",
                new double[] {size, size, size},
                null,
                null,
                mass,
                new double[] {0.8, 0.005, 0.0001},
                null,
                "wood",
                "test");
    }

    private static SceneData scene(SceneData.Kind kind) {
        SceneData.NamesData names = new SceneData.NamesData(List.of("x"), List.of("x"));
        return new SceneData(
                "rig",
                new Text("rig", "rig"),
                new SceneData.Needs(List.of(), 0),
                Map.of("kind", kind),
                new SceneData.Start(0, 0, 0),
                List.of(
                        new SceneData.PlaceData(
                                "table",
                                "table",
                                null,
                                "",
                                names,
                                null,
                                new double[] {0.8, 1.2, 0.74},
                                null,
                                null,
                                null,
                                "front",
                                null,
                                null,
                                null,
                                null)),
                List.of(
                        new SceneData.ThingData(
                                "thing", "kind", null, "", names, null, "table", "near")),
                List.of(),
                List.of());
    }

    private BodyFacts.Limb limb(BodyFacts.Effector e) {
        return model.facts().limbs().stream()
                .filter(l -> l.name().equals(e.limb()))
                .findFirst()
                .orElseThrow();
    }

    /** True pose of the thing, map frame. */
    Pose thing() {
        return run.truth().objects().get("thing").pose();
    }

    /** True pose of the palm, map frame. */
    Pose palm() {
        int b = Machine.indexOf(run.world().machine.bodyName, hand.body());
        return new Pose(
                Vec3.of(run.world().tree.xpos, 3 * b), Quat.of(run.world().tree.xquat, 4 * b));
    }

    /** True pose of the thing in the palm's frame. */
    Pose inHand() {
        return palm().inverse().times(thing());
    }

    /**
     * Joint positions that bring the grasp point to {@code target} with the hand pointing down as
     * well as it can and closing along {@code closing}; damped least squares on finite differences.
     */
    double[] reach(Vec3 target, Vec3 closing) {
        Vec3 goal =
                model.drive().kind() == RobotModel.DriveKind.FIXED
                        ? run.layout().robot().inverse().transform(target)
                        : target;
        RandomStream random = RandomStream.of(7, "starts");
        double[] best = null;
        double least = Double.POSITIVE_INFINITY;
        for (int start = 0; start < 12 && least > 5e-4; start++) {
            double[] q = at.clone();
            for (int k : joints) {
                RobotModel.JointInfo j = model.joints().get(k);
                double moved = q[k] + (start == 0 ? 0 : random.uniform(-0.8, 0.8));
                q[k] = Math.clamp(moved, j.lower() + 0.01, j.upper() - 0.01);
            }
            double e = descend(q, goal, closing);
            if (e < least) {
                least = e;
                best = q;
            }
        }
        if (miss(best, goal, closing) > 0.003) {
            throw new AssertionError("out of reach: " + target + ", error " + least);
        }
        return best;
    }

    private double miss(double[] q, Vec3 goal, Vec3 closing) {
        double[] e = error(q, goal, closing);
        return Math.sqrt(e[0] * e[0] + e[1] * e[1] + e[2] * e[2]);
    }

    private double descend(double[] q, Vec3 goal, Vec3 closing) {
        for (int it = 0; it < 200; it++) {
            double[] e = error(q, goal, closing);
            double[][] jac = new double[6][joints.length];
            for (int k = 0; k < joints.length; k++) {
                double[] moved = q.clone();
                moved[joints[k]] += 1e-6;
                double[] f = error(moved, goal, closing);
                for (int r = 0; r < 6; r++) {
                    jac[r][k] = (f[r] - e[r]) / 1e-6;
                }
            }
            double[] step = solve(jac, e);
            boolean blocked = false;
            for (int k = 0; k < joints.length; k++) {
                RobotModel.JointInfo j = model.joints().get(joints[k]);
                double to = q[joints[k]] - step[k];
                if (to < j.lower() + 0.01 || to > j.upper() - 0.01) {
                    blocked = true;
                    for (double[] row : jac) {
                        row[k] = 0;
                    }
                }
            }
            if (blocked) {
                step = solve(jac, e);
            }
            for (int k = 0; k < joints.length; k++) {
                RobotModel.JointInfo j = model.joints().get(joints[k]);
                q[joints[k]] =
                        Math.clamp(
                                q[joints[k]] - Math.clamp(step[k], -0.2, 0.2),
                                j.lower() + 0.01,
                                j.upper() - 0.01);
            }
        }
        double sum = 0;
        for (double x : error(q, goal, closing)) {
            sum += x * x;
        }
        return Math.sqrt(sum);
    }

    /** Position error and, with less weight, direction errors. */
    private double[] error(double[] q, Vec3 goal, Vec3 closing) {
        System.arraycopy(machine.qpos0, 0, tree.qpos, 0, machine.nq);
        for (int i = 0; i < q.length; i++) {
            tree.qpos[
                            machine.jntQposadr[
                                    Machine.indexOf(
                                            machine.jntName, model.joints().get(i).name())]] =
                    q[i];
        }
        Kinematics.run(machine, tree);
        Pose p = new Pose(Vec3.of(tree.xpos, 3 * palm), Quat.of(tree.xquat, 4 * palm));
        Vec3 d = p.transform(hand.graspPoint().plus(shift)).minus(goal);
        Vec3 a = p.q().rotate(hand.approach()).cross(new Vec3(0, 0, -1));
        Vec3 c = p.q().rotate(hand.closing());
        double turn = c.cross(c.dot(closing) < 0 ? closing.times(-1) : closing).z();
        return new double[] {d.x(), d.y(), d.z(), 0.008 * a.x(), 0.008 * a.y(), 0.008 * turn};
    }

    private static double[] solve(double[][] jac, double[] e) {
        int n = jac[0].length;
        double[][] m = new double[n][n + 1];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                for (double[] row : jac) {
                    m[i][j] += row[i] * row[j];
                }
            }
            m[i][i] += 1e-6;
            for (int r = 0; r < jac.length; r++) {
                m[i][n] += jac[r][i] * e[r];
            }
        }
        for (int i = 0; i < n; i++) {
            for (int r = 0; r < n; r++) {
                if (r != i) {
                    double f = m[r][i] / m[i][i];
                    for (int c = i; c <= n; c++) {
                        m[r][c] -= f * m[i][c];
                    }
                }
            }
        }
        double[] x = new double[n];
        for (int i = 0; i < n; i++) {
            x[i] = m[i][n] / m[i][i];
        }
        return x;
    }

    /** Along a straight line in joint space, with a smooth start and end. */
    void moveTo(double[] goal, double seconds) {
        double[] from = at.clone();
        int ticks = (int) Math.round(seconds / robot.period());
        for (int i = 1; i <= ticks; i++) {
            double s = (double) i / ticks;
            double w = s * s * (3 - 2 * s);
            double[] q = new double[from.length];
            for (int k = 0; k < q.length; k++) {
                q[k] = from[k] + w * (goal[k] - from[k]);
            }
            send(q, Map.of());
        }
        at = goal.clone();
    }

    void grip(double opening, double force, double seconds) {
        int ticks = (int) Math.round(seconds / robot.period());
        for (int i = 0; i < ticks; i++) {
            send(at, Map.of(hand.name(), new Command.Grip(opening, force)));
        }
    }

    void hold(double seconds) {
        int ticks = (int) Math.round(seconds / robot.period());
        for (int i = 0; i < ticks; i++) {
            send(at, Map.of());
        }
    }

    /** Swings the first arm joint. */
    void shake(double amplitude, double hertz, double seconds) {
        int ticks = (int) Math.round(seconds / robot.period());
        for (int i = 1; i <= ticks; i++) {
            double[] q = at.clone();
            q[joints[0]] += amplitude * Math.sin(2 * Math.PI * hertz * i * robot.period());
            send(q, Map.of());
        }
    }

    private void send(double[] q, Map<String, Command.Grip> grip) {
        robot.command(new Command(q, new double[q.length], Command.BaseVelocity.ZERO, grip))
                .ifPresent(why -> {
                    throw new AssertionError(why.en());
                });
        robot.tick();
    }

    /** Picks the thing up by 10 cm. */
    void pick(double force) {
        Pose p = thing();
        Vec3 closing = p.q().rotate(Vec3.Y);
        double height = p.p().z();
        Vec3 spot = new Vec3(p.p().x(), p.p().y(), height);
        double[] over = reach(spot.plus(new Vec3(0, 0, 0.10)), closing);
        moveTo(over, 2.5);
        double[] down = reach(spot, closing);
        moveTo(down, 1.5);
        grip(0, force, 1.2);
        double[] up = reach(spot.plus(new Vec3(0, 0, 0.10)), closing);
        moveTo(up, 1.5);
    }

    double[] where() {
        return Arrays.copyOf(at, at.length);
    }
}
