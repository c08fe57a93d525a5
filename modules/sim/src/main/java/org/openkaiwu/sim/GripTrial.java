package org.openkaiwu.sim;

import java.util.Optional;
import org.openkaiwu.body.Compiler;
import org.openkaiwu.body.Machine;
import org.openkaiwu.body.Spec;
import org.openkaiwu.body.infer.BodyFacts;
import org.openkaiwu.dynamics.Kinematics;
import org.openkaiwu.dynamics.TreeData;
import org.openkaiwu.math.Pose;
import org.openkaiwu.math.Quat;
import org.openkaiwu.math.Vec3;
import org.openkaiwu.physics.Model;
import org.openkaiwu.physics.World;
import org.openkaiwu.robot.Command;

/**
 * Tries a hand in physics: a block floats between the open fingers, they close on it, it is pulled
 * outwards. Tells where blocks of a width come to lie, which geometry alone says only roughly.
 */
public final class GripTrial {
    private static final double MASS = 0.03;

    /** Pull along the approach, N. */
    private static final double PULL = 0.6;

    /** Least rest of opening at which something is between the fingers. */
    private static final double LEAST = 0.02;

    /**
     * What came of it.
     *
     * @param inPalm pose of the block in the palm's frame when it was held
     * @param slip how far the pull moved it, m
     * @param opening of the hand, 0..1
     */
    public record Held(Pose inPalm, double slip, double opening) {}

    private final NamedBody body;
    private final BodyFacts.Effector hand;
    private final Pose tool;

    /** For one effector of a body. */
    public GripTrial(NamedBody body, String effector) {
        this.body = body;
        hand =
                body.model().facts().effectors().stream()
                        .filter(e -> e.name().equals(effector))
                        .findFirst()
                        .orElseThrow();
        Vec3 z = hand.approach().unit();
        Vec3 x = hand.closing().minus(z.times(z.dot(hand.closing()))).unit();
        tool = new Pose(hand.graspPoint(), Quat.fromAxes(x, z.cross(x), z));
    }

    /** The tool frame in the palm's: z along the approach, x along the closing. */
    public Pose tool() {
        return tool;
    }

    /**
     * Closes on a block, or on a ball when all three sizes are the same.
     *
     * @param size along closing, across, along the approach, m
     * @param inTool where the block's middle starts, in the tool frame, m
     * @return empty when the fingers did not hold it
     */
    public Optional<Held> close(Vec3 size, Vec3 inTool) {
        Spec spec = Bodies.read(body.folder().resolve(body.sheet().file()));
        spec.keys.clear();
        SceneBuilder.options(spec.option);
        spec.option.gravity = new double[3];
        spec.world.geoms.removeIf(g -> g.type == 0);
        Pose start = palm().times(tool).times(Pose.at(inTool.x(), inTool.y(), inTool.z()));
        block(spec, size, start);
        World world = new World(new Model(Compiler.compile(spec)));
        posture(world);
        HandDrive drive = new HandDrive(world, hand, body.sheet().effectors().get(hand.name()));
        double force = body.model().hands().get(hand.name()).usualForce();
        run(world, drive, 0.1);
        drive.command(new Command.Grip(0, force));
        run(world, drive, body.sheet().effectors().get(hand.name()).seconds() + 0.7);
        Pose held = inPalm(world);
        drive.measure(1);
        double opening = drive.state(0).opening();
        if (opening < LEAST || !between(held, size)) {
            return Optional.empty();
        }
        Vec3 pull = palmNow(world).q().rotate(hand.approach()).times(PULL);
        int b = Machine.indexOf(world.machine.bodyName, SceneBuilder.THING + "block");
        System.arraycopy(pull.toArray(), 0, world.xfrcApplied, 6 * b, 3);
        run(world, drive, 0.4);
        double slip = inPalm(world).p().distance(held.p());
        return slip > 0.012 ? Optional.empty() : Optional.of(new Held(held, slip, opening));
    }

    private boolean between(Pose held, Vec3 size) {
        Vec3 d = tool.inverse().transform(held.p());
        return Math.abs(d.z()) < 0.5 * size.z() + 0.02 && Math.abs(d.y()) < 0.5 * size.y() + 0.02;
    }

    private static void block(Spec spec, Vec3 size, Pose at) {
        Spec.Body b = spec.world.add(SceneBuilder.THING + "block");
        b.pos = at.p().toArray();
        b.quat = at.q().toArray();
        Spec.Joint free = new Spec.Joint();
        free.name = b.name;
        free.type = 0;
        // it floats, so it must not keep the speed that a finger gives it
        free.damping[0] = 0.3;
        b.joints.add(free);
        Spec.Geom g = new Spec.Geom();
        g.type = size.x() == size.y() && size.y() == size.z() ? 2 : 6;
        g.size = size.times(0.5).toArray();
        g.mass = MASS;
        g.condim = 4;
        g.friction = new double[] {0.8, 0.005, 0.0001};
        b.geoms.add(g);
    }

    /** Home with open fingers, the servos holding it there. */
    private void posture(World world) {
        Machine m = world.machine;
        for (int i = 0; i < body.model().joints().size(); i++) {
            int j = Machine.indexOf(m.jntName, body.model().joints().get(i).name());
            world.qpos[m.jntQposadr[j]] = body.model().home()[i];
            for (int a = 0; a < m.nactuator; a++) {
                if (m.actuatorTrntype[a] == 0 && m.actuatorTrnid[2 * a] == j) {
                    world.ctrl[m.actuatorCtrladr[a]] = body.model().home()[i];
                }
            }
        }
        for (int k = 0; k < hand.joints().size(); k++) {
            int j = Machine.indexOf(m.jntName, hand.joints().get(k));
            world.qpos[m.jntQposadr[j]] = hand.openPosition()[k];
        }
    }

    private static void run(World world, HandDrive drive, double seconds) {
        int n = (int) Math.round(seconds / SceneBuilder.STEP);
        for (int i = 0; i < n; i++) {
            drive.drive(SceneBuilder.STEP);
            world.step();
        }
    }

    /** Pose of the palm at home in the machine's frame. */
    private Pose palm() {
        Machine m = body.model().machine();
        TreeData tree = new TreeData(m);
        System.arraycopy(m.qpos0, 0, tree.qpos, 0, m.nq);
        for (int i = 0; i < body.model().joints().size(); i++) {
            int j = Machine.indexOf(m.jntName, body.model().joints().get(i).name());
            tree.qpos[m.jntQposadr[j]] = body.model().home()[i];
        }
        Kinematics.run(m, tree);
        int b = Machine.indexOf(m.bodyName, hand.body());
        return new Pose(Vec3.of(tree.xpos, 3 * b), Quat.of(tree.xquat, 4 * b));
    }

    private Pose palmNow(World world) {
        return pose(world, hand.body());
    }

    private Pose inPalm(World world) {
        return palmNow(world).inverse().times(pose(world, SceneBuilder.THING + "block"));
    }

    private static Pose pose(World world, String name) {
        int b = Machine.indexOf(world.machine.bodyName, name);
        return new Pose(Vec3.of(world.tree.xpos, 3 * b), Quat.of(world.tree.xquat, 4 * b));
    }
}
