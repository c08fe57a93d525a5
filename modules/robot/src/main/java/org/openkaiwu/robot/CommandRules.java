package org.openkaiwu.robot;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.openkaiwu.math.Text;

/** What a single command must keep to: its form, the joints' ranges and speeds, the base's. */
final class CommandRules {
    private final RobotModel model;
    private final GuardLimits limits;
    private final double period;
    private int limited;

    CommandRules(RobotModel model, GuardLimits limits, double period) {
        this.model = model;
        this.limits = limits;
        this.period = period;
    }

    /** Targets that were clamped or slowed so far. */
    int limited() {
        return limited;
    }

    /** Why the command cannot be taken at all, or empty. */
    Optional<Text> refuse(Command c) {
        return malformed(c).or(() -> outOfRange(c));
    }

    private Optional<Text> malformed(Command c) {
        int n = model.joints().size();
        if (c.position().length != n || c.velocity().length != n) {
            int has = c.position().length;
            return Optional.of(
                    new Text(
                            "the command has " + has + " joint targets, the robot " + n + " joints",
                            "指令含 " + has + " 个关节目标，机器人有 " + n + " 个关节"));
        }
        boolean bad = !finite(c.base());
        for (int i = 0; i < n; i++) {
            bad |= Double.isInfinite(c.position()[i]) || !Double.isFinite(c.velocity()[i]);
        }
        for (Command.Grip g : c.grip().values()) {
            bad |= !Double.isFinite(g.opening()) || !(g.force() >= 0);
        }
        return bad
                ? Optional.of(new Text("the command holds no finite number", "指令含有非有限数值"))
                : Optional.empty();
    }

    private static boolean finite(Command.BaseVelocity b) {
        return Double.isFinite(b.forward())
                && Double.isFinite(b.left())
                && Double.isFinite(b.turn());
    }

    private Optional<Text> outOfRange(Command c) {
        for (int i = 0; i < model.joints().size(); i++) {
            RobotModel.JointInfo j = model.joints().get(i);
            double p = c.position()[i];
            double beyond = Math.max(j.lower() - p, p - j.upper());
            if (beyond > limits.positionSlack()) {
                return Optional.of(
                        new Text(
                                String.format(
                                        Locale.ROOT,
                                        "joint %s was sent to %.3f, its range is %.3f to %.3f",
                                        j.name(),
                                        p,
                                        j.lower(),
                                        j.upper()),
                                String.format(
                                        Locale.ROOT,
                                        "关节 %s 的目标 %.3f 超出范围 %.3f 到 %.3f",
                                        j.name(),
                                        p,
                                        j.lower(),
                                        j.upper())));
            }
        }
        return Optional.empty();
    }

    /** Fills in kept targets, clamps to the limits and slows to the joints' velocities. */
    Command shape(Command c, Targets targets) {
        double[] target = targets.position;
        int n = target.length;
        double[] p = new double[n];
        double[] v = new double[n];
        for (int i = 0; i < n; i++) {
            RobotModel.JointInfo j = model.joints().get(i);
            double wish = Double.isNaN(c.position()[i]) ? target[i] : c.position()[i];
            double inside =
                    Math.clamp(
                            wish, Math.min(j.lower(), target[i]), Math.max(j.upper(), target[i]));
            // speeds up no faster than a servo follows without overshoot; slows down at once
            double gained = Math.abs(targets.speed[i]) + 3 * j.maxAcceleration() * period;
            double most = Math.min(j.maxVelocity(), gained) * period;
            double step = Math.clamp(inside - target[i], -most, most);
            if (Math.abs(target[i] + step - wish) > 1e-9) {
                limited++;
            }
            p[i] = target[i] + step;
            v[i] = Math.clamp(c.velocity()[i], -j.maxVelocity(), j.maxVelocity());
        }
        return new Command(p, v, slowed(c.base()), shaped(c.grip(), targets.grip));
    }

    private Command.BaseVelocity slowed(Command.BaseVelocity b) {
        RobotModel.Drive d = model.drive();
        double left = d.kind() == RobotModel.DriveKind.OMNI ? b.left() : 0;
        double speed = Math.sqrt(b.forward() * b.forward() + left * left);
        double scale = speed > d.maxSpeed() ? d.maxSpeed() / speed : 1;
        double turn = Math.clamp(b.turn(), -d.maxTurn(), d.maxTurn());
        if (scale < 1 || turn != b.turn() || left != b.left()) {
            limited++;
        }
        return new Command.BaseVelocity(b.forward() * scale, left * scale, turn);
    }

    private Map<String, Command.Grip> shaped(
            Map<String, Command.Grip> wish, Map<String, Command.Grip> kept) {
        Map<String, Command.Grip> out = new TreeMap<>(kept);
        wish.forEach((name, g) -> {
            RobotModel.Hand hand = model.hands().get(name);
            if (hand != null) {
                out.put(
                        name,
                        new Command.Grip(
                                Math.clamp(g.opening(), 0, 1),
                                Math.min(g.force(), hand.maxForce())));
            }
        });
        return out;
    }
}
