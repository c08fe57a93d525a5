package org.openkaiwu.skill;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.openkaiwu.math.Pose;
import org.openkaiwu.math.Vec3;
import org.openkaiwu.motion.ArmModel;
import org.openkaiwu.motion.BaseFollower;
import org.openkaiwu.motion.BasePlanner;
import org.openkaiwu.motion.PlanningScene;

/**
 * Drives the base to a stand: the arms are drawn in first, and where they would sweep over
 * furniture in turning, the base backs off before it turns and comes up straight at the end.
 */
final class Driving {
    /** How far to back off, or from how far to come up, m; tried in turn. */
    private static final double[] ROOM = {0, 0.15, 0.3, 0.45, 0.6};

    /** Turning that is looked at in steps of, rad. */
    private static final double STEP = 0.12;

    /** Going straight is looked at in steps of, m, and to begin with in so many directions. */
    private static final double SLIDE = 0.05;

    private static final int WAYS = 8;

    /** A hand with no way to its rest is raised so far first, m. */
    private static final double RAISE = 0.15;

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
            boolean free = planner.free(px, py, yaw) && slides(agent, x, y, px, py, yaw, false);
            way = ROOM[i] == 0 || free ? way(agent, planner, ROOM[i], s) : usual;
        }
        if (!sweepsClear(agent, way, s, true)) {
            way = usual;
        }
        boolean held = way.off() == 0 && !leaves(agent, x, y, yaw);
        if (held || !sweepsClear(agent, way, s, false)) {
            return Nodes.leaf(
                    "no way",
                    a ->
                            Status.failure(
                                    "no_way", "I find no way to " + id + ".", "找不到去" + id + "的路。"));
        }
        List<Node> nodes = new ArrayList<>();
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
        if (!way.route().solved()) {
            return false;
        }
        List<Pose> poses = new ArrayList<>();
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
        return poses.size() < 2 || clear(agent, poses.size() - 1, poses::get, away);
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
            if (d > 0 && !(planner.free(px, py, yaw) && slides(agent, x, y, px, py, yaw, true))) {
                continue;
            }
            if (turns(agent, px, py, yaw, from) && turns(agent, px, py, from, to)) {
                return d;
            }
        }
        return 0;
    }

    /** Whether the arms stay clear while the base turns once about where it stands. */
    static boolean turnsAbout(Agent agent) {
        Pose base = agent.telemetry().base();
        double yaw = base.q().yaw();
        double half = Math.nextDown(Math.PI);
        return turns(agent, base.p().x(), base.p().y(), yaw, yaw + half)
                && turns(agent, base.p().x(), base.p().y(), yaw, yaw - half);
    }

    /** Whether the arms stay clear while the base turns at a point from one heading to another. */
    private static boolean turns(Agent agent, double x, double y, double from, double to) {
        double turn = wrap(to - from);
        int n = Math.max(1, (int) Math.ceil(Math.abs(turn) / STEP));
        return clear(agent, n, k -> Pose.planar(x, y, from + turn * k / n), false);
    }

    /**
     * Whether the arms stay clear while the base goes straight from one point to another.
     *
     * @param away whether what they are near to now must be left by the first step; else they only
     *     come no nearer to it
     */
    private static boolean slides(
            Agent agent, double x, double y, double toX, double toY, double yaw, boolean away) {
        double dx = toX - x;
        double dy = toY - y;
        int n = Math.max(1, (int) Math.ceil(StrictMath.hypot(dx, dy) / SLIDE));
        return clear(agent, n, k -> Pose.planar(x + dx * k / n, y + dy * k / n, yaw), away);
    }

    /** Whether the base can begin to move at all: a hand in a box holds it, or what it holds. */
    private static boolean leaves(Agent agent, double x, double y, double yaw) {
        for (int k = 0; k < WAYS; k++) {
            double a = 2 * Math.PI * k / WAYS;
            double toX = x + SLIDE * StrictMath.cos(a);
            double toY = y + SLIDE * StrictMath.sin(a);
            if (slides(agent, x, y, toX, toY, yaw, true)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether the arms are clear at each of n steps of the base.
     *
     * @param away whether what they are near to now must be left by the first step
     */
    private static boolean clear(Agent agent, int n, IntFunction<Pose> base, boolean away) {
        for (Hand hand : agent.embodiment().hands()) {
            ArmModel arm = hand.arm(agent.telemetry());
            PlanningScene scene = Workspace.scene(agent, hand);
            if (away) {
                scene.leaveStart();
            }
            double[] q = hand.position(agent.telemetry());
            double z = arm.base().p().z();
            try {
                for (int k = away ? 1 : 0; k <= n; k++) {
                    Pose b = base.apply(k);
                    arm.base(new Pose(new Vec3(b.p().x(), b.p().y(), z), b.q()));
                    scene.refresh();
                    if (!scene.free(q)) {
                        return false;
                    }
                }
            } finally {
                arm.base(agent.telemetry().base());
            }
        }
        return true;
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
