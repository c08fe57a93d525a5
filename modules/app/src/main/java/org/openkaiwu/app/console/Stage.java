package org.openkaiwu.app.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.openkaiwu.app.env.Home;
import org.openkaiwu.app.run.FrameStream;
import org.openkaiwu.app.run.Listeners;
import org.openkaiwu.app.run.Recorder;
import org.openkaiwu.app.run.RunListener;
import org.openkaiwu.app.run.RunReport;
import org.openkaiwu.app.run.RunRequest;
import org.openkaiwu.app.run.SceneMessage;
import org.openkaiwu.app.run.Session;
import org.openkaiwu.app.run.Stops;
import org.openkaiwu.math.InputException;
import org.openkaiwu.math.Text;
import org.openkaiwu.sim.Scenario;
import org.openkaiwu.skill.Agent;
import org.openkaiwu.wire.RunLog;

/**
 * One robot in one world at one place of the page, and the conversation with it. The run's thread
 * never waits for a viewer, only for the clock.
 */
final class Stage implements AutoCloseable {
    private final RunRequest first;
    private final int slot;
    private final Audience audience;
    private final BooleanSupplier watched;
    private Optional<RunLog> log = Optional.empty();
    private final Pacer pacer = new Pacer();
    private final Session session;

    /**
     * Builds the world and shows it; nothing moves yet.
     *
     * @param watched whether someone looks, so that a run keeps to its pace
     * @throws InputException when there is no such body or scene or they don't fit
     */
    Stage(Path root, RunRequest request, int slot, Audience audience, BooleanSupplier watched) {
        first = request;
        this.slot = slot;
        this.audience = audience;
        this.watched = watched;
        FrameStream frames = new FrameStream(slot, f -> audience.frame(slot, f));
        session =
                new Session(
                        root,
                        request,
                        Listeners.of(
                                Recorder.log(record -> log.orElseThrow().write(record)),
                                Recorder.events(e -> audience.tell(slot, e)),
                                frames,
                                pacer,
                                Stops.logged(
                                        () -> pacer.stop.get(),
                                        record -> log.orElseThrow().write(record))));
        Scenario s = session.scenario();
        audience.tell(slot, SceneMessage.of(request, s).toString());
        frames.send(s.world(), s.robot().telemetry());
    }

    boolean serves(RunRequest r) {
        return session.serves(r);
    }

    RunRequest first() {
        return first;
    }

    /**
     * Carries one sentence out.
     *
     * @param pace largest speed in multiples of real time when someone watches
     * @param stop asked each tick: a reason to stop
     */
    RunReport say(String instruction, double pace, Supplier<Optional<Text>> stop) {
        pacer.restart(pace, stop);
        try {
            if (log.isEmpty()) {
                // what is only looked at leaves no log, and leaves others' alone
                log =
                        Optional.of(
                                RunLog.to(
                                        Home.freshLog(first.body(), first.scene(), first.seed())));
            }
            RunReport report = session.say(instruction);
            log.get().flush();
            return report;
        } catch (IOException e) {
            throw new UncheckedIOException("the log cannot be written", e);
        }
    }

    @Override
    public void close() {
        try {
            if (log.isPresent()) {
                log.get().close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the log cannot be written", e);
        }
    }

    /** Keeps to the pace, passes a stop on, tells the speed and what is being done. */
    private final class Pacer implements RunListener {
        private static final double STATUS = 0.25;

        private double pace = Double.POSITIVE_INFINITY;
        private Supplier<Optional<Text>> stop = Optional::empty;
        private long start;
        private double from = Double.NaN;
        private double nextStatus;

        /** The clock of another sentence begins. */
        void restart(double newPace, Supplier<Optional<Text>> newStop) {
            pace = newPace;
            stop = newStop;
            start = System.nanoTime();
            from = Double.NaN;
            nextStatus = 0;
        }

        @Override
        public void ticked(Scenario scenario, Agent agent) {
            if (Double.isNaN(from)) {
                from = scenario.world().time;
            }
            double t = scenario.world().time - from;
            if (t >= nextStatus) {
                nextStatus = t + STATUS;
                double wall = (System.nanoTime() - start) * 1e-9;
                audience.passing(
                        slot,
                        Audience.event("status")
                                .put("speed", t / Math.max(1e-3, wall))
                                .put("guard", scenario.robot().state().toString()));
            }
            if (pace < Double.POSITIVE_INFINITY && watched.getAsBoolean()) {
                waitUntil(t / pace);
            }
        }

        private void waitUntil(double wall) {
            long rest = (long) (wall * 1e9) - (System.nanoTime() - start);
            if (rest > 2_000_000) {
                try {
                    Thread.sleep(rest / 1_000_000);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }
}
