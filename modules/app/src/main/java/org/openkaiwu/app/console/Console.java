package org.openkaiwu.app.console;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.openkaiwu.app.env.Home;
import org.openkaiwu.app.env.Said;
import org.openkaiwu.app.run.RunReport;
import org.openkaiwu.app.run.RunRequest;
import org.openkaiwu.brain.language.Dialogue;
import org.openkaiwu.brain.language.Words;
import org.openkaiwu.math.InputException;
import org.openkaiwu.math.Text;
import org.openkaiwu.wire.PageServer;

/**
 * Serves the page and runs what it is told: one sentence to one or more bodies at a time, each in
 * its own world on its own thread, at most as fast as it can be watched.
 *
 * <p>A new sentence ends the one before. A stop ends what runs, and a demo then waits until a
 * person says go on. Sentences to the same body, scene and seed belong to one conversation in one
 * world; another choice, or a reset, begins anew.
 */
public final class Console implements AutoCloseable {
    /** Where the page usually is. */
    static final int PORT = 8650;

    private static final System.Logger LOG = System.getLogger(Console.class.getName());
    private static final double PACE = 2;
    private static final Text STOPPED = new Text("A person stopped the run.", "人停止了运行。");
    private static final Text REPLACED =
            new Text("Another sentence came before this one was finished.", "还没做完就来了另一句话。");

    private final Path root;
    private final PageServer server;
    private final Offer offer;
    private final LogShelf logs;
    private final Audience audience = new Audience();
    private final List<Stage> stages = new ArrayList<>();

    /** Guards the fields below; its monitor tells the runner that something changed. */
    private final Object lock = new Object();

    private Optional<Act> next = Optional.empty();
    private volatile long age;
    private volatile Text why = STOPPED;
    private boolean held;
    private boolean anew;
    private boolean running;
    private int waiting;

    /** Starts to serve; {@link #work} or {@link #demo} then runs what comes. */
    public Console(Path root, String host, int port) throws IOException {
        this.root = root;
        offer = Offer.of(root);
        logs = new LogShelf(Home.logs());
        Portraits portraits = new Portraits(offer);
        server =
                new PageServer(
                        host,
                        port,
                        root.resolve("web"),
                        audience.listener(
                                this::take, path -> portraits.of(path).or(() -> logs.of(path))));
        audience.serve(server, offer.toJson());
        server.start();
    }

    public String url() {
        return server.url();
    }

    /** Lets pages play this log too; returns its name there. */
    public String keep(Path log) {
        return logs.put(log);
    }

    /** What a page says. Whatever makes no sense is passed over. */
    private void take(String json) {
        PageMessage m = PageMessage.read(json, offer::hasBody, offer::hasScene);
        switch (m.kind()) {
            case "stop" -> stop();
            case "go" -> release();
            case "look" -> look(m.requests());
            case "say" -> say(m.requests(), m.text());
            case "reset" -> reset(m.requests());
            default -> {}
        }
    }

    private void say(List<RunRequest> requests, String text) {
        if (requests.isEmpty() || text.isBlank()) {
            return;
        }
        synchronized (lock) {
            why = Dialogue.isStop(text, Words.standard()) ? STOPPED : REPLACED;
            age++;
            held = true;
            next = Optional.of(new Act(requests, true, age));
            lock.notifyAll();
        }
        tellHold();
    }

    /** Shows other worlds; a run is not disturbed. */
    private void look(List<RunRequest> requests) {
        synchronized (lock) {
            if (!requests.isEmpty() && !running && (held || waiting == 0)) {
                next = Optional.of(new Act(requests, false, age));
                lock.notifyAll();
            }
        }
    }

    private void stop() {
        synchronized (lock) {
            why = STOPPED;
            age++;
            held = true;
            next = Optional.empty();
        }
        tellHold();
    }

    private void release() {
        synchronized (lock) {
            held = false;
            lock.notifyAll();
        }
        tellHold();
    }

    private void reset(List<RunRequest> requests) {
        synchronized (lock) {
            why = STOPPED;
            age++;
            held = true;
            anew = true;
            next =
                    requests.isEmpty()
                            ? Optional.empty()
                            : Optional.of(new Act(requests, false, age));
            lock.notifyAll();
        }
        tellHold();
    }

    private void tellHold() {
        synchronized (lock) {
            audience.hold(held && waiting > 0, waiting);
        }
    }

    /** Runs what comes, until the thread is interrupted. */
    public void work() {
        try {
            while (true) {
                perform(awaitAct(), PACE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            closeStages();
        }
    }

    private Act awaitAct() throws InterruptedException {
        synchronized (lock) {
            while (next.isEmpty()) {
                lock.wait();
            }
            Act act = next.get();
            next = Optional.empty();
            return act;
        }
    }

    /** Shows worlds in which nothing moves until someone speaks; none that is not on offer. */
    public void open(List<RunRequest> requests) {
        if (!requests.stream()
                .allMatch(r -> offer.hasBody(r.body()) && offer.hasScene(r.scene()))) {
            return;
        }
        synchronized (lock) {
            next = Optional.of(new Act(requests, false, age));
            lock.notifyAll();
        }
    }

    /**
     * Runs prepared acts one after another. A stop, or a sentence from a page, holds them until a
     * person says go on; what is said meanwhile is done.
     *
     * @param acts each the same sentence to some bodies, side by side
     * @param pace largest speed in multiples of real time when someone watches; infinity for no
     *     limit
     * @param each gets every report
     */
    public void demo(List<List<RunRequest>> acts, double pace, Consumer<RunReport> each) {
        try {
            for (int i = 0; i < acts.size(); i++) {
                synchronized (lock) {
                    waiting = acts.size() - i;
                }
                serveWhileHeld();
                Act act;
                synchronized (lock) {
                    anew = true;
                    waiting--;
                    act = new Act(acts.get(i), true, age);
                }
                tellHold();
                perform(act, pace).forEach(each);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        synchronized (lock) {
            waiting = 0;
        }
        tellHold();
    }

    private void serveWhileHeld() throws InterruptedException {
        while (true) {
            Optional<Act> said;
            synchronized (lock) {
                while (held && next.isEmpty()) {
                    lock.wait();
                }
                if (!held) {
                    return;
                }
                said = next;
                next = Optional.empty();
            }
            perform(said.get(), PACE);
        }
    }

    private List<RunReport> perform(Act act, double pace) throws InterruptedException {
        synchronized (lock) {
            running = act.spoken();
        }
        try {
            prepare(act);
            return act.spoken() ? speak(act, pace) : List.of();
        } finally {
            synchronized (lock) {
                running = false;
            }
        }
    }

    /** Builds the worlds that the act needs and does not find. */
    private void prepare(Act act) {
        boolean same;
        synchronized (lock) {
            same = !anew && stages.size() == act.requests().size();
            anew = false;
        }
        for (int i = 0; same && i < stages.size(); i++) {
            same = stages.get(i).serves(act.requests().get(i));
        }
        if (same) {
            return;
        }
        closeStages();
        audience.begin(act.requests().size());
        for (int i = 0; i < act.requests().size(); i++) {
            RunRequest r = act.requests().get(i);
            try {
                stages.add(new Stage(root, r, i, audience, () -> server.viewers() > 0));
            } catch (InputException e) {
                closeStages();
                refuse(i, r, Said.of(e));
                return;
            }
        }
    }

    private List<RunReport> speak(Act act, double pace) throws InterruptedException {
        Supplier<Optional<Text>> stop =
                () -> age == act.age() ? Optional.empty() : Optional.of(why);
        AtomicReferenceArray<RunReport> reports = new AtomicReferenceArray<>(stages.size());
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < stages.size(); i++) {
            int slot = i;
            threads.add(
                    Thread.ofPlatform()
                            .name("run-" + slot)
                            .start(() -> reports.set(slot, say(act, slot, pace, stop))));
        }
        for (Thread t : threads) {
            t.join();
        }
        List<RunReport> out = new ArrayList<>();
        for (int i = 0; i < reports.length(); i++) {
            Optional.ofNullable(reports.get(i)).ifPresent(out::add);
        }
        synchronized (lock) {
            anew |= out.size() < stages.size();
        }
        return out;
    }

    /**
     * One body's part of an act; null when it broke, which must not end the others or the server.
     */
    private RunReport say(Act act, int slot, double pace, Supplier<Optional<Text>> stop) {
        RunRequest r = act.requests().get(slot);
        try {
            return stages.get(slot).say(r.instruction(), pace, stop);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "the run of " + r.body() + " broke", e);
            refuse(slot, r, String.valueOf(e.getMessage()));
            return null;
        }
    }

    private void refuse(int slot, RunRequest r, String why) {
        audience.tell(
                slot,
                Audience.event("run")
                        .put("body", r.body())
                        .put("scene", r.scene())
                        .put("seed", r.seed())
                        .put("instruction", r.instruction())
                        .toString());
        audience.tell(
                slot,
                Audience.event("outcome").put("outcome", "failed").put("message", why).toString());
    }

    private void closeStages() {
        stages.forEach(Stage::close);
        stages.clear();
    }

    @Override
    public void close() {
        server.close();
    }
}
