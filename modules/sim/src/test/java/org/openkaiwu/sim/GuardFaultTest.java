package org.openkaiwu.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openkaiwu.body.Machine;
import org.openkaiwu.body.infer.BodyFacts;
import org.openkaiwu.math.Pose;
import org.openkaiwu.math.Quat;
import org.openkaiwu.math.RandomStream;
import org.openkaiwu.math.Vec3;
import org.openkaiwu.robot.Command;
import org.openkaiwu.robot.Command.BaseVelocity;
import org.openkaiwu.robot.Guard;
import org.openkaiwu.robot.RobotModel;

/** Every fault stops every kind of body; the stop is honest, and clearing it moves nothing. */
class GuardFaultTest {
    private static final String FIXED = "panda";
    private static final String WHEELED = "ffw_sg2";

    enum Fault {
        RANGE("range"),
        SPEED("faster"),
        EFFORT("torque limit"),
        FENCE("workspace"),
        SELF("run into"),
        FORCE("force"),
        HEARTBEAT("heartbeat"),
        DEAF_BASE("blocked");

        private final String named;

        Fault(String named) {
            this.named = named;
        }
    }

    private final Faults faults = new Faults();
    private Scenario run;
    private Guard robot;
    private Machine machine;
    private int n;
    private double borne;

    private void build(String body, String scene) {
        run =
                SceneBuilder.build(
                        SceneData.load(Rig.root(), scene),
                        Bodies.load(Rig.root(), body),
                        1,
                        faults);
        robot = run.robot();
        machine = run.world().machine;
        n = robot.model().joints().size();
    }

    static Stream<Arguments> cases() {
        return Stream.of(FIXED, WHEELED)
                .flatMap(body ->
                        Stream.of(Fault.values())
                                .filter(f -> f != Fault.DEAF_BASE || body.equals(WHEELED))
                                .map(f -> Arguments.of(body, f)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void shouldStopLatchAndStandStillAfterIt(String body, Fault fault) {
        build(body, body.equals(FIXED) ? "workcell" : "home");
        if (fault == Fault.FENCE) {
            fence(0.25);
        }
        for (int k = 0; k < 1000 && robot.state() == Guard.State.ACTIVE; k++) {
            inject(fault, k);
            robot.tick();
        }
        assertThat(robot.state()).isEqualTo(Guard.State.STOPPING);
        assertThat(robot.reason().orElseThrow().en()).contains(fault.named);
        assertThat(robot.reason().orElseThrow().zh()).isNotBlank();
        assertThat(robot.violations()).isEqualTo(1);
        release();
        comesToRest();
        assertThat(robot.clear()).isTrue();
        double[] before = joints();
        Pose base = run.truth().base();
        for (int k = 0; k < 50; k++) {
            robot.tick();
        }
        assertThat(robot.telemetry().stopped()).isTrue();
        for (int i = 0; i < n; i++) {
            assertThat(Math.abs(joints()[i] - before[i])).isLessThan(0.005);
        }
        assertThat(run.truth().base().p().distance(base.p())).isLessThan(0.003);
        assertThat(robot.command(Command.keep(n))).isEmpty();
        assertThat(robot.state()).isEqualTo(Guard.State.ACTIVE);
    }

    private void inject(Fault fault, int tick) {
        Command keep = Command.keep(n);
        RobotModel.JointInfo first = robot.model().joints().getFirst();
        switch (fault) {
            case RANGE -> {
                keep.position()[0] = first.upper() + 0.1;
                robot.command(keep);
            }
            case SPEED -> {
                int arm = arm();
                run.world().qfrcApplied[machine.jntDofadr[jointOf(arm)]] =
                        4 * robot.model().joints().get(arm).maxEffort();
                robot.command(keep);
            }
            case EFFORT -> {
                int dof = machine.jntDofadr[jointOf(arm())];
                // comes on slowly, since a sudden load would make the joint swing
                borne = tick == 0 ? robot.telemetry().effort()[arm()] : borne;
                run.world().qfrcApplied[dof] =
                        Math.min(1, tick / 100.0)
                                * (borne - 0.996 * robot.model().joints().get(arm()).maxEffort());
                robot.command(keep);
            }
            case FENCE -> {
                int arm = arm();
                keep.position()[arm] =
                        robot.telemetry().position()[arm]
                                + robot.model().joints().get(arm).maxVelocity();
                double most = robot.model().drive().maxSpeed();
                Command c =
                        new Command(
                                most > 0 ? Command.keep(n).position() : keep.position(),
                                keep.velocity(),
                                new BaseVelocity(most, 0, 0),
                                Map.of());
                robot.command(c);
                insideFence();
            }
            case SELF -> robot.command(folding(tick));
            case FORCE -> {
                robot.model().facts().effectors().forEach(e -> faults.press(e.name(), 500));
                robot.command(keep);
            }
            case HEARTBEAT -> {
                if (tick < 40) {
                    robot.command(moving());
                }
            }
            case DEAF_BASE -> {
                faults.deaf(true);
                robot.command(
                        new Command(
                                keep.position(),
                                keep.velocity(),
                                new BaseVelocity(0.3, 0, 0),
                                Map.of()));
            }
        }
    }

    private void release() {
        java.util.Arrays.fill(run.world().qfrcApplied, 0);
        robot.model().facts().effectors().forEach(e -> faults.press(e.name(), 0));
        faults.deaf(false);
    }

    /** A stop is said to be complete only when nothing moves, and refuses until then and after. */
    private void comesToRest() {
        assertThat(robot.clear()).isFalse();
        int ticks = 0;
        while (robot.state() != Guard.State.STOPPED) {
            assertThat(robot.command(Command.keep(n))).isPresent();
            assertThat(ticks++).isLessThan(500);
            robot.tick();
            if (!Double.isNaN(lower[0])) {
                insideFence();
            }
        }
        for (int i = 0; i < n; i++) {
            double v = run.world().qvel[machine.jntDofadr[jointOf(i)]];
            assertThat(Math.abs(v)).isLessThan(0.025);
        }
        Pose before = run.truth().base();
        robot.tick();
        assertThat(run.truth().base().p().distance(before.p())).isLessThan(0.025 * robot.period());
        assertThat(robot.command(Command.keep(n))).isPresent();
    }

    private int jointOf(int commanded) {
        return Machine.indexOf(machine.jntName, robot.model().joints().get(commanded).name());
    }

    private double[] joints() {
        double[] q = new double[n];
        for (int i = 0; i < n; i++) {
            q[i] = run.world().qpos[machine.jntQposadr[jointOf(i)]];
        }
        return q;
    }

    /** The commanded joint at the root of the first arm. */
    private int arm() {
        return robot.model().indexOf(limb().joints().getFirst());
    }

    private BodyFacts.Limb limb() {
        return robot.model().facts().limbs().stream()
                .filter(l -> l.kind() == BodyFacts.LimbKind.ARM)
                .findFirst()
                .orElseThrow();
    }

    private Command moving() {
        Command c = Command.keep(n);
        c.position()[arm()] = robot.telemetry().position()[arm()] + 0.5;
        double most = robot.model().drive().maxSpeed();
        return new Command(c.position(), c.velocity(), new BaseVelocity(most, 0, 0), Map.of());
    }

    /** Arms sent here and there until parts would meet. */
    private Command folding(int tick) {
        RandomStream random = RandomStream.of(3, "fold" + tick / 200);
        Command c = Command.keep(n);
        for (BodyFacts.Limb limb : robot.model().facts().limbs()) {
            for (String joint : limb.joints()) {
                int i = robot.model().indexOf(joint);
                RobotModel.JointInfo j = robot.model().joints().get(i);
                c.position()[i] = random.uniform(j.lower(), j.upper());
            }
        }
        return c;
    }

    private final double[] lower = {Double.NaN, Double.NaN};
    private final double[] upper = {Double.NaN, Double.NaN};

    /** A fence about hands and base, so far from them. */
    private void fence(double room) {
        for (int k = 0; k < 2; k++) {
            lower[k] = Double.POSITIVE_INFINITY;
            upper[k] = Double.NEGATIVE_INFINITY;
            for (Vec3 p : points()) {
                lower[k] = Math.min(lower[k], p.toArray()[k] - room);
                upper[k] = Math.max(upper[k], p.toArray()[k] + room);
            }
        }
        run.fence().outline(lower, upper);
    }

    private Vec3[] points() {
        Stream<Vec3> hands =
                robot.model().facts().effectors().stream()
                        .map(e -> {
                            int b = Machine.indexOf(machine.bodyName, e.body());
                            return new Pose(
                                            Vec3.of(run.world().tree.xpos, 3 * b),
                                            Quat.of(run.world().tree.xquat, 4 * b))
                                    .transform(e.graspPoint());
                        });
        return Stream.concat(hands, Stream.of(run.truth().base().p())).toArray(Vec3[]::new);
    }

    private void insideFence() {
        for (Vec3 p : points()) {
            for (int k = 0; k < 2; k++) {
                assertThat(p.toArray()[k]).isBetween(lower[k], upper[k]);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ffw_sg2", "realman_lift", "turtlebot3"})
    void shouldStopABaseThatDrivesIntoFurniture(String body) {
        build(body, "home");
        double tilt = 0;
        BaseVelocity v = new BaseVelocity(robot.model().drive().maxSpeed(), 0, 0);
        for (int k = 0; k < 6000 && robot.state() == Guard.State.ACTIVE; k++) {
            Command keep = Command.keep(n);
            robot.command(new Command(keep.position(), keep.velocity(), v, Map.of()));
            robot.tick();
            tilt = Math.max(tilt, tilt());
        }
        assertThat(robot.reason().orElseThrow().en()).containsAnyOf("ran into", "blocked", "tilts");
        for (int k = 0; k < 600 && robot.state() != Guard.State.STOPPED; k++) {
            robot.tick();
            tilt = Math.max(tilt, tilt());
        }
        assertThat(robot.state()).isEqualTo(Guard.State.STOPPED);
        assertThat(Math.toDegrees(tilt)).isLessThan(15);
    }

    private double tilt() {
        Vec3 up = run.truth().base().q().rotate(Vec3.Z);
        return Math.atan2(Math.hypot(up.x(), up.y()), up.z());
    }

    @Test
    void shouldLetABaseComeBackThroughTheFence() {
        build("turtlebot3", "home");
        Vec3 p = run.truth().base().p();
        run.fence()
                .outline(
                        new double[] {p.x() + 0.1, p.y() - 1}, new double[] {p.x() + 1, p.y() + 1});
        double yaw = run.truth().base().q().yaw();
        double inwards = Math.cos(yaw) >= 0 ? 0.1 : -0.1;
        assertThat(robot.command(drive(inwards))).isEmpty();
        robot.tick();
        assertThat(robot.command(drive(-inwards))).isPresent();
    }

    private Command drive(double forward) {
        Command keep = Command.keep(n);
        return new Command(
                keep.position(), keep.velocity(), new BaseVelocity(forward, 0, 0), Map.of());
    }
}
