package org.openkaiwu.math;

import java.util.Arrays;
import java.util.function.Supplier;

/**
 * Scratch memory that remembers nothing from one use to the next, lent to whoever needs it now: as
 * many pieces exist as were ever in use at once, however many users there are. Any thread may take
 * and give; the last one given is the next one taken, so that it is still warm.
 *
 * @param <T> what is lent
 */
public final class Pool<T> {
    private final Supplier<T> make;
    private Object[] free = new Object[2];
    private int count;

    /** An empty pool that makes what it has not got. */
    public Pool(Supplier<T> make) {
        this.make = make;
    }

    /**
     * A piece that nobody else has until it is given back. One that never is, is just made anew.
     */
    @SuppressWarnings("unchecked") // only give() fills the array
    public T take() {
        synchronized (this) {
            if (count > 0) {
                T t = (T) free[--count];
                free[count] = null;
                return t;
            }
        }
        return make.get();
    }

    /** Gives a piece back. */
    public synchronized void give(T t) {
        if (count == free.length) {
            free = Arrays.copyOf(free, 2 * count);
        }
        free[count++] = t;
    }
}
