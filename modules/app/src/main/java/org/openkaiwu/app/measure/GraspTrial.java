package org.openkaiwu.app.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openkaiwu.app.run.Knowledge;
import org.openkaiwu.body.Machine;
import org.openkaiwu.math.Pose;
import org.openkaiwu.math.Quat;
import org.openkaiwu.math.Text;
import org.openkaiwu.math.Vec3;
import org.openkaiwu.motion.CartesianPath;
import org.openkaiwu.motion.ToolGoal;
import org.openkaiwu.motion.Validity;
import org.openkaiwu.perception.BeliefTracker;
import org.openkaiwu.robot.Command;
import org.openkaiwu.robot.Guard;
import org.openkaiwu.sim.Faults;
import org.openkaiwu.sim.NamedBody;
import org.openkaiwu.sim.Scenario;
import org.openkaiwu.sim.SceneBuilder;
import org.openkaiwu.sim.SceneData;
import org.openkaiwu.skill.Agent;
import org.openkaiwu.skill.Executor;
import org.openkaiwu.skill.Hand;
import org.openkaiwu.skill.Node;
import org.openkaiwu.skill.Nodes;
import org.openkaiwu.skill.SkillCall;
import org.openkaiwu.skill.SkillLibrary;
import org.openkaiwu.skill.Status;

/**
 * One thing picked by the pick skill, lifted, held and shaken; then the very same commands again in
 * a world without friction, and once more with a hand that opens after the lift.
 *
 * <p>Shaking: the tool swings along x, y and z of the map, one after the other, {@link #HERTZ}
 * times a second, {@link #SWING} to either side, for {@link #SHAKE} seconds each. Slip is the
 * distance that the thing's frame has moved in the palm's frame since it left the table, whatever
 * moved it: sliding, turning between the pads, or the pads' own give.
 */
final class GraspTrial {
    static final double LIFT = 0.10;
    static final double HOLD = 10;
    static final double SHAKE = 2;
    static final double HERTZ = 2.5;
    static final double SWING = 0.02;

    /** Over the table by less than this the thing is not lifted, m. */
    private static final double DROPPED = 0.03;

    /** Over the table by this much the thing has left it, m. */
    private static final double AIRBORNE = 0.003;

    /** Speeds up and slows down the swinging, s. */
    private static final double EASE = 0.4;

    /**
     * What was found.
     *
     * @param problem why there was no grasp, or empty
     * @param hand effector that held
     * @param force what its drive was commanded to press with, N
     * @param holdSlip largest slip until the end of the hold, m
     * @param slip largest slip until the end, m
     * @param turn largest turn of the thing in the palm, rad
     * @param swing smallest peak-to-peak motion of the palm over the three axes, m
     * @param acceleration largest acceleration of the palm while shaken, m/s^2
     * @param still the thing was in the hand at the end
     * @param slippery height over the table at the end without friction, m
     * @param open height over the table at the end with the open hand, m
     */
    record Found(
            Optional<Text> problem,
            String hand,
            double force,
            double holdSlip,
            double slip,
            double turn,
            double swing,
            double acceleration,
            boolean still,
            double slippery,
            double open) {
        boolean gripped() {
            return problem.isEmpty();
        }

        /** Held when it should, dropped when it should. */
        boolean good() {
            return gripped() && still && slip < 0.005 && slippery < DROPPED && open < DROPPED;
        }

        private static Found none(Text problem) {
            double no = Double.NaN;
            return new Found(Optional.of(problem), "", no, no, no, no, no, no, false, no, no);
        }
    }

    private final NamedBody body;
    private final SceneData scene;
    private final long seed;
    private final Scenario run;
    private final Agent agent;
    private final Executor executor;
    private final List<Command> sent = new ArrayList<>();
    private final double rest;
    private int palm = -1;
    private Pose firstInPalm;
    private double slip;
    private double turn;
    private double holdSlip;
    private double force;

    private GraspTrial(NamedBody body, SceneData.Kind kind, long seed) {
        this.body = body;
        this.scene = OneThing.with(kind);
        this.seed = seed;
        run = SceneBuilder.build(scene, body, seed);
        BeliefTracker tracker =
                new BeliefTracker(Knowledge.map(run.layout()), Knowledge.catalogue(run.layout()));
        agent = new Agent(run.robot(), tracker, seed);
        executor = new Executor(agent, this::ticked);
        rest = height(run);
    }

    /** Tries one thing with one body. */
    static Found of(NamedBody body, SceneData.Kind kind, long seed) {
        return new GraspTrial(body, kind, seed).find();
    }

    private static Pose thing(Scenario s) {
        return s.truth().objects().get(OneThing.THING).pose();
    }

    private static double height(Scenario s) {
        return thing(s).p().z();
    }

    private Pose palmPose() {
        var tree = run.world().tree;
        return new Pose(Vec3.of(tree.xpos, 3 * palm), Quat.of(tree.xquat, 4 * palm));
    }

    private void ticked(Agent a, Node running) {
        sent.add(run.robot().sent().orElseThrow());
        if (palm < 0) {
            palm = gripping();
        }
        if (palm < 0) {
            return;
        }
        Pose thing = thing(run);
        if (firstInPalm == null) {
            if (thing.p().z() > rest + AIRBORNE) {
                firstInPalm = palmPose().inverse().times(thing);
            }
            return;
        }
        Pose now = palmPose().inverse().times(thing);
        slip = Math.max(slip, now.p().distance(firstInPalm.p()));
        turn = Math.max(turn, now.q().angleTo(firstInPalm.q()));
    }

    /** Body id of the palm whose hand the pick skill says it holds the thing with, or -1. */
    private int gripping() {
        Optional<Agent.Holding> h = agent.holdingOf(OneThing.THING);
        if (h.isEmpty()) {
            return -1;
        }
        String name = agent.embodiment().arm(h.get().effector()).effector().body();
        return Machine.indexOf(run.world().machine.bodyName, name);
    }

    private Found find() {
        executor.run(Nodes.pause("look", 0.5), 2);
        if (!agent.belief().things().containsKey(OneThing.THING)) {
            executor.run(skill("find"), 60);
        }
        Node pick = skill("pick");
        if (executor.run(pick, 120) instanceof Status.Failure f) {
            return Found.none(f.reason());
        }
        Hand hand =
                agent.embodiment().arm(agent.holdingOf(OneThing.THING).orElseThrow().effector());
        force = sent.getLast().grip().get(hand.name()).force();
        double missing = rest + LIFT - height(run);
        Optional<double[][]> up = line(hand, new Vec3(0, 0, missing));
        if (up.isEmpty()) {
            return Found.none(new Text("cannot lift it by " + LIFT + " m", "举不到 " + LIFT + " 米高"));
        }
        Status s = follow("lift", hand, up.get(), Math.max(0.5, missing / 0.05));
        int lifted = sent.size();
        if (s instanceof Status.Success) {
            s = executor.run(Nodes.pause("hold", HOLD), HOLD + 1);
        }
        holdSlip = slip;
        double swing = Double.POSITIVE_INFINITY;
        double acceleration = 0;
        for (Vec3 axis : List.of(Vec3.X, Vec3.Y, Vec3.Z)) {
            if (s instanceof Status.Success) {
                Swing w = new Swing(hand, axis);
                s = executor.run(w.node(), SHAKE + 2);
                swing = Math.min(swing, w.most - w.least);
                acceleration = Math.max(acceleration, w.acceleration);
            }
        }
        if (s instanceof Status.Failure f) {
            return Found.none(f.reason());
        }
        boolean still =
                run.truth().objects().get(OneThing.THING).heldBy().equals(Optional.of(hand.name()));
        return new Found(
                Optional.empty(),
                hand.name(),
                force,
                holdSlip,
                slip,
                turn,
                swing,
                acceleration,
                still,
                again(new Faults(true), hand.name(), lifted, false),
                again(new Faults(), hand.name(), lifted, true));
    }

    private static Node skill(String name) {
        return SkillLibrary.standard().node(new SkillCall(name, Map.of("object", OneThing.THING)));
    }

    /**
     * The same commands in a world with faults; height of the thing over its start at the end. When
     * the guard stops the robot before the arm has been lifted, nothing was shown: NaN.
     */
    private double again(Faults faults, String hand, int lifted, boolean opens) {
        Scenario other = SceneBuilder.build(scene, body, seed, faults);
        double start = height(other);
        Guard robot = other.robot();
        for (int i = 0; i < sent.size(); i++) {
            if (opens && i == lifted) {
                faults.openHand(hand);
            }
            if (robot.command(sent.get(i)).isPresent() && i < lifted) {
                return Double.NaN;
            }
            robot.tick();
        }
        return height(other) - start;
    }

    /** Configurations along a straight way of the tool; empty when it cannot be gone whole. */
    private Optional<double[][]> line(Hand hand, Vec3 by) {
        double[] start = hand.position(agent.telemetry());
        Pose tool = hand.toolPose(agent.telemetry());
        Pose goal = new Pose(tool.p().plus(by), tool.q());
        // arms of five axes keep the direction as well as they can
        for (double turn : new double[] {0.12, 0.5, 1}) {
            CartesianPath.Result r =
                    new CartesianPath(hand.arm(), 0.005, 0.001, turn)
                            .follow(start, new ToolGoal.Full(goal), Validity.ALWAYS);
            if (r.complete()) {
                return Optional.of(r.path());
            }
        }
        return Optional.empty();
    }

    private static void at(double[][] path, double part, double[] q) {
        double x = Math.clamp(part, 0, 1) * (path.length - 1);
        int i = Math.min((int) x, path.length - 2);
        for (int k = 0; k < q.length; k++) {
            q[k] = path[i][k] + (x - i) * (path[i + 1][k] - path[i][k]);
        }
    }

    private Status follow(String name, Hand hand, double[][] path, double seconds) {
        double start = agent.telemetry().time();
        double[] q = new double[path[0].length];
        Node node =
                Nodes.leaf(
                        name,
                        a -> {
                            double t = (a.telemetry().time() + a.period() - start) / seconds;
                            double s = Math.clamp(t, 0, 1);
                            at(path, s * s * (3 - 2 * s), q);
                            send(a, hand, q);
                            return t < 1.2 ? Status.RUNNING : Status.SUCCESS;
                        });
        return executor.run(node, 2 * seconds + 1);
    }

    private static void send(Agent a, Hand hand, double[] q) {
        for (int k = 0; k < q.length; k++) {
            a.joint(hand.commanded()[k], q[k], 0);
        }
    }

    /** Swinging along one axis, and what the palm made of it. */
    private final class Swing {
        private final Hand hand;
        private final Vec3 axis;
        private final double[][] there;
        private final double[][] back;
        private final double begin = agent.telemetry().time();
        private final double[] q;
        private final Vec3 middle = palmPose().p();
        private Vec3 last = middle;
        private Vec3 lastRate = Vec3.ZERO;
        double least;
        double most;
        double acceleration;

        Swing(Hand hand, Vec3 axis) {
            this.hand = hand;
            this.axis = axis;
            there = line(hand, axis.times(SWING)).orElse(null);
            back = line(hand, axis.times(-SWING)).orElse(null);
            q = hand.position(agent.telemetry());
        }

        Node node() {
            return there == null || back == null
                    ? Nodes.leaf(
                            "shake",
                            a -> Status.failure("out_of_reach", "cannot shake it here", "这里无法摇动"))
                    : Nodes.leaf("shake", this::tick);
        }

        private Status tick(Agent a) {
            double t = a.telemetry().time() + a.period() - begin;
            double ease = Math.clamp(Math.min(t, SHAKE - t) / EASE, 0, 1);
            double s = ease * StrictMath.sin(2 * Math.PI * HERTZ * t);
            at(s > 0 ? there : back, Math.abs(s), q);
            send(a, hand, q);
            measure(a.period());
            return t < SHAKE ? Status.RUNNING : Status.SUCCESS;
        }

        private void measure(double dt) {
            Vec3 p = palmPose().p();
            double along = p.minus(middle).dot(axis);
            least = Math.min(least, along);
            most = Math.max(most, along);
            Vec3 rate = p.minus(last).times(1 / dt);
            acceleration = Math.max(acceleration, rate.minus(lastRate).norm() / dt);
            last = p;
            lastRate = rate;
        }
    }
}
