package org.openkaiwu.skill;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.openkaiwu.math.Pose;
import org.openkaiwu.math.Vec3;
import org.openkaiwu.motion.BaseFollower;
import org.openkaiwu.motion.BasePlanner;
import org.openkaiwu.motion.CartesianPath;

/**
 * Drives the base to a stand: the arms are drawn in first, and where they would sweep over
 * furniture in turning, the base backs off before it turns and comes up straight at the end.
 */
final class Driving {
    /** How far to back off, or from how far to come up, m; tried in turn. */
    private static final double[] ROOM = {0, 0.15, 0.3, 0.45, 0.6};

    /** A hand with no way to its rest is raised so far first, m. */
    private static final double RAISE = 0.15;

    /** A hand that would sweep over something is held so much higher and nearer, m; in turn. */
    private static final double[][] ASIDE = {
        {0.08, 0},
        {0.16, 0},
        {0.24, 0},
        {0.36, 0},
        {0.48, 0},
        {0, 0.1},
        {0.08, 0.1},
        {0, 0.2},
        {0.08, 0.2},
        {0, 0.3},
        {0.08, 0.3}
    };

    /** Moves shorter than this need no drawing in, m and rad. */
    private static final double SMALL = 0.02;

    private static final double BACK_SPEED = 0.2;
    private static final double SLACK = 0.01;

    private Driving() {}

    /** Drives to a stand; {@code id} is for messages. */
    static Node to(Agent agent, String id, Ground.Stand s) {
        Pose base = agent.telemetry().base();
        double far = StrictMath.hypot(s.x() - base.p().x(), s.y() - base.p().y());
        if (far < SMALL && Math.abs(wrap(s.yaw() - base.q().yaw())) < 3 * SMALL) {
            return Nodes.succeed("there already");
        }
        return Nodes.sequence(
                "drive to " + id,
                Nodes.lazy("draw in the arms", Driving::drawIn),
                Nodes.lazy("drive", a -> drive(a, id, s)));
    }

    /** Every arm to its rest, as far as there is a free way. */
    static Node drawIn(Agent agent) {
        List<Node> nodes = new ArrayList<>();
        for (Hand h : agent.embodiment().hands()) {
            nodes.add(
                    Nodes.lazy(
                            "draw in " + h.name(),
                            a ->
                                    away(h.position(a.telemetry()), h.home()) < 0.05
                                            ? Nodes.succeed("drawn in")
                                            : Nodes.fallback(
                                                    "draw in",
                                                    HandSkills.homeOne(a, h),
                                                    raised(h),
                                                    Nodes.succeed("stays"))));
        }
        return Nodes.sequence("draw in", nodes);
    }

    /** Up, out of what the hand is between, and then to its rest. */
    private static Node raised(Hand hand) {
        return Nodes.sequence(
                "raise and draw in",
                Nodes.lazy("raise", a -> raise(a, hand)),
                Nodes.lazy("home", a -> HandSkills.homeOne(a, hand)));
    }

    private static Node raise(Agent agent, Hand hand) {
        Pose tool = hand.toolPose(agent.telemetry());
        Pose over = new Pose(tool.p().plus(Vec3.Z.times(RAISE)), tool.q());
        double[] start = hand.position(agent.telemetry());
        double[][] path =
                ArmMotion.linePath(hand, start, over, Workspace.scene(agent, hand)).path();
        return path.length < 2
                ? Nodes.succeed("no higher")
                : ArmMotion.follow("raise", hand, ArmMotion.timed(agent, hand, path));
    }

    private static double away(double[] a, double[] b) {
        double most = 0;
        for (int i = 0; i < a.length; i++) {
            most = Math.max(most, Math.abs(a[i] - b[i]));
        }
        return most;
    }

    private static Node drive(Agent agent, String id, Ground.Stand s) {
        BasePlanner planner = Ground.planner(agent);
        Pose base = agent.telemetry().base();
        double x = base.p().x();
        double y = base.p().y();
        double yaw = base.q().yaw();
        double come = wrap(StrictMath.atan2(s.y() - y, s.x() - x));
        Way usual = way(agent, planner, room(agent, planner, x, y, yaw, come, s.yaw()), s);
        Way way = usual;
        for (int i = 0; i < ROOM.length && !sweepsClear(agent, way, s, true); i++) {
            double px = x - ROOM[i] * StrictMath.cos(yaw);
            double py = y - ROOM[i] * StrictMath.sin(yaw);
            boolean free =
                    planner.free(px, py, yaw) && ArmSweep.slides(agent, x, y, px, py, yaw, false);
            way = ROOM[i] == 0 || free ? way(agent, planner, ROOM[i], s) : usual;
        }
        if (!sweepsClear(agent, way, s, true)) {
            way = usual;
        }
        boolean held = way.off() == 0 && !ArmSweep.leaves(agent, x, y, yaw);
        List<Node> nodes = new ArrayList<>();
        if (held || !holdsClear(agent, way, s, nodes)) {
            return Nodes.leaf(
                    "no way",
                    a ->
                            Status.failure(
                                    "no_way", "I find no way to " + id + ".", "找不到去" + id + "的路。"));
        }
        if (way.off() > 0) {
            nodes.add(backOff(way.off()));
        }
        nodes.add(follow(agent, id, way.route().points(), s.yaw()));
        if (way.up() > 0) {
            nodes.add(follow(agent, id, way.straight(s), s.yaw()));
        }
        return Nodes.sequence("drive", nodes);
    }

    /** Backing off so far, m, a route, and so far to come up straight at its end, m. */
    private record Way(double off, BasePlanner.Route route, double up) {
        double[][] straight(Ground.Stand s) {
            double x = s.x() - up * StrictMath.cos(s.yaw());
            double y = s.y() - up * StrictMath.sin(s.yaw());
            return new double[][] {{x, y}, {s.x(), s.y()}};
        }
    }

    private static Way way(Agent agent, BasePlanner planner, double off, Ground.Stand s) {
        Pose base = behind(agent.telemetry().base(), off);
        double x = base.p().x();
        double y = base.p().y();
        double come = StrictMath.atan2(s.y() - y, s.x() - x);
        double up = room(agent, planner, s.x(), s.y(), s.yaw(), come, s.yaw());
        double x1 = s.x() - up * StrictMath.cos(s.yaw());
        double y1 = s.y() - up * StrictMath.sin(s.yaw());
        return new Way(off, planner.plan(x, y, base.q().yaw(), x1, y1, s.yaw()), up);
    }

    private static Pose behind(Pose base, double off) {
        double yaw = base.q().yaw();
        double x = base.p().x() - off * StrictMath.cos(yaw);
        double y = base.p().y() - off * StrictMath.sin(yaw);
        return Pose.planar(x, y, yaw);
    }

    /**
     * Whether the arms stay clear as the base follows the route, turning as it goes.
     *
     * @param away whether what they are near to now must be left by the first step
     */
    private static boolean sweepsClear(Agent agent, Way way, Ground.Stand s, boolean away) {
        List<Pose> poses = sweep(agent, way, s);
        return !poses.isEmpty() && ArmSweep.clear(agent, poses.size() - 1, poses::get, away);
    }

    /**
     * Whether the arms stay clear, or would if one were held aside; how it gets there is added to
     * the nodes.
     */
    private static boolean holdsClear(Agent agent, Way way, Ground.Stand s, List<Node> nodes) {
        List<Pose> poses = sweep(agent, way, s);
        int n = poses.size() - 1;
        if (n < 0 || ArmSweep.clear(agent, n, poses::get, false)) {
            return n >= 0;
        }
        for (Hand hand : agent.embodiment().hands()) {
            double[] q = hand.position(agent.telemetry());
            double[][] path = aside(agent, hand, q, n, poses::get);
            if (path.length > 0) {
                nodes.add(
                        Nodes.lazy(
                                "hold aside",
                                a ->
                                        ArmMotion.follow(
                                                "hold aside",
                                                hand,
                                                ArmMotion.timed(a, hand, path))));
                return true;
            }
        }
        return false;
    }

    /** A straight way of the hand to where it stays clear, or an empty one. */
    private static double[][] aside(
            Agent agent, Hand hand, double[] q, int n, IntFunction<Pose> base) {
        Pose tool = hand.toolPose(agent.telemetry());
        Vec3 in = agent.telemetry().base().p().minus(tool.p());
        double far = StrictMath.hypot(in.x(), in.y());
        for (double[] by : ASIDE) {
            double near = by[1] / Math.max(far, by[1] + SMALL);
            Vec3 to = tool.p().plus(new Vec3(near * in.x(), near * in.y(), by[0]));
            CartesianPath.Result r =
                    ArmMotion.linePath(
                            hand, q, new Pose(to, tool.q()), Workspace.scene(agent, hand));
            if (r.complete()
                    && ArmSweep.clear(agent, hand, r.path()[r.path().length - 1], n, base, false)) {
                return r.path();
            }
        }
        return new double[0][];
    }

    /** Where the base passes on a way; empty without a route. */
    private static List<Pose> sweep(Agent agent, Way way, Ground.Stand s) {
        List<Pose> poses = new ArrayList<>();
        if (!way.route().solved()) {
            return poses;
        }
        Pose end =
                Sweep.along(
                        Ground.follower(agent),
                        behind(agent.telemetry().base(), way.off()),
                        way.route().points(),
                        s.yaw(),
                        poses);
        if (way.up() > 0) {
            Sweep.along(Ground.follower(agent), end, way.straight(s), s.yaw(), poses);
        }
        return poses;
    }

    /**
     * How far behind a point, against its heading, the robot can turn without touching anything.
     */
    private static double room(
            Agent agent,
            BasePlanner planner,
            double x,
            double y,
            double yaw,
            double from,
            double to) {
        for (double d : ROOM) {
            double px = x - d * StrictMath.cos(yaw);
            double py = y - d * StrictMath.sin(yaw);
            if (d > 0
                    && !(planner.free(px, py, yaw)
                            && ArmSweep.slides(agent, x, y, px, py, yaw, true))) {
                continue;
            }
            if (ArmSweep.turns(agent, px, py, yaw, from)
                    && ArmSweep.turns(agent, px, py, from, to)) {
                return d;
            }
        }
        return 0;
    }

    private static Node backOff(double distance) {
        double[] start = {Double.NaN, 0};
        return Nodes.leaf(
                "back off",
                a -> {
                    Vec3 p = a.telemetry().base().p();
                    if (Double.isNaN(start[0])) {
                        start[0] = p.x();
                        start[1] = p.y();
                    }
                    double left = distance - StrictMath.hypot(p.x() - start[0], p.y() - start[1]);
                    double v = Math.min(BACK_SPEED, a.model().drive().maxSpeed());
                    double slow =
                            0.8
                                    * Math.sqrt(
                                            2
                                                    * a.model().drive().maxAcceleration()
                                                    * Math.max(0, left));
                    a.drive(-Math.min(v, Math.max(0.02, slow)), 0, 0);
                    return left < SLACK ? Status.SUCCESS : Status.RUNNING;
                });
    }

    private static Node follow(Agent agent, String id, double[][] route, double yaw) {
        BaseFollower follower = Ground.follower(agent);
        boolean[] begun = {false};
        double[] v = new double[3];
        return Nodes.leaf(
                "follow the route",
                a -> {
                    if (!begun[0]) {
                        follower.start(route, yaw);
                        a.intend(new Intention.BaseWay(route, yaw));
                        begun[0] = true;
                    }
                    Pose b = a.telemetry().base();
                    BaseFollower.Status status =
                            follower.tick(b.p().x(), b.p().y(), b.q().yaw(), a.period(), v);
                    a.drive(v[0], v[1], v[2]);
                    return switch (status) {
                        case MOVING -> Status.RUNNING;
                        case ARRIVED -> {
                            a.rest();
                            yield Status.SUCCESS;
                        }
                        case STUCK ->
                                Status.failure(
                                        "stuck",
                                        "I am stuck on the way to " + id + ".",
                                        "去" + id + "的路上被卡住了。");
                    };
                });
    }

    private static double wrap(double a) {
        return Math.IEEEremainder(a, 2 * Math.PI);
    }
}
