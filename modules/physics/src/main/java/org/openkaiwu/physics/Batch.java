package org.openkaiwu.physics;

import java.util.ArrayList;
import java.util.List;

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
 * <p>One caller at a time. A call allocates nothing.
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

    // guarded by lock
    private long round;
    private int next;
    private int running;
    private int steps;
    private Control control = NONE;
    private RuntimeException failure;
    private boolean closed;

    /**
     * An empty batch.
     *
     * @param threads threads that step, the caller's included; at least 1
     */
    public Batch(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads=" + threads + " must be at least 1");
        }
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
            failure = null;
            round++;
            running = workers.size() + 1;
            lock.notifyAll();
        }
        work();
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
            work();
            synchronized (lock) {
                running--;
                lock.notifyAll();
            }
        }
    }

    /** Takes world after world until none is left. */
    private void work() {
        while (true) {
            int i;
            synchronized (lock) {
                if (next >= worlds.size()) {
                    return;
                }
                i = next++;
            }
            World w = worlds.get(i);
            try {
                for (int k = 0; k < steps; k++) {
                    control.set(i, w);
                    w.step();
                }
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
