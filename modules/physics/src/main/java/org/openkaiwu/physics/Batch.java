package org.openkaiwu.physics;

import java.util.ArrayList;
import java.util.List;
import org.openkaiwu.physics.constraint.LaneStage;

/**
 * Many worlds stepped side by side on a few threads. Worlds may join and leave between calls, and
 * each may have a {@link Model} of its own (other masses, friction, gains, sizes), so that training
 * and evaluation can vary them. A world's numbers never depend on its neighbours, its place or the
 * number of threads: they are those of the world stepped alone, to the bit.
 *
 * <pre>{@code
 * try (Batch batch = new Batch(2)) {
 *     for (int i = 0; i < 1024; i++) {
 *         batch.add(new World(model));
 *     }
 *     batch.step(100, (i, world) -> world.ctrl[0] = policy(i, world.qpos));
 * }
 * }</pre>
 *
 * <p>With the module {@code jdk.incubator.vector} ({@code --add-modules jdk.incubator.vector}) each
 * thread steps as many worlds side by side as a vector has lanes and solves their constraints
 * together. Worlds of one model, or of models that differ in parameters alone, should therefore be
 * neighbours in the batch.
 *
 * <p>One caller at a time. A call allocates nothing, once the compiler has dealt with the vectors.
 */
public final class Batch implements AutoCloseable {
    /** Sets a world's inputs before each step, on the thread that steps it. */
    @FunctionalInterface
    public interface Control {
        /**
         * @param index place of the world in the batch
         * @param world the world, not yet stepped
         */
        void set(int index, World world);
    }

    private static final Control NONE = (index, world) -> {};

    private final List<World> worlds = new ArrayList<>();
    private final List<Thread> workers = new ArrayList<>();
    private final Object lock = new Object();
    private final boolean lanes;
    private final LaneGroup group;

    // guarded by lock
    private long round;
    private int next;
    private int share;
    private int running;
    private int steps;
    private Control control = NONE;
    private RuntimeException failure;
    private boolean closed;

    /**
     * An empty batch, with lanes where {@link LaneStage#worthwhile}.
     *
     * @param threads threads that step, the caller's included; at least 1
     */
    public Batch(int threads) {
        this(threads, LaneStage.worthwhile());
    }

    /**
     * An empty batch.
     *
     * @param threads threads that step, the caller's included; at least 1
     * @param lanes solve the constraints of several worlds of like models at once by vector
     *     instructions; the numbers are the same without. Needs {@link LaneStage#available}
     */
    public Batch(int threads, boolean lanes) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads=" + threads + " must be at least 1");
        }
        if (lanes && !LaneStage.available()) {
            throw new IllegalArgumentException(
                    "lanes need the JVM option --add-modules jdk.incubator.vector");
        }
        this.lanes = lanes;
        group = new LaneGroup(lanes);
        for (int i = 1; i < threads; i++) {
            Thread worker = new Thread(this::serve, "batch-" + i);
            worker.setDaemon(true);
            workers.add(worker);
            worker.start();
        }
    }

    /** Joins a world; returns its place. */
    public int add(World world) {
        worlds.add(world);
        return worlds.size() - 1;
    }

    /** Takes a world out; the last one moves into its place. */
    public World remove(int index) {
        World out = worlds.get(index);
        World last = worlds.removeLast();
        if (index < worlds.size()) {
            worlds.set(index, last);
        }
        return out;
    }

    /** Worlds in the batch. */
    public int size() {
        return worlds.size();
    }

    /** World at a place. */
    public World get(int index) {
        return worlds.get(index);
    }

    /** Advances every world by {@code n} steps with the inputs that it has. */
    public void step(int n) {
        step(n, NONE);
    }

    /**
     * Advances every world by {@code n} steps.
     *
     * @param each called before each step of each world; must not touch other worlds
     * @throws RuntimeException the first that {@code each} or a step threw; the other worlds have
     *     made their steps
     */
    public void step(int n, Control each) {
        synchronized (lock) {
            if (closed) {
                throw new IllegalStateException("the batch is closed");
            }
            steps = n;
            control = each;
            next = 0;
            int threads = workers.size() + 1;
            share = Math.clamp((worlds.size() + threads - 1) / threads, 1, group.width());
            failure = null;
            round++;
            running = workers.size() + 1;
            lock.notifyAll();
        }
        work(group);
        RuntimeException thrown;
        synchronized (lock) {
            running--;
            boolean interrupted = false;
            while (running > 0) {
                try {
                    lock.wait();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            thrown = failure;
        }
        if (thrown != null) {
            throw thrown;
        }
    }

    private void serve() {
        LaneGroup own = new LaneGroup(lanes);
        long seen = 0;
        while (true) {
            synchronized (lock) {
                while (round == seen && !closed) {
                    try {
                        lock.wait();
                    } catch (InterruptedException e) {
                        return;
                    }
                }
                if (closed) {
                    return;
                }
                seen = round;
            }
            work(own);
            synchronized (lock) {
                running--;
                lock.notifyAll();
            }
        }
    }

    /** Takes group after group of worlds until none is left. */
    private void work(LaneGroup group) {
        while (true) {
            int first;
            int size;
            synchronized (lock) {
                first = next;
                size = Math.min(share, worlds.size() - next);
                if (size <= 0) {
                    return;
                }
                size = group.fitting(worlds, first, size);
                next += size;
            }
            try {
                group.step(worlds, first, size, steps, control);
            } catch (RuntimeException e) {
                synchronized (lock) {
                    failure = failure == null ? e : failure;
                }
            }
        }
    }

    /** Ends the threads; the worlds stay as they are. */
    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            lock.notifyAll();
        }
    }
}
