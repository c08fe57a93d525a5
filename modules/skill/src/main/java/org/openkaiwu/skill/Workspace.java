package org.openkaiwu.skill;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.openkaiwu.body.Machine;
import org.openkaiwu.math.Pose;
import org.openkaiwu.motion.ArmModel;
import org.openkaiwu.motion.Obstacle;
import org.openkaiwu.motion.PlanningScene;
import org.openkaiwu.motion.Solid;
import org.openkaiwu.perception.Belief;
import org.openkaiwu.perception.Shape;
import org.openkaiwu.perception.WorldMap;
import org.openkaiwu.robot.RobotModel;

/** The believed world as obstacles for planning. */
final class Workspace {
    /** Distance kept from obstacles and between links, m. */
    static final double PADDING = 0.003;

    private static final double TIGHT = 0.001;

    /** Distance kept between parts of the robot, m. */
    private static final double SELF_PADDING = 0.002;

    private Workspace() {}

    /** Everything that is believed to stand around, but for what a hand of the robot holds. */
    static List<Obstacle> obstacles(Belief belief) {
        List<Obstacle> out = new ArrayList<>();
        for (WorldMap.Place p : belief.map().places()) {
            p.solid().ifPresent(s -> out.add(new Obstacle(p.id(), solid(s), p.pose())));
        }
        for (Map.Entry<String, Belief.Thing> e : belief.things().entrySet()) {
            Belief.Thing t = e.getValue();
            boolean inOwnHand =
                    t.heldBy().isPresent() && !belief.things().containsKey(t.heldBy().get());
            if (!inOwnHand && !carried(belief, t)) {
                out.add(new Obstacle(e.getKey(), solid(t.entry().shape()), t.pose()));
            }
        }
        return out;
    }

    /** Whether it lies in or on something that a hand of the robot holds, and goes with that. */
    private static boolean carried(Belief belief, Belief.Thing thing) {
        return thing.support()
                .map(belief.things()::get)
                .flatMap(Belief.Thing::heldBy)
                .filter(h -> !belief.things().containsKey(h))
                .isPresent();
    }

    /**
     * What the hand's arm may run into, with what the hands hold in them. What touches now (a held
     * thing and the table it stands on) may go on touching, and what is near now may stay as near.
     */
    static PlanningScene scene(Agent agent, Hand hand) {
        return scene(agent, agent.belief(), hand);
    }

    /** The same in a world that is believed or imagined. */
    static PlanningScene scene(Agent agent, Belief belief, Hand hand) {
        return scene(agent, belief, hand, PADDING);
    }

    /** The same for the last centimetres, where fingers must come close to what they work at. */
    static PlanningScene close(Agent agent, Hand hand) {
        return close(agent, agent.belief(), hand);
    }

    /** The same in a world that is believed or imagined. */
    static PlanningScene close(Agent agent, Belief belief, Hand hand) {
        return scene(agent, belief, hand, TIGHT);
    }

    /** The last centimetres of setting a thing down that the hand holds, or is to hold, so. */
    static PlanningScene holding(
            Agent agent, Belief belief, Hand hand, String label, Pose poseInTool) {
        PlanningScene scene = close(agent, belief, hand);
        if (!holds(agent, belief, hand)) {
            attach(scene, belief, hand, label, poseInTool);
        }
        return scene;
    }

    /** What both arms may run into once they hold a thing between their hands. */
    static PlanningScene holding(Agent agent, TwoHands hands, Clasp clasp, String label) {
        PlanningScene scene = scene(agent, hands);
        Pose inTool = clasp.firstInThing().inverse();
        attach(scene, agent.belief(), hands.hand(0), label, inTool);
        scene.allow(hands.hand(1).bodies(), label);
        return scene;
    }

    /** Makes a scene see a hand with its fingers opened so far, 0..1, whatever they are now. */
    static void opened(Agent agent, Hand hand, double opening, PlanningScene scene) {
        hand.arm(agent.telemetry(), opening);
        scene.refresh();
        // A scene reads the posture at the first question.
        scene.free(hand.position(agent.telemetry()));
    }

    /** Whether a hand holds something, in a world that is believed or imagined. */
    static boolean holds(Agent agent, Belief belief, Hand hand) {
        return agent.taking(hand.name())
                .map(h -> belief.things().get(h.label()))
                .filter(t -> t == null || t.heldBy().isPresent())
                .isPresent();
    }

    private static PlanningScene scene(Agent agent, Belief belief, Hand hand, double padding) {
        ArmModel arm = hand.arm(agent.telemetry());
        return scene(agent, belief, arm, hand.position(agent.telemetry()), padding);
    }

    /** What two arms may run into that move at once. */
    static PlanningScene scene(Agent agent, TwoHands hands) {
        double[] at = hands.position(agent.telemetry());
        return scene(agent, agent.belief(), hands.both(), at, TIGHT);
    }

    private static PlanningScene scene(
            Agent agent, Belief belief, ArmModel arm, double[] at, double padding) {
        PlanningScene scene = new PlanningScene(arm, padding, SELF_PADDING);
        scene.learn(atRest(agent.model()));
        scene.obstacles(obstacles(belief));
        for (Hand other : agent.embodiment().hands()) {
            agent.holding(other.name())
                    .filter(h -> holds(agent, belief, other))
                    .ifPresent(h -> {
                        attach(scene, belief, other, h.label(), h.poseInTool());
                        h.clasp()
                                .map(c -> agent.embodiment().arm(c.second()))
                                .ifPresent(o -> scene.allow(o.bodies(), h.label()));
                    });
        }
        scene.refresh();
        scene.startAt(at);
        return scene;
    }

    /** The machine's qpos with the joints at rest; what is near to each other there may be near. */
    private static double[] atRest(RobotModel model) {
        Machine m = model.machine();
        double[] qpos = m.qpos0.clone();
        for (int i = 0; i < model.joints().size(); i++) {
            int j = Machine.indexOf(m.jntName, model.joints().get(i).name());
            if (j >= 0) {
                qpos[m.jntQposadr[j]] = model.home()[i];
            }
        }
        return qpos;
    }

    private static void attach(
            PlanningScene scene, Belief belief, Hand hand, String label, Pose poseInTool) {
        Pose inBody = hand.arm().tool().times(poseInTool);
        scene.attach(
                label,
                solid(belief.catalogue().entries().get(label).shape()),
                hand.effector().body(),
                inBody,
                hand.bodies());
    }

    /** What would touch at a configuration, for a message: {@code (a – b)}, or nothing. */
    static String inTheWay(PlanningScene scene, double[] q) {
        return inTheWay(scene.contacts(q));
    }

    /** The first of some contacts, for a message. */
    static String inTheWay(List<PlanningScene.Contact> contacts) {
        return contacts.isEmpty()
                ? ""
                : " (" + contacts.getFirst().first() + " – " + contacts.getFirst().second() + ")";
    }

    static Solid solid(Shape shape) {
        return switch (shape) {
            case Shape.Box b -> new Solid.Box(b.half());
            // a little more than there is
            case Shape.Ellipsoid e -> new Solid.Box(e.half());
            case Shape.Cylinder c -> new Solid.Cylinder(c.radius(), c.halfHeight());
            case Shape.Sphere s -> new Solid.Sphere(s.radius());
            case Shape.Compound c ->
                    new Solid.Compound(
                            c.parts().stream()
                                    .map(p -> new Solid.Part(solid(p.shape()), p.pose()))
                                    .toList());
        };
    }
}
