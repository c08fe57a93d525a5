package org.openkaiwu.sim;

import java.util.Optional;
import org.openkaiwu.body.Machine;
import org.openkaiwu.body.infer.BodyFacts;
import org.openkaiwu.collision.Collider;
import org.openkaiwu.collision.ContactBuffer;
import org.openkaiwu.dynamics.Kinematics;
import org.openkaiwu.dynamics.TreeData;
import org.openkaiwu.math.Text;
import org.openkaiwu.robot.Check;
import org.openkaiwu.robot.Command;
import org.openkaiwu.robot.RobotModel;
import org.openkaiwu.robot.Telemetry;

/** Refuses joint targets at which parts of the robot would run into each other. */
final class SelfCollision implements Check {
    /** Deeper overlap of the shapes than this is a collision, m. */
    private static final double DEEP = 0.004;

    private final Machine machine;
    private final TreeData tree;
    private final Collider collider;
    private final ContactBuffer contacts = new ContactBuffer();
    private final boolean[] hand;
    private double last;

    SelfCollision(NamedBody body) {
        machine = body.model().machine();
        tree = new TreeData(machine);
        collider = new Collider(machine);
        hand = new boolean[machine.nbody];
        for (BodyFacts.Effector e : body.model().facts().effectors()) {
            for (String joint : e.joints()) {
                hand[machine.jntBodyid[Machine.indexOf(machine.jntName, joint)]] = true;
            }
        }
    }

    @Override
    public Optional<Text> refuse(RobotModel model, Telemetry state, Command command) {
        System.arraycopy(machine.qpos0, 0, tree.qpos, 0, machine.nq);
        for (int i = 0; i < model.joints().size(); i++) {
            int j = Machine.indexOf(machine.jntName, model.joints().get(i).name());
            tree.qpos[machine.jntQposadr[j]] = command.position()[i];
        }
        Kinematics.run(machine, tree);
        contacts.clear();
        collider.detect(tree.geomXpos, tree.geomXmat, contacts);
        double deepest = 0;
        int at = -1;
        for (int k = 0; k < contacts.count; k++) {
            int a = machine.geomBodyid[contacts.geom1[k]];
            int b = machine.geomBodyid[contacts.geom2[k]];
            // fingers touch each other by design, and where they are is for the hand's drive
            if (!hand[a] && !hand[b] && a != 0 && b != 0 && -contacts.dist[k] > deepest) {
                deepest = -contacts.dist[k];
                at = k;
            }
        }
        boolean worse = deepest > last + 1e-5;
        last = deepest;
        if (deepest <= DEEP || !worse) {
            return Optional.empty();
        }
        String one = machine.bodyName[machine.geomBodyid[contacts.geom1[at]]];
        String two = machine.bodyName[machine.geomBodyid[contacts.geom2[at]]];
        return Optional.of(
                new Text(one + " would run into " + two, one + " 将与 " + two + " 相碰（自碰撞）"));
    }
}
