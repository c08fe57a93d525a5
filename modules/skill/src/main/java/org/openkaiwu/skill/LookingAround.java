package org.openkaiwu.skill;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.openkaiwu.math.Vec3;
import org.openkaiwu.motion.ArmModel;
import org.openkaiwu.motion.Ik;
import org.openkaiwu.motion.PlanningScene;
import org.openkaiwu.motion.ToolGoal;
import org.openkaiwu.perception.WorldMap;

/**
 * Looks for a thing with an arm: holds the hand over the faces within its reach, one after the
 * other, so that a camera on it sees what is there, and so that the arm does not stay before any
 * other camera.
 */
final class LookingAround {
    private static final int MOST = 10;

    /** Bearings from the front, rad, and distances, as parts of the reach. */
    private static final double[] BEARINGS = {0, 0.7, -0.7, 1.4, -1.4, 2, -2};

    private static final double[] RINGS = {0.62, 0.45};

    /** Heights over a face, as parts of the reach. */
    private static final double[] HEIGHTS = {0.4, 0.28};

    private static final double LONG_ENOUGH = 0.3;

    private LookingAround() {}

    /** Goes from view to view until the thing is seen or there are no more; always succeeds. */
    static Node with(Agent agent, Hand hand, String label) {
        ArmModel arm = hand.arm(agent.telemetry());
        double[] seed = hand.position(agent.telemetry());
        PlanningScene scene = Workspace.scene(agent, hand);
        Ik ik = new Ik(arm);
        Ik.Options options = Ik.Options.DEFAULT.tolerances(0.02, 0.5).effort(6, 1);
        List<Node> views = new ArrayList<>();
        for (Vec3 p : points(agent, arm, seed)) {
            ToolGoal goal = new ToolGoal.Approach(p, Vec3.Z.times(-1), Vec3.Z);
            Ik.Result r = ik.solve(goal, seed, options, scene);
            if (r.found() && views.size() < MOST) {
                views.add(Nodes.lazy("view", a -> view(a, hand, label, r.best().q())));
            }
        }
        return Nodes.sequence("look around", views);
    }

    private static Node view(Agent agent, Hand hand, String label, double[] q) {
        if (agent.belief().things().containsKey(label)) {
            return Nodes.succeed("seen");
        }
        return ArmMotion.transit(agent, hand, Workspace.scene(agent, hand), List.of(q))
                .map(t ->
                        Nodes.sequence(
                                "look there",
                                ArmMotion.follow("move", hand, t),
                                Nodes.pause("look", LONG_ENOUGH)))
                .orElseGet(() -> Nodes.succeed("no way there"));
    }

    /** Points on rings around the shoulder over the faces there, from the middle to the sides. */
    private static List<Vec3> points(Agent agent, ArmModel arm, double[] seed) {
        Vec3 shoulder = arm.shoulder(seed);
        double reach = arm.reach();
        double yaw = agent.telemetry().base().q().yaw();
        List<Vec3> out = new ArrayList<>();
        for (double height : HEIGHTS) {
            for (double bearing : BEARINGS) {
                for (double share : RINGS) {
                    Vec3 p =
                            shoulder.plus(
                                    new Vec3(
                                                    StrictMath.cos(yaw + bearing),
                                                    StrictMath.sin(yaw + bearing),
                                                    0)
                                            .times(share * reach));
                    OptionalDouble face = face(agent, p);
                    if (face.isPresent()) {
                        out.add(new Vec3(p.x(), p.y(), face.getAsDouble() + height * reach));
                    }
                }
            }
        }
        return out;
    }

    /** Height of the highest face at a point of the floor. */
    private static OptionalDouble face(Agent agent, Vec3 p) {
        return agent.belief().map().places().stream()
                .flatMap(o ->
                        o.surfaces().stream()
                                .filter(s -> over(o, s, p))
                                .map(s -> o.pose().transform(s.centre()).z()))
                .mapToDouble(Double::doubleValue)
                .max();
    }

    private static boolean over(WorldMap.Place o, WorldMap.SurfaceAt s, Vec3 p) {
        Vec3 d = o.pose().inverse().transform(p).minus(s.centre());
        return Math.abs(d.x()) <= s.sizeX() / 2 && Math.abs(d.y()) <= s.sizeY() / 2;
    }
}
