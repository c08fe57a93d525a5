package org.openkaiwu.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.openkaiwu.body.Machine;
import org.openkaiwu.body.infer.BodyFacts;
import org.openkaiwu.math.Pose;
import org.openkaiwu.math.Quat;
import org.openkaiwu.math.RandomStream;
import org.openkaiwu.math.Vec3;
import org.openkaiwu.physics.World;
import org.openkaiwu.robot.Command;
import org.openkaiwu.robot.Robot;
import org.openkaiwu.robot.RobotModel;
import org.openkaiwu.robot.Sighting;
import org.openkaiwu.robot.Telemetry;

/**
 * A robot in a physics world. A tick is five physics steps; its sensors have noise from seeded
 * streams, its cameras see only what is in view and not hidden, and nothing else of the truth
 * reaches a telemetry.
 */
final class SimRobot implements Robot {
    /** Physics steps a tick. */
    static final int STEPS = 5;

    /** Standard deviations of encoders (rad, m), their rates, and efforts (relative). */
    private static final double ENCODER = 1e-4;

    private static final double RATE = 1e-3;

    /** Part of a servo's largest force that is commanded at most: just not cut off by physics. */
    private static final double UNDER = 0.9999;

    private static final double EFFORT = 0.01;

    private final World world;
    private final NamedBody body;
    private final RunStatistics statistics;
    private final Faults faults;
    private final RandomStream noise;
    private final int n;
    private final int[] qposAt;
    private final int[] dofAt;
    private final int[] actuator;
    private final double[] lag;
    private final double[] from;
    private final double[] to;
    private final double[] velocity;
    private final List<HandDrive> hands = new ArrayList<>();
    private final BaseDrive base;
    private final Pose stand;
    private final Localisation localisation;
    private final Eyes eyes;
    private long tick;
    private Telemetry telemetry;

    SimRobot(
            World world,
            NamedBody body,
            Layout layout,
            Owners owners,
            RunStatistics statistics,
            Faults faults,
            long seed) {
        this.world = world;
        this.body = body;
        this.statistics = statistics;
        this.faults = faults;
        noise = RandomStream.of(seed, "sensors");
        Machine m = world.machine;
        List<RobotModel.JointInfo> joints = body.model().joints();
        n = joints.size();
        qposAt = new int[n];
        dofAt = new int[n];
        actuator = new int[n];
        lag = new double[n];
        for (int i = 0; i < n; i++) {
            int j = Machine.indexOf(m.jntName, joints.get(i).name());
            qposAt[i] = m.jntQposadr[j];
            dofAt[i] = m.jntDofadr[j];
            actuator[i] = servoOf(m, j);
            double kp = -world.model.actuatorBiasprm[10 * actuator[i] + 1];
            double kv = -world.model.actuatorBiasprm[10 * actuator[i] + 2];
            lag[i] = (kv + m.dofDamping[dofAt[i]]) / kp;
        }
        from = body.model().home().clone();
        to = from.clone();
        velocity = new double[n];
        for (BodyFacts.Effector e : body.model().facts().effectors()) {
            if (e.kind() != BodyFacts.EffectorKind.BARE) {
                hands.add(new HandDrive(world, e, body.sheet().effectors().get(e.name())));
            }
        }
        base = body.mobile() ? new BaseDrive(world, body.sheet().drive(), root(m, owners)) : null;
        stand = layout.robot();
        localisation = new Localisation(RandomStream.of(seed, "localisation"), body.mobile());
        eyes = new Eyes(world, owners, layout, RandomStream.of(seed, "cameras"));
    }

    private static int servoOf(Machine m, int joint) {
        for (int a = 0; a < m.nactuator; a++) {
            if (m.actuatorTrntype[a] == 0
                    && m.actuatorTrnid[2 * a] == joint
                    && m.actuatorBiasprm[10 * a + 1] != 0) {
                return a;
            }
        }
        throw new IllegalStateException("no servo: " + m.jntName[joint]);
    }

    /** The robot's body with a free joint. */
    private static int root(Machine m, Owners owners) {
        for (int b = 1; b < m.nbody; b++) {
            if (owners.kind(b) == Owners.Kind.ROBOT
                    && m.bodyJntnum[b] == 1
                    && m.jntType[m.bodyJntadr[b]] == 0) {
                return b;
            }
        }
        throw new org.openkaiwu.math.InputException(
                "body.yaml", "drive: the machine has no free base");
    }

    /** Takes the home pose with open hands, and steps without a clock until things rest. */
    void settle(int steps) {
        Machine m = world.machine;
        for (int i = 0; i < n; i++) {
            world.qpos[qposAt[i]] = to[i];
        }
        for (BodyFacts.Effector e : body.model().facts().effectors()) {
            for (int k = 0; k < e.joints().size(); k++) {
                int j = Machine.indexOf(m.jntName, e.joints().get(k));
                world.qpos[m.jntQposadr[j]] = e.openPosition()[k];
            }
        }
        for (int i = 0; i < steps; i++) {
            drive(1);
            world.step();
        }
        world.time = 0;
        hands.forEach(h -> h.measure(period()));
        hands.forEach(h -> h.measure(period()));
        world.forward();
        telemetry = sense();
    }

    @Override
    public RobotModel model() {
        return body.model();
    }

    @Override
    public double period() {
        return STEPS * SceneBuilder.STEP;
    }

    @Override
    public Telemetry telemetry() {
        return telemetry;
    }

    @Override
    public void command(Command c) {
        if (faults.isDeaf()) {
            return;
        }
        for (int i = 0; i < n; i++) {
            if (!Double.isNaN(c.position()[i])) {
                to[i] = c.position()[i];
            }
            velocity[i] = c.velocity()[i];
        }
        if (base != null) {
            base.command(c.base());
        }
        for (HandDrive h : hands) {
            Command.Grip g = c.grip().get(h.name);
            if (g != null) {
                h.command(g);
            }
        }
    }

    @Override
    public void tick() {
        for (HandDrive h : hands) {
            if (faults.opens(h.name)) {
                h.giveWay();
            }
        }
        for (int s = 1; s <= STEPS; s++) {
            drive((double) s / STEPS);
            world.step();
            statistics.step();
        }
        System.arraycopy(to, 0, from, 0, n);
        tick++;
        localisation.advance(period());
        hands.forEach(h -> h.measure(period()));
        telemetry = sense();
    }

    /** Writes the controls of a physics step that ends at this part of the tick. */
    private void drive(double part) {
        Machine m = world.machine;
        for (int i = 0; i < n; i++) {
            double p = from[i] + part * (to[i] - from[i]);
            world.ctrl[m.actuatorCtrladr[actuator[i]]] = withinForce(i, p + lag[i] * velocity[i]);
        }
        if (base != null) {
            base.drive(SceneBuilder.STEP);
        }
        for (HandDrive h : hands) {
            h.drive(SceneBuilder.STEP);
        }
    }

    /**
     * The control nearest to {@code wish} that asks for no more than the servo's force.
     *
     * <p>A servo that is cut off at its limit loses its damping there; one that is strong for the
     * inertia it moves then jumps from limit to limit at every step and never comes to rest. Drives
     * limit the current they command instead, with their damping in it.
     */
    private double withinForce(int i, double wish) {
        Machine m = world.machine;
        int a = actuator[i];
        if (!m.actuatorForcelimited[a]) {
            return wish;
        }
        double gear = m.actuatorGear[6 * a];
        double gain = m.actuatorGainprm[10 * a];
        double bias =
                world.model.actuatorBiasprm[10 * a]
                        + world.model.actuatorBiasprm[10 * a + 1] * gear * world.qpos[qposAt[i]]
                        + world.model.actuatorBiasprm[10 * a + 2] * gear * world.qvel[dofAt[i]];
        double asked = gain * wish + bias;
        double force =
                Math.clamp(
                        asked,
                        UNDER * m.actuatorForcerange[2 * a],
                        UNDER * m.actuatorForcerange[2 * a + 1]);
        return force == asked ? wish : (force - bias) / gain;
    }

    private Telemetry sense() {
        double[] q = new double[n];
        double[] v = new double[n];
        double[] f = new double[n];
        for (int i = 0; i < n; i++) {
            q[i] = world.qpos[qposAt[i]] + ENCODER * noise.nextNormal();
            v[i] = world.qvel[dofAt[i]] + RATE * noise.nextNormal();
            f[i] =
                    world.actuatorForce[world.machine.actuatorOutadr[actuator[i]]]
                            * (1 + EFFORT * noise.nextNormal());
        }
        Map<String, Telemetry.EffectorState> states = new TreeMap<>();
        hands.forEach(h -> states.put(h.name, h.state(faults.pressing(h.name))));
        Pose truth = pose();
        Pose believed = localisation.estimate(truth);
        List<Sighting> seen =
                faults.isBlind()
                        ? List.of()
                        : eyes.look(tick, time(), believed.times(truth.inverse()));
        return new Telemetry(
                time(),
                q,
                v,
                f,
                believed,
                base == null ? Command.BaseVelocity.ZERO : noisy(base.velocity()),
                states,
                seen,
                false);
    }

    private Command.BaseVelocity noisy(Command.BaseVelocity v) {
        return new Command.BaseVelocity(
                v.forward() + RATE * noise.nextNormal(),
                v.left() + RATE * noise.nextNormal(),
                v.turn() + RATE * noise.nextNormal());
    }

    private double time() {
        return tick * period();
    }

    /** True pose of the base in the map. */
    Pose pose() {
        return base == null ? stand : base.pose();
    }

    /** True position of a commanded joint. */
    double position(int joint) {
        return world.qpos[qposAt[joint]];
    }

    List<HandDrive> hands() {
        return hands;
    }

    /** Whether a camera has made out that thing or person since the start. */
    boolean hasSeen(String label) {
        return eyes.hasSeen(label);
    }

    RobotModel robotModel() {
        return body.model();
    }

    /** What a base knows of its place: the truth with an error that drifts slowly. */
    private static final class Localisation {
        private static final double METRES = 0.003;
        private static final double RADIANS = 0.003;
        private static final double SECONDS = 4;

        private final RandomStream random;
        private final boolean moving;
        private final double[] error = new double[3];

        Localisation(RandomStream random, boolean moving) {
            this.random = random;
            this.moving = moving;
        }

        /** An Ornstein-Uhlenbeck process: forgets within seconds, stays within its deviation. */
        void advance(double dt) {
            if (!moving) {
                return;
            }
            double keep = 1 - dt / SECONDS;
            double add = Math.sqrt(2 * dt / SECONDS);
            for (int i = 0; i < 3; i++) {
                double sigma = i < 2 ? METRES : RADIANS;
                error[i] = keep * error[i] + add * sigma * random.nextNormal();
            }
        }

        Pose estimate(Pose truth) {
            if (!moving) {
                return truth;
            }
            return new Pose(
                    truth.p().plus(new Vec3(error[0], error[1], 0)),
                    Quat.yaw(error[2]).times(truth.q()).unit());
        }
    }
}
