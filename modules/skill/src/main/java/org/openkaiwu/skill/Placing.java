package org.openkaiwu.skill;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.openkaiwu.math.Pose;
import org.openkaiwu.math.Quat;
import org.openkaiwu.math.Vec3;
import org.openkaiwu.motion.ArmModel;
import org.openkaiwu.motion.CartesianPath;
import org.openkaiwu.motion.Ik;
import org.openkaiwu.motion.PlanningScene;
import org.openkaiwu.motion.StandPose;
import org.openkaiwu.motion.ToolGoal;

/**
 * How a hand could set a thing down in a relation to a target: spots, headings, and, where it is
 * dropped into something, tilts.
 *
 * @param hand that holds the thing, or is to hold it
 * @param label the thing
 * @param inTool pose of the thing's frame in the tool frame
 * @param relation word of the relation
 * @param target thing or place
 */
record Placing(Hand hand, String label, Pose inTool, String relation, String target) {
    /** Height over the spot from which a thing is lowered, m. */
    static final double ABOVE = 0.07;

    private static final int TURNS = 12;
    private static final int ENOUGH = 3;

    /** Poses that are looked at before giving up, and for a first opinion. */
    private static final int MOST = 480;

    private static final int FEW = 48;

    /** Spots that are looked at upright before any tilt. */
    private static final int UPRIGHT_FIRST = 6;

    /** Tilts of the hand that lets a thing go into a container, rad, and sides they are to. */
    private static final double[] TILTS = {0.35, 0.7, 1.05};

    private static final int SIDES = 4;

    /** Share of its reach at which an arm sets things down best. */
    private static final double BEST_REACH = 0.55;

    /**
     * A way.
     *
     * @param tool pose of the tool when the thing is let go, map frame
     * @param qAbove configuration of the arm before it is lowered
     */
    record Way(Pose tool, double[] qAbove) {}

    /**
     * What was found.
     *
     * @param way the best way, if any
     * @param room whether there is a free spot at all
     * @param missing by how much the nearest pose is out of reach, m; 0: something is in the way
     * @param inTheWay what, for a message
     */
    record Found(Optional<Way> way, boolean room, double missing, String inTheWay) {}

    /** The best of a few ways that the arm can go, from where the robot stands. */
    Found choose(Agent agent, double[] seed) {
        List<ToolGoal> goals = goals(agent, seed);
        PlanningScene scene = scene(agent);
        PlanningScene wide = Workspace.scene(agent, hand);
        Ik ik = new Ik(hand.arm());
        Ik.Options options = Ik.Options.DEFAULT.tolerances(0.003, ArmMotion.LOOSE).effort(8, 3);
        double best = Double.POSITIVE_INFINITY;
        Way way = null;
        int found = 0;
        double missing = Double.POSITIVE_INFINITY;
        String inTheWay = "";
        for (ToolGoal goal : goals.subList(0, Math.min(MOST, goals.size()))) {
            Ik.Result r = ik.solve(goal, seed, options, scene);
            if (!r.found()) {
                missing = Math.min(missing, r.refused() > 0 ? 0 : r.best().positionError());
                if (r.refused() > 0 && inTheWay.isEmpty()) {
                    inTheWay = Workspace.inTheWay(scene, r.best().q());
                }
                continue;
            }
            missing = 0;
            for (Ik.Solution s : r.solutions()) {
                Pose tool = goal instanceof ToolGoal.Full f ? f.pose() : hand.arm().toolPose(s.q());
                Optional<double[]> above = above(tool, s.q(), scene, wide);
                if (above.isPresent() && s.cost() < best) {
                    best = s.cost();
                    way = new Way(tool, above.get());
                    found++;
                    break;
                }
            }
            if (found >= ENOUGH) {
                break;
            }
        }
        return new Found(Optional.ofNullable(way), !goals.isEmpty(), missing, inTheWay);
    }

    /**
     * From where the thing is lowered: straight above, or, where the arm is stretched too far for
     * that, as far above or back along the hand as it gets, when nothing is touched there.
     */
    private Optional<double[]> above(
            Pose tool, double[] q, PlanningScene close, PlanningScene wide) {
        CartesianPath.Result up = linePath(tool, new Vec3(0, 0, ABOVE), q, close);
        if (up.fraction() > 0.5 || wide.valid(up.last())) {
            return Optional.of(up.last());
        }
        Vec3 back = tool.q().rotate(Vec3.Z).times(-ABOVE);
        double[] before = linePath(tool, back, q, close).last();
        return wide.valid(before) ? Optional.of(before) : Optional.empty();
    }

    private CartesianPath.Result linePath(Pose tool, Vec3 way, double[] q, PlanningScene close) {
        return ArmMotion.linePath(hand, q, new Pose(tool.p().plus(way), tool.q()), close);
    }

    /** A first opinion: whether the hand gets to one of the likeliest poses. */
    boolean likely(Agent agent, double[] seed) {
        List<ToolGoal> goals = goals(agent, seed);
        PlanningScene scene = scene(agent);
        Ik ik = new Ik(hand.arm());
        Ik.Options options = Ik.Options.DEFAULT.tolerances(0.003, ArmMotion.LOOSE).effort(3, 1);
        int step = Math.max(1, goals.size() / FEW);
        for (int i = 0; i < goals.size(); i += step) {
            if (ik.solve(goals.get(i), seed, options, scene).found()) {
                return true;
            }
        }
        return false;
    }

    /** Where the base should stand so that the hand gets there, nearest first. */
    Optional<Ground.Stand> stand(Agent agent, double[] seed) {
        List<Pose> tools = tools(agent, seed);
        PlanningScene scene = scene(agent);
        StandPose chooser = new StandPose(hand.arm(agent.telemetry()), Ground.planner(agent));
        Ik.Options options = Ik.Options.DEFAULT.tolerances(0.003, ArmMotion.LOOSE).effort(3, 1);
        int step = Math.max(1, Math.min(tools.size(), MOST) / TURNS);
        for (int i = 0; i < tools.size(); i += step) {
            List<StandPose.Stand> stands =
                    chooser.find(
                            List.of(new ToolGoal.Full(tools.get(i))),
                            seed,
                            options,
                            1,
                            q -> {
                                scene.refresh();
                                return scene.valid(q);
                            });
            if (!stands.isEmpty()) {
                StandPose.Stand s = stands.getFirst();
                return Optional.of(new Ground.Stand(s.x(), s.y(), s.yaw()));
            }
        }
        return Optional.empty();
    }

    /** How the tool may be when the thing is let go, likeliest first; empty: no room. */
    private List<ToolGoal> goals(Agent agent, double[] seed) {
        List<Vec3> spots = spots(agent, seed);
        Quat now = agent.belief().things().get(label).pose().q();
        List<Pose> upright = new ArrayList<>();
        int first = Math.min(UPRIGHT_FIRST, spots.size());
        spots.subList(0, first).forEach(s -> turned(s, now, upright));
        List<ToolGoal> out = new ArrayList<>();
        upright.forEach(p -> out.add(new ToolGoal.Full(p)));
        if (relation.equals("in")) {
            slanted(agent, spots, hand.arm().shoulder(seed), out);
        }
        upright.clear();
        spots.subList(first, spots.size()).forEach(s -> turned(s, now, upright));
        upright.forEach(p -> out.add(new ToolGoal.Full(p)));
        return out;
    }

    /** Tool poses at which the thing would be let go upright, likeliest first. */
    private List<Pose> tools(Agent agent, double[] seed) {
        Quat now = agent.belief().things().get(label).pose().q();
        List<Pose> out = new ArrayList<>();
        spots(agent, seed).forEach(s -> turned(s, now, out));
        return out;
    }

    private List<Vec3> spots(Agent agent, double[] seed) {
        ArmModel arm = hand.arm(agent.telemetry());
        return Spots.find(
                agent.belief(),
                label,
                relation,
                target,
                arm.shoulder(seed),
                BEST_REACH * arm.reach());
    }

    /**
     * What is let go into a container may come in any turn: over one spot at each height, the hand
     * straight down or slanted to any side, outwards first, however it is spun about its approach.
     */
    private void slanted(Agent agent, List<Vec3> spots, Vec3 shoulder, List<ToolGoal> out) {
        Vec3 size = agent.belief().catalogue().entries().get(label).size();
        double width = Math.max(size.x(), size.y()) / 2;
        double level = Double.NEGATIVE_INFINITY;
        for (Vec3 spot : spots) {
            if (spot.z() < level + 1e-3) {
                continue;
            }
            level = spot.z();
            Vec3 away = Footing.flat(spot.minus(shoulder));
            away = away.norm() < 1e-6 ? Vec3.X : away.unit();
            approach(spot, Vec3.Z.times(-1), out);
            for (double tilt : TILTS) {
                for (int k = 0; k < SIDES; k++) {
                    Vec3 side = Quat.yaw(2 * Math.PI * k / SIDES).rotate(away);
                    Vec3 dir =
                            Vec3.Z.times(-StrictMath.cos(tilt))
                                    .plus(side.times(StrictMath.sin(tilt)));
                    double higher = width * StrictMath.sin(tilt);
                    approach(spot.plus(new Vec3(0, 0, higher)), dir, out);
                }
            }
        }
    }

    private void approach(Vec3 spot, Vec3 dir, List<ToolGoal> out) {
        out.add(new ToolGoal.Approach(spot.minus(dir.times(inTool.p().z())), dir, Vec3.Z));
    }

    /** All headings at a spot, the present one first. */
    private void turned(Vec3 spot, Quat now, List<Pose> out) {
        for (int k = 0; k < TURNS; k++) {
            int n = (k % 2 == 0 ? -1 : 1) * ((k + 1) / 2);
            Quat turn = Quat.yaw(2 * Math.PI * n / TURNS).times(now).unit();
            out.add(new Pose(spot, turn).times(inTool.inverse()));
        }
    }

    /** The surroundings for lowering: the thing in the hand may touch what it is to stand on. */
    PlanningScene scene(Agent agent) {
        PlanningScene scene = Workspace.holding(agent, hand, label, inTool);
        Spots.bearers(agent.belief(), relation, target)
                .forEach(id -> scene.allow(List.of(label), id));
        return scene;
    }
}
