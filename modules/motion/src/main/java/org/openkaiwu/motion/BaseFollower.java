package org.openkaiwu.motion;

import org.openkaiwu.math.InputException;
import org.openkaiwu.math.Trig;

/**
 * Drives a base along a route, tick by tick: steers at a point ahead on it (Coulter,
 * "Implementation of the pure pursuit path tracking algorithm", 1992), slows before bends and the
 * end, turns to the final heading. For bases that turn on the spot and for those that can also move
 * sideways. A tick allocates nothing.
 */
public final class BaseFollower {
    /** How it goes. */
    public enum Status {
        MOVING,
        /** At the goal and at rest. */
        ARRIVED,
        /** Commanded to move but not getting nearer; commands are zero from then on. */
        STUCK
    }

    /**
     * What the base can do.
     *
     * @param speed m/s
     * @param turn rad/s
     * @param acceleration m/s^2
     * @param turnAcceleration rad/s^2
     * @param sideways whether it can move to the side
     */
    public record Limits(
            double speed,
            double turn,
            double acceleration,
            double turnAcceleration,
            boolean sideways) {
        public Limits {
            if (!(speed > 0 && turn > 0 && acceleration > 0 && turnAcceleration > 0)) {
                throw new InputException("base follower", "limits must be positive");
            }
        }
    }

    /** Seconds without getting nearer after which the base counts as stuck. */
    private static final double PATIENCE = 4;

    private final Limits limits;
    private final double positionTolerance;
    private final double headingTolerance;
    private double[][] points = new double[0][];
    private double[] arc = new double[0];
    private double goalYaw;
    private int segment;
    private double along;
    private boolean turning;
    private boolean ahead;
    private double best;
    private double waited;
    private Status status = Status.ARRIVED;
    private double forward;
    private double left;
    private double turn;

    /**
     * A follower.
     *
     * @param positionTolerance distance from the goal that will do, m
     * @param headingTolerance heading error that will do, rad
     */
    public BaseFollower(Limits limits, double positionTolerance, double headingTolerance) {
        if (!(positionTolerance > 0 && headingTolerance > 0)) {
            throw new InputException("base follower", "tolerances must be positive");
        }
        this.limits = limits;
        this.positionTolerance = positionTolerance;
        this.headingTolerance = headingTolerance;
    }

    /**
     * Begins a route; the commanded velocity goes on from where it is.
     *
     * @param route x y of each point, m; one point is a turn on the spot
     * @param heading wanted at the end, rad; NaN when none is
     */
    public void start(double[][] route, double heading) {
        if (route.length == 0) {
            throw new InputException("base follower", "the route has no points");
        }
        points = route;
        arc = new double[route.length];
        for (int i = 1; i < route.length; i++) {
            arc[i] = arc[i - 1] + PathTrajectory.distance(route[i - 1], route[i]);
        }
        goalYaw = heading;
        segment = 0;
        along = 0;
        turning = false;
        ahead = false;
        best = Double.POSITIVE_INFINITY;
        waited = 0;
        status = Status.MOVING;
    }

    /** How it goes, as of the last tick. */
    public Status status() {
        return status;
    }

    /** Way still to go, m. */
    public double remaining() {
        return arc.length == 0 ? 0 : arc[arc.length - 1] - along;
    }

    /**
     * One tick.
     *
     * @param x where the base is, map frame, m
     * @param yaw its heading, rad
     * @param dt seconds to the next tick
     * @param command written: forward m/s, left m/s, turn rad/s
     */
    public Status tick(double x, double y, double yaw, double dt, double[] command) {
        double f = 0;
        double l = 0;
        double w = 0;
        if (status == Status.MOVING) {
            track(x, y);
            double[] end = points[points.length - 1];
            double distance = StrictMath.hypot(end[0] - x, end[1] - y);
            if (!turning && distance <= positionTolerance) {
                turning = true;
                best = Double.POSITIVE_INFINITY;
                waited = 0;
            } else if (turning && distance > 2.5 * positionTolerance) {
                turning = false;
            }
            double aim;
            if (turning) {
                aim = Double.isNaN(goalYaw) ? 0 : wrap(goalYaw - yaw);
                w = turnRate(aim);
                if (limits.sideways()) {
                    double ex = end[0] - x;
                    double ey = end[1] - y;
                    f = cos(yaw) * ex + sin(yaw) * ey;
                    l = -sin(yaw) * ex + cos(yaw) * ey;
                }
                if (Math.abs(aim) <= headingTolerance && slow()) {
                    status = Status.ARRIVED;
                    f = 0;
                    l = 0;
                    w = 0;
                }
            } else {
                double look = Math.min(0.12 + 0.4 * speedNow(), Math.max(0.05, limits.speed()));
                double tx = pointX(along + look);
                double ty = pointY(along + look);
                double bearing = StrictMath.atan2(ty - y, tx - x);
                double left0 = Math.max(distance, remaining());
                double fast = approach(left0, limits.speed(), limits.acceleration());
                aim = wrap(bearing - yaw);
                if (limits.sideways()) {
                    fast *= bend(bearing);
                    f = fast * cos(aim);
                    l = fast * sin(aim);
                    boolean last = remaining() < 1 && !Double.isNaN(goalYaw);
                    w = turnRate(last ? wrap(goalYaw - yaw) : aim);
                } else {
                    f = straight(aim, distance, fast);
                    w = turnRate(f < 0 ? wrap(aim + Math.PI) : aim);
                }
            }
            watch(turning ? Math.abs(aim) : remaining() + distance + 0.3 * Math.abs(aim), dt);
            if (status == Status.STUCK) {
                f = 0;
                l = 0;
                w = 0;
            }
        }
        ramp(f, l, w, dt);
        command[0] = forward;
        command[1] = left;
        command[2] = turn;
        return status;
    }

    /** Forward speed of a base that cannot move sideways; turns on the spot to large bearings. */
    private double straight(double aim, double distance, double fast) {
        double off = Math.abs(aim);
        boolean docking = distance < 0.25 && remaining() < 0.25;
        if (docking && off > 2.4) {
            return -0.5 * fast;
        }
        // Once under way a wider bearing is accepted, so that it does not stop and go.
        ahead = off < (ahead ? 0.9 : 0.25);
        return ahead ? fast * Math.max(0.1, 1 - off / 0.9) : 0;
    }

    /** Slows a sideways base before bends: compares the way ahead with the way further ahead. */
    private double bend(double bearing) {
        double s = along + 0.3 + 0.3 * speedNow();
        double next = StrictMath.atan2(pointY(s + 0.1) - pointY(s), pointX(s + 0.1) - pointX(s));
        return Math.max(0.25, 1 - 0.6 * Math.abs(wrap(next - bearing)));
    }

    private boolean slow() {
        return speedNow() < 0.03 && Math.abs(turn) < 0.1;
    }

    private double speedNow() {
        return Math.sqrt(forward * forward + left * left);
    }

    private double turnRate(double error) {
        double fast = approach(Math.abs(error), limits.turn(), limits.turnAcceleration());
        return error < 0 ? -fast : fast;
    }

    /** Speed from which one still stops within a distance, with a linear end. */
    private static double approach(double distance, double most, double deceleration) {
        return Math.min(most, Math.min(Math.sqrt(1.4 * deceleration * distance), 3 * distance));
    }

    /** Moves the foot point on the route forwards to where the base is. */
    private void track(double x, double y) {
        double least = Double.POSITIVE_INFINITY;
        int from = segment;
        for (int k = from; k + 1 < points.length && arc[k] <= along + 0.6; k++) {
            double ex = points[k + 1][0] - points[k][0];
            double ey = points[k + 1][1] - points[k][1];
            double len2 = ex * ex + ey * ey;
            double t = len2 > 0 ? ((x - points[k][0]) * ex + (y - points[k][1]) * ey) / len2 : 1;
            t = Math.clamp(t, 0, 1);
            double dx = x - points[k][0] - t * ex;
            double dy = y - points[k][1] - t * ey;
            double d = dx * dx + dy * dy;
            double s = arc[k] + t * (arc[k + 1] - arc[k]);
            if (d < least - 1e-12 && s >= along - 1e-9) {
                least = d;
                segment = k;
                along = s;
            }
        }
    }

    private double pointX(double s) {
        return point(s, 0);
    }

    private double pointY(double s) {
        return point(s, 1);
    }

    private double point(double s, int axis) {
        int k = segment;
        while (k + 2 < points.length && arc[k + 1] < s) {
            k++;
        }
        if (k + 1 >= points.length || s >= arc[points.length - 1]) {
            return points[points.length - 1][axis];
        }
        double len = arc[k + 1] - arc[k];
        double t = len > 0 ? (s - arc[k]) / len : 1;
        return points[k][axis] + t * (points[k + 1][axis] - points[k][axis]);
    }

    private void watch(double measure, double dt) {
        if (measure < best - 0.01) {
            best = measure;
            waited = 0;
            return;
        }
        waited += dt;
        if (waited > PATIENCE && status == Status.MOVING) {
            status = Status.STUCK;
        }
    }

    private void ramp(double f, double l, double w, double dt) {
        double df = f - forward;
        double dl = l - left;
        double d = Math.sqrt(df * df + dl * dl);
        double most = limits.acceleration() * dt;
        double k = d > most ? most / d : 1;
        forward += k * df;
        left += k * dl;
        double step = limits.turnAcceleration() * dt;
        turn += Math.clamp(w - turn, -step, step);
    }

    private static double cos(double a) {
        return Trig.cos(a);
    }

    private static double sin(double a) {
        return Trig.sin(a);
    }

    private static double wrap(double a) {
        return a - 2 * Math.PI * Math.rint(a / (2 * Math.PI));
    }
}
