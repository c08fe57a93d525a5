package org.openkaiwu.sim;

import java.util.List;
import org.openkaiwu.physics.World;
import org.openkaiwu.robot.Guard;
import org.openkaiwu.robot.GuardLimits;

/** A live scene: one physics world with one guarded robot in it. One thread's. */
public final class Scenario {
    private final SceneData scene;
    private final NamedBody body;
    private final long seed;
    private final Layout layout;
    private final World world;
    private final Faults faults;
    private final Owners owners;
    private final SimRobot robot;
    private final TruthReader reader;
    private final RunStatistics statistics;
    private Fence fence;
    private Guard guard;

    Scenario(
            SceneData scene, NamedBody body, long seed, Layout layout, World world, Faults faults) {
        this.scene = scene;
        this.body = body;
        this.seed = seed;
        this.layout = layout;
        this.world = world;
        this.faults = faults;
        owners = new Owners(world.machine, layout);
        statistics = new RunStatistics(world, owners, body.model());
        robot = new SimRobot(world, body, layout, owners, statistics, faults, seed);
        reader = new TruthReader(world, owners, layout, robot);
    }

    /** Lets the world come to rest, then starts the clock. */
    void settle(int steps) {
        robot.settle(steps);
        statistics.start();
        fence = new Fence(layout, body, faults);
        guard = new Guard(robot, GuardLimits.USUAL, List.of(fence, new SelfCollision(body)));
    }

    public SceneData scene() {
        return scene;
    }

    public NamedBody body() {
        return body;
    }

    public long seed() {
        return seed;
    }

    /** The scene fitted to the body. Things are where they were put, not where they are now. */
    public Layout layout() {
        return layout;
    }

    /** The robot, behind its guard. */
    public Guard robot() {
        return guard;
    }

    /** The physics world, for pictures and logs; stepping is the robot's. */
    public World world() {
        return world;
    }

    /** What is true now. */
    public Truth truth() {
        return reader.read();
    }

    /** A judge that knows left and right as the robot faces now, and heights as they are now. */
    public Judge judge() {
        return new Judge(this, robot);
    }

    /** What the run has been through since its start. */
    public RunStatistics statistics() {
        return statistics;
    }

    public Faults faults() {
        return faults;
    }

    /** The fence of the guard. */
    Fence fence() {
        return fence;
    }

    Owners owners() {
        return owners;
    }
}
