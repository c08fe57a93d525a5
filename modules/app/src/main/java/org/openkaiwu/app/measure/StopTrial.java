package org.openkaiwu.app.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openkaiwu.body.Machine;
import org.openkaiwu.body.infer.BodyFacts;
import org.openkaiwu.math.Pose;
import org.openkaiwu.math.Quat;
import org.openkaiwu.math.Text;
import org.openkaiwu.math.Vec3;
import org.openkaiwu.robot.Command;
import org.openkaiwu.robot.Guard;
import org.openkaiwu.robot.GuardLimits;
import org.openkaiwu.robot.RobotModel;
import org.openkaiwu.sim.Faults;
import org.openkaiwu.sim.NamedBody;
import org.openkaiwu.sim.Scenario;
import org.openkaiwu.sim.SceneBuilder;

/**
 * A body in full motion, one injected fault, and what physics saw from then on to rest and after.
 *
 * <p>The commander knows nothing of the stop: it goes on commanding the motion, but for the lost
 * heartbeat, where it falls silent.
 */
final class StopTrial {
    /** What goes wrong. */
    enum Fault {
        USER_STOP("user stop", "人按停止"),
        HEARTBEAT("lost heartbeat", "心跳中断"),
        FORCE("force limit", "力超限"),
        RANGE("joint limit", "关节超限"),
        FENCE("workspace fence", "越出围栏");

        final Text title;

        Fault(String en, String zh) {
            title = new Text(en, zh);
        }
    }

    /**
     * A motion: per commanded joint -1, 0 or 1 times its full speed, and a base velocity.
     *
     * @param name what moves
     * @param joints directions
     * @param base base velocity
     */
    record Motion(Text name, int[] joints, Command.BaseVelocity base) {
        boolean ofBase() {
            return !base.equals(Command.BaseVelocity.ZERO);
        }
    }

    /**
     * What was seen.
     *
     * @param share of the full speed that was reached when the fault came
     * @param rest from the fault until nothing moves any more, s
     * @param reported from the fault until the guard says stopped, s
     * @param angle largest motion of a turning joint meanwhile, rad
     * @param slide largest motion of a sliding joint, m
     * @param base way of the base over the ground, m
     * @param turn turn of the base, rad
     * @param effector largest distance of a hand from where it was, m
     * @param tilt largest tilt of the base since the start, rad
     * @param wrong what must not be, or empty
     */
    record Seen(
            double share,
            double rest,
            double reported,
            double angle,
            double slide,
            double base,
            double turn,
            double effector,
            double tilt,
            Optional<Text> wrong) {

        /** The worse of two in every figure. */
        Seen worst(Seen o) {
            return new Seen(
                    Math.min(share, o.share),
                    Math.max(rest, o.rest),
                    Math.max(reported, o.reported),
                    Math.max(angle, o.angle),
                    Math.max(slide, o.slide),
                    Math.max(base, o.base),
                    Math.max(turn, o.turn),
                    Math.max(effector, o.effector),
                    Math.max(tilt, o.tilt),
                    wrong.or(o::wrong));
        }
    }

    /** Time in which a motion must get to its speed, s. */
    private static final double RUN_UP = 3;

    /** A stop must be over by then, s. */
    private static final double PATIENCE = 5;

    /** After clearing nothing may move for this time, s. */
    private static final double QUIET = 1;

    /** Measured speeds have noise of a thousandth: more than this over the rest speed moves. */
    private static final double NOISE = 0.005;

    /** How far a robot may creep while it holds still, rad or m. */
    private static final double CREEP = 0.005;

    private static final double TIPPING = Math.toRadians(10);
    private static final double TOO_MUCH = 10 * GuardLimits.USUAL.effectorForce();

    private final Motion motion;
    private final Faults faults = new Faults();
    private final Scenario run;
    private final Guard robot;
    private final RobotModel model;
    private final Machine machine;
    private final int n;
    private final int[] qposAt;
    private final int[] dofAt;
    private final double[] last;
    private double tilt;

    private StopTrial(NamedBody body, Motion motion) {
        this.motion = motion;
        run = SceneBuilder.build(OneThing.bare(body), body, 1, faults);
        robot = run.robot();
        model = robot.model();
        machine = run.world().machine;
        n = model.joints().size();
        qposAt = new int[n];
        dofAt = new int[n];
        for (int i = 0; i < n; i++) {
            int j = Machine.indexOf(machine.jntName, model.joints().get(i).name());
            qposAt[i] = machine.jntQposadr[j];
            dofAt[i] = machine.jntDofadr[j];
        }
        last = robot.telemetry().position().clone();
        if (motion.ofBase()) {
            raise();
        }
    }

    /**
     * The tick at which the motion is nearest to full speed in all its parts, and the share of it;
     * -1 when something touches or is refused before.
     */
    static double[] fastest(NamedBody body, Motion motion) {
        StopTrial t = new StopTrial(body, motion);
        int at = -1;
        double best = 0;
        int ticks = (int) Math.round(RUN_UP / t.robot.period());
        for (int k = 0; k < ticks; k++) {
            if (t.robot.command(t.wish()).isPresent()) {
                break;
            }
            t.tick();
            if (t.robot.state() != Guard.State.ACTIVE || t.run.statistics().maxContactForce() > 0) {
                break;
            }
            double share = t.share();
            if (share > best + 1e-3) {
                best = share;
                at = k;
            }
        }
        return new double[] {at, best};
    }

    /** Sends the motion, and the fault after {@code at} ticks. */
    static Seen of(NamedBody body, Motion motion, int at, Fault fault) {
        StopTrial t = new StopTrial(body, motion);
        for (int k = 0; k <= at; k++) {
            t.robot.command(t.wish());
            t.tick();
        }
        return t.stop(fault);
    }

    /** Whether the body has what the fault needs. */
    static boolean applies(NamedBody body, Fault fault) {
        return switch (fault) {
            case FORCE -> !body.model().facts().effectors().isEmpty();
            case RANGE -> body.model().joints().stream().anyMatch(j -> Double.isFinite(j.upper()));
            case USER_STOP, HEARTBEAT, FENCE -> true;
        };
    }

    /** Brings lifts to their top, where a machine tips most easily. */
    private void raise() {
        int[] up = new int[n];
        boolean any = false;
        for (int i = 0; i < n; i++) {
            RobotModel.JointInfo j = model.joints().get(i);
            boolean slides = machine.jntType[jointOf(i)] == 2;
            up[i] = slides && Double.isFinite(j.upper()) ? 1 : 0;
            any |= up[i] != 0;
        }
        if (!any) {
            return;
        }
        int ticks = (int) Math.round(8 / robot.period());
        for (int k = 0; k < ticks; k++) {
            Command c = towards(up, Command.BaseVelocity.ZERO);
            if (robot.command(c).isPresent()) {
                throw new IllegalStateException(robot.reason().orElseThrow().en());
            }
            robot.tick();
        }
    }

    private int jointOf(int commanded) {
        return Machine.indexOf(machine.jntName, model.joints().get(commanded).name());
    }

    private Command wish() {
        return towards(motion.joints(), motion.base());
    }

    /** Targets at the ends of the ranges; the guard makes full speed of it. */
    private Command towards(int[] direction, Command.BaseVelocity base) {
        Command keep = Command.keep(n);
        double[] v = new double[n];
        for (int i = 0; i < n; i++) {
            if (direction[i] == 0) {
                continue;
            }
            RobotModel.JointInfo j = model.joints().get(i);
            double end = direction[i] > 0 ? j.upper() : j.lower();
            double now = robot.sent().map(c -> c.position()).orElse(last)[i];
            keep.position()[i] = Double.isFinite(end) ? end : now + direction[i];
            v[i] = (now - last[i]) / robot.period();
            last[i] = now;
        }
        return new Command(keep.position(), v, base, Map.of());
    }

    private void tick() {
        robot.tick();
        Vec3 up = run.truth().base().q().rotate(Vec3.Z);
        tilt = Math.max(tilt, StrictMath.acos(Math.clamp(up.z(), -1, 1)));
    }

    /** Least share of full speed over all parts that are to move. */
    private double share() {
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < n; i++) {
            if (motion.joints()[i] != 0) {
                double v = run.world().qvel[dofAt[i]] * motion.joints()[i];
                least = Math.min(least, v / model.joints().get(i).maxVelocity());
            }
        }
        if (motion.ofBase()) {
            Command.BaseVelocity is = robot.telemetry().baseVelocity();
            Command.BaseVelocity to = motion.base();
            double dot =
                    is.forward() * to.forward() + is.left() * to.left() + is.turn() * to.turn();
            double whole =
                    to.forward() * to.forward() + to.left() * to.left() + to.turn() * to.turn();
            least = Math.min(least, dot / whole);
        }
        return least;
    }

    /** Joint positions now, truly. */
    private double[] joints() {
        double[] q = new double[n];
        for (int i = 0; i < n; i++) {
            q[i] = run.world().qpos[qposAt[i]];
        }
        return q;
    }

    private List<Vec3> hands() {
        List<Vec3> out = new ArrayList<>();
        for (BodyFacts.Effector e : model.facts().effectors()) {
            int b = Machine.indexOf(machine.bodyName, e.body());
            var tree = run.world().tree;
            Pose palm = new Pose(Vec3.of(tree.xpos, 3 * b), Quat.of(tree.xquat, 4 * b));
            out.add(palm.transform(e.graspPoint()));
        }
        return out;
    }

    private boolean moves(Pose before) {
        double rest = GuardLimits.USUAL.restVelocity() + NOISE;
        for (int i = 0; i < n; i++) {
            if (Math.abs(run.world().qvel[dofAt[i]]) > rest) {
                return true;
            }
        }
        Pose now = run.truth().base();
        return now.p().distance(before.p()) > rest * robot.period()
                || now.q().angleTo(before.q()) > rest * robot.period();
    }

    private void inject(Fault fault) {
        switch (fault) {
            case USER_STOP -> robot.stop(new Text("stop button", "停止按钮"));
            case FORCE -> model.facts().effectors().forEach(e -> faults.press(e.name(), TOO_MUCH));
            case FENCE -> faults.fence(true);
            case HEARTBEAT, RANGE -> {}
        }
    }

    /** What the commander says while the fault lasts. */
    private void say(Fault fault) {
        if (fault == Fault.HEARTBEAT) {
            return;
        }
        Command c = wish();
        if (fault == Fault.RANGE) {
            int at = 0;
            while (!Double.isFinite(model.joints().get(at).upper())) {
                at++;
            }
            c.position()[at] = model.joints().get(at).upper() + 1;
        }
        robot.command(c);
    }

    private Seen stop(Fault fault) {
        double share = share();
        double[] q0 = joints();
        List<Vec3> hands0 = hands();
        Pose base0 = run.truth().base();
        Pose before = base0;
        double way = 0;
        double[] most = new double[4];
        double rest = 0;
        double reported = Double.NaN;
        Optional<Text> wrong = Optional.empty();
        inject(fault);
        int ticks = (int) Math.round(PATIENCE / robot.period());
        for (int k = 1; k <= ticks; k++) {
            say(fault);
            tick();
            double t = k * robot.period();
            boolean moving = moves(before);
            Pose now = run.truth().base();
            way += moving ? now.p().distance(before.p()) : 0;
            before = now;
            rest = moving ? t : rest;
            farthest(q0, hands0, base0, most);
            if (robot.state() == Guard.State.STOPPED) {
                reported = Double.isNaN(reported) ? t : reported;
                wrong =
                        moving
                                ? Optional.of(new Text("said stopped while it moved", "还在动就报告已停"))
                                : wrong;
            }
        }
        if (Double.isNaN(reported)) {
            wrong = Optional.of(new Text("did not stop", "没有停下"));
        }
        if (tilt > TIPPING || run.truth().fallen()) {
            wrong = Optional.of(new Text("tipped", "翻倒"));
        }
        if (wrong.isEmpty()) {
            wrong = afterwards();
        }
        return new Seen(
                share, rest, reported, most[0], most[1], way, most[3], most[2], tilt, wrong);
    }

    /** Updates largest angle, slide, hand distance and base turn since the fault. */
    private void farthest(double[] q0, List<Vec3> hands0, Pose base0, double[] most) {
        double[] q = joints();
        for (int i = 0; i < n; i++) {
            int kind = machine.jntType[jointOf(i)] == 2 ? 1 : 0;
            most[kind] = Math.max(most[kind], Math.abs(q[i] - q0[i]));
        }
        List<Vec3> hands = hands();
        for (int i = 0; i < hands.size(); i++) {
            most[2] = Math.max(most[2], hands.get(i).distance(hands0.get(i)));
        }
        most[3] = Math.max(most[3], run.truth().base().q().angleTo(base0.q()));
    }

    /** The stop is latched, clearing moves nothing, a new command is taken. */
    private Optional<Text> afterwards() {
        if (robot.command(wish()).isEmpty()) {
            return Optional.of(new Text("took a command while stopped", "停止时接受了指令"));
        }
        model.facts().effectors().forEach(e -> faults.press(e.name(), 0));
        faults.fence(false);
        if (!robot.clear()) {
            return Optional.of(new Text("could not be cleared", "无法解除停止"));
        }
        double[] q0 = joints();
        List<Vec3> hands0 = hands();
        Pose base0 = run.truth().base();
        double[] most = new double[4];
        int ticks = (int) Math.round(QUIET / robot.period());
        for (int k = 0; k < ticks; k++) {
            tick();
            farthest(q0, hands0, base0, most);
        }
        double base = run.truth().base().p().distance(base0.p());
        if (Math.max(Math.max(most[0], most[1]), Math.max(base, most[3])) > CREEP) {
            return Optional.of(new Text("moved after it was cleared", "解除后自己动了"));
        }
        boolean taken = robot.command(Command.keep(n)).isEmpty();
        return taken && robot.state() == Guard.State.ACTIVE
                ? Optional.empty()
                : Optional.of(new Text("took no command after it was cleared", "解除后不接受指令"));
    }
}
