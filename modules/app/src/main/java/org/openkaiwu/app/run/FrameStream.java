package org.openkaiwu.app.run;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Consumer;
import org.openkaiwu.collision.ContactBuffer;
import org.openkaiwu.dynamics.TreeData;
import org.openkaiwu.physics.World;
import org.openkaiwu.physics.constraint.ContactForces;
import org.openkaiwu.robot.Telemetry;
import org.openkaiwu.sim.Scenario;
import org.openkaiwu.skill.Agent;

/**
 * Pictures of a world for viewers, 30 a simulated second. A frame is little-endian floats: slot,
 * time, number of bodies B and of joints J; B poses (x y z qw qx qy qz, m); J times position,
 * velocity, effort; then per contact its point and the force on the second body (m, N), to the end.
 */
public final class FrameStream implements RunListener {
    private static final double FRAME = 1.0 / 30;
    private static final int MAX_CONTACTS = 96;

    /** Forces below this are not worth an arrow, N. */
    private static final double SMALLEST = 0.2;

    private final int slot;
    private final Consumer<byte[]> frames;
    private double next;

    /**
     * A stream.
     *
     * @param slot place of the world on the page
     * @param frames gets each frame; must not block
     */
    public FrameStream(int slot, Consumer<byte[]> frames) {
        this.slot = slot;
        this.frames = frames;
    }

    /** Sends the world as it is now, with the joints as the robot measures them. */
    public void send(World world, Telemetry t) {
        send(world, t.position(), t.velocity(), t.effort());
    }

    /** Sends the world as it is now, with these numbers of joints. */
    public void send(World world, double[] position, double[] velocity, double[] effort) {
        TreeData d = world.tree;
        int n = world.machine.nbody;
        int joints = position.length;
        int most = Math.min(world.contacts.count, MAX_CONTACTS);
        ByteBuffer b =
                ByteBuffer.allocate(4 * (4 + 7 * n + 3 * joints + 6 * most))
                        .order(ByteOrder.LITTLE_ENDIAN);
        b.putFloat(slot).putFloat((float) world.time).putFloat(n).putFloat(joints);
        for (int i = 0; i < n; i++) {
            put(b, d.xpos, 3 * i, 3);
            put(b, d.xquat, 4 * i, 4);
        }
        put(b, position, 0, joints);
        put(b, velocity, 0, joints);
        put(b, effort, 0, joints);
        contacts(world, b);
        byte[] frame = new byte[b.position()];
        b.flip().get(frame);
        frames.accept(frame);
    }

    private static void contacts(World world, ByteBuffer b) {
        ContactBuffer c = world.contacts;
        double[] w = new double[6];
        for (int k = 0; k < c.count && b.remaining() >= 24; k++) {
            if (c.efcAddress[k] < 0) {
                continue;
            }
            ContactForces.wrench(world.constraints.rows, c, k, w);
            if (w[0] * w[0] + w[1] * w[1] + w[2] * w[2] < SMALLEST * SMALLEST) {
                continue;
            }
            put(b, c.pos, 3 * k, 3);
            for (int i = 0; i < 3; i++) {
                double f = 0;
                for (int r = 0; r < 3; r++) {
                    f += c.frame[9 * k + 3 * r + i] * w[r];
                }
                b.putFloat((float) f);
            }
        }
    }

    private static void put(ByteBuffer b, double[] a, int from, int n) {
        for (int i = 0; i < n; i++) {
            b.putFloat((float) a[from + i]);
        }
    }

    @Override
    public void started(RunRequest request, Scenario scenario) {
        next = 0;
    }

    @Override
    public void ticked(Scenario scenario, Agent agent) {
        double t = scenario.world().time;
        if (t >= next - 1e-9) {
            next = t + FRAME;
            send(scenario.world(), agent.telemetry());
        }
    }

    @Override
    public void ended(RunReport report) {
        next = 0;
    }
}
